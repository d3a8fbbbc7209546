"""Meetings by frequency: periods, who must be invited, and what became of each."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.core.campaigns.windows import Per
from scheduler.core.ground.bookings import AsOf, Booking, Kind, Part, Participant
from scheduler.core.ground.ids import BookingId, GroupId, PersonId
from scheduler.core.ground.people import Group, Roster
from scheduler.core.ground.spans import Span
from scheduler.core.programme import frequencies
from scheduler.core.programme.frequencies import Duty, DutyState, FrequencyRule

ZONE = ZoneInfo("Asia/Shanghai")
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


def duties(rule: FrequencyRule, *meetings: Booking, on: date) -> dict[str, Duty]:
    told = frequencies.duties([rule], on.year, meetings, as_of(on), lambda _: ROSTER)
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
