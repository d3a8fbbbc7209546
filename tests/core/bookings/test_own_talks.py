"""What one of a talk's people may do about it."""

import pytest

from scheduler.core.bookings.own_talks import Step, pressing, steps
from scheduler.core.feeds.visibility import SeenBooking, see
from scheduler.core.ground.bookings import Participant
from scheduler.core.ground.ids import PersonId
from tests.builders import a_booking, a_talk, an_actor, an_as_of, at

P01 = PersonId("p01")
CONFIRMED = Participant(P01, confirmed_at=at("2014-08-01T09:50"))
OTHER_CONFIRMED = Participant(PersonId("p02"), confirmed_at=at("2014-08-01T09:50"))


def seen(start: str = "2014-08-01T09:00", at_moment: str = "2014-08-01T10:00", **known: object) -> SeenBooking:
    """A talk of p01 and p02 as p01 sees it on its day."""
    as_of = an_as_of("2014-08-01", at_moment)
    return see(a_talk("T001", start, **known), an_actor("p01"), as_of)  # type: ignore[arg-type]


EARLY = "2014-08-01T08:00"


@pytest.mark.parametrize(
    ("talk", "now", "may"),
    [
        (seen(at_moment=EARLY), "2014-08-01T08:59", {Step.COME, Step.PROPOSE}),
        (seen(), "2014-08-01T09:00", {Step.HELD}),
        (seen(), "2014-08-20T09:00", {Step.HELD}),
        (seen(who=["p01", OTHER_CONFIRMED], is_awaiting=True), "2014-08-01T10:00", {Step.HELD}),
        (seen(who=["p01", OTHER_CONFIRMED], is_awaiting=True), "2014-08-01T08:00", set()),
        (seen(who=[CONFIRMED, "p02"], is_awaiting=True), "2014-08-01T10:00", set()),
        (seen(is_held=True), "2014-08-01T10:00", set()),
        (seen(at_moment=EARLY, is_cancelled=True), "2014-08-01T08:00", set()),
        (seen(at_moment=EARLY, who=["p02", "p03"]), "2014-08-01T08:00", set()),
    ],
)
def test_before_it_begins_it_is_moved_and_afterwards_confirmed(talk: SeenBooking, now: str, may: set[Step]) -> None:
    assert steps(P01, talk, at(now)) == may


def test_whoever_said_that_they_come_is_not_asked_again() -> None:
    assert steps(P01, seen(at_moment=EARLY), at("2014-08-01T08:00"), comes=True) == {Step.PROPOSE}


def test_a_meeting_is_no_talk() -> None:
    meeting = see(a_booking("E01"), an_actor("p01"), an_as_of())

    assert steps(P01, meeting, at("2014-06-01T08:00")) == set()
    assert pressing(P01, [meeting], at("2014-06-01T08:00")) == []


def test_what_waits_to_be_confirmed_comes_before_what_lies_ahead() -> None:
    def talk(name: str, start: str, **known: object) -> SeenBooking:
        return see(a_talk(name, start, **known), an_actor("p01"), an_as_of("2014-08-01"))  # type: ignore[arg-type]

    talks = [
        talk("T004", "2014-08-06T09:00"),
        talk("T003", "2014-08-05T09:00"),
        talk("T002", "2014-07-30T09:00"),
        talk("T001", "2014-07-29T09:00", who=[CONFIRMED, "p02"], is_awaiting=True),
        talk("T005", "2014-07-28T09:00", is_held=True),
        talk("T006", "2014-08-07T09:00", is_cancelled=True),
    ]

    assert [one.id for one in pressing(P01, talks, at("2014-08-01T08:00"))] == ["T002", "T003", "T004"]
