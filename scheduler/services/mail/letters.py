"""Letters: what a message says to its reader, from the facts at the moment of sending."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.bookings import OFF_SITE, Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.mail.letters import Entry, Letter, Told
from scheduler.core.mail.news import News, NewsKind, settled
from scheduler.services.mail.outbox import Leased
from scheduler.store import load
from scheduler.store.accounts.rows import AccountRow
from scheduler.store.feeds.rows import FeedRow
from scheduler.store.mail import load as load_mail
from scheduler.store.mail.rows import MailContactRow
from scheduler.store.organisation.rows import PersonVersionRow
from scheduler.wording.labels import label
from scheduler.wording.texts import named


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter goes to."""

    person: PersonId
    name: str
    address: str
    language: str


def letter(session: Session, message: Leased, clock: Clock, usual_language: str) -> Letter | None:
    """What a message says now; None when there is nothing to say, or nowhere to send it."""
    reader = _reader(session, message.person, usual_language)
    if reader is None:
        return None
    empty = Letter(reader.name, reader.address, reader.language, load.organisation(session).zone)
    if message.page:
        return replace(empty, page=message.page)
    if message.reminds_of:
        entry = _reminder(session, message.reminds_of, reader, clock)
        return replace(empty, reminder=entry) if entry else None
    told = _all_visible(session, settled(load_mail.news_in(session, message.id)), reader)
    return replace(empty, told=told) if told else None


def entry_of(session: Session, booking: Booking, person: PersonId, language: str) -> Entry:
    """A booking as one of its people may know it."""
    reader = Recipient(person, "", "", language)
    return _entry(booking, reader, _names(session, set(booking.people)), _places(session, language))


def _reader(session: Session, person: PersonId, usual_language: str) -> Recipient | None:
    """Somebody with an address, in the language of their account, else of their feed, else the usual one."""
    contact = session.get(MailContactRow, person, populate_existing=True)
    if contact is None or not contact.address:
        return None
    said = select(AccountRow.language).where(AccountRow.person_id == person, AccountRow.is_active.is_(True))
    fed = select(FeedRow.language).where(FeedRow.person_id == person, FeedRow.revoked_at.is_(None))
    languages = (*session.scalars(said), *session.scalars(fed), usual_language)
    language = next(language for language in languages if language)
    return Recipient(person, _names(session, {person})[person], contact.address, language)


def _reminder(session: Session, booking: BookingId, reader: Recipient, clock: Clock) -> Entry | None:
    """The talk that is reminded of, if it still lies ahead and the reader is in it."""
    (talk,) = load.bookings(session, ids=[booking])
    if talk.is_cancelled or talk.span.start <= clock.now or reader.person not in talk.people:
        return None
    return entry_of(session, talk, reader.person, reader.language)


def _all_visible(session: Session, news: list[News], reader: Recipient) -> tuple[Told, ...]:
    """The news as the reader may know them, by when they are."""
    bookings = {booking.id: booking for booking in load.bookings(session, ids=[piece.booking for piece in news])}
    names = _names(session, {person for booking in bookings.values() for person in booking.people})
    places = _places(session, reader.language)
    told = [_visible(piece, bookings[piece.booking], reader, names, places) for piece in news]
    return tuple(sorted((piece for piece in told if piece), key=lambda piece: piece.entry.span.start))


def _visible(
    news: News, booking: Booking, reader: Recipient, names: dict[PersonId, str], places: dict[RoomId, str]
) -> Told | None:
    """One piece of news, from what the reader knew to what stands; None if that is the same, for them."""
    is_in = reader.person in booking.people and not booking.is_cancelled
    kind = NewsKind.REMOVED if not is_in else news.kind
    entry = _entry(booking, reader, names, places) if is_in else _gone(news, booking)
    if kind is NewsKind.REMOVED and news.before is None:
        return None
    revised_at = booking.revised_at or booking.span.start
    before_place = places.get(news.before_room, "") if news.before_room else ""
    return Told(
        kind,
        entry,
        booking.uid,
        booking.sequence,
        booking.created_at or revised_at,
        revised_at,
        news.before,
        before_place,
    )


def _entry(booking: Booking, reader: Recipient, names: dict[PersonId, str], places: dict[RoomId, str]) -> Entry:
    """A booking as one of its people may know it."""
    is_pair = booking.is_talk and not booking.is_group_talk
    others = tuple(names.get(person, person) for person in booking.people if person != reader.person)
    place = places.get(booking.room, "") if booking.room else ""
    return Entry(booking.id, booking.kind.value, booking.title, others if is_pair else (), booking.span, place)


def _gone(news: News, booking: Booking) -> Entry:
    """A booking that the reader is not in any more: when it was for them, and nothing that came later."""
    return Entry(booking.id, booking.kind.value, "", (), news.before or booking.span)


def _names(session: Session, people: set[PersonId]) -> dict[PersonId, str]:
    """The latest name of each."""
    row = PersonVersionRow
    query = select(row.person_id, row.name).where(row.person_id.in_(people))
    latest_last = session.execute(query.order_by(row.valid_from.is_not(None), row.valid_from))
    return {PersonId(person): name for person, name in latest_last}


def _places(session: Session, language: str) -> dict[RoomId, str]:
    """What rooms are called in a language."""
    rooms = {key: named(language, room.name, room.name_en) for key, room in load.rooms(session).items()}
    return rooms | {OFF_SITE: label("EXT", language)}
