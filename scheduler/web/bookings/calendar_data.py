"""What the script of the calendar draws: days, entries, rows, and every word it says, in the visitor's language."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from flask import url_for

from scheduler import edge
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.bookings import OFF_SITE
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.web.bookings.calendar_entries import entry, wall
from scheduler.web.bookings.weeks import Day
from scheduler.web.page import facts
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.wording import dated_text, weekday_text

NOWHERE = "-"
"""The row of what has no room."""


def data(
    view: str, day: date, days: Sequence[Day], entries: list[dict[str, object]], rows: list[dict[str, str]]
) -> dict[str, object]:
    """Everything, ready to be written into the page."""
    table = facts.working_time()
    opens, closes = min(first for first, _last in table.blocks), max(last for _first, last in table.blocks)
    return {
        "view": view,
        "day": day.isoformat(),
        "now": wall(edge.clock().now),
        "first": days[0].day.isoformat(),
        "last": days[-1].day.isoformat(),
        "opens": f"{_before(opens):02}:00",
        "closes": f"{_after(closes):02}:00",
        "lunch": [f"{bound:%H:%M}" for bound in table.lunch] if table.lunch else [],
        "days": {column.day.isoformat(): _day(column) for column in days},
        "entries": entries,
        "rows": rows,
        "create": url_for("bookings.create_booking"),
        "taken": url_for("bookings.taken_for_talk"),
        "words": _words(),
    }


def entries(seen: Iterable[SeenBooking], names: Names) -> list[dict[str, object]]:
    """The bookings, each with an id of its own."""
    return [entry(booking, names, number) for number, booking in enumerate(seen)]


def room_rows(names: Names, only: RoomId | None) -> list[dict[str, str]]:
    """A row for each room, and one for what has none."""
    rooms = [room for room in names.rooms if only in (None, room)]
    rows = [{"id": str(room), "title": names.room(room)} for room in rooms]
    if only:
        return rows
    return [*rows, {"id": OFF_SITE, "title": names.room(OFF_SITE)}, {"id": NOWHERE, "title": _("未定场地")}]


def people_rows(names: Names, seen: Iterable[SeenBooking], only: PersonId | None) -> list[dict[str, str]]:
    """A row for everybody who is in something that day, in rank order."""
    people = {person for booking in seen for person in booking.people}
    if only:
        people = {only}
    listed = [person for person in names.roster.in_rank_order(people) if person in names.roster.people]
    return [{"id": person, "title": facts.person_text(names, person)} for person in listed]


def _day(column: Day) -> dict[str, object]:
    """A day as heads of columns and screen readers tell it."""
    lang = edge.lang()
    return {
        "number": str(column.day.day),
        "weekday": weekday_text(column.day, lang),
        "label": " ".join(filter(None, (dated_text(column.day, lang, with_year=True), column.note))),
        "note": column.note,
        "rest": not column.is_workday,
    }


def _before(clock: time) -> int:
    """The hour at which the calendar begins: half an hour before work does, or more."""
    return max(0, clock.hour if clock.minute >= 30 else clock.hour - 1)


def _after(clock: time) -> int:
    """The hour at which it ends."""
    return min(24, clock.hour + 1)


def _words() -> dict[str, str]:
    """Every word that the script says; `{…}` are filled in there."""
    return {
        "move": _("移动"),
        "place": _("排定"),
        "undo": _("撤销"),
        "undone": _("已撤销。"),
        "days": _("多天"),
        "close": _("关闭"),
        "elsewhere": _("换个时间或场地"),
        "more": _("还有 {count} 项"),
        "moved": _("已移到 {when}。"),
        "placed": _("已排定：{name}，{when}。"),
        "moving_what": _("移动：{name}"),
        "placing_what": _("排定：{name}"),
        "refused": _("“{name}”不能移到那里，已放回原处。"),
        "not_placed": _("“{name}”不能排在那里。"),
        "lost": _("连不上服务器，没有改动。请检查网络后再试。"),
        "signed_out": _("登录已过期，没有改动。请重新登录后再试。"),
        "failed": _("没有办成，请刷新页面后再试。"),
    }
