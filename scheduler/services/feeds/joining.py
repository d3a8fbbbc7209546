"""Joins a feed: entries that did not change are taken over as bytes, the others are written; and keeps what was joined."""

import gzip
import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Feed, Scope
from scheduler.core.ground.ids import BookingId, FeedId
from scheduler.core.ground.vocabulary import PARTY
from scheduler.ical import identity, write
from scheduler.services.feeds import deadline_entries, device_entries, task_entries
from scheduler.services.feeds import entries as feed_entries
from scheduler.services.feeds.entries import ODD
from scheduler.store import load, save, writing
from scheduler.store.bookings import in_feeds
from scheduler.store.bookings.in_feeds import FeedBooking
from scheduler.store.feeds import load as load_feeds
from scheduler.store.feeds import save_devices
from scheduler.store.feeds.save import RAISED, KeptBody

TOMBSTONE = timedelta(days=30)
"""How long a cancelled entry stays in a feed, marked as such, so that every calendar has time to notice."""
FORMAT = "2"
"""Raised when what we write of an unchanged booking changes, so that every reader fetches it anew."""
BUDGET = 900_000
"""Bytes; Google refuses a feed of about a million. Above it the oldest entries are left out."""
MIN_ENTRY_BYTES = 300
"""Bytes that no entry is shorter than."""
MAX_ENTRY_BYTES = 50_000
"""Bytes of one entry; one that is larger would push the others out."""
AT_ONCE = 20
"""Feeds that are kept in one transaction."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The bytes of a feed, not yet packed."""

    feed: Feed
    form: str
    data: bytes
    left_out: int = 0
    odd: tuple[BookingId, ...] = ()


@lru_cache(maxsize=16)
def form_of(link: str) -> str:
    """What besides the bookings decides about every byte: another form is another revision of all feeds."""
    return hashlib.sha256(f"{FORMAT} {link}".encode()).hexdigest()[:12]


def joined(session: Session, feed: Feed, link: str, *, keeps: bool = True) -> Joined:
    """What stands in a feed as of its revision; `link` is the address of a booking's page up to its id, or empty.

    `keeps=False`: nothing was kept of it, because it is made once, to take away.
    """
    zone = load.organisation(session).zone
    words = load.organisation(session).vocabulary
    form = f"{form_of(link)} {zone.key} {feed.options}{feed.options.campaign or ''}" + (
        f" {words}" if words != PARTY else ""
    )
    kept = load_feeds.body(session, feed.id) if keeps else None
    kept_entries = write.taken_apart(kept.data) if kept and kept.form == form else {}
    standing = in_feeds.feed_bookings(session, feed)
    shown = [booking for booking in standing if not _is_over(booking, feed)]
    fitting = _fitting(shown, feed, kept_entries)
    rendered, odd = _rendered(session, feed, fitting, zone, link)
    within = _within_budget(rendered)
    fit = len(within)
    within += _of_days(session, feed)
    within += feed_entries.left(session, feed, (feed.changed_at or feed.created_at) - TOMBSTONE)
    head = write.Head(feed_entries.name_of(session, feed), zone)
    return Joined(feed, form, write.calendar(head, within), len(shown) - len(odd) - fit, odd)


def shows_otherwise(session: Session, before: Feed, after: Feed) -> bool:
    """Whether two reaches of a feed show other entries."""
    shown = in_feeds.feed_bookings(session, before), _of_days(session, before)
    return shown != (in_feeds.feed_bookings(session, after), _of_days(session, after))


def _of_days(session: Session, feed: Feed) -> list[bytes]:
    """What stands above the hours of a day: tasks and talks that are due."""
    return [*task_entries.entries(session, feed), *deadline_entries.entries(session, feed)]


def troubles(session: Session) -> dict[FeedId, tuple[int, tuple[str, ...]]]:
    """Of each feed that had to leave something out: how many of the oldest entries, and which odd bookings."""
    return load_feeds.left_out(session)


def left_out(session: Session, feeds: Collection[Feed]) -> dict[FeedId, int]:
    """How many of the oldest entries each of these feeds had no room for, as it was last kept."""
    counts = load_feeds.left_out_of(session, [feed.id for feed in feeds])
    return {feed.id: counts[feed.id][0] if feed.id in counts else 0 for feed in feeds}


def packed(data: bytes) -> bytes:
    """The same bytes for the same body: without the time of packing."""
    return gzip.compress(data, compresslevel=5, mtime=0)


def join_stale(session: Session, link: str, have: Callable[[Feed, KeptBody], None] = lambda *_: None) -> int:
    """Join and keep every feed that changed since it was kept; how many were. `have` is told of each. Raises Busy."""
    session.info.pop(RAISED, None)
    stale, kept = load_feeds.stale_feeds(session), list[tuple[Feed, KeptBody]]()
    for start in range(0, len(stale), AT_ONCE):
        bodies = [(feed, _body(joined(session, feed, link))) for feed in stale[start : start + AT_ONCE]]
        writing.begin(session)
        kept += [(feed, body) for feed, body in bodies if _keep(session, feed, body, link)]
        session.commit()
    for feed, body in kept:
        have(feed, body)
    return len(kept)


def keep_now(session: Session, feed: Feed, link: str) -> bool:
    """Join and keep one feed; False: it changed meanwhile. Raises Busy."""
    body = _body(joined(session, feed, link))
    writing.begin(session)
    is_kept = _keep(session, feed, body, link)
    session.commit()
    return is_kept


def _keep(session: Session, feed: Feed, body: KeptBody, link: str) -> bool:
    """Keep a body if it is of the latest revision; of a device's feed also what became of each entry."""
    if not save.keep_body(session, body, form_of(link)):
        return False
    if feed.device:
        tags = device_entries.tags(body.data, load.organisation(session).zone)
        save_devices.entries(session, feed.id, body.revision, tags, feed.changed_at or feed.created_at)
    return True


def is_due(session: Session) -> bool:
    """Whether feeds became stale by what this database session did; asked once."""
    return bool(session.info.pop(RAISED, False))


def _body(joined_feed: Joined) -> KeptBody:
    """What is kept of a joined feed."""
    feed, data = joined_feed.feed, joined_feed.data
    return KeptBody(feed.id, feed.revision, joined_feed.form, data, packed(data), joined_feed.left_out, joined_feed.odd)


def _is_over(booking: FeedBooking, feed: Feed) -> bool:
    """Whether a cancelled entry has been shown as such for long enough, as of the feed's revision."""
    return booking.is_cancelled and booking.revised_at + TOMBSTONE <= (feed.changed_at or feed.created_at)


Piece = tuple[FeedBooking, bytes | None]
"""A booking and its entry, if that is known already."""


def _fitting(shown: Sequence[FeedBooking], feed: Feed, kept_entries: dict[bytes, bytes]) -> list[Piece]:
    """The latest bookings that can have room in a feed at all, by start."""
    room, pieces = BUDGET, list[Piece]()
    for booking in reversed(shown):
        uid = identity.uid_in_room(booking.uid, feed.owner.id) if feed.owner.scope is Scope.ROOM else booking.uid
        entry = kept_entries.get(write.known_by(uid, booking.created_at, booking.revised_at, booking.sequence))
        room -= len(entry) if entry else MIN_ENTRY_BYTES
        if room < 0:
            break
        pieces.append((booking, entry))
    return pieces[::-1]


def _rendered(
    session: Session, feed: Feed, pieces: list[Piece], zone: ZoneInfo, link: str
) -> tuple[list[bytes], tuple[BookingId, ...]]:
    """The entries as bytes, those that are not known written now; and the bookings that cannot be written."""
    unknown = [booking.id for booking, entry in pieces if entry is None]
    written = dict(_written(session, feed, unknown, zone, link))
    entries = [entry or written.get(booking.id) for booking, entry in pieces]
    return [entry for entry in entries if entry], tuple(name for name, entry in written.items() if entry is None)


def _written(
    session: Session, feed: Feed, ids: list[BookingId], zone: ZoneInfo, link: str
) -> Iterator[tuple[BookingId, bytes | None]]:
    """These bookings' entries; None for one that cannot be written: it never takes the others along."""
    for booking_id, entry in feed_entries.entries(session, feed, ids, link):
        try:
            rendered = write.event(entry, zone) if entry else b""
        except ODD:
            rendered = b""
        yield booking_id, rendered if 0 < len(rendered) <= MAX_ENTRY_BYTES else None


def _within_budget(rendered: list[bytes]) -> list[bytes]:
    """The latest entries that fit."""
    room, first = BUDGET, len(rendered)
    while first and (room := room - len(rendered[first - 1])) >= 0:
        first -= 1
    return rendered[first:]
