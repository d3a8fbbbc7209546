"""Feeds in, rows out: their revisions, which rise where a change is written, and the bodies kept of them. Nothing here commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, and_, case, cast, delete, literal, or_, update
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import MEETINGS, Reach
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import FeedId
from scheduler.store.feeds.rows import CalendarRevisionRow, FeedBodyRow, FeedFetchRow, FeedRow
from scheduler.store.upserts import portions, table_of, upsert

ORGANISATION = "org"
"""The resource whose revision rises when something changes that all feeds show."""
RAISED = "tanxin_feeds_raised"
"""Stands in a database session's `info` when feeds became stale in it, until somebody joined them anew."""
_FEED = table_of(FeedRow)


@dataclass(frozen=True, slots=True)
class KeptBody:
    """The bytes of a feed as of a revision, plain and packed."""

    feed: FeedId
    revision: int
    form: str
    data: bytes
    packed: bytes
    left_out: int = 0
    odd: tuple[str, ...] = ()


def raise_revisions(session: Session, resources: Collection[str], clock: Clock) -> None:
    """Note that the calendars of these resources (`p:ID`, `r:ID`, `g:ID`) changed; the time rises by a second at least."""
    if not resources:
        return
    row = table_of(CalendarRevisionRow).c
    statement = upsert(session, CalendarRevisionRow)
    given = statement.excluded.changed_at
    later = case((given > row.changed_at, given), else_=row.changed_at + literal(1, row.revision.type))
    raised = {"revision": row.revision + 1, "changed_at": later}
    session.execute(
        statement.on_conflict_do_update(index_elements=["resource"], set_=raised),
        [{"resource": name, "revision": 1, "changed_at": clock.real} for name in sorted(resources)],
    )
    if ORGANISATION in resources:
        raise_feeds(session, literal(True), clock.real)
        return
    campaigns = [_FEED.c.subject.startswith("c:")] if MEETINGS in resources else []
    for portion in portions(sorted(resources)):
        raise_feeds(session, or_(_FEED.c.subject.in_(portion), *campaigns), clock.real)
        campaigns = []  # each once


def raise_feeds(session: Session, which: ColumnElement[bool], real: datetime) -> int:
    """Raise the revision of those of these feeds that work: their readers will ask for the whole anew. How many there were."""
    at = literal(int(real.timestamp()), BigInteger)
    before = _FEED.c.changed_at
    later = case((at > cast(before, BigInteger), at), else_=cast(before, BigInteger) + literal(1, BigInteger))
    values = {"revision": _FEED.c.revision + 1, "changed_at": later, "is_stale": True}
    raised = session.execute(update(_FEED).where(which, _FEED.c.revoked_at.is_(None)).values(values)).rowcount  # type: ignore[attr-defined]  # of a CursorResult
    if raised:
        note_raised(session)
    return int(raised)


def note_raised(session: Session) -> None:
    """Note that some feed is not kept as it is now, for whoever joins feeds when this database session is done."""
    session.info[RAISED] = True


def keep_body(session: Session, body: KeptBody, form: str) -> bool:
    """Keep the body of a feed's revision, unless the feed has changed meanwhile; whether it is kept."""
    fresh = update(_FEED).where(_FEED.c.id == body.feed, _FEED.c.revision == body.revision)
    if not session.execute(fresh.values(is_stale=False, form=form)).rowcount:  # type: ignore[attr-defined]  # of a CursorResult
        return False
    given = {
        "revision": body.revision,
        "form": body.form,
        "data": body.data,
        "packed": body.packed,
        "left_out": body.left_out,
        "odd": list(body.odd),
    }
    statement = upsert(session, FeedBodyRow).values(feed_id=body.feed, **given)
    session.execute(statement.on_conflict_do_update(index_elements=["feed_id"], set_=given))
    return True


def fetches(session: Session, fetched: Sequence[tuple[object, ...]]) -> None:
    """Write what was fetched, as `load_feeds.Fetched` names it, in one statement; what is known already is added to."""
    names = ("feed_id", "revision", "client", "shown_at", "first_at", "last_at", "fetches")
    row = table_of(FeedFetchRow).c
    statement = upsert(session, FeedFetchRow).values([dict(zip(names, fetch, strict=True)) for fetch in fetched])
    given = statement.excluded
    later = case((given.last_at > row.last_at, given.last_at), else_=row.last_at)
    new = {"last_at": later, "fetches": row.fetches + given.fetches}
    session.execute(statement.on_conflict_do_update(index_elements=["feed_id", "revision", "client"], set_=new))


def forget_fetches(session: Session, until: datetime) -> None:
    """Take away what was last fetched before a moment."""
    row = table_of(FeedFetchRow)
    session.execute(delete(row).where(row.c.last_at < until))


def set_reach(session: Session, feed: FeedId, reach: Reach) -> None:
    """Write how far a feed reaches."""
    session.execute(update(_FEED).where(_FEED.c.id == feed).values(reach_start=reach.start, reach_end=reach.end))


def reform(session: Session, feed: FeedId, form: str, real: datetime) -> None:
    """Raise the revision of a feed that was kept in a form that is ours no more; once, whoever comes first."""
    if raise_feeds(session, and_(_FEED.c.id == feed, _FEED.c.form == form), real):
        session.execute(update(_FEED).where(_FEED.c.id == feed).values(form=""))
