"""What stands in a feed, as bytes; and whether it changed, without looking at any booking."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core import access
from scheduler.core.access import Action, Actor
from scheduler.core.bookings import OFF_SITE, Booking
from scheduler.core.clock import Clock
from scheduler.core.errors import NotAllowed, NotFound
from scheduler.core.ids import FeedId, PersonId, RoomId
from scheduler.ical import identity, write
from scheduler.services import secrets
from scheduler.services.feeds import ORGANISATION, TOMBSTONE, Feed, feed_of
from scheduler.store import load
from scheduler.store.rows import CalendarRevisionRow, FeedRow, PersonVersionRow

FORMAT = "1"
"""Raised when what we write of an unchanged booking changes, so that every reader fetches it anew."""
BUDGET = 900_000
"""Bytes; Google refuses a feed of about a million. Above it the oldest entries are left out."""
_WORDS = {
    "zh": {
        "name": "谈心日程",
        "talk": "谈心谈话：",
        "group": "集体谈话",
        "busy": "占用",
        "cancelled": "[已取消] ",
        "off_site": "外出",
        "untitled": "日程",
    },
    "en": {
        "name": "Tanxin",
        "talk": "Talk: ",
        "group": "Group talk",
        "busy": "Busy",
        "cancelled": "[Cancelled] ",
        "off_site": "Off site",
        "untitled": "Booking",
    },
}


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a feed, and how many of its oldest entries had to be left out."""

    data: bytes
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class FeedContent:
    """A feed as of its latest revision; the body is made only when somebody wants it."""

    feed: Feed
    digest: str
    """Of its token: what its limit is counted by."""
    revision: str
    """Another one whenever a byte may differ."""
    changed_at: datetime
    """Real time; never goes back, also when an entry leaves the feed."""
    body: Callable[[], Body]


def fill(session: Session, token: str, clock: Clock, link: str = "") -> FeedContent:
    """The feed that a token opens; NotFound if it was revoked, and all the same if it was never given.

    `link` is the address of a booking's page up to its id; empty: entries have no link.
    """
    del clock  # a feed is what it was when it last changed, whenever it is asked for
    digest = secrets.digest(token)
    row = session.scalars(select(FeedRow).where(FeedRow.digest == digest, FeedRow.revoked_at.is_(None))).one_or_none()
    if row is None:
        raise NotFound("feed", "")
    feed = feed_of(row)
    revision, changed_at = _revision(session, feed, link)
    return FeedContent(
        feed,
        digest,
        revision,
        changed_at,
        lambda: _bodies.get(digest, revision, _writer(session, feed, changed_at, link)),
    )


def own(session: Session, actor: Actor, clock: Clock, language: str, link: str = "") -> bytes:
    """Somebody's own calendar once, as a file to take away: what a feed of theirs would hold now."""
    access.require(actor, Action.SEE_OWN_ROW)
    if actor.person is None:
        raise NotAllowed(Action.SEE_OWN_ROW)
    feed = Feed(FeedId(""), actor.person, None, language, clock.real, None)
    _none, changed_at = _revision(session, feed, link)
    return _writer(session, feed, changed_at, link)().data


def _revision(session: Session, feed: Feed, link: str) -> tuple[str, datetime]:
    """The revision of a feed and its time: two rows, found by their keys."""
    own = f"p:{feed.person}" if feed.person else f"r:{feed.room}"
    row = CalendarRevisionRow
    found = session.execute(
        select(row.resource, row.revision, row.changed_at).where(row.resource.in_((own, ORGANISATION)))
    )
    rows = {resource: (revision, changed_at) for resource, revision, changed_at in found}
    form = hashlib.sha256(f"{FORMAT} {feed.language} {link}".encode()).hexdigest()[:8]
    counts = [rows[resource][0] if resource in rows else 0 for resource in (own, ORGANISATION)]
    changed_at = max([feed.created_at, *(changed_at for _, changed_at in rows.values())])
    return f"{counts[0]}.{counts[1]}.{form}", changed_at


class _Bodies:
    """The bodies asked for most recently; a feed that did not change is not written again."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[str, tuple[str, Body]] = OrderedDict()

    def get(self, digest: str, revision: str, make: Callable[[], Body]) -> Body:
        """The body of a revision, made now if it is not at hand."""
        with self._lock:
            kept = self._kept.get(digest)
            if kept and kept[0] == revision:
                self._kept.move_to_end(digest)
                return kept[1]
        made = make()
        with self._lock:
            self._kept[digest] = (revision, made)
            self._kept.move_to_end(digest)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


_bodies = _Bodies(most=100)


# ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _writer(session: Session, feed: Feed, changed_at: datetime, link: str) -> Callable[[], Body]:
    """What writes a feed's body."""

    def make() -> Body:
        zone, words = load.organisation(session).zone, _WORDS[feed.language]
        entries = _of_person(session, feed.person, words, link) if feed.person else _of_room(session, feed.room, words)
        rendered = [
            write.event(entry, zone)
            for entry in entries
            if not entry.is_cancelled or entry.revised_at + TOMBSTONE > changed_at
        ]
        name = words["name"] if feed.person else f"{_room_name(session, feed.room)}（{words['busy']}）"
        kept = _within_budget(rendered)
        return Body(write.calendar(write.Head(name, zone), kept), len(rendered) - len(kept))

    return make


def _within_budget(rendered: list[bytes]) -> list[bytes]:
    """The latest entries that fit."""
    room, first = BUDGET, len(rendered)
    while first and (room := room - len(rendered[first - 1])) >= 0:
        first -= 1
    return rendered[first:]


def _of_person(session: Session, person: PersonId, words: dict[str, str], link: str) -> Iterator[write.Entry]:
    """All that somebody takes part in, by start."""
    found = load.bookings(session, people=[person])
    names = _names(session, {other for booking in found if booking.is_talk for other in booking.people})
    places = {name: room.name for name, room in load.rooms(session).items()} | {OFF_SITE: words["off_site"]}
    for booking in found:
        yield _entry(
            booking,
            booking.uid,
            _summary(booking, person, names, words),
            words,
            location=places.get(booking.room, "") if booking.room else "",
            url=f"{link}{booking.id}" if link else "",
        )


def _of_room(session: Session, room: RoomId | None, words: dict[str, str]) -> Iterator[write.Entry]:
    """When a room is taken, and nothing else."""
    for booking in load.bookings(session, room=room):
        entry = _entry(booking, identity.uid_in_room(booking.uid, room or ""), words["busy"], words)
        yield replace(entry, is_confidential=False)  # that it is a talk is nobody's business


def _entry(
    booking: Booking, uid: str, summary: str, words: dict[str, str], *, location: str = "", url: str = ""
) -> write.Entry:
    """A booking, as far as its feed may show it."""
    revised_at = booking.revised_at or booking.span.start
    return write.Entry(
        uid=uid,
        summary=f"{words['cancelled']}{summary}" if booking.is_cancelled else summary,
        span=booking.span,
        created_at=booking.created_at or revised_at,
        revised_at=revised_at,
        sequence=booking.sequence,
        location=location,
        url=url,
        is_cancelled=booking.is_cancelled,
        is_confidential=booking.is_talk,
    )


def _summary(booking: Booking, person: PersonId, names: dict[PersonId, str], words: dict[str, str]) -> str:
    """What an entry is called in somebody's own calendar: a talk by the other one's name, never by a topic."""
    if not booking.is_talk:
        return booking.title or words["untitled"]
    if booking.is_group_talk:
        return words["group"]
    return words["talk"] + "、".join(names.get(other, other) for other in booking.people if other != person)


def _names(session: Session, people: set[PersonId]) -> dict[PersonId, str]:
    """The latest name of each, so that a feed does not depend on the day it is asked for."""
    row = PersonVersionRow
    query = select(row.person_id, row.name).where(row.person_id.in_(people))
    latest_last = session.execute(query.order_by(row.valid_from.is_not(None), row.valid_from))
    return {PersonId(person): name for person, name in latest_last}


def _room_name(session: Session, room: RoomId | None) -> str:
    """What a room is called."""
    found = load.rooms(session).get(room) if room else None
    return found.name if found else str(room)
