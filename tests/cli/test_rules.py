from pathlib import Path

import pytest

from tests.command_line import SAMPLE, CommandLine

OWN = """
presets:
- id: own.pairs
  rules:
  - {id: P1, pairing: all_pairs, a: {group: senior_staff}}
"""


def test_list_shows_thirteen_presets_and_what_was_applied(sample: CommandLine) -> None:
    before = sample.json("rules", "list")
    sample.json("rules", "apply", "cn.four-must-talks")
    sample.json("rules", "apply", "cn.branch-yearly", "--for", "B1")
    after = sample.json("rules", "list")

    assert len(before["presets"]) == 13
    assert before["presets"][0] == {"id": "cn.four-must-talks", "name": "四必谈"}
    assert before["applied"] == []
    assert after["applied"] == [
        {"rule_set": "RS1", "preset": "cn.four-must-talks", "for": None, "leading": True, "campaign": "c1"},
        {"rule_set": "RS2", "preset": "cn.branch-yearly", "for": "B1", "leading": False, "campaign": "c1"},
    ]
    assert "Four must-talks" in sample("rules", "list", "--lang", "en").out


def test_preview_keeps_nothing(sample: CommandLine) -> None:
    sample.json("rules", "preview", "cn.four-must-talks")

    assert sample.json("rules", "list")["applied"] == []


@pytest.mark.parametrize("source", ["own.yaml", "own.yaml#own.pairs"])
def test_preview_and_apply_of_a_file(sample: CommandLine, tmp_path: Path, source: str) -> None:
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")

    said = sample.json("rules", "preview", tmp_path / source)

    assert (said["preset"], said["by_rule"], said["requirements"], said["distinct"]) == ("own.pairs", {"P1": 1}, 1, 1)
    assert sample.json("rules", "apply", tmp_path / source)["rule_set"] == "RS1"


def test_apply_again_keeps_the_id(sample: CommandLine) -> None:
    assert sample.json("rules", "apply", "cn.four-must-talks")["rule_set"] == "RS1"
    assert sample.json("rules", "apply", "cn.branch-yearly", "--for", "B1")["rule_set"] == "RS2"
    assert sample.json("rules", "apply", "cn.four-must-talks")["rule_set"] == "RS1"
    assert sample.json("rules", "apply", "cn.branch-yearly", "--for", "B2")["rule_set"] == "RS3"


def test_lead_changes_which_one_leads(sample: CommandLine) -> None:
    sample.json("rules", "apply", "cn.four-must-talks")
    sample.json("rules", "apply", "cn.branch-yearly", "--for", "B1")

    assert sample.json("rules", "lead", "RS2") == {"rule_set": "RS2", "leading": True}
    assert sample.json("coverage")["rule_set"] == "RS2"
    assert sample("rules", "lead", "RS9", "--json").status == 2


@pytest.mark.parametrize(
    "source",
    [
        "cn.no-such",
        "no/such/file.yaml",
        str(SAMPLE / "roster.csv"),
        str(SAMPLE / "talk_rule_presets.yaml"),
        str(SAMPLE),
    ],
)
def test_what_is_no_preset_is_wrong_use(sample: CommandLine, source: str) -> None:
    answer = sample("rules", "preview", source, "--json")

    assert (answer.status, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
    assert answer.err.strip("：:\n 格式不对")


def test_an_unknown_branch_is_wrong_use(sample: CommandLine) -> None:
    answer = sample("rules", "preview", "cn.branch-yearly", "--for", "B9", "--json")

    assert (answer.status, answer.out) == (2, "")
    assert "B9" in answer.err


def test_preview_in_sentences(sample: CommandLine) -> None:
    lines = sample("rules", "preview", "cn.four-must-talks-extended").out.splitlines()

    assert lines[0] == "cn.four-must-talks-extended：按规则 49 项，去重后 48 次，另有可选 6 次"
    assert ["R4", "8", "必须"] in [line.split() for line in lines]
    assert sample("rules", "apply", "cn.four-must-talks").out.splitlines()[0] == "已应用，方案编号 RS1。"
