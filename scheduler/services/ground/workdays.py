"""The workday table: which days off are worked and which workdays are off, year by year, as published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground import access, written
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.working_time import SATURDAY, Workday
from scheduler.core.organisation.facts import Subject
from scheduler.services.ground import journal
from scheduler.store import writing
from scheduler.store.imports import plain_facts
from scheduler.store.organisation.rows import WorkdayRow

SOURCE = "chinesecalendar"


@dataclass(frozen=True, slots=True)
class WorkdayYear:
    """What the table says of a year; days that it does not name are workdays from Monday to Friday."""

    year: int
    is_published: bool
    source: str
    days: Mapping[date, Workday]


@writing.verb
def seed(session: Session, clock: Clock) -> None:
    """Fill in the years that the published calendars know, where nothing stands yet; harmless when done again."""
    import chinese_calendar  # takes a moment, and is needed once

    del clock  # every verb is given one
    writing.begin(session)
    published = plain_facts.years_published(session)
    years = {day.year for day in chinese_calendar.holidays} - published
    if not years:
        session.rollback()
        return
    named = plain_facts.existing(session, Subject.WORKDAY)
    days = {
        day.isoformat(): {"day": day, "is_workday": exception.is_workday, "note": exception.note}
        for day, exception in _exceptions()
        if day.year in years and day.isoformat() not in named
    }
    plain_facts.save(session, Subject.WORKDAY, days, {})
    plain_facts.publish_years(session, dict.fromkeys(years, SOURCE))


def _exceptions() -> Iterator[tuple[date, Workday]]:
    """The days on which a published calendar differs from the week: holidays from Monday to Friday, worked weekends."""
    import chinese_calendar

    for day, holiday in chinese_calendar.holidays.items():
        if day.weekday() < SATURDAY:
            yield day, Workday(is_workday=False, note=_chinese(holiday))
    for day, holiday in chinese_calendar.workdays.items():
        if day.weekday() >= SATURDAY:
            yield day, Workday(is_workday=True, note=f"{_chinese(holiday)}调休上班")


def _chinese(name: str) -> str:
    """A holiday's Chinese name (`Dragon Boat Festival` is 端午节)."""
    import chinese_calendar

    chinese = next((str(holiday.chinese) for holiday in chinese_calendar.Holiday if name == holiday.value), str(name))
    return f"{chinese}节" if chinese in ("清明", "端午", "中秋") else chinese


def years(session: Session, actor: Actor, clock: Clock) -> list[int]:
    """The years whose holidays are published."""
    del clock  # every verb is given one
    access.require(actor, Action.SEE_ORGANISATION)
    return sorted(plain_facts.years_published(session))


def of_year(session: Session, actor: Actor, year: int, clock: Clock) -> WorkdayYear:
    """What the table says of a year."""
    del clock  # every verb is given one
    access.require(actor, Action.SEE_ORGANISATION)
    _check_year(year)
    row = WorkdayRow
    query = (
        select(row.day, row.is_workday, row.note)
        .where(row.day.between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(row.day)
    )
    days = {day: Workday(is_workday, note) for day, is_workday, note in session.execute(query)}
    sources = plain_facts.year_sources(session)
    return WorkdayYear(year, year in sources, sources.get(year, ""), days)


@writing.verb
def edit_day(session: Session, actor: Actor, day: date, workday: Workday, clock: Clock) -> None:
    """Say of a day whether people work, and why."""
    access.require(actor, Action.EDIT_PROGRAMME)
    _check_year(day.year)
    if len(workday.note) > written.MAX_LINE:
        raise Malformed("too_long", "note", longest=written.MAX_LINE)
    writing.begin(session)
    key, fields = day.isoformat(), {"day": day, "is_workday": workday.is_workday, "note": workday.note.strip()}
    is_named = session.get(WorkdayRow, day) is not None
    plain_facts.save(session, Subject.WORKDAY, {} if is_named else {key: fields}, {key: fields} if is_named else {})
    journal.note(session, actor, "edited", "workday", key, clock, is_workday=workday.is_workday)


@writing.verb
def publish(session: Session, actor: Actor, year: int, clock: Clock, *, is_published: bool = True) -> None:
    """Say that the holidays of a year are known now, or that they are not after all; days that are named stay."""
    access.require(actor, Action.EDIT_PROGRAMME)
    _check_year(year)
    writing.begin(session)
    if is_published:
        plain_facts.publish_years(session, {year: journal.name_of(actor)})
    else:
        plain_facts.withdraw_year(session, year)
    journal.note(session, actor, "published" if is_published else "withdrawn", "workday_year", str(year), clock)


def _check_year(year: int) -> None:
    if year not in written.YEARS:
        raise Malformed("out_of_range", "year", value=year, first=written.YEARS.start, last=written.YEARS.stop - 1)
