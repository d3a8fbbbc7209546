"""Feeds follow what changes in names, in time and in what we write: their revisions rise, and entries leave that are over."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import MEETINGS, reach
from scheduler.core.ground.bookings import Kind, Size
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.organisation.facts import Change, Subject
from scheduler.services.feeds import task_entries
from scheduler.store import load, save, writing
from scheduler.store.bookings.rows import BookingRow, LeftRoomRow, ParticipantRow
from scheduler.store.feeds import load as load_feeds
from scheduler.store.feeds.rows import CalendarRevisionRow
from scheduler.store.feeds.save import ORGANISATION

_OF_TASKS = frozenset({Subject.TASK, Subject.UNIT, Subject.WORKDAY})
"""What the entries of tasks hang on."""
_SHOWN_AT = func.coalesce(BookingRow.shown_revised_at, BookingRow.revised_at)
"""Since when a booking is as its people's feeds show it."""


def organisation_changed(
    session: Session, clock: Clock, *, people: Collection[PersonId] = (), rooms: Collection[RoomId] = ()
) -> None:
    """Note, within the caller's transaction, that names changed which feeds show: of the organisation, these people, these rooms.

    Entries that show a changed name are revised, so that calendars which go by SEQUENCE take the new one over.
    """
    talks, placed = _talks_naming(session, people), _placed_in(session, rooms)
    _revise(session, {*talks, *placed}, set(placed), clock)
    everywhere = {ORGANISATION} if rooms or not people else set[str]()
    save.raise_revisions(session, everywhere | _resources_of(session, talks) | _resources_of(session, placed), clock)


def follow(session: Session, changes: Collection[Change], clock: Clock) -> None:
    """Let feeds follow, within the caller's transaction, what changed in names that they show."""
    people, rooms, is_organisation = set[PersonId](), set[RoomId](), False
    for change in changes:
        if change.subject is Subject.PERSON and _is_renamed(change):
            people.add(PersonId(change.key))
        elif change.subject is Subject.ROOM and _is_renamed(change):
            rooms.add(RoomId(change.key))
        is_organisation = is_organisation or (change.subject is Subject.ORGANISATION and bool(change.fields))
    if people or rooms:
        organisation_changed(session, clock, people=people, rooms=rooms)
    if is_organisation:
        organisation_changed(session, clock)
    if any(change.subject in _OF_TASKS for change in changes):
        people_of_tasks = task_entries.concerned(session, changes) | task_entries.revise(session, clock)
        save.raise_revisions(session, {f"p:{person}" for person in people_of_tasks}, clock)
    named = {f"g:{change.key}" for change in changes if change.subject is Subject.GROUP and _is_renamed(change)}
    if any(change.subject is Subject.CAMPAIGN and change.fields for change in changes):
        named.add(MEETINGS)
    save.raise_revisions(session, named, clock)


def catch_up(session: Session, clock: Clock) -> int:
    """Let calendars show the tasks and the deadlines of today; how many people's changed."""
    from scheduler.services.feeds import deadline_entries  # slow to import, and whoever only writes needs none of it

    return task_entries.follow(session, clock) + deadline_entries.follow(session, clock)


def purge(session: Session, clock: Clock) -> int:
    """Take cancelled entries that were shown long enough out of the feeds; how many feeds' owners that concerns."""
    from scheduler.services.feeds.joining import TOMBSTONE

    writing.begin(session)
    until = clock.real - TOMBSTONE
    over = session.execute(
        select(BookingRow.id, _SHOWN_AT).where(BookingRow.is_cancelled.is_(True), until >= _SHOWN_AT)
    ).all()
    owners = {
        resource
        for booking_id, revised_at in over
        for resource in _still_showing(session, booking_id, revised_at + TOMBSTONE)
    }
    owners |= {f"r:{room}" for room in session.scalars(_left(until))}
    session.execute(delete(LeftRoomRow).where(LeftRoomRow.left_at <= until))
    save.raise_revisions(session, owners, clock)
    session.commit()
    return len(owners)


def _left(until: datetime) -> Select[str]:
    """The rooms whose feeds have told long enough that something left."""
    return select(LeftRoomRow.room_id).where(LeftRoomRow.left_at <= until)


def move_on(session: Session, clock: Clock) -> int:
    """Let feeds reach as far as they shall today; how many changed by that. One that shows the same stays what it is."""
    from scheduler.services.feeds import joining

    zone, campaigns = load.organisation(session).zone, load.campaigns(session)
    today = clock.today(zone)
    moved = [
        (feed, reach(feed.options, campaigns, today, zone)) for feed in load_feeds.feeds(session, load_feeds.working())
    ]
    moved = [(feed, reached) for feed, reached in moved if feed.reach != reached]
    changed = [
        feed.id for feed, reached in moved if joining.shows_otherwise(session, feed, replace(feed, reach=reached))
    ]
    if moved:
        writing.begin(session)
        for feed, reached in moved:
            save.set_reach(session, feed.id, reached)
        save.raise_feeds(session, load_feeds.among(changed), clock.real)
        session.commit()
    return len(changed)


def _is_renamed(change: Change) -> bool:
    """Whether a name is another one now."""
    return any(field.name == "name" for field in change.fields)


def _talks_naming(session: Session, people: Collection[PersonId]) -> list[str]:
    """The talks in whose entries one of these people is named: those of two."""
    if not people:
        return []
    talks = select(ParticipantRow.booking_id).join(BookingRow, BookingRow.id == ParticipantRow.booking_id)
    talks = talks.where(BookingRow.kind == Kind.TALK, BookingRow.size == Size.ONE_TO_ONE)
    return list(session.scalars(talks.where(ParticipantRow.person_id.in_(people))))


def _placed_in(session: Session, rooms: Collection[RoomId]) -> list[str]:
    """The bookings in whose entries one of these rooms stands."""
    return list(session.scalars(select(BookingRow.id).where(BookingRow.room_id.in_(rooms)))) if rooms else []


def _revise(session: Session, bookings: Collection[str], placed: Collection[str], clock: Clock) -> None:
    """Raise what feeds go by, of these bookings; the time by a second at least. The place stands without names too.

    Nobody is told of this by mail, so what was answered still counts.
    """
    query = select(BookingRow.id, BookingRow.revised_at).where(BookingRow.id.in_(bookings))
    for booking_id, revised_at in session.execute(query).all():
        later = max(clock.real, revised_at + timedelta(seconds=1))
        raised: dict[str, object] = {"revised_at": later}
        raised |= {"shown_sequence": BookingRow.shown_sequence + 1, "shown_revised_at": later}
        if booking_id in placed:
            raised |= {"busy_sequence": BookingRow.busy_sequence + 1, "busy_revised_at": later}
        session.execute(update(BookingRow).where(BookingRow.id == booking_id).values(raised))


def _resources_of(session: Session, bookings: list[str]) -> set[str]:
    """In whose calendars these bookings stand."""
    people = select(ParticipantRow.person_id).where(ParticipantRow.booking_id.in_(bookings))
    rooms = select(BookingRow.room_id).where(BookingRow.id.in_(bookings), BookingRow.room_id.is_not(None))
    return {f"p:{person}" for person in session.scalars(people)} | {f"r:{room}" for room in session.scalars(rooms)}


def _still_showing(session: Session, booking_id: str, until: datetime) -> list[str]:
    """The calendars that last changed before a cancelled booking was to leave them: they show it still."""
    row = CalendarRevisionRow
    resources = sorted(_resources_of(session, [booking_id]))
    return list(session.scalars(select(row.resource).where(row.resource.in_(resources), row.changed_at < until)))
