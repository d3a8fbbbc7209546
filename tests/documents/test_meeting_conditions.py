"""Files of preconditions: the shipped ones, an office's own, and what cannot be understood."""

from typing import Any

import pytest

from config import ROOT
from scheduler.core.ground.errors import Malformed
from scheduler.core.programme.conditions import Condition, ItemKind, What
from scheduler.documents import meeting_conditions, rule_files

PRESETS = ROOT / "sample" / "meeting_rule_presets.yaml"


def given(*items: Any) -> list[Condition]:
    return meeting_conditions.read("own.yaml", list(items))


def test_shipped_file_means_the_usual_six() -> None:
    content = rule_files.read(PRESETS.name, PRESETS.read_text(encoding="utf-8"))

    told = meeting_conditions.read(PRESETS.name, content)

    assert [(one.what, one.kind, one.target, one.days_before) for one in told] == [
        (What.STUDY, ItemKind.COMPUTED, "leadership_team", None),
        (What.OPINIONS, ItemKind.COMPUTED, "", None),
        (What.TALKS, ItemKind.COMPUTED, "cn.four-must-talks", None),
        (What.MATERIALS, ItemKind.COMPUTED, "", None),
        (What.PLAN, ItemKind.SIGN_OFF, "", None),
        (What.REPORT, ItemKind.TICK, "", 15),
    ]
    assert told[0].name == "集中学习不少于7天"


def test_own_ones_are_ticked_or_signed() -> None:
    assert given(
        {"zh": "会场已定", "kind": "manual"},
        {"name": "审计意见", "kind": "sign_off", "target": "auditors", "days_before": 3},
        {"name": "整改", "check": "tasks.all"},
        {"what": "report", "days_before": 10},
        {"en": "Minutes taken"},
    ) == [
        Condition("", What.OTHER, ItemKind.TICK, "会场已定"),
        Condition("", What.OTHER, ItemKind.SIGN_OFF, "审计意见", "auditors", 3),
        Condition("", What.TASKS, ItemKind.COMPUTED, "整改"),
        Condition("", What.REPORT, ItemKind.TICK, days_before=10),
        Condition("", What.OTHER, ItemKind.TICK, "Minutes taken"),
    ]
    assert given({"check": "report_date <= meeting_date", "name": "报告"})[0].days_before is None
    assert given({"check": "study_hours(person) >= 21", "name": "学习"})[0].target == ""


def test_one_of_several_lists_is_named() -> None:
    lists = {"preconditions": [{"id": "a", "checklist": [{"what": "plan"}]}, {"id": "b", "checklist": []}]}

    assert meeting_conditions.read("own.yaml", lists, "b") == []
    assert meeting_conditions.read("own.yaml", {"checklist": [{"what": "plan"}]})[0].what is What.PLAN
    with pytest.raises(Malformed) as no:
        meeting_conditions.read("own.yaml", lists)
    assert (no.value.kind, no.value.details["presets"]) == ("several_presets", ("a", "b"))


@pytest.mark.parametrize(
    ("content", "kind", "field"),
    [
        ({"rules": []}, "unknown_key", "own.yaml"),
        ({"checklist": "c1"}, "not_a_list", "checklist"),
        (["c1"], "not_a_mapping", "own.yaml[1]"),
        ([{"what": "weather"}], "unknown_choice", "own.yaml[1].what"),
        ([{"name": "x", "kind": "wish"}], "unknown_choice", "own.yaml[1].kind"),
        ([{"name": "x", "kind": "computed"}], "check_missing", "own.yaml[1].check"),
        ([{"name": "x", "check": "weather == fine"}], "check_not_understood", "own.yaml[1].check"),
        ([{"name": "x", "days_before": "soon"}], "out_of_range", "own.yaml[1].days_before"),
        ([{"name": "x", "days_before": 400}], "out_of_range", "own.yaml[1].days_before"),
        ([{"name": "x", "note": "y"}], "unknown_key", "own.yaml[1].note"),
    ],
)
def test_what_cannot_be_understood_is_named_with_its_place(content: object, kind: str, field: str) -> None:
    with pytest.raises(Malformed) as no:
        meeting_conditions.read("own.yaml", content)

    assert (no.value.kind, no.value.field) == (kind, field)
