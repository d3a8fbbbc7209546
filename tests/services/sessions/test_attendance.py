"""Attendance of any booking: recorded one by one or at once, who may, and who sees what."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.bookings import Part
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.sessions.study import Attended
from scheduler.services.bookings import acts as bookings
from scheduler.services.sessions import attendance, study
from scheduler.services.sessions.attendance import AttendedSession, GivenAttendance
from scheduler.store.accounts.rows import JournalRow
from scheduler.store.bookings.rows import AttendanceRow
from tests.builders import a_clock, an_actor

CLOCK = a_clock("2014-08-01T08:00")
S09, P06 = BookingId("S09"), PersonId("p06")
MEETING, END = date(2014, 8, 20), date(2014, 11, 24)


@pytest.fixture
def session(sample_session: Session) -> Session:
    return sample_session


on_sqlite = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


def test_a_make_up_of_six_brings_seven_of_eight(session: Session) -> None:
    done = attendance.attend(session, OPERATOR, S09, P06, GivenAttendance(Attended.MADE_UP, date(2014, 8, 11)), CLOCK)

    assert done == AttendedSession(S09, P06, Attended.MADE_UP, date(2014, 8, 11), 3.0)
    assert study.report(session, OPERATOR, date(2014, 8, 10), CLOCK).first.met == 6
    found = study.report(session, OPERATOR, MEETING, CLOCK).first
    assert (found.people[P06].hours, found.met) == (51.0, 7)


@on_sqlite
def test_a_make_up_without_a_day_was_made_today(session: Session) -> None:
    done = attendance.attend(session, OPERATOR, S09, P06, GivenAttendance(Attended.MADE_UP), CLOCK)

    assert done.makeup_date == date(2014, 8, 1)
    assert session.get_one(AttendanceRow, ("S09", "p06")).makeup_date == date(2014, 8, 1)


@on_sqlite
@pytest.mark.parametrize(
    ("status", "hours"),
    [
        (Attended.ATTENDED, 3.0),
        (Attended.LATE, 3.0),
        (Attended.LEFT_EARLY, 3.0),
        (Attended.OBSERVER, 0.0),
        (Attended.ON_LEAVE, 0.0),
        (Attended.ABSENT, 0.0),
    ],
)
def test_attendance_is_worth_all_or_nothing(session: Session, status: Attended, hours: float) -> None:
    done = attendance.attend(session, OPERATOR, S09, P06, GivenAttendance(status), CLOCK)

    assert done == AttendedSession(S09, P06, status, None, hours)


@on_sqlite
def test_recording_attendance_is_in_the_journal(session: Session) -> None:
    attendance.attend(session, an_actor("p22", Role.ORGANIZER), S09, P06, GivenAttendance(Attended.LATE), CLOCK)

    entry = session.scalars(select(JournalRow).order_by(JournalRow.id.desc())).first()
    assert entry is not None
    assert (entry.actor, entry.action, entry.noun, entry.noun_id) == ("p22", "attended", "study_session", "S09")
    assert entry.details == {"person": "p06", "status": "late", "stood": "on_leave"}


def test_any_kind_of_booking_has_attendance_and_a_quorum(session: Session) -> None:
    e02 = BookingId("E02")
    late = attendance.attend(session, OPERATOR, e02, P06, GivenAttendance(Attended.LATE), CLOCK)
    assert late == AttendedSession(e02, P06, Attended.LATE, None, 0.0)  # a meeting gives no study hours

    before = attendance.sheet(session, OPERATOR, e02, CLOCK)
    assert (before.turnout.present, before.turnout.is_quorate, before.may_record) == (1, False, True)
    present = {person: GivenAttendance(Attended.ATTENDED) for person in before.lines if person != P06}
    assert attendance.attend_all(session, OPERATOR, e02, present, CLOCK) == {}
    after = attendance.sheet(session, OPERATOR, e02, CLOCK)
    assert after.turnout.present == after.turnout.expected == len(after.lines)
    assert after.turnout.is_quorate


@on_sqlite
def test_what_is_expected_of_the_meetings_to_come(session: Session) -> None:
    sheets = {name: attendance.sheet(session, OPERATOR, BookingId(name), CLOCK) for name in ("E10", "E11", "E12")}

    assert {name: (one.turnout.expected, one.turnout.needed) for name, one in sheets.items()} == {
        "E10": (8, 6),
        "E11": (13, 9),
        "E12": (34, 23),
    }
    assert [line.part for line in sheets["E10"].lines.values()].count(Part.OBSERVER) == 4
    assert not sheets["E10"].has_begun
    assert not sheets["E10"].may_record


def test_reasons_for_leave_are_kept_for_organizers_and_the_person(session: Session) -> None:
    attendance.attend(session, OPERATOR, S09, P06, GivenAttendance(Attended.ON_LEAVE, reason=" 病假 "), CLOCK)

    told = {
        name: attendance.sheet(session, actor, S09, CLOCK).lines[P06].reason
        for name, actor in {
            "organizer": an_actor("p22", Role.ORGANIZER),
            "supervisor": an_actor("s01", Role.SUPERVISOR),
            "principal who is p06": an_actor("p06", Role.PRINCIPAL),
        }.items()
    }
    assert told == {"organizer": "病假", "supervisor": None, "principal who is p06": "病假"}
    own = attendance.own_attendance(session, an_actor("p06"), S09, CLOCK)
    assert own is not None
    assert own.reason == "病假"
    assert attendance.own_attendance(session, OPERATOR, S09, CLOCK) is None
    assert attendance.sheet_if_seen(session, an_actor("p06"), S09, CLOCK) is None
    assert all(entry.reason == "" for entry in study.attendance(session, OPERATOR, CLOCK))
    entry = session.scalars(select(JournalRow).order_by(JournalRow.id.desc())).first()
    assert entry is not None
    assert "病假" not in str(entry.details)


@on_sqlite
@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (GivenAttendance(Attended.ABSENT, reason="病假"), "reason_without_leave"),
        (GivenAttendance(Attended.ON_LEAVE, reason="长" * 41), "too_long"),
    ],
)
def test_a_reason_is_a_word_about_leave(session: Session, given: GivenAttendance, kind: str) -> None:
    with pytest.raises(Malformed) as no:
        attendance.attend(session, OPERATOR, S09, P06, given, CLOCK)
    assert (no.value.kind, no.value.field) == (kind, "reason")


@on_sqlite
def test_what_is_not_there_or_cancelled_has_none(session: Session) -> None:
    with pytest.raises(NotFound) as no:
        attendance.attend(session, OPERATOR, BookingId("S99"), P06, GivenAttendance(Attended.LATE), CLOCK)
    assert (no.value.noun, no.value.name) == ("booking", "S99")
    bookings.cancel(session, OPERATOR, BookingId("E02"), CLOCK)
    with pytest.raises(Malformed) as cancelled:
        attendance.attend(session, OPERATOR, BookingId("E02"), P06, GivenAttendance(Attended.LATE), CLOCK)
    assert cancelled.value.kind == "already_cancelled"


@on_sqlite
def test_a_branch_organizer_records_among_their_own(session: Session) -> None:
    with pytest.raises(NotAllowed):
        attendance.sheet(session, an_actor("p06"), S09, CLOCK)
    branch = an_actor("p12", Role.BRANCH_ORGANIZER, members=("p12", "p13"))
    for name in ("E03", "E08"):
        with pytest.raises(NotAllowed):
            attendance.attend(session, branch, BookingId(name), PersonId("p12"), GivenAttendance(Attended.LATE), CLOCK)


@on_sqlite
def test_somebody_who_is_not_in_it_cannot_attend(session: Session) -> None:
    with pytest.raises(Malformed) as no:
        attendance.attend(session, OPERATOR, S09, PersonId("p27"), GivenAttendance(Attended.ATTENDED), CLOCK)
    assert (no.value.kind, no.value.field) == ("not_in_session", "person")


@on_sqlite
def test_what_was_not_missed_cannot_be_made_up(session: Session) -> None:
    with pytest.raises(Malformed) as no:
        attendance.attend(session, OPERATOR, S09, P06, GivenAttendance(Attended.ATTENDED, MEETING), CLOCK)
    assert (no.value.kind, no.value.field) == ("makeup_not_missed", "makeup")
    assert session.get_one(AttendanceRow, ("S09", "p06")).status == "on_leave"


def test_nothing_is_recorded_before_it_begins_or_made_up_before_its_day(session: Session) -> None:
    cases = (
        (BookingId("S22"), Attended.ATTENDED, None, "not_yet_begun"),
        (BookingId("S22"), Attended.MADE_UP, date(2014, 9, 10), "not_yet_begun"),
        (S09, Attended.MADE_UP, date(2014, 4, 15), "makeup_before_session"),
        (S09, Attended.ON_LEAVE, date(2014, 4, 15), "makeup_before_session"),
    )
    for held, status, makeup, kind in cases:
        with pytest.raises(Refused) as no:
            attendance.attend(session, OPERATOR, held, P06, GivenAttendance(status, makeup), CLOCK)
        assert [(finding.kind, finding.subject) for finding in no.value.blocking] == [(kind, held)]
        wrong = attendance.attend_all(session, OPERATOR, held, {P06: GivenAttendance(status, makeup)}, CLOCK)
        assert isinstance(wrong[P06], Refused)
    assert session.get_one(AttendanceRow, ("S09", "p06")).status == "on_leave"
    assert (
        attendance.attend(
            session, OPERATOR, S09, P06, GivenAttendance(Attended.MADE_UP, date(2014, 4, 16)), CLOCK
        ).hours
        == 3.0
    )


@on_sqlite
def test_only_organizers_record_and_members_see_their_own(session: Session) -> None:
    for actor in (an_actor("p06"), an_actor("s01", Role.SUPERVISOR), an_actor("p01", Role.PRINCIPAL)):
        with pytest.raises(NotAllowed):
            attendance.attend(session, actor, S09, P06, GivenAttendance(Attended.LATE), CLOCK)
    with pytest.raises(NotAllowed):
        study.report(session, an_actor("p06"), MEETING, CLOCK)
    own = study.own(session, an_actor("p06"), MEETING, CLOCK)
    assert (list(own.people), own.met, own.of) == ([P06], 0, 1)
    assert study.own(session, an_actor("p27"), MEETING, CLOCK).of == 0
    with pytest.raises(NotAllowed):
        study.own(session, OPERATOR, MEETING, CLOCK)


@on_sqlite
def test_attendance_of_all_bookings_is_for_those_who_see_the_hours(session: Session) -> None:
    assert len(study.attendance(session, OPERATOR, CLOCK)) == 26 * 8
    with pytest.raises(NotAllowed):
        study.attendance(session, an_actor("p06"), CLOCK)


@on_sqlite
def test_several_are_recorded_all_or_none(session: Session) -> None:
    given = {P06: GivenAttendance(Attended.MADE_UP), PersonId("p07"): GivenAttendance(Attended.LATE)}
    wrong = {
        **given,
        PersonId("p30"): GivenAttendance(Attended.LATE),
        PersonId("p08"): GivenAttendance(Attended.LATE, END),
    }

    refused = attendance.attend_all(session, OPERATOR, S09, wrong, CLOCK)
    assert {person: error.kind for person, error in refused.items() if isinstance(error, Malformed)} == {
        "p30": "not_in_session",
        "p08": "makeup_not_missed",
    }
    assert attendance.sheet(session, OPERATOR, S09, CLOCK).lines[P06].status is Attended.ON_LEAVE

    assert attendance.attend_all(session, OPERATOR, S09, given, CLOCK) == {}
    kept = attendance.sheet(session, OPERATOR, S09, CLOCK).lines
    assert (kept[P06].status, kept[P06].makeup_date) == (Attended.MADE_UP, date(2014, 8, 1))
    assert kept[PersonId("p07")].status is Attended.LATE


@on_sqlite
def test_roll_call_is_read_for_those_who_are_called(session: Session) -> None:
    found = attendance.roll_call(session, OPERATOR, S09, "请假：欧阳慧。其余均出席", CLOCK)

    assert (len(found.statuses), found.statuses[P06], found.is_clear) == (10, Attended.ON_LEAVE, True)
    with pytest.raises(NotFound):
        attendance.roll_call(session, OPERATOR, BookingId("S99"), "", CLOCK)
    with pytest.raises(NotAllowed):
        attendance.roll_call(session, an_actor("p03", Role.MEMBER), S09, "", CLOCK)
    with pytest.raises(Malformed):
        attendance.roll_call(session, OPERATOR, S09, "长" * 20_001, CLOCK)
