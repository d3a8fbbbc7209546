"""People by rank, by strokes, and unit by unit."""

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.ground.person_orders import PersonOrder, key_of_order, strokes_missing, unit_of, unit_places
from tests.builders import a_person, a_roster, a_unit

ROSTER = a_roster(
    a_person("p01", "高富", rank=3, unit="D02"),
    a_person("p02", "丁一", rank=2, unit="D01"),
    a_person("p03", "王文", rank=1),
    a_person("p04", "文静", rank=4, unit="D01"),
    a_person("p05", "丁一", rank=5, unit="D01"),
    units=[a_unit("D01", head=PersonId("p04")), a_unit("D02", acting_head=PersonId("p04")), a_unit("D03")],
)


def in_order(order: PersonOrder) -> list[str]:
    return sorted(ROSTER.people, key=key_of_order(order, ROSTER))


def test_by_rank() -> None:
    assert in_order(PersonOrder.RANK) == ["p03", "p02", "p01", "p04", "p05"]


def test_by_strokes_namesakes_by_their_ids() -> None:
    assert in_order(PersonOrder.STROKES) == ["p02", "p05", "p03", "p04", "p01"]


def test_by_whole_names_and_by_sound() -> None:
    roster = a_roster(a_person("p01", "田富"), a_person("p02", "田大利"), a_person("p03", "高富"))

    def placed(order: PersonOrder) -> list[str]:
        return sorted(roster.people, key=key_of_order(order, roster))

    assert placed(PersonOrder.STROKES_NAMES) == ["p02", "p01", "p03"]
    assert placed(PersonOrder.PINYIN) == ["p03", "p02", "p01"]


def test_whose_strokes_nobody_knows_is_said_where_it_matters() -> None:
    roster = a_roster(a_person("p01", "㑇明"), a_person("p02", "王文"))
    missing = Finding("stroke_unknown", "p01", {"name": "㑇明", "character": "㑇"})

    assert strokes_missing(roster.people, PersonOrder.STROKES, roster, {}) == [missing]
    assert strokes_missing(roster.people, PersonOrder.STROKES_NAMES, roster, {"㑇": "7"}) == []
    assert strokes_missing(roster.people, PersonOrder.RANK, roster, {}) == []


def test_by_unit_those_without_one_first_and_heads_before_their_people() -> None:
    assert in_order(PersonOrder.UNIT) == ["p03", "p04", "p02", "p05", "p01"]


def test_units_stand_in_the_order_of_their_highest_people() -> None:
    assert unit_places(ROSTER) == {"": 1, "D01": 2, "D02": 3}
    assert unit_of(PersonId("p01"), ROSTER) == "D02"
    assert unit_of(PersonId("p99"), ROSTER) == UnitId("")


def test_somebody_unknown_stands_before_all_units() -> None:
    key = key_of_order(PersonOrder.UNIT, a_roster(a_person("p01", unit="D01"), units=[a_unit("D01")]))

    assert key(PersonId("p99")) < key(PersonId("p01"))
