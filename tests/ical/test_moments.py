"""Dates, moments and lengths in the words of an .ics."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.ical.lines import Property
from scheduler.ical.moments import Length, LocalMoment, each, length, length_of, moment, period
from scheduler.ical.recurrence import Odd
from scheduler.ical.zones import Zones

SHANGHAI, TOKYO = ZoneInfo("Asia/Shanghai"), ZoneInfo("Asia/Tokyo")
ZONES = Zones([], SHANGHAI)
NINE, DAY = datetime(2014, 8, 4, 9), datetime(2014, 8, 4)  # noqa: DTZ001 - on the wall


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Property("20140804T090000"), LocalMoment(NINE, SHANGHAI)),
        (Property("20140804T090000Z"), LocalMoment(NINE, UTC)),
        (Property("20140804T090000z", {"TZID": "Asia/Tokyo"}), LocalMoment(NINE, UTC)),
        (Property("20140804T090000", {"TZID": "Asia/Tokyo"}), LocalMoment(NINE, TOKYO)),
        (Property("20140804"), LocalMoment(DAY, SHANGHAI, is_day=True)),
        (Property("20140804T085960"), LocalMoment(NINE - timedelta(seconds=1), SHANGHAI)),
    ],
)
def test_a_moment_has_a_wall_clock(found: Property, expected: LocalMoment) -> None:
    assert moment(found, ZONES) == expected


def test_a_moment_without_a_zone_takes_the_one_beside_it() -> None:
    assert moment(Property("20140804T090000"), ZONES, of=TOKYO).zone is TOKYO
    assert moment(Property("20140804T090000", {"TZID": "Asia/Shanghai"}), ZONES, of=TOKYO).zone == SHANGHAI


def test_a_moment_is_shown_on_other_clocks() -> None:
    assert LocalMoment(NINE, SHANGHAI).on(TOKYO).hour == 10
    assert LocalMoment(NINE, SHANGHAI).on(SHANGHAI) is NINE


@pytest.mark.parametrize("text", ["", "tomorrow", "2014-08-04", "20140804T09", "٢٠١٤٠٨٠٤"])
def test_what_is_no_moment_is_odd(text: str) -> None:
    with pytest.raises(Odd):
        moment(Property(text), ZONES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT1H30M", timedelta(minutes=90)),
        ("P1DT2S", timedelta(days=1, seconds=2)),
        ("+P2W", timedelta(weeks=2)),
        ("-PT15M", timedelta(minutes=-15)),
        (" pt1h ", timedelta(hours=1)),
    ],
)
def test_a_length_is_read(text: str, expected: timedelta) -> None:
    assert length(text).total == expected


@pytest.mark.parametrize("text", ["", "P", "PT", "1H", "P1H", "PT1.5H", "PT99999999999999H"])
def test_what_is_no_length_is_odd(text: str) -> None:
    with pytest.raises(Odd):
        length(text)


def test_days_go_by_the_clock_on_the_wall_and_hours_by_what_goes_by() -> None:
    assert length("P1W2DT3H") == Length(timedelta(days=9), timedelta(hours=3))


def test_a_midnight_that_is_called_a_date_is_a_day_and_a_day_has_no_zone() -> None:
    assert moment(Property("20140804T000000", {"VALUE": "DATE"}), ZONES) == LocalMoment(DAY, SHANGHAI, is_day=True)
    assert moment(Property("20140804", {"TZID": "Asia/Tokyo"}), ZONES) == LocalMoment(DAY, SHANGHAI, is_day=True)


def test_lists_hold_moments_and_periods() -> None:
    line = Property("20140804T090000,20140804T090000Z/PT2H, 20140804T090000/20140804T100000")

    assert [
        (start.zone, lasts and lasts.total) for start, lasts in (period(one, ZONES, TOKYO) for one in each(line))
    ] == [
        (TOKYO, None),
        (UTC, timedelta(hours=2)),
        (TOKYO, timedelta(hours=1)),
    ]


def test_a_length_is_exact_or_in_days() -> None:
    assert length_of(LocalMoment(NINE, SHANGHAI), LocalMoment(NINE, UTC)) == Length(exact=timedelta(hours=8))
    assert length_of(
        LocalMoment(NINE, SHANGHAI), LocalMoment(DAY + timedelta(days=1), SHANGHAI, is_day=True)
    ) == Length(nominal=timedelta(hours=15))
