"""The ways to say no, as sentences."""

import re

import pytest

from config import ROOT
from scheduler import wording
from scheduler.core.ground.errors import Busy, Malformed, NotAllowed, NotFound, Outdated, Refused
from scheduler.core.ground.findings import Finding
from scheduler.wording import calendars, imports, problem_files, rule_files
from scheduler.wording.errors import MALFORMED, NOUNS
from scheduler.wording.texts import say

CHINESE = re.compile(r"[\u4e00-\u9fff]")
CODE = "".join(path.read_text("utf-8") for path in (ROOT / "scheduler").rglob("*.py"))


@pytest.mark.parametrize(
    ("no", "zh", "en"),
    [
        (NotFound("room", "R99"), "没有这个场地：R99", "There is no room R99"),
        (NotFound("rule_set", ""), "还没有谈话方案", "There is no rule set yet"),
        (
            NotFound("link", ""),
            "这个链接已经失效（用过了，或者过了期），请联系组织者",
            "This link works no more (it was used, or is too old); please ask an organizer",
        ),
        (NotFound("odd_thing", "x"), "没有这个odd thing：x", "There is no odd thing x"),
        (NotAllowed("book"), "没有权限", "You may not do this"),
        (
            Refused([Finding("absence", "p01"), Finding("room_taken", "R01")]),
            "p01 不可用；R01 已被占用",
            "p01 is not available; R01 is taken",
        ),
        (
            Outdated("booking", "T001"),
            "日程 T001 已被他人修改，请查看最新内容后再试",
            "Somebody has just changed booking T001; look at it again",
        ),
        (Busy(), "系统正忙，请稍后再试", "Too many are writing at once; try again in a moment"),
        (RuntimeError("secret"), "操作未完成", "It could not be done"),
        (
            Malformed("not_a_date", "valid_from", value="昨天"),
            "valid_from：“昨天”不是日期（如 2014-08-20）",
            "valid_from: “昨天” is no date (such as 2014-08-20)",
        ),
        (Malformed("never_heard_of", "x"), "x：格式不对", "x: cannot be understood"),
        (Malformed("missing", "people"), "people：不能为空", "people: is required"),
        (Malformed("too_long", "title", last=200), "title：最多 200 个字符", "title: may have 200 characters at most"),
        (
            Malformed("not_a_time", "start"),
            "start：“”不是时间（如 2014-08-20T09:00）",
            "start: “” is no time (such as 2014-08-20T09:00)",
        ),
    ],
)
def test_each_way_to_say_no_has_its_sentence(no: Exception, zh: str, en: str) -> None:
    assert wording.error(no) == zh
    assert wording.error(no, "en") == en


def test_every_kind_of_malformed_words_in_the_code_has_a_sentence() -> None:
    kinds = set(re.findall(r"\bMalformed\(\s*\"([a-z_]+)\"", CODE))
    known = {*MALFORMED, *imports.ROWS, *rule_files.SENTENCES, *problem_files.SENTENCES, *calendars.ERRORS}
    known |= {"unreadable_file", "contradiction_asked"}

    assert len(kinds) > 30
    assert kinds <= known


def test_every_kind_of_row_error_in_the_code_has_a_sentence() -> None:
    kinds = set(re.findall(r"\.wrong\(\s*[^,()]+,\s*\"([a-z_]+)\"", CODE))
    known = {*MALFORMED, *imports.ROWS, *rule_files.SENTENCES}

    assert "unknown_unit" in kinds
    assert kinds <= known


def test_every_noun_that_is_not_found_has_its_word() -> None:
    nouns = set(re.findall(r"\b(?:NotFound|Outdated)\(\s*\"([a-z_]+)\"", CODE))

    assert nouns <= set(NOUNS)


def test_sentences_stand_in_both_languages() -> None:
    for table in (MALFORMED, NOUNS, imports.ROWS, imports.FILES, rule_files.SENTENCES):
        assert all(not say(text, "zh").isascii() and say(text, "en").strip() for text in table.values())
        assert not any(CHINESE.search(say(text, "en")) for text in table.values())
