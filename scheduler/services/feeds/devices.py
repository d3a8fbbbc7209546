"""Calendar accounts of devices (CalDAV): the password that opens one, what it holds, and what changed since it last looked."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Feed
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Busy, NotAllowed, NotFound, Outdated
from scheduler.ical import write
from scheduler.services.feeds import content, device_entries, joining
from scheduler.services.feeds import entries as feed_entries
from scheduler.services.feeds.device_entries import DeviceEntry
from scheduler.services.ground import secrets
from scheduler.store import load, writing
from scheduler.store.feeds import load as load_feeds
from scheduler.store.feeds import load_devices, save_devices

REMEMBERED = timedelta(days=400)
"""How long it is known what was removed; a device that did not look for so long begins anew."""
TRIES = 3


@dataclass(frozen=True, slots=True)
class Held:
    """What a device's calendar holds, as of a revision of its feed."""

    feed: Feed
    data: bytes
    """All of it, as the feed's."""
    entries: dict[str, DeviceEntry]
    """The same one by one, by name, by when they begin."""


def opened(session: Session, user: str, password: str, clock: Clock, link: str) -> Feed:
    """The feed that a device's password opens, for its person's id; NotAllowed if either is wrong, or it was revoked."""
    state = content.state_of(session, secrets.app_digest(password), clock, link)
    feed = load_feeds.feed(session, state.id) if state else None
    if feed is None or feed.owner.id.casefold() != user.strip().casefold():
        raise NotAllowed("device")
    return feed


def names(session: Session, feed: Feed) -> tuple[str, str]:
    """What a device's person is called, and the calendar."""
    person = feed.person
    name_by_person = feed_entries.names_of(session, [person] if person else [])
    return next(iter(name_by_person.values()), feed.owner.id), feed_entries.name_of(session, feed)


def zone_text(session: Session) -> str:
    """The zone that the entries are written in, as a calendar of its own."""
    return write.zone_alone(load.organisation(session).zone).decode()


def held(session: Session, feed: Feed, link: str) -> Held:
    """What a device's calendar holds now; what changed is joined and kept first, so that it is known by entries. Raises Busy."""
    for _ in range(TRIES):
        body, latest = load_feeds.body(session, feed.id), load_feeds.feed(session, feed.id)
        if latest is None or latest.revoked_at is not None:
            raise NotFound("feed", feed.id)
        if body and body.revision == latest.revision:
            return Held(latest, body.data, device_entries.entries(body.data, load.organisation(session).zone))
        joining.keep_now(session, latest, link)
    raise Busy


def changed_since(session: Session, held: Held, revision: int, second: int) -> list[str]:
    """The names of the entries that changed after a revision, and of those removed since; Outdated if that is not known.

    `second` is when that revision came about, as its name says: after a backup was put back, its number may stand for another.
    """
    if not load_devices.synced_from(session, held.feed.id) <= revision <= held.feed.revision:
        raise Outdated("feed", held.feed.id)
    came_about = {int(moment.timestamp()) for moment in load_devices.moments_of(session, held.feed.id, revision)}
    if revision == held.feed.revision:
        came_about = {int((held.feed.changed_at or held.feed.created_at).timestamp())}
    if came_about and second not in came_about:
        raise Outdated("feed", held.feed.id)
    return [entry.uid for entry in load_devices.entries(session, held.feed.id, revision)]


def has_fetched(session: Session, feed: Feed) -> bool:
    """Whether a device is known to have the latest revision of its calendar."""
    return load_feeds.is_fetched(session, feed.id, feed.revision)


def purge(session: Session, clock: Clock) -> None:
    """Forget what was removed long ago."""
    writing.begin(session)
    save_devices.forget_removed(session, clock.real - REMEMBERED)
    session.commit()
