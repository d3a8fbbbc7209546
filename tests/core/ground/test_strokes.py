"""Names by the strokes of their characters."""

import pytest

from scheduler.core.ground.strokes import StrokePlace, place_of, stroke_key, strokes_written, unplaced


def in_order(*names: str, **given: str) -> list[str]:
    return sorted(names, key=lambda name: stroke_key(name, given))


def test_fewer_strokes_go_first_then_horizontal_before_dot() -> None:
    assert in_order("文静", "王海波", "丁一", "高富", "田大利") == ["丁一", "王海波", "文静", "田大利", "高富"]


def test_the_ear_beside_a_surname_has_two_strokes() -> None:
    assert in_order("郭平", "郑守正", "陈国梁", "邓永昌") == ["邓永昌", "陈国梁", "郑守正", "郭平"]


def test_a_name_of_two_characters_goes_before_longer_ones_of_the_surname() -> None:
    assert in_order("田大利", "田富", "欧阳慧", "田") == ["田", "田富", "田大利", "欧阳慧"]


def test_what_is_no_chinese_character_goes_last() -> None:
    assert in_order("Zhou Li", "An", "龚明") == ["龚明", "An", "Zhou Li"]


def test_whole_names_compare_the_second_character_at_once() -> None:
    names = ("田富", "田大利", "欧阳慧", "欧阳丁一")

    assert sorted(names, key=lambda name: stroke_key(name, has_blank=False)) == ["田大利", "田富", "欧阳丁一", "欧阳慧"]


def test_after_a_surname_of_two_characters_one_goes_before_two() -> None:
    assert in_order("欧阳丁一", "欧阳慧", "上官云", "司马青") == ["上官云", "司马青", "欧阳慧", "欧阳丁一"]


def test_who_has_a_character_that_is_not_in_the_table_goes_by_its_sound_before_other_letters() -> None:
    assert in_order("㑇明", "An", "龚明", "䶮玉", "阿卜杜拉·买买提") == [
        "阿卜杜拉·买买提",
        "龚明",
        "䶮玉",
        "㑇明",
        "An",
    ]


def test_an_office_sets_strokes_by_kinds_by_number_or_by_whom_they_follow() -> None:
    assert in_order("佘一", "㑇一", "佟一", "丁一", 㑇="撇竖撇折折横横") == ["丁一", "佟一", "㑇一", "佘一"]
    assert in_order("邹一", "㑇一", "武一", "丁一", 㑇="7") == ["丁一", "邹一", "㑇一", "武一"]
    assert in_order("邹一", "㑇一", "丁一", 㑇="丁") == ["丁一", "㑇一", "邹一"]
    assert in_order("关一", "羊一", "丁一", 关="2") == ["丁一", "关一", "羊一"]


def test_what_is_more_than_every_character_of_the_table_goes_behind_it() -> None:
    assert place_of("㑇", {"㑇": "64"}) > place_of("龘", {})
    assert place_of("㑇", {"㑇": "横"}).at > place_of("一", {}).at
    assert place_of("一", {}) == StrokePlace(0)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("3235511", "撇竖撇折折横横"),
        ("丿丨丿乙乙一一", "撇竖撇折折横横"),
        ("捺提亅", "点横竖"),
        (" ７ ", "7"),
        ("07", "7"),
        ("12", "12"),
        ("佋", "佋"),
        ("0", ""),
        ("65", ""),
        ("678", ""),
        ("㑇", ""),
        ("", ""),
        ("一" * 65, ""),
    ],
)
def test_what_was_written_as_strokes(text: str, kept: str) -> None:
    assert strokes_written(text) == kept


def test_one_horizontal_stroke_is_the_character_of_that_name() -> None:
    assert strokes_written("一") == "一"


def test_the_first_character_without_strokes_is_named() -> None:
    assert unplaced("李䶮", {}) == "䶮"
    assert unplaced("李䶮", {"䶮": "9"}) == ""
    assert unplaced("\ue000明", {}) == "\ue000"
    assert unplaced("Zhou·明", {}) == ""
