"""Rows in, what a device has out: the entries of its feed by name, and since which revision each is as it is."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.ids import FeedId
from scheduler.store.feeds.rows import FeedEntryRow, FeedFetchRow, FeedRow
from scheduler.store.upserts import table_of

_ENTRY, _FEED, _FETCH = table_of(FeedEntryRow).c, table_of(FeedRow).c, table_of(FeedFetchRow).c


class KeptEntry(NamedTuple):
    """An entry of a device's feed, or that there is one no more."""

    uid: str
    tag: str
    """Of its bytes; empty: it was removed."""
    revision: int
    """Since which it is so."""


def entries(session: Session, feed: FeedId, since: int = -1) -> list[KeptEntry]:
    """The entries of a feed that changed after a revision, removed ones included; the names in order."""
    query = select(_ENTRY.uid, _ENTRY.tag, _ENTRY.revision).where(_ENTRY.feed_id == feed, _ENTRY.revision > since)
    return [KeptEntry(*row) for row in session.execute(query.order_by(_ENTRY.uid))]


def moments_of(session: Session, feed: FeedId, revision: int) -> set[datetime]:
    """When a revision came about, as far as an entry or a fetch still tells."""
    entries = select(_ENTRY.changed_at).where(_ENTRY.feed_id == feed, _ENTRY.revision == revision)
    fetches = select(_FETCH.shown_at).where(_FETCH.feed_id == feed, _FETCH.revision == revision)
    return {*session.scalars(entries), *session.scalars(fetches)}


def synced_from(session: Session, feed: FeedId) -> int:
    """The revision since which it is known what was removed."""
    return int(session.execute(select(_FEED.synced_from).where(_FEED.id == feed)).scalar_one())
