from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import Draft, Kind
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.services.bookings import acts as bookings
from scheduler.store import load
from tests.builders import a_clock, a_span, at
from tests.services.importing import counts, errors, run

TALKS = "id,date,start,end,room,participants,mode,status"
EVENTS = "id,kind,title,date,start,end,room,audience,host"
ROSTER = "id,name,unit,tags\np01,甲,D01,team\np02,乙,D01,team\np03,丙,D01,\np04,丁,D01,\n"
ROOMS = "id,name,capacity\nR01,会议室,40\nR04,谈话室,4\n"


@pytest.fixture
def prepared(session: Session) -> Session:
    assert run(session, ROSTER, ROOMS).errors == ()
    return session


def people(session: Session, booking: str) -> set[str]:
    return set(load.booking(session, BookingId(booking)).people)


def test_two_rows_in_one_place_are_refused_by_row(prepared: Session) -> None:
    rows = (
        "T001,2014-08-04,09:00,09:45,R04,p01;p02,,\n"
        "T002,2014-08-04,09:30,10:15,R04,p02;p03,,\n"
        "T003,2014-08-04,09:45,10:30,R01,p01;p04,,\n"
    )

    report = run(prepared, f"{TALKS}\n{rows}")

    assert errors(report) == [
        ("table1.csv", 3, "participants", "person_taken"),
        ("table1.csv", 3, "room", "room_taken"),
    ]
    person, room = (error.details for error in report.errors)
    both = {"booking": "T002", "other": "T001", "other_row": 2}
    when = {"start": at("2014-08-04T09:30"), "end": at("2014-08-04T09:45")}
    assert person == {**both, **when, "person": "p02", "room": None, "name": "乙"}
    assert room == {**both, **when, "person": None, "room": "R04", "name": load.rooms(prepared)[RoomId("R04")]}
    assert [f"{error.details['end']:%H:%M}" for error in report.errors] == ["09:45", "09:45"]
    assert load.talks(prepared) == []


def test_a_row_that_clashes_with_what_stands_is_refused(prepared: Session) -> None:
    draft = Draft(Kind.TALK, a_span("2014-08-04T09:00"), (PersonId("p01"), PersonId("p02")), room=RoomId("R04"))
    bookings.book(prepared, OPERATOR, draft, a_clock())

    report = run(prepared, f"{TALKS}\nT050,2014-08-04,09:15,10:00,,p02;p03,,\n")

    assert [(e.row, e.kind, e.details["other"]) for e in report.errors] == [(2, "person_taken", "T001")]


def test_absence_and_cancelled_talks_are_no_hindrance(prepared: Session) -> None:
    absence = "person,from,to,reason,rule\np01,2014-08-01,2014-08-31,病假,\n"
    rows = "T001,2014-08-04,09:00,09:45,R04,p01;p02,,已取消\nT002,2014-08-04,09:00,09:45,R04,p01;p03,,已预约\n"

    assert counts(run(prepared, absence, f"{TALKS}\n{rows}")) == (3, 0, 0)


def test_rows_without_ids_get_one_and_are_known_again(prepared: Session) -> None:
    talks = f"{TALKS}\n,2014-08-04,09:00,09:45,R04,p01;p02,,已预约\n"
    events = (
        f"{EVENTS}\n,集中学习,学习,2014-08-05,08:30,11:30,R01,team,p01\n,座谈会,座谈,2014-08-06,08:30,11:30,R01,team,\n"
    )

    assert counts(run(prepared, talks, events)) == (3, 0, 0)

    assert [b.id for b in load.bookings(prepared)] == ["T001", "S01", "E01"]
    assert counts(run(prepared, talks, events)) == (0, 0, 3)
    done = talks.replace("已预约", "已完成").replace("R04", "R01")
    assert counts(run(prepared, done)) == (0, 1, 0)
    assert load.booking(prepared, BookingId("T001")).is_held


def test_ids_of_a_file_are_not_given_again(prepared: Session) -> None:
    rows = ",2014-08-04,09:00,09:45,,p01;p02,,\nT007,2014-08-05,09:00,09:45,,p01;p02,,\n"

    run(prepared, f"{TALKS}\n{rows}")

    assert [b.id for b in load.talks(prepared)] == ["T008", "T007"]


def test_audiences_are_resolved_on_the_day_of_the_booking(prepared: Session) -> None:
    rows = "E01,meeting,例会,2014-08-04,09:00,10:00,R01,team,p04\nE02,meeting,例会,2014-09-04,09:00,10:00,R01,team;observer:other,\n"
    run(prepared, f"{EVENTS}\n{rows}")
    assert (people(prepared, "E01"), people(prepared, "E02")) == ({"p01", "p02", "p04"}, {"p01", "p02"})

    run(prepared, "id,name,tags\np02,乙,\np03,丙,team;other\n", valid_from="2014-09-01")

    assert (people(prepared, "E01"), people(prepared, "E02")) == ({"p01", "p02", "p04"}, {"p01", "p03"})


def test_somebody_whom_the_chart_brings_into_a_meeting_at_the_time_of_their_talk_is_told_without_a_row(
    prepared: Session,
) -> None:
    run(prepared, f"{EVENTS}\nE01,meeting,例会,2014-08-04,09:00,10:00,R01,team,\n")
    run(prepared, f"{TALKS}\nT001,2014-08-04,09:30,10:15,R04,p03;p04,,\n")

    report = run(prepared, "id,name,tags\np03,丙,team\n")

    assert errors(report) == [("", None, "participants", "person_taken")]
    details = report.errors[0].details
    assert (details["booking"], details["other"], details["other_row"]) == ("E01", "T001", None)


def test_cancelled_bookings_keep_the_people_they_had(prepared: Session) -> None:
    run(prepared, f"{EVENTS}\nE01,meeting,例会,2014-08-04,09:00,10:00,R01,team,\n")
    bookings.cancel(prepared, OPERATOR, BookingId("E01"), a_clock())

    run(prepared, "id,name,tags\np02,乙,\n")

    assert people(prepared, "E01") == {"p01", "p02"}


def test_people_are_named_one_by_one_among_groups(prepared: Session) -> None:
    run(prepared, f"{EVENTS}\nE01,meeting,例会,2014-08-04,09:00,10:00,R01,team;p03;丁,\n")

    found = load.booking(prepared, BookingId("E01"))
    assert {p.person: p.is_named for p in found.participants} == {"p01": False, "p02": False, "p03": True, "p04": True}
    assert found.audience == ("team",)
    assert found.day(load.organisation(prepared).zone) == date(2014, 8, 4)
