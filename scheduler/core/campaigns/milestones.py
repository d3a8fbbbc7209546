"""A milestone is moved: what hangs on it moves along, bookings do not."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.campaigns.windows import shifted, talk_window
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.spans import DayRange
from scheduler.core.ground.working_time import WorkingTime

REPORTED = Kind.DEMOCRATIC_LIFE_MEETING
"""The meeting that is reported to the level above beforehand, and the milestone of the same name."""


@dataclass(frozen=True, slots=True)
class MilestoneMoved:
    """What a milestone's new day means."""

    window_opens: date | None
    window_closes: date | None
    report_due: date | None
    """Calendar days before the democratic life meeting; None for any other milestone."""
    bookings_outside: tuple[Booking, ...]
    """Talks that lie outside the window because of the move, and the meeting itself if it is not on that day."""


def moved(campaign: Campaign, key: str, day: date) -> Campaign:
    """The campaign with a milestone on another day."""
    return replace(campaign, milestones={**campaign.milestones, key: day})


def report_due(campaign: Campaign, key: str) -> date | None:
    """The day by which a milestone's meeting is to be reported; None if it need not be."""
    if key != REPORTED or key not in campaign.milestones or campaign.report_before_days is None:
        return None
    return shifted(campaign.milestones[key], -campaign.report_before_days)


def consequences(
    before: Campaign, after: Campaign, key: str, bookings: Iterable[Booking], working_time: WorkingTime
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
