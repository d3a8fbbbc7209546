import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.organisation.facts import Source
from scheduler.services.imports.tables.line import TableLine, parts, unpadded
from tests.services.imports.tables.reading import known


@pytest.mark.parametrize("text", ["p01;p02", "p01； p02", "p01、p02", "p01,p02", "p01，p02;"])
def test_parts_are_separated_the_ways_people_do(text: str) -> None:
    assert parts(text) == ["p01", "p02"]


def test_chinese_names_lose_their_padding_and_foreign_ones_keep_their_spaces() -> None:
    assert unpadded("文 静") == "文静"
    assert unpadded("John Smith") == "John Smith"
    assert unpadded("阿依古丽•买买提") == "阿依古丽·买买提"


def test_everything_that_is_wrong_is_collected() -> None:
    line = TableLine(
        Source("a.csv", 3), {"id": "p 1/2", "rank": "high", "day": "?", "name": "x" * 300, "kind": "odd"}, known()
    )

    line.id("id")
    line.number("rank")
    line.day("day")
    line.text("name")
    line.word("kind", {"": 0, "even": 1})
    line.text("title", required=True)

    assert [(e.row, e.field, e.kind) for e in line.errors] == [
        (3, "id", "bad_id"),
        (3, "rank", "not_a_number"),
        (3, "day", "not_a_date"),
        (3, "name", "too_long"),
        (3, "kind", "unknown_word"),
        (3, "title", "missing"),
    ]


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("7.0", 7), ("０", 0), ("", None), ("1 0", 10)])
def test_whole_numbers_are_read_as_spreadsheets_keep_them(text: str, number: int | None) -> None:
    line = TableLine(Source("a.csv", 2), {"rank": text}, known())

    assert (line.number("rank"), line.errors) == (number, [])


@pytest.mark.parametrize("text", ["空缺", "（空缺）", "缺位", "—", "-", "无", "NULL", "(vacant)"])
def test_a_vacant_post_has_nobody(text: str) -> None:
    line = TableLine(Source("a.csv", 2), {"head": text}, known())

    assert (line.person("head"), line.people("head"), line.errors) == (None, (), [])


@given(st.text(max_size=40))
def test_no_text_breaks_a_reader(text: str) -> None:
    line = TableLine(Source("a.csv", 2), {"x": text}, known())

    line.id("x")
    line.number("x")
    line.day("x")
    line.time("x")
    line.person("x")
    line.people("x")


@pytest.mark.parametrize("text", ["2014年8月13日 星期五", "2014-08-13（周日）", "2014/8/13 礼拜天"])
def test_a_day_of_another_weekday_is_told_as_that(text: str) -> None:
    line = TableLine(Source("a.csv", 3), {"day": text, "other": "2014年13月1日 周三"}, known())

    assert line.day("day") is line.day("other") is None

    assert [(e.kind, str(e.details.get("day"))) for e in line.errors] == [
        ("weekday_differs", "2014-08-13"),
        ("not_a_date", "None"),
    ]
