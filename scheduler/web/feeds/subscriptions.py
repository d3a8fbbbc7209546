"""All feeds, for organizers: whose they are, who fetches them, who has stopped; pages to hand out; whom a change has reached."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from scheduler import edge
from scheduler.core.feeds.definitions import MAX_DAYS, Feed, FeedOptions, Owner, Scope
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import FeedId, PersonId, RoomId
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import evidence as feed_evidence
from scheduler.services.feeds import handing_out, subscriptions
from scheduler.services.feeds import joining as feed_joining
from scheduler.web.bookings.delivery import last_look
from scheduler.web.feeds import pages
from scheduler.web.feeds.subscribe import alarm_text, qr_of, ways
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.fields import Fields
from scheduler.web.page.layout import frame
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed

SHARED = (Scope.ROOM, Scope.GROUP, Scope.CAMPAIGN)


@dataclass(frozen=True, slots=True)
class SubscriptionLine:
    """A feed that works, as the list prints it."""

    id: FeedId
    kind: str
    name: str
    chosen: str
    last: str
    clients: str
    is_silent: bool
    trouble: list[str]
    """What of it had to be left out: sentences."""


@dataclass(frozen=True, slots=True)
class Handout:
    """Somebody's page, to be printed and handed over."""

    name: str
    unit: str
    post: str
    address: str
    qr: Markup


@pages.get("/subscriptions")
@edge.policy(Action.SEE_FEEDS)
def subscription_list() -> ResponseReturnValue:
    """All feeds that work."""
    return _list(Fields({}))


def days_of(fields: Fields) -> tuple[int | None, int | None]:
    """How many days back and ahead a form asks for."""
    return fields.number("back", 0, MAX_DAYS), fields.number("ahead", 0, MAX_DAYS)


def _list(fields: Fields) -> str:
    """The page, with its form as typed."""
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    names = facts.names()
    having = subscriptions.having(session, actor, clock)
    return render_template(
        "feeds/subscriptions.html",
        fields=fields,
        lines=_lines(names),
        days=feed_evidence.SILENT_DAYS,
        has_people=bool(names.roster.people),
        base_url=edge.settings().base_url if edge.settings().is_loopback else "",
        with_page=len([person for person in names.roster.people if person in having]),
        without=len([person for person in names.roster.people if person not in having]),
        rooms=[(room, names.room(room)) for room in facts.rooms()],
        groups=[(group, names.group(group)) for group in names.roster.groups],
        campaigns=[(campaign.id, campaign.name) for campaign in seen_campaign.around().campaigns],
    )


@pages.post("/subscriptions")
@edge.policy(Action.EDIT_FEEDS)
def subscription_issue() -> ResponseReturnValue:
    """A new feed of a room, a group or a campaign; its address is shown this once."""
    scope, _colon, name = request.form.get("of", "").partition(":")
    fields = Fields(request.form)
    back, ahead = days_of(fields)
    if scope not in SHARED or not name:
        raise Malformed("missing", "of")
    if not fields.is_valid:
        return _list(fields), 422
    owner, options = Owner(Scope(scope), name), FeedOptions(edge.lang(), back_days=back, ahead_days=ahead)
    _made, token = feeds.issue(edge.session(), edge.actor(), edge.clock(), owner, options)
    return render_template("feeds/address.html", ways=ways(token), name=owner_name(owner, facts.names()))


@pages.post("/subscriptions/<feed_id>/revoke")
@edge.policy(Action.OPERATE_FEEDS)
def subscription_revoke(feed_id: str) -> ResponseReturnValue:
    """End a subscription."""
    feeds.revoke(edge.session(), edge.actor(), FeedId(feed_id), edge.clock())
    flash(_("订阅已停止，旧链接不再有效，也不能恢复；需要时另生成一个。"), "good")
    return redirect(url_for("feeds.subscription_list"), 303)


@pages.post("/subscriptions/pages")
@edge.policy(Action.EDIT_FEEDS)
def subscription_pages() -> ResponseReturnValue:
    """Pages for all who have none, to be printed; or, if that was pressed, everybody's once more."""
    if edge.settings().is_loopback:
        return _list(Fields({})), 422
    names = facts.names()
    session, actor, clock, key = edge.session(), edge.actor(), edge.clock(), edge.settings().signing_key
    people = names.roster.in_rank_order(set(names.roster.people))
    if request.form.get("which") == "again":
        had, lost = subscriptions.again(session, actor, clock, people, key)
        return _handouts(had, names, lost=[names.person(person) for person in lost])
    made = handing_out.issue_all(session, actor, clock, people, FeedOptions(edge.lang()), key)
    return _handouts(made, names)


@pages.post("/people/<person_id>/subscription")
@edge.policy(Action.EDIT_FEEDS)
def person_subscription(person_id: str) -> ResponseReturnValue:
    """The page of one, to be printed, made if there is none; a new one in its place if that was pressed, without or with the end of the feed."""
    if edge.settings().is_loopback:
        return _list(Fields({})), 422
    person, names = PersonId(person_id), facts.names()
    session, actor, clock, key = edge.session(), edge.actor(), edge.clock(), edge.settings().signing_key
    had, lost = subscriptions.again(session, actor, clock, [person], key)
    which = request.form.get("which")
    if which in ("new", "replace") or not (had or lost):
        options, ends_feed = FeedOptions(edge.lang()), which == "replace"
        token = subscriptions.issue(session, actor, clock, person, options, key, ends_feed=ends_feed)
        return _handouts([(person, token)], names, only=person)
    return _handouts(had, names, lost=[names.person(owner) for owner in lost], only=person)


def _handouts(
    pages_of: list[tuple[PersonId, str]], names: Names, *, lost: list[str] | None = None, only: PersonId | None = None
) -> str:
    """The cards, one for each person."""
    return render_template(
        "feeds/handouts.html",
        handouts=[_handout(person, token, names) for person, token in pages_of],
        organisation=frame().organisation,
        lost=lost or [],
        only=only,
    )


def _lines(names: Names) -> list[SubscriptionLine]:
    """The feeds that work, with what is known of who fetches them."""
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    fetched: dict[str, list[feed_evidence.Fetched]] = {}
    for fetch in feed_evidence.fetches(session, actor, clock):
        fetched.setdefault(fetch.feed, []).append(fetch)
    silent = {feed.id for feed in feed_evidence.silent(session, actor, clock)}
    troubles = feed_joining.troubles(session)
    working = [feed for feed in feeds.listing(session, actor, clock) if feed.revoked_at is None]
    return [
        _line(feed, fetched.get(feed.id, []), troubles.get(feed.id, (0, ())), names, is_silent=feed.id in silent)
        for feed in working
    ]


def _line(
    feed: Feed,
    fetched: list[feed_evidence.Fetched],
    trouble: tuple[int, tuple[str, ...]],
    names: Names,
    *,
    is_silent: bool,
) -> SubscriptionLine:
    chosen = [alarm_text(feed.options.alarm_minutes)] if feed.options.alarm_minutes is not None else []
    chosen += [_("日历账户：%(device)s", device=feed.device)] if feed.device else []
    chosen += [_("隐去对方姓名")] if feed.options.hides_names else []
    chosen += [_("往前 %(count)s 天", count=feed.options.back_days)] if feed.options.back_days is not None else []
    chosen += [_("往后 %(count)s 天", count=feed.options.ahead_days)] if feed.options.ahead_days is not None else []
    return SubscriptionLine(
        feed.id,
        _kind(feed.owner.scope),
        owner_name(feed.owner, names),
        listed(chosen),
        last_look(fetched[0].last_at if fetched else None),
        listed(sorted({fetch.client for fetch in fetched})),
        is_silent,
        _troubles(*trouble),
    )


def _troubles(left_out: int, odd: tuple[str, ...]) -> list[str]:
    """What a calendar has no room for, and what can be done; and what cannot be written at all."""
    told = [_("日历太大，最早的 %(count)s 项没有放进去；可以缩短往前的天数。", count=left_out)] if left_out else []
    return told + ([_("写不进日历：%(ids)s", ids=listed(odd))] if odd else [])


def _kind(scope: Scope) -> str:
    """Whose calendar it is."""
    kinds = {Scope.PERSON: _("人员"), Scope.ROOM: _("场地"), Scope.GROUP: _("组织"), Scope.CAMPAIGN: _("活动")}
    return kinds[scope]


def owner_name(owner: Owner, names: Names) -> str:
    """What a feed is of, by name."""
    match owner.scope:
        case Scope.PERSON:
            return names.person(PersonId(owner.id))
        case Scope.ROOM:
            return names.room(RoomId(owner.id))
        case Scope.GROUP:
            return names.group(owner.id)
        case Scope.CAMPAIGN:
            return _("全部会议")


def _handout(person: PersonId, token: str, names: Names) -> Handout:
    address = edge.link("feeds.subscribe", token=token)
    someone = names.roster.people.get(person)
    unit, post = (names.unit(someone.unit), someone.position) if someone else ("", "")
    return Handout(names.person(person), unit, post, address, qr_of(address))
