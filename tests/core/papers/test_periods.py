"""A stretch of days summed up."""

from dataclasses import replace
from datetime import date

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.coverage.verdicts import Verdict
from scheduler.core.ground.bookings import HELD, Kind
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.core.ground.spans import DayRange
from scheduler.core.papers.periods import (
    ReportDue,
    meeting_counts,
    reports_due,
    study_figures,
    talk_figures,
    visit_count,
)
from scheduler.core.sessions.study import Attendance, Attended
from tests.builders import a_booking, a_working_time, an_as_of

JUNE = DayRange(date(2014, 6, 1), date(2014, 6, 30))
END = an_as_of("2014-06-30")


def verdict(day: str, *people: str, why_not: str | None = None, is_extra: bool = False) -> Verdict:
    talk = a_booking(day, kind=Kind.TALK, start=f"{day}T09:00", who=people)
    return Verdict(talk, HELD, why_not, (), is_extra)


def test_talks_are_counted_by_times_pairs_people_and_person_times() -> None:
    told = talk_figures(
        [
            verdict("2014-06-02", "p01", "p02"),
            verdict("2014-06-09", "p02", "p01"),
            verdict("2014-06-30", "p01", "p03", is_extra=True),
            verdict("2014-06-12", "p01", "p04", why_not="group_talk"),
            verdict("2014-05-31", "p01", "p05"),
        ],
        JUNE,
        END,
    )

    assert (told.times, told.pairs, told.people, told.extra) == (3, 2, 3, 1)
    assert told.person_times == {"p01": 3, "p02": 2, "p03": 1}
    assert told.person_times_total == 6
    assert told.not_counted == {"group_talk": 1}


def test_study_counts_sessions_hours_attendance_and_make_ups() -> None:
    sessions = [
        a_booking("S1", kind=Kind.STUDY_SESSION, start="2014-06-03T08:30", minutes=180),
        replace(a_booking("S2", kind=Kind.STUDY_SESSION, start="2014-06-10T08:30", minutes=180), is_cancelled=True),
        a_booking("S3", kind=Kind.STUDY_SESSION, start="2014-05-06T08:30", minutes=180),
        a_booking("S4", kind=Kind.STUDY_SESSION, start="2014-06-12T08:30", minutes=90),
    ]
    recorded = [
        Attendance(sessions[0].id, PersonId("p01"), Attended.LATE),
        Attendance(sessions[0].id, PersonId("p02"), Attended.ON_LEAVE, date(2014, 6, 20)),
        Attendance(sessions[0].id, PersonId("p03"), Attended.OBSERVER),
        Attendance(sessions[2].id, PersonId("p04"), Attended.ABSENT, date(2014, 6, 30)),
        Attendance(sessions[2].id, PersonId("p05"), Attended.ABSENT, date(2014, 7, 1)),
    ]

    told = study_figures(sessions, recorded, JUNE, END, a_working_time())

    assert (told.sessions, told.hours, told.attended, told.recorded) == (2, 4.5, 1, 2)
    assert (told.made_up, told.sessions_unrecorded, told.attendance_rate) == (2, 1, 50.0)
    assert study_figures([], [], JUNE, END, a_working_time()).attendance_rate is None


def test_meetings_are_counted_by_kind_and_visits_by_themselves() -> None:
    kinds = (Kind.PARTY_LECTURE, Kind.SYMPOSIUM, Kind.SYMPOSIUM, Kind.VISIT, Kind.TALK, Kind.STUDY_SESSION)
    bookings = [
        a_booking(f"E{number}", kind=kind, start=f"2014-06-{number + 2:02}T09:00") for number, kind in enumerate(kinds)
    ]

    assert meeting_counts(bookings, JUNE, END) == {Kind.PARTY_LECTURE: 1, Kind.SYMPOSIUM: 2}
    assert visit_count(bookings, JUNE, END) == 1
    assert meeting_counts(bookings, JUNE, an_as_of("2014-06-02")) == {Kind.PARTY_LECTURE: 1}


def test_reports_fall_due_before_and_after_the_meeting() -> None:
    campaign = Campaign(
        CampaignId("c1"),
        "",
        date(2014, 1, 1),
        date(2014, 12, 31),
        milestones={"democratic_life_meeting": date(2014, 6, 16)},
        report_before_days=15,
        report_after_days=14,
    )

    assert reports_due(campaign, JUNE) == (
        ReportDue("before_meeting", date(2014, 6, 1)),
        ReportDue("after_meeting", date(2014, 6, 30)),
    )
    assert reports_due(replace(campaign, milestones={}), JUNE) == ()
    assert reports_due(replace(campaign, report_after_days=15), JUNE) == (
        ReportDue("before_meeting", date(2014, 6, 1)),
    )
