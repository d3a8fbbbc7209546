import pytest

from scheduler import wording
from scheduler.core.ground.errors import Malformed
from scheduler.core.organisation.facts import RowError, merge
from scheduler.wording import imports
from tests.builders import at
from tests.services.imports.tables.reading import known, read


def said(error: RowError, lang: str = "zh") -> str:
    return wording.error(Malformed(error.kind, error.field, **error.details), lang)


def sentence(text: str, lang: str = "zh") -> str:
    [error] = read(text, who=known(p01="王伟", p02="王伟", p03="文静"))[1]
    return said(error, lang)


def test_a_name_that_two_have_names_both_ids() -> None:
    rows = "情形,人员,日期\naward,王伟,2014-07-01\n"

    assert sentence(rows) == "person：“王伟”有重名，请选择并填写编号：p01、p02"
    assert sentence(rows, "en") == "person: “王伟” may be any of p01, p02: give the id"


def test_a_contradiction_names_both_files() -> None:
    [error] = merge(read("id,name,rank\np01,甲,1\n", "id,name,rank\np01,甲,2\n")[0])[1]

    assert error.file == "table2.csv"
    assert said(error) == "rank：p01：此处为“2”，而 table1.csv 第 2 行 为“1”"
    assert said(error, "en") == "rank: p01: “2” here, but “1” in table1.csv row 2"


def test_cells_are_quoted_with_what_would_do() -> None:
    assert sentence("id,name,use\nR01,甲,party\n").startswith("use：无法识别“party”；可填：不限、通用")
    assert sentence("id,name,rank\np01,甲,high\n") == "rank：“high”不是数字"
    assert sentence("id,name,head\nD01,甲,p99\n", "en") == "head: nobody is called “p99”"
    assert sentence(f"id,name,unit\np01,{'长' * 300},D01\n") == "name：最多 200 个字符"


def test_a_clash_says_who_when_and_with_what() -> None:
    details = {
        "person": "p02",
        "room": None,
        "other": "T013",
        "name": "陈国梁",
        "start": at("2014-08-20T09:00"),
        "end": at("2014-08-20T09:45"),
    }
    error = RowError("talks.csv", 4, "participants", "person_taken", details)

    assert said(error) == "participants：陈国梁 8月20日 9:00–9:45 已有安排（T013）"


@pytest.mark.parametrize("reason", imports.FILES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_file_that_cannot_be_read_says_why(reason: str, lang: str) -> None:
    text = wording.error(Malformed("unreadable_file", "a.csv", reason=reason, limit_mb=10, line=3), lang)

    assert text.startswith("a.csv")
    assert len(text) > len("a.csv: ")
    assert "%(" not in text


@pytest.mark.parametrize("kind", imports.ROWS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_has_a_sentence_even_without_details(kind: str, lang: str) -> None:
    assert "%(" not in wording.error(Malformed(kind, "field"), lang)


def test_values_are_shown_as_people_write_them() -> None:
    details = {"key": "E01", "file": "b.csv", "row": None, "before": at("2014-08-20T09:00"), "after": (True, None, "x")}

    assert imports.sentence("contradiction", details, "zh") == "E01：此处为“是、、x”，而 b.csv 为“2014-08-20 09:00”"
    assert imports.sentence("duplicate_id", {**details, "after": False}, "en") is not None
    assert imports.sentence("something_else", {}, "zh") is None
