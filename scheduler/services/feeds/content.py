"""What a token opens: whether it changed, by reading one row; and the bytes, kept or joined now."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Feed, FeedOptions, Owner, Scope, reach
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Busy, NotAllowed, NotFound
from scheduler.core.ground.ids import FeedId, PersonId
from scheduler.services.feeds import joining
from scheduler.services.ground import secrets
from scheduler.store import load, save, writing
from scheduler.store.feeds import load as load_feeds
from scheduler.store.feeds.load import FeedState, KeptBytes
from scheduler.store.feeds.save import KeptBody

MAX_KEPT_BYTES = 64_000_000
"""Bytes of bodies that a process has at hand."""
TRIES = 3


class Body:
    """The bytes of a feed as of a revision; packed when somebody wants that."""

    def __init__(self, revision: int, changed_at: datetime, data: bytes, *, left_out: int = 0) -> None:
        self.revision, self.changed_at, self.data, self.left_out = revision, changed_at, data, left_out

    @cached_property
    def packed(self) -> bytes:
        """The same, gzipped."""
        return joining.packed(self.data)


@dataclass(frozen=True, slots=True)
class FeedContent:
    """A feed as of its latest revision; the body is fetched only when somebody wants it."""

    id: FeedId
    digest: str
    """Of its token: what its limit is counted by."""
    revision: int
    """Another one whenever a byte may differ."""
    changed_at: datetime
    """Real time; never goes back, also when an entry leaves the feed."""
    body: Callable[[], Body]


def find(engine: Engine, sessions: Callable[[], Session], token: str, clock: Clock, link: str) -> FeedContent:
    """The same as `fill`, as cheap as can be: a session is opened only when there is more to do than say 304."""
    digest = secrets.digest(token)
    state = load_feeds.state_at(engine, digest)
    if state is None or state.form not in ("", joining.form_of(link)):
        return fill(sessions(), token, clock, link)
    return _content(sessions, state, digest, link, lambda: load_feeds.bytes_at(engine, state.id))


def fill(session: Session, token: str, clock: Clock, link: str = "") -> FeedContent:
    """The feed that a token opens; NotFound if it was revoked, and all the same if it was never given.

    `link` is the address of a booking's page up to its id; empty: entries have no link.
    """
    digest = secrets.digest(token)
    state = state_of(session, digest, clock, link)
    if state is None:
        raise NotFound("feed", "")
    return _content(lambda: session, state, digest, link, lambda: load_feeds.body(session, state.id))


def state_of(session: Session, digest: str, clock: Clock, link: str) -> FeedState | None:
    """The feed that a secret opens, as of a revision of the form in which we write."""
    state = load_feeds.state(session, digest)
    if state and state.form not in ("", joining.form_of(link)):
        _write_anew(session, state.id, state.form, clock)
        state = load_feeds.state(session, digest)
    return state


def _content(
    sessions: Callable[[], Session],
    state: FeedState,
    digest: str,
    link: str,
    kept: Callable[[], KeptBytes | KeptBody | None],
) -> FeedContent:
    """What is known of a feed before its body is wanted."""
    key = (digest, state.revision, state.changed_at, link)
    return FeedContent(
        state.id,
        digest,
        state.revision,
        state.changed_at,
        lambda: _bodies.get(key) or _bodies.put(key, _kept(state, kept) or _joined(sessions(), state, link)),
    )


def join_stale(session: Session, link: str) -> int:
    """Join and keep every feed that changed, and have its bytes at hand, because its readers come here. Raises Busy."""

    def have(feed: Feed, kept: KeptBody) -> None:
        changed_at = feed.changed_at or feed.created_at
        made = Body(feed.revision, changed_at, kept.data, left_out=kept.left_out)
        made.packed = kept.packed
        _bodies.put((load_feeds.digest_of(session, feed.id), feed.revision, changed_at, link), made)

    return joining.join_stale(session, link, have)


def own(session: Session, actor: Actor, clock: Clock, language: str, link: str = "") -> bytes:
    """Somebody's own calendar once, as a file to take away: what a feed of theirs would hold now."""
    access.require(actor, Action.SEE_OWN_ROW)
    if actor.person is None:
        raise NotAllowed(Action.SEE_OWN_ROW)
    return once(session, actor.person, clock, language, link)


def once(session: Session, person: PersonId, clock: Clock, language: str, link: str) -> bytes:
    """Somebody's calendar as it is now; the caller decided who gets it."""
    options, owner = FeedOptions(language), Owner(Scope.PERSON, person)
    zone = load.organisation(session).zone
    reached = reach(options, load.campaigns(session), clock.today(zone), zone)
    feed = Feed(FeedId(""), owner, options, clock.real, changed_at=clock.real, reach=reached)
    return joining.joined(session, feed, link, keeps=False).data


def _write_anew(session: Session, feed_id: FeedId, form: str, clock: Clock) -> None:
    """What we write has another form than what was kept: that is another revision, once."""
    writing.begin(session)
    save.reform(session, feed_id, form, clock.real)
    session.commit()


def _kept(state: FeedState, kept: Callable[[], KeptBytes | KeptBody | None]) -> Body | None:
    """The body that is kept, if it is of the latest revision."""
    body = None if state.is_stale else kept()
    if body is None or body.revision != state.revision:
        return None
    made = Body(body.revision, state.changed_at, bytes(body.data), left_out=body.left_out)
    made.packed = bytes(body.packed)
    return made


def _joined(session: Session, state: FeedState, link: str) -> Body:
    """The body, joined now; to be kept is not a GET's business."""
    for _ in range(TRIES):
        feed = load_feeds.feed(session, state.id)
        if feed is None:
            break
        content = joining.joined(session, feed, link)
        after = load_feeds.feed(session, state.id)
        if after and after.revision == feed.revision:  # nobody came in between
            return Body(feed.revision, feed.changed_at or feed.created_at, content.data, left_out=content.left_out)
    raise Busy


Key = tuple[str, int, datetime, str]
"""The digest of a feed's token, its revision and of when that is, and the address that entries lead to."""


class _Bodies:
    """The bodies asked for most recently, as many as there is room for."""

    def __init__(self, most: int) -> None:
        self._most, self._size, self._lock = most, 0, Lock()
        self._kept: OrderedDict[Key, Body] = OrderedDict()

    def get(self, key: Key) -> Body | None:
        """The body of a feed's revision, if it is at hand."""
        with self._lock:
            body = self._kept.get(key)
            if body:
                self._kept.move_to_end(key)
            return body

    def put(self, key: Key, body: Body) -> Body:
        """Have a body at hand, in place of those not asked for longest."""
        with self._lock:
            self._size += len(body.data) - (len(self._kept[key].data) if key in self._kept else 0)
            self._kept[key] = body
            self._kept.move_to_end(key)
            while self._size > self._most:
                self._size -= len(self._kept.popitem(last=False)[1].data)
        return body

    def clear(self) -> None:
        """Have nothing at hand."""
        with self._lock:
            self._kept.clear()
            self._size = 0


_bodies = _Bodies(MAX_KEPT_BYTES)
