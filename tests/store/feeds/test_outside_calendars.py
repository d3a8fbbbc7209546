"""Calendars kept elsewhere in rows, on both databases."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.core.feeds.outside_calendars import BusyTimes, Skipped, ZoneGuess
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import CalendarId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.store import load
from scheduler.store.feeds import load_calendars, save_calendars
from scheduler.store.feeds.calendar_rows import OutsideBusyRow
from tests.builders import REAL, a_span
from tests.seeds import an_organisation

SHANGHAI = ZoneInfo("Asia/Shanghai")
P01, P02 = PersonId("p01"), PersonId("p02")
NOW = REAL.replace(microsecond=0)
BUSY = (a_span("2014-08-05T09:00", 60), a_span("2014-08-05T23:00", 120))
FOUND = BusyTimes(BUSY, (Skipped("cancelled", 2),), (ZoneGuess("", "Asia/Shanghai"),))


@pytest.fixture
def session(session: Session) -> Session:
    an_organisation(session)
    session.commit()
    return session


def _added(session: Session, person: PersonId = P01) -> CalendarId:
    made = save_calendars.new_calendar(session, person, "家", "https://cal.example.org/a.ics", "cal.example.org", NOW)
    save_calendars.keep_busy(session, made, FOUND, NOW, NOW + timedelta(hours=2))
    session.commit()
    return made


def test_what_is_written_is_read_back(session: Session) -> None:
    made = _added(session)

    (found,) = load_calendars.calendars(session, P01)

    assert found == load_calendars.calendar(session, made)
    assert (found.name, found.host, found.is_on, found.good_at) == ("家", "cal.example.org", True, NOW)
    assert (found.skipped, found.zone_guesses) == (FOUND.skipped, FOUND.zone_guesses)
    assert load_calendars.busy(session, made, a_span("2014-08-05T09:59", 1)) == [Span(BUSY[0].start, BUSY[0].end)]
    assert load_calendars.busy(session, made, a_span("2014-08-05T10:00", 60)) == []
    assert load_calendars.calendars(session, P02) == []
    assert load_calendars.calendars(session) == [found]


def test_reading_again_takes_the_place_of_what_was_known_and_failing_does_not(session: Session) -> None:
    made = _added(session)
    save_calendars.failed(session, made, "cut_off", NOW, NOW + timedelta(hours=4))
    assert load_calendars.busy(session, made, a_span("2014-08-01T00:00", 60 * 24 * 30)) == list(BUSY)
    assert load_calendars.calendar(session, made).failures == 1

    save_calendars.keep_busy(session, made, BusyTimes(), NOW, None)

    assert load_calendars.busy(session, made, a_span("2014-08-01T00:00", 60 * 24 * 30)) == []
    assert load_calendars.calendar(session, made).error == ""


def test_what_is_due_comes_in_the_order_of_its_waiting(session: Session) -> None:
    first, second = _added(session), _added(session, P02)
    save_calendars.failed(session, first, "cut_off", NOW, NOW + timedelta(hours=3))

    assert load_calendars.due(session, NOW + timedelta(hours=1), 9) == []
    assert load_calendars.due(session, NOW + timedelta(hours=3), 9) == [second, first]
    assert load_calendars.due(session, NOW + timedelta(hours=3), 1) == [second]


def test_a_busy_time_over_midnight_touches_both_days(session: Session) -> None:
    made = _added(session)
    for day, count in ((4, 0), (5, 2), (6, 1), (7, 0)):
        assert len(load.away(session, [P01], date(2014, 8, day), date(2014, 8, day), SHANGHAI)) == count, day
    save_calendars.switch(session, made, is_on=False)
    assert load.away(session, None, date(2014, 8, 5), date(2014, 8, 5), SHANGHAI) == ()


def test_removing_takes_the_times_along(session: Session) -> None:
    save_calendars.remove(session, _added(session))
    _added(session)
    _added(session, P02)
    save_calendars.remove_all(session, P01)

    assert session.scalar(select(func.count()).select_from(OutsideBusyRow)) == 2
    with pytest.raises(NotFound):
        load_calendars.row_of(session, CalendarId(99))
