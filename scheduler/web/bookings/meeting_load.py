"""Meeting load: everybody's hours week by week for organizers, one's own for anybody else, with what could be one meeting."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from scheduler import edge, wording
from scheduler.core.bookings.meeting_load import MAX_CEILING, PersonWeek
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import PersonId
from scheduler.documents import graphs
from scheduler.documents.graphs import AxisMark, Bar, BarPart, Graph, Level, Tone
from scheduler.services.bookings import meeting_load as service
from scheduler.services.bookings.meeting_load import LoadQuery, MeetingLoad
from scheduler.web.bookings import pages
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.paging import here
from scheduler.web.page.words import when


@dataclass(frozen=True, slots=True)
class LoadCell:
    """Somebody's hours in one week, and where they are listed."""

    hours: float
    is_over: bool
    href: str


@dataclass(frozen=True, slots=True)
class LoadRow:
    """Somebody's weeks."""

    id: PersonId
    name: str
    cells: list[LoadCell | None]


@dataclass(frozen=True, slots=True)
class LoadWeek:
    """One week as a whole: how many people have something, and how many too much; of one person, how much."""

    monday: date
    hours: float
    bookings: int
    people: int
    people_href: str
    over: int
    over_href: str


@dataclass(frozen=True, slots=True)
class LoadedBooking:
    """One of somebody's bookings in a week that was opened."""

    href: str
    name: str
    when: str


@pages.get("/load")
@edge.policy(Action.BOOK, Action.SEE_OWN_ROW)
def load() -> ResponseReturnValue:
    """Hours of bookings by person and week; `over` or `week` narrows it to the people of one week."""
    fields = Fields(request.args)
    sees_all = access.may(edge.actor(), Action.BOOK)
    person = fields.person("person", facts.roster()) if sees_all else None
    ceiling = fields.number("ceiling", 1, MAX_CEILING) or edge.settings().meeting_hours
    query = LoadQuery(person, fields.day("from"), fields.day("to"), ceiling)
    try:
        told = service.meeting_load(edge.session(), edge.actor(), query, edge.clock())
    except Malformed as error:
        fields.take(error, "to")
        told = service.meeting_load(edge.session(), edge.actor(), LoadQuery(person, ceiling=ceiling), edge.clock())
    only, by_id = _opened(fields, told), told.by_id
    page = render_template(
        "bookings/load.html",
        fields=fields,
        told=told,
        sees_all=sees_all,
        rows=[] if told.person else _rows(told, only),
        weeks=_weeks(told),
        picture=Markup(graphs.svg(_picture(told))),  # noqa: S704 - drawn here from numbers
        listed=[_booking(by_id[number]) for week in only for number in week.bookings] if told.person else [],
        joinable=[
            (_booking(by_id[pair.earlier]), _booking(by_id[pair.later]), len(pair.people)) for pair in told.joinable
        ],
        everybody=facts.person_options(facts.names()) if sees_all else [],
        is_narrowed=bool(fields.typed("over") or fields.typed("week")),
    )
    return page, 200 if fields.is_valid else 422


def _opened(fields: Fields, told: MeetingLoad) -> list[PersonWeek]:
    """The weeks of people that are listed: all, those of one week, or those of one week that are too many."""
    over, monday = fields.day("over"), fields.day("week")
    if over:
        return [week for week in told.over if week.monday == over]
    return [week for week in told.weeks if monday in (None, week.monday)]


def _rows(told: MeetingLoad, only: list[PersonWeek]) -> list[LoadRow]:
    """A line for each person who is listed, by rank."""
    listed = {week.person for week in only}
    by_person: defaultdict[PersonId, dict[date, PersonWeek]] = defaultdict(dict)
    for week in told.weeks:
        by_person[week.person][week.monday] = week
    roster = facts.roster()
    return [
        LoadRow(person, roster.name(person), [_cell(by_person[person].get(monday), told) for monday in told.mondays])
        for person in roster.in_rank_order(listed)
    ]


def _cell(week: PersonWeek | None, told: MeetingLoad) -> LoadCell | None:
    """Somebody's week; None where they have nothing."""
    if week is None:
        return None
    days = {"from": told.first.isoformat(), "to": told.last.isoformat()}
    href = url_for("bookings.load", person=week.person, week=week.monday, ceiling=told.ceiling, **days)  # type: ignore[arg-type]  # `from` is no name in Python
    return LoadCell(week.hours, week.is_over(told.ceiling), href)


def _weeks(told: MeetingLoad) -> list[LoadWeek]:
    """Each week as a whole."""
    by_monday: defaultdict[date, list[PersonWeek]] = defaultdict(list)
    for week in told.weeks:
        by_monday[week.monday].append(week)
    return [
        LoadWeek(
            monday,
            sum(week.hours for week in by_monday[monday]),
            sum(len(week.bookings) for week in by_monday[monday]),
            len(by_monday[monday]),
            here(week=monday.isoformat(), over=None),
            sum(week.is_over(told.ceiling) for week in by_monday[monday]),
            here(over=monday.isoformat(), week=None),
        )
        for monday in told.mondays
    ]


def _picture(told: MeetingLoad) -> Graph:
    """Of one person the hours of each week against the ceiling; of everybody how many have too much, and how many not."""
    count = len(told.mondays)
    bars = []
    for number, week in enumerate(_weeks(told)):
        if told.person:
            parts = [BarPart(week.hours, Tone.WARN if week.over else Tone.MAIN)]
        else:
            parts = [BarPart(float(week.over), Tone.WARN), BarPart(float(week.people - week.over), Tone.SOFT)]
        bars.append(Bar((number + 0.2) / count, (number + 0.8) / count, tuple(parts)))
    marks = tuple(
        AxisMark((number + 0.5) / count, f"{monday.month}/{monday.day}")
        for number, monday in enumerate(told.mondays)
        if number % (count // 10 + 1) == 0
    )
    return Graph(marks, bars=tuple(bars), levels=(Level(float(told.ceiling)),) if told.person else ())


def _booking(booking: Booking) -> LoadedBooking:
    """A booking by its title or kind; who is in a talk stands on its own page."""
    name = booking.title or wording.label(booking.kind, edge.lang())
    return LoadedBooking(url_for("bookings.booking", booking_id=booking.id), f"{booking.id} {name}", when(booking.span))
