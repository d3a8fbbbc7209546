"""What rules ask of their talks besides: their length, what comes before them, how often a day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.arranging.problem import Arrangement, arrange
from scheduler.core.arranging.wishes import usual_talks_a_day
from scheduler.core.ground.ids import GroupId, RuleId
from scheduler.core.ground.spans import DayRange
from scheduler.core.plans.problems import text_of
from scheduler.core.rules.definitions import Rule
from scheduler.core.rules.pairings import AllPairs, AnyOf, EachEach, Listed, Pairing
from scheduler.core.rules.requirements import Requirement
from scheduler.core.rules.selectors import BranchPart, GroupMembers
from tests.builders import a_booking, a_group, a_roster, a_talk
from tests.core.arranging_cases import a_pair, an_any, facts

ANYBODY = GroupMembers(GroupId("all"))


def rules(**told: Mapping[str, object]) -> dict[RuleId, Rule]:
    """Rules that say this besides."""
    return {RuleId(name): Rule(RuleId(name), AllPairs(ANYBODY), extras=extras) for name, extras in told.items()}


def before(found: Arrangement) -> dict[str, tuple[str, ...]]:
    """Which talks come before each that waits for any."""
    return {talk.id: talk.after for talk in found.problem.talks if talk.after}


def test_three_a_day_or_as_many_as_one_single_day_is_to_bring() -> None:
    one_day = DayRange(date(2014, 7, 1), date(2014, 7, 1))

    assert usual_talks_a_day([]) == usual_talks_a_day([an_any(k=6), an_any(k=2, window=one_day)]) == 3
    assert usual_talks_a_day([an_any(k=6, window=one_day), an_any(k=4, window=one_day)]) == 6
    assert usual_talks_a_day([an_any(k=50, window=one_day)]) == 20, "as many as anybody may be asked"


def test_a_talk_is_as_long_as_its_rule_says() -> None:
    asked = [a_pair(rule="RA"), a_pair("p01", "p03", rule="RB"), a_pair("p02", "p03", rule="RC")]
    told = rules(RA={"slot_minutes": 25}, RB={"slot_minutes": 90}, RC={})

    found = arrange(facts(*asked, rules=told))

    assert [talk.minutes for talk in found.problem.talks] == [25, 90, 45]


def test_a_talk_that_is_longer_than_a_day_has_no_time() -> None:
    found = arrange(facts(a_pair(rule="RA"), rules=rules(RA={"slot_minutes": 600})))

    assert [talk.reasons[0].kind for talk in found.unplaced] == ["no_time_left"]


def test_talks_of_a_rule_wait_for_those_of_the_same_people() -> None:
    asked = [a_pair("p01", "p02", rule="RA"), a_pair("p02", "p03", rule="RB"), a_pair("p03", "p04", rule="RB")]

    found = arrange(facts(*asked, rules=rules(RB={"after": ["RA"]}, RA={})))

    assert before(found) == {"RB:p02+p03": ("RA:p01+p02",)}


def test_a_talk_that_counts_for_both_rules_waits_for_none() -> None:
    both = a_pair("p01", "p02", rule="RA")
    both = Requirement(
        both.pair,
        None,
        (),
        1,
        (*both.reasons, *a_pair(rule="RB").reasons),
        both.severity,
        1,
        both.modes,
        False,
        both.window,
        None,
    )

    found = arrange(facts(both, a_pair("p01", "p03", rule="RA"), rules=rules(RB={"after": ["RA"]}, RA={})))

    assert before(found) == {}


def test_rules_that_wait_for_each_other_in_circles_wait_for_nothing() -> None:
    asked = [a_pair("p01", "p02", rule="RA"), a_pair("p02", "p03", rule="RB")]

    assert before(arrange(facts(*asked, rules=rules(RA={"after": ["RB"]}, RB={"after": ["RA"]})))) == {}


def test_a_talk_that_stands_comes_before_by_when_it_is_over() -> None:
    stands = a_talk("B1", "2014-07-02T09:00", ("p01", "p02"))
    asked = [a_pair("p01", "p02", rule="RA"), a_pair("p02", "p03", rule="RB")]

    found = arrange(facts(*asked, talks=[stands], rules=rules(RB={"after": ["RA"]}, RA={})))

    (talk,) = found.problem.talks
    assert (talk.id, talk.after) == ("RB:p02+p03", ())
    assert talk.earliest is not None
    assert talk.earliest % (24 * 60) == 9 * 60 + 45


def most(pairing: Pairing, *asked: Requirement, **limits: int) -> dict[str, int | None]:
    """How often a day each person may talk."""
    told = {RuleId("RA"): Rule(RuleId("RA"), pairing, extras={"limits": limits})}
    found = arrange(facts(*asked, rules=told, roster=ROSTER, options=ArrangeOptions(max_talks_per_day=3)))
    return {person.id: person.max_talks_per_day for person in found.problem.people}


def test_limits_are_of_half_days_days_and_weeks_and_what_stands_counts() -> None:
    stand = [a_talk("B1", "2014-07-02T09:00", ("p01", "p09"))]
    limits = {"a_max_per_half_day": 1, "a_max_per_day": 2, "a_max_per_week": 4}
    told = {RuleId("RA"): Rule(RuleId("RA"), AllPairs(ANYBODY), extras={"limits": limits})}
    asked = ArrangeOptions(max_talks_per_half_day=2, max_talks_per_week=3)

    problem = arrange(facts(a_pair(rule="RA"), rules=told, talks=stand, options=asked)).problem

    maxima = {
        person.id: (person.max_talks_per_half_day, person.max_talks_per_day, person.max_talks_per_week)
        for person in problem.people
    }
    assert maxima == {"p01": (1, 2, 3), "p02": (1, 2, 3)}
    assert [[text_of(start) for start in person.stands] for person in problem.people] == [["2014-07-02T09:00"], []]


def test_talks_around_the_days_asked_count_for_the_week() -> None:
    cancelled = a_talk("B2", "2014-06-30T10:00", ("p01", "p09"), is_cancelled=True)
    around = (a_talk("B1", "2014-06-30T09:00", ("p01", "p09")), cancelled, a_booking("B3", start="2014-06-30T11:00"))

    problem = arrange(replace(facts(a_pair(rule="RA")), around=around)).problem

    assert [len(person.stands) for person in problem.people] == [1, 0]


def test_nobody_has_to_move_for_having_had_more_than_may_be() -> None:
    booked = [a_talk(f"B{n}", f"2014-07-02T{9 + n:02}:00", ("p01", f"p0{n + 2}")) for n in range(2)]
    asked = ArrangeOptions(fewest_changes=True, max_talks_per_half_day=1, max_talks_per_week=1)

    problem = arrange(facts(a_pair(rule="RA"), talks=booked, options=asked)).problem

    (person,) = (person for person in problem.people if person.id == "p01")
    assert (person.max_talks_per_half_day, person.max_talks_per_day, person.max_talks_per_week) == (2, 3, 2)


PAIR = a_pair(rule="RA")
FIRST, SECOND = GroupMembers(GroupId("first")), GroupMembers(GroupId("second"))
ROSTER = a_roster(groups=[a_group("first", ["p01"]), a_group("second", ["p02"])])


@pytest.mark.parametrize(
    ("pairing", "limits", "expected"),
    [
        (AllPairs(ANYBODY), {"a_max_per_day": 1}, [1, 1]),
        (AllPairs(ANYBODY), {"b_max_per_day": 1}, [3, 3]),
        (AllPairs(ANYBODY), {"a_max_per_day": 9}, [3, 3]),
        (EachEach(FIRST, SECOND), {"a_max_per_day": 1, "b_max_per_day": 2}, [1, 2]),
        (EachEach(FIRST, BranchPart(None)), {"a_max_per_day": 1, "b_max_per_day": 2}, [1, 1]),
        (Listed(), {"b_max_per_day": 2}, [2, 2]),
        (AllPairs(ANYBODY), {"a_max_partners": 1}, [3, 3]),
    ],
)
def test_a_limit_holds_for_whoever_is_on_its_side(
    pairing: Pairing, limits: dict[str, int], expected: list[int]
) -> None:
    found = most(pairing, PAIR, **limits)

    assert [found["p01"], found["p02"]] == expected


def test_whoever_may_be_chosen_is_on_the_second_side() -> None:
    found = most(AnyOf(FIRST, ANYBODY), an_any("p01", ("p02", "p03"), rule="RA"), a_max_per_day=2, b_max_per_day=1)

    assert found == {"p01": 2, "p02": 1, "p03": 1}
