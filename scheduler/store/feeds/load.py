"""Rows in, feeds out. What a 304 needs is one row, found by the digest of the token."""

from collections.abc import Collection, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Dialect, Engine, Select, bindparam, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Feed, FeedOptions, Reach, owner_of
from scheduler.core.ground.ids import CampaignId, FeedId
from scheduler.store.feeds.rows import FeedBodyRow, FeedFetchRow, FeedRow
from scheduler.store.feeds.save import KeptBody
from scheduler.store.upserts import portions, table_of

_FEED, _BODY = table_of(FeedRow).c, table_of(FeedBodyRow).c
_FETCH = table_of(FeedFetchRow).c


class FeedState(NamedTuple):
    """What a poll is answered from: nothing else has to be read to say that nothing changed."""

    id: FeedId
    revision: int
    changed_at: datetime
    is_stale: bool
    form: str


class KeptBytes(NamedTuple):
    """The bytes of a feed's revision, plain and packed."""

    revision: int
    data: bytes
    packed: bytes
    left_out: int


class Fetched(NamedTuple):
    """That a kind of program got a revision of a feed."""

    feed: FeedId
    revision: int
    client: str
    shown_at: datetime
    first_at: datetime
    last_at: datetime
    fetches: int


class Look(NamedTuple):
    """The latest that the feeds of somebody were fetched at, and as of when what they got is; None: never."""

    last_at: datetime | None
    shown_at: datetime | None


_BY_DIGEST = select(_FEED.id, _FEED.revision, _FEED.changed_at, _FEED.is_stale, _FEED.form).where(
    _FEED.digest == bindparam("digest"), _FEED.revoked_at.is_(None)
)
_BYTES = select(_BODY.revision, _BODY.data, _BODY.packed, _BODY.left_out).where(_BODY.feed_id == bindparam("feed"))
_FEEDS = select(
    _FEED.id, _FEED.subject, _FEED.language, _FEED.alarm_minutes, _FEED.hides_names, _FEED.back_days, _FEED.ahead_days, _FEED.campaign_id,
    _FEED.created_at, _FEED.revoked_at, _FEED.revision, _FEED.changed_at, _FEED.reach_start, _FEED.reach_end,
    _FEED.device,
).order_by(_FEED.created_at, _FEED.id)  # fmt: skip


def state(session: Session, digest: str) -> FeedState | None:
    """The feed that a token opens, unless it was revoked."""
    row = session.execute(_BY_DIGEST, {"digest": digest}).first()
    return FeedState(*row) if row else None


def state_at(engine: Engine, digest: str) -> FeedState | None:
    """The same past sessions and transactions, for those who ask again and again: one statement, nothing around it."""
    row = _one(engine, _BY_DIGEST, digest)
    if row is None:
        return None
    feed_id, revision, changed_at, is_stale, form = row
    return FeedState(feed_id, revision, datetime.fromtimestamp(changed_at, UTC), bool(is_stale), form)


def bytes_at(engine: Engine, feed_id: FeedId) -> KeptBytes | None:
    """The bytes kept of a feed, read in the same way."""
    row = _one(engine, _BYTES, feed_id)
    return KeptBytes(*row) if row else None


def _one(engine: Engine, query: Select[Any], key: str) -> Sequence[Any] | None:
    """The one row that a query finds by a key."""
    statement, name = _sql_of(query, engine.dialect)
    try:
        with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute(statement, {name: key} if name else (key,))
            row: Sequence[Any] | None = cursor.fetchone()
            return row
    except engine.dialect.loaded_dbapi.Error as error:  # past SQLAlchemy, which would have said it in its own words
        raise OperationalError("", {}, error) from error


@cache
def _sql_of(query: Select[Any], dialect: Dialect) -> tuple[str, str]:
    """A query as a driver wants it, and the name of its one value there; empty: it goes by place."""
    compiled = query.compile(dialect=dialect)
    return str(compiled), "" if compiled.positional else next(iter(compiled.params))


def feeds(session: Session, *which: ColumnElement[bool]) -> list[Feed]:
    """Feeds that meet the conditions, revoked ones included, the oldest first."""
    return [feed_of(row) for row in session.execute(_FEEDS.where(*which))]


def feed(session: Session, feed_id: FeedId) -> Feed | None:
    """One feed, as it is now."""
    return next(iter(feeds(session, _FEED.id == feed_id)), None)


def digest_of(session: Session, feed_id: FeedId) -> str:
    """The digest of a feed's token."""
    return str(session.execute(select(_FEED.digest).where(_FEED.id == feed_id)).scalar_one())


def stale_feeds(session: Session) -> list[Feed]:
    """The feeds whose kept body is not of their revision."""
    return feeds(session, _FEED.is_stale.is_(True), _FEED.revoked_at.is_(None))


def left_out(session: Session, *which: ColumnElement[bool]) -> dict[FeedId, tuple[int, tuple[str, ...]]]:
    """Of each feed that had to leave something out: how many of the oldest entries, and which odd bookings."""
    rows = session.execute(select(_BODY.feed_id, _BODY.left_out, _BODY.odd).where(*which))
    return {FeedId(name): (count, tuple(odd)) for name, count, odd in rows if count or odd}


def left_out_of(session: Session, feed_ids: Collection[FeedId]) -> dict[FeedId, tuple[int, tuple[str, ...]]]:
    """The same of these feeds alone."""
    counts: dict[FeedId, tuple[int, tuple[str, ...]]] = {}
    for portion in portions(sorted(feed_ids)):
        counts |= left_out(session, _BODY.feed_id.in_(portion))
    return counts


def fetches(session: Session, since: datetime | None = None) -> list[Fetched]:
    """What was fetched since a moment, or ever; the latest first."""
    query = select(
        _FETCH.feed_id, _FETCH.revision, _FETCH.client, _FETCH.shown_at, _FETCH.first_at, _FETCH.last_at, _FETCH.fetches
    ).order_by(_FETCH.last_at.desc(), _FETCH.feed_id, _FETCH.revision.desc(), _FETCH.client)
    if since is not None:
        query = query.where(_FETCH.last_at >= since)
    return [Fetched(*row) for row in session.execute(query)]


def is_fetched(session: Session, feed_id: FeedId, revision: int) -> bool:
    """Whether a revision of a feed was fetched by anything, as far as that is written."""
    query = select(_FETCH.fetches).where(_FETCH.feed_id == feed_id, _FETCH.revision == revision)
    return session.execute(query.limit(1)).first() is not None


def last_looks(session: Session, subjects: Collection[str]) -> dict[str, Look]:
    """Of each of these owners that has a feed that works: when it was last fetched, and what was seen then."""
    query = (
        select(_FEED.subject, func.max(_FETCH.last_at), func.max(_FETCH.shown_at))
        .select_from(table_of(FeedRow).outerjoin(table_of(FeedFetchRow), _FETCH.feed_id == _FEED.id))
        .where(_FEED.subject.in_(subjects), _FEED.revoked_at.is_(None))
        .group_by(_FEED.subject)
    )
    return {subject: Look(last_at, shown_at) for subject, last_at, shown_at in session.execute(query)}


def of_subject(subject: str) -> ColumnElement[bool]:
    """Which feeds are of one owner."""
    return _FEED.subject == subject


def working() -> ColumnElement[bool]:
    """Which feeds were not revoked."""
    return _FEED.revoked_at.is_(None)


def of_page(person: str) -> ColumnElement[bool]:
    """Which feeds are of devices that were added on somebody's subscription page."""
    return (_FEED.person_id == person) & _FEED.from_page.is_(True)


def among(ids: Collection[FeedId]) -> ColumnElement[bool]:
    """Which feeds are these."""
    return _FEED.id.in_(ids)


def feed_of(row: Any) -> Feed:
    """A row, as a value."""
    options = FeedOptions(
        row.language,
        row.alarm_minutes,
        row.hides_names,
        row.back_days,
        row.ahead_days,
        CampaignId(row.campaign_id) if row.campaign_id else None,
    )
    return Feed(
        FeedId(row.id),
        owner_of(row.subject),
        options,
        row.created_at,
        row.revoked_at,
        row.revision,
        row.changed_at,
        Reach(row.reach_start, row.reach_end),
        row.device,
    )


def body(session: Session, feed_id: FeedId) -> KeptBody | None:
    """The body kept of a feed, of whatever revision."""
    row = session.execute(select(table_of(FeedBodyRow)).where(_BODY.feed_id == feed_id)).first()
    if row is None:
        return None
    return KeptBody(feed_id, row.revision, row.form, row.data, row.packed, row.left_out, tuple(row.odd))
