"""On which days meetings come round."""

from datetime import date

import pytest

from scheduler.core.ground.working_time import Workday
from scheduler.core.sessions.rhythms import LAST, DayOff, Rhythm, Round, days
from tests.builders import a_working_time

OFF = Workday(is_workday=False, note="国庆节")
TIME = a_working_time({"2014-10-01": OFF, "2014-10-02": OFF})
FIRST, LAST_DAY = date(2014, 9, 2), date(2014, 10, 31)


def on(rhythm: Rhythm, first: date = FIRST, last: date = LAST_DAY) -> list[str]:
    return [f"{day:%m-%d}" for day in days(rhythm, first, last, TIME)]


def test_every_second_wednesday_counts_from_the_first_week() -> None:
    assert on(Rhythm(Round.WEEKS, 2, (2,))) == ["09-03", "09-17", "10-15", "10-29"]
    assert on(Rhythm(Round.WEEKS, 1, (2, 4)), last=date(2014, 9, 12)) == ["09-03", "09-05", "09-10", "09-12"]
    assert on(Rhythm(Round.WEEKS, 1, (0,)), last=date(2014, 9, 12)) == ["09-08"]  # the first Monday lies before


@pytest.mark.parametrize(
    ("day_off", "expected"),
    [(DayOff.SKIP, []), (DayOff.NEXT, ["10-03"]), (DayOff.KEEP, ["10-01"])],
)
def test_what_becomes_of_a_day_off(day_off: DayOff, expected: list[str]) -> None:
    week = Rhythm(Round.WEEKS, 1, (2,), day_off=day_off)

    assert on(week, date(2014, 9, 29), date(2014, 10, 5)) == expected


def test_a_day_moved_beyond_the_last_or_onto_another_is_none() -> None:
    week = Rhythm(Round.WEEKS, 1, (2, 3, 4), day_off=DayOff.NEXT)

    assert on(week, date(2014, 9, 29), date(2014, 10, 2)) == []
    assert on(week, date(2014, 9, 29), date(2014, 10, 5)) == ["10-03"]


def test_the_nth_workday_of_each_month() -> None:
    assert on(Rhythm(Round.WORKDAY, nth=1)) == ["10-03"]  # 1 September lies before
    assert on(Rhythm(Round.WORKDAY, nth=LAST)) == ["09-30", "10-31"]
    assert on(Rhythm(Round.WORKDAY, nth=22)) == ["09-30"]  # October has no 22nd


def test_the_nth_weekday_of_each_month() -> None:
    assert on(Rhythm(Round.WEEKDAY, weekdays=(4,), nth=2)) == ["09-12", "10-10"]
    assert on(Rhythm(Round.WEEKDAY, weekdays=(0, 4), nth=LAST)) == ["09-26", "09-29", "10-27", "10-31"]
    assert on(Rhythm(Round.WEEKDAY, weekdays=(4,), nth=5)) == ["10-31"]


def test_two_months_of_days_off_have_no_next_workday() -> None:
    closed = a_working_time(
        {f"2014-{month}-{day:02}": OFF for month in (10, 11) for day in range(1, 31)} | {"2014-10-31": OFF}
    )

    assert days(Rhythm(Round.WEEKS, 1, (2,), day_off=DayOff.NEXT), date(2014, 10, 1), date(2014, 10, 8), closed) == []
