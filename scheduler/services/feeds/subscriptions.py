"""The page where somebody subscribes without signing in: its secret, the feed whose address follows from that, and what may be done there.

The address of the feed is derived from the page's secret and a number. So the page can show it again and again although
neither is kept, a new number is a new address, and whoever knows the feed's address learns nothing of the page.

The secret of a page itself is derived from a key outside the database, the person and when the page was made. So a sheet
can be printed again and nobody's links end; a database alone, without the key, opens nothing.

Whoever issues a page for somebody else has seen that secret. So it shows and subscribes, and acts for nobody, until its
person takes the page over: then it has a second, random part (`SECRET.OWN`) that only their browser was told.
"""

import base64
import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Feed, FeedOptions, Owner, Scope
from scheduler.core.ground import access
from scheduler.core.ground.access import OPERATOR, Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotAllowed, NotFound, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import FeedId, PersonId
from scheduler.core.mail.letters import PageNews
from scheduler.services.feeds import addresses, content, entries
from scheduler.services.feeds.addresses import Opening
from scheduler.services.ground import actors, journal, secrets
from scheduler.store import save, writing
from scheduler.store.feeds import load as load_feeds
from scheduler.store.feeds.rows import FeedRow, SubscriptionPageRow
from scheduler.store.mail import save as save_mail
from scheduler.store.organisation.rows import PersonRow

FORM = "form"
TAKE_OVER = "take over"
SEPARATOR = "."
"""Between the secret that was handed out and the person's own part; it stands in neither."""


@dataclass(frozen=True, slots=True)
class SubscriptionPage:
    """What a page's secret opens."""

    person: PersonId
    name: str
    feed: Feed | None
    """None: the subscription was stopped."""
    feed_token: str
    """Of the feed's address; empty: there is none."""
    form_token: str
    """What a form of this page shows that it is one."""
    devices: tuple[Feed, ...] = ()
    """Those that were added here and work."""
    taken_at: datetime | None = None
    """When its person took it over."""
    may_act: bool = False
    """Whether this very address is the person's own, so that talks can be confirmed and moved here."""
    take_over_token: str = ""
    """What the form shows that takes the page over; empty: that was done."""


def issue(
    session: Session,
    actor: Actor,
    clock: Clock,
    person: PersonId,
    options: FeedOptions = addresses.AS_MOST_WANT,
    key: str = "",
    *,
    ends_feed: bool = True,
) -> str:
    """A page for somebody, with a feed of its own. One that they had stops working, and its feed too if `ends_feed`.

    Without a key its secret is had this once.
    """
    _require(actor, person)
    addresses.check(options)
    writing.begin(session)
    token = _new_page(session, actor, clock, person, options, key, ends_feed=ends_feed)
    session.commit()
    return token


def again(
    session: Session, actor: Actor, clock: Clock, people: Collection[PersonId], key: str
) -> tuple[list[tuple[PersonId, str]], list[PersonId]]:
    """The secrets of the pages that these people have, to be printed again; nothing changes and no link ends.

    Besides, those whose page cannot be printed again: it was made without this key.
    """
    access.require(actor, Action.EDIT_FEEDS)
    writing.begin(session)
    rows = {row.person_id: row for row in session.scalars(select(SubscriptionPageRow))}
    had: list[tuple[PersonId, str]] = []
    lost: list[PersonId] = []
    for person in people:
        if row := rows.get(person):
            token = page_secret(key, person, row.created_at)
            if key and secrets.digest(token) == row.digest:
                had.append((person, token))
                journal.note(session, actor, "printed", "subscription_page", person, clock)
            else:
                lost.append(person)
    session.commit()
    return had, lost


def having(session: Session, actor: Actor, clock: Clock) -> set[PersonId]:
    """Who has a page."""
    del clock
    access.require(actor, Action.SEE_FEEDS)
    return {PersonId(person) for person in session.scalars(select(SubscriptionPageRow.person_id))}


def has_page(session: Session, actor: Actor, clock: Clock) -> bool:
    """Whether whoever asks has a page."""
    del clock
    return actor.person is not None and session.get(SubscriptionPageRow, actor.person) is not None


def revoke(session: Session, actor: Actor, clock: Clock, person: PersonId) -> None:
    """Let somebody's page stop working, and its feed with it."""
    own = person == actor.person
    access.require(actor, *((Action.EDIT_OWN_FEED, Action.OPERATE_FEEDS) if own else (Action.OPERATE_FEEDS,)))
    writing.begin(session)
    row = session.get(SubscriptionPageRow, person)
    if row is None:
        raise NotFound("subscription_page", person)
    _stop(session, row, clock)
    _end_devices(session, row, clock)
    session.delete(row)
    journal.note(session, actor, "revoked", "subscription_page", person, clock)
    if not own:
        save_mail.tell_of_pages(session, [person], PageNews.ENDED, clock)
    session.commit()


# ── With the page's secret, without an account ───────────────────────────────────────────────────────────────────────
def show(session: Session, token: str) -> SubscriptionPage:
    """What a page's secret opens; NotFound if there is no such page, or no longer."""
    row = _row(session, token)
    feed = load_feeds.feed(session, FeedId(row.feed_id)) if row.feed_id else None
    feed = feed if feed and feed.revoked_at is None else None
    person = PersonId(row.person_id)
    name = entries.names_of(session, [person]).get(person, "")
    shown_token = feed_token(token, row.turn) if feed else ""
    devices = tuple(_devices(session, person))
    take_over_token = "" if row.taken_at else form_of(token, TAKE_OVER)
    return SubscriptionPage(
        person,
        name,
        feed,
        shown_token,
        _form_token(token),
        devices,
        row.taken_at,
        _may_act(row, token),
        take_over_token,
    )


def take_over(session: Session, token: str, form: str, clock: Clock) -> str:
    """Let the page act for its person from now on, at the address that is given back and was told to nobody else.

    Raises NotAllowed for a form of something else, and Refused (`page_taken`) if that was done already.
    """
    require_form(token, TAKE_OVER, form)
    writing.begin(session)
    row = _row(session, token)
    if row.taken_at:
        session.rollback()
        raise Refused([Finding("page_taken", row.person_id)])
    own = secrets.new()
    row.taken_at, row.own_digest = clock.real, secrets.digest(own)
    journal.note(session, _holder(row), "taken_over", "subscription_page", row.person_id, clock)
    save_mail.tell_of_pages(session, [PersonId(row.person_id)], PageNews.TAKEN_OVER, clock)
    session.commit()
    return f"{handed_out(token)}{SEPARATOR}{own}"


def holder(session: Session, token: str, clock: Clock) -> Actor:
    """Whoever a page's secret was given to, with no more rights than to their own; NotFound if there is no such page."""
    row = _row(session, token)
    themselves = actors.themselves(session, PersonId(row.person_id), clock)
    return replace(themselves, account=_holder(row).account)


def require_own(session: Session, token: str) -> None:
    """Raise NotAllowed unless the page was taken over by its person, and this is the address that they got by that."""
    if not _may_act(_row(session, token), token):
        raise NotAllowed("page_not_taken")


def handed_out(token: str) -> str:
    """The part of a page's secret that was handed out; its feed follows from that alone."""
    return token.partition(SEPARATOR)[0]


def form_of(token: str, use: str) -> str:
    """What a form of this page shows that is for one use alone."""
    return _derived(token, f"{FORM} {use}")


def require_form(token: str, use: str, form: str) -> None:
    """Raise NotAllowed unless a form was made by this page for this use."""
    if not hmac.compare_digest(form.encode("utf-8", "surrogatepass"), form_of(token, use).encode()):
        raise NotAllowed("form")


def renew(session: Session, token: str, form: str, clock: Clock) -> None:
    """Give the feed a new address; the old one stops working at once. A feed that was stopped begins anew."""
    row = _writing(session, token, form)
    row.turn += 1
    feed = session.get(FeedRow, row.feed_id) if row.feed_id else None
    actor = _holder(row)
    if feed and feed.revoked_at is None:
        feed.digest = secrets.digest(feed_token(token, row.turn))
        journal.note(session, actor, "rotated", "feed", feed.id, clock)
    else:
        _new_feed(session, row, token, clock, FeedOptions(feed.language if feed else "zh"))
    session.commit()


def stop(session: Session, token: str, form: str, clock: Clock) -> None:
    """End the subscription; the page stays, and can begin another."""
    row = _writing(session, token, form)
    _stop(session, row, clock)
    session.commit()


def choose(session: Session, token: str, form: str, options: FeedOptions, clock: Clock) -> None:
    """Let the feed show names or not, remind or not, in this language or that; its address stays."""
    addresses.check(options)
    row = _writing(session, token, form)
    feed = session.get(FeedRow, row.feed_id) if row.feed_id else None
    if feed is None or feed.revoked_at is not None:
        raise NotFound("feed", "")
    feed.language, feed.alarm_minutes, feed.hides_names = (
        options.language,
        options.alarm_minutes,
        options.hides_names,
    )
    session.flush()
    save.raise_feeds(session, load_feeds.among([FeedId(feed.id)]), clock.real)
    journal.note(session, _holder(row), "changed", "feed", feed.id, clock)
    session.commit()


def add_device(session: Session, token: str, form: str, name: str, clock: Clock) -> tuple[Feed, str]:
    """A calendar account for a device, and its password, which is shown this once; it ends with the page."""
    row = _writing(session, token, form)
    owner = Owner(Scope.PERSON, row.person_id)
    feed = load_feeds.feed(session, FeedId(row.feed_id)) if row.feed_id else None
    password, opening = addresses.new_opening(addresses.device_name(name, owner), is_from_page=True)
    made = addresses.new_feed(session, _holder(row), clock, owner, feed.options if feed else FeedOptions(), opening)
    session.commit()
    return made, password


def stop_device(session: Session, token: str, form: str, device: FeedId, clock: Clock) -> None:
    """End the account of a device that was added on this page."""
    row = _writing(session, token, form)
    feed = session.get(FeedRow, device)
    if feed is None or feed.revoked_at or not feed.from_page or feed.person_id != row.person_id:
        raise NotFound("feed", device)
    feed.revoked_at = clock.real
    journal.note(session, _holder(row), "revoked", "feed", feed.id, clock)
    session.commit()


def file_of(session: Session, token: str, clock: Clock, link: str) -> bytes:
    """The calendar once, as a file to take away."""
    row = _row(session, token)
    feed = load_feeds.feed(session, FeedId(row.feed_id)) if row.feed_id else None
    language = feed.language if feed else "zh"
    return content.once(session, PersonId(row.person_id), clock, language, link)


# ── Rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _require(actor: Actor, person: PersonId) -> None:
    """Everybody may have a page; for others one needs more."""
    own = person == actor.person
    access.require(actor, *((Action.EDIT_OWN_FEED, Action.EDIT_FEEDS) if own else (Action.EDIT_FEEDS,)))


def _new_page(
    session: Session,
    actor: Actor,
    clock: Clock,
    person: PersonId,
    options: FeedOptions,
    key: str,
    *,
    ends_feed: bool = True,
) -> str:
    """A new page in place of one that there was; whoever makes their own has taken it over with that."""
    if session.get(PersonRow, person) is None:
        raise NotFound("person", person)
    row = session.get(SubscriptionPageRow, person)
    made_at = clock.real.replace(microsecond=0)
    if row is None:
        row = SubscriptionPageRow(person_id=person, digest="", turn=1, created_at=made_at)
        session.add(row)
    else:
        made_at = max(made_at, row.created_at + timedelta(seconds=1))  # another moment is another secret
        if ends_feed:
            _stop(session, row, clock)
            _end_devices(session, row, clock)
    row.taken_at, row.own_digest = (clock.real if person == actor.person else None), None
    token = page_secret(key, person, made_at) if key else secrets.new()
    row.digest, row.turn, row.created_at = secrets.digest(token), 1, made_at
    _new_feed(session, row, token, clock, options)
    journal.note(session, actor, "issued", "subscription_page", person, clock)
    if person != actor.person:
        save_mail.tell_of_pages(session, [person], PageNews.ISSUED, clock)
    return token


def _new_feed(session: Session, row: SubscriptionPageRow, token: str, clock: Clock, options: FeedOptions) -> None:
    """A new feed of the page's person, at the address that follows from the page's secret."""
    digest = secrets.digest(feed_token(token, row.turn))
    owner = Owner(Scope.PERSON, row.person_id)
    row.feed_id = addresses.new_feed(session, _holder(row), clock, owner, options, Opening(digest)).id


def _stop(session: Session, row: SubscriptionPageRow, clock: Clock) -> None:
    """Revoke the page's feed, if it works."""
    feed = session.get(FeedRow, row.feed_id) if row.feed_id else None
    if feed and feed.revoked_at is None:
        feed.revoked_at = clock.real
        journal.note(session, _holder(row), "revoked", "feed", feed.id, clock)
    row.feed_id = None


def _devices(session: Session, person: PersonId) -> list[Feed]:
    """The devices that were added on somebody's page and work."""
    return load_feeds.feeds(session, load_feeds.working(), load_feeds.of_page(person))


def _end_devices(session: Session, row: SubscriptionPageRow, clock: Clock) -> None:
    """Revoke the accounts that were added on a page: whoever has its secret may have made them."""
    for device in _devices(session, PersonId(row.person_id)):
        feed = session.get_one(FeedRow, device.id)
        feed.revoked_at = clock.real
        journal.note(session, _holder(row), "revoked", "feed", feed.id, clock)


def _holder(row: SubscriptionPageRow) -> Actor:
    """Whoever has a page's secret acts as its person, in the journal; what they may do is decided by the secret alone."""
    return replace(OPERATOR, person=PersonId(row.person_id), account=f"page:{row.person_id}")


def _row(session: Session, token: str) -> SubscriptionPageRow:
    """The page that a secret opens."""
    first, _, own = token.partition(SEPARATOR)
    query = select(SubscriptionPageRow).where(SubscriptionPageRow.digest == secrets.digest(first))
    row = session.scalars(query).one_or_none()
    if row is None or (own and row.own_digest != secrets.digest(own)):
        raise NotFound("subscription_page", "")
    return row


def _may_act(row: SubscriptionPageRow, token: str) -> bool:
    """Whether an address that opens a page is its person's own."""
    return row.taken_at is not None and (row.own_digest is None or SEPARATOR in token)


def _form_token(token: str) -> str:
    """What the forms about the subscription show."""
    return _derived(handed_out(token), FORM)


def _writing(session: Session, token: str, form: str) -> SubscriptionPageRow:
    """The page, to change something; the form must be one of its own."""
    if not hmac.compare_digest(form.encode("utf-8", "surrogatepass"), _form_token(token).encode()):
        raise NotAllowed("form")
    writing.begin(session)
    return _row(session, token)


def page_secret(key: str, person: str, made_at: datetime) -> str:
    """The secret of a page, from a key outside the database."""
    return _derived(key, f"subscription page {person} {int(made_at.timestamp())}")


def feed_token(token: str, turn: int) -> str:
    """The token of the feed's address."""
    return _derived(handed_out(token), f"feed {turn}")


def _derived(token: str, use: str) -> str:
    """256 bits that follow from a secret, and from which it does not follow."""
    made = hmac.new(token.encode("utf-8", "surrogatepass"), use.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
