"""Meetings by frequency: periods, who must be invited, and what became of each."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.core.campaigns.windows import Per
from scheduler.core.ground.bookings import AsOf, Booking, Kind, Part, Participant
from scheduler.core.ground.ids import BookingId, GroupId, PersonId
from scheduler.core.ground.people import Group, Roster
from scheduler.core.ground.spans import DayRange, Span
from scheduler.core.ground.working_time import Workday, WorkingTime
from scheduler.core.programme import frequencies
from scheduler.core.programme.frequencies import Duty, DutyChart, DutyExemption, DutyState, FrequencyRule

ZONE = ZoneInfo("Asia/Shanghai")
TIME = WorkingTime(ZONE)
ALL = tuple(PersonId(f"p{n}") for n in range(1, 5))
ROSTER = Roster(
    date(2014, 8, 1),
    groups={
        GroupId("B1"): Group(GroupId("B1"), "一支部", "branch", ALL, committee=ALL[:2]),
        GroupId("B2"): Group(GroupId("B2"), "二支部", "branch"),
        GroupId("G1"): Group(GroupId("G1"), "一组", "branch_group", ALL[:2]),
        GroupId("T1"): Group(GroupId("T1"), "班子", "team", ALL[2:]),
    },
)
RULE = FrequencyRule("F1", "支委会", Kind.COMMITTEE_MEETING, Per.MONTH, 1, "branch.committee", date(2014, 3, 2))


def a_meeting(day: date, *people: PersonId, part: Part = Part.ATTENDEE, name: str = "E1") -> Booking:
    start = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    invited = tuple(Participant(person, part) for person in people)
    return Booking(BookingId(name), RULE.kind, "", Span(start, start + timedelta(hours=1)), participants=invited)


def as_of(day: date) -> AsOf:
    return AsOf(day, datetime(day.year, day.month, day.day, 15, 59, tzinfo=UTC), ZONE)


def duties(
    rule: FrequencyRule, *meetings: Booking, on: date, exemptions: tuple[DutyExemption, ...] = ()
) -> dict[str, Duty]:
    told = frequencies.duties([rule], on.year, meetings, as_of(on), DutyChart(lambda _: ROSTER, TIME), exemptions)
    return {f"{duty.subject} {duty.period.label}": duty for duty in told}


def test_first_whole_period_is_the_first_that_is_asked() -> None:
    def labels(rule: FrequencyRule) -> list[str | None]:
        return [period.label for period in frequencies.periods(rule, 2014)]

    assert labels(replace(RULE, last=date(2014, 6, 29))) == ["2014-04", "2014-05"]
    assert labels(replace(RULE, per=Per.QUARTER)) == ["2014-Q2", "2014-Q3", "2014-Q4"]
    assert labels(replace(RULE, per=Per.YEAR, first=None)) == ["2014"]


def test_states_of_periods() -> None:
    august = a_meeting(date(2014, 8, 25), *ALL[:2])
    before = duties(RULE, august, on=date(2014, 8, 24))
    then = duties(RULE, august, on=date(2014, 8, 25))

    assert before["B1 2014-08"].state is DutyState.BOOKED
    assert before["B1 2014-08"].booked == ("E1",)
    assert (then["B1 2014-08"].state, then["B1 2014-08"].held) == (DutyState.HELD, ("E1",))
    assert (then["B1 2014-07"].state, then["B1 2014-09"].state) == (DutyState.LATE, DutyState.NOT_YET)
    assert duties(RULE, on=date(2014, 8, 31))["B1 2014-08"].state is DutyState.DUE
    assert then["B1 2014-07"].due == date(2014, 7, 31)
    assert [then[f"B1 2014-{month}"].has_begun for month in ("08", "09")] == [True, False]


def test_everybody_must_have_been_invited() -> None:
    day = date(2014, 8, 4)
    for meeting in (
        a_meeting(day, ALL[0]),
        a_meeting(day, *ALL[:2], part=Part.OBSERVER),
        replace(a_meeting(day, *ALL[:2]), is_cancelled=True),
        replace(a_meeting(day, *ALL[:2]), kind=Kind.MEETING),
    ):
        assert duties(RULE, meeting, on=day)["B1 2014-08"].state is DutyState.DUE


def test_where_there_is_nobody_it_is_asked_of_nobody() -> None:
    assert duties(RULE, on=date(2014, 8, 4))["B2 2014-08"].state is DutyState.EXEMPT


def test_two_meetings_may_be_asked() -> None:
    rule = replace(RULE, least=2)
    meetings = [a_meeting(date(2014, 8, day), *ALL[:2], name=f"E{day}") for day in (4, 20)]

    assert duties(rule, *meetings[:1], on=date(2014, 8, 5))["B1 2014-08"].state is DutyState.DUE
    assert duties(rule, *meetings, on=date(2014, 8, 5))["B1 2014-08"].state is DutyState.BOOKED
    assert duties(rule, *meetings, on=date(2014, 8, 20))["B1 2014-08"].state is DutyState.HELD


def test_who_is_asked() -> None:
    def subjects(attendees: str) -> dict[str, frozenset[PersonId]]:
        rule = replace(RULE, attendees=attendees)
        return {s: frequencies.attendees(rule, s, ROSTER) for s in frequencies.subjects(rule, ROSTER)}

    assert subjects("branch.members") == {"B1": frozenset(ALL), "B2": frozenset()}
    assert subjects("branch.committee")["B1"] == frozenset(ALL[:2])
    assert subjects("party_group") == {"G1": frozenset(ALL[:2])}
    assert subjects("T1") == {"T1": frozenset(ALL[2:])}


# ── Branches that come and go ────────────────────────────────────────────────────────────────────────────────────────
def founded(day: date, *, dissolved: date = date.max) -> dict[str, Duty]:
    """What became of B1, which is there from a day until the day before another, as of the end of the year."""
    empty = replace(ROSTER, groups={key: group for key, group in ROSTER.groups.items() if key != "B1"})
    chart = DutyChart(lambda on: ROSTER if day <= on < dissolved else empty, TIME)
    told = frequencies.duties([replace(RULE, first=None)], 2014, [], as_of(date(2014, 12, 31)), chart)
    return {duty.period.label or "": duty for duty in told if duty.subject == "B1"}


def exempt_in(told: dict[str, Duty]) -> list[str]:
    return [label for label, duty in told.items() if duty.state is DutyState.EXEMPT]


def test_branch_is_asked_for_what_it_is_there_half_of() -> None:
    assert exempt_in(founded(date(2014, 5, 20)))[-1] == "2014-05"
    assert exempt_in(founded(date(2014, 5, 10)))[-1] == "2014-04"
    assert exempt_in(founded(date(2014, 7, 16)))[-1] == "2014-06"  # 12 of the 23 workdays of July
    assert exempt_in(founded(date(2014, 7, 17)))[-1] == "2014-07"


def test_dissolved_branch_had_its_duties_before() -> None:
    told = founded(date.min, dissolved=date(2014, 4, 10))

    assert [label for label, duty in told.items() if duty.state is DutyState.LATE] == ["2014-01", "2014-02", "2014-03"]


def test_period_without_a_workday_is_asked_of_who_is_there_when_it_begins() -> None:
    holidays = WorkingTime(ZONE, {date(2014, 2, 1) + timedelta(days=n): Workday(is_workday=False) for n in range(28)})

    assert DutyChart(lambda _: ROSTER, holidays).middle(DayRange(date(2014, 2, 1), date(2014, 2, 28))) == (
        date(2014, 2, 1),
        date(2014, 2, 1),
    )


# ── Not asked, and missing ───────────────────────────────────────────────────────────────────────────────────────────
def test_period_is_not_asked_from_the_day_on_which_somebody_says_why() -> None:
    said = (DutyExemption("F1", "B1", "2014-07", "换届", date(2014, 8, 4), "p22"),)
    before = duties(RULE, on=date(2014, 8, 3), exemptions=said)
    then = duties(RULE, on=date(2014, 8, 4), exemptions=said)

    assert before["B1 2014-07"].state is DutyState.LATE
    assert (then["B1 2014-07"].state, then["B1 2014-07"].reason) == (DutyState.EXEMPT, "换届")
    assert not then["B1 2014-07"].has_begun
    assert then["B1 2014-06"].state is DutyState.LATE


def test_meeting_that_stands_is_told_though_its_period_is_not_asked() -> None:
    said = (DutyExemption("F1", "B1", "2014-08", "换届", date(2014, 8, 1), "p22"),)
    told = duties(RULE, a_meeting(date(2014, 8, 25), *ALL[:2]), on=date(2014, 8, 4), exemptions=said)["B1 2014-08"]

    assert (told.state, told.reason) == (DutyState.BOOKED, "")


def test_meeting_is_booked_for_what_lacks_one_and_is_not_over() -> None:
    listed = duties(RULE, a_meeting(date(2014, 9, 25), *ALL[:2]), on=date(2014, 8, 4))

    objections = {label: frequencies.objection(duty, date(2014, 8, 4)) for label, duty in listed.items()}
    assert objections["B1 2014-08"] is objections["B1 2014-10"] is None
    told = [objections[label] for label in ("B1 2014-07", "B1 2014-09", "B2 2014-08")]
    assert [(finding.kind, finding.details.get("meetings")) for finding in told if finding] == [
        ("duty_over", None),
        ("duty_not_missing", ("E1",)),
        ("duty_not_missing", ()),
    ]


def test_meeting_is_booked_for_all_who_have_to_be_invited() -> None:
    assert frequencies.selector(RULE, "B1") == "committee:B1"
    assert frequencies.selector(replace(RULE, attendees="branch.members"), "B1") == "branch:B1"
    assert frequencies.selector(replace(RULE, attendees="T1"), "T1") == "T1"
