"""Hours of bookings by person and week, and meetings that could be one."""

from datetime import date

from scheduler.core.bookings.meeting_load import Joinable, PersonWeek, joinable, monday_of, weeks
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.ids import BookingId
from scheduler.core.ground.working_time import WorkingTime
from tests.builders import ZONE, a_booking, people

TABLE = WorkingTime(ZONE)
FIRST, LAST = date(2014, 8, 4), date(2014, 8, 17)


def a_meeting(
    name: str,
    start: str,
    minutes: int = 60,
    *,
    who: tuple[str, ...] = ("p01", "p02"),
    kind: Kind = Kind.MEETING,
    **known: object,
) -> Booking:
    return a_booking(name, kind, start, minutes, who, **known)


def test_a_week_begins_on_monday() -> None:
    assert monday_of(date(2014, 8, 10)) == monday_of(date(2014, 8, 4)) == date(2014, 8, 4)


def test_hours_are_counted_by_person_and_week_and_cancelled_ones_are_none() -> None:
    bookings = [
        a_meeting("E01", "2014-08-05T09:00", 90),
        a_meeting("E02", "2014-08-10T20:00", 60, who=("p01",)),
        a_meeting("E03", "2014-08-11T09:00", 30),
        a_meeting("E04", "2014-08-12T09:00", is_cancelled=True),
        a_meeting("E05", "2014-08-20T09:00"),
    ]

    assert weeks(bookings, FIRST, LAST, TABLE) == [
        PersonWeek(*people("p01"), date(2014, 8, 4), 2.5, ("E01", "E02")),
        PersonWeek(*people("p01"), date(2014, 8, 11), 0.5, ("E03",)),
        PersonWeek(*people("p02"), date(2014, 8, 4), 1.5, ("E01",)),
        PersonWeek(*people("p02"), date(2014, 8, 11), 0.5, ("E03",)),
    ]
    assert {week.person for week in weeks(bookings, FIRST, LAST, TABLE, people("p02"))} == set(people("p02"))


def test_what_lasts_over_a_week_end_is_parted_and_takes_working_time() -> None:
    days = a_meeting("E01", "2014-08-08T08:30", 5 * 24 * 60 - 15 * 60, who=("p01",))

    assert [(week.monday.day, week.hours) for week in weeks([days], FIRST, LAST, TABLE)] == [(4, 21.0), (11, 14.0)]


def test_what_stands_at_one_time_counts_once() -> None:
    both = [a_meeting("E01", "2014-08-05T09:00"), a_meeting("E02", "2014-08-05T09:30")]

    week = weeks(both, FIRST, FIRST, TABLE)[0]

    assert (week.hours, week.bookings) == (1.5, ("E01", "E02"))
    assert week.is_over(1)
    assert not week.is_over(2)


def test_meetings_of_the_same_people_that_stand_close_could_be_one() -> None:
    bookings = [
        a_meeting("E02", "2014-08-06T09:00"),
        a_meeting("E01", "2014-08-05T09:00"),
        a_meeting("E03", "2014-08-08T09:00"),
        a_meeting("E04", "2014-08-08T14:00", kind=Kind.SYMPOSIUM),
        a_meeting("E05", "2014-08-09T14:00"),
        a_meeting("E06", "2014-08-05T14:00", who=("p01", "p03")),
        a_meeting("E07", "2014-08-05T14:00", who=("p01", "p03"), is_cancelled=True),
        a_meeting("T01", "2014-08-05T14:00", kind=Kind.TALK),
        a_meeting("T02", "2014-08-05T15:00", kind=Kind.TALK),
    ]

    assert list(joinable(bookings, TABLE)) == [
        Joinable(BookingId("E01"), BookingId("E02"), people("p01", "p02")),
        Joinable(BookingId("E03"), BookingId("E04"), people("p01", "p02")),
    ]
