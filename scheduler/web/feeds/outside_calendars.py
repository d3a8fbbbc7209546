"""Calendars that people keep elsewhere: what is known of them, a new one, and what can be done with each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.feeds.outside_calendars import OutsideCalendar
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import CalendarId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.services.feeds import outside_calendars as service
from scheduler.services.feeds.outside_calendars import MAX_NAME_LENGTH, Fetching
from scheduler.web.feeds import pages
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed, local
from scheduler.wording import calendars as words
from scheduler.wording.texts import say

ADDED_AN_HOUR = "20/hour"
"""Calendars that one account may try to add."""


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A calendar as pages print it."""

    id: CalendarId
    name: str
    is_on: bool
    is_fetched: bool
    read: str
    error: str
    skipped: str
    guesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BusyDay:
    """A day with the times at which somebody is busy."""

    day: str
    times: str


def lines(person: PersonId) -> list[CalendarLine] | None:
    """Somebody's calendars as far as the viewer may know them; None: they may not know of any."""
    actor = edge.actor()
    is_own = person == actor.person and access.may(actor, Action.EDIT_OWN_CALENDARS)
    if not (is_own or access.may(actor, Action.EDIT_CALENDARS)):
        return None
    calendars = service.listing(edge.session(), actor, person, edge.clock())
    return [_line(calendar, place) for place, calendar in enumerate(calendars, 1)]


def _line(calendar: OutsideCalendar, place: int) -> CalendarLine:
    lang = edge.lang()
    return CalendarLine(
        calendar.id,
        calendar.name or _("日历 %(number)s", number=place),
        calendar.is_on,
        calendar.next_at is not None,
        wording.moment_text(local(calendar.good_at), lang) if calendar.good_at else "",
        words.error_text(calendar.error, lang) if calendar.error else "",
        listed(f"{words.skipped_text(skipped.reason, lang)} × {skipped.count}" for skipped in calendar.skipped),
        tuple(
            _("时区“%(name)s”按 %(zone)s 处理。", name=guess.name, zone=guess.zone)
            if guess.name
            else _("没有写时区的时间按 %(zone)s 处理。", zone=guess.zone)
            for guess in calendar.zone_guesses
        ),
    )


@pages.get("/people/<person_id>/calendars")
@edge.policy(Action.EDIT_OWN_CALENDARS, Action.EDIT_CALENDARS)
def calendars(person_id: str) -> ResponseReturnValue:
    """Somebody's calendars, and when they are busy in the next two weeks."""
    return _page(_known(person_id), Fields({}))


def _known(person_id: str) -> PersonId:
    """Somebody of today's roster."""
    if PersonId(person_id) not in facts.roster().people:
        raise NotFound("person", person_id)
    return PersonId(person_id)


def _page(person: PersonId, fields: Fields) -> str:
    actor = edge.actor()
    blocks = service.blocks(edge.session(), actor, person, edge.clock())
    return render_template(
        "feeds/outside_calendars.html",
        person=person,
        name=facts.names().person(person),
        is_self=person == actor.person,
        lines=lines(person),
        days=list(_days(blocks)),
        fields=fields,
        longest=MAX_NAME_LENGTH,
    )


def _days(blocks: tuple[Span, ...]) -> Iterator[BusyDay]:
    """Busy times by the day they begin on."""
    by_day: dict[date, list[str]] = {}
    for block in blocks:
        start, end = local(block.start), local(block.end)
        by_day.setdefault(start.date(), []).append(_when(start, end))
    for day, times in by_day.items():
        yield BusyDay(wording.dated_text(day, edge.lang()), listed(times))


def _when(start: datetime, end: datetime) -> str:
    """From when to when: hours within a day, whole days, or both ends in full."""
    if start.date() == end.date():
        return f"{wording.time_text(start)}–{wording.time_text(end)}"
    if start.time() == end.time() == time.min:
        last = end.date() - timedelta(days=1)
        return _("全天") if start.date() == last else wording.days_text(start.date(), last, edge.lang())
    return wording.span_text(start, end, edge.lang())


@pages.post("/people/<person_id>/calendars")
@edge.policy(Action.EDIT_OWN_CALENDARS, Action.EDIT_CALENDARS)
@once
@edge.takes(edge.CALENDAR)
def add_calendar(person_id: str) -> ResponseReturnValue:
    """Add a calendar, by its address or from a file."""
    person, fields = _known(person_id), Fields(request.form)
    name, address = fields.text("name", most=MAX_NAME_LENGTH), fields.text("address", most=2_000)
    file = request.files.get("file")
    if not address and not (file and file.filename):
        fields.refuse("address", _("请填写地址，或选择一个 .ics 文件。"))
    if fields.is_valid:
        edge.spend(ADDED_AN_HOUR, "calendars", edge.actor().account or str(edge.actor().person))
        try:
            if address:
                service.add(edge.session(), edge.actor(), person, address, name, edge.clock(), _fetching())
            elif file:
                service.upload(edge.session(), edge.actor(), person, file.read(), name, edge.clock())
            flash(_("已加入。请核对下面的忙碌时段。"), "good")
            return redirect(url_for("feeds.calendars", person_id=person), 303)
        except Malformed as error:
            fields.values.setdefault("file", "")
            fields.take(error, "address")
    return _page(person, fields), 422


@pages.post("/calendars/<int:number>/refresh")
@edge.policy(Action.EDIT_OWN_CALENDARS, Action.EDIT_CALENDARS)
def refresh_calendar(number: int) -> ResponseReturnValue:
    """Fetch a calendar now."""
    try:
        refreshed = service.refresh(edge.session(), edge.actor(), CalendarId(number), edge.clock(), _fetching())
        if refreshed.error:
            flash(_("这次没有取到，原有的忙碌时段还在。"), "warn")
        else:
            flash(_("已更新。"), "good")
    except Malformed as error:
        flash(say(words.ERRORS[error.kind], edge.lang()), "warn")
    return _back()


@pages.post("/calendars/<int:number>/switch")
@edge.policy(Action.EDIT_OWN_CALENDARS, Action.EDIT_CALENDARS)
def switch_calendar(number: int) -> ResponseReturnValue:
    """Let a calendar count, or not."""
    is_on = request.form.get("on") == "1"
    service.switch(edge.session(), edge.actor(), CalendarId(number), edge.clock(), is_on=is_on)
    flash(_("已计入：忙碌时不会被排日程。") if is_on else _("不再计入。"), "good")
    return _back()


@pages.post("/calendars/<int:number>/remove")
@edge.policy(Action.EDIT_OWN_CALENDARS, Action.EDIT_CALENDARS)
@once
def remove_calendar(number: int) -> ResponseReturnValue:
    """Forget a calendar."""
    service.remove(edge.session(), edge.actor(), CalendarId(number), edge.clock())
    flash(_("已删除，它的忙碌时段也不再保留。"), "good")
    return _back()


def _fetching() -> Fetching:
    return Fetching(edge.settings().fetch_allow, edge.settings().calendar_every)


def _back() -> ResponseReturnValue:
    return redirect(edge.local_path(request.form.get("next"), url_for("me.me")), 303)
