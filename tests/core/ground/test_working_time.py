"""Workdays with 调休, and hours of work."""

from dataclasses import replace
from datetime import date, time

import pytest

from scheduler.core.ground.spans import Span
from scheduler.core.ground.working_time import Workday
from tests.builders import a_working_time, at
from tests.core.sample import working_time

TABLE = a_working_time({"2014-05-04": Workday(True, "劳动节调休上班"), "2014-06-02": Workday(False, "端午节")})


def test_the_table_knows_better_than_the_weekday() -> None:
    assert TABLE.is_workday(date(2014, 5, 4))
    assert not TABLE.is_workday(date(2014, 6, 2))
    assert TABLE.is_workday(date(2014, 6, 3))
    assert not TABLE.is_workday(date(2014, 6, 7))


def test_a_day_that_the_table_does_not_name_has_no_note() -> None:
    assert (TABLE.note(date(2014, 6, 2)), TABLE.note(date(2014, 6, 3))) == ("端午节", "")


def test_a_year_is_published_when_it_is() -> None:
    assert TABLE.is_published(2014)
    assert not TABLE.is_published(2015)


def test_workdays_before_a_day_leave_out_days_off() -> None:
    assert working_time().workdays_before(date(2014, 8, 20), 3) == date(2014, 8, 15)
    assert TABLE.workdays_before(date(2014, 6, 3), 1) == date(2014, 5, 30)
    assert TABLE.workdays_before(date(2014, 6, 3), 0) == date(2014, 6, 3)


def test_the_sample_campaign_has_187_workdays_and_its_talk_window_45() -> None:
    assert len(list(working_time().workdays_between(date(2014, 2, 26), date(2014, 11, 24)))) == 187
    assert len(list(working_time().workdays_between(date(2014, 6, 16), date(2014, 8, 15)))) == 45


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2014-08-11T08:30", "2014-08-11T17:30", 7.0),
        ("2014-08-12T10:00", "2014-08-12T14:00", 2.0),
        ("2014-03-05T08:30", "2014-03-05T11:30", 3.0),
        ("2014-08-11T08:30", "2014-08-13T17:30", 21.0),
        ("2014-08-11T08:00", "2014-08-14T08:00", 21.0),
        ("2014-06-01T14:00", "2014-06-02T10:00", 5.0),  # a Sunday and a holiday count as well
        ("2014-08-11T18:00", "2014-08-11T20:00", 0.0),
    ],
)
def test_hours_are_those_inside_the_blocks_of_each_day(start: str, end: str, hours: float) -> None:
    assert TABLE.hours_of(Span(at(start), at(end))) == hours


def test_a_day_has_no_more_hours_than_a_day_of_study() -> None:
    long_days = replace(TABLE, blocks=((time(8), time(12)), (time(13), time(19))))

    assert long_days.hours_of(Span(at("2014-08-11T08:00"), at("2014-08-12T19:00"))) == 14.0
