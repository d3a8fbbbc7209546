"""A week as a table."""

from datetime import date, datetime

from flask import Flask

from scheduler import edge
from scheduler.core.ground.access import OPERATOR
from scheduler.web.bookings.weeks import WeekLine, week_of


def line(name: str) -> WeekLine:
    return WeekLine("", name, "talk", "", "", "", "", "", "booked", is_talk=True, state_shown=False)


def test_entries_stand_on_their_days_before_and_after_noon_by_time(site_app: Flask) -> None:
    entries = [
        (datetime(2014, 8, 5, 12, 0), line("noon")),  # noqa: DTZ001 - the wall clock
        (datetime(2014, 8, 5, 9, 30), line("second")),  # noqa: DTZ001
        (datetime(2014, 8, 5, 8, 30), line("first")),  # noqa: DTZ001
        (datetime(2014, 8, 11, 9, 0), line("next week")),  # noqa: DTZ001
    ]
    with site_app.test_request_context():
        edge.act_as(OPERATOR)
        days = week_of(date(2014, 8, 4), entries)

    assert [one.day.day for one in days] == [4, 5, 6, 7, 8, 9, 10]
    assert [one.is_workday for one in days] == [True] * 5 + [False] * 2
    assert [one.name for one in days[1].morning] == ["first", "second"]
    assert [one.name for one in days[1].afternoon] == ["noon"]
    assert sum(len(one.morning) + len(one.afternoon) for one in days) == 3
