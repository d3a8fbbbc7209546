"""Workdays with 调休."""

from datetime import date

from scheduler.core.ground.working_time import Workday
from tests.builders import a_working_time
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
