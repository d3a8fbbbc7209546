"""The words people see."""

from enum import StrEnum

import pytest
import yaml

from config import ROOT
from scheduler import wording
from scheduler.core.coverage.report import CoverageState
from scheduler.core.coverage.verdicts import WHY_NOT
from scheduler.core.feeds.visibility import BUSY, BUSY_TITLE
from scheduler.core.ground.access import Role
from scheduler.core.ground.bookings import Kind, Mode, Part, Size, State
from scheduler.core.ground.findings import BLOCKING, WARNING
from scheduler.core.rules.requirements import Severity
from scheduler.core.sessions.study import Attended
from scheduler.wording.labels import WORDS

ENUMERATIONS: tuple[type[StrEnum], ...] = (Kind, Mode, Size, State, Part, CoverageState, Severity, Attended, Role)
KNOWN = [
    *(word for words in ENUMERATIONS for word in words),
    *WHY_NOT,
    *BLOCKING,
    *WARNING,
    BUSY,
    "extra",
    "event",
    "EXT",
]


@pytest.mark.parametrize("word", KNOWN, ids=str)
def test_every_word_of_core_has_both_languages(word: str) -> None:
    assert str(word) in WORDS


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_said_in_chinese_and_in_english(word: str) -> None:
    chinese, english = wording.label(word), wording.label(word, "en")

    assert chinese
    assert not chinese.isascii()
    assert english
    assert english.isascii()


def test_labels_are_those_of_the_glossary() -> None:
    words = ["open", "awaiting_confirmation", "booked", "covered", "not_asked", "busy", "made_up", "must", "extra"]

    assert [wording.label(word) for word in words] == [
        *("未谈", "待确认", "已排", "已谈", "不要求", "占用", "补课", "必须", "计划外谈话"),
    ]
    assert wording.label(Kind.TALK) == "谈心谈话"
    assert wording.label(Kind.TALK, "en") == "Talk"
    assert wording.label(BUSY) == BUSY_TITLE


def test_a_word_of_somebodys_own_stands_as_it_is() -> None:
    assert wording.label("working_group") == "working_group"
    assert wording.label("unit:bureau") == "bureau"


def test_every_occurrence_that_the_shipped_rules_react_to_has_its_words() -> None:
    presets = yaml.safe_load((ROOT / "sample" / "talk_rule_presets.yaml").read_text("utf-8"))["presets"]
    kinds = {kind for p in presets for rule in p.get("rules", []) for kind in rule.get("trigger", {}).get("event", [])}

    assert len(kinds) == 19
    assert kinds <= set(WORDS)


def named(group: str) -> str:
    return {"B1": "机关党支部", "own": "自定小组"}.get(group, group)


@pytest.mark.parametrize(
    ("selector", "zh", "en"),
    [
        ("all_staff", "全体干部职工", "All staff"),
        ("supervision_group", "督导组", "Supervision group"),
        ("branch:B1", "机关党支部全体党员", "All members of 机关党支部"),
        ("committee:B1", "机关党支部委员会", "Committee of 机关党支部"),
        ("observer:supervision_group", "督导组（列席）", "Supervision group (observing)"),
        ("ext:model_worker", "劳模代表", "Model workers"),
        ("ext:volunteer", "volunteer", "volunteer"),
        ("own", "自定小组", "自定小组"),
    ],
)
def test_audiences_are_named(selector: str, zh: str, en: str) -> None:
    assert wording.audience_text(selector, named) == zh
    assert wording.audience_text(selector, named, "en") == en


def test_a_pool_says_how_many() -> None:
    assert wording.pool_text("督导组", 1) == "督导组 任一"
    assert wording.pool_text("接待人", 4) == "接待人 任4人"
    assert wording.pool_text("Hosts", 1, "en") == "Hosts, any"
    assert wording.pool_text("Hosts", 4, "en") == "Hosts, any 4"
