"""Talks that are asked once in a period, through the command line, the pages and the API, while people come and go."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.command_line import CommandLine
from tests.visitors import a_browser, a_script

PRINCIPAL_AND_TEAM = "pairing: each_each, a: {role: principal}, b: {group: leadership_team, minus: {role: principal}}"
PERIODS = f"""
presets:
- id: own.periods
  window: {{opens: plan.starts, closes: plan.ends}}
  rules:
  - {{id: M, {PRINCIPAL_AND_TEAM}, per: month}}
  - {{id: Q, {PRINCIPAL_AND_TEAM}, per: quarter}}
"""
TEAM = [f"p{n:02d}" for n in range(1, 9)]


@pytest.fixture
def sample(sample_database: str, tmp_path: Path) -> CommandLine:
    """The command line on the sample organisation, on 2014-08-01 at 8:00, with a file of rules by month and by quarter."""
    (tmp_path / "periods.yaml").write_text(PERIODS, encoding="utf-8")
    return CommandLine(sample_database, tmp_path)


def change_team(sample: CommandLine, tmp_path: Path, members: list[str], since: str) -> None:
    """Let these people be the team from a day on."""
    (tmp_path / "team.yaml").write_text(f"groups: {{leadership_team: [{', '.join(members)}]}}", encoding="utf-8")
    assert sample.json("import", tmp_path / "team.yaml", "--valid-from", since)["updated"] == 1


def asked(sample: CommandLine, tmp_path: Path, day: str) -> int:
    return int(sample.json("rules", "preview", tmp_path / "periods.yaml", "--as-of", day)["requirements"])


def test_principal_and_team_by_month_and_by_quarter(sample: CommandLine, tmp_path: Path) -> None:
    said = sample.json("rules", "preview", tmp_path / "periods.yaml")

    assert (said["by_rule"], said["requirements"], said["distinct"]) == ({"M": 70, "Q": 28}, 98, 98)


def test_who_joins_in_mid_july_is_asked_from_july_on(sample: CommandLine, tmp_path: Path) -> None:
    change_team(sample, tmp_path, [*TEAM, "p09"], "2014-07-15")

    assert [asked(sample, tmp_path, day) for day in ("2014-07-14", "2014-07-15", "2014-08-01", "2014-12-01")] == [
        98, 105, 105, 105,
    ]  # fmt: skip


def test_who_joins_late_in_july_is_asked_from_august_on(sample: CommandLine, tmp_path: Path) -> None:
    change_team(sample, tmp_path, [*TEAM, "p09"], "2014-07-28")

    sample.json("rules", "apply", tmp_path / "periods.yaml")
    theirs = [r for r in sample.json("coverage")["requirements"] if "p09" in r["people"]]
    assert [r["period"] for r in theirs] == ["2014-08", "2014-09", "2014-10", "2014-11", "2014-Q3", "2014-Q4"]
    assert [r for r in theirs if r["overdue"]] == []


def test_who_leaves_in_july_keeps_what_was_asked_before(sample: CommandLine, tmp_path: Path) -> None:
    change_team(sample, tmp_path, TEAM[:-1], "2014-07-20")

    assert [asked(sample, tmp_path, day) for day in ("2014-07-19", "2014-07-20", "2014-08-01", "2014-12-01")] == [
        98, 92, 92, 92,
    ]  # fmt: skip
    sample.json("rules", "apply", tmp_path / "periods.yaml")
    coverage = sample.json("coverage", "--as-of", "2014-12-01")
    assert coverage["rows"]["p08"] == [2, 8]  # one talk in June covers its month and its quarter
    assert [r["period"] for r in coverage["requirements"] if "p08" in r["people"]] == [
        *(f"2014-{month:02d}" for month in range(2, 8)), "2014-Q1", "2014-Q2",
    ]  # fmt: skip


def test_page_and_api_say_the_same(
    sample: CommandLine, tmp_path: Path, sample_app: Flask, sample_session: Session
) -> None:
    sample.json("rules", "apply", tmp_path / "periods.yaml")
    change_team(sample, tmp_path, TEAM[:-1], "2014-07-20")

    api = a_script(sample_app, sample_session, "p22").get("/api/v1/coverage?as_of=2014-12-01").json
    page = a_browser(sample_app, sample_session, "p01").get("/?as_of=2014-12-01").text

    assert (api["required"], api["rows"]["p08"]) == (92, [2, 8])
    assert "林秀芝" in page
    assert f"{api['covered']} / 92" in page
