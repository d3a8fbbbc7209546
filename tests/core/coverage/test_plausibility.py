"""What one would ask about in a ledger."""

from dataclasses import replace
from typing import Any

import pytest

from scheduler.core.coverage.plausibility import LATE_DAYS, MANY_A_DAY, PlausibilityFacts, oddities
from scheduler.core.ground.bookings import OFF_SITE, Booking, Kind
from scheduler.core.ground.ids import RoomId
from tests.builders import a_booking, a_room, a_roster, a_talk, a_working_time, an_absence, at

DAY = "2014-07-01"


def odd(*talks: Booking, bookings: tuple[Booking, ...] = (), **known: Any) -> dict[str, list[str]]:
    """The kinds of what is odd about each of these talks."""
    facts = PlausibilityFacts(
        talks=talks, bookings=(*talks, *bookings), absences=known.get("absences", ()), roster=a_roster(),
        rooms={RoomId("R04"): a_room("R04")}, working_time=a_working_time(),
    )  # fmt: skip
    return {talk: [finding.kind for finding in found] for talk, found in oddities(facts).items()}


def a_held_talk(number: int, *people: str, hour: int = 9, **more: Any) -> Booking:
    return a_talk(f"T{number}", f"{DAY}T{hour:02}:00", people or ("p01", "p02"), is_held=True, **more)


def test_a_talk_like_any_other_is_none_of_them() -> None:
    assert odd(a_held_talk(1), a_held_talk(2, "p03", "p04", hour=10)) == {}


@pytest.mark.parametrize(("count", "is_told"), [(MANY_A_DAY, True), (MANY_A_DAY - 1, False)])
def test_many_talks_of_one_person_in_a_day(count: int, is_told: bool) -> None:
    talks = [a_held_talk(n, "p01", f"p{n + 2:02}", hour=8 + n) for n in range(count)]

    assert odd(*talks) == ({talk.id: ["many_in_a_day"] for talk in talks} if is_told else {})


def test_somebody_or_the_room_was_taken_at_the_same_time() -> None:
    meeting = a_booking("E1", Kind.SYMPOSIUM, f"{DAY}T09:30", 60, ("p02",), "R04")

    assert odd(a_held_talk(1, room="R04"), bookings=(meeting,)) == {"T1": ["was_taken", "was_taken"]}
    assert odd(a_held_talk(1, hour=11, room="R04"), bookings=(meeting,)) == {}
    assert odd(a_held_talk(1, room="R04"), bookings=(replace(meeting, is_cancelled=True),)) == {}
    elsewhere = replace(meeting, participants=(), room=RoomId(OFF_SITE))
    assert odd(a_held_talk(1, room=str(OFF_SITE)), bookings=(elsewhere,)) == {}, "off site is no one place"


def test_what_lasts_several_days_takes_its_people_on_each_of_them() -> None:
    course = a_booking("E1", Kind.MEETING, "2014-06-30T08:30", 3 * 24 * 60, ("p02",))

    assert odd(a_held_talk(1), bookings=(course,)) == {"T1": ["was_taken"]}
    assert odd(a_held_talk(1, hour=12), bookings=(course,)) == {}, "lunches are free"


def test_somebody_was_away() -> None:
    assert odd(a_held_talk(1), absences=(an_absence("p02", DAY, DAY),)) == {"T1": ["was_away"]}
    assert odd(a_held_talk(1), absences=(an_absence("p03", DAY, DAY),)) == {}


@pytest.mark.parametrize(("day", "is_told"), [(1 + LATE_DAYS, False), (2 + LATE_DAYS, True)])
def test_entered_long_after(day: int, is_told: bool) -> None:
    talk = a_held_talk(1, recorded_at=at(f"2014-07-{day:02}T08:00"))

    assert odd(talk) == ({"T1": ["entered_late"]} if is_told else {})
