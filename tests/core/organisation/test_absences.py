"""When people cannot be had."""

from dataclasses import replace
from datetime import datetime

import pytest

from scheduler.core.feeds.outside_calendars import as_absence
from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.ids import PersonId
from scheduler.core.organisation.absences import hindering, is_available
from tests.builders import ZONE, a_span, an_absence

TRAINING = an_absence("p04", "2014-07-07", "2014-07-18", "党校脱产培训")
AFTERNOONS = replace(
    an_absence("s01", "2014-02-26", "2014-11-30"), only_weekdays=(1, 3), only_from="13:30", only_to="17:30"
)


@pytest.mark.parametrize("start", ["2014-07-07T00:00", "2014-07-10T09:00", "2014-07-18T23:00"])
def test_absence_hinders_on_each_of_its_days(start: str) -> None:
    assert hindering([TRAINING], [a_span(start, 60)], ZONE) == TRAINING


def test_absence_that_ends_at_midnight_does_not_hinder_the_next_day() -> None:
    assert hindering([TRAINING], [a_span("2014-07-06T23:00", 60)], ZONE) is None
    assert hindering([TRAINING], [a_span("2014-07-19T00:00", 60)], ZONE) is None


def test_absence_on_any_day_of_a_long_booking_hinders() -> None:
    assert hindering([TRAINING], [a_span("2014-07-05T09:00", 3 * 24 * 60)], ZONE) == TRAINING


@pytest.mark.parametrize(
    ("start", "minutes", "is_hindered"),
    [
        ("2014-07-01T13:30", 240, False),  # a Tuesday
        ("2014-07-03T16:45", 45, False),  # a Thursday
        ("2014-07-03T13:15", 45, True),
        ("2014-07-03T17:00", 45, True),
        ("2014-07-02T14:00", 45, True),  # a Wednesday
        ("2014-12-02T09:00", 45, False),  # after the range
    ],
)
def test_somebody_available_at_certain_hours_can_be_had_then(start: str, minutes: int, is_hindered: bool) -> None:
    assert (hindering([AFTERNOONS], [a_span(start, minutes)], ZONE) is not None) == is_hindered


def test_two_available_hours_add_up() -> None:
    mornings = replace(AFTERNOONS, id=2, only_weekdays=(0,), only_from="09:00", only_to="11:00")

    assert hindering([AFTERNOONS, mornings], [a_span("2014-07-07T09:00")], ZONE) is None
    assert hindering([AFTERNOONS, mornings], [a_span("2014-07-08T13:30")], ZONE) is None
    assert hindering([mornings, AFTERNOONS], [a_span("2014-07-09T09:00")], ZONE) == AFTERNOONS


def test_a_whole_day_off_counts_more_than_available_hours() -> None:
    leave = Absence(3, AFTERNOONS.person, TRAINING.first, TRAINING.last, "年休假")

    assert hindering([AFTERNOONS, leave], [a_span("2014-07-08T14:00")], ZONE) == leave


def test_hours_hold_up_to_their_very_end() -> None:
    day = datetime(2014, 7, 1)  # noqa: DTZ001 - wall-clock time

    assert is_available(AFTERNOONS, day.date(), day.replace(hour=13, minute=30), day.replace(hour=17, minute=30))


def test_what_somebody_is_busy_with_elsewhere_hinders_while_it_lasts() -> None:
    elsewhere = as_absence(PersonId("p01"), a_span("2014-07-08T14:00", 60), ZONE)

    assert hindering([elsewhere], [a_span("2014-07-08T14:30")], ZONE) == elsewhere
    assert hindering([elsewhere], [a_span("2014-07-08T15:00")], ZONE) is None
    assert hindering([elsewhere], [a_span("2014-07-08T13:00", 60)], ZONE) is None


def test_an_absence_is_told_rather_than_what_is_elsewhere_at_the_same_time() -> None:
    elsewhere = as_absence(PersonId("p01"), a_span("2014-07-07T09:00", 60), ZONE)

    assert hindering([elsewhere, TRAINING], [a_span("2014-07-07T09:00")], ZONE) == TRAINING
    assert hindering([elsewhere, AFTERNOONS], [a_span("2014-07-07T09:00")], ZONE) == AFTERNOONS
