"""Idle gaps: the fewest of them as a goal, and how far people's idle gaps may lie apart as a rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scheduler.core.plans.grid import steps_of
from scheduler.core.plans.problems import Goal
from scheduler.solver.idle_gap_counts import idle_gaps_by_person, is_fair
from scheduler.solver.instance import Instance
from scheduler.solver.items import SlotChoice, SlotItem
from scheduler.solver.schedule import Schedule
from scheduler.solver.watch import Watch


@dataclass(frozen=True, slots=True)
class FewestIdleGaps:
    """A schedule with few idle gaps (None: none was found that is fair), and that none has fewer than `bound`."""

    schedule: Schedule | None
    idle_gaps: int
    bound: int
    is_impossible: bool


def is_whole(schedule: Schedule) -> bool:
    """Whether everything has a place, and idle gaps are spread as evenly as is asked."""
    return all(start >= 0 for start in schedule.start) and spread(schedule)


def spread(schedule: Schedule) -> bool:
    """Whether nobody has so many more idle gaps than another that the problem forbids it."""
    if schedule.instance.problem.max_break_difference is None:
        return True
    return is_fair(schedule.instance, idle_gaps_by_person(schedule.instance, choices_of(schedule)))


def idle_gaps(schedule: Schedule) -> int:
    """All idle gaps of all people."""
    return sum(idle_gaps_by_person(schedule.instance, choices_of(schedule)))


def choices_of(schedule: Schedule) -> dict[int, SlotChoice]:
    """Where everything goes."""
    return {t: SlotChoice(start, chosen, room) for t, start, chosen, room in schedule.held()}


def fewest_idle_gaps(
    instance: Instance,
    horizon: int,
    max_moved: int | None,
    initial: Schedule | None,
    seed: int,
    watch: Watch,
    tell: Callable[[Schedule], None] = lambda _: None,
) -> FewestIdleGaps:
    """Fewest idle gaps within a horizon and with at most so many moves; `initial` is a schedule that keeps to this."""
    from scheduler.solver import idle_gaps as hunt

    items = [_item(instance, t, horizon) for t in range(instance.count)]
    problem = hunt.IdleGapProblem(instance, items, max_moved, choices_of(initial) if initial else None)

    def news(better: hunt.IdleGapResult) -> None:
        if better.choices:
            tell(_schedule(instance, better.choices))

    fewest = hunt.fewest_idle_gaps(problem, seed=seed, watch=watch, tell=news)
    schedule = _schedule(instance, fewest.choices) if fewest.value is not None else None
    return FewestIdleGaps(schedule, fewest.value or 0, fewest.bound, fewest.is_impossible)


def thinned(schedule: Schedule) -> Schedule:
    """The schedule without the talks that make it unfair: those of whoever has the most idle gaps go, until it is fair."""
    instance = schedule.instance
    while not spread(schedule):
        counts = idle_gaps_by_person(instance, choices_of(schedule))
        worst = max(range(len(counts)), key=counts.__getitem__)
        talks = {t for t in schedule.owner[worst].values() if t < instance.talk_count}
        schedule.remove(max(talks, key=lambda t: (schedule.start[t], t)))
    return schedule


def _item(instance: Instance, t: int, horizon: int) -> SlotItem:
    """A talk that must be placed, each start that is not today's costing one move."""
    starts, current = instance.starts(t, horizon), instance.current[t]
    counts = Goal.MOVED in instance.problem.goals and current is not None
    return SlotItem(t, starts, {start: 1 for start in steps_of(starts) if counts and start != current})


def _schedule(instance: Instance, choices: Mapping[int, SlotChoice]) -> Schedule:
    return Schedule.of(instance, [(t, choice.start, choice.chosen, choice.room) for t, choice in choices.items()])
