"""Bookings, and what became of them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scheduler.core.ground.bookings import AsOf, Booking, Kind, Size, State
from tests.builders import ZONE, a_booking, a_talk, an_as_of, at


def test_people_are_named_in_their_order() -> None:
    assert a_talk(who=["p02", "p01"]).people == ("p02", "p01")


def test_a_group_talk_is_called_so_or_has_three_people() -> None:
    assert not a_talk().is_group_talk
    assert a_talk(size=Size.GROUP).is_group_talk
    assert a_talk(who=["p01", "p02", "p03"]).is_group_talk
    assert not a_booking(kind=Kind.MEETING, who=["p01", "p02", "p03"]).is_group_talk


def test_the_day_is_the_local_one() -> None:
    late = a_talk(start="2014-07-01T23:30")

    assert late.day(ZONE) == date(2014, 7, 1)
    assert replace(late, span=a_talk(start="2014-07-02T00:30").span).day(ZONE) == date(2014, 7, 2)


def test_a_day_ends_at_the_next_local_midnight() -> None:
    assert an_as_of("2014-08-01").day_ends == datetime(2014, 8, 1, 16, tzinfo=UTC)
    assert AsOf(date.max, at("9999-12-31T10:00"), ZONE).day_ends == datetime.max.replace(tzinfo=UTC)


AT_NOON = an_as_of("2014-07-01", "2014-07-01T12:00")


@pytest.mark.parametrize(
    ("booking", "state"),
    [
        (a_talk(start="2014-07-01T12:00"), State.BOOKED),
        (a_talk(start="2014-07-01T11:30"), State.BOOKED),  # still going on
        (a_talk(start="2014-07-01T11:15"), State.AWAITING_CONFIRMATION),
        (a_booking(start="2014-07-01T11:15"), State.HELD),
        (a_booking(start="2014-07-01T11:30"), State.BOOKED),
        (a_talk(start="2014-07-01T15:00", is_held=True), State.HELD),  # confirmed for its own day
        (a_talk(start="2014-07-02T09:00", is_held=True), State.BOOKED),
        (a_talk(start="2014-07-02T09:00", is_awaiting=True), State.AWAITING_CONFIRMATION),
        (
            a_talk(start="2014-07-02T09:00", is_awaiting=True, awaiting_since=at("2014-07-01T12:00")),
            State.AWAITING_CONFIRMATION,
        ),
        (a_talk(start="2014-07-02T09:00", is_awaiting=True, awaiting_since=at("2014-07-01T13:00")), State.BOOKED),
        (a_talk(is_cancelled=True), State.CANCELLED),
        (a_talk(is_cancelled=True, is_held=True, cancelled_at=at("2014-07-01T12:00")), State.CANCELLED),
        (a_talk(is_cancelled=True, is_held=True, cancelled_at=at("2014-07-01T12:01")), State.HELD),
    ],
)
def test_the_state_of_a_booking_at_noon(booking: Booking, state: State) -> None:
    assert booking.state(AT_NOON) is state


@pytest.mark.parametrize(
    ("start", "recorded", "is_known"),
    [
        ("2014-07-01T23:00", "2014-07-05T09:00", True),  # entered afterwards
        ("2014-07-02T09:00", None, True),
        ("2014-07-02T09:00", "2014-07-01T11:00", True),
        ("2014-07-02T09:00", "2014-07-01T13:00", False),
    ],
)
def test_a_booking_is_known_once_it_is_dated_or_recorded(start: str, recorded: str | None, is_known: bool) -> None:
    talk = a_talk(start=start, recorded_at=at(recorded) if recorded else None)

    assert talk.was_known(AT_NOON) == is_known
