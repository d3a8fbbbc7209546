"""What a report said on a day, though facts were corrected since."""

import json
from pathlib import Path

import docx
import pytest

from tests.command_line import CommandLine

LATER = {"TANXIN_NOW": "2014-08-05T09:00:00+08:00"}
BEFORE = ("--known-on", "2014-08-04")


@pytest.fixture
def corrected(campaign: CommandLine) -> CommandLine:
    """The sample, in which on 5 August much of June is corrected."""
    campaign.json("attend", "S18", "p03", "absent", **LATER)
    campaign.json("attend", "S18", "p05", "on_leave", **LATER)
    campaign.json("attend", "S18", "p05", "attended", **LATER)
    campaign.json("unconfirm", "T001", **LATER)
    campaign.json("cancel", "T002", **LATER)
    campaign.json("book", "meeting", "--people", "p01,p02", "--start", "2014-06-25T09:00", "--minutes", "60", **LATER)
    return campaign


def test_a_report_says_again_what_it_said(campaign: CommandLine) -> None:
    said = campaign.json("report", "2014-06")
    campaign.json("cancel", "T002", **LATER)
    campaign.json("attend", "S18", "p03", "absent", **LATER)

    told = campaign.json("report", "2014-06", *BEFORE, **LATER)
    now = campaign.json("report", "2014-06", **LATER)

    assert {key: told[key] for key in said} == said
    assert (now["talks"]["times"], said["talks"]["times"]) == (32, 33)
    assert told["known_on"] == "2014-08-04"
    assert "changes_kept_since" not in told


def test_what_was_corrected_since_is_told_fact_by_fact(corrected: CommandLine) -> None:
    told = corrected.json("report", "2014-06", *BEFORE, **LATER)

    changes = {change["subject"]: (change["before"], change["after"]) for change in told["changed_since"]}
    assert changes == {
        "S18": ({"status": "attended"}, {"status": "absent"}),
        "T001": ({"state": "held"}, {"state": "awaiting_confirmation"}),
        "T002": ({"state": "held"}, {"state": "awaiting_confirmation"}),
        "E15": (None, changes["E15"][1]),
    }
    assert [change["people"] for change in told["changed_since"] if change["subject"] == "T002"] == [["p01", "p03"]]
    assert {change["at"] for change in told["changed_since"]} == {"2014-08-05T09:00"}
    out = corrected("report", "2014-06", *BEFORE, **LATER).out
    assert "以上按 2014-08-04 当时所知；此后更正 4 处。" in out
    assert "T002 谈心谈话（6月16日、沈维岳、文静）：状态 已完成 → 待确认" in out
    assert "E15 会议（6月25日）：后来登记（已完成、2014年6月25日 9:00）" in out


def test_known_on_the_day_of_the_correction_is_known(corrected: CommandLine) -> None:
    on_the_day = corrected.json("report", "2014-06", "--known-on", "2014-08-05", **LATER)

    assert on_the_day["changed_since"] == []
    now = corrected.json("report", "2014-06", **LATER)
    assert {key: on_the_day[key] for key in now} == now


def test_other_months_are_not_told_of_it(corrected: CommandLine) -> None:
    march = corrected.json("report", "2014-03", *BEFORE, **LATER)

    assert march["changed_since"] == []


def test_a_table_that_corrects_is_a_correction_and_what_it_brings_new_is_none(campaign: CommandLine) -> None:
    head = "会次 session,日期 date,学时 hours,人员 person,姓名 name,出勤 status,补课日期 makeup_date\n"
    file = campaign.folder / "attendance.csv"
    file.write_text(head + "S18,2014-06-18,1.5,p03,文静,请假,\n", encoding="utf-8")
    campaign.json("import", file, **LATER)

    told = campaign.json("report", "2014-06", *BEFORE, **LATER)

    assert [(change["people"], change["after"]) for change in told["changed_since"]] == [
        (["p03"], {"status": "on_leave"})
    ]


def test_papers_say_what_they_said(corrected: CommandLine, tmp_path: Path) -> None:
    report, arrangement = tmp_path / "report.docx", tmp_path / "ledger.xlsx"
    corrected("export", "report", "2014-06", *BEFORE, "-o", report, **LATER)
    answer = corrected.json("export", "ledger", *BEFORE, "-o", arrangement, **LATER)

    text = "\n".join(paragraph.text for paragraph in docx.Document(str(report)).paragraphs)
    assert "按2014年8月4日当时所知" in text
    assert "此后更正 4 处" in text
    assert "T001 谈心谈话（6月18日、沈维岳、陈国梁）：状态 已完成 → 待确认" in text
    assert answer["title"] == "谈心谈话台账"


def test_a_part_of_a_report_is_of_one_person_unit_or_branch(campaign: CommandLine) -> None:
    june = ("report", "2014-06")
    whole, person = campaign.json(*june), campaign.json(*june, "--person", "沈维岳")
    unit, branch = campaign.json(*june, "--unit", "D01"), campaign.json(*june, "--branch", "B1")

    assert person["talks"]["person_times"] == {"p01": whole["talks"]["person_times"]["p01"]}
    assert (person["talks"]["times"], person["person"], person["study"]["recorded"]) == (8, "p01", 2)
    row = campaign.json("coverage", "--as-of", "2014-06-30")["rows"]["p01"]
    assert [person["coverage"]["covered"], person["coverage"]["required"]] == row
    assert (unit["unit"], branch["branch"]) == ("D01", "B1")
    assert set(branch["talks"]["person_times"]) < set(whole["talks"]["person_times"])
    assert (person["reports"], person["tasks"]) == ([], {})


@pytest.mark.parametrize(
    "words", [("--person", "p01", "--unit", "D01"), ("--unit", "D99"), ("--branch", "leadership_team"), ("--branch", "B9")]
)  # fmt: skip
def test_a_part_that_is_not_there_is_refused(campaign: CommandLine, words: tuple[str, ...]) -> None:
    answer = campaign("report", "2014-06", *words)

    assert answer.status in (1, 2)
    assert json.dumps(answer.err + answer.out)
