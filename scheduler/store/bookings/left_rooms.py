"""Bookings that were moved out of a room: its feed tells so for a while, for some calendars keep what is only not there any more."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Feed
from scheduler.core.ground.bookings import OFF_SITE, Booking
from scheduler.store.bookings.rows import LeftRoomRow


def note(session: Session, changes: Sequence[tuple[Booking, Booking]]) -> None:
    """Note of bookings that were in a room and are elsewhere now; one that comes back stands there again."""
    for old, new in changes:
        if old.room == new.room:
            continue
        if new.room and new.room != OFF_SITE:
            row = LeftRoomRow
            session.execute(delete(row).where(row.uid == new.uid, row.room_id == new.room))
        if old.room and old.room != OFF_SITE:
            session.merge(_row(old, new))


def of_feed(session: Session, feed: Feed) -> Sequence[LeftRoomRow]:
    """What left the room that a feed is of, by start, as far as the feed reaches."""
    row = LeftRoomRow
    conditions = [row.room_id == feed.owner.id]
    if feed.reach.start:
        conditions.append(row.ends_at > feed.reach.start)
    if feed.reach.end:
        conditions.append(row.starts_at < feed.reach.end)
    return session.scalars(select(row).where(*conditions).order_by(row.starts_at, row.uid)).all()


def _row(old: Booking, new: Booking) -> LeftRoomRow:
    """Where it was, with the sequence that it would have there now."""
    at = new.busy_revised_at or new.revised_at
    return LeftRoomRow(
        uid=old.uid, room_id=old.room, starts_at=old.span.start, ends_at=old.span.end,
        sequence=new.busy_sequence, created_at=old.created_at or at, left_at=at,
    )  # fmt: skip
