"""Repairs made, as somebody would make them who reads what they say; without the solver."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, cast

from scheduler.core.ground.intervals import Interval
from scheduler.core.plans.placements import Repair
from scheduler.core.plans.problems import PlanProblem, ProblemRoom, Wall, moment_of, wall
from scheduler.solver.parameters import PARAMETERS


def made(problem: PlanProblem, repairs: Iterable[Repair]) -> PlanProblem:
    """The problem after repairs, made by what they say."""
    for repair in repairs:
        problem = _made(problem, repair.kind, cast("Any", repair.details))
    return problem


def _made(problem: PlanProblem, kind: str, said: Any) -> PlanProblem:
    match kind:
        case "more_time_from":
            start = wall(said["day"], int(said["time"][:2]) * 60 + int(said["time"][3:]))
            free = Interval(start, Wall(start + said["minutes"]))
            people = tuple(
                replace(
                    person,
                    busy=tuple(
                        (part.start, part.end) for one in person.busy for part in Interval(*one).without([free])
                    ),
                )
                if person.id == said["name"]
                else person
                for person in problem.people
            )
            return replace(problem, people=people)
        case "lift_day_maximum":
            people = tuple(
                replace(person, max_talks_per_day=said["limit"]) if person.id == said["name"] else person
                for person in problem.people
            )
            return replace(problem, people=people)
        case "more_rooms" | "larger_rooms":
            more = tuple(ProblemRoom(f"more{number}", capacity=said.get("size")) for number in range(said["count"]))
            return replace(problem, rooms=(*problem.rooms, *more))
        case "later_day":
            days = [day for day in later_days(problem) if day <= said["day"]]
            return replace(problem, days=(*problem.days, *days))
        case "other_window":
            windows = (moment_of(said["start"]),)
            sessions = tuple(
                replace(session, windows=windows) if session.id == said["session"] else session
                for session in problem.sessions
            )
            return replace(problem, sessions=sessions)
        case "shorten_of":
            changed: dict[str, Any] = {"minutes": said["minutes"]}
        case "later_end_of":
            changed = {"latest": moment_of(said["until"])}
        case "drop_order_for":
            changed = {"after": ()}
        case _:
            assert kind == "unfix_of"
            changed = {"fixed": None}
    talks = tuple(replace(talk, **changed) if talk.id == said["talk"] else talk for talk in problem.talks)
    return replace(problem, talks=talks)


def later_days(problem: PlanProblem) -> list[date]:
    """The working days that may follow, where the last day is early in a week."""
    return [problem.days[-1].replace(day=problem.days[-1].day + n + 1) for n in range(PARAMETERS.joint.later_days)]
