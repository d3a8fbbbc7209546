"""What would mend that somebody lacks study hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.sessions.mending import Mending, mending
from scheduler.core.sessions.study import Attendance, Attended

CHEN, TODAY, BY = PersonId("p02"), date(2014, 8, 1), date(2014, 8, 20)
TIME = WorkingTime(ZoneInfo("Asia/Shanghai"))


def a_session(name: str, day: date, hours: float) -> Booking:
    start = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    span = Span(start, start + timedelta(hours=1))
    return Booking(BookingId(name), Kind.STUDY_SESSION, "", span, hours=hours)


SESSIONS = [
    a_session("S01", date(2014, 7, 1), 1.5),
    a_session("S02", date(2014, 7, 2), 3.0),
    a_session("S03", date(2014, 7, 3), 2.0),
    a_session("S04", date(2014, 8, 4), 6.0),
]


def mended(missing: float, *entries: Attendance) -> tuple[list[str], float]:
    told: Mending = mending(CHEN, missing, SESSIONS, entries, (TODAY, BY), TIME)
    assert (told.person, told.missing, told.by) == (CHEN, missing, BY)
    return [missed.session for missed in told.make_ups], told.left


def absent(name: str, person: PersonId = CHEN, makeup: date | None = None) -> Attendance:
    return Attendance(BookingId(name), person, Attended.ABSENT, makeup)


def test_smallest_session_that_suffices_is_made_up() -> None:
    missed = (absent("S01"), absent("S02"), Attendance(BookingId("S03"), CHEN, Attended.ON_LEAVE))

    assert mended(1.0, *missed) == (["S01"], 0.0)
    assert mended(1.8, *missed) == (["S03"], 0.0)
    assert mended(4.0, *missed) == (["S02", "S01"], 0.0)
    assert mended(8.0, *missed) == (["S02", "S03", "S01"], 1.5)


def test_what_was_attended_or_is_made_up_already_or_lies_ahead_mends_nothing() -> None:
    entries = (
        Attendance(BookingId("S01"), CHEN, Attended.LATE),
        absent("S02", makeup=date(2014, 8, 8)),
        Attendance(BookingId("S03"), CHEN, Attended.OBSERVER),
        absent("S04"),
        absent("S01", PersonId("p03")),
        absent("S09"),
    )
    assert mended(1.0, *entries) == ([], 1.0)
