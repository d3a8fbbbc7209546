"""Facts in, rows out: everything that services write by hand, under one name. Nothing here commits."""

from scheduler.store.bookings.save import booking, bookings, let_go
from scheduler.store.counters import ids_given, next_booking_id, next_id
from scheduler.store.feeds.save import (
    fetches,
    forget_fetches,
    keep_body,
    note_raised,
    raise_feeds,
    raise_revisions,
    reform,
    set_reach,
)
from scheduler.store.organisation.save_strokes import strokes
from scheduler.store.sessions.save import attendance

__all__ = [
    "attendance",
    "booking",
    "bookings",
    "fetches",
    "forget_fetches",
    "ids_given",
    "keep_body",
    "let_go",
    "next_booking_id",
    "next_id",
    "note_raised",
    "raise_feeds",
    "raise_revisions",
    "reform",
    "set_reach",
    "strokes",
]
