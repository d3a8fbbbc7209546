"""The page where a member subscribes: public by its own secret address, without an account."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

import segno
from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from config import LANGUAGES
from scheduler import edge, wording
from scheduler.core.feeds.definitions import Feed, FeedOptions
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.ids import FeedId
from scheduler.services.feeds import joining as feed_joining
from scheduler.services.feeds import subscriptions as service
from scheduler.services.feeds.subscriptions import SubscriptionPage
from scheduler.web.bookings import copies
from scheduler.web.bookings.taps import Tap
from scheduler.web.feeds import devices, opening, page_talks, pages
from scheduler.web.feeds.opening import HEADERS, back, opened
from scheduler.web.page.texts import _
from scheduler.web.page.words import local

ALARMS = (None, 15, 30, 60, 24 * 60)


@dataclass(frozen=True, slots=True)
class Ways:
    """The address of a feed, as each kind of calendar takes it."""

    address: str
    webcal: str
    google: str
    outlook: str
    qr: Markup
    """Empty while the address leads only to this very machine."""


def ways(token: str) -> Ways:
    """Every way to subscribe to a feed."""
    address = edge.link("calendar_readers.calendar", token=token)
    webcal = "webcal:" + address.partition(":")[2]
    google = "https://calendar.google.com/calendar/r?cid=" + webcal
    outlook = (
        f"https://outlook.live.com/calendar/0/addfromweb?url={quote(address, safe='')}&name={quote(_('谈心日程'))}"
    )
    return Ways(address, webcal, google, outlook, qr_of(webcal))


def qr_of(address: str) -> Markup:
    """An address to be scanned; nothing while no other machine could open it."""
    if edge.settings().is_loopback:
        return Markup("")
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=2, svgclass=None, lineclass=None, omitsize=True)
    return Markup(drawn)  # noqa: S704 - drawn by segno from an address of ours


@pages.get("/subscribe/<token>")
@edge.by_own_token
def subscribe(token: str) -> ResponseReturnValue:
    """The person's next talks, the buttons, what to expect of each calendar, and what can be chosen."""
    page = opened(token)
    shown = render_template(
        "feeds/subscribe.html",
        token=token,
        page=page,
        own=page_talks.own(token, page),
        handed_out=service.handed_out(token),
        ways=ways(page.feed_token) if page.feed else None,
        week_text=_week_text(token, page),
        devices=[devices.line(feed, _tap(page, "subscribe_device_stop", token, feed.id)) for feed in page.devices],
        add_device=_tap(page, "subscribe_device", token),
        since=_since(page.feed) if page.feed else "",
        taken=_day(page.taken_at) if page.taken_at else "",
        left_out=left_out_of([page.feed, *page.devices] if page.feed else page.devices),
        languages=LANGUAGES.items(),
        alarms=[(minutes, alarm_text(minutes)) for minutes in ALARMS],
    )
    answer = Response(shown, headers=HEADERS)
    if page.may_act:
        opening.remember(answer, token)
    return answer


def _week_text(token: str, page: SubscriptionPage) -> str:
    """The week of the page's person, with the address that is theirs alone; nothing on a page that anybody may have seen."""
    if not (page.may_act and page.feed):
        return ""
    actor = service.holder(edge.session(), token, edge.clock())
    return copies.week_text(page.person, page.name, ways(page.feed_token).address, actor)


@pages.post("/subscribe/<token>/own")
@edge.by_own_token
def subscribe_own(token: str) -> ResponseReturnValue:
    """Its person takes the page over, at an address that whoever printed it has not seen."""
    opened(token)
    try:
        token = service.take_over(edge.session(), token, _form(), edge.clock())
        flash(_("已启用。请收藏本页：以后在这里确认和换时间。"), "good")
    except Refused as error:
        flash(wording.error(error, edge.lang()), "warn")
    return back(token)


@pages.get("/subscribe/<token>/calendar.ics")
@edge.by_own_token
def subscribe_file(token: str) -> ResponseReturnValue:
    """The calendar once, for phones that cannot subscribe."""
    opened(token)
    data = service.file_of(edge.session(), token, edge.clock(), edge.booking_link())
    headers = {**HEADERS, "Content-Disposition": 'attachment; filename="tanxin.ics"'}
    return Response(data, headers=headers, content_type="text/calendar; charset=utf-8")


@pages.post("/subscribe/<token>/renew")
@edge.by_own_token
def subscribe_renew(token: str) -> ResponseReturnValue:
    """A new address of the feed, or a new feed after it was stopped."""
    opened(token)
    service.renew(edge.session(), token, _form(), edge.clock())
    flash(_("链接已换新，旧链接不再有效；请在日历里重新订阅。"), "good")
    return back(token)


@pages.post("/subscribe/<token>/stop")
@edge.by_own_token
def subscribe_stop(token: str) -> ResponseReturnValue:
    """End the subscription."""
    opened(token)
    service.stop(edge.session(), token, _form(), edge.clock())
    flash(_("订阅已停止，旧链接不再有效。"), "good")
    return back(token)


@pages.post("/subscribe/<token>/options")
@edge.by_own_token
def subscribe_options(token: str) -> ResponseReturnValue:
    """What the feed shows."""
    page = opened(token)
    before = page.feed.options if page.feed else FeedOptions()
    service.choose(edge.session(), token, _form(), _chosen(request.form, before), edge.clock())
    flash(_("已保存，下次刷新日历时生效。"), "good")
    return back(token)


@pages.post("/subscribe/<token>/devices")
@edge.by_own_token
def subscribe_device(token: str) -> ResponseReturnValue:
    """A calendar account for a device; its password is shown this once."""
    opened(token)
    name = request.form.get("device", "").strip() or _("我的设备")
    made = service.add_device(edge.session(), token, _form(), name, edge.clock())
    return Response(
        render_template("feeds/new_device.html", token=token, account=devices.account(*made)), headers=HEADERS
    )


@pages.post("/subscribe/<token>/devices/<feed_id>/stop")
@edge.by_own_token
def subscribe_device_stop(token: str, feed_id: str) -> ResponseReturnValue:
    """End a device's account."""
    opened(token)
    service.stop_device(edge.session(), token, _form(), FeedId(feed_id), edge.clock())
    flash(_("已停用，密码不再有效。"), "good")
    return back(token)


def _tap(page: SubscriptionPage, endpoint: str, token: str, feed_id: FeedId | None = None) -> Tap:
    """A form of this page about its devices."""
    named = {} if feed_id is None else {"feed_id": feed_id}
    action = url_for(f"feeds.{endpoint}", token=token, **named)  # type: ignore[arg-type]  # Flask types its values loosely
    return Tap(action, (("form", page.form_token),), has_own_token=True)


def alarm_text(minutes: int | None) -> str:
    """15 分钟前."""
    if minutes is None:
        return _("不提醒")
    if minutes % 1440 == 0:
        return _("提前 %(count)s 天", count=minutes // 1440)
    return _("提前 %(count)s 分钟", count=minutes)


def left_out_of(feeds: Collection[Feed]) -> str:
    """A sentence about the oldest entries that somebody's calendars had no room for; empty: all have room."""
    counts = feed_joining.left_out(edge.session(), feeds).values()
    return left_out_text(max(counts, default=0))


def left_out_text(count: int) -> str:
    """The same of one calendar."""
    return _("日历太大，最早的 %(count)s 项没有放进去，其余都在。", count=count) if count else ""


def _chosen(form: MultiDict[str, str], before: FeedOptions) -> FeedOptions:
    """The options as the form has them; what is none of ours stays as it was."""
    alarm = next((minutes for minutes in ALARMS if str(minutes or "") == form.get("alarm")), before.alarm_minutes)
    language = form.get("language", before.language)
    return replace(before, language=language, alarm_minutes=alarm, hides_names=form.get("names") == "hidden")


def _form() -> str:
    """The token of the form."""
    return request.form.get("form", "")


def _since(feed: Feed) -> str:
    return _day(feed.created_at)


def _day(moment: datetime) -> str:
    return wording.date_text(local(moment).date(), edge.lang())
