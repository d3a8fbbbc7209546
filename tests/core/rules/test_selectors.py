import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.relations import Path, Post
from scheduler.core.rules.selectors import (
    BranchPart,
    BranchRole,
    EventPerson,
    GroupMembers,
    Minus,
    Related,
    RoleHolders,
    Scene,
    Selector,
    Tagged,
    Where,
    needs_branch,
    needs_event,
    needs_manager,
    parts,
    select,
    unknown_groups,
)
from tests.builders import a_group, a_person, a_roster, a_unit, people
from tests.core import sample

TEAM = GroupMembers(GroupId("leadership_team"))
PRINCIPAL = RoleHolders("principal")
SELF = BranchPart(None, BranchRole.MEMBERS)
BOSS = Related(Path(starts_at_unit=False, managers=1))


def where(**conditions: list[str]) -> Where:
    return Where(tuple((field, frozenset(values)) for field, values in conditions.items()))


def selected(selector: Selector, *, branch: str | None = None, person: str | None = None) -> list[str]:
    scene = Scene(sample.roster(), GroupId(branch) if branch else None, PersonId(person) if person else None)
    return list(select(selector, scene))


def test_group_means_its_members_in_rank_order() -> None:
    assert selected(TEAM) == ["p01", "p02", "p03", "p04", "p05", "p06", "p07", "p08"]


def test_minus_takes_people_away_and_may_be_nested() -> None:
    both = GroupMembers(GroupId("senior_staff"))

    assert selected(Minus(TEAM, PRINCIPAL)) == ["p02", "p03", "p04", "p05", "p06", "p07", "p08"]
    assert selected(Minus(TEAM, Minus(TEAM, PRINCIPAL))) == ["p01"]
    assert selected(Minus(both, TEAM)) == ["p09", "p10"]


@pytest.mark.parametrize(
    ("role", "found"),
    [
        ("principal", ["p01"]),
        ("organizers", ["p22", "p41"]),
        ("organizer", ["p22", "p41"]),
        ("supervisor", ["s01", "s02", "s03", "s04"]),
        ("secretary", ["p12", "p19", "p85"]),
        ("secretaries", ["p12", "p19", "p85"]),
        ("unit_head", ["p05", "p07", *(f"p{n}" for n in range(11, 22))]),
        ("unit_heads", ["p05", "p07", *(f"p{n}" for n in range(11, 22))]),
        ("treasurer", []),
    ],
)
def test_role_means_those_who_have_it(role: str, found: list[str]) -> None:
    assert selected(RoleHolders(role)) == found


def test_branch_self_means_the_branch_it_is_read_for() -> None:
    assert selected(BranchPart(None, BranchRole.COMMITTEE), branch="B3") == ["p85", "p86", "p87"]
    assert selected(BranchPart(None, BranchRole.SECRETARY), branch="B1") == ["p12"]
    assert len(selected(SELF, branch="B2")) == 22
    assert selected(SELF) == []


def test_branch_may_be_named() -> None:
    assert selected(BranchPart(GroupId("B2"), BranchRole.SECRETARY), branch="B1") == ["p19"]
    assert selected(BranchPart(GroupId("B9"), BranchRole.SECRETARY)) == []


def test_branch_without_a_secretary_means_nobody() -> None:
    roster = a_roster(groups=[a_group("B1", ["p01"], kind="branch")])

    assert select(BranchPart(GroupId("B1"), BranchRole.SECRETARY), Scene(roster)) == ()


def test_tag_is_on_the_person_or_a_group_of_that_name() -> None:
    roster = a_roster(a_person("p01", tags=("mentor",)), "p02", "p03", groups=[a_group("mentor", ["p03"], kind="tag")])

    assert select(Tagged("mentor"), Scene(roster)) == ("p01", "p03")


def test_where_wants_every_field_to_have_one_of_its_values() -> None:
    assert len(selected(where(category=["retired"]))) == 12
    assert len(selected(where(category=["staff"], party_status=["正式党员", "预备党员"]))) == 36
    assert selected(where(category=["leader", "senior"], gender=["女"])) == ["p03", "p06", "p08", "p10"]
    assert selected(where(rank=["1"])) == ["p01"]
    assert selected(where(tags=["lead"])) == ["s01"]
    assert selected(where(unit=["D09"])) == ["p41"]
    assert selected(where(category=["staf"])) == []


def test_where_leaves_out_who_has_nothing_in_the_field() -> None:
    assert select(where(rank=["1"]), Scene(a_roster(a_person("x")))) == ()


def test_event_person_and_their_leaders_are_read_after_an_occurrence() -> None:
    in_charge = Related(Path(starts_at_unit=False, post=Post.IN_CHARGE))

    assert selected(EventPerson(), person="p44") == ["p44"]
    assert selected(in_charge, person="p44") == ["p04", "p08"]
    assert selected(EventPerson()) == []
    assert selected(in_charge) == []


def test_people_that_nothing_is_known_of_that_day_are_left_out() -> None:
    roster = a_roster("p02", groups=[a_group("hosts", ["p01", "p02"])])

    assert select(GroupMembers(GroupId("hosts")), Scene(roster)) == people("p02")


def test_groups_that_are_not_there_are_named() -> None:
    roster = a_roster(
        a_person("p01", tags=("mentor",)),
        units=[a_unit("D01", head=PersonId("p01"))],
        groups=[a_group("hosts"), a_group("empty_tag", kind="tag")],
    )

    def missing(selector: Selector) -> list[str]:
        return list(unknown_groups(selector, roster))

    assert missing(GroupMembers(GroupId("visitors"))) == ["visitors"]
    assert missing(RoleHolders("supervisor")) == ["supervisors"]
    assert missing(BranchPart(GroupId("B9"))) == ["B9"]
    assert missing(Tagged("expert")) == ["expert"]
    assert missing(Minus(GroupMembers(GroupId("visitors")), PRINCIPAL)) == ["visitors", "principal"]
    for known in (
        GroupMembers(GroupId("hosts")), RoleHolders("unit_head"), RoleHolders("secretary"), RoleHolders("unit_heads"),
        RoleHolders("secretaries"), Tagged("mentor"),
        Tagged("empty_tag"), SELF, BOSS, EventPerson(), where(category=["x"]),
    ):  # fmt: skip
        assert missing(known) == []


def test_selector_tells_what_it_needs_however_deep() -> None:
    nested = Minus(TEAM, Minus(SELF, BOSS))

    assert list(parts(nested)) == [nested, TEAM, nested.without, SELF, BOSS]
    assert needs_branch(nested)
    assert needs_event(nested)
    assert needs_manager(nested)
    assert not needs_branch(BranchPart(GroupId("B1")))
    assert not needs_event(TEAM)
    assert not needs_manager(EventPerson())


def test_person_that_is_in_a_unit_without_a_chart_has_no_leader() -> None:
    roster = a_roster(a_person("p01", unit=UnitId("D01")))

    assert select(Related(Path(False, 0, Post.IN_CHARGE)), Scene(roster, person=PersonId("p01"))) == ()


PLAIN = st.sampled_from([TEAM, PRINCIPAL, Tagged("unit_head"), where(category=["leader"]), BranchPart(GroupId("B1"))])


@given(st.recursive(PLAIN, lambda inner: st.builds(Minus, inner, inner), max_leaves=6))
def test_selection_is_in_rank_order_and_names_nobody_twice(selector: Selector) -> None:
    found = selected(selector)

    assert found == sorted(set(found), key=lambda p: sample.roster().rank_key(PersonId(p)))


@given(PLAIN, PLAIN)
def test_what_is_taken_away_is_not_in_what_is_left(base: Selector, without: Selector) -> None:
    assert set(selected(Minus(base, without))) == set(selected(base)) - set(selected(without))


def test_a_party_status_is_asked_for_by_any_of_its_words() -> None:
    mixed = a_roster(
        a_person("p01", party_status="中共党员"),
        a_person("p02", party_status="民革"),
        a_person("p03", party_status="群众"),
    )

    def those(*words: str) -> tuple[str, ...]:
        return select(Where((("party_status", frozenset(words)),)), Scene(mixed))

    assert those("正式党员") == ("p01",)
    assert those("党员") == ("p01",)
    assert those("民主党派") == ("p02",)
    assert those("中国国民党革命委员会", "群众") == ("p02", "p03")
