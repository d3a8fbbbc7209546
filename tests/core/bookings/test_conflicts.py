"""What is wrong with a draft of a booking."""

from dataclasses import replace
from datetime import UTC, date, time

import pytest

from scheduler.core.bookings import conflicts
from scheduler.core.coverage.report import CoverageState, RequirementState
from scheduler.core.feeds.outside_calendars import as_absence
from scheduler.core.ground.bookings import Kind, Mode, Part, Participant, Size
from scheduler.core.ground.findings import BLOCKING, WARNING, Finding, Findings
from scheduler.core.ground.ids import BookingId, GroupId, PersonId, RoomId, RuleId
from scheduler.core.ground.spans import DayRange, Span
from scheduler.core.ground.working_time import Workday, WorkingTime
from scheduler.core.rules.requirements import Reason, Requirement, Severity
from tests.builders import (
    ZONE,
    a_booking,
    a_draft,
    a_group,
    a_room,
    a_roster,
    a_snapshot,
    a_span,
    a_talk,
    a_working_time,
    an_absence,
    at,
    people,
)
from tests.core import sample_talks

TEAM = a_roster("p01", "p02", "p03", groups=[a_group("team", ["p01", "p02", "p03"])])


def said(findings: Findings) -> tuple[list[str], list[str], list[str]]:
    """Kinds and subjects, as they stand."""
    groups = (findings.blocking, findings.warnings, findings.hints)
    return tuple([f"{found.kind} {found.subject}".strip() for found in group] for group in groups)  # type: ignore[return-value]


def test_a_free_hour_gives_no_finding() -> None:
    found = conflicts.find(a_draft(room="R04"), a_snapshot(rooms=[a_room()]))

    assert found == Findings()


# ── People ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_somebody_in_another_booking_is_taken_for_as_long_as_both_last() -> None:
    other = a_booking("E01", start="2014-07-01T09:30", minutes=60, who=["p02"])

    found = conflicts.find(a_draft(room="R04"), a_snapshot(bookings=[other]))

    assert said(found) == (["person_taken p02"], [], [])
    assert found.blocking[0].details == {
        "name": "人p02",
        "start": at("2014-07-01T09:30"),
        "end": at("2014-07-01T09:45"),
        "day": date(2014, 7, 1),
    }


def test_times_of_a_clash_are_told_as_local_ones() -> None:
    stored = a_booking("E01", who=["p01"])
    in_utc = replace(stored, span=Span(stored.span.start.astimezone(UTC), stored.span.end.astimezone(UTC)))

    details = conflicts.find(a_draft(room="R04"), a_snapshot(bookings=[in_utc])).blocking[0].details

    assert [f"{details[edge]:%H:%M}" for edge in ("start", "end")] == ["09:00", "09:45"]


def test_busy_elsewhere_is_told_with_the_zone_that_its_hours_are_in() -> None:
    busy = as_absence(PersonId("p01"), a_span("2014-07-01T09:30", 60), ZONE)

    found = conflicts.find(a_draft(room="R04"), a_snapshot(absences=[busy]))

    assert found.blocking == (Finding("absence", "p01", {"name": "人p01", "absence": busy, "zone": ZONE}),)


def test_touching_ends_do_not_clash() -> None:
    before, after = a_booking("E01", start="2014-07-01T08:30", minutes=30), a_booking("E02", start="2014-07-01T09:45")

    assert conflicts.find(a_draft(room="R04"), a_snapshot(bookings=[before, after])) == Findings()


@pytest.mark.parametrize("order", [1, -1])
def test_several_clashes_of_one_person_are_told_once_by_the_earliest(order: int) -> None:
    both = a_booking("E01", start="2014-07-01T09:30"), a_booking("E02", start="2014-07-01T09:05", minutes=10)

    found = conflicts.find(a_draft(room="R04", who=["p01", "p03"]), a_snapshot(bookings=both[::order]))

    assert said(found)[0] == ["person_taken p01"]
    assert found.blocking[0].details["start"] == at("2014-07-01T09:05")


def test_observers_are_taken_as_well() -> None:
    watching = a_booking("E01", who=[Participant(PersonId("p01"), Part.OBSERVER, is_named=False)])

    assert said(conflicts.find(a_draft(room="R04"), a_snapshot(bookings=[watching])))[0] == ["person_taken p01"]


def test_cancelled_bookings_and_the_one_that_is_moved_take_nobody() -> None:
    gone, moved = a_booking("E01", is_cancelled=True), a_booking("E02", room="R04")
    draft = a_draft(room="R04", replaces="E02")

    assert conflicts.find(draft, a_snapshot(rooms=[a_room()], bookings=[gone, moved])) == Findings()


def test_people_come_in_their_order_then_the_room() -> None:
    everywhere = a_booking("E01", who=["p01", "p02", "p03"], room="R04")
    facts = a_snapshot(rooms=[a_room()], bookings=[everywhere], absences=[an_absence("p02")])

    found = conflicts.find(a_draft(who=["p02", "p01"], room="R04"), facts)

    assert said(found)[0] == ["person_taken p02", "absence p02", "person_taken p01", "room_taken R04"]


def test_absence_refuses_those_who_are_named_and_warns_of_those_who_come_with_a_group() -> None:
    facts = a_snapshot(TEAM, absences=[an_absence("p01"), an_absence("p03")])

    found = conflicts.find(a_draft(Kind.MEETING, who=["p01"], audience=["team"], room="EXT"), facts)

    assert said(found) == (["absence p01"], ["attendee_unavailable p03"], [])


def test_one_person_gives_one_absence() -> None:
    absences = [an_absence("p01", number=1), an_absence("p01", "2014-06-30", "2014-07-02", number=2)]

    found = conflicts.find(a_draft(room="R04"), a_snapshot(absences=absences))

    assert said(found)[0] == ["absence p01"]
    assert found.blocking[0].details == {"name": "人p01", "absence": absences[1]}


# ── The room ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_room_holds_one_booking_at_a_time() -> None:
    facts = a_snapshot(rooms=[a_room("R04")], bookings=[a_booking(who=["p09"], room="R04")])

    found = conflicts.find(a_draft(room="R04"), facts)

    assert said(found)[0] == ["room_taken R04"]
    assert found.blocking[0].details["name"] == a_room("R04")


def test_off_site_takes_no_room() -> None:
    elsewhere = a_booking(who=["p09"], room="EXT")

    assert conflicts.find(a_draft(room="EXT"), a_snapshot(bookings=[elsewhere])) == Findings()


def test_seats_are_counted_with_outsiders_and_observers() -> None:
    roster = a_roster("p01", "p02", groups=[a_group("team", ["p01"]), a_group("guests", ["p02"])])
    facts = replace(a_snapshot(roster, rooms=[a_room("R02", capacity=17)]), contacts=sample_talks.contacts())
    audience = ["team", "observer:guests", "ext:street_town"]

    found = conflicts.find(a_draft(Kind.SYMPOSIUM, who=(), audience=audience, room="R02"), facts)

    assert said(found)[1] == ["room_too_small R02"]
    assert found.warnings[0].details == {"name": a_room("R02", capacity=17), "capacity": 17, "count": 18}


@pytest.mark.parametrize(("capacity", "warnings"), [(3, []), (2, ["room_too_small R04"])])
def test_a_room_that_is_exactly_full_is_large_enough(capacity: int, warnings: list[str]) -> None:
    facts = a_snapshot(TEAM, rooms=[a_room(capacity=capacity)])

    found = conflicts.find(a_draft(Kind.MEETING, who=["p01", "p02", "p03"], room="R04"), facts)

    assert said(found) == ([], warnings, [])


@pytest.mark.parametrize(
    ("kind", "use", "is_warned"),
    [
        (Kind.TALK, "talk", False),
        (Kind.TALK, "all", False),
        (Kind.TALK, "meeting", True),
        (Kind.SYMPOSIUM, "talk", True),
        (Kind.SYMPOSIUM, "meeting", False),
    ],
)
def test_a_room_is_for_talks_or_for_meetings_or_for_all(kind: Kind, use: str, is_warned: bool) -> None:
    found = conflicts.find(a_draft(kind, room="R04"), a_snapshot(rooms=[a_room(use=use)]))

    assert said(found)[1] == (["room_use R04"] if is_warned else [])
    assert [told.details for told in found.warnings] == ([{"name": a_room(use=use), "use": use}] if is_warned else [])


# ── The calendar ─────────────────────────────────────────────────────────────────────────────────────────────────────
HOLIDAYS = a_working_time(
    {
        "2014-05-04": Workday(True, "劳动节调休上班"),
        "2014-06-02": Workday(False, "端午节"),
        "2014-08-31": Workday(False, "周末"),
    }
)


def of_time(start: str, minutes: int = 45, working_time: WorkingTime = HOLIDAYS) -> list[str]:
    return [f"{found.kind} {found.subject}" for found in conflicts.calendar(a_span(start, minutes), working_time)]


def test_a_sunday_that_is_worked_gives_no_warning() -> None:
    assert of_time("2014-05-04T09:00") == []


def test_a_sunday_is_a_weekend_and_a_monday_off_a_holiday_never_both() -> None:
    assert of_time("2014-08-31T09:00") == ["weekend 2014-08-31"]
    assert of_time("2014-08-30T09:00") == ["weekend 2014-08-30"]
    assert of_time("2014-06-02T09:00") == ["holiday 2014-06-02"]


@pytest.mark.parametrize(
    ("start", "minutes", "kinds"),
    [
        ("2014-07-01T11:00", 180, ["lunch"]),
        ("2014-07-01T10:30", 60, []),
        ("2014-07-01T13:30", 60, []),
        ("2014-07-01T11:29", 2, ["lunch"]),
        ("2014-07-01T08:29", 31, ["outside_hours"]),
        ("2014-07-01T08:30", 30, []),
        ("2014-07-01T17:00", 30, []),
        ("2014-07-01T17:00", 31, ["outside_hours"]),
        ("2014-07-01T08:00", 600, ["lunch", "outside_hours"]),
    ],
)
def test_lunch_and_hours_are_half_open(start: str, minutes: int, kinds: list[str]) -> None:
    assert [said.split()[0] for said in of_time(start, minutes)] == kinds


@pytest.mark.parametrize(
    ("start", "kind", "details"),
    [
        ("2014-08-31T09:00", "weekend", {"day": date(2014, 8, 31), "note": "周末"}),
        ("2014-06-02T09:00", "holiday", {"day": date(2014, 6, 2), "note": "端午节"}),
        ("2014-07-01T12:00", "lunch", {"day": date(2014, 7, 1), "hours": (time(11, 30), time(13, 30))}),
        ("2014-07-01T08:00", "outside_hours", {"day": date(2014, 7, 1), "hours": (time(8, 30), time(17, 30))}),
        ("2027-01-04T14:00", "year_not_published", {"year": 2027}),
    ],
)
def test_what_the_calendar_says_comes_with_what_its_sentence_needs(
    start: str, kind: str, details: dict[str, object]
) -> None:
    (said,) = conflicts.calendar(a_span(start), HOLIDAYS)

    assert (said.kind, said.details) == (kind, details)


def test_without_blocks_and_lunch_no_hour_is_wrong() -> None:
    always = WorkingTime(ZONE, published_years=frozenset({2014}), blocks=(), lunch=None)

    assert of_time("2014-07-01T05:00", 900, always) == []


def test_what_lasts_several_days_is_told_of_each_kind_once() -> None:
    assert of_time("2014-08-29T13:30", 2 * 24 * 60) == ["weekend 2014-08-30", "lunch 2014-08-30"]
    assert of_time("2014-08-25T08:30", 2 * 24 * 60 + 9 * 60) == ["lunch 2014-08-25"]


def test_only_the_beginning_and_the_end_of_several_days_lie_outside_hours() -> None:
    assert of_time("2014-08-25T07:00", 24 * 60 + 90) == ["lunch 2014-08-25", "outside_hours 2014-08-25"]
    assert of_time("2014-08-25T14:00", 24 * 60 + 300) == ["lunch 2014-08-26", "outside_hours 2014-08-26"]
    assert of_time("2014-08-25T22:00", 4 * 60) == ["outside_hours 2014-08-25"]


def test_a_year_without_published_holidays_is_told_once() -> None:
    assert of_time("2026-12-31T14:00", 60, a_working_time(years=[2026])) == []
    assert of_time("2027-01-04T14:00", 60, a_working_time(years=[2026])) == ["year_not_published 2027"]
    assert of_time("2027-01-04T08:30", 2 * 24 * 60, a_working_time()).count("year_not_published 2027") == 1


# ── The window, and hints ────────────────────────────────────────────────────────────────────────────────────────────
SUMMER = DayRange(date(2014, 6, 16), date(2014, 8, 15))


@pytest.mark.parametrize(("day", "is_outside"), [("06-13", True), ("06-16", False), ("08-15", False), ("08-18", True)])
def test_a_talk_outside_the_window_is_warned_of(day: str, is_outside: bool) -> None:
    found = conflicts.find(a_draft(start=f"2014-{day}T09:00", room="R04"), a_snapshot(window=SUMMER))

    assert said(found) == ([], ["outside_window RS1"] if is_outside else [], [])
    days = {"first": date(2014, 6, 16), "last": date(2014, 8, 15), "day": date.fromisoformat(f"2014-{day}")}
    assert [told.details for told in found.warnings] == ([days] if is_outside else [])


def test_the_window_is_for_talks_only() -> None:
    found = conflicts.find(a_draft(Kind.MEETING, start="2014-08-18T09:00", room="EXT"), a_snapshot(window=SUMMER))

    assert found == Findings()


def a_state(
    state: CoverageState, *, group_ok: bool = False, modes: frozenset[Mode] = frozenset({Mode.FACE_TO_FACE})
) -> RequirementState:
    one, other = people("p01", "p02")
    asked = Requirement(
        (one, other), None, (), 1, (Reason(RuleId("R1")),), Severity.MUST, 1, modes, group_ok, SUMMER, None
    )
    return RequirementState(asked, state, False, 0, ())


def hints(draft_hints: Findings) -> list[str]:
    return said(draft_hints)[2]


def test_a_talk_that_no_rule_asks_for_is_extra() -> None:
    assert hints(conflicts.find(a_draft(room="R04"), a_snapshot(requirements=()))) == ["extra RS1"]
    assert hints(conflicts.find(a_draft(room="R04"), a_snapshot(requirements=None))) == []


def test_a_talk_of_a_covered_pair_is_told() -> None:
    covered = a_snapshot(requirements=(a_state(CoverageState.COVERED),))

    assert hints(conflicts.find(a_draft(room="R04"), covered)) == ["already_covered RS1"]


def test_a_talk_in_a_form_that_will_not_count_is_told() -> None:
    asked = a_snapshot(requirements=(a_state(CoverageState.OPEN),))

    assert hints(conflicts.find(a_draft(room="R04"), asked)) == []
    assert hints(conflicts.find(a_draft(mode=Mode.PHONE), asked)) == ["mode_not_allowed RS1"]
    assert hints(conflicts.find(a_draft(room="R04", size=Size.GROUP), asked)) == ["group_talk RS1"]
    assert hints(conflicts.find(a_draft(room="R04", who=["p01", "p02", "p03"]), asked)) == ["group_talk RS1"]
    group = a_snapshot(requirements=(a_state(CoverageState.OPEN, group_ok=True),))
    assert hints(conflicts.find(a_draft(room="R04", who=["p01", "p02", "p03"]), group)) == []


def test_a_title_of_a_talk_and_a_missing_room_are_told() -> None:
    assert hints(conflicts.find(a_draft(title="关于某事", replaces="T001"), a_snapshot())) == [
        "no_room T001",
        "title_dropped T001",
    ]
    assert hints(conflicts.find(replace(a_draft(room="R04", replaces="T001"), remark="谈了什么"), a_snapshot())) == [
        "remark_dropped T001"
    ]
    assert hints(conflicts.find(a_draft(Kind.MEETING, title="会议", mode=Mode.VIDEO), a_snapshot())) == []


def test_what_has_no_id_yet_goes_by_its_local_day() -> None:
    early = a_draft(start="2014-07-01T06:00")

    assert hints(conflicts.find(early, a_snapshot())) == ["no_room 2014-07-01"]


def test_every_finding_of_a_booking_has_its_weight() -> None:
    assert BLOCKING == ("person_taken", "room_taken", "absence", "person_unavailable", "empty_audience")
    assert len(WARNING) == 9


# ── What others are told ─────────────────────────────────────────────────────────────────────────────────────────────
def test_others_learn_who_and_what_but_neither_when_nor_why() -> None:
    taken = a_talk("T001", who=["p01", "p09"], room="R04")
    absences = [an_absence("p02", reason="病假"), an_absence("p03")]
    roster = a_roster("p01", "p02", "p03", groups=[a_group("g", ["p03"])])
    facts = a_snapshot(roster, rooms=[a_room("R04", capacity=1)], bookings=[taken], absences=absences)

    found = conflicts.private(conflicts.find(a_draft(Kind.MEETING, audience=["g"], room="R04"), facts), None)

    assert said(found) == (
        ["person_unavailable p01", "person_unavailable p02", "room_taken R04"],
        ["attendee_unavailable p03", "room_too_small R04"],
        [],
    )
    assert [dict(f.details) for f in (*found.blocking, found.warnings[0])] == [
        {"name": "人p01", "is_private": True},
        {"name": "人p02", "is_private": True},
        {"name": a_room("R04", capacity=1), "is_private": True},
        {"name": "人p03", "is_private": True},
    ]
    assert found.warnings[1].details["count"] == 3


def test_who_is_taken_and_away_is_told_once_and_to_themself_in_full() -> None:
    taken = a_talk("T001", who=["p01", "p09"])
    facts = a_snapshot(bookings=[taken], absences=[an_absence("p01", reason="病假"), an_absence("p02")])
    found = conflicts.find(a_draft(), facts)

    assert said(conflicts.private(found, None))[0] == ["person_unavailable p01", "person_unavailable p02"]
    assert said(conflicts.private(found, PersonId("p01")))[0] == [
        "person_taken p01",
        "absence p01",
        "person_unavailable p02",
    ]


# ── The sample ───────────────────────────────────────────────────────────────────────────────────────────────────────
def sample_says(who: list[str], start: str, minutes: int, room: str | None) -> tuple[list[str], list[str], list[str]]:
    draft = replace(a_draft(who=who, room=room), span=a_span(start, minutes))
    return said(conflicts.find(draft, sample_talks.snapshot(draft.span)))


def test_the_democratic_life_meeting_takes_both_and_in_its_room_the_room_too() -> None:
    both = ["person_taken p02", "person_taken p07"]

    assert sample_says(["p02", "p07"], "2014-08-20T09:00", 45, "R04")[0] == both
    assert sample_says(["p02", "p07"], "2014-08-20T09:00", 45, "R02")[0] == [*both, "room_taken R02"]


def test_the_day_before_is_free_and_outside_the_window() -> None:
    assert sample_says(["p02", "p07"], "2014-08-19T09:00", 45, "R04") == ([], ["outside_window c1"], [])


def test_somebody_in_training_cannot_be_booked() -> None:
    assert sample_says(["p04", "p07"], "2014-07-08T09:00", 45, "R04") == (["absence p04"], [], [])


def test_the_sample_is_free_of_clashes_but_for_absences_of_groups() -> None:
    for booking in (*sample_talks.events(), *sample_talks.talks()):
        draft = replace(
            a_draft(booking.kind, who=()),
            span=booking.span,
            people=tuple(p.person for p in booking.participants if p.is_named),
            audience=booking.audience,
            room=booking.room or RoomId("EXT"),
            replaces=booking.id,
        )
        kinds = {found.kind for found in conflicts.find(draft, sample_talks.snapshot(booking.span)).blocking}
        assert not kinds, booking.id


# ── Audiences ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_part_of_an_audience_that_stands_for_nobody_refuses() -> None:
    draft = replace(a_draft(room="R04"), kind=Kind.MEETING, people=(), audience=("team", "retired", "branch:B9"))
    named = replace(TEAM, groups={**TEAM.groups, GroupId("B9"): a_group("B9", [])})

    found = conflicts.find(draft, replace(a_snapshot(rooms=[a_room()]), roster=named))

    assert [(f.kind, f.subject) for f in found.blocking] == [
        ("empty_audience", "retired"),
        ("empty_audience", "branch:B9"),
    ]


def test_a_booking_that_stands_is_refused_only_when_nobody_is_left() -> None:
    draft = replace(
        a_draft(room="R04"), kind=Kind.MEETING, people=(), audience=("team", "retired"), replaces=BookingId("E01")
    )
    around = replace(a_snapshot(rooms=[a_room()]), roster=TEAM)

    assert conflicts.empty_audiences(draft, around) == []
    alone = conflicts.empty_audiences(replace(draft, audience=("retired",)), around)
    assert [(f.kind, f.subject) for f in alone] == [("empty_audience", "retired")]


def test_a_day_as_a_whole_is_off_or_of_a_year_not_yet_published() -> None:
    def of_day(day: str) -> list[str]:
        return [f.kind for f in conflicts.of_day(date.fromisoformat(day), a_working_time(years=[2026]))]

    assert [of_day(day) for day in ("2026-08-03", "2026-08-01", "2027-01-02")] == [
        [],
        ["weekend"],
        ["weekend", "year_not_published"],
    ]


def test_a_session_outside_working_hours_says_that_it_counts_none() -> None:
    evening = a_draft(Kind.STUDY_SESSION, "2014-07-01T19:00", 120, title="夜校")

    assert hints(conflicts.find(evening, a_snapshot())) == ["no_room 2014-07-01", "no_study_hours 2014-07-01"]
    for other in (
        replace(evening, hours=2.0),
        replace(evening, kind=Kind.MEETING),
        a_draft(Kind.PARTY_LECTURE, "2014-07-01T17:00", 120),
    ):
        assert hints(conflicts.find(other, a_snapshot())) == ["no_room 2014-07-01"]
