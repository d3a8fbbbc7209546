"""A problem and a plan side by side, looked up once for all the rules of the check."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.placements import Plan, SessionPlacement
from scheduler.core.plans.problems import PlanProblem, ProblemSession, Stretch, Wall
from scheduler.core.plans.values import Row, rows_of, talks_by_person

SessionRow = tuple[ProblemSession, SessionPlacement, Stretch]
"""A placed session: what was asked, where it is, and from when to when; its last step is taken whole."""


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules look at."""

    problem: PlanProblem
    plan: Plan
    rows: list[Row]
    limited: list[Row]
    """Those rows whose talk is to be at a certain time or place, or after another."""
    sessions: list[SessionRow]
    talks: Mapping[str, list[Stretch]]
    """When each person has talks, ascending."""

    @classmethod
    def of(cls, problem: PlanProblem, plan: Plan) -> "Case":
        """Put a plan beside its problem."""
        rows = rows_of(problem, plan)
        limited = [
            row
            for row in rows
            if row[0].earliest is not None or row[0].latest is not None or row[0].after or row[0].fixed is not None
        ]
        return cls(problem, plan, rows, limited, list(_sessions(problem, plan)), talks_by_person(rows))


Rule = Callable[[Case], Iterator[Finding]]
"""What may not be, and where it is nevertheless."""


def _sessions(problem: PlanProblem, plan: Plan) -> Iterator[SessionRow]:
    """The sessions that have a place, each once."""
    placed = {placement.session: placement for placement in reversed(plan.sessions)}
    for session in problem.sessions:
        if session.id in placed:
            placement = placed[session.id]
            end = Wall(placement.start + problem.steps(session.minutes) * problem.grid_minutes)
            yield session, placement, (placement.start, end)
