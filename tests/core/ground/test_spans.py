"""Stretches of time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.core.ground.spans import (
    DayRange,
    Span,
    at_wall,
    lasting,
    local_days,
    midnight,
    next_midnight,
    shown_twice,
)
from tests.builders import ZONE, a_span, at


def test_a_span_needs_zones_and_ends_after_it_starts() -> None:
    naive = datetime(2014, 7, 1, 9)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="zone"):
        Span(naive, at("2014-07-01T10:00"))
    with pytest.raises(ValueError, match="zone"):
        Span(at("2014-07-01T08:00"), naive)
    with pytest.raises(ValueError, match="ends after"):
        Span(at("2014-07-01T09:00"), at("2014-07-01T09:00"))


def test_a_span_knows_its_length() -> None:
    assert a_span(minutes=90).hours == 1.5
    assert a_span(minutes=90).length.total_seconds() == 5400


NEW_YORK = ZoneInfo("America/New_York")
"""Clocks go forward on 9 March 2014 at 2:00 and back on 2 November at 2:00."""


def wall(text: str) -> datetime:
    moment = at_wall(datetime.fromisoformat(text), NEW_YORK)
    assert moment is not None
    return moment


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2014-03-09T01:30", "2014-03-09T04:00"),
        ("2014-11-02T01:30", "2014-11-02T02:00"),
        ("2014-07-01T09:00", "2014-07-01T10:30"),
    ],
)
def test_minutes_are_real_ones_though_clocks_jump(starts: str, ends: str) -> None:
    span = lasting(wall(starts), 90)

    assert span.length == timedelta(minutes=90)
    assert f"{span.end:%Y-%m-%dT%H:%M}" == ends


def test_a_time_that_clocks_skip_is_no_moment() -> None:
    assert at_wall(datetime(2014, 3, 9, 2, 30), NEW_YORK) is None  # noqa: DTZ001 - as it is typed


def test_both_moments_of_an_autumn_night_can_be_said() -> None:
    first, second = wall("2014-11-02T01:30"), wall("2014-11-02T01:30-05:00")

    assert (first.astimezone(UTC).hour, second.astimezone(UTC).hour) == (5, 6)
    assert shown_twice(first)
    assert shown_twice(second)
    assert not shown_twice(wall("2014-11-02T02:00"))
    assert not shown_twice(wall("2014-03-09T03:00"))


def test_days_are_in_a_range_up_to_and_with_its_last() -> None:
    july = DayRange(date(2014, 7, 1), date(2014, 7, 31))

    assert date(2014, 7, 1) in july
    assert date(2014, 7, 31) in july
    assert date(2014, 8, 1) not in july
    assert date(2014, 6, 30) not in july
    assert date.min in DayRange(None, None)
    with pytest.raises(ValueError, match="on or after"):
        DayRange(date(2014, 7, 2), date(2014, 7, 1))


def test_ranges_share_days() -> None:
    july, since = DayRange(date(2014, 7, 1), date(2014, 7, 31)), DayRange(date(2014, 7, 20), None)

    assert july.intersection(since) == DayRange(date(2014, 7, 20), date(2014, 7, 31))
    assert july.intersection(DayRange(None, None)) == july
    assert july.intersection(DayRange(date(2014, 8, 1), None)) is None
    assert DayRange(None, None).intersection(DayRange(None, None)) == DayRange(None, None)


def test_midnight_is_local_and_told_in_utc() -> None:
    assert midnight(date(2014, 7, 1), ZONE) == datetime(2014, 6, 30, 16, tzinfo=UTC)
    assert next_midnight(date(2014, 7, 1), ZONE) == datetime(2014, 7, 1, 16, tzinfo=UTC)


def test_the_ends_of_the_calendar_do_no_harm() -> None:
    assert midnight(date.min, ZONE) == datetime.min.replace(tzinfo=UTC)
    assert next_midnight(date.max, ZONE) == datetime.max.replace(tzinfo=UTC)
    assert midnight(date.max, ZoneInfo("America/New_York")) == datetime(9999, 12, 31, 5, tzinfo=UTC)


def test_local_days_cut_a_span_at_midnight() -> None:
    span = Span(at("2014-07-01T22:00"), at("2014-07-03T02:00"))

    assert [(day.day, f"{start:%H:%M}", f"{end:%d %H:%M}") for day, start, end in local_days(span, ZONE)] == [
        (1, "22:00", "02 00:00"),
        (2, "00:00", "03 00:00"),
        (3, "00:00", "03 02:00"),
    ]


def test_a_span_up_to_midnight_does_not_touch_the_next_day() -> None:
    assert [day.day for day, _, _ in local_days(Span(at("2014-07-01T22:00"), at("2014-07-02T00:00")), ZONE)] == [1]


def test_the_last_day_there_is_can_be_walked() -> None:
    span = Span(at("9999-12-31T09:00"), at("9999-12-31T10:00"))

    assert [day for day, _, _ in local_days(span, ZONE)] == [date.max]
