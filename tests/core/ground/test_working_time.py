"""Workdays with 调休, and hours of work."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time

import pytest

from scheduler.core.ground.spans import Span
from scheduler.core.ground.working_time import Workday
from tests.builders import ZONE, a_working_time, at
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


# ── What lasts several days ──────────────────────────────────────────────────────────────────────────────────────────
VISIT = Span(at("2014-08-11T09:00"), at("2014-08-13T17:00"))


def wall(spans: Iterable[Span]) -> list[str]:
    """Stretches as they are written: day, from, to."""
    return [f"{s.start.astimezone(ZONE):%d %H:%M}–{s.end.astimezone(ZONE):%H:%M}" for s in spans]


def test_an_event_of_days_takes_working_time_only() -> None:
    assert TABLE.is_of_days(VISIT)
    assert wall(TABLE.taken(VISIT)) == [
        "11 09:00–11:30", "11 13:30–17:30", "12 08:30–11:30", "12 13:30–17:30", "13 08:30–11:30", "13 13:30–17:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2014-08-11T09:00", "2014-08-11T21:00"),  # one day
        ("2014-08-11T09:00", "2014-08-12T00:00"),  # until midnight
        ("2014-08-11T19:00", "2014-08-12T02:00"),  # into the night
        ("2014-08-11T19:00", "2014-08-12T09:00"),  # over a night to work
    ],
)
def test_what_has_working_time_on_one_day_takes_all_of_its_time(start: str, end: str) -> None:
    span = Span(at(start), at(end))

    assert not TABLE.is_of_days(span)
    assert TABLE.taken(span) == (span,)


def test_days_off_are_taken_as_well() -> None:
    assert wall(TABLE.taken(Span(at("2014-06-01T14:00"), at("2014-06-02T10:00")))) == [
        "01 14:00–17:30",
        "02 08:30–10:00",
    ]


def test_blocks_that_touch_are_one_stretch() -> None:
    whole = replace(TABLE, blocks=((time(8), time(12)), (time(12), time(18))), lunch=None)

    assert wall(whole.taken(VISIT)) == ["11 09:00–18:00", "12 08:00–18:00", "13 08:00–17:00"]


@pytest.mark.parametrize(
    ("start", "end", "shared"),
    [
        ("2014-08-11T19:00", "2014-08-11T20:00", []),
        ("2014-08-12T11:30", "2014-08-12T13:30", []),
        ("2014-08-12T12:00", "2014-08-12T14:00", ["12 13:30–14:00"]),
        ("2014-08-12T17:00", "2014-08-14T09:00", ["12 17:00–17:30"]),
        ("2014-08-13T17:00", "2014-08-13T18:00", []),
    ],
)
def test_two_things_clash_where_both_take_their_time(start: str, end: str, shared: list[str]) -> None:
    other = Span(at(start), at(end))

    found = [TABLE.shared(VISIT, other), TABLE.shared(other, VISIT)]

    assert found[0] == found[1]
    assert wall(filter(None, found[:1])) == shared
