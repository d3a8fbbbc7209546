"""The programme as lanes: the figures of ten days, and what is next."""

import json
from typing import Any

import pytest

from config import ROOT
from tests.command_line import CommandLine

FIGURES = json.loads((ROOT / "tests" / "data" / "programme" / "figures.json").read_text(encoding="utf-8"))
LANES = [
    "study", "lectures", "symposiums", "visits", "opinions", "talks", "extended", "branch_talks", "materials", "gate",
    "meetings", "tasks", "batches", "reports",
]  # fmt: skip


@pytest.fixture
def programme(campaign: CommandLine) -> CommandLine:
    """The sample with its programme, and 四必谈 applied."""
    told = campaign.json("import", ROOT / "sample", ROOT / "sample" / "programme")
    assert (told["people"], told["units"], told["rooms"]) == (100, 18, 7)
    return campaign


def lanes_of(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {lane["key"]: lane for lane in told["lanes"]}


def test_figures_of_ten_days_hold(programme: CommandLine) -> None:
    for day, figures in FIGURES["by_date"].items():
        lanes = lanes_of(programme.json("programme", "--as-of", day))
        assert list(lanes) == LANES
        told = {key: (lane["done"], lane["of"]) for key, lane in lanes.items()}
        coverage, states = figures["coverage"], figures["materials"]["by_state"]
        expected = {
            "study": (figures["study"]["met"], figures["study"]["of"]),
            "lectures": (figures["lectures"]["done"], figures["lectures"]["of"]),
            "symposiums": (figures["symposiums"]["done"], figures["symposiums"]["of"]),
            "visits": (figures["visits"]["held"], figures["visits"]["of"]),
            "opinions": (figures["opinions"]["received"], figures["opinions"]["asked"]),
            "talks": (coverage["covered"], coverage["required"]),
            "extended": (coverage["optional"]["covered"], coverage["optional"]["required"]),
            "materials": (states["signed_off"], figures["materials"]["of"]),
            "tasks": (figures["tasks"]["by_state"]["done"], figures["tasks"]["total"]),
            "batches": (88, 88),
        }
        assert {key: told[key] for key in expected} == expected, day
        assert lanes["visits"]["who"] == figures["visits"]["leaders_without"], day
        sent = [report["state"] == "sent" for report in figures["reports"].values()]
        assert told["reports"] == (sum(sent), 2), day


def test_states_and_next_steps_on_the_first_of_august(programme: CommandLine) -> None:
    told = programme.json("programme")
    lanes = lanes_of(told)

    assert (told["campaign"], told["as_of"], told["phase"]) == ("c1", "2014-08-01", "查摆问题、开展批评")
    assert {key: lane["state"] for key, lane in lanes.items()} == {
        "study": "due", "lectures": "done", "symposiums": "done", "visits": "on_track", "opinions": "done",
        "talks": "due", "extended": "on_track", "branch_talks": "not_asked", "materials": "due", "gate": "due",
        "meetings": "late", "tasks": "on_track", "batches": "done", "reports": "due",
    }  # fmt: skip
    assert (lanes["meetings"]["done"], lanes["meetings"]["of"], lanes["meetings"]["who"]) == (2, 33, ["B1", "B2", "B3"])
    assert [(step["day"], step["what"], step["subject"]) for step in told["next"]] == [
        ("2014-08-05", "report", "E10"),
        ("2014-08-15", "talks", "E10"),
        ("2014-08-20", "study", "E10"),
        ("2014-08-20", "materials", "E10"),
        ("2014-08-20", "plan", "E10"),
    ]
    assert lanes["gate"]["findings"][0]["kind"] == "gate_item_missing"


def test_after_the_meeting_the_report_and_late_tasks_are_next(programme: CommandLine) -> None:
    after = programme.json("programme", "--as-of", "2014-08-26")["next"]
    assert ("2014-09-04", "reports", "E10") in {(step["day"], step["what"], step["subject"]) for step in after}

    late = programme.json("programme", "--as-of", "2014-11-05")
    assert [step["subject"] for step in late["next"]][:2] == ["Z07", "Z11"]
    assert lanes_of(late)["tasks"] | {"findings": []} == {
        "key": "tasks", "done": 8, "of": 18, "state": "late", "due": "2014-10-31", "who": ["p07", "p06"], "findings": [],
    }  # fmt: skip


def test_branch_talks_are_those_of_further_rule_sets(programme: CommandLine) -> None:
    programme.json("rules", "apply", "cn.branch-yearly")

    lane = lanes_of(programme.json("programme"))["branch_talks"]
    assert (lane["state"], lane["of"] > 0) == ("on_track", True)


def test_another_campaign_has_its_own(programme: CommandLine) -> None:
    told = programme.json("programme", "--campaign", "c2", "--as-of", "2015-06-01")

    states = {key: lane["state"] for key, lane in lanes_of(told).items()}
    assert states["gate"] == states["tasks"] == states["materials"] == states["talks"] == "not_asked"
    assert told["phase"] == "专题党课、学习研讨"


def test_only_those_who_look_after_a_campaign_see_it(programme: CommandLine) -> None:
    assert programme("programme", "--as", "s01").status == 0
    assert programme("programme", "--as", "p06").status == 1
    assert "下一步" in programme("programme").out


def test_without_a_campaign_there_is_none(cli: CommandLine) -> None:
    assert cli("programme").status == 2
