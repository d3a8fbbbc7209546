"""A campaign: its dates, phases, milestones and windows, and the named lists that rules refer to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from scheduler.core.ground.ids import CampaignId, PersonId


class CampaignState(StrEnum):
    """Whether a campaign is still changed."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Phase:
    """A named stretch of a campaign, both days included."""

    id: str
    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class WindowEdge:
    """One end of a window: a fixed day, or so many days before a milestone."""

    day: date | None = None
    before_milestone: str = ""
    workdays: int | None = None
    """Counted by the workday table; None: `days` holds instead."""
    days: int = 0
    """Calendar days before the milestone."""


@dataclass(frozen=True, slots=True)
class WindowRule:
    """A window before it is resolved against the milestones of a campaign."""

    opens: WindowEdge | None = None
    closes: WindowEdge | None = None


USUAL_QUORUM = Fraction(2, 3)
"""The share of those expected that has to be at a meeting, unless a campaign says otherwise."""
USUAL_NOTICE = 1
"""Workdays of notice, unless a campaign says otherwise: what is arranged begins on the next one at the earliest."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """An education and practice campaign, a programme, an audit: what bookings and rule sets belong to."""

    id: CampaignId
    name: str
    starts: date
    ends: date
    phases: tuple[Phase, ...] = ()
    milestones: Mapping[str, date] = field(default_factory=dict)
    talk_window: WindowRule = WindowRule()
    report_before_days: int | None = None
    report_after_days: int | None = None
    signed_off_by: str = ""
    """The group that signs off the materials."""
    study_days: float = 7
    """Days of collective study asked of each member of the leadership team; a day has `day_hours` hours."""
    lists: Mapping[str, tuple[tuple[PersonId, ...], ...]] = field(default_factory=dict)
    """What rule files call `plan.X`: named lists of pairs, such as `extended_talks`."""
    is_open: bool = True
    """A closed one is read and no longer changed."""
    place: int = 0
    """Where it stands among all: of several that cover a day, the one with the smallest number leads."""
    is_leading: bool = False
    """Whether it leads all others; what belongs to no campaign counts with it."""
    quorum: Fraction = USUAL_QUORUM
    """The share of those expected at a meeting that has to be there."""
    notice_workdays: int = USUAL_NOTICE
    """How many workdays before it begins people have to know of what is arranged; 0: none."""

    @property
    def state(self) -> CampaignState:
        """Whether it is still changed."""
        return CampaignState.OPEN if self.is_open else CampaignState.CLOSED

    def covers(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.starts <= day <= self.ends
