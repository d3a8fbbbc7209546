"""An import moves milestones: their meetings move along, as they do by hand."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy.orm import Session

from scheduler.core.campaigns import milestones
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.access import Actor
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import moved_along
from scheduler.store import load


@dataclass(slots=True)
class Followed:
    """What became of the meetings: those that moved, and what is to be warned of."""

    told: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


class _Moved(NamedTuple):
    """A milestone that lies on another day than it did: the campaign as it was, and as it is."""

    before: Campaign
    after: Campaign
    key: str


def follow(
    session: Session, actor: Actor, stood: Iterable[Campaign], clock: Clock, *, given: Collection[BookingId]
) -> Followed:
    """Move the meetings of milestones that lie on another day than in the campaigns as they `stood`, each at its time of day.

    A meeting that was parted from its milestone stands on another day and stays there. One that the files place themselves
    (`given`), and one that cannot be on the new day, stay as well, and are named.
    """
    followed = Followed()
    moved = list(_moved(session, stood))
    if not moved:
        return followed
    time = load.working_time(session)
    meetings = load.bookings(session, kinds={Kind(each.key) for each in moved})
    for each in moved:
        day = each.after.milestones[each.key]
        for meeting in milestones.own_bookings(each.before, each.key, meetings, time.zone):
            own = [] if meeting.id in given else [meeting]
            along, findings = moved_along.along_with(session, actor, own, day, clock)
            details = {"key": each.key, "day": day, "stood": each.before.milestones[each.key]}
            if along:
                followed.told.append(Finding("meeting_follows", meeting.id, details))
            else:
                followed.warnings.append(Finding("meeting_left_behind", meeting.id, details))
            followed.warnings += [*findings.blocking, *findings.warnings]
    return followed


def _moved(session: Session, stood: Iterable[Campaign]) -> Iterator[_Moved]:
    """The milestones of meetings that lie on another day now."""
    now = {campaign.id: campaign for campaign in load.campaigns(session)}
    for before in stood:
        after = now[before.id]
        for key, day in before.milestones.items():
            if key in set(Kind) and after.milestones.get(key, day) != day:
                yield _Moved(before, after, key)
