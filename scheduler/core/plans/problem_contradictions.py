"""What a problem asks for although it cannot be: fixed talks that are in each other's way, or wait for each other in circles.

What merely finds no place is no contradiction: the planner tells it with its reasons.
"""

from collections.abc import Iterator
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.findings import Finding
from scheduler.core.plans import maxima, occupancy, times
from scheduler.core.plans.case import Case
from scheduler.core.plans.placements import Placement, Plan, PlanStatus
from scheduler.core.plans.problems import PlanProblem

RULES = (
    times.within_working_time,
    times.not_before_earliest,
    times.not_after_latest,
    times.in_order,
    occupancy.people_free,
    occupancy.rooms_free,
    maxima.half_day_maximum,
    maxima.day_maximum,
    maxima.week_maximum,
)
"""What holds for a fixed talk whatever else is planned."""
MAXIMA = {
    "morning_too_full": "max_talks_per_half_day",
    "afternoon_too_full": "max_talks_per_half_day",
    "day_too_full": "max_talks_per_day",
    "week_too_full": "max_talks_per_week",
}


def contradictions(problem: PlanProblem) -> list[Finding]:
    """Everything that cannot be as it is asked: each is about a fixed talk, a session's window, or talks in circles."""
    return [*circles(problem), *odd_windows(problem), *clashes_of_fixed(problem)]


def circles(problem: PlanProblem) -> Iterator[Finding]:
    """A circle of talks that wait for each other, if there is any."""
    waiting = {talk.id: talk.after for talk in problem.talks if talk.after}
    try:
        TopologicalSorter(waiting).prepare()
    except CycleError as error:
        circle = tuple(error.args[1])
        yield Finding("in_circles", circle[0], {"talks": circle})


def odd_windows(problem: PlanProblem) -> Iterator[Finding]:
    """The windows of sessions that are not on the grid, or do not hold the session."""
    open_for = {
        start + step * problem.grid_minutes: count - step
        for start, count in problem.block_starts()
        for step in range(count)
    }
    for session in problem.sessions:
        for place, start in enumerate(session.windows):
            if open_for.get(start, 0) < problem.steps(session.minutes):
                yield Finding(
                    "window_unusable", session.id, {"start": start, "minutes": session.minutes, "place": place}
                )


def clashes_of_fixed(problem: PlanProblem) -> Iterator[Finding]:
    """What is wrong with the fixed talks if they stand where they are fixed."""
    fixed = [(talk, talk.fixed) for talk in problem.talks if talk.fixed is not None]
    if not fixed:
        return
    placements = [Placement(talk.id, place.start, place.room, talk.people) for talk, place in fixed]
    alone = replace(problem, talks=tuple(talk for talk, _ in fixed), sessions=())
    case = Case.of(alone, Plan(PlanStatus.FEASIBLE, tuple(placements)))
    for rule in RULES:
        yield from rule(case)


def refuse_contradictions(problem: PlanProblem) -> None:
    """Raise Malformed for the first contradiction, with its place in the file."""
    for finding in contradictions(problem):
        raise Malformed("contradiction_asked", _place(problem, finding), finding=finding)


def _place(problem: PlanProblem, finding: Finding) -> str:
    """Where in the file somebody has to look."""
    if finding.kind == "window_unusable":
        sessions = [session.id for session in problem.sessions]
        return f"sessions[{sessions.index(finding.subject)}].windows[{finding.details['place']}]"
    talk = finding.details.get("second", finding.details.get("in", finding.subject))
    talks = [other.id for other in problem.talks]
    if talk not in talks:
        people = [person.id for person in problem.people]
        return f"people[{people.index(finding.subject)}].{MAXIMA[finding.kind]}"
    return f"talks[{talks.index(str(talk))}].{'after' if finding.kind == 'in_circles' else 'fixed'}"
