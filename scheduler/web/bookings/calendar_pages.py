"""The calendar: week, day, month, rooms and people as tables that a script draws as a calendar; and the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Kind, State
from scheduler.core.ground.ids import RoomId
from scheduler.services.bookings import acts as service
from scheduler.services.bookings.acts import Query
from scheduler.web.bookings import calendar_data, choices, pages
from scheduler.web.bookings.lines import day_lines, kind_choices, line_of, many_acts, room_choices
from scheduler.web.bookings.weeks import DAYS, Day, days_from
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.paging import here, page_of
from scheduler.web.page.texts import _, pgettext
from scheduler.web.page.words import dated, days
from scheduler.wording import period_text

DAYS_BEFORE = 7
STANDING = "standing"
"""Only what is not cancelled is listed: what a figure counts."""
"""The list begins a week ago unless asked otherwise."""


class View(StrEnum):
    """How the calendar is looked at."""

    WEEK = "week"
    DAY = "day"
    MONTH = "month"
    ROOMS = "rooms"
    PEOPLE = "people"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Seg:
    """One way to look at it, and whether it is this one."""

    href: str
    name: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ShownDays:
    """The days a view shows around one of them, and those before and after."""

    first: date
    last: date
    heading: str
    before: date
    after: date
    words: tuple[str, str, str]
    """What the ways there are called: before, now, after."""


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """What the calendar prints besides its filters."""

    shown: ShownDays
    weeks: list[list[Day]]
    """The tables: what one sees without script, on a phone and on paper."""
    before_href: str
    now_href: str
    after_href: str
    data: dict[str, object]
    """What the script draws."""
    open_href: str
    """Where the talks are told that are not arranged yet; empty for those who do not arrange."""
    rooms: list[tuple[str, list[Choice]]]

    @property
    def days(self) -> list[Day]:
        """All days in a row."""
        return [day for week in self.weeks for day in week]


@pages.get("/bookings")
@edge.policy(Action.SEE_ORGANISATION)
def bookings() -> ResponseReturnValue:
    """The calendar, narrowed by kind, room and person; the address says which days and how."""
    fields = Fields(request.args)
    names = facts.names()
    view = fields.choice("view", View, View.WEEK) or View.WEEK
    kind = fields.choice("kind", Kind)
    room = fields.one_of("room", names.rooms)
    person = fields.person("person", names.roster)
    common = {
        "view": view,
        "views": _views(view),
        "fields": fields,
        "kind_choices": kind_choices(),
        "room_choices": room_choices(names),
        "people_options": facts.person_options(names),
        "may_book": any(access.may(edge.actor(), action) for action in booking_rights.ARRANGING),
    }
    query = Query(person=person, room=RoomId(room) if room else None, kind=kind)
    return (_list if view is View.LIST else _calendar)(fields, query, names, common)


def _calendar(fields: Fields, query: Query, names: Names, common: dict[str, object]) -> ResponseReturnValue:
    """The days around the one asked for."""
    view = View(str(common["view"]))
    today = facts.today()
    day = fields.day("day") or today
    shown = _shown_days(view, day)
    first, last = _drawn(view, shown)
    narrowed = Query(query.person, query.room, query.kind, first, last)
    seen = service.listing(edge.session(), edge.actor(), narrowed, edge.clock())
    standing = [booking for booking in seen if booking.state != State.CANCELLED]
    drawn = days_from(first, last, [line for booking in standing for line in day_lines(booking, names)])
    page = CalendarPage(
        shown,
        [drawn[number : number + DAYS] for number in range(0, len(drawn), DAYS)],
        before_href=here(day=shown.before.isoformat()),
        now_href=here(day=None),
        after_href=here(day=shown.after.isoformat()),
        data=_data(view, day, drawn, standing, names, query),
        open_href=_open_href(view, fields),
        rooms=choices.room_groups(names),
    )
    return render_template("bookings/calendar.html", page=page, today=today, day=day, **common)


def _views(view: View) -> list[Seg]:
    """All ways to look, this one marked."""
    called = {
        View.WEEK: _("周"), View.DAY: pgettext("view", "日"), View.MONTH: pgettext("view", "月"),
        View.ROOMS: _("场地"), View.PEOPLE: _("人员"), View.LIST: _("列表"),
    }  # fmt: skip
    return [
        Seg(
            here(view=None if each is View.WEEK else each.value, first=None, last=None, page=None),
            name,
            each is view,
        )
        for each, name in called.items()
    ]


def _shown_days(view: View, day: date) -> ShownDays:
    """What a view shows of the time around a day."""
    if view is View.WEEK:
        monday = day - timedelta(days=day.weekday())
        week, last = timedelta(days=DAYS), monday + timedelta(days=DAYS - 1)
        told = days(monday, last) + (f" · {monday.year}" if monday.year != facts.today().year else "")
        return ShownDays(
            monday, last, told, monday - week, monday + week, (_("上一周"), _("本周"), _("下一周"))
        )  # fmt: skip
    if view is View.MONTH:
        first = day.replace(day=1)
        after = (first + timedelta(days=31)).replace(day=1)
        before = (first - timedelta(days=1)).replace(day=1)
        told = period_text(f"{first:%Y-%m}", edge.lang())
        return ShownDays(
            first, after - timedelta(days=1), told, before, after, (_("上一月"), _("本月"), _("下一月"))
        )  # fmt: skip
    a_day = timedelta(days=1)
    told = dated(day, with_year=True)
    return ShownDays(day, day, told, day - a_day, day + a_day, (_("前一天"), _("今天"), _("后一天")))


def _drawn(view: View, shown: ShownDays) -> tuple[date, date]:
    """The days that are drawn: of a month whole weeks."""
    if view is not View.MONTH:
        return shown.first, shown.last
    first = shown.first - timedelta(days=shown.first.weekday())
    return first, shown.last + timedelta(days=DAYS - 1 - shown.last.weekday())


def _data(
    view: View, day: date, drawn: list[Day], seen: Sequence[SeenBooking], names: Names, query: Query
) -> dict[str, object]:
    """What the script draws, with the rows of rooms or people."""
    rows: list[dict[str, str]] = []
    if view is View.ROOMS:
        rows = calendar_data.room_rows(names, query.room)
    if view is View.PEOPLE:
        rows = calendar_data.people_rows(names, seen, query.person)
    return calendar_data.data(view.value, day, drawn, calendar_data.entries(seen, names), rows)


def _open_href(view: View, fields: Fields) -> str:
    """Where the talks are told that can be dropped on the calendar; a month has no hours to drop them on."""
    actor = edge.actor()
    arranges = access.may(actor, Action.BOOK) or access.may(actor, Action.BOOK_IN_BRANCH)
    if view is View.MONTH or not (arranges and access.may(actor, Action.SEE_COVERAGE)):
        return ""
    kept = {name: text for name in ("rule_set", "person") if (text := fields.typed(name))}
    return url_for("coverage.open_talks", **kept, next=here())  # type: ignore[arg-type]  # Flask types its values loosely


def _list(fields: Fields, query: Query, names: Names, common: dict[str, object]) -> ResponseReturnValue:
    """Everything from a day on, by start, cancelled ones included."""
    today = facts.today()
    first = fields.day("first") or today - timedelta(days=DAYS_BEFORE)
    last = fields.day("last")
    fields.values.setdefault("first", first.isoformat())
    narrowed = Query(query.person, query.room, query.kind, first, last, seen_campaign.named())
    seen = service.listing(edge.session(), edge.actor(), narrowed, edge.clock())
    if fields.typed("status") == STANDING:
        seen = [booking for booking in seen if booking.state != State.CANCELLED]
    pager = page_of(seen)
    lines = [line_of(line, names) for line in pager.lines]
    return render_template(
        "bookings/list.html",
        lines=lines,
        count=pager.total,
        pager=pager,
        acts=many_acts(),
        rooms=choices.room_groups(names),
        is_all_ticked=bool(fields.typed("tick")),
        **common,
    )
