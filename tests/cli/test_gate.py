"""The gate of a meeting and meetings by frequency, on the command line."""

import json
from collections import defaultdict
from typing import Any

import pytest

from config import ROOT
from tests.command_line import CommandLine

DATA = ROOT / "tests" / "data" / "programme"
FIGURES = json.loads((DATA / "figures.json").read_text(encoding="utf-8"))
TABLES = (
    "external_contacts_more", "tasks", "materials", "opinions", "opinion_tally", "meeting_results", "frequency_rules",
    "study_targets", "study_exemptions",
)  # fmt: skip
READY = {"TANXIN_NOW": "2014-08-19T08:00:00+08:00"}


@pytest.fixture
def gated(campaign: CommandLine) -> CommandLine:
    """The sample with its rules and the records that its gate asks for."""
    campaign.json("import", *(DATA / f"{name}.csv" for name in TABLES))
    return campaign


def items_of(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {item["key"]: item for item in told["items"]}


def test_conditions_of_three_days_hold(gated: CommandLine) -> None:
    for day, figures in FIGURES["gate_E10"].items():
        told = gated.json("gate", "E10", "--as-of", day)
        assert (told["ok"], told["quorum"]) == (figures["ready"], figures["quorum"]), day
        for key, item in figures["items"].items():
            shown = items_of(told)[key]
            assert {name: shown[name] for name in item if name in shown} == {
                name: value for name, value in item.items() if name in shown
            }, (day, key)
    assert told["state"] == "held"
    assert gated.json("gate", "E10", "--as-of", "2014-09-03")["state"] == "reported"
    assert not gated.json("gate", "E10", "--as-of", "2014-09-04")["after"]["late"]
    assert gated.json("gate", "E10", "--as-of", "2014-09-01")["after"]["due"] == "2014-09-04"


def test_meeting_is_not_confirmed_while_something_is_missing(gated: CommandLine) -> None:
    told = gated.json("gate", "E10", "confirm", status=1)

    assert [finding["subject"] for finding in told["missing"]] == ["c6", "c3", "c1", "c4", "c5"]
    assert "条件未齐" in gated("gate", "E10").out
    assert gated("gate", "E10", "confirm", "--as", "s01").status == 1
    assert gated("gate", "E10", "confirm", "--override", "  ").status == 2


def test_each_condition_is_ticked_by_whose_it_is(gated: CommandLine) -> None:
    assert gated.json("gate", "E10", "tick", "c5", "--as", "p22", status=1)["error"] == "not_allowed"
    assert gated.json("gate", "E10", "tick", "c6", "--as", "s01", status=1)["error"] == "not_allowed"
    refused = gated.json("gate", "E10", "tick", "c1", status=1)
    assert [finding["kind"] for finding in refused["blocking"]] == ["gate_item_computed"]
    signed = items_of(gated.json("gate", "E10", "tick", "plan", "--as", "s02"))["c5"]
    assert (signed["ok"], signed["by"], signed["on"]) == (True, "s02", "2014-08-01")
    assert items_of(gated.json("gate", "E10", "tick", "c6", "--on", "2014-07-31"))["c6"]["ok"]
    assert not items_of(gated.json("gate", "E10", "untick", "c6"))["c6"]["ok"]
    late = items_of(gated.json("gate", "E10", "tick", "c6", TANXIN_NOW="2014-08-06T08:00:00+08:00"))["c6"]
    assert (late["ok"], late["late"]) == (False, True)
    for words in (("E10", "tick"), ("E10", "tick", "c9"), ("E99",), ("T001",), ("E12", "tick", "c5")):
        assert gated("gate", *words).status == 2


def test_principal_makes_an_exception_and_never_confirms(gated: CommandLine) -> None:
    assert gated("gate", "E14", "confirm", "--as", "p01").status == 1
    assert gated.json("gate", "E14", "confirm", "--override", "急", "--as", "p01")["state"] == "overridden"
    assert gated.json("gate", "E14", "confirm", "--override", "急", "--as", "p22")["state"] == "confirmed"


def test_report_that_went_out_after_the_meeting_is_late_not_missing(gated: CommandLine) -> None:
    gated.json("gate", "E10", "tick", "c6", TANXIN_NOW="2014-08-25T08:00:00+08:00")
    told = items_of(gated.json("gate", "E10", "--as-of", "2014-08-26"))["c6"]

    assert (told["ok"], told["late"], told["on"]) == (False, True, "2014-08-25")
    assert items_of(gated.json("gate", "E10", "--as-of", "2014-08-24"))["c6"]["on"] is None


def test_override_has_a_reason_and_is_taken_back(gated: CommandLine) -> None:
    told = gated.json("gate", "E10", "confirm", "--override", "督导组另有安排", "--as", "p01")

    assert (told["state"], told["override"]["reason"], told["override"]["on"]) == (
        "overridden", "督导组另有安排", "2014-08-01",
    )  # fmt: skip
    assert [item["ok"] for item in told["frozen"]] == [False, True, False, False, False, False]
    assert "督导组另有安排" in gated("gate", "E10").out
    assert gated.json("gate", "E10", "--as-of", "2014-07-31")["state"] == "open"
    assert gated.json("gate", "E10", "withdraw")["state"] == "open"
    assert gated("gate", "E10", "withdraw").status == 2


def test_confirmed_gate_whose_item_falls_is_marked(gated: CommandLine) -> None:
    told = gated.json("gate", "E10", "confirm", "--override", "急", "--as", "p22")
    assert told["no_longer_holds"] == []
    gated.json("gate", "E10", "tick", "c6")
    gated.json("gate", "E10", "confirm", "--override", "急")
    gated.json("gate", "E10", "untick", "c6")

    assert gated.json("gate", "E10")["no_longer_holds"] == ["c6"]
    assert "c6" in gated("gate", "E10").out


def test_meeting_without_conditions_is_confirmed_at_once(gated: CommandLine) -> None:
    told = gated.json("gate", "E12", "confirm")

    assert (told["state"], told["items"], told["quorum"]) == ("confirmed", [], {"needed": 23, "expected": 34})


def test_numbers_come_after_the_meeting(campaign: CommandLine) -> None:
    later = {"TANXIN_NOW": "2014-08-21T08:00:00+08:00"}
    assert campaign.json("gate", "E10", "after", "--items", "25", status=1)["blocking"][0]["kind"] == "not_yet_begun"

    told = campaign.json("gate", "E10", "after", "--person-times", "60", "--items", "25", "--present", "8", **later)
    assert [finding["kind"] for finding in told["hints"]] == ["more_criticism_than_pairs"]
    assert (told["state"], told["after"]["person_times"], told["after"]["items"]) == ("held", 60, 25)
    told = campaign.json("gate", "E10", "after", "--person-times", "12", "--reported", "2014-08-21", **later)
    assert (told["state"], told["hints"], told["after"]["reported"]) == ("reported", [], "2014-08-21")
    assert campaign("gate", "E10", "confirm", **later).status == 1
    assert campaign("gate", "E10", "withdraw", **later).status == 1
    for words in (("--reported", "2014-08-19"), ("--reported", "2014-08-22"), ("--present", "9"), ("--items", "-1")):
        assert campaign("gate", "E10", "after", *words, **later).status == 2


def test_nothing_is_green_where_nothing_is_kept(sample: CommandLine) -> None:
    told = sample.json("gate", "E10")

    assert [item["ok"] for item in told["items"]] == [False] * 6
    assert [item["of"] for item in told["items"]] == [8, 0, 0, 0, None, None]


# ── By frequency ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_duties_of_three_days_hold(gated: CommandLine) -> None:
    for day, figures in FIGURES["frequencies"].items():
        told: defaultdict[str, Any] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
        for duty in gated.json("frequencies", "--as-of", day):
            if duty["state"] != "not_yet":
                label = " ".join([duty["period"], *duty["held"], *duty["booked"]])
                told[duty["rule"]][duty["subject"]][duty["state"]].append(label)
        assert told == figures, day


def test_one_branch_and_one_year(gated: CommandLine) -> None:
    told = gated.json("frequencies", "--branch", "B1", "--year", "2015")

    assert {duty["subject"] for duty in told} == {"B1"}
    assert {duty["state"] for duty in told} == {"not_yet"}
    assert len(told) == 12 + 4 + 1 + 4
    assert "支委会" in gated("frequencies").out or "支部委员会" in gated("frequencies").out
    assert {duty["subject"] for duty in gated.json("frequencies", "--as", "p19")} == {"B2"}
    assert gated("frequencies", "--as", "p06").status == 1
    for words in (("--branch", "B9"), ("--year", "99999")):
        assert gated("frequencies", *words).status == 2


def test_nothing_is_asked_without_rules(sample: CommandLine) -> None:
    assert sample.json("frequencies") == []
