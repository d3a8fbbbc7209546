from datetime import date

from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.sessions.study import Attended, Studied, StudyReport
from scheduler.core.sessions.targets import StudyTarget
from scheduler.services.sessions.attendance import AttendedSession
from scheduler.services.sessions.study import StudiedTarget, StudyOverview
from scheduler.shapes.sessions import AttendedModel, StudyModel


def test_study_hours_are_told_per_person() -> None:
    report = StudyReport(49, 51.0, {PersonId("p06"): Studied(48.0, 1.0, met=False, required=49)})

    target = StudyTarget("ST1", 49, date(2014, 2, 26), date(2014, 11, 24))
    overview = StudyOverview((StudiedTarget(target, report),))
    people = {"p06": {"hours": 48.0, "missing": 1.0, "met": False, "asked": 49}}

    assert StudyModel.of(overview).document() == {
        "asked_hours": 49,
        "offered_hours": 51.0,
        "met": 0,
        "of": 1,
        "people": people,
        "exempt": [],
        "targets": [
            {
                "id": "ST1",
                "audience": ["leadership_team"],
                "minus": [],
                "hours": 49,
                "from": "2014-02-26",
                "by": "2014-11-24",
                "pro_rata": False,
                "met": 0,
                "of": 1,
                "people": people,
                "exempt": [],
                "will_miss": {},
                "mending": [],
            }
        ],
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
