"""What a milestone's new day means for the gate of the meeting that all leads to, and for papers that were handed out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from scheduler.core.campaigns.milestones import Counted, MilestoneMoved
from scheduler.core.ground.ids import BookingId
from scheduler.core.programme.conditions import What
from scheduler.core.programme.gate import GateItem


@dataclass(frozen=True, slots=True)
class ConditionMoved:
    """A condition that holds otherwise, or is due on another day, once the milestone has moved."""

    key: str
    what: What
    name: str
    was_ok: bool
    ok: bool
    was_due: date | None
    due: date | None

    @property
    def called(self) -> str:
        """Its own name, or what it is about."""
        return self.name or self.what


@dataclass(frozen=True, slots=True)
class GateMoved:
    """How many conditions of a meeting hold, of how many, with the milestone where it is and where it shall be."""

    meeting: BookingId
    before: Counted
    after: Counted
    conditions: tuple[ConditionMoved, ...]
    """Those that change."""


@dataclass(frozen=True, slots=True)
class OutdatedPaper:
    """A paper that was handed out and says another time than its booking will have."""

    booking: BookingId
    paper: str
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class MilestoneMove:
    """All that a milestone's new day means."""

    moved: MilestoneMoved
    gate: GateMoved | None = None
    """None: there is no democratic life meeting, or nothing has to hold before it."""
    printed: tuple[OutdatedPaper, ...] = ()


def gate_moved(meeting: BookingId, before: Sequence[GateItem], after: Sequence[GateItem]) -> GateMoved | None:
    """What changes of the conditions of a meeting; None: it has none."""
    if not before:
        return None
    changed = tuple(
        ConditionMoved(then.key, then.what, then.name, was.ok, then.ok, was.due, then.due)
        for was, then in zip(before, after, strict=True)
        if (was.ok, was.due) != (then.ok, then.due)
    )
    return GateMoved(meeting, _counted(before), _counted(after), changed)


def _counted(items: Sequence[GateItem]) -> Counted:
    return sum(item.ok for item in items), len(items)
