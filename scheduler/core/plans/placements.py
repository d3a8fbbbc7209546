"""What the planner answers: where everything goes, what found no place and why, and how good that is.

Whether a plan is sound is looked up in `check`, which knows problems and plans and nothing of the solver.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.problems import Goal, Wall

LATER_DAY, LATER_WINDOW, TOGETHER = "later_day", "later_window", "together"
"""Kinds of repairs."""


class PlanStatus(StrEnum):
    """How far a plan is known to be the best there is."""

    OPTIMAL = "optimal"
    """Everything is placed, and every goal asked for is proven in its order."""
    FEASIBLE = "feasible"
    """A sound plan; something is not proven yet."""
    IMPOSSIBLE = "impossible"
    """Proven that not everything can be placed; the plan is the best part of it that is known."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a talk goes, and who sits in it, those chosen out of a pool included."""

    talk: str
    start: Wall
    room: str | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionPlacement:
    """When a session is."""

    session: str
    start: Wall
    room: str | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """Something that would make room for a talk: `kind` is a key of `wording`, `details` what its sentence needs."""

    kind: str
    """`more_time` (one more free step for a person on a day), `more_rooms`, `later_day`, `later_window` (a day behind the window, which
    has to be moved for it), `lift_half_day_maximum`, `lift_day_maximum`, `lift_week_maximum`, `unfix`, `together` (`parts`: repairs as
    `part_of` writes them, that give all of so many talks and sessions a place, `talks`)."""
    details: Mapping[str, object] = field(default_factory=dict, hash=False)
    is_verified: bool = False
    """Whether it was solved with the repair made, and the talk then had a place."""


def part_of(repair: Repair) -> dict[str, object]:
    """A repair as one of the `parts` of several."""
    return {"kind": repair.kind, "details": dict(repair.details)}


def parts_of(repair: Repair) -> list[Repair]:
    """The repairs that one of kind `together` consists of."""
    parts = cast("Iterable[Mapping[str, Any]]", repair.details["parts"])
    return [Repair(part["kind"], part["details"], repair.is_verified) for part in parts]


def together(repairs: Iterable[Repair]) -> Repair | None:
    """What gives everything a place at once; it stands with each thing that has none, and is told once."""
    return next((repair for repair in repairs if repair.kind == TOGETHER), None)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A talk, or a session, without a place, why, and the cheapest ways to get it one."""

    talk: str
    reasons: tuple[Finding, ...] = ()
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """An answer to a `PlanProblem`."""

    status: PlanStatus
    placements: tuple[Placement, ...] = ()
    """In the order of the problem's talks."""
    sessions: tuple[SessionPlacement, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    values: Mapping[Goal, int] = field(default_factory=dict, hash=False)
    """What it reaches in each goal asked for."""
    bounds: Mapping[Goal, int] = field(default_factory=dict, hash=False)
    """Below which no plan can be, in each goal for which that is known."""
    binding: Finding | None = None
    """What keeps it from being better: which bound, and whose."""
    seconds: float = 0.0
    sessions_left: tuple[Unplaced, ...] = ()
    """The sessions for which none of their windows is left, and why; told where it is explained."""
