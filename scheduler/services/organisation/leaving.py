"""Somebody leaves: their talks are off, others meet without them, and nothing of theirs opens any more. One transaction."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import GroupId, PersonId
from scheduler.core.programme.tasks import TaskState
from scheduler.services.accounts import register as accounts
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.ground import journal
from scheduler.store import load, writing
from scheduler.store.programme import load_tasks
from scheduler.store.programme import save as save_programme

PAIR = 2


@dataclass(frozen=True, slots=True)
class Leaving:
    """What becomes of the bookings that lie ahead of somebody who leaves."""

    person: PersonId
    off: tuple[Booking, ...]
    """Talks in which too few are left: cancelled."""
    without: tuple[Booking, ...]
    """What takes place without them."""
    standing: tuple[Booking, ...]
    """What they came into with a group, or host: follows when the org chart, or the booking, is changed."""
    groups: tuple[GroupId, ...]
    """The groups that still name them."""
    tasks: tuple[str, ...] = ()
    """The rectification tasks that are still to be done and that nobody leads then."""


def look(session: Session, actor: Actor, person: PersonId, clock: Clock) -> Leaving:
    """What leaving would do; nothing is written."""
    access.require(actor, Action.EDIT_ORGANISATION)
    roster = load.roster(session, clock.today(load.organisation(session).zone))
    if person not in roster.people:
        raise NotFound("person", person)
    ahead = [
        booking
        for booking in load.bookings(session, people=[person])
        if not booking.is_cancelled and not booking.is_held and booking.span.start > clock.now
    ]
    fates = [(booking, _fate(booking, person)) for booking in ahead]
    off, without, standing = (
        tuple(booking for booking, fate in fates if fate == name) for name in ("off", "without", "standing")
    )
    groups = tuple(group.id for group in roster.groups.values() if person in group.members)
    today = clock.today(load.organisation(session).zone)
    tasks = tuple(task.id for task in load_tasks.led_by(session, person) if task.state(today) is not TaskState.DONE)
    return Leaving(person, off, without, standing, groups, tasks)


@writing.verb
def leave(session: Session, actor: Actor, person: PersonId, clock: Clock) -> Leaving:
    """Let somebody leave: what `look` says is done, and their accounts, feeds, devices, mail and outside calendars end."""
    access.require(actor, Action.EDIT_ORGANISATION)
    if person == actor.person:
        raise Malformed("not_oneself", "person")
    writing.begin(session)
    leaving = look(session, actor, person, clock)
    for booking in leaving.off:
        bookings.put_cancel(session, actor, booking.id, clock)
    for booking in leaving.without:
        bookings.put_change(session, actor, booking.id, BookingChange(remove_people=(person,)), clock)
    for task in load_tasks.led_by(session, person):
        if task.id in leaving.tasks:
            save_programme.task(session, replace(task, leader=None), clock)
    accounts.end_all_of(session, actor, person, clock)
    ids = {
        "cancelled": [str(booking.id) for booking in leaving.off],
        "without": [str(booking.id) for booking in leaving.without],
        "tasks": list(leaving.tasks),
    }
    journal.note(session, actor, "left", "person", person, clock, **ids)
    return leaving


def _fate(booking: Booking, person: PersonId) -> str:
    """What becomes of a booking: off, without them, or standing as it is."""
    others = [participant for participant in booking.participants if participant.person != person]
    if booking.kind is Kind.TALK and len(others) < PAIR:
        return "off"
    is_named = any(participant.person == person and participant.is_named for participant in booking.participants)
    if not is_named or booking.host == person:
        return "standing"
    return "without" if booking.audience or any(other.is_named for other in others) else "off"
