"""Preconditions of meetings on the command line: the usual, an office's own, and what comes of them."""

import json
from pathlib import Path
from typing import Any

from config import ROOT
from tests.cli.test_gate import READY, gated, items_of
from tests.command_line import CommandLine

__all__ = ["gated"]
LIFE, MEETING = "democratic_life_meeting", "meeting"


def a_file(folder: Path, *items: dict[str, Any]) -> Path:
    path = folder / f"own{len(list(folder.iterdir()))}.json"
    path.write_text(json.dumps(list(items)), encoding="utf-8")
    return path


def test_usual_six_hold_until_an_office_sets_its_own(gated: CommandLine) -> None:
    told = gated.json("conditions", LIFE)
    assert (told["usual"], [one["key"] for one in told["conditions"]]) == (True, ["c1", "c2", "c3", "c4", "c5", "c6"])
    assert gated.json("conditions", "民主生活会") == told

    shipped = gated.json("conditions", LIFE, "--file", ROOT / "sample" / "meeting_rule_presets.yaml")
    assert shipped["findings"] == []
    before, after = gated.json("gate", "E10"), gated.json("conditions", LIFE, "--usual")
    assert after == told
    assert [(item["ok"], item["have"], item["due"]) for item in before["items"]] == [
        (item["ok"], item["have"], item["due"]) for item in gated.json("gate", "E10")["items"]
    ]


def test_own_conditions_are_asked_of_any_kind_of_meeting(gated: CommandLine, tmp_path: Path) -> None:
    own = a_file(
        tmp_path,
        {"name": "会场已定", "days_before": 2},
        {"name": "审计意见", "kind": "sign_off", "target": "general_branch_committee"},
        {"what": "tasks"},
    )
    gated.json("conditions", MEETING, "--file", own)

    items = items_of(gated.json("gate", "E14"))
    assert [(item["name"], item["due"], item["ok"]) for item in items.values()] == [
        ("会场已定", "2014-11-19", False), ("审计意见", "2014-11-21", False), ("", "2014-11-21", False),
    ]  # fmt: skip
    room, audit, tasks = items
    assert (items[tasks]["have"], items[tasks]["of"]) == (1, 3)
    assert gated.json("gate", "E14", "tick", "会场已定", "--as", "p22")["missing"][0]["subject"] == audit
    assert "请由他们办理" in gated("gate", "E14", "tick", audit, "--as", "p22").err
    assert gated("gate", "E14", "tick", audit, "--as", "s01").status == 1
    assert gated.json("gate", "E14", "confirm", status=1)["state"] == "open"
    assert gated.json("gate", "E10")["items"][0]["key"] == "c1"
    again = a_file(tmp_path, {"name": "会场和音响已定"}, {"name": "会场已定"})
    gated.json("conditions", MEETING, "--file", again)
    kept = items_of(gated.json("gate", "E14"))
    assert {item["name"]: item["ok"] for item in kept.values()} == {"会场和音响已定": False, "会场已定": True}
    assert room in kept


def test_reference_to_something_absent_is_a_finding_and_never_holds(gated: CommandLine, tmp_path: Path) -> None:
    lost = a_file(tmp_path, {"what": "talks", "target": "cn.no-such"}, {"what": "study", "target": "ST2"})

    told = gated.json("conditions", LIFE, "--file", lost)

    assert [(finding["kind"], finding["subject"]) for finding in told["findings"]] == [("gate_reference_unknown", "c7")]
    shown = gated.json("gate", "E10", **READY)
    assert shown["findings"] == told["findings"]
    assert [(item["have"], item["of"]) for item in shown["items"]] == [(0, 0), (0, 47)]
    assert "cn.no-such" in gated("gate", "E10").out
    assert "不存在" in gated("conditions", LIFE).out


def test_plan_is_sent_sent_back_and_signed(gated: CommandLine) -> None:
    assert [f["kind"] for f in gated.json("gate", "E10", "return", "c5", status=1)["blocking"]] == [
        "gate_item_not_sent"
    ]
    sent = items_of(gated.json("gate", "E10", "submit", "plan", "--as", "p22"))["c5"]
    assert (sent["step"], sent["ok"], sent["by"]) == ("submitted", False, "p22")
    assert gated("gate", "E10", "return", "c5", "--as", "p22").status == 1
    assert gated("gate", "E10", "submit", "c5", "--as", "s01").status == 1
    assert items_of(gated.json("gate", "E10", "return", "c5", "--as", "s02"))["c5"]["step"] == "returned"
    assert "已退回" in gated("gate", "E10").out
    gated.json("gate", "E10", "submit", "c5", "--as", "p22")
    assert items_of(gated.json("gate", "E10", "tick", "c5", "--as", "s02"))["c5"]["ok"]
    assert not items_of(gated.json("gate", "E10", "return", "c5", "--as", "s01"))["c5"]["ok"]
    refused = gated.json("gate", "E10", "submit", "c6", status=1)
    assert [finding["kind"] for finding in refused["blocking"]] == ["gate_item_not_signed"]


def test_what_cannot_be_is_refused_and_changes_nothing(gated: CommandLine, tmp_path: Path) -> None:
    cases: tuple[tuple[Any, ...], ...] = (
        ("talk",),
        ("weather",),
        (MEETING, "--file", tmp_path / "none.yaml"),
        (MEETING, "--usual", "--file", "x"),
        (MEETING, "--file", a_file(tmp_path, *[{"what": "plan"}] * 31)),
        (MEETING, "--file", a_file(tmp_path, {"name": "长" * 2000})),
        (MEETING, "--file", a_file(tmp_path, {"what": "other"})),
        (MEETING, "--campaign", "c9"),
    )
    for words in cases:
        assert gated("conditions", *words).status == 2, words
    assert gated("conditions", MEETING, "--usual", "--as", "s01").status == 1
    assert gated("conditions", MEETING, "--as", "p03").status == 1
    assert gated.json("conditions", MEETING)["conditions"] == []
