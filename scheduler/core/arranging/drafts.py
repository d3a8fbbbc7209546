"""A draft plan: what the planner proposes and people change, until it is released or discarded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from scheduler.core.ground.bookings import Kind, Mode
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PersonId, PlanRunId, RoomId, RuleId
from scheduler.core.ground.spans import Span, lasting
from scheduler.core.plans.placements import PlanStatus, Repair
from scheduler.core.plans.problems import Goal


class DraftStatus(StrEnum):
    """What became of a draft plan."""

    DRAFT = "draft"
    RELEASED = "released"
    """Its placements were put on the calendar."""
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class DraftPlacement:
    """One booking that a draft plan proposes."""

    number: int
    """Its place in the plan, by which people name it."""
    key: str
    """What it is called in the problem, the same in every run: by it a pinned placement is found again."""
    people: tuple[PersonId, ...]
    """Named one by one; whoever was chosen out of a pool included."""
    start: datetime
    minutes: int
    room: RoomId | None = None
    rules: tuple[RuleId, ...] = ()
    kind: Kind = Kind.TALK
    title: str = ""
    audience: tuple[str, ...] = ()
    mode: Mode = Mode.FACE_TO_FACE
    moves: BookingId | None = None
    """The booking that would move here; None: a new one."""
    is_pinned: bool = False
    """It stays where it is when the plan is arranged again."""
    booking: BookingId | None = None
    """What it became when the plan was released."""

    @property
    def span(self) -> Span:
        """When it takes place."""
        return lasting(self.start, self.minutes)


@dataclass(frozen=True, slots=True)
class DraftUnplaced:
    """A requirement that found no place, why, and what would help."""

    key: str
    people: tuple[PersonId, ...]
    """Those who are certain; of a pool, nobody was chosen."""
    rules: tuple[RuleId, ...] = ()
    reasons: tuple[Finding, ...] = ()
    repairs: tuple[Repair, ...] = ()
    booking: BookingId | None = None
    """The booking that cannot stay where it is; None: it was to be a new one."""


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """What a run proposes."""

    run: PlanRunId
    plan_status: PlanStatus
    placements: tuple[DraftPlacement, ...] = ()
    unplaced: tuple[DraftUnplaced, ...] = ()
    values: Mapping[Goal, int] = field(default_factory=dict, hash=False)
    bounds: Mapping[Goal, int] = field(default_factory=dict, hash=False)
    binding: Finding | None = None
    """What keeps it from being better: which bound, and whose."""
    seconds: float = 0.0
    status: DraftStatus = DraftStatus.DRAFT
    version: int = 1
    """Rises with every change by hand."""
    decided_by: str = ""
    """Who released or discarded it, as the journal calls them."""
    decided_at: datetime | None = None

    @property
    def of(self) -> int:
        """How many were to be placed."""
        return len(self.placements) + len(self.unplaced)
