"""Somebody leaves the team: what they had talked does not become extra, on the command line, the page and in the API."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.command_line import CommandLine
from tests.visitors import a_browser, a_script

HELD = {"T005", "T011", "T015", "T018", "T022", "T023"}
"""What p06 had talked with the principal and the team."""


@pytest.fixture
def left(sample_database: str, tmp_path: Path) -> CommandLine:
    """The sample with 四必谈 applied; p06 leaves the team on 2014-07-28."""
    cli = CommandLine(sample_database, tmp_path)
    cli.json("rules", "apply", "cn.four-must-talks")
    (tmp_path / "team.yaml").write_text(
        "groups: {leadership_team: [p01, p02, p03, p04, p05, p07, p08]}", encoding="utf-8"
    )
    assert cli.json("import", tmp_path / "team.yaml", "--valid-from", "2014-07-28")["updated"] == 1
    return cli


def test_coverage_says_beside_the_rate_what_is_no_longer_required(left: CommandLine) -> None:
    said = left.json("coverage", "--as-of", "2014-08-01")

    assert (said["covered"], said["required"], said["no_longer_required"]) == (31, 40, {"pairs": 7, "held": 6})
    before = left.json("coverage", "--as-of", "2014-07-27")
    assert (before["covered"], before["required"], before["no_longer_required"]) == (37, 48, {"pairs": 0, "held": 0})
    told = left("coverage", "--as-of", "2014-08-01", "--lang", "en").out
    assert "A further 7 pairs are no longer required (people or posts changed); 6 of them had talked" in told


def test_ledger_marks_the_talks_and_none_of_them_is_extra(left: CommandLine) -> None:
    lines = left.json("ledger", "--as-of", "2014-08-01")
    marked = [line for line in lines if line["no_longer_required"]]

    assert {line["id"] for line in marked} == HELD
    assert [line for line in marked if line["extra"] or not line["counts"] or line["covers"]] == []
    assert [line for line in left.json("ledger", "--as-of", "2014-07-27") if line["no_longer_required"]] == []
    assert left("ledger", "--as-of", "2014-08-01").out.count("不再要求") == 6


def test_page_and_api_say_the_same(left: CommandLine, sample_app: Flask, sample_session: Session) -> None:
    script, browser = a_script(sample_app, sample_session, "p22"), a_browser(sample_app, sample_session, "p01")

    assert script.get("/api/v1/coverage").json["no_longer_required"] == {"pairs": 7, "held": 6}
    ledger = script.get("/api/v1/ledger").json["ledger"]
    assert {line["id"] for line in ledger if line["no_longer_required"]} == HELD
    assert "另有 7 对不再要求（人员或岗位有变动），其中 6 对已谈" in browser.get("/").text
    page = browser.get("/ledger?verdict=no_longer_required").text
    assert all(talk in page for talk in HELD)
    assert "T006" not in page


def test_row_of_oneself_and_of_a_branch_count_their_own(
    left: CommandLine, sample_app: Flask, sample_session: Session
) -> None:
    assert a_browser(sample_app, sample_session, "p06").get("/me").status_code == 200
    left.json("rules", "apply", "cn.branch-yearly")
    secretary = a_script(sample_app, sample_session, "p12")
    assert secretary.get("/api/v1/coverage?rule_set=RS2").json["no_longer_required"] == {"pairs": 0, "held": 0}
