from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import Person, Roster, Unit
from scheduler.core.ground.relations import Path, Post
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules import pairings
from scheduler.core.rules.pairings import AllPairs, AnyOf, Ask, AskOrGap, EachEach, Gap, Listed, OnEvent, Relation
from scheduler.core.rules.selectors import (
    BranchPart,
    BranchRole,
    EventPerson,
    GroupMembers,
    Minus,
    Related,
    Scene,
    Selector,
    Where,
)
from tests.builders import a_group, a_person, a_roster, a_unit, people
from tests.core import sample

IN_CHARGE, HEAD, ACTING = (Path(True, 0, post) for post in (Post.IN_CHARGE, Post.HEAD, Post.ACTING_HEAD))
CONTACT, MEMBER = (Path(True, 0, post) for post in (Post.CONTACT, Post.MEMBER))
MANAGER, ONESELF = Path(False, 1), Path(False)
SECRETARY = BranchPart(None, BranchRole.SECRETARY)
A, B = GroupMembers(GroupId("a")), GroupMembers(GroupId("b"))


def scene(a: str, b: str = "") -> Scene:
    """Four people, of whom some are in group a and some in group b."""
    return Scene(a_roster(groups=[a_group("a", a.split()), a_group("b", b.split())]))


def pairs(found: Iterator[AskOrGap]) -> list[tuple[str, ...]]:
    return [ask.people for ask in found if isinstance(ask, Ask)]


def gaps(found: Iterator[AskOrGap]) -> list[Gap]:
    return [gap for gap in found if isinstance(gap, Gap)]


def test_each_meets_each_but_not_themselves() -> None:
    found = pairs(pairings.each_each(EachEach(A, B), scene("p01 p02", "p02 p03")))

    assert found == [("p01", "p02"), ("p01", "p03"), ("p02", "p03")]


def test_all_pairs_are_every_two() -> None:
    assert pairs(pairings.all_pairs(AllPairs(A), scene("p03 p01 p02"))) == [
        ("p01", "p02"),
        ("p01", "p03"),
        ("p02", "p03"),
    ]
    assert pairs(pairings.all_pairs(AllPairs(A), scene("p01"))) == []


def test_any_of_gives_each_subject_the_pool_without_themselves() -> None:
    found = list(pairings.any_of(AnyOf(A, B, 2), scene("p01 p02", "p02 p03")))

    assert found == [
        Ask(people("p01"), people("p02", "p03"), 2),
        Ask(people("p02"), people("p03"), 2),
    ]


def test_pool_that_is_empty_is_told_of_the_branch_or_the_rule() -> None:
    in_branch = Scene(scene("p01").roster, GroupId("B1"))

    assert list(pairings.any_of(AnyOf(A, B), scene("p01"))) == [Gap("empty_pool", "p01")]
    assert list(pairings.any_of(AnyOf(A, A), in_branch)) == [Gap("empty_pool", "B1")]


def test_listed_pairs_come_from_the_campaign_or_the_file() -> None:
    roster, campaign = sample.roster(), sample.campaign()

    found = pairs(pairings.listed(Listed("extended_talks"), roster, campaign))
    assert found == [("p01", "p09"), ("p01", "p10"), ("p02", "p85"), ("p03", "p27"), ("p04", "p47"), ("p08", "p58")]
    assert pairs(pairings.listed(Listed(pairs=((PersonId("p01"), PersonId("p02")),)), roster, None)) == [("p01", "p02")]
    assert pairs(pairings.listed(Listed("mentor_pairs"), roster, campaign)) == []
    assert pairs(pairings.listed(Listed("extended_talks"), roster, None)) == []


def test_listed_pair_of_one_person_or_of_somebody_unknown_is_told() -> None:
    pairs_of_file = tuple((PersonId(one), PersonId(other)) for one, other in (("p01", "p01"), ("p01", "p99")))

    found = list(pairings.listed(Listed(pairs=pairs_of_file), a_roster(), None))

    assert found == [Gap("self_pair", "p01"), Gap("relation_unknown", "p99")]


def test_listed_pair_may_be_everybody_there_is() -> None:
    both = (PersonId("p01"), PersonId("p02"))

    assert pairs(pairings.listed(Listed(pairs=(both,)), a_roster("p01", "p02"), None)) == [both]


FOUR_MUST = Relation(IN_CHARGE, HEAD, ACTING)


def over(*units: Unit, relation: Relation = FOUR_MUST) -> list[AskOrGap]:
    return list(pairings.relation(relation, a_roster(units=units)))


def test_leader_in_charge_meets_the_head_or_who_acts_as_head() -> None:
    headed = a_unit("D01", in_charge=["p01"], head=PersonId("p02"), kind="dept")
    acted = a_unit("D02", in_charge=["p01"], acting_head=PersonId("p03"), kind="dept")

    assert over(headed, acted) == [
        Ask(people("p01", "p02"), unit=UnitId("D01")),
        Ask(people("p01", "p03"), unit=UnitId("D02"), is_acting=True),
    ]


def test_unit_with_two_leaders_in_charge_asks_both() -> None:
    unit = a_unit("I01", in_charge=["p01", "p02"], head=PersonId("p03"), kind="institution")

    assert pairs(iter(over(unit))) == [("p01", "p03"), ("p02", "p03")]


def test_leader_who_heads_the_unit_is_a_self_pair() -> None:
    assert over(a_unit("D07", in_charge=["p01"], head=PersonId("p01"), kind="dept")) == [Gap("self_pair", "D07")]


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        (a_unit("I05", in_charge=["p01"], kind="institution"), [Gap("head_vacant", "I05")]),
        (a_unit("D01", head=PersonId("p02"), kind="dept"), [Gap("relation_unknown", "D01")]),
        (a_unit("D01", kind="dept"), [Gap("relation_unknown", "D01")]),
        (a_unit("LT", in_charge=["p01"], kind="other"), [Gap("head_vacant", "LT")]),
        (a_unit("LT", kind="other"), []),
        (a_unit("D01", in_charge=["p01"], head=PersonId("gone"), kind="dept"), [Gap("head_vacant", "D01")]),
    ],
)
def test_vacant_posts_are_told_of_units_that_are_expected_to_have_them(unit: Unit, found: list[AskOrGap]) -> None:
    assert over(unit) == found


def test_contacts_and_acting_heads_need_not_be_there() -> None:
    unit = a_unit("D01", in_charge=["p01"], head=PersonId("p02"), kind="dept")

    assert over(unit, relation=Relation(CONTACT, HEAD)) == []
    assert over(unit, relation=Relation(IN_CHARGE, ACTING)) == []
    assert gaps(iter(over(a_unit("D02", contacts=people("p01"), kind="dept"), relation=Relation(CONTACT, HEAD)))) == [
        Gap("head_vacant", "D02")
    ]


def test_fallback_stands_in_for_the_head_on_whichever_side_it_is() -> None:
    roster = a_roster("p01", a_person("p02", unit=UnitId("D01")), units=[a_unit("D01", acting_head=PersonId("p01"))])

    assert list(pairings.relation(Relation(HEAD, MEMBER, ACTING), roster)) == [
        Ask(people("p01", "p02"), unit=UnitId("D01"), is_acting=True)
    ]


def chart(**managers: str) -> Roster:
    return a_roster(*(a_person(p, manager=PersonId(m) if m else None) for p, m in managers.items()))


def test_managers_are_walked_to_any_height() -> None:
    roster = chart(p01="", p02="p01", p03="p02", p04="p03")

    assert pairs(pairings.relation(Relation(MANAGER, ONESELF), roster)) == [
        ("p01", "p02"),
        ("p02", "p03"),
        ("p03", "p04"),
    ]
    assert pairs(pairings.relation(Relation(Path(False, 2), ONESELF), roster)) == [("p01", "p03"), ("p02", "p04")]
    assert pairs(pairings.relation(Relation(Path(False, 3), ONESELF), roster)) == [("p01", "p04")]
    assert pairs(pairings.relation(Relation(Path(False, 4), ONESELF), roster)) == []


def test_managers_who_manage_each_other_end_in_a_self_pair_and_not_in_a_circle() -> None:
    roster = chart(p01="p02", p02="p01")

    assert list(pairings.relation(Relation(Path(False, 2), ONESELF), roster)) == [Gap("self_pair"), Gap("self_pair")]


def test_fallback_of_a_manager_is_the_head_of_the_unit() -> None:
    roster = a_roster(a_person("p01"), a_person("p02", unit=UnitId("D01")), units=[a_unit("D01", head=PersonId("p01"))])

    found = list(pairings.relation(Relation(MANAGER, ONESELF, Path(False, 0, Post.HEAD)), roster))

    assert found == [Ask(people("p01", "p02"), unit=UnitId("D01"))]


def test_whoever_has_a_manager_needs_no_fallback() -> None:
    managed = a_person("p02", unit=UnitId("D01"), manager=PersonId("p03"))
    roster = a_roster("p01", managed, "p03", units=[a_unit("D01", head=PersonId("p01"))])

    found = pairings.relation(Relation(MANAGER, ONESELF, Path(False, 0, Post.HEAD)), roster)

    assert pairs(found) == [("p03", "p02")]


def test_people_without_a_manager_are_named_one_by_one_where_others_have_one() -> None:
    managed = [a_person("p02", manager=PersonId("p01")), a_person("p03", manager=PersonId("p99"))]
    groups = [a_group("principal", ["p01"], kind="role")]

    def gaps_of(*people: Person | str, target: Path = ONESELF) -> list[Gap]:
        return gaps(pairings.relation(Relation(MANAGER, target), a_roster(*people, groups=groups)))

    assert gaps_of("p01", *managed, "p04") == [Gap("relation_unknown", person, "manager") for person in ("p03", "p04")]
    assert gaps_of("p01", "p02", "p03") == []
    roots = [a_person("p05", manager=PersonId("p04")), a_person("p07", manager=PersonId("p06"))]
    assert gaps_of("p04", roots[0]) == []
    assert [gap.subject for gap in gaps_of("p04", "p06", *roots)] == ["p04", "p06"]


def award(person: str, day: date = date(2014, 7, 10), kind: str = "award", number: int = 1) -> Occurrence:
    return Occurrence(number, kind, PersonId(person), day)


def on_event(
    *occurrences: Occurrence,
    a: Selector = SECRETARY,
    b: Selector = EventPerson(),  # noqa: B008 - a frozen value
    offsets: tuple[int, ...] = (15,),
    only: str | None = None,
    roster: Roster | None = None,
) -> list[AskOrGap]:
    pairing = OnEvent(frozenset({"award", "joined"}), offsets, a, b)
    return list(pairings.on_event(pairing, roster or sample.roster(), occurrences, GroupId(only) if only else None))


def test_secretary_of_the_branch_talks_with_whom_it_befell_within_the_days() -> None:
    assert on_event(award("p44")) == [
        Ask(people("p19", "p44"), occurrence=1, days=DayRange(date(2014, 7, 10), date(2014, 7, 25)))
    ]


def test_occurrence_of_another_kind_or_of_a_later_day_or_of_a_stranger_asks_for_nothing() -> None:
    assert on_event(award("p44", kind="dispute"), award("p44", date(2014, 8, 2)), award("p99")) == []


def test_occurrence_of_the_day_itself_counts_whatever_came_before_it() -> None:
    found = on_event(award("p99"), award("p44", date(2014, 8, 1)))

    assert pairs(iter(found)) == [("p19", "p44")]


def test_somebody_on_both_sides_still_talks_with_the_others_after_an_occurrence() -> None:
    found = on_event(award("p01", date(2014, 6, 1)), a=A, b=A, roster=scene("p01 p02").roster)

    assert found == [
        Ask(people("p01", "p02"), occurrence=1, days=DayRange(date(2014, 6, 1), date(2014, 6, 16))),
        Ask(people("p02", "p01"), occurrence=1, days=DayRange(date(2014, 6, 1), date(2014, 6, 16))),
    ]


def test_occurrences_of_other_branches_are_left_out_when_a_branch_is_named() -> None:
    assert pairs(iter(on_event(award("p44"), award("p22"), only="B1"))) == [("p12", "p22")]


def test_each_offset_has_days_of_its_own() -> None:
    found = on_event(award("p44", kind="joined", day=date(2014, 6, 1)), offsets=(30, 60, 90))

    assert [ask.days for ask in found if isinstance(ask, Ask)] == [
        DayRange(date(2014, 6, 1), date(2014, 7, 1)),
        DayRange(date(2014, 7, 2), date(2014, 7, 31)),
        DayRange(date(2014, 8, 1), date(2014, 8, 30)),
    ]


def test_last_day_of_the_calendar_is_late_enough() -> None:
    days = list(pairings.talk_days((1, 2), award("p44", date.max)))

    assert days == [DayRange(date.max, date.max), DayRange(date.max, date.max)]


def test_secretary_to_whom_it_happens_is_a_self_pair_of_the_branch() -> None:
    nobody = [Gap("self_pair", "B2", occurrence=award("p19"))]

    assert on_event(award("p19")) == nobody
    assert on_event(award("p19"), a=BranchPart(GroupId("B2"), BranchRole.SECRETARY)) == nobody


def test_leader_in_charge_talks_with_people_of_the_unit() -> None:
    in_charge = Related(Path(False, 0, Post.IN_CHARGE))

    found = on_event(award("p44"), a=in_charge)

    assert pairs(iter(found)) == [("p04", "p44"), ("p08", "p44")]
    assert {ask.unit for ask in found if isinstance(ask, Ask)} == {"I01"}
    roster = a_roster(a_person("p01", unit=UnitId("D01")), units=[a_unit("D01", in_charge=["p01"])])
    befell = award("p01", date(2014, 6, 1))
    assert on_event(befell, a=in_charge, roster=roster) == [Gap("self_pair", "D01", occurrence=befell)]


OWN_LEADER = Related(Path(False, 0, Post.IN_CHARGE))
NOWHERE = a_roster(a_person("p44"), groups=[a_group("B1", ["p44"], kind="branch")])


@pytest.mark.parametrize(
    ("person", "a", "b", "gap"),
    [
        ("p27", SECRETARY, EventPerson(), Gap("empty_pool", missing="branch")),
        ("p02", OWN_LEADER, EventPerson(), Gap("relation_unknown", "LT", "in_charge")),
        ("p44", Related(MANAGER), EventPerson(), Gap("relation_unknown", missing="manager")),
        ("p44", EventPerson(), Minus(Related(MANAGER), SECRETARY), Gap("relation_unknown", missing="manager")),
        ("p44", Where((("category", frozenset({"x"})),)), EventPerson(), Gap("empty_pool")),
    ],
)
def test_why_nobody_is_there_to_talk_is_told_of_the_occurrence(person: str, a: Selector, b: Selector, gap: Gap) -> None:
    assert on_event(award(person), a=a, b=b) == [gap._replace(occurrence=award(person))]


def test_post_or_part_of_a_branch_that_nobody_holds_is_named() -> None:
    befell = award("p44", date(2014, 6, 1))
    of_unit = a_roster(a_person("p44", unit=UnitId("D01")), units=[a_unit("D01")])

    def told(a: Selector, roster: Roster) -> list[AskOrGap]:
        return on_event(befell, a=a, roster=roster)

    assert told(SECRETARY, NOWHERE) == [Gap("head_vacant", "B1", "secretary", befell)]
    assert told(BranchPart(None, BranchRole.COMMITTEE), NOWHERE) == [Gap("empty_pool", "B1", "committee", befell)]
    assert told(OWN_LEADER, of_unit) == [Gap("relation_unknown", "D01", "in_charge", befell)]
    assert told(OWN_LEADER, NOWHERE) == [Gap("relation_unknown", None, "unit", befell)]


def test_whoever_was_chosen_talks_in_place_of_whom_the_rule_leads_to() -> None:
    befell = replace(award("p44"), partner=PersonId("p22"))
    stranger, gone = replace(award("p27"), partner=PersonId("p22")), replace(award("p44"), partner=PersonId("p999"))

    assert pairs(iter(on_event(befell))) == [("p22", "p44")]
    assert pairs(iter(on_event(stranger))) == [("p22", "p27")]
    assert pairs(iter(on_event(befell, a=EventPerson(), b=SECRETARY))) == [("p44", "p22")]
    assert pairs(iter(on_event(gone))) == [("p19", "p44")]
    assert pairs(iter(on_event(stranger, a=SECRETARY, b=GroupMembers(GroupId("no_such"))))) == []
    assert pairs(iter(on_event(befell, a=SECRETARY, b=GroupMembers(GroupId("no_such"))))) == [("p19", "p22")]


def test_branch_of_a_person_is_read_off_the_page_when_no_list_has_them() -> None:
    roster = a_roster(
        "p01", a_person("p02", branch=GroupId("B1")), groups=[a_group("B1", [], kind="branch", secretary="p01")]
    )

    assert pairs(iter(on_event(award("p02", date(2014, 6, 1)), roster=roster))) == [("p01", "p02")]


def test_pairings_know_their_selectors_and_whether_they_need_a_branch() -> None:
    assert pairings.selectors_of(FOUR_MUST) == ()
    assert pairings.selectors_of(Listed()) == ()
    assert pairings.selectors_of(AllPairs(A)) == (A,)
    assert pairings.selectors_of(AnyOf(A, B)) == (A, B)
    assert pairings.needs_branch(EachEach(A, SECRETARY))
    assert not pairings.needs_branch(EachEach(A, B))
    assert not pairings.needs_branch(OnEvent(frozenset({"award"}), (1,), SECRETARY, EventPerson()))
