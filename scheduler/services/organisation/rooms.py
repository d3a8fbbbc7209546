"""Rooms: what there is, and its editing."""

from dataclasses import replace

from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import OFF_SITE
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import RoomId
from scheduler.core.ground.people import Room
from scheduler.core.organisation.facts import Subject
from scheduler.services.feeds import changes as feed_changes
from scheduler.services.ground import journal
from scheduler.store import load, save, writing
from scheduler.store.imports import plain_facts

USES = ("all", "meeting", "talk")
MAX_SEATS = 100_000


def rooms(session: Session, actor: Actor, clock: Clock) -> tuple[Room, ...]:
    """All rooms, by id."""
    del clock  # every verb is given one
    access.require(actor, Action.SEE_ORGANISATION)
    return tuple(load.rooms(session).values())


def add_room(session: Session, actor: Actor, room: Room, clock: Clock) -> Room:
    """Put up a new room; its id is the next one (R08). Raises Malformed naming the field."""
    return _write(session, actor, room, clock, is_new=True)


def edit_room(session: Session, actor: Actor, room: Room, clock: Clock) -> Room:
    """Change a room's names, capacity and use; bookings in it stay. Raises NotFound, Malformed naming the field."""
    return _write(session, actor, room, clock, is_new=False)


@writing.verb
def _write(session: Session, actor: Actor, room: Room, clock: Clock, *, is_new: bool) -> Room:
    access.require(actor, Action.EDIT_ORGANISATION)
    _check(room)
    writing.begin(session)
    existing = load.rooms(session)
    if not is_new and RoomId(room.id) not in existing:
        raise NotFound("room", room.id)
    written = replace(room, id=save.next_id(session, "R")) if is_new else room
    fields = {"name": written.name, "name_en": written.name_en, "capacity": written.capacity, "use": written.use}
    facts = {written.id: fields}
    plain_facts.save(session, Subject.ROOM, facts if is_new else {}, {} if is_new else facts)
    if not is_new and existing[RoomId(room.id)].name != written.name:
        feed_changes.organisation_changed(session, clock, rooms=[RoomId(room.id)])
    journal.note(session, actor, "added" if is_new else "edited", "room", written.id, clock)
    return written


def _check(room: Room) -> None:
    """Raise Malformed for the first field that cannot be."""
    if not room.name.strip():
        raise Malformed("missing", "name")
    if room.use not in USES:
        raise Malformed("unknown_choice", "use", value=room.use)
    if room.capacity is not None and not 0 <= room.capacity <= MAX_SEATS:
        raise Malformed("out_of_range", "capacity", value=room.capacity, first=0, last=MAX_SEATS)
    if room.id == OFF_SITE:
        raise Malformed("reserved_id", "id", value=room.id)
