"""News: what one person has to be told of one change to one booking, and nothing that concerns others only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.ground.spans import Span


class NewsKind(StrEnum):
    """What a change is for the one who is told."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    """Cancelled, or the person is not in it any more."""


@dataclass(frozen=True, slots=True)
class News:
    """One change to one booking, for one person; `before` is when and where it was for them, if it was."""

    booking: BookingId
    sequence: int
    """The booking's, after the change."""
    person: PersonId
    kind: NewsKind
    before: Span | None = None
    before_room: RoomId | None = None


def news(old: Booking | None, new: Booking, now: datetime) -> tuple[News, ...]:
    """Who has to be told of a change, and what; of what lies behind, nobody."""
    before = old.people if old and not old.is_cancelled else ()
    after = () if new.is_cancelled else new.people
    news_items = []
    for person in dict.fromkeys((*before, *after)):
        kind = _kind(old, new, is_in=person in after, was_in=person in before)
        spans = [span for span in (old.span if old and person in before else None, new.span) if span]
        if kind and any(span.end > now for span in spans):
            before_change = old if old and person in before else None
            news_items.append(
                News(
                    new.id,
                    new.sequence,
                    person,
                    kind,
                    before_change.span if before_change else None,
                    before_change.room if before_change else None,
                )
            )
    return tuple(news_items)


def _kind(old: Booking | None, new: Booking, *, is_in: bool, was_in: bool) -> NewsKind | None:
    """What a change is for somebody who is in the booking, or was."""
    if not (is_in and was_in):
        return NewsKind.ADDED if is_in else NewsKind.REMOVED
    return NewsKind.CHANGED if old and _seen(old) != _seen(new) else None


def _seen(booking: Booking) -> tuple[object, ...]:
    """What those in a booking go by. That others join a meeting is no news; with whom one talks is."""
    company = frozenset(booking.people) if booking.is_talk else None
    return booking.kind, booking.title, booking.span, booking.room, booking.mode, company


def settled(several: Iterable[News]) -> list[News]:
    """One piece of news for each booking: from what was known before the first to what holds after the last."""
    by_booking: dict[BookingId, list[News]] = {}
    for piece in sorted(several, key=lambda piece: piece.sequence):
        by_booking.setdefault(piece.booking, []).append(piece)
    return [change for changes in by_booking.values() if (change := _net(changes))]


def _net(changes: Sequence[News]) -> News | None:
    """Several changes to one booking as one; None if somebody who was not in it is not in it after all."""
    first, last = changes[0], changes[-1]
    is_in = last.kind is not NewsKind.REMOVED
    if first.before is None:
        return News(last.booking, last.sequence, last.person, NewsKind.ADDED) if is_in else None
    kind = NewsKind.CHANGED if is_in else NewsKind.REMOVED
    return News(last.booking, last.sequence, last.person, kind, first.before, first.before_room)
