import pytest

from scheduler.core.ground.ids import PersonId
from scheduler.services.imports.tables.directory import NamesById, Unclear
from tests.services.imports.tables.reading import known


@pytest.mark.parametrize("text", ["p02", "p02陈国梁", "p02 陈国梁", "p02（陈国梁）", "ｐ０２", "陈国梁", "陈　国 梁"])
def test_a_person_is_known_by_id_by_both_or_by_name(text: str) -> None:
    assert known().person(text) == "p02"


def test_a_name_that_two_have_is_asked_about() -> None:
    who = known(p01="王伟", p02="王伟")

    assert who.person("王伟") == Unclear("same_name_ask", {"people": ("p01", "p02")})
    assert who.person("p02王伟") == "p02"


def test_an_id_with_somebody_elses_name_is_told() -> None:
    assert known().person("p02文静") == Unclear("name_mismatch", {"person": "p02", "name": "陈国梁"})


def test_a_former_name_is_a_name() -> None:
    who = known(p01="旧名")
    who.meet(PersonId("p01"), "新名")

    assert [who.person(text) for text in ("旧名", "新名", "p01旧名")] == ["p01", "p01", "p01"]


@pytest.mark.parametrize("text", ["p99", "p99某人", "某人", "x"])
def test_nobody_is_nobody(text: str) -> None:
    assert known().person(text) == Unclear("unknown_person", {})


def test_new_ids_count_on_after_the_highest() -> None:
    who = known()
    who.count_on_from(["p96", "p7", "R04", "x", "p97b"])

    assert [who.new_id(letter) for letter in ("p", "p", "R", "u")] == ["p97", "p98", "R05", "u01"]


def test_units_groups_and_rooms_are_known_by_name_too() -> None:
    who = known()

    assert (who.unit("办公室"), who.unit("D01"), who.unit("D09")) == ("D01", "D01", "D09")
    assert (who.group("机关党支部"), who.room("谈话室A"), who.room("")) == ("B1", "R04", "")


def test_what_is_renamed_is_no_longer_found_by_its_former_name() -> None:
    names = NamesById({"R01": "大厅", "R02": "大厅"})

    names["R01"] = "小厅"

    assert ([*names.named("大厅")], [*names.named("小厅")], [*names.named("x")]) == (["R02"], ["R01"], [])
