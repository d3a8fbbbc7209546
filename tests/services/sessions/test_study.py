"""Study hours: the report, one's own, and recording who was there."""

from datetime import date

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.sessions.study import Attended
from scheduler.services.sessions import study
from scheduler.services.sessions.study import AttendedSession
from scheduler.store.accounts.rows import JournalRow
from scheduler.store.bookings.rows import AttendanceRow
from scheduler.store.campaigns.rows import CampaignRow, MilestoneRow, PhaseRow
from tests.builders import a_clock, an_actor

CLOCK = a_clock("2014-08-01T08:00")
S09, P06 = BookingId("S09"), PersonId("p06")
MEETING, END = date(2014, 8, 20), date(2014, 11, 24)


@pytest.fixture
def session(sample_session: Session) -> Session:
    return sample_session


on_sqlite = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


@on_sqlite
def test_the_hours_of_the_sample(session: Session) -> None:
    found = study.report(session, an_actor("s01", Role.SUPERVISOR), MEETING, CLOCK)

    assert (found.asked_hours, found.offered_hours, found.met, found.of) == (49, 51.0, 6, 8)
    assert (found.people[P06].hours, found.people[P06].missing) == (48.0, 1.0)
    assert list(found.people) == [f"p{n:02}" for n in range(1, 9)]
    last = study.report(session, OPERATOR, END, CLOCK)
    assert (last.offered_hours, last.met, last.of) == (58.5, 8, 8)


def test_a_make_up_of_six_brings_seven_of_eight(session: Session) -> None:
    done = study.attend(session, OPERATOR, S09, P06, Attended.MADE_UP, date(2014, 8, 11), CLOCK)

    assert done == AttendedSession(S09, P06, Attended.MADE_UP, date(2014, 8, 11), 3.0)
    assert study.report(session, OPERATOR, date(2014, 8, 10), CLOCK).met == 6
    found = study.report(session, OPERATOR, MEETING, CLOCK)
    assert (found.people[P06].hours, found.met) == (51.0, 7)


@on_sqlite
def test_a_make_up_without_a_day_was_made_today(session: Session) -> None:
    done = study.attend(session, OPERATOR, S09, P06, Attended.MADE_UP, None, CLOCK)

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
    done = study.attend(session, OPERATOR, S09, P06, status, None, CLOCK)

    assert done == AttendedSession(S09, P06, status, None, hours)


@on_sqlite
def test_recording_attendance_is_in_the_journal(session: Session) -> None:
    study.attend(session, an_actor("p22", Role.ORGANIZER), S09, P06, Attended.LATE, None, CLOCK)

    entry = session.scalars(select(JournalRow).order_by(JournalRow.id.desc())).first()
    assert entry is not None
    assert (entry.actor, entry.action, entry.noun, entry.noun_id) == ("p22", "attended", "study_session", "S09")
    assert entry.details == {"person": "p06", "status": "late"}


@on_sqlite
def test_what_is_no_study_session_is_not_found(session: Session) -> None:
    for name in ("S99", "E10", "T001"):
        with pytest.raises(NotFound) as no:
            study.attend(session, OPERATOR, BookingId(name), P06, Attended.LATE, None, CLOCK)
        assert (no.value.noun, no.value.name) == ("study_session", name)


@on_sqlite
def test_somebody_who_is_not_in_it_cannot_attend(session: Session) -> None:
    with pytest.raises(Malformed) as no:
        study.attend(session, OPERATOR, S09, PersonId("p27"), Attended.ATTENDED, None, CLOCK)
    assert (no.value.kind, no.value.field) == ("not_in_session", "person")


@on_sqlite
def test_what_was_not_missed_cannot_be_made_up(session: Session) -> None:
    with pytest.raises(Malformed) as no:
        study.attend(session, OPERATOR, S09, P06, Attended.ATTENDED, MEETING, CLOCK)
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
            study.attend(session, OPERATOR, held, P06, status, makeup, CLOCK)
        assert [(finding.kind, finding.subject) for finding in no.value.blocking] == [(kind, held)]
        wrong = study.attend_all(session, OPERATOR, held, {P06: study.GivenAttendance(status, makeup)}, CLOCK)
        assert isinstance(wrong[P06], Refused)
    assert session.get_one(AttendanceRow, ("S09", "p06")).status == "on_leave"
    assert study.attend(session, OPERATOR, S09, P06, Attended.MADE_UP, date(2014, 4, 16), CLOCK).hours == 3.0


@on_sqlite
def test_only_organizers_record_and_members_see_their_own(session: Session) -> None:
    for actor in (an_actor("p06"), an_actor("s01", Role.SUPERVISOR), an_actor("p01", Role.PRINCIPAL)):
        with pytest.raises(NotAllowed):
            study.attend(session, actor, S09, P06, Attended.LATE, None, CLOCK)
    with pytest.raises(NotAllowed):
        study.report(session, an_actor("p06"), MEETING, CLOCK)
    own = study.own(session, an_actor("p06"), MEETING, CLOCK)
    assert (list(own.people), own.met, own.of) == ([P06], 0, 1)
    assert study.own(session, an_actor("p27"), MEETING, CLOCK).of == 0
    with pytest.raises(NotAllowed):
        study.own(session, OPERATOR, MEETING, CLOCK)


@on_sqlite
def test_the_campaign_says_how_many_days_and_since_when(session: Session) -> None:
    session.execute(update(CampaignRow).values(study_days=2, starts=date(2014, 7, 1)))
    session.commit()

    found = study.report(session, OPERATOR, MEETING, CLOCK)

    assert (found.asked_hours, found.offered_hours) == (14, 7.5)
    before = study.report(session, OPERATOR, date(2014, 6, 30), CLOCK)
    assert before.offered_hours == 43.5


@on_sqlite
def test_without_a_campaign_seven_days_are_asked(session: Session) -> None:
    for row in (PhaseRow, MilestoneRow, CampaignRow):
        session.execute(delete(row))
    session.commit()

    assert study.report(session, OPERATOR, MEETING, CLOCK).asked_hours == 49


@on_sqlite
def test_attendance_of_one_session_or_of_all_is_for_those_who_see_the_hours(session: Session) -> None:
    one = study.attendance(session, OPERATOR, S09, CLOCK)

    assert [entry.person for entry in one if entry.status is Attended.ON_LEAVE] == [P06]
    assert len(study.attendance(session, OPERATOR, None, CLOCK)) == 26 * len(one)
    with pytest.raises(NotAllowed):
        study.attendance(session, an_actor("p06"), S09, CLOCK)


@on_sqlite
def test_several_are_recorded_all_or_none(session: Session) -> None:
    given = {P06: study.GivenAttendance(Attended.MADE_UP), PersonId("p07"): study.GivenAttendance(Attended.LATE)}
    wrong = {
        **given,
        PersonId("p30"): study.GivenAttendance(Attended.LATE),
        PersonId("p08"): study.GivenAttendance(Attended.LATE, END),
    }

    refused = study.attend_all(session, OPERATOR, S09, wrong, CLOCK)
    assert {person: error.kind for person, error in refused.items() if isinstance(error, Malformed)} == {
        "p30": "not_in_session",
        "p08": "makeup_not_missed",
    }
    assert {one.person: one.status for one in study.attendance(session, OPERATOR, S09, CLOCK)}[P06] is Attended.ON_LEAVE

    assert study.attend_all(session, OPERATOR, S09, given, CLOCK) == {}
    kept = {one.person: one for one in study.attendance(session, OPERATOR, S09, CLOCK)}
    assert (kept[P06].status, kept[P06].makeup_date) == (Attended.MADE_UP, date(2014, 8, 1))
    assert kept[PersonId("p07")].status is Attended.LATE


@on_sqlite
def test_roll_call_is_read_for_those_who_are_called(session: Session) -> None:
    found = study.roll_call(session, OPERATOR, S09, "请假：欧阳慧。其余均出席", CLOCK)

    assert (len(found.statuses), found.statuses[P06], found.is_clear) == (10, Attended.ON_LEAVE, True)
    with pytest.raises(NotFound):
        study.roll_call(session, OPERATOR, BookingId("E10"), "", CLOCK)
    with pytest.raises(NotAllowed):
        study.roll_call(session, an_actor("p03", Role.MEMBER), S09, "", CLOCK)
    with pytest.raises(Malformed):
        study.roll_call(session, OPERATOR, S09, "长" * 20_001, CLOCK)
