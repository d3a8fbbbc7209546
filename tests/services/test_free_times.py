"""When some people could talk."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.access import OPERATOR
from scheduler.core.errors import Malformed, NotAllowed
from scheduler.services.free_times import FreeTime, free_times
from scheduler.store import save
from scheduler.store.rows import AbsenceRow, RoomRow
from tests.builders import a_clock, a_span, a_talk, an_actor, people
from tests.seeds import an_organisation

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
CLOCK = a_clock("2014-07-01T08:00")
TUESDAY, WEDNESDAY = date(2014, 7, 1), date(2014, 7, 2)


@pytest.fixture
def session(session: Session) -> Session:
    an_organisation(session, rooms=("R02", "R04", "R05"))
    session.commit()
    return session


def found(session: Session, first: date = TUESDAY, last: date = WEDNESDAY, minutes: int = 60, **more: int) -> list[str]:
    times = free_times(session, OPERATOR, people("p01", "p02"), minutes, CLOCK, first, last, **more)
    return [f"{time.span.start:%d %H:%M} {time.room}" for time in times]


def test_free_times_lie_on_the_grid_within_working_hours(session: Session) -> None:
    assert found(session, limit=6) == [
        "01 08:30 R04", "01 09:00 R04", "01 09:30 R04", "01 10:00 R04", "01 10:30 R04", "01 13:30 R04",
    ]  # fmt: skip


def test_what_takes_people_or_the_room_is_left_out(session: Session) -> None:
    taken = [
        a_talk("T001", "2014-07-01T08:30", who=["p01", "p05"], room="R04"),
        a_talk("T002", "2014-07-01T10:00", who=["p04", "p05"], room="R04"),
        a_talk("T003", "2014-07-01T13:30", who=["p02", "p05"]),
        a_talk("T004", "2014-07-01T14:30", who=["p03", "p04"], room="R04"),
        a_talk("T005", "2014-07-01T14:30", who=["p05", "p06"], room="R05"),
    ]
    save.bookings(session, taken, CLOCK)

    assert found(session, limit=5) == ["01 09:30 R05", "01 10:00 R05", "01 10:30 R05", "01 15:30 R04", "01 16:00 R04"]


def test_absence_and_weekend_are_left_out(session: Session) -> None:
    session.add(AbsenceRow(person_id="p02", first=TUESDAY, last=date(2014, 7, 3)))
    session.flush()

    assert found(session, last=date(2014, 7, 6), limit=1) == ["04 08:30 R04"]
    assert found(session, date(2014, 7, 5), date(2014, 7, 6)) == []


def test_what_is_over_is_left_out(session: Session) -> None:
    late = a_clock("2014-07-01T16:05")

    assert free_times(session, OPERATOR, people("p01", "p02"), 60, late, TUESDAY, TUESDAY) == [
        FreeTime(a_span("2014-07-01T16:30", 60), "R04")  # type: ignore[arg-type]
    ]


def test_without_a_room_for_talks_the_time_alone_is_told(session: Session) -> None:
    for room in session.query(RoomRow):
        room.use = "meeting"
    session.flush()

    assert found(session, limit=1) == ["01 08:30 None"]


def test_odd_questions_find_nothing(session: Session) -> None:
    assert found(session, WEDNESDAY, TUESDAY) == []
    assert found(session, minutes=10_000) == []
    assert len(found(session, last=date.max, limit=1)) == 1
    with pytest.raises(Malformed):
        found(session, minutes=0)


def test_nobody_searches_for_others(session: Session) -> None:
    with pytest.raises(NotAllowed):
        free_times(session, an_actor("p03"), people("p01", "p02"), 60, CLOCK, TUESDAY, WEDNESDAY)
