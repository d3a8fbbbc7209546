"""Study targets: whom they concern, what is asked of newcomers, who is exempt."""

from datetime import date

import pytest

from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.roster_history import RosterStretch
from scheduler.core.ground.spans import DayRange
from scheduler.core.sessions.targets import StudyExemption, StudyTarget, exempted, hours_asked, joined, members
from tests.builders import a_group, a_roster
from tests.core.sample import roster, working_time

FIRST, LAST = date(2014, 2, 26), date(2014, 11, 24)
ST1 = StudyTarget("ST1", 49, FIRST, LAST, is_pro_rata=True)
ST2 = StudyTarget("ST2", 21, FIRST, LAST, ("all_party",), ("leadership_team",), is_pro_rata=True)
P46, P101 = PersonId("p46"), PersonId("p101")


def test_audience_less_another() -> None:
    team, party = members(ST1, roster()), members(ST2, roster())

    assert (len(team), len(party)) == (8, 48)
    assert not set(team) & set(party)


@pytest.mark.parametrize(
    ("since", "hours"),
    [(FIRST, 49.0), (date(2014, 7, 15), 23.8), (date(2014, 11, 24), 0.3), (date(2014, 11, 25), 0.0)],
)
def test_newcomers_are_asked_for_their_share_of_the_workdays(since: date, hours: float) -> None:
    assert hours_asked(ST1, {P101: since}, {}, working_time()) == {P101: hours}


def test_without_pro_rata_everybody_is_asked_for_the_whole() -> None:
    whole = StudyTarget("ST9", 49, FIRST, LAST)

    assert hours_asked(whole, {P101: date(2014, 7, 15)}, {}, working_time()) == {P101: 49.0}


def test_a_target_without_workdays_asks_for_the_whole() -> None:
    weekend = StudyTarget("ST9", 3, date(2014, 8, 16), date(2014, 8, 17), is_pro_rata=True)

    assert hours_asked(weekend, {P101: date(2014, 8, 17)}, {}, working_time()) == {P101: 3.0}


def test_exempt_hours_are_not_asked_and_never_below_none() -> None:
    exemptions = [
        StudyExemption("ST2", P46, 21, "产假", day=date(2014, 4, 1)),
        StudyExemption("ST2", P101, 5),
        StudyExemption("ST2", P101, 2.5),
        StudyExemption("ST1", P101, 40),
    ]

    assert exempted(ST2, exemptions, date(2014, 3, 31)) == {P101: 7.5}
    exempt = exempted(ST2, exemptions, date(2014, 4, 1))
    assert exempt == {P46: 21, P101: 7.5}
    assert hours_asked(ST2, {P46: FIRST, P101: FIRST}, exempt, working_time()) == {P46: 0.0, P101: 13.5}
    assert hours_asked(ST2, {P46: date(2014, 7, 15)}, exempt, working_time()) == {P46: 0.0}


def test_who_joined_is_concerned_from_that_day_on() -> None:
    before, after = (a_roster(groups=[a_group("leadership_team", ids)]) for ids in (["p01"], ["p01", "p02", "p03"]))
    stretches = [
        RosterStretch(DayRange(FIRST, date(2014, 7, 14)), before),
        RosterStretch(DayRange(date(2014, 7, 15), LAST), after),
        RosterStretch(DayRange(None, None), after),
    ]

    found = joined(ST1, stretches, [PersonId("p01"), PersonId("p02")])

    assert found == {"p01": FIRST, "p02": date(2014, 7, 15)}
    assert joined(ST1, stretches[2:], [PersonId("p02")]) == {"p02": FIRST}
    assert ST1.days == DayRange(FIRST, LAST)
