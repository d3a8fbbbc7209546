"""Who got what: which revision of a feed which kind of program fetched, and whose calendar a change has reached."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock, Timer

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Feed, Owner, Scope
from scheduler.core.ground import access
from scheduler.core.ground.access import OPERATOR, Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Busy, NotFound
from scheduler.core.ground.ids import BookingId, FeedId, PersonId
from scheduler.services.ground import journal
from scheduler.store import load, save, writing
from scheduler.store.feeds import load as load_feeds
from scheduler.store.feeds.load import Fetched

EVERY = 10.0
"""Seconds that fetches are collected before they are written; a crash loses as much."""
SILENT_DAYS = 7
"""A calendar that did not look for so long has probably been forgotten."""
KEPT = timedelta(days=400)

__all__ = ["Delivery", "Fetched", "Notes", "Reached", "delivery", "fetches", "keep", "purge", "silent", "tell_silent"]


class Notes:
    """What was fetched and is not written yet. Nothing is kept of who asked but the kind of their program."""

    def __init__(self, write: Callable[[list[Fetched]], None], every: float = EVERY) -> None:
        self._write, self._every, self._lock = write, every, Lock()
        self._fetched: dict[tuple[FeedId, int, str], Fetched] = {}
        self._timer: Timer | None = None

    def note(self, feed: FeedId, revision: int, shown_at: datetime, client: str, at: datetime) -> None:
        """Note one fetch."""
        with self._lock:
            self._add(Fetched(feed, revision, client, shown_at, at, at, 1))
            if self._timer is None:
                self._timer = Timer(self._every, self.flush)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Write what was collected, in one statement; when that cannot be now, it waits for the next time."""
        with self._lock:
            taken, self._fetched = list(self._fetched.values()), {}
            if self._timer:
                self._timer.cancel()
            self._timer = None
        if not taken:
            return
        try:
            self._write(taken)
        except (Busy, DBAPIError):
            with self._lock:
                for fetched in taken:
                    self._add(fetched)

    def _add(self, fetched: Fetched) -> None:
        key = (fetched.feed, fetched.revision, fetched.client)
        earlier = self._fetched.get(key)
        if earlier:
            first, last = min(earlier.first_at, fetched.first_at), max(earlier.last_at, fetched.last_at)
            fetched = fetched._replace(first_at=first, last_at=last, fetches=earlier.fetches + fetched.fetches)
        self._fetched[key] = fetched


def keep(session: Session, fetched: list[Fetched]) -> None:
    """Write what was fetched. Raises Busy."""
    writing.begin(session)
    save.fetches(session, fetched)
    session.commit()


@dataclass(frozen=True, slots=True)
class Reached:
    """Whether a change has reached somebody's calendar."""

    person: PersonId
    is_delivered: bool
    last_at: datetime | None
    """When one of their calendars last looked; None: never."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Whom the latest change of a booking has reached."""

    changed_at: datetime
    reached: tuple[Reached, ...]
    """Those with a feed, in the order they were named."""
    without: tuple[PersonId, ...]
    """Those without."""

    @property
    def delivered(self) -> int:
        """How many have it."""
        return sum(recipient.is_delivered for recipient in self.reached)

    @property
    def pending(self) -> list[Reached]:
        """Those whose calendar has not looked since."""
        return [recipient for recipient in self.reached if not recipient.is_delivered]


def delivery(session: Session, actor: Actor, booking_id: BookingId, clock: Clock) -> Delivery:
    """Whom the latest visible change of a booking has reached."""
    access.require(actor, Action.SEE_FEEDS)
    booking = load.booking(session, booking_id)
    if not access.may_see_booking(actor, booking):
        raise NotFound("booking", booking_id)
    changed_at = booking.shown_revised_at or booking.revised_at or clock.real
    subjects = {Owner(Scope.PERSON, person).subject: person for person in booking.people}
    looks = load_feeds.last_looks(session, subjects)
    reached = tuple(
        Reached(person, look.shown_at is not None and look.shown_at >= changed_at, look.last_at)
        for subject, person in subjects.items()
        if (look := looks.get(subject))
    )
    return Delivery(changed_at, reached, tuple(person for subject, person in subjects.items() if subject not in looks))


def fetches(session: Session, actor: Actor, clock: Clock, *, since: datetime | None = None) -> list[Fetched]:
    """What was fetched since a moment, the latest first."""
    del clock
    access.require(actor, Action.SEE_FEEDS)
    return load_feeds.fetches(session, since)


def silent(session: Session, actor: Actor, clock: Clock, days: int = SILENT_DAYS) -> list[Feed]:
    """The feeds that work and that nobody fetched for so many days, from when they were made on."""
    access.require(actor, Action.SEE_FEEDS)
    looked = {fetched.feed for fetched in load_feeds.fetches(session, clock.real - timedelta(days=days))}
    until = clock.real - timedelta(days=days)
    feeds = load_feeds.feeds(session, load_feeds.working())
    return [feed for feed in feeds if feed.id not in looked and feed.created_at <= until]


def tell_silent(session: Session, clock: Clock) -> int:
    """Once a day, a line in the journal with the feeds that nobody fetches; how many there are."""
    feeds = silent(session, OPERATOR, clock)
    latest = journal.latest(session, "silent", "feed")
    if not feeds or (latest and latest > clock.real - timedelta(days=1)):
        return 0
    writing.begin(session)
    journal.note(session, OPERATOR, "silent", "feed", "", clock, feeds=[feed.id for feed in feeds])
    session.commit()
    return len(feeds)


def purge(session: Session, clock: Clock) -> None:
    """Forget fetches of long ago."""
    writing.begin(session)
    save.forget_fetches(session, clock.real - KEPT)
    session.commit()
