"""Calendars kept elsewhere, written to rows. Nothing here commits."""

from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from scheduler.core.feeds.outside_calendars import BusyTimes
from scheduler.core.ground.ids import CalendarId, PersonId
from scheduler.store.feeds.calendar_rows import OutsideBusyRow, OutsideCalendarRow
from scheduler.store.feeds.load_calendars import row_of


def new_calendar(
    session: Session, person: PersonId, name: str, address: str | None, host: str, now: datetime
) -> CalendarId:
    """Write a calendar that was just added; its id is given here."""
    row = OutsideCalendarRow(person_id=person, name=name, address=address, host=host, added_at=now)
    session.add(row)
    session.flush()
    return CalendarId(row.id)


def keep_busy(
    session: Session, calendar_id: CalendarId, busy_times: BusyTimes, now: datetime, next_at: datetime | None
) -> None:
    """Write what was read of a calendar, in place of all that was known before. Raises NotFound."""
    row = row_of(session, calendar_id)
    row.good_at = row.tried_at = now
    row.failures, row.error, row.next_at = 0, "", next_at
    row.skipped = [(skipped.reason, skipped.count) for skipped in busy_times.skipped]
    row.zone_guesses = [(zone_guess.name, zone_guess.zone) for zone_guess in busy_times.zone_guesses]
    session.execute(delete(OutsideBusyRow).where(OutsideBusyRow.calendar_id == calendar_id))
    if busy_times.busy:
        times = [{"calendar_id": calendar_id, "starts_at": span.start, "ends_at": span.end} for span in busy_times.busy]
        session.execute(insert(OutsideBusyRow), times)


def failed(session: Session, calendar_id: CalendarId, error: str, now: datetime, next_at: datetime | None) -> None:
    """Write that a calendar could not be read; what was known before stays. Raises NotFound."""
    row = row_of(session, calendar_id)
    row.tried_at, row.error, row.next_at = now, error, next_at
    row.failures += 1


def switch(session: Session, calendar_id: CalendarId, *, is_on: bool) -> None:
    """Write whether a calendar counts. Raises NotFound."""
    row_of(session, calendar_id).is_on = is_on


def remove(session: Session, calendar_id: CalendarId) -> None:
    """Delete a calendar and all that is known of it."""
    session.execute(delete(OutsideCalendarRow).where(OutsideCalendarRow.id == calendar_id))


def remove_all(session: Session, person: PersonId) -> None:
    """Delete everything that is known of somebody's calendars."""
    session.execute(delete(OutsideCalendarRow).where(OutsideCalendarRow.person_id == person))
