"""Talks held for one rule set that count for another: on the command line, on pages and in the API."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.store.accounts.rows import JournalRow
from tests.command_line import CommandLine
from tests.visitors import a_browser, a_script

OFFER = "窗口内已有 37 次谈话也符合这套方案，但计在其他方案里。"


@pytest.fixture
def second(sample_database: str, tmp_path: Path) -> CommandLine:
    """The sample with 四必谈 and, after it, 三必谈 applied."""
    cli = CommandLine(sample_database, tmp_path)
    cli.json("rules", "apply", "cn.four-must-talks-extended")
    cli.json("rules", "apply", "cn.three-must-talks")
    return cli


def covered(cli: CommandLine, rule_set: str = "RS2") -> list[int]:
    said = cli.json("coverage", "--rule-set", rule_set)
    return [said["covered"], said["required"]]


def csrf(page: str) -> str:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    return token[1]


def test_applying_a_second_rule_set_says_what_could_count_for_it(second: CommandLine) -> None:
    said = second.json("rules", "apply", "cn.three-must-talks")

    assert (said["rule_set"], len(said["linkable"])) == ("RS2", 37)
    assert f"{OFFER}一并计入：link RS2 --all-in-window" in second("rules", "apply", "cn.three-must-talks").out
    assert "linkable" not in second.json("rules", "apply", "cn.four-must-talks-extended")


def test_all_in_window_at_once_and_the_first_rule_set_keeps_them(second: CommandLine, sample_session: Session) -> None:
    assert covered(second) == [0, 40]

    linked = second.json("link", "RS2", "--all-in-window")

    assert (linked["rule_set"], len(linked["talks"])) == ("RS2", 37)
    assert covered(second) == [32, 40]
    assert covered(second, "RS1") == [37, 48]
    assert second.json("link", "RS2", "--all-in-window")["talks"] == []
    assert "没有可以计入的谈话" in second("link", "RS2", "--all-in-window").out
    rows = sample_session.scalars(select(JournalRow).where(JournalRow.action == "linked")).all()
    assert (len(rows), rows[0].details) == (37, {"rule_set": "RS2"})


def test_one_talk_and_back(second: CommandLine) -> None:
    assert second.json("link", "T001", "RS2") == {"rule_set": "RS2", "talks": ["T001"]}
    assert second.json("link", "T001", "RS2") == {"rule_set": "RS2", "talks": ["T001"]}  # again changes nothing
    assert covered(second) == [1, 40]
    assert "已计入 RS2：T001、T002" in second("link", "T001", "RS2", "--all-in-window").out
    assert "不再计入 RS2：T005" in second("unlink", "T005", "RS2").out
    assert covered(second) == [31, 40]
    assert second("unlink", "T005", "RS2").status == 2


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("link",), 2),
        (("link", "RS2"), 2),
        (("link", "T001", "T002", "RS2"), 2),
        (("link", "T999", "RS2"), 2),
        (("link", "T001", "RS9"), 2),
        (("link", "E01", "RS2"), 2),
        (("link", "RS9", "--all-in-window"), 2),
        (("link", "T001", "RS2", "--as", "p05"), 1),
        (("link", "RS2", "--all-in-window", "--as", "p05"), 1),
    ],
)
def test_what_cannot_be_is_said(second: CommandLine, words: tuple[str, ...], status: int) -> None:
    assert second(*words).status == status
    assert covered(second) == [0, 40]


def test_the_page_offers_it_and_does_it(second: CommandLine, sample_app: Flask, sample_session: Session) -> None:
    browser = a_browser(sample_app, sample_session, "p22")

    page = browser.get("/?rule_set=RS2").text
    assert OFFER in page
    assert OFFER not in browser.get("/").text
    done = browser.post("/rules/RS2/link-all", data={"csrf_token": csrf(page)}, follow_redirects=True)
    assert "已计入 37 次谈话。" in done.text
    assert OFFER not in done.text
    assert covered(second) == [32, 40]


def test_the_page_of_a_talk_lets_it_count_and_count_no_more(
    second: CommandLine, sample_app: Flask, sample_session: Session
) -> None:
    browser = a_browser(sample_app, sample_session, "p22")
    page = browser.get("/bookings/T001").text
    assert "也计入其他方案" in page
    assert "另外计入的方案" not in page

    sent = {"csrf_token": csrf(page), "rule_set": "RS2"}
    linked = browser.post("/bookings/T001/link", data=sent, follow_redirects=True).text
    assert "另外计入的方案" in linked
    assert "也计入其他方案" not in linked
    assert covered(second) == [1, 40]
    assert "不再计入。" in browser.post("/bookings/T001/unlink", data=sent, follow_redirects=True).text
    assert covered(second) == [0, 40]
    assert "T001 没有另外计入 RS2" in browser.post("/bookings/T001/unlink", data=sent, follow_redirects=True).text
    assert "也计入其他方案" not in a_browser(sample_app, sample_session, "p01").get("/bookings/T001").text


def test_the_api_does_the_same(second: CommandLine, sample_app: Flask, sample_session: Session) -> None:
    script = a_script(sample_app, sample_session, "p22")

    one = script.post("/api/v1/bookings/T001/link", json={"rule_set": "RS2"})
    assert (one.status_code, one.json) == (200, {"rule_set": "RS2", "talks": ["T001"]})
    assert len(script.post("/api/v1/rule-sets/RS2/link-all-in-window").json["talks"]) == 36
    assert covered(second) == [32, 40]
    assert script.post("/api/v1/bookings/T001/unlink", json={"rule_set": "RS2"}).json["talks"] == ["T001"]
    refused = script.post("/api/v1/bookings/T001/unlink", json={"rule_set": "RS2"})
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "rule_set")
    assert script.post("/api/v1/rule-sets/RS9/link-all-in-window").status_code == 404
    member = a_script(sample_app, sample_session, "p05")
    assert member.post("/api/v1/rule-sets/RS2/link-all-in-window").status_code == 403
    assert member.post("/api/v1/bookings/T001/link", json={"rule_set": "RS2"}).status_code == 403
