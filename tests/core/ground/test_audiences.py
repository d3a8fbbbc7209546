"""Who a booking is for."""

from collections import Counter

import pytest

from scheduler.core.ground import audiences
from scheduler.core.ground.bookings import Part, Participant
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import ExternalContact
from tests.builders import a_group, a_person, a_roster, a_unit, people
from tests.core import sample_talks
from tests.core.sample import roster


def test_somebody_named_is_not_counted_through_a_group() -> None:
    team = a_roster("p01", "p02", groups=[a_group("team", ["p01", "p02"])])

    found = audiences.participants(people("p02"), ["team"], team)

    assert found == (
        Participant(PersonId("p02"), Part.ATTENDEE, is_named=True),
        Participant(PersonId("p01"), Part.ATTENDEE, is_named=False),
    )


def test_whoever_attends_is_not_an_observer_as_well() -> None:
    both = a_roster("p01", "p02", groups=[a_group("team", ["p01"]), a_group("guests", ["p01", "p02"])])

    found = audiences.participants((), ["observer:guests", "team"], both)

    assert [(p.person, p.part) for p in found] == [("p01", Part.ATTENDEE), ("p02", Part.OBSERVER)]


def test_groups_come_in_rank_order() -> None:
    ranked = a_roster(
        a_person("p01", rank=3),
        a_person("p02", rank=1),
        a_person("p03", rank=2),
        groups=[a_group("g", ["p01", "p02", "p03"])],
    )

    assert audiences.select("g", ranked) == ("p02", "p03", "p01")


def test_staff_are_those_of_four_categories_and_party_their_members() -> None:
    mixed = a_roster(
        a_person("p01", category="leader"),
        a_person("p02", category="senior", party_status="预备党员"),
        a_person("p03", category="head", party_status="群众"),
        a_person("p04", category="staff", party_status="入党积极分子"),
        a_person("p05", category="retired"),
        a_person("p06", category="supervision"),
    )

    assert audiences.select("all_staff", mixed) == ("p01", "p02", "p03", "p04")
    assert audiences.select("all_party", mixed) == ("p01", "p02")
    assert audiences.select("retired", mixed) == ("p05",)


def test_unit_heads_are_heads_and_acting_heads_each_once() -> None:
    units = [
        a_unit("D01", head=PersonId("p02")),
        a_unit("D02", acting_head=PersonId("p01")),
        a_unit("D03", head=PersonId("p02")),
    ]

    assert audiences.select("unit_heads", a_roster(units=units)) == ("p01", "p02")


def test_branch_and_committee_are_told_apart() -> None:
    branch = a_group("B1", ["p01", "p02", "p03"], kind="branch", committee=["p03", "p02"])
    known = a_roster(groups=[branch])

    assert audiences.select("branch:B1", known) == ("p01", "p02", "p03")
    assert audiences.select("committee:B1", known) == ("p02", "p03")


@pytest.mark.parametrize("selector", ["nobody", "branch:B9", "committee:B9", "ext:model_worker"])
def test_what_is_unknown_and_outsiders_bring_in_nobody(selector: str) -> None:
    assert audiences.select(selector, a_roster()) == ()


def test_unknown_names_what_is_neither_a_group_nor_a_kind_of_contact() -> None:
    known = a_roster(groups=[a_group("team"), a_group("B1", kind="branch")])
    audience = ["all_staff", "all_party", "retired", "unit_heads", "team", "branch:B1", "committee:B1", "observer:team"]
    wrong = ["taem", "branch:B9", "committee:B9", "observer:nobody", "ext:nobody"]

    assert audiences.unknown([*audience, "ext:model_worker", *wrong], known, {"model_worker"}) == wrong


def test_outsiders_are_counted_by_kind() -> None:
    contacts = sample_talks.contacts()

    assert audiences.external_count(["leadership_team", "ext:street_town"], contacts) == 16
    assert audiences.external_count(["ext:model_worker", "ext:street_town"], contacts) == 26
    assert audiences.external_count(["leadership_team"], contacts) == 0


def test_the_sample_has_84_staff_and_56_party_members() -> None:
    assert len(audiences.participants((), ["all_staff"], roster())) == 84
    assert len(audiences.participants((), ["all_party"], roster())) == 56


def test_wen_jing_is_in_38_meetings_of_the_sample_and_bai_xue_in_3() -> None:
    counts = Counter(person for event in sample_talks.events() for person in event.people)

    assert (counts[PersonId("p03")], counts[PersonId("p27")]) == (38, 3)


def test_the_supervision_group_observes_the_democratic_life_meeting() -> None:
    parts = {p.person: p.part for p in sample_talks.event("E10").participants}

    assert [person for person, part in parts.items() if part is Part.OBSERVER] == ["s01", "s02", "s03", "s04"]
    assert parts[PersonId("p01")] is Part.ATTENDEE


def test_who_has_no_category_is_staff_unless_the_level_above_sent_them() -> None:
    plain = a_roster(
        a_person("p01", category="", party_status="中共党员"),
        a_person("p02", category="", party_status="群众"),
        a_person("p03", category="", party_status="中共党员"),
        groups=[a_group("supervision_group", ["p03"])],
    )

    assert audiences.select("all_staff", plain) == ("p01", "p02")
    assert audiences.select("all_party", plain) == ("p01",)


def test_the_parts_of_an_audience_that_stand_for_nobody_are_named() -> None:
    plain = a_roster(a_person("p01", party_status="群众"), groups=[a_group("team", ["p01"])])
    workers = (ExternalContact("m01", "model_worker", "劳模代表01"),)

    audience = ["all_staff", "all_party", "team", "observer:team", "ext:model_worker", "ext:enterprise"]

    assert audiences.empty(audience, plain, workers) == ["all_party", "ext:enterprise"]
    assert audiences.count("ext:model_worker", plain, workers) == 1
