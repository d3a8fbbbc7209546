"""Study hours held against hours asked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.ground.bookings import Kind, Part, Participant
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.core.sessions.study import (
    Attendance,
    Attended,
    Studied,
    StudyReport,
    credited_hours,
    hours_of,
    lacking,
    most_hours,
    refused,
    report,
    sessions_needed,
    worth,
)
from tests.builders import ZONE, a_booking, a_working_time, an_as_of, at, people
from tests.core import sample_talks
from tests.core.sample import roster

SESSION = a_booking("S01", Kind.STUDY_SESSION, "2014-07-01T08:30", 180, who=["p01"])
P01 = PersonId("p01")
TIME = a_working_time({})


def entry(status: Attended, makeup: str | None = None) -> Attendance:
    return Attendance(BookingId("S01"), P01, status, date.fromisoformat(makeup) if makeup else None)


@pytest.mark.parametrize("status", [Attended.ATTENDED, Attended.LATE, Attended.LEFT_EARLY])
def test_being_there_counts_in_full_from_the_day_on(status: Attended) -> None:
    assert credited_hours(entry(status), SESSION, an_as_of("2014-06-30"), TIME) == 0
    assert credited_hours(entry(status), SESSION, an_as_of("2014-07-01"), TIME) == 3


@pytest.mark.parametrize("status", [Attended.OBSERVER, Attended.ON_LEAVE, Attended.ABSENT])
def test_not_being_there_counts_nothing_until_it_is_made_up(status: Attended) -> None:
    assert credited_hours(entry(status), SESSION, an_as_of("2014-12-31"), TIME) == 0
    assert credited_hours(entry(status, "2014-07-10"), SESSION, an_as_of("2014-07-09"), TIME) == 0
    assert credited_hours(entry(status, "2014-07-10"), SESSION, an_as_of("2014-07-10"), TIME) == 3


def test_a_make_up_counts_nothing_before_its_session() -> None:
    early = entry(Attended.MADE_UP, "2014-06-20")

    assert credited_hours(early, SESSION, an_as_of("2014-06-30"), TIME) == 0
    assert credited_hours(early, SESSION, an_as_of("2014-07-01"), TIME) == 3


@pytest.mark.parametrize(
    ("now", "makeup", "kind"),
    [
        ("2014-07-01T08:29", None, "not_yet_begun"),
        ("2014-07-01T08:30", None, None),
        ("2014-07-02T08:00", "2014-06-30", "makeup_before_session"),
        ("2014-07-02T08:00", "2014-07-01", None),
    ],
)
def test_what_is_refused_of_attendance(now: str, makeup: str | None, kind: str | None) -> None:
    found = refused(entry(Attended.MADE_UP, makeup), SESSION, at(now), ZONE)

    assert (found.kind if found else None) == kind


def test_made_up_without_a_day_counts_from_the_session_on() -> None:
    assert credited_hours(entry(Attended.MADE_UP), SESSION, an_as_of("2014-06-30"), TIME) == 0
    assert credited_hours(entry(Attended.MADE_UP), SESSION, an_as_of("2014-07-01"), TIME) == 3


def test_worth_does_not_ask_for_the_day() -> None:
    assert worth(entry(Attended.MADE_UP, "2099-01-01"), SESSION, TIME) == 3
    assert worth(entry(Attended.LATE), SESSION, TIME) == 3
    assert worth(entry(Attended.ABSENT), SESSION, TIME) == 0


def test_a_cancelled_session_is_neither_offered_nor_counted() -> None:
    gone = replace(SESSION, is_cancelled=True, cancelled_at=at("2014-07-05T09:00"))

    before, after = (
        report([P01], [gone], [entry(Attended.ATTENDED)], 3, an_as_of(day), TIME)
        for day in ("2014-07-04", "2014-07-05")
    )

    assert (before.offered_hours, before.met) == (3, 1)
    assert (after.offered_hours, after.people[P01]) == (0, Studied(0, 3, met=False, required=3))


def test_only_study_sessions_and_only_those_asked_are_looked_at() -> None:
    meeting = a_booking("S01", Kind.MEETING, "2014-07-01T08:30", 180)
    others = Attendance(BookingId("S09"), PersonId("p09"), Attended.ATTENDED)

    found = report(people("p01"), [meeting], [entry(Attended.ATTENDED), others], 7, an_as_of(), TIME)

    assert found == StudyReport(7, 0, {P01: Studied(0, 7, met=False, required=7)})


def of_sample(day: str, *more: Attendance) -> StudyReport:
    team = roster().members("leadership_team")
    attendance = {(a.session, a.person): a for a in (*sample_talks.attendance(), *more)}
    return report(team, sample_talks.events(), attendance.values(), 49, an_as_of(day), TIME)


def test_on_the_day_of_the_meeting_6_of_8_have_their_49_hours() -> None:
    found = of_sample("2014-08-20")

    assert (found.met, found.of, found.offered_hours) == (6, 8, 51.0)
    assert found.people[PersonId("p06")] == Studied(48.0, 1.0, met=False, required=49)
    assert found.people[PersonId("p07")] == Studied(48.0, 1.0, met=False, required=49)
    assert found.people[PersonId("p03")] == Studied(49.5, 0.0, met=True, required=49)


def test_a_make_up_counts_for_the_one_who_made_it_up() -> None:
    made_up = Attendance(BookingId("S09"), PersonId("p06"), Attended.MADE_UP, date(2014, 8, 11))

    assert of_sample("2014-08-10", made_up).people[PersonId("p06")].hours == 48.0
    found = of_sample("2014-08-20", made_up)
    assert (found.people[PersonId("p06")].hours, found.met) == (51.0, 7)


def test_at_the_end_8_of_8_have_them() -> None:
    found = of_sample("2014-11-24")

    assert (found.met, found.of, found.offered_hours) == (8, 8, 58.5)


def test_before_the_first_session_nobody_has_any() -> None:
    found = of_sample("2014-03-04")

    assert (found.met, found.of, found.offered_hours) == (0, 8, 0)


# ── What is still to be arranged ─────────────────────────────────────────────────────────────────────────────────────
def lacking_in_sample(day: str, now: str = "2014-08-01") -> dict[PersonId, float]:
    team = roster().members("leadership_team")
    return lacking(team, sample_talks.events(), sample_talks.attendance(), 49, an_as_of(day), at(f"{now}T08:00"), TIME)


def test_by_the_day_of_the_meeting_two_lack_an_hour_and_one_session_will_do() -> None:
    found = lacking_in_sample("2014-08-20")

    assert found == {"p06": 1.0, "p07": 1.0}
    assert [sessions_needed(found, minutes) for minutes in (30, 45, 60, 180)] == [2, 2, 1, 1]


def test_by_the_end_nobody_lacks_anything() -> None:
    found = lacking_in_sample("2014-11-24")

    assert found == {}
    assert sessions_needed(found, 90) == 0


def test_a_session_that_lies_ahead_counts_for_those_who_will_come() -> None:
    observer = Participant(PersonId("p02"), Part.OBSERVER)
    on_leave = Participant(PersonId("p03"))
    ahead = replace(SESSION, participants=(Participant(P01), observer, on_leave, Participant(PersonId("p04"))))
    leave = Attendance(SESSION.id, PersonId("p03"), Attended.ON_LEAVE)

    def found(day: str, now: str, hours: float = 4) -> dict[PersonId, float]:
        return lacking(people("p01", "p02", "p03"), [ahead], [leave], hours, an_as_of(day), at(f"{now}T08:00"), TIME)

    assert found("2014-07-01", "2014-06-01") == {"p01": 1, "p02": 4, "p03": 4}
    assert found("2014-07-01", "2014-06-01", hours=3) == {"p02": 3, "p03": 3}
    assert found("2014-06-30", "2014-06-01") == {"p01": 4, "p02": 4, "p03": 4}
    assert found("2014-07-02", "2014-07-02") == {"p01": 4, "p02": 4, "p03": 4}


# ── Working hours ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_lunch_counts_for_nobody_and_nobody_has_more_than_was_offered() -> None:
    whole_day = a_booking("S01", Kind.STUDY_SESSION, "2014-08-11T08:30", 9 * 60, who=["p01"])

    found = report([P01], [whole_day], [entry(Attended.ATTENDED)], 49, an_as_of("2014-08-11"), TIME)

    assert found == StudyReport(49, 7.0, {P01: Studied(7.0, 42.0, met=False, required=49)})


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 1439), st.integers(1, 4000)), min_size=1, max_size=6),
    st.lists(st.sampled_from(Attended), min_size=6, max_size=6),
    st.lists(st.integers(-10, 60) | st.none(), min_size=6, max_size=6),
    st.lists(st.integers(1, 9600) | st.none(), min_size=6, max_size=6),
    st.integers(0, 60),
)
def test_nobody_ever_has_more_hours_than_were_offered(
    starts: list[tuple[int, int, int]],
    statuses: list[Attended],
    makeups: list[int | None],
    stated: list[int | None],
    asked_day: int,
) -> None:
    first = at("2014-07-01T00:00")
    sessions, entries = [], []
    drawn = zip(starts, statuses, makeups, stated, strict=False)
    for number, ((day, minute, minutes), status, makeup, hundredths) in enumerate(drawn):
        session = a_booking(f"S{number}", Kind.STUDY_SESSION, "2014-07-01T00:00", minutes, who=["p01"])
        start = first + timedelta(days=day, minutes=minute)
        hours = None if hundredths is None else hundredths / 100
        sessions.append(replace(session, span=Span(start, start + timedelta(minutes=minutes)), hours=hours))
        made_up = None if makeup is None else (start + timedelta(days=makeup)).date()
        entries.append(Attendance(session.id, P01, status, made_up))

    found = report([P01], sessions, entries, 49, an_as_of((first + timedelta(days=asked_day)).date().isoformat()), TIME)

    assert found.people[P01].hours <= found.offered_hours


def test_hours_that_are_stated_go_before_those_of_the_time() -> None:
    stated = replace(SESSION, hours=8.0)
    came = entry(Attended.ATTENDED)

    told = report([P01], [stated], [came], 49, an_as_of("2014-07-01"), TIME)

    assert (hours_of(SESSION, TIME), hours_of(stated, TIME)) == (3, 8)
    assert (told.offered_hours, told.people[P01].hours) == (8, 8)
    assert lacking([P01], [stated], [], 10, an_as_of("2014-07-01"), at("2014-06-30T08:00"), TIME) == {P01: 2}


def test_other_bookings_give_no_hours_whatever_they_state() -> None:
    assert worth(entry(Attended.ATTENDED), replace(SESSION, kind=Kind.MEETING, hours=3.0), TIME) == 0


def test_a_session_may_state_a_whole_day_for_each_day_that_it_touches() -> None:
    assert most_hours(a_booking(minutes=180).span, ZONE) == 24
    assert most_hours(a_booking(start="2014-07-01T09:00", minutes=2 * 24 * 60).span, ZONE) == 72
