"""People, units and groups on one day."""

from scheduler.core.ground.ids import PersonId
from tests.builders import a_group, a_person, a_roster, a_unit, people
from tests.core.sample import roster


def test_rank_order_puts_those_without_a_rank_last_and_ties_by_id() -> None:
    unranked = a_person("xx")
    known = a_roster(unranked, a_person("p03", rank=2), a_person("p02", rank=2), a_person("p01", rank=9))

    assert known.in_rank_order(people("xx", "p01", "p03", "p02", "p99")) == ("p02", "p03", "p01", "p99", "xx")


def test_a_group_that_is_not_there_has_no_members() -> None:
    assert a_roster(groups=[a_group("team", ["p02", "p01"])]).members("team") == ("p01", "p02")
    assert a_roster().members("team") == ()


def test_somebody_unknown_is_called_by_the_id() -> None:
    assert a_roster("p01").name(PersonId("p01")) == "人p01"
    assert a_roster("p01").name(PersonId("p99")) == "p99"


def test_there_may_be_no_principal() -> None:
    assert roster().principal == "p01"
    assert a_roster().principal is None


def test_branches_are_groups_of_that_kind() -> None:
    branches = [a_group("B2", kind="branch", secretary="p01"), a_group("B1", kind="branch"), a_group("team")]
    known = a_roster(groups=branches)

    assert [branch.id for branch in known.branches()] == ["B1", "B2"]


def test_heads_are_heads_and_acting_heads() -> None:
    units = [a_unit("D01", head=PersonId("p02")), a_unit("D02", acting_head=PersonId("p01"))]

    assert a_roster(units=units).heads() == ("p01", "p02")


def test_party_members_are_full_or_probationary() -> None:
    assert a_person(party_status="正式党员").is_party_member
    assert a_person(party_status="预备党员").is_party_member
    assert not a_person(party_status="入党积极分子").is_party_member


def test_namesakes_and_colleagues_are_found_together() -> None:
    known = a_roster(a_person("p01", "王伟"), a_person("p02", "王伟", unit="D01"), a_person("p03", unit="D01"))

    assert known.people_by_name == {"王伟": ["p01", "p02"], "人p03": ["p03"]}
    assert known.people_by_unit["D01"] == ["p02", "p03"]


def test_units_stand_under_whoever_leads_them_each_once() -> None:
    first = a_unit("D01", in_charge=people("p01"), head=PersonId("p01"))
    second = a_unit("D02", in_charge=people("p01"), acting_head=PersonId("p02"))

    assert a_roster(units=[first, second]).units_by_leader == {"p01": [first, second], "p02": [second]}


def test_of_groups_with_the_same_people_the_first_names_them_and_tags_only_if_nothing_else_does() -> None:
    groups = [
        a_group("a", ["p01", "p02"], kind="tag"),
        a_group("b", ["p01", "p02", "p03"], kind="branch", committee=people("p02", "p01")),
        a_group("c", ["p03"], kind="tag"),
        a_group("d", ["p01", "p02", "p03"]),
    ]
    named = {"".join(sorted(k)): name for k, (_, name) in a_roster(groups=groups).selectors_by_people.items() if k}

    assert named == {"p01p02": "committee:b", "p01p02p03": "b", "p03": "c"}
