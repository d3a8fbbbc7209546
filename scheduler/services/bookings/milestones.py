"""A meeting that a milestone stands for is moved, and the milestone with it."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.campaigns import milestones
from scheduler.core.campaigns.milestones import MilestoneFollows
from scheduler.core.campaigns.windows import talk_window
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Booking, Draft
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId
from scheduler.services.ground import journal
from scheduler.store import load
from scheduler.store.imports import plain_facts
from scheduler.store.operations import former
from scheduler.store.operations.former import Fact


def following(session: Session, actor: Actor, old: Booking, draft: Draft) -> MilestoneFollows | None:
    """Whether a milestone follows a booking into a new shape; None: none has to."""
    if old.is_talk or old.is_cancelled or draft.campaign != old.campaign:
        return None
    zone = load.organisation(session).zone
    day = draft.span.start.astimezone(zone).date()
    if day == old.day(zone):
        return None
    campaign = milestones.stands_for(load.campaigns(session), old, zone)
    if campaign is None:
        return None
    alike = load.bookings(session, kinds=[old.kind])
    may_edit = access.may(actor, Action.EDIT_PROGRAMME)
    return milestones.following(campaign, old, day, alike, zone, may_edit=may_edit)


def told(session: Session, follows: MilestoneFollows) -> Finding:
    """The remark that tells it, with the window that talks have then."""
    after = milestones.moved(follows.campaign, follows.key, follows.day)
    window = talk_window(after, load.working_time(session))
    finding = follows.finding
    return replace(finding, details={**finding.details, "opens": window.first, "closes": window.last})


def write(session: Session, actor: Actor, follows: MilestoneFollows, booking: BookingId, clock: Clock) -> None:
    """Move the milestone, unless it stays."""
    if follows.stays_because is None:
        former.keep_standing(session, [Fact("milestone", follows.campaign.id)], clock)
        plain_facts.set_milestone(session, follows.campaign.id, follows.key, follows.day)
        day = follows.day.isoformat()
        journal.note(session, actor, "moved", "milestone", follows.key, clock, day=day, booking=booking)


def of_booking(session: Session, actor: Actor, booking_id: BookingId, clock: Clock) -> tuple[str, date] | None:
    """The milestone that a booking is the meeting of, and its day; None: of none, or whoever asks may not move it."""
    del clock  # every verb is given one
    booking = load.booking(session, booking_id)
    if booking.is_talk or not access.may(actor, Action.EDIT_PROGRAMME):
        return None
    zone = load.organisation(session).zone
    campaign = milestones.stands_for(load.campaigns(session), booking, zone)
    return (booking.kind, campaign.milestones[booking.kind]) if campaign else None
