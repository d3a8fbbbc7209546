"""Who came of those expected, and whether that is a quorum."""

from fractions import Fraction

import pytest

from scheduler.core.ground.bookings import Part, Participant
from scheduler.core.ground.guests import Guest
from scheduler.core.ground.ids import BookingId, GuestId, PersonId
from scheduler.core.sessions.study import Attendance, Attended
from scheduler.core.sessions.turnout import quorum, turnout
from tests.builders import a_booking
from tests.core import sample_talks


@pytest.mark.parametrize(("expected", "needed"), [(0, 0), (1, 1), (8, 6), (9, 6), (13, 9), (22, 15), (34, 23)])
def test_two_thirds_of_those_expected_are_needed(expected: int, needed: int) -> None:
    assert quorum(expected) == needed


def test_another_share_may_be_asked() -> None:
    assert (quorum(34, Fraction(1, 2)), quorum(35, Fraction(1, 2)), quorum(10, Fraction(1))) == (17, 18, 10)


def test_meetings_of_the_sample() -> None:
    meetings = {name: turnout(sample_talks.event(name), []) for name in ("E10", "E11", "E12")}

    assert {name: (of.expected, of.needed) for name, of in meetings.items()} == {
        "E10": (8, 6),
        "E11": (13, 9),
        "E12": (34, 23),
    }
    assert meetings["E10"].observers == 4


def test_who_was_late_was_there_and_observers_and_strangers_do_not_count() -> None:
    watching = Participant(PersonId("s01"), Part.OBSERVER)
    meeting = a_booking("E10", who=["p01", "p02", "p03", "p04", "p05", watching])
    said = {
        "p01": Attended.ATTENDED,
        "p02": Attended.LATE,
        "p03": Attended.LEFT_EARLY,
        "p04": Attended.ON_LEAVE,
        "s01": Attended.ATTENDED,
        "p99": Attended.ATTENDED,
    }
    attendance = [Attendance(BookingId("E10"), PersonId(person), status) for person, status in said.items()]

    found = turnout(meeting, attendance)

    assert (found.expected, found.present, found.unrecorded, found.observers) == (5, 3, 1, 1)
    assert (found.late, found.left_early, found.on_leave, found.absent) == (1, 1, 1, 0)
    assert (found.needed, found.is_quorate) == (4, False)
    assert turnout(meeting, [*attendance, Attendance(BookingId("E10"), PersonId("p05"), Attended.LATE)]).is_quorate


def test_where_nobody_is_expected_there_is_no_quorum() -> None:
    assert not turnout(a_booking("E10", who=[]), []).is_quorate


def test_guests_of_the_roster_are_not_expected_and_do_not_count() -> None:
    retired = Guest(GuestId("L01"), "钟鼎铭", person=PersonId("p04"))
    watching = Guest(GuestId("L02"), "某某", person=PersonId("s01"))
    observer = Participant(PersonId("s01"), Part.OBSERVER)
    meeting = a_booking("E06", who=["p01", "p02", "p03", "p04", observer], guests=(retired, watching))
    said = [Attendance(BookingId("E06"), PersonId(p), Attended.ATTENDED) for p in ("p01", "p02", "p04")]

    found = turnout(meeting, said)

    assert (found.expected, found.present, found.needed, found.observers) == (3, 2, 2, 0)
