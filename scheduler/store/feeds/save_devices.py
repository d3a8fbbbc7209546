"""What a device's feed holds, entry by entry, so that the device is sent what changed and nothing else. Nothing here commits."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from scheduler.core.ground.ids import FeedId
from scheduler.store.feeds import load_devices
from scheduler.store.feeds.rows import FeedEntryRow, FeedRow
from scheduler.store.upserts import portions, table_of, upsert

_ENTRY, _FEED = table_of(FeedEntryRow), table_of(FeedRow)
REMOVED = ""


def entries(session: Session, feed: FeedId, revision: int, tags: Mapping[str, str], real: datetime) -> int:
    """Let a feed hold these entries, by name and by what their bytes are known by; how many that changes."""
    tag_by_uid = {entry.uid: entry.tag for entry in load_devices.entries(session, feed)}
    new = {uid: tag for uid, tag in tags.items() if tag_by_uid.get(uid) != tag}
    gone = {uid: REMOVED for uid, tag in tag_by_uid.items() if tag and uid not in tags}
    rows = [
        {"feed_id": feed, "uid": uid, "tag": tag, "revision": revision, "changed_at": real}
        for uid, tag in sorted((new | gone).items())
    ]
    for portion in portions(rows):
        given = upsert(session, FeedEntryRow).values(portion)
        changed = {name: given.excluded[name] for name in ("tag", "revision", "changed_at")}
        session.execute(given.on_conflict_do_update(index_elements=["feed_id", "uid"], set_=changed))
    return len(rows)


def forget_removed(session: Session, until: datetime) -> None:
    """Forget what was removed before a moment; a device that did not look since then begins anew."""
    row = _ENTRY.c
    old = (row.tag == REMOVED) & (row.changed_at < until)
    latest = session.execute(select(row.feed_id, func.max(row.revision)).where(old).group_by(row.feed_id)).all()
    for feed, revision in latest:
        session.execute(update(_FEED).where(_FEED.c.id == feed).values(synced_from=revision))
    session.execute(delete(_ENTRY).where(old))
