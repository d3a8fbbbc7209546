"""Rows in, mail out: who gets it, what waits, what a message tells."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.ground.spans import Span
from scheduler.core.mail.news import News, NewsKind
from scheduler.store.feeds.rows import FeedFetchRow, FeedRow
from scheduler.store.mail.rows import MailContactRow, MailMessageRow, MailNewsRow
from scheduler.store.upserts import portions

LIVES_BY_FEED = timedelta(days=14)
"""Whoever has a feed that was fetched within so many days gets no mail, unless they chose it."""


def readers(session: Session, people: Collection[PersonId], clock: Clock) -> set[PersonId]:
    """Those of these people who get mail: an address is known, and they live by mail and not by a feed."""
    row = MailContactRow
    by_channel: dict[str, set[PersonId]] = {"auto": set(), "mail": set(), "feed": set()}
    for portion in portions(sorted(people)):
        query = select(row.person_id, row.channel).where(row.person_id.in_(portion), row.address != "")
        for person, channel in session.execute(query):
            by_channel[channel].add(PersonId(person))
    return by_channel["mail"] | (by_channel["auto"] - feed_readers(session, by_channel["auto"], clock))


def reachable(session: Session, people: Collection[PersonId]) -> list[PersonId]:
    """Those of these people whose address is known, whatever they live by."""
    row = MailContactRow
    return [
        PersonId(person)
        for portion in portions(sorted(people))
        for person in session.scalars(
            select(row.person_id).where(row.person_id.in_(portion), row.address != "").order_by(row.person_id)
        )
    ]


def feed_readers(session: Session, people: Collection[PersonId], clock: Clock) -> set[PersonId]:
    """Those of these people who have a feed that works and was fetched of late."""
    if not people:
        return set()
    row, fetch = FeedRow, FeedFetchRow
    query = select(row.person_id).join(fetch, fetch.feed_id == row.id)
    query = query.where(row.person_id.in_(people), row.revoked_at.is_(None))
    query = query.where(fetch.last_at > clock.real - LIVES_BY_FEED).distinct()
    return {PersonId(person) for person in session.scalars(query) if person}


def gathering(session: Session, people: Collection[PersonId]) -> dict[PersonId, str]:
    """The messages of these people that still take in more news: they wait, and nobody has tried to send them.

    They are locked, so that what is put into them goes out with them.
    """
    row = MailMessageRow
    never_tried = and_(row.state == "waiting", row.attempts == 0, row.booking_id.is_(None), row.key == row.id)
    message_by_person: dict[PersonId, str] = {}
    for portion in portions(sorted(people)):
        query = select(row.person_id, row.id).where(row.person_id.in_(portion), never_tried)
        for person, message in session.execute(query.order_by(row.person_id, row.made_at).with_for_update()):
            message_by_person[PersonId(person)] = message
    return message_by_person


def news_in(session: Session, message: str) -> list[News]:
    """What a message tells; a change that a later message tells anew is left to that one."""
    row = MailNewsRow
    mine = [_news(news_row) for news_row in session.scalars(select(row).where(row.message_id == message))]
    if not mine:
        return []
    query = select(row.booking_id, row.sequence).where(
        row.person_id == mine[0].person,
        row.booking_id.in_({piece.booking for piece in mine}),
        row.message_id != message,
    )
    latest: dict[str, int] = {}
    for booking, sequence in session.execute(query):
        latest[booking] = max(sequence, latest.get(booking, -1))
    return [piece for piece in mine if piece.sequence > latest.get(piece.booking, -1)]


def counts(session: Session) -> Sequence[tuple[str, int]]:
    """How many messages there are in each state."""

    row = MailMessageRow
    return [(state, count) for state, count in session.execute(select(row.state, func.count()).group_by(row.state))]


def _news(row: MailNewsRow) -> News:
    """One piece of news from its row."""
    before = Span(row.before_start, row.before_end) if row.before_start and row.before_end else None
    return News(
        BookingId(row.booking_id),
        row.sequence,
        PersonId(row.person_id),
        NewsKind(row.kind),
        before,
        RoomId(row.before_room) if row.before_room else None,
    )
