"""Meetings that come round by themselves: the form, each day with what is to be said of it, booking those that are ticked."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import OFF_SITE, Draft, Kind
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.findings import Findings
from scheduler.core.ground.ids import RoomId
from scheduler.core.ground.people import LEADERSHIP_TEAM
from scheduler.core.sessions.rhythms import LAST, MAX_WEEKS, DayOff, Rhythm, Round
from scheduler.core.sessions.series import MAX_SESSION_MINUTES
from scheduler.services.sessions import series as service
from scheduler.services.sessions.series import RegularSeries, SeriesOrder
from scheduler.web.bookings import choices
from scheduler.web.bookings.lines import kind_choices
from scheduler.web.page import facts
from scheduler.web.page.facts import Choice, PersonOption
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.web.page.words import local, when
from scheduler.web.sessions import pages
from scheduler.web.sessions.series import chosen_of

AHEAD = timedelta(days=92)
USUAL = {
    "by": Round.WEEKS.value,
    "every": "1",
    "nth": "1",
    "at": "09:00",
    "minutes": "120",
    "day_off": DayOff.SKIP.value,
}
NTHS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, LAST)
ORDER = ("kind", "title", "host", "audience", "people", "by", "every", "weekdays", "nth", "at", "minutes", "from", "to", "day_off", "room")  # fmt: skip


@dataclass(frozen=True, slots=True)
class RegularForm:
    """What the form offers besides the values of its fields."""

    kinds: list[Choice]
    audiences: list[choices.Ticked]
    ways: list[Choice]
    weekdays: list[choices.Ticked]
    nths: list[Choice]
    weeks: list[Choice]
    days_off: list[Choice]
    rooms: list[tuple[str, list[Choice]]]
    people_options: list[PersonOption]


@dataclass(frozen=True, slots=True)
class RegularLine:
    """One meeting as the page prints it; `value` is what the form sends to book it."""

    title: str
    when: str
    findings: Findings
    value: str

    @property
    def is_free(self) -> bool:
        """Whether it can be booked."""
        return not self.findings.blocking


@pages.get("/bookings/series/regular")
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
def regular() -> ResponseReturnValue:
    """The form; with `look` also the days on which it comes round."""
    fields, names = Fields(request.args), facts.names()
    if "look" not in request.args:
        _begin(fields, names)
        return _page(fields, names, None)
    series = _looked(fields, names)
    return _page(fields, names, series), 200 if fields.is_valid else 422


@pages.post("/bookings/series/regular")
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
@once
def book_regular() -> ResponseReturnValue:
    """Book the meetings that are ticked, or none and say which no longer fits."""
    fields, names = Fields(request.form), facts.names()
    series, chosen = _looked(fields, names), chosen_of(fields)
    if series is None or not chosen:
        fields.refuse("by", _("请至少勾选一次。"))
        return _page(fields, names, series), 422
    try:
        booked = service.book(edge.session(), edge.actor(), series.order, chosen, edge.clock())
    except Refused as no:
        for finding in no.blocking:
            fields.refuse("by", wording.text(finding, edge.lang()))
        return _page(fields, names, series), 409
    flash(_("已排定 %(count)s 次。", count=len(booked)), "good")
    first = local(booked[0].booking.span.start).date()
    return redirect(url_for("bookings.bookings", view="list", kind=series.order.kind, first=first.isoformat()), 303)


def _begin(fields: Fields, names: Names) -> None:
    """What the form begins with: a meeting of the leadership team each week for three months."""
    start = facts.next_workday()
    kind = fields.typed("kind") or Kind.MEETING
    words = choices.audience_words(names)
    usual = {"kind": kind, "from": start.isoformat(), "to": (start + AHEAD).isoformat(), **USUAL}
    usual["weekdays"] = str(start.weekday())
    usual["audience"] = LEADERSHIP_TEAM if LEADERSHIP_TEAM in words else next(iter(words), "")
    for name, value in usual.items():
        fields.values.setdefault(name, value)


def _looked(fields: Fields, names: Names) -> RegularSeries | None:
    """The meetings that the form asks for; None, with the reasons beside the fields, if there are none."""
    order, rhythm, at = _order(fields, names), _rhythm(fields), fields.clock("at", required=True)
    if not fields.is_valid or at is None:
        return None
    try:
        return service.regular(edge.session(), edge.actor(), order, rhythm, at, edge.clock())
    except Malformed as error:
        fields.take(error, "by")
        return None


def _order(fields: Fields, names: Names) -> SeriesOrder:
    """For whom, what and where."""
    kind = fields.choice("kind", Kind, Kind.MEETING) or Kind.MEETING
    room = fields.one_of("room", {*names.rooms, OFF_SITE})
    return SeriesOrder(
        kind=kind,
        minutes=fields.number("minutes", 1, MAX_SESSION_MINUTES, required=True) or 1,
        first=fields.day("from", required=True) or date.min,
        last=fields.day("to", required=True) or date.min,
        people=fields.people("people", names.roster),
        audience=fields.several_of("audience", choices.audience_words(names)),
        room=RoomId(room) if room else None,
        host=fields.person("host", names.roster),
        title=fields.text("title"),
    )


def _rhythm(fields: Fields) -> Rhythm:
    """How they come round."""
    by = fields.choice("by", Round, Round.WEEKS) or Round.WEEKS
    weekdays = tuple(sorted(int(day) for day in fields.several_of("weekdays", [str(day) for day in range(7)])))
    if by is not Round.WORKDAY and not weekdays:
        fields.refuse("weekdays", _("请选周几。"))
    nth = fields.one_of("nth", [str(number) for number in NTHS]) or "1"
    every = fields.number("every", 1, MAX_WEEKS) or 1
    day_off = fields.choice("day_off", DayOff, DayOff.SKIP) or DayOff.SKIP
    return Rhythm(by, every, weekdays, int(nth), day_off)


def _page(fields: Fields, names: Names, series: RegularSeries | None) -> str:
    lines = [_line(draft, findings) for draft, findings in series.sessions] if series else []
    ticked = set(fields.values.getlist("slot"))
    return render_template(
        "sessions/regular.html",
        fields=fields,
        form=_form(names),
        is_looked=series is not None,
        lines=lines,
        ticked=ticked or {line.value for line in lines if line.is_free},
        kept=[(name, value) for name in ORDER for value in fields.values.getlist(name)],
        free=sum(line.is_free for line in lines),
    )


def _line(draft: Draft, findings: Findings) -> RegularLine:
    start = local(draft.span.start)
    shown = Findings(findings.blocking, findings.warnings)
    return RegularLine(draft.title, when(draft.span), shown, f"{start:%Y-%m-%dT%H:%M} {draft.room or 'none'}")


def _form(names: Names) -> RegularForm:
    lang = edge.lang()
    return RegularForm(
        kinds=[choice for choice in kind_choices() if choice[0] != Kind.TALK],
        audiences=choices.audience_options(names),
        ways=[
            (Round.WEEKS.value, _("按周")),
            (Round.WORKDAY.value, _("每月第几个工作日")),
            (Round.WEEKDAY.value, _("每月第几个周几")),
        ],
        weekdays=[
            (str(day), wording.weekday_text(date(2024, 1, 1) + timedelta(days=day), lang), "") for day in range(7)
        ],
        nths=[
            (str(number), _("最后一个") if number == LAST else _("第 %(number)s 个", number=number)) for number in NTHS
        ],
        weeks=[(str(number), _every(number)) for number in range(1, 5)],
        days_off=[
            (DayOff.SKIP.value, _("不开")),
            (DayOff.NEXT.value, _("顺延到下一个工作日")),
            (DayOff.KEEP.value, _("照开")),
        ],
        rooms=choices.room_groups(names),
        people_options=facts.person_options(names),
    )


def _every(number: int) -> str:
    """How often, in weeks."""
    if number == 1:
        return _("每周")
    return _("隔一周") if number == 2 else _("每 %(number)s 周", number=number)
