"""Calendar feeds: secret addresses, given out once, rotated and revoked at will; and what stands in them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.core import access
from scheduler.core.access import Action, Actor
from scheduler.core.clock import Clock
from scheduler.core.errors import Malformed, NotAllowed, NotFound
from scheduler.core.facts import Change, Subject
from scheduler.core.ids import FeedId, PersonId, RoomId
from scheduler.services import journal, secrets
from scheduler.store import save, writing
from scheduler.store.rows import BookingRow, CalendarRevisionRow, FeedRow, ParticipantRow, PersonRow, RoomRow

TOMBSTONE = timedelta(days=30)
"""How long a cancelled entry stays in a feed, marked as such, so that every calendar has time to notice."""
ORGANISATION = "org"
"""The resource whose revision rises when names change that all feeds show."""
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of one person's bookings, or of when a room is taken. Nobody can tell its address from this."""

    id: FeedId
    person: PersonId | None
    room: RoomId | None
    language: str
    created_at: datetime
    revoked_at: datetime | None


def issue(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    person: PersonId | None = None,
    room: RoomId | None = None,
    language: str = "zh",
) -> tuple[Feed, str]:
    """A new feed of a person or a room, and the token of its address, which is shown this once."""
    _require(actor, person)
    if language not in LANGUAGES:
        raise Malformed("unknown_choice", "language", value=language)
    writing.begin(session)
    _check_owner(session, person, room)
    token = secrets.new()
    row = FeedRow(
        id=save.next_id(session, "F"),
        person_id=person,
        room_id=room,
        digest=secrets.digest(token),
        language=language,
        created_at=clock.real,
        revoked_at=None,
    )
    session.add(row)
    journal.note(session, actor, "issued", "feed", row.id, clock, person=person, room=room)
    session.commit()
    return feed_of(row), token


def rotate(session: Session, actor: Actor, feed_id: FeedId, clock: Clock) -> tuple[Feed, str]:
    """Give a feed a new address; the old one stops working at once."""
    writing.begin(session)
    row = _standing(session, actor, feed_id)
    token = secrets.new()
    row.digest = secrets.digest(token)
    journal.note(session, actor, "rotated", "feed", row.id, clock)
    session.commit()
    return feed_of(row), token


def revoke(session: Session, actor: Actor, feed_id: FeedId, clock: Clock) -> Feed:
    """Let a feed's address stop working, for good."""
    writing.begin(session)
    row = _standing(session, actor, feed_id)
    row.revoked_at = clock.real
    journal.note(session, actor, "revoked", "feed", row.id, clock)
    session.commit()
    return feed_of(row)


def listing(session: Session, actor: Actor, clock: Clock, *, person: PersonId | None = None) -> list[Feed]:
    """The feeds of everybody, or of one person, revoked ones included, by id; everybody may list their own."""
    del clock
    if person is None or person != actor.person:
        access.require(actor, Action.SEE_FEEDS)
    query = select(FeedRow).order_by(FeedRow.created_at, FeedRow.id)
    if person is not None:
        query = query.where(FeedRow.person_id == person)
    return [feed_of(row) for row in session.scalars(query)]


def own(session: Session, actor: Actor, clock: Clock) -> list[Feed]:
    """One's own feeds that work."""
    access.require(actor, Action.EDIT_OWN_FEED)
    if actor.person is None:
        raise NotAllowed(Action.EDIT_OWN_FEED)
    return [feed for feed in listing(session, actor, clock, person=actor.person) if feed.revoked_at is None]


def organisation_changed(
    session: Session, clock: Clock, *, people: Collection[PersonId] = (), rooms: Collection[RoomId] = ()
) -> None:
    """Note, within the caller's transaction, that names changed which feeds show: of the organisation, these people, these rooms.

    Entries that show a changed name are revised, so that calendars which go by SEQUENCE take the new one over.
    """
    shown = _bookings_showing(session, people, rooms)
    if shown:
        _revise(session, shown, clock)
    save.raise_revisions(session, {ORGANISATION, *_resources_of(session, shown)}, clock)


def follow(session: Session, changes: Iterable[Change], clock: Clock) -> None:
    """Let feeds follow, within the caller's transaction, what changed in names that they show."""
    people, rooms, is_organisation = set[PersonId](), set[RoomId](), False
    for change in changes:
        is_renamed = any(field.name == "name" for field in change.fields)
        if change.subject is Subject.PERSON and is_renamed:
            people.add(PersonId(change.key))
        elif change.subject is Subject.ROOM and is_renamed:
            rooms.add(RoomId(change.key))
        is_organisation = is_organisation or (change.subject is Subject.ORGANISATION and bool(change.fields))
    if people or rooms or is_organisation:
        organisation_changed(session, clock, people=people, rooms=rooms)


def sweep(session: Session, clock: Clock) -> int:
    """Take cancelled entries that were shown long enough out of the feeds; how many feeds' owners that concerns."""
    writing.begin(session)
    until = clock.real - TOMBSTONE
    over = session.execute(
        select(BookingRow.id, BookingRow.revised_at).where(
            BookingRow.is_cancelled.is_(True), BookingRow.revised_at <= until
        )
    ).all()
    owners = {
        resource
        for booking_id, revised_at in over
        for resource in _still_showing(session, booking_id, revised_at + TOMBSTONE)
    }
    save.raise_revisions(session, owners, clock)
    session.commit()
    return len(owners)


# ── Rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def feed_of(row: FeedRow) -> Feed:
    """A row, as a value."""
    return Feed(
        FeedId(row.id),
        PersonId(row.person_id) if row.person_id else None,
        RoomId(row.room_id) if row.room_id else None,
        row.language,
        row.created_at,
        row.revoked_at,
    )


def _require(actor: Actor, person: PersonId | None) -> None:
    """Everybody may have a feed of their own bookings; for others and for rooms one needs more."""
    if person is not None and person == actor.person:
        access.require(actor, Action.EDIT_OWN_FEED, Action.EDIT_FEEDS)
    else:
        access.require(actor, Action.EDIT_FEEDS)


def _check_owner(session: Session, person: PersonId | None, room: RoomId | None) -> None:
    """A feed is of exactly one person or room that there is."""
    if (person is None) == (room is None):
        raise Malformed("missing" if person is None else "one_of_two", "person")
    if person is not None and session.get(PersonRow, person) is None:
        raise NotFound("person", person)
    if room is not None and session.get(RoomRow, room) is None:
        raise NotFound("room", room)


def _standing(session: Session, actor: Actor, feed_id: FeedId) -> FeedRow:
    """A feed that was not revoked and that the actor may change; to others it does not exist."""
    row = session.get(FeedRow, feed_id)
    is_own = row is not None and row.person_id is not None and row.person_id == actor.person
    is_theirs = access.may(actor, Action.EDIT_FEEDS) or (is_own and access.may(actor, Action.EDIT_OWN_FEED))
    if row is None or row.revoked_at is not None or not is_theirs:
        raise NotFound("feed", feed_id)
    return row


def _bookings_showing(session: Session, people: Collection[PersonId], rooms: Collection[RoomId]) -> list[str]:
    """The bookings in whose entries one of these names stands: talks with them, anything in these rooms."""
    found: set[str] = set()
    if people:
        talks = select(ParticipantRow.booking_id).join(BookingRow, BookingRow.id == ParticipantRow.booking_id)
        found.update(session.scalars(talks.where(BookingRow.kind == "talk", ParticipantRow.person_id.in_(people))))
    if rooms:
        found.update(session.scalars(select(BookingRow.id).where(BookingRow.room_id.in_(rooms))))
    return sorted(found)


def _revise(session: Session, bookings: list[str], clock: Clock) -> None:
    """Raise what calendars go by, of these bookings; the time by a second at least."""
    rows = session.execute(select(BookingRow.id, BookingRow.revised_at).where(BookingRow.id.in_(bookings))).all()
    for booking_id, revised_at in rows:
        later = max(clock.real, revised_at + timedelta(seconds=1))
        raised = {"sequence": BookingRow.sequence + 1, "revised_at": later}
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
