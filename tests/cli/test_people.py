from typing import Any

import pytest

from tests.command_line import CommandLine


def names(answer: dict[str, Any]) -> list[str]:
    return [person["name"] for person in answer["people"]]


def test_people_of_a_group_a_branch_and_a_booking_in_an_order(sample: CommandLine) -> None:
    team = sample.json("people", "--group", "leadership_team", "--order", "strokes")
    branch = sample.json("people", "--branch", "B1", "--order", "pinyin")
    meeting = sample.json("people", "--booking", "E09", "--order", "strokes-names")

    assert names(team) == ["王海波", "文静", "邓永昌", "沈维岳", "陈国梁", "林秀芝", "欧阳慧", "郑守正"]
    assert team["line"] == "（按姓氏笔画排序）"
    assert (len(branch["people"]), branch["line"]) == (34, "（按姓名拼音排序）")
    assert meeting["people"]
    assert meeting["line"] == "（按姓名笔画排序）"
    assert list(team["people"][0]) == ["id", "name", "position", "unit", "party", "staff"]


def test_a_character_without_strokes_is_said_until_the_office_sets_it(sample: CommandLine) -> None:
    sample.folder.joinpath("roster.csv").write_text(
        "id,name,unit,rank\nx1,㑇明,D01,901\nx2,龚二,D01,902\nx3,An Li,D01,903\n", "utf-8"
    )
    sample.json("import", sample.folder / "roster.csv")

    before = sample.json("people", "--order", "strokes")
    sample.json("strokes", "㑇", "3235511")
    after = sample.json("people", "--order", "strokes")

    assert names(before)[-2:] == ["㑇明", "An Li"]
    assert [(f["kind"], f["subject"]) for f in before["findings"]] == [("stroke_unknown", "x1")]
    assert before["findings"][0]["text"].startswith("㑇明：“㑇”没有笔画数据")
    assert names(after).index("㑇明") < names(after).index("龚二")
    assert after["findings"] == []
    assert sample.json("strokes") == [{"character": "㑇", "strokes": "撇竖撇折折横横"}]
    assert sample.json("strokes", "㑇", "--clear") == []
    assert sample("strokes").out == "没有设定过笔画。\n"


@pytest.mark.parametrize(
    "words",
    [
        ("strokes", "㑇"), ("strokes", "㑇", "x"), ("strokes", "㑇明", "7"), ("strokes", "㑇", "7", "--clear"),
        ("people", "--group", "G99"), ("people", "--branch", "leadership_team"), ("people", "--branch", "B9"),
        ("people", "--booking", "E999"), ("people", "--order", "age"), ("people", "--group", "B1", "--branch", "B1"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_wrong_use(sample: CommandLine, words: tuple[str, ...]) -> None:
    answer = sample(*words)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.strip()


def test_only_organizers_set_strokes_and_only_who_may_see_a_booking_lists_it(sample: CommandLine) -> None:
    assert sample.json("strokes", "㑇", "7", "--as", "p30", status=1)["error"] == "not_allowed"
    assert sample.json("people", "--booking", "T001", "--as", "p30", status=1)["error"] == "not_found"
