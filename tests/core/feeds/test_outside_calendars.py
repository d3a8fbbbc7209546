"""Calendars that people keep elsewhere."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.core.feeds.outside_calendars import Unusable, as_absence, kept_window, wait_after
from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.spans import Span

SHANGHAI = ZoneInfo("Asia/Shanghai")


def _span(first: int, last: int) -> Span:
    return Span(datetime(2014, 8, 4, first, tzinfo=UTC), datetime(2014, 8, 4, last, tzinfo=UTC))


def test_busy_times_are_kept_from_a_week_back_to_a_year_ahead() -> None:
    window = kept_window(date(2014, 8, 1), SHANGHAI)

    assert window == Span(datetime(2014, 7, 24, 16, tzinfo=UTC), datetime(2015, 8, 1, 16, tzinfo=UTC))


@pytest.mark.parametrize(("failures", "hours"), [(0, 2), (1, 4), (2, 8), (3, 16), (4, 24), (100, 24)])
def test_the_wait_doubles_with_each_failure_up_to_a_day(failures: int, hours: int) -> None:
    assert wait_after(failures) == timedelta(hours=hours)


def test_a_busy_time_is_an_absence_of_its_days_that_tells_no_reason() -> None:
    assert as_absence(PersonId("p03"), _span(10, 20), SHANGHAI) == Absence(
        0, PersonId("p03"), date(2014, 8, 4), date(2014, 8, 5), busy=_span(10, 20)
    )


def test_why_a_calendar_is_of_no_use_is_one_word() -> None:
    assert Unusable("no_calendar").kind == "no_calendar"
