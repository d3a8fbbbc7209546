"""What was known on a day, held against what is known now."""

from datetime import date

import pytest

from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.ids import BookingId, PersonId, RuleSetId
from scheduler.core.ground.spans import DayRange
from scheduler.core.papers import known
from scheduler.core.programme.tasks import RectificationTask
from scheduler.core.sessions.study import Attendance, Attended
from tests.builders import a_booking, a_talk, an_as_of

JUNE = DayRange(date(2014, 6, 1), date(2014, 6, 30))


def test_a_booking_says_what_figures_go_by() -> None:
    talk = a_talk(start="2014-06-13T09:00", is_held=True, rule_set=RuleSetId("RS1"), linked=(RuleSetId("RS2"),))

    assert known.of_booking(talk, an_as_of("2014-06-30")) == {
        "state": "held", "start": "2014-06-13T09:00", "minutes": 45, "people": ["p01", "p02"], "kind": "talk",
        "mode": "face_to_face", "size": "one_to_one", "hours": None, "rule_sets": ["RS1", "RS2"],
    }  # fmt: skip
    assert known.of_booking(a_booking(), an_as_of())["rule_sets"] == []


def test_attendance_says_nothing_of_why() -> None:
    missed = Attendance(BookingId("S01"), PersonId("p01"), Attended.ON_LEAVE, reason="住院")
    made_up = Attendance(BookingId("S01"), PersonId("p01"), Attended.MADE_UP, date(2014, 7, 2))

    assert known.of_attendance(missed) == {"status": "on_leave", "makeup_date": None}
    assert known.of_attendance(made_up) == {"status": "made_up", "makeup_date": "2014-07-02"}


def test_a_task_says_how_far_it_was() -> None:
    task = RectificationTask("Z01", "清理文件", date(2014, 10, 31), closed_on=date(2014, 9, 1))

    assert known.of_task(task, date(2014, 8, 31)) == {"state": "open", "due": "2014-10-31"}
    assert known.of_task(RectificationTask("Z02", "常抓不懈", None), date(2014, 9, 1)) == {
        "state": "standing",
        "due": None,
    }


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, ({"b": 2}, {"b": 3})),
        ({"a": 1}, {"a": 1}, None),
        (None, {"a": 1}, (None, {"a": 1})),
        ({"a": 1}, None, ({"a": 1}, None)),
        (None, None, None),
    ],
)  # fmt: skip
def test_only_what_differs_is_told(before: known.Said | None, after: known.Said | None, told: object) -> None:
    assert known.difference(before, after) == told


@pytest.mark.parametrize(
    ("start", "kind", "is_concerned"),
    [
        ("2014-06-13T09:00", Kind.MEETING, True),
        ("2014-05-13T09:00", Kind.MEETING, False),
        ("2014-05-13T09:00", Kind.TALK, True),  # coverage goes by all talks until then
        ("2014-07-13T09:00", Kind.TALK, False),
    ],
)
def test_a_report_goes_by_its_days_and_by_earlier_talks(start: str, kind: Kind, is_concerned: bool) -> None:
    booking = a_booking(kind=kind, start=start)

    assert known.concerns(booking, JUNE, an_as_of("2014-06-30")) == is_concerned
