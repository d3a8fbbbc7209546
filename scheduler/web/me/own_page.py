"""Somebody's own page, made for the phone: the next talk, what is asked of them, their study, their calendar, their subscription."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.coverage.report import CoverageState, RequirementState
from scheduler.core.feeds.definitions import Feed, FeedOptions, Owner, Scope
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import State
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import FeedId, PersonId
from scheduler.core.rules.requirements import Severity
from scheduler.core.sessions.study import Studied
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import own_talks as service
from scheduler.services.bookings.acts import Query
from scheduler.services.coverage import report as coverage
from scheduler.services.coverage.report import Report
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import content as feed_content
from scheduler.services.feeds import subscriptions
from scheduler.services.mail import channels as mailing
from scheduler.services.mail.channels import Channel, Contact
from scheduler.services.sessions import study
from scheduler.web.bookings import copies, own_talks, swaps
from scheduler.web.bookings import proposals as talk_proposals
from scheduler.web.bookings.lines import line_of
from scheduler.web.bookings.taps import SignedInActions, Tap
from scheduler.web.bookings.weeks import WeekLine
from scheduler.web.coverage import squares
from scheduler.web.feeds import devices
from scheduler.web.feeds import outside_calendars as calendars
from scheduler.web.feeds.subscribe import left_out_of, ways
from scheduler.web.me import pages
from scheduler.web.page import facts
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed, local
from scheduler.web.programme import lanes

SHOWN = 20


@dataclass(frozen=True, slots=True)
class OwnDuty:
    """One thing asked of the viewer."""

    state: CoverageState
    is_overdue: bool
    is_optional: bool
    other: str
    reason: str
    when: str
    href: str


@dataclass(frozen=True, slots=True)
class OwnStudy:
    """The viewer's own hours."""

    hours: float
    required: float
    studied: Studied


@pages.get("/me")
@edge.policy(Action.SEE_OWN_ROW)
def me() -> ResponseReturnValue:
    """The viewer's own page."""
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    person, today, names, door = _person(), facts.today(), facts.names(), SignedInActions(url_for("me.me"))
    reports = coverage.own_row(session, actor, None, clock)
    own = bookings.listing(
        session, actor, Query(person=person, first=today - service.REACH, last=today + service.REACH), clock
    )
    duties = [_duty(state, report, person, names) for report in reports for state in _by_weight(report)]
    must = [duty for duty in duties if not duty.is_optional]
    ahead = [booking for booking in own if booking.span.end >= clock.now and booking.state != State.CANCELLED]
    report = study.own(session, actor, None, clock)
    hours = report.people.get(person)
    own_feeds = feeds.own(session, actor, clock)
    return render_template(
        "me/own_page.html",
        name=names.person(person),
        urgent=lanes.own_cards(),
        cards=own_talks.cards(service.of(session, actor, own, clock), door, names),
        proposals=swaps.own(names, door),
        talk_proposals=talk_proposals.own(names, door),
        duties=duties,
        covered=sum(duty.state is CoverageState.COVERED for duty in must),
        required=len(must),
        study=OwnStudy(hours.hours, hours.required, hours) if hours else None,
        ahead=[_mine(booking, person, names) for booking in ahead[:SHOWN]],
        week_text=copies.week_text(person, names.person(person)),
        more=max(0, len(ahead) - SHOWN),
        person=person,
        has_page=subscriptions.has_page(session, actor, clock),
        calendars=calendars.lines(person),
        feeds=[_feed(feed) for feed in own_feeds if not feed.device],
        left_out=left_out_of(own_feeds),
        devices=[devices.own_line(feed) for feed in own_feeds if feed.device],
        add_device=Tap(url_for("feeds.add_device")),
        contact=_contact(person),
        channels=[
            (Channel.AUTO, _("有订阅就用订阅，否则发邮件")),
            (Channel.FEED, _("只用日历订阅")),
            (Channel.MAIL, _("只发邮件")),
        ],
    )


def _contact(person: PersonId) -> Contact | None:
    """How the viewer is reached by mail; None when no mail is sent, or no address is known."""
    contact = mailing.of(edge.session(), edge.actor(), person, edge.clock())
    return contact if edge.settings().mail and contact.address else None


@pages.post("/me/channel")
@edge.policy(Action.EDIT_OWN_FEED)
def choose_channel() -> ResponseReturnValue:
    """Choose what to live by: a feed, or mail."""
    mailing.choose(edge.session(), edge.actor(), request.form.get("channel", ""), edge.clock())
    flash(_("已保存。"), "good")
    return redirect(url_for("me.me", _anchor="mail"), 303)


def _mine(booking: SeenBooking, person: PersonId, names: Names) -> WeekLine:
    """A line of one's own calendar: a talk by the other one's name."""
    line = line_of(booking, names)
    return replace(line, name=names.people(p for p in booking.people if p != person)) if line.is_talk else line


def _person() -> PersonId:
    """Who the viewer is; the policy lets nobody without a person in."""
    person = edge.actor().person
    assert person is not None  # noqa: S101 - SEE_OWN_ROW is for those with a person
    return person


def _by_weight(report: Report) -> Sequence[RequirementState]:
    """What is still to be done first; covered ones last."""
    order = {
        CoverageState.AWAITING_CONFIRMATION: 0,
        CoverageState.BOOKED: 1,
        CoverageState.OPEN: 2,
        CoverageState.COVERED: 3,
    }
    return sorted(report.coverage.requirements, key=lambda state: (order[state.state], not state.is_overdue))


def _duty(state: RequirementState, report: Report, person: PersonId, names: Names) -> OwnDuty:
    requirement = state.requirement
    talk = next((talk for talk in report.coverage.talks if state.talks and talk.id == state.talks[-1]), None)
    start = local(talk.span.start) if talk else None
    until = squares.window_text(requirement)
    if start is None:
        told = until
    elif state.state is CoverageState.COVERED:
        told = wording.day_text(start, edge.lang())
    else:
        told = f"{wording.day_text(start, edge.lang())} {wording.time_text(start)}"
    others = requirement.pair or (person, *requirement.pool[:1])
    href = url_for("bookings.booking", booking_id=talk.id) if talk else ""
    if state.state is CoverageState.OPEN:
        href = url_for(
            "bookings.propose", people=[other for other in others if other != person], rule_set=report.rule_set.id
        )
    return OwnDuty(
        state.state,
        state.is_overdue,
        requirement.severity is Severity.OPTIONAL,
        squares.other_side(requirement, person, names),
        listed(facts.rule_name(report.spec, rule) for rule in requirement.rules),
        told,
        href,
    )


# ── The subscription ─────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class FeedLine:
    """A subscription that works; its address is told once, when it is made."""

    id: FeedId
    since: str


def _feed(feed: Feed) -> FeedLine:
    return FeedLine(feed.id, wording.date_text(local(feed.created_at).date(), edge.lang()))


@pages.post("/me/feeds")
@edge.policy(Action.EDIT_OWN_FEED)
def issue_feed() -> ResponseReturnValue:
    """A new subscription of one's own calendar."""
    owner, options = Owner(Scope.PERSON, _person()), FeedOptions(edge.lang())
    try:
        _made, token = feeds.issue(edge.session(), edge.actor(), edge.clock(), owner, options)
    except Malformed as error:  # there are as many as there may be
        flash(wording.error(error, edge.lang()), "warn")
        return redirect(url_for("me.me", _anchor="subscribe"), 303)
    return _address(token)


@pages.post("/me/feeds/<feed_id>/rotate")
@edge.policy(Action.EDIT_OWN_FEED)
def rotate_feed(feed_id: str) -> ResponseReturnValue:
    """A new address; the old one stops working at once."""
    _made, token = feeds.rotate(edge.session(), edge.actor(), FeedId(feed_id), edge.clock())
    return _address(token)


@pages.post("/me/feeds/<feed_id>/revoke")
@edge.policy(Action.EDIT_OWN_FEED)
def revoke_feed(feed_id: str) -> ResponseReturnValue:
    """End a subscription."""
    ended = feeds.revoke(edge.session(), edge.actor(), FeedId(feed_id), edge.clock())
    told = (
        _("“%(name)s”已停用，密码不再有效。", name=ended.device)
        if ended.device
        else _("订阅已停止，旧链接不再有效，也不能恢复；需要时另生成一个。")
    )
    flash(told, "good")
    return redirect(url_for("me.me", _anchor="devices" if ended.device else "subscribe"), 303)


@pages.post("/me/subscription")
@edge.policy(Action.EDIT_OWN_FEED)
def own_subscription() -> ResponseReturnValue:
    """A subscription page of one's own that needs no signing in; an older one stops working."""
    options = FeedOptions(edge.lang())
    key = edge.settings().signing_key
    token = subscriptions.issue(edge.session(), edge.actor(), edge.clock(), _person(), options, key)
    return redirect(url_for("feeds.subscribe", token=token), 303)


def _address(token: str) -> str:
    """The page that shows a subscription's address, this once."""
    return render_template("me/address.html", ways=ways(token))


@pages.get("/me/calendar.ics")
@edge.policy(Action.SEE_OWN_ROW)
def own_calendar() -> ResponseReturnValue:
    """One's own calendar as a file, for phones that cannot subscribe."""
    data = feed_content.own(edge.session(), edge.actor(), edge.clock(), edge.lang(), edge.booking_link())
    response = Response(data, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="tanxin.ics"'
    return make_response(response)
