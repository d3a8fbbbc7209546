"""What confirming, taking back and changing make of a talk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.bookings.confirmations import after_change, confirmed, taken_back
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.spans import Span
from tests.builders import a_booking, at

CHEN, WEN = PersonId("p01"), PersonId("p02")
TALK = a_booking(start="2014-07-01T09:00", minutes=45, who=["p01", "p02"])
FIRST, LATER = at("2014-07-01T10:00"), at("2014-07-02T10:00")
PEOPLE = (CHEN, WEN)


def moments(talk: Booking) -> list[object]:
    return [participant.confirmed_at for participant in talk.participants]


def test_one_side_waits_for_the_other_since_then() -> None:
    talk = confirmed(TALK, CHEN, FIRST)

    assert (talk.is_held, talk.is_awaiting, talk.awaiting_since) == (False, True, FIRST)
    assert moments(talk) == [FIRST, None]


def test_both_sides_make_it_held_and_a_second_word_changes_no_moment() -> None:
    talk = confirmed(confirmed(confirmed(TALK, CHEN, FIRST), CHEN, LATER), WEN, LATER)

    assert talk.is_held
    assert (moments(talk), talk.awaiting_since) == ([FIRST, LATER], FIRST)


def test_an_organizer_holds_for_all_and_one_who_says_so_afterwards_changes_nothing_of_it() -> None:
    talk = confirmed(confirmed(TALK, None, FIRST), CHEN, LATER)

    assert (talk.is_held, talk.is_awaiting, moments(talk)) == (True, False, [LATER, None])


def test_taking_back_leaves_the_other_ones_word_and_since_when() -> None:
    held = confirmed(confirmed(TALK, CHEN, FIRST), WEN, LATER)

    talk = taken_back(held, CHEN)

    assert (talk.is_held, talk.is_awaiting, talk.awaiting_since) == (False, True, LATER)
    assert moments(talk) == [None, LATER]


def test_taking_all_back_leaves_the_talk_as_if_nobody_had_spoken() -> None:
    assert taken_back(confirmed(confirmed(TALK, CHEN, FIRST), WEN, LATER)) == TALK
    assert taken_back(confirmed(TALK, None, FIRST)) == TALK


HELD = confirmed(confirmed(TALK, CHEN, FIRST), WEN, LATER)


@pytest.mark.parametrize(
    ("start", "people", "is_kept"),
    [
        ("2014-07-01T09:00", PEOPLE, True),  # another room, say
        ("2014-07-01T08:30", PEOPLE, True),  # corrected within the past
        ("2014-07-02T10:00", PEOPLE, True),  # begins right now
        ("2014-07-02T10:01", PEOPLE, False),
        ("2014-07-09T09:00", PEOPLE, False),
        ("2014-07-01T09:00", (CHEN, PersonId("p03")), False),
    ],
)
def test_a_correction_within_the_past_keeps_what_was_confirmed_and_another_talk_does_not(
    start: str, people: tuple[PersonId, ...], is_kept: bool
) -> None:
    span = Span(at(start), at(start).replace(hour=23))
    span = TALK.span if start == "2014-07-01T09:00" else span

    assert after_change(HELD, span, people, PEOPLE, now=LATER) == (HELD if is_kept else TALK)


@given(st.integers(-100_000, 100_000), st.integers(1, 600))
def test_moving_to_a_time_that_has_not_begun_always_clears_and_within_the_past_never(minutes: int, length: int) -> None:
    start = LATER.timestamp() + 60 * minutes
    span = Span(LATER.fromtimestamp(start, LATER.tzinfo), LATER.fromtimestamp(start + 60 * length, LATER.tzinfo))

    kept = after_change(HELD, span, PEOPLE, PEOPLE, now=LATER)

    assert kept == (TALK if span.start > LATER else HELD)
