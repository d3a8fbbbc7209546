"""Signing in by a code that changes."""

from datetime import timedelta

import pytest

from scheduler.core.ground.bookings import Kind, Part
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.core.sessions import arrivals
from scheduler.core.sessions.arrivals import Arriver, Freshness
from scheduler.core.sessions.study import Attended
from tests.builders import at

S22, KEY = BookingId("S22"), "a key of tests"
SHOWN = at("2014-08-13T08:20")
SPAN = Span(at("2014-08-13T08:30"), at("2014-08-13T10:00"))


def after(seconds: int) -> Freshness:
    """What the code of a moment is worth so many seconds later."""
    code = arrivals.code(KEY, S22, SHOWN)
    return arrivals.freshness(code, KEY, S22, SHOWN + timedelta(seconds=seconds))


def test_a_code_is_good_for_its_step_and_a_few_seconds_more() -> None:
    assert [after(seconds) for seconds in (0, 29, 30, 44)] == [Freshness.GOOD] * 4
    assert [after(seconds) for seconds in (45, 60, 3000)] == [Freshness.EXPIRED] * 3
    assert after(3 * 3600) is Freshness.UNKNOWN
    assert after(-1) is Freshness.UNKNOWN


def test_a_code_is_of_one_booking_and_one_key() -> None:
    code = arrivals.code(KEY, S22, SHOWN)

    assert len(code) == 12
    assert arrivals.freshness(code, KEY, BookingId("S21"), SHOWN) is Freshness.UNKNOWN
    assert arrivals.freshness(code, "another key", S22, SHOWN) is Freshness.UNKNOWN
    assert arrivals.freshness("码", KEY, S22, SHOWN) is Freshness.UNKNOWN


@pytest.mark.parametrize(
    ("moment", "is_open"), [("07:59", False), ("08:00", True), ("08:30", True), ("09:59", True), ("10:00", False)]
)
def test_one_signs_in_from_half_an_hour_before_until_the_end(moment: str, is_open: bool) -> None:
    assert arrivals.is_open(SPAN, at(f"2014-08-13T{moment}")) is is_open


def test_late_is_who_signs_in_after_the_minute_of_the_start() -> None:
    def status(moment: str, part: Part | None = Part.ATTENDEE) -> Attended:
        return arrivals.status(at(f"2014-08-13T{moment}"), SPAN, part)

    assert [status("08:05"), status("08:30:59"), status("08:31")] == [
        Attended.ATTENDED, Attended.ATTENDED, Attended.LATE,
    ]  # fmt: skip
    assert status("09:00", Part.OBSERVER) is Attended.OBSERVER
    assert status("09:00", None) is Attended.LATE


def test_numbers_that_are_shown_are_not_given_twice() -> None:
    assert arrivals.free_number(7, {"07", "08"}) == "09"
    assert arrivals.free_number(99, {"99"}) == "00"


def test_a_seat_is_a_persons_or_a_guests() -> None:
    with pytest.raises(ValueError, match="person's or a guest's"):
        Arriver()
    assert Arriver(person=PersonId("p01")) == Arriver(person=PersonId("p01"))
    assert not arrivals.has_sign_in(Kind.TALK)
