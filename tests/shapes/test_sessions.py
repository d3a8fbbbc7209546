from datetime import date

from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.sessions.study import Attended, Studied, StudyReport
from scheduler.services.sessions.attendance import AttendedSession
from scheduler.shapes.sessions import AttendedModel, StudyModel


def test_study_hours_are_told_per_person() -> None:
    report = StudyReport(49, 51.0, {PersonId("p06"): Studied(48.0, 1.0, met=False)})

    assert StudyModel.of(report).document() == {
        "asked_hours": 49,
        "offered_hours": 51.0,
        "met": 0,
        "of": 1,
        "people": {"p06": {"hours": 48.0, "missing": 1.0, "met": False}},
    }


def test_attendance_is_told_with_its_hours() -> None:
    done = AttendedSession(BookingId("S09"), PersonId("p06"), Attended.MADE_UP, date(2014, 8, 11), 3.0)

    assert AttendedModel.of(done).document() == {
        "session": "S09",
        "person": "p06",
        "status": "made_up",
        "makeup_date": "2014-08-11",
        "hours": 3.0,
    }
