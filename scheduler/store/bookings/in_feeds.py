"""Which bookings belong into a feed, and how calendars call them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, assert_never

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Feed, Scope, groups_in
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.store.bookings.rows import BookingRow, ParticipantRow
from scheduler.store.upserts import table_of

_BOOKING, _PARTICIPANT = table_of(BookingRow).c, table_of(ParticipantRow).c
_STANDING = select(
    _BOOKING.id, _BOOKING.uid, _BOOKING.shown_sequence, _BOOKING.shown_revised_at, _BOOKING.revised_at, _BOOKING.created_at, _BOOKING.is_cancelled,
    _BOOKING.kind, _BOOKING.busy_sequence, _BOOKING.busy_revised_at, _BOOKING.audience,
).order_by(_BOOKING.starts_at, _BOOKING.id)  # fmt: skip
_OWN = _STANDING.add_columns(_PARTICIPANT.entered, _PARTICIPANT.entered_at).join_from(
    table_of(BookingRow), table_of(ParticipantRow), _PARTICIPANT.booking_id == _BOOKING.id
)
"""The same of one of its people, with when they came in."""


class FeedBooking(NamedTuple):
    """A booking that belongs into a feed, by what its rendered entry is known by."""

    id: BookingId
    uid: str
    sequence: int
    revised_at: datetime
    created_at: datetime
    is_cancelled: bool


def feed_bookings(session: Session, feed: Feed) -> list[FeedBooking]:
    """The bookings that belong into a feed by its owner and its reach, by start."""
    query = _OWN if feed.person is not None else _STANDING
    rows: Sequence[Any] = session.execute(query.where(*_conditions(feed))).all()
    if feed.group is not None:
        rows = [row for row in rows if feed.group in groups_in(row.audience)]
    return [_standing(row, feed) for row in rows]


def _standing(row: Any, feed: Feed) -> FeedBooking:
    """One row, with the counters that this feed goes by: where no names are shown, those that no name raises."""
    is_busy = feed.room is not None or (feed.options.hides_names and row.kind == Kind.TALK)
    sequence = row.busy_sequence if is_busy else row.shown_sequence
    revised_at = (row.busy_revised_at if is_busy else row.shown_revised_at) or row.revised_at
    if feed.person is not None and row.entered:
        sequence, revised_at = sequence + row.entered, max(revised_at, row.entered_at)
    return FeedBooking(row.id, row.uid, sequence, revised_at, row.created_at, row.is_cancelled)


def _conditions(feed: Feed) -> list[ColumnElement[bool]]:
    """Which bookings these are."""
    conditions: list[ColumnElement[bool]] = []
    if feed.reach.start:
        conditions.append(_BOOKING.ends_at > feed.reach.start)
    if feed.reach.end:
        conditions.append(_BOOKING.starts_at < feed.reach.end)
    if feed.options.campaign:
        conditions.append(_BOOKING.campaign_id == feed.options.campaign)
    match feed.owner.scope:
        case Scope.PERSON:
            conditions.append(_PARTICIPANT.person_id == feed.owner.id)
        case Scope.ROOM:
            conditions.append(_BOOKING.room_id == feed.owner.id)
        case Scope.GROUP:
            conditions.append(_BOOKING.kind != Kind.TALK)
        case Scope.CAMPAIGN:
            conditions += [_BOOKING.kind != Kind.TALK, _BOOKING.campaign_id == feed.owner.id]
        case _:
            assert_never(feed.owner.scope)
    return conditions


def own_identities(session: Session, person: PersonId, within: Span) -> frozenset[str]:
    """How calendars call the bookings that somebody is in, as far as they touch a stretch of time."""
    query = (
        select(BookingRow.uid)
        .join(ParticipantRow, ParticipantRow.booking_id == BookingRow.id)
        .where(ParticipantRow.person_id == person, BookingRow.starts_at < within.end, BookingRow.ends_at > within.start)
    )
    return frozenset(session.scalars(query))
