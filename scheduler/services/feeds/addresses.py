"""Calendar feeds: secret addresses, given out once, rotated and revoked at will."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from config import LANGUAGES
from scheduler.core.feeds.definitions import (
    MAX_ALARM_MINUTES,
    MAX_DAYS,
    MAX_DEVICE_NAME,
    MAX_DEVICES,
    MAX_FEEDS,
    Feed,
    FeedOptions,
    Owner,
    Scope,
    reach,
)
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import CampaignId, FeedId, PersonId
from scheduler.services.ground import journal, secrets
from scheduler.store import load, save, writing
from scheduler.store.base import Base
from scheduler.store.campaigns.rows import CampaignRow
from scheduler.store.feeds import load as load_feeds
from scheduler.store.feeds.rows import FeedRow, SubscriptionPageRow
from scheduler.store.organisation.rows import GroupRow, PersonRow, RoomRow

__all__ = ["Feed", "issue", "listing", "new_feed", "own", "reach_to", "revoke", "rotate", "show"]

AS_MOST_WANT = FeedOptions()
_ROWS: dict[Scope, type[Base]] = {
    Scope.PERSON: PersonRow,
    Scope.ROOM: RoomRow,
    Scope.GROUP: GroupRow,
    Scope.CAMPAIGN: CampaignRow,
}


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a feed, as far as it is kept."""

    digest: str
    device: str = ""
    """The device whose password it is of; empty: it is of the token of an address."""
    is_from_page: bool = False
    """The device was added on the subscription page."""


def issue(
    session: Session, actor: Actor, clock: Clock, owner: Owner, options: FeedOptions = AS_MOST_WANT, device: str = ""
) -> tuple[Feed, str]:
    """A new feed of a person, a room, a group or a campaign, and the token of its address, which is shown this once.

    With the name of a `device` it has no address: the device reads it as a calendar account, and what is shown is its password.
    """
    _require(actor, owner)
    check(options)
    name = device_name(device, owner)
    writing.begin(session)
    secret, opening = new_opening(name)
    feed = new_feed(session, actor, clock, owner, options, opening)
    session.commit()
    return feed, secret


def new_feed(
    session: Session, actor: Actor, clock: Clock, owner: Owner, options: FeedOptions, opening: Opening
) -> Feed:
    """A new feed, within the caller's transaction; the caller decided that it may be, and keeps the secret."""
    if session.get(_ROWS[owner.scope], owner.id) is None:
        raise NotFound(owner.scope, owner.id)
    if options.campaign and session.get(CampaignRow, options.campaign) is None:
        raise NotFound("campaign", options.campaign)
    if not opening.device and _address_count(session, owner) >= MAX_FEEDS:
        raise Malformed("too_many_feeds", owner.scope, most=MAX_FEEDS)
    if opening.device and len(devices_of(session, owner)) >= MAX_DEVICES:
        raise Malformed("too_many_devices", "device", most=MAX_DEVICES)
    zone = load.organisation(session).zone
    reached = reach(options, load.campaigns(session), clock.today(zone), zone)
    row = FeedRow(
        id=save.next_id(session, "F"),
        person_id=owner.id if owner.scope is Scope.PERSON else None,
        room_id=owner.id if owner.scope is Scope.ROOM else None,
        subject=owner.subject,
        digest=opening.digest,
        language=options.language,
        alarm_minutes=options.alarm_minutes,
        hides_names=options.hides_names,
        back_days=options.back_days,
        ahead_days=options.ahead_days,
        campaign_id=options.campaign,
        reach_start=reached.start,
        reach_end=reached.end,
        created_at=clock.real,
        changed_at=clock.real,
        device=opening.device,
        from_page=opening.is_from_page,
    )
    session.add(row)
    session.flush()
    save.note_raised(session)
    details: dict[str, journal.Detail] = {owner.scope.value: owner.id} | ({"device": True} if opening.device else {})
    journal.note(session, actor, "issued", "feed", row.id, clock, **details)
    return _known(session, FeedId(row.id))


def check(options: FeedOptions) -> None:
    """Raise Malformed for the first thing chosen that cannot be."""
    if options.language not in LANGUAGES:
        raise Malformed("unknown_choice", "language", value=options.language)
    bounds = (("alarm", options.alarm_minutes, MAX_ALARM_MINUTES), ("back", options.back_days, MAX_DAYS))
    for name, value, most in (*bounds, ("ahead", options.ahead_days, MAX_DAYS)):
        if value is not None and not 0 <= value <= most:
            raise Malformed("out_of_range", name, value=value, first=0, last=most)


def devices_of(session: Session, owner: Owner) -> list[Feed]:
    """The devices that read somebody's calendar by an account that works."""
    working = load_feeds.feeds(session, load_feeds.working(), load_feeds.of_subject(owner.subject))
    return [feed for feed in working if feed.device]


def _address_count(session: Session, owner: Owner) -> int:
    """How many feeds with an address somebody or something has that work."""
    working = load_feeds.feeds(session, load_feeds.working(), load_feeds.of_subject(owner.subject))
    return sum(not feed.device for feed in working)


def device_name(device: str, owner: Owner) -> str:
    """The name of a device as it is kept; Malformed if it is too long, or if what it shall read is nobody's own."""
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in device).split())
    if len(name) > MAX_DEVICE_NAME:
        raise Malformed("too_long", "device", longest=MAX_DEVICE_NAME)
    if name and owner.scope is not Scope.PERSON:
        raise Malformed("device_of_nobody", "device")
    return name


def rotate(session: Session, actor: Actor, feed_id: FeedId, clock: Clock) -> tuple[Feed, str]:
    """Give a feed a new address, or a device a new password; the old one stops working at once."""
    writing.begin(session)
    row = _standing(session, actor, feed_id)
    secret, opening = new_opening(row.device)
    row.digest = opening.digest
    # A subscription page derives its feed's address, so it can show this one no more: it offers to begin another.
    session.execute(update(SubscriptionPageRow).where(SubscriptionPageRow.feed_id == row.id).values(feed_id=None))
    journal.note(session, actor, "rotated", "feed", row.id, clock)
    session.commit()
    return _known(session, feed_id), secret


def reach_to(
    session: Session, actor: Actor, feed_id: FeedId, back_days: int | None, ahead_days: int | None, clock: Clock
) -> Feed:
    """Let a feed that works show so many days back and ahead, at the same address; None: as when nothing is chosen."""
    check(FeedOptions(back_days=back_days, ahead_days=ahead_days))
    writing.begin(session)
    row = _standing(session, actor, feed_id)
    limit = CampaignId(row.campaign_id) if row.campaign_id else None
    options = FeedOptions(back_days=back_days, ahead_days=ahead_days, campaign=limit)
    zone = load.organisation(session).zone
    reached = reach(options, load.campaigns(session), clock.today(zone), zone)
    row.back_days, row.ahead_days = back_days, ahead_days
    row.reach_start, row.reach_end = reached.start, reached.end
    session.flush()
    save.raise_feeds(session, load_feeds.among([feed_id]), clock.real)
    journal.note(session, actor, "changed", "feed", row.id, clock)
    session.commit()
    return _known(session, feed_id)


def revoke(session: Session, actor: Actor, feed_id: FeedId, clock: Clock) -> Feed:
    """Let a feed's address stop working, for good."""
    writing.begin(session)
    row = _standing(session, actor, feed_id, Action.OPERATE_FEEDS)
    row.revoked_at = clock.real
    journal.note(session, actor, "revoked", "feed", row.id, clock)
    session.commit()
    return _known(session, feed_id)


def listing(session: Session, actor: Actor, clock: Clock, *, person: PersonId | None = None) -> list[Feed]:
    """All feeds, or those of one person, revoked ones included, the oldest first; everybody may list their own."""
    del clock
    if person is None or person != actor.person:
        access.require(actor, Action.SEE_FEEDS)
    return load_feeds.feeds(session, *_of(person))


def show(session: Session, actor: Actor, feed_id: FeedId, clock: Clock) -> Feed:
    """One feed, revoked or not; to those who may not see it, it does not exist."""
    del clock
    feed = load_feeds.feed(session, feed_id)
    if feed is None or not (access.may(actor, Action.SEE_FEEDS) or _is_own(actor, feed)):
        raise NotFound("feed", feed_id)
    return feed


def own(session: Session, actor: Actor, clock: Clock) -> list[Feed]:
    """One's own feeds that work."""
    del clock
    access.require(actor, Action.EDIT_OWN_FEED)
    if actor.person is None:
        raise NotAllowed(Action.EDIT_OWN_FEED)
    return load_feeds.feeds(session, load_feeds.working(), *_of(actor.person))


def new_opening(device: str, *, is_from_page: bool = False) -> tuple[str, Opening]:
    """A secret, and what is kept of it: the token of an address, or the password of a device, which somebody types."""
    if device:
        password = secrets.app_password()
        return password, Opening(secrets.app_digest(password), device, is_from_page)
    token = secrets.new()
    return token, Opening(secrets.digest(token))


# ── Rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _of(person: PersonId | None) -> list[ColumnElement[bool]]:
    """The condition that a feed is somebody's."""
    return [load_feeds.of_subject(Owner(Scope.PERSON, person).subject)] if person is not None else []


def _known(session: Session, feed_id: FeedId) -> Feed:
    """A feed that is there."""
    feed = load_feeds.feed(session, feed_id)
    if feed is None:
        raise NotFound("feed", feed_id)
    return feed


def _require(actor: Actor, owner: Owner) -> None:
    """Everybody may have a feed of their own bookings; for others, rooms, groups and campaigns one needs more."""
    if owner.scope is Scope.PERSON and owner.id == actor.person:
        access.require(actor, Action.EDIT_OWN_FEED, Action.EDIT_FEEDS)
    else:
        access.require(actor, Action.EDIT_FEEDS)


def _is_own(actor: Actor, feed: Feed) -> bool:
    """Whether it is the actor's own."""
    return feed.person is not None and feed.person == actor.person


def _standing(session: Session, actor: Actor, feed_id: FeedId, action: Action = Action.EDIT_FEEDS) -> FeedRow:
    """A feed that was not revoked and that the actor may change; to others it does not exist."""
    row = session.get(FeedRow, feed_id)
    is_own = row is not None and row.person_id is not None and row.person_id == actor.person
    is_theirs = access.may(actor, action) or (is_own and access.may(actor, Action.EDIT_OWN_FEED))
    if row is None or row.revoked_at is not None or not is_theirs:
        raise NotFound("feed", feed_id)
    return row
