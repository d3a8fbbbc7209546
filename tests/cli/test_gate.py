"""The gate of a meeting and meetings by frequency, on the command line."""

import json
from collections import defaultdict
from pathlib import Path
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


def test_missing_meeting_is_booked_at_the_best_time_that_is_left(gated: CommandLine) -> None:
    booked = gated.json("frequencies", "book", "F1", "B3", "2014-08")
    assert (booked["ok"], booked["blocking"]) == (True, [])

    duty = next(d for d in gated.json("frequencies", "--branch", "B3") if (d["rule"], d["period"]) == ("F1", "2014-08"))
    assert (duty["state"], duty["booked"]) == ("booked", [booked["id"]])
    (meeting,) = [b for b in gated.json("bookings", "--kind", "committee_meeting") if b["id"] == booked["id"]]
    assert "2014-08-01" < meeting["start"] < "2014-09-01"
    for key, why in (
        (("F1", "B3", "2014-08"), "duty_not_missing"),
        (("F1", "B3", "2014-07"), "duty_over"),
        (("F1", "B1", "2014-08"), "duty_not_missing"),
    ):
        assert gated.json("frequencies", "book", *key, status=1)["blocking"][0]["kind"] == why
    assert gated("frequencies", "book", "F1", "B2", "2014-09", "--as", "p19").status == 0
    assert gated("frequencies", "book", "F1", "B1", "2014-09", "--as", "p19").status == 2
    assert gated("frequencies", "book", "F1", "B1", "2014-09", "--as", "s01").status == 1
    for key in (("F9", "B1", "2014-08"), ("F1", "B1", "2014-13"), ("F1", "B1", "x"), ("F1", "B1")):
        assert gated("frequencies", "book", *key).status == 2


def test_period_of_which_no_time_is_left_is_told(gated: CommandLine) -> None:
    late = {"TANXIN_NOW": "2014-08-31T20:00:00+08:00"}

    refused = gated.json("frequencies", "book", "F1", "B3", "2014-08", status=1, **late)
    assert [finding["kind"] for finding in refused["blocking"]] == ["no_time_in_period"]


def test_period_is_not_asked_where_somebody_says_why(gated: CommandLine) -> None:
    def july() -> dict[str, Any]:
        return next(d for d in gated.json("frequencies", "--branch", "B3") if d["period"] == "2014-07")

    told = gated.json("frequencies", "exempt", "F1", "B3", "2014-07", "--reason", " 换届 选举 ")
    assert (told["state"], told["reason"]) == ("exempt", "换届 选举")
    assert july()["state"] == "exempt"
    assert "换届 选举" in gated("frequencies").out
    lane = next(lane for lane in gated.json("programme")["lanes"] if lane["key"] == "meetings")
    assert (lane["done"], lane["of"]) == (2, 32)
    before = gated.json("frequencies", "--as-of", "2014-07-31", "--branch", "B3")
    assert next(d for d in before if d["period"] == "2014-07")["state"] == "due"
    assert gated.json("frequencies", "ask", "F1", "B3", "2014-07")["state"] == "late"
    stands = gated.json("frequencies", "exempt", "F1", "B1", "2014-08", "--reason", "x", status=1)
    assert stands["blocking"][0]["kind"] == "duty_not_missing"
    assert gated("frequencies", "exempt", "F1", "B3", "2014-07", "--reason", "x", "--as", "p19").status == 1
    for words in (("--reason", " "), ("--reason", "长" * 300), ()):
        assert gated("frequencies", "exempt", "F1", "B3", "2014-07", *words).status == 2


def test_branch_that_is_founded_in_the_year_is_asked_from_then(gated: CommandLine, tmp_path: Path) -> None:
    branch = tmp_path / "org.yaml"
    branch.write_text(
        "groups:\n  branches:\n    B4: {name: 第四支部, secretary: p30, committee: [p30, p31], members: [p30, p31]}\n",
        encoding="utf-8",
    )
    gated.json("import", branch, "--valid-from", "2014-05-20")

    told = gated.json("frequencies", "--branch", "B4")
    states = {duty["period"]: duty["state"] for duty in told if duty["rule"] == "F1"}
    assert [states[f"2014-0{month}"] for month in range(3, 9)] == ["exempt"] * 3 + ["late"] * 2 + ["due"]


def test_rules_are_written_as_an_office_writes_them(sample: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "frequency_rules.csv"
    head = "编号,名称,类型,周期,次数,范围,起,止\n"
    table.write_text(
        head + "A,中心组,中心组学习,每季度,1,领导班子,,\nB,党小组会,党小组会,每月,1,党小组,,\n"
        "C,主题党日,主题党日,月,1,branch:B1,,\nD,支部大会,支部大会,季,1,支部全体党员,,\n",
        encoding="utf-8",
    )
    assert sample.json("import", table)["created"] == 4
    told = {(duty["rule"], duty["kind"], duty["subject"]) for duty in sample.json("frequencies")}
    assert {("A", "study_session", "leadership_team"), ("C", "theme_day", "B1")} <= told
    assert {subject for rule, _, subject in told if rule == "B"} == {"B1-1", "B1-2", "B1-3", "B2-1", "B2-2"}
    assert {subject for rule, _, subject in told if rule == "D"} == {"B1", "B2", "B3"}

    table.write_text(head + "E,会,会议,每旬,1,某某组,,\nF,会,会议,月,0,,,\n", encoding="utf-8")
    errors = sample.json("import", table, status=1)["errors"]
    assert [(error["row"], error["field"]) for error in errors] == [
        (2, "per"), (2, "attendees"), (3, "min"), (3, "attendees"),
    ]  # fmt: skip
    assert "支部全体党员" in errors[1]["text"]


def test_nothing_is_asked_without_rules(sample: CommandLine) -> None:
    assert sample.json("frequencies") == []
