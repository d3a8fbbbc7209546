"""A milestone is moved: what hangs on it moves along, and its own meeting; other bookings do not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.campaigns.windows import shifted, talk_window
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.findings import Finding, Findings
from scheduler.core.ground.spans import DayRange
from scheduler.core.ground.working_time import WorkingTime

REPORTED = Kind.DEMOCRATIC_LIFE_MEETING
"""The meeting that is reported to the level above beforehand, and the milestone of the same name."""

Counted = tuple[int, int]
"""Talks covered, and required."""


@dataclass(frozen=True, slots=True)
class CoverageMoved:
    """What the leading rules have covered, with a milestone where it is and where it shall be."""

    before: Counted
    after: Counted


@dataclass(frozen=True, slots=True)
class MilestoneMoved:
    """What a milestone's new day means."""

    window_opens: date | None
    window_closes: date | None
    report_due: date | None
    """Calendar days before the democratic life meeting; None for any other milestone."""
    bookings_outside: tuple[Booking, ...]
    """Talks that lie outside the window because of the move, and the meeting itself if it is not on that day; as they
    stood before."""
    moved_along: tuple[Booking, ...] = ()
    """The meeting's own bookings where they are now, or would be; empty: there is none, or it was to stay."""
    coverage: CoverageMoved | None = None
    """None: no rules are applied in the campaign."""
    findings: Findings = field(default_factory=Findings)
    """What the calendar says of the day, and what speaks against moving the meeting along."""

    @property
    def left_outside(self) -> tuple[Booking, ...]:
        """Those outside that do not move along."""
        along = {booking.id for booking in self.moved_along}
        return tuple(booking for booking in self.bookings_outside if booking.id not in along)


class Stays(StrEnum):
    """Why a milestone stays although its meeting moves."""

    OUTSIDE_CAMPAIGN = "outside_campaign"
    OTHER_MEETING = "other_meeting"
    """Another meeting of the kind is on its day."""
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True, slots=True)
class MilestoneFollows:
    """A meeting moves to another day, and its milestone with it, or not."""

    campaign: Campaign
    key: str
    stands: date
    day: date
    stays_because: Stays | None = None

    @property
    def finding(self) -> Finding:
        """The remark that tells it."""
        details = {"day": self.day, "stays_on": self.stands, "why": self.stays_because}
        return Finding(
            "milestone_stays" if self.stays_because else "milestone_follows",
            self.key,
            details | campaign_details(self.campaign),
        )


def campaign_details(campaign: Campaign) -> dict[str, object]:
    """What sentences say of a campaign."""
    return {"campaign": campaign.name, "starts": campaign.starts, "ends": campaign.ends}


def moved(campaign: Campaign, key: str, day: date) -> Campaign:
    """The campaign with a milestone on another day."""
    return replace(campaign, milestones={**campaign.milestones, key: day})


def report_due(campaign: Campaign, key: str) -> date | None:
    """The day by which a milestone's meeting is to be reported; None if it need not be."""
    if key != REPORTED or key not in campaign.milestones or campaign.report_before_days is None:
        return None
    return shifted(campaign.milestones[key], -campaign.report_before_days)


def own_bookings(campaign: Campaign, key: str, bookings: Iterable[Booking], zone: ZoneInfo) -> list[Booking]:
    """The bookings that a milestone stands for: of its kind, the campaign's, on its day; cancelled ones left out."""
    return [
        booking
        for booking in bookings
        if booking.kind == key
        and not booking.is_cancelled
        and choosing.holds(campaign, booking)
        and booking.day(zone) == campaign.milestones.get(key)
    ]


def stands_for(campaigns: Iterable[Campaign], booking: Booking, zone: ZoneInfo) -> Campaign | None:
    """The campaign of whose milestone a booking is the meeting; None: of none."""
    return next((each for each in campaigns if own_bookings(each, booking.kind, [booking], zone)), None)


def following(
    campaign: Campaign, old: Booking, day: date, alike: Iterable[Booking], zone: ZoneInfo, *, may_edit: bool
) -> MilestoneFollows | None:
    """Whether a milestone follows its meeting, `old`, to another day; None: it need not, for the day is the same.

    `alike`: bookings of the same kind; `may_edit`: whether whoever moves it may move milestones.
    """
    stands = old.day(zone)
    if day == stands:
        return None
    why = None
    if not campaign.covers(day):
        why = Stays.OUTSIDE_CAMPAIGN
    elif any(booking.id != old.id for booking in own_bookings(campaign, old.kind, alike, zone)):
        why = Stays.OTHER_MEETING
    elif not may_edit:
        why = Stays.NOT_ALLOWED
    return MilestoneFollows(campaign, old.kind, stands, day, why)


def moved_start(start: datetime, day: date, zone: ZoneInfo) -> datetime:
    """The same time of the wall clock on another day."""
    local = start.astimezone(zone)
    return datetime.combine(day, local.time().replace(tzinfo=None), zone)


def consequences(
    before: Campaign, after: Campaign, key: str, bookings: Sequence[Booking], working_time: WorkingTime
) -> MilestoneMoved:
    """What follows from moving a milestone: `before` and `after` are the same campaign."""
    old, new = talk_window(before, working_time), talk_window(after, working_time)
    campaign_days = DayRange(min(after.starts, after.ends), after.ends)
    outside = []
    for booking in bookings:
        on = booking.day(working_time.zone)
        if booking.is_cancelled:
            continue
        is_lost_talk = booking.is_talk and on in old and on not in new
        is_own_meeting = booking.kind == key and on in campaign_days and on != after.milestones[key]
        if is_lost_talk or is_own_meeting:
            outside.append(booking)
    return MilestoneMoved(new.first, new.last, report_due(after, key), tuple(outside))
