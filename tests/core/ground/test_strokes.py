"""Names by the strokes of their characters."""

from scheduler.core.ground.strokes import stroke_key


def in_order(*names: str) -> list[str]:
    return sorted(names, key=stroke_key)


def test_fewer_strokes_go_first_then_horizontal_before_dot() -> None:
    assert in_order("文静", "王海波", "丁一", "高富", "田大利") == ["丁一", "王海波", "文静", "田大利", "高富"]


def test_the_ear_beside_a_surname_has_two_strokes() -> None:
    assert in_order("郭平", "郑守正", "陈国梁", "邓永昌") == ["邓永昌", "陈国梁", "郑守正", "郭平"]


def test_a_name_of_two_characters_goes_before_longer_ones_of_the_surname() -> None:
    assert in_order("田大利", "田富", "欧阳慧", "田") == ["田", "田富", "田大利", "欧阳慧"]


def test_what_is_no_chinese_character_goes_last() -> None:
    assert in_order("Zhou Li", "An", "龚明") == ["龚明", "An", "Zhou Li"]
