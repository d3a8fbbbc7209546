"""What an import leaves behind: meetings that still stand on the day from which it moved their milestone."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.core.campaigns import milestones
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.findings import Finding
from scheduler.store import load


def left_behind(session: Session, stood: Iterable[Campaign], zone: ZoneInfo) -> list[Finding]:
    """For each milestone that lies on another day than in the campaigns as they `stood`: its meetings that did not follow.

    An import moves no meeting by itself: the table of bookings that comes with it, or later, says when it is.
    """
    now = {campaign.id: campaign for campaign in load.campaigns(session)}
    moved = [
        (campaign, key, now[campaign.id].milestones[key])
        for campaign in stood
        for key, day in campaign.milestones.items()
        if key in set(Kind) and now[campaign.id].milestones.get(key, day) != day
    ]
    if not moved:
        return []
    meetings = load.bookings(session, kinds={Kind(key) for _campaign, key, _day in moved})
    return [
        Finding("meeting_left_behind", meeting.id, {"key": key, "day": day, "stood": campaign.milestones[key]})
        for campaign, key, day in moved
        for meeting in milestones.own_bookings(campaign, key, meetings, zone)
    ]
