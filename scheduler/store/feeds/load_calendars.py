"""Calendars kept elsewhere, read from rows; and everything that keeps people away, wherever it is known from."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.feeds.outside_calendars import OutsideCalendar, Skipped, ZoneGuess, as_absence
from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import CalendarId, PersonId
from scheduler.core.ground.intervals import merged
from scheduler.core.ground.spans import Span, midnight, next_midnight
from scheduler.store.base import HIGHEST
from scheduler.store.feeds.calendar_rows import OutsideBusyRow, OutsideCalendarRow
from scheduler.store.organisation.load import absences
from scheduler.store.upserts import table_of

_CALENDAR, _BUSY = table_of(OutsideCalendarRow).c, table_of(OutsideBusyRow).c


def away(
    session: Session, people: Collection[PersonId] | None, first: date, last: date, zone: ZoneInfo
) -> tuple[Absence, ...]:
    """What keeps these people, or anybody, away on the days from `first` to `last`: absences, then what is busy elsewhere."""
    query = (
        select(_CALENDAR.person_id, _BUSY.starts_at, _BUSY.ends_at)
        .join_from(OutsideBusyRow, OutsideCalendarRow, _CALENDAR.id == _BUSY.calendar_id)
        .where(
            _CALENDAR.is_on.is_(True),
            _BUSY.starts_at < next_midnight(last, zone),
            _BUSY.ends_at > midnight(first, zone),
        )
    )
    if people is not None:
        query = query.where(_CALENDAR.person_id.in_(people))
    busy: dict[PersonId, list[Span]] = {}
    for person, starts, ends in session.execute(query):
        busy.setdefault(PersonId(person), []).append(Span(starts, ends))
    elsewhere = (
        as_absence(person, span, zone) for person in sorted(busy) for span in merged(busy[person], even_touching=False)
    )
    return (*absences(session, people, first, last), *elsewhere)


def calendar(session: Session, calendar_id: CalendarId) -> OutsideCalendar:
    """One calendar. Raises NotFound."""
    return _calendar(row_of(session, calendar_id))


def row_of(session: Session, calendar_id: CalendarId) -> OutsideCalendarRow:
    """The row of a calendar. Raises NotFound."""
    row = session.get(OutsideCalendarRow, calendar_id, populate_existing=True) if calendar_id <= HIGHEST else None
    if row is None:
        raise NotFound("calendar", str(calendar_id))
    return row


def calendars(session: Session, person: PersonId | None = None) -> list[OutsideCalendar]:
    """The calendars of somebody, or of everybody, in the order they were added."""
    query = select(OutsideCalendarRow).order_by(OutsideCalendarRow.id)
    if person is not None:
        query = query.where(OutsideCalendarRow.person_id == person)
    return [_calendar(row) for row in session.scalars(query.execution_options(populate_existing=True))]


def due(session: Session, now: datetime, most: int) -> list[CalendarId]:
    """The calendars that are to be fetched by now, those first that wait longest."""
    query = select(_CALENDAR.id).where(_CALENDAR.next_at <= now).order_by(_CALENDAR.next_at, _CALENDAR.id).limit(most)
    return [CalendarId(calendar_id) for calendar_id in session.scalars(query)]


def busy(session: Session, calendar_id: CalendarId, within: Span) -> list[Span]:
    """When a calendar shows its owner as busy, as far as it touches a stretch of time."""
    query = (
        select(_BUSY.starts_at, _BUSY.ends_at)
        .where(_BUSY.calendar_id == calendar_id, _BUSY.starts_at < within.end, _BUSY.ends_at > within.start)
        .order_by(_BUSY.starts_at)
    )
    return [Span(starts, ends) for starts, ends in session.execute(query)]


def _calendar(row: OutsideCalendarRow) -> OutsideCalendar:
    return OutsideCalendar(
        CalendarId(row.id), PersonId(row.person_id), row.name, row.host, row.is_on, row.added_at, row.good_at,
        row.tried_at, row.failures, row.error, row.next_at,
        tuple(Skipped(reason, count) for reason, count in row.skipped),
        tuple(ZoneGuess(name, guess) for name, guess in row.zone_guesses),
    )  # fmt: skip
