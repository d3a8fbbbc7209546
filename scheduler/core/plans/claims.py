"""Whether what a plan says of itself is true, and the one hard rule that is about counted breaks."""

from collections.abc import Iterator

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.case import Case, Rule
from scheduler.core.plans.placements import PlanStatus
from scheduler.core.plans.problems import Goal
from scheduler.core.plans.values import breaks_by_person, value_of


def breaks_alike(case: Case) -> Iterator[Finding]:
    """The breaks of any two people differ no more than they may."""
    most = case.problem.max_break_difference
    if most is None:
        return
    breaks = breaks_by_person(case.problem, case.talks)
    if not breaks:
        return
    person, fewest = max(breaks, key=breaks.__getitem__), min(breaks, key=breaks.__getitem__)
    if breaks[person] - breaks[fewest] > most:
        details = {"count": breaks[person], "other": fewest, "other_count": breaks[fewest], "most": most}
        yield Finding("breaks_apart", person, details)


def true_status(case: Case) -> Iterator[Finding]:
    """A plan that is called optimal leaves nothing out, and one that is called impossible does."""
    is_complete = len(case.rows) == len(case.problem.talks) and len(case.sessions) == len(case.problem.sessions)
    if case.plan.status is PlanStatus.OPTIMAL and not is_complete:
        yield Finding("not_optimal", "", {"count": len(case.problem.talks) - len(case.rows)})
    if case.plan.status is PlanStatus.IMPOSSIBLE and is_complete:
        yield Finding("not_impossible", "")


def true_values(case: Case) -> Iterator[Finding]:
    """The values that a plan states are those it has, and no bound that it states lies above them."""
    said = {**case.plan.bounds, **case.plan.values}
    reached = {goal: value_of(goal, case.problem, case.rows, case.talks) for goal in said}
    for goal, stated in case.plan.values.items():
        if stated != reached[goal]:
            yield Finding("value_untrue", goal, {"stated": stated, "value": reached[goal]})
    is_complete = len(case.rows) == len(case.problem.talks)
    for goal, bound in case.plan.bounds.items():
        # With talks left out, the others may well be done sooner than all of them could be.
        if bound > reached[goal] and (is_complete or goal is Goal.UNPLACED):
            yield Finding("bound_untrue", goal, {"bound": bound, "value": reached[goal]})


RULES: tuple[Rule, ...] = (breaks_alike, true_status, true_values)
