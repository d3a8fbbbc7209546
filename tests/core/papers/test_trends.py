"""Where coverage leads, whose hours there are, and how much a week holds."""

from datetime import date

import pytest

from scheduler.core.coverage.report import cover
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import DayRange
from scheduler.core.papers import trends
from scheduler.core.papers.trends import BurnUp, WeekLoad
from scheduler.core.rules.requirements import Severity
from scheduler.core.sessions.study import Attendance, Attended
from tests.builders import a_booking, a_talk, a_working_time, an_as_of
from tests.core.asked import a_requirement, a_resolution

FIRST = date(2014, 7, 1)


def burn_up(*held: str, required: int = 4, as_of: str = "2014-07-20", window: DayRange | None = None) -> BurnUp | None:
    """What talks of p01 with p02, p03 … on these days come to, of so many that are asked."""
    asked = [
        a_requirement(("p01", f"p{2 + n:02}"), window=window or DayRange(FIRST, date(2014, 8, 18)))
        for n in range(required)
    ]
    asked.append(a_requirement(("p01", "p90"), severity=Severity.OPTIONAL))
    talks = [a_talk(f"T{n:03}", f"{day}T09:00", ("p01", f"p{2 + n:02}"), is_held=True) for n, day in enumerate(held)]
    return trends.burn_up(cover(a_resolution(*asked), talks, an_as_of(as_of)), FIRST)


def test_each_week_has_what_was_covered_by_its_end() -> None:
    told = burn_up("2014-07-03", "2014-07-06", "2014-07-07")

    assert told
    assert (told.days[-3:], told.covered[-3:], told.required) == (
        (date(2014, 7, 6), date(2014, 7, 13), date(2014, 7, 20)), (2, 3, 3), 4,
    )  # fmt: skip


def test_the_forecast_goes_on_as_in_the_last_four_weeks() -> None:
    told = burn_up("2014-07-03", "2014-07-06")

    assert told
    assert told.done_by == date(2014, 8, 17)  # two in 28 days, two to go


@pytest.mark.parametrize("held", [(), ("2014-06-01",), ("2014-07-03", "2014-07-03", "2014-07-03", "2014-07-03")])
def test_without_a_pace_or_without_a_rest_there_is_no_forecast(held: tuple[str, ...]) -> None:
    told = burn_up(*held, window=DayRange(date(2014, 5, 1), None))

    assert told
    assert told.done_by is None


def test_so_slow_a_pace_that_no_calendar_holds_it_is_none() -> None:
    assert trends._done_by([date(2014, 7, 1)], 10**7, date(2014, 7, 2)) is None


def test_where_nothing_is_asked_there_is_nothing_to_draw() -> None:
    assert burn_up(required=0) is None


def test_hours_are_those_that_count_by_the_day() -> None:
    session = a_booking("S01", Kind.STUDY_SESSION, "2014-07-02T08:30", minutes=180)
    entries = [
        Attendance(BookingId("S01"), PersonId("p01"), Attended.ATTENDED),
        Attendance(BookingId("S01"), PersonId("p02"), Attended.ON_LEAVE, date(2014, 8, 30)),
        Attendance(BookingId("S02"), PersonId("p03"), Attended.ATTENDED),
    ]

    hours = trends.hours_by_person([session], entries, an_as_of("2014-07-31"), a_working_time())

    assert hours == {"p01": 3.0, "p02": 0.0}


def test_weeks_go_from_the_first_that_holds_anything_to_the_last() -> None:
    bookings = [
        a_talk("T001", "2014-07-01T09:00"),
        a_booking("E01", start="2014-07-02T09:00"),
        a_talk("T002", "2014-07-16T09:00"),
        a_talk("T003", "2014-07-17T09:00", is_cancelled=True),
        a_talk("T004", "2014-08-04T09:00"),
    ]
    days = DayRange(FIRST, date(2014, 7, 31))

    assert trends.week_loads(bookings, days, an_as_of("2014-07-31")) == (
        WeekLoad(date(2014, 6, 30), 1, 1), WeekLoad(date(2014, 7, 7), 0, 0), WeekLoad(date(2014, 7, 14), 1, 0),
    )  # fmt: skip
    assert trends.week_loads([], days, an_as_of("2014-07-31")) == ()
