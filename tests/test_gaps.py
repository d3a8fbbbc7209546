"""Whatever makes a rule fall short is named: at import, in the preview and beside the rate."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.command_line import SAMPLE, CommandLine
from tests.visitors import a_browser, a_script

HEADING = "编号 id,名称 name,英文 en,类别 kind,分管领导 in_charge,负责人 head,主持工作 acting_head"


@pytest.fixture
def sample(sample_database: str, tmp_path: Path) -> CommandLine:
    return CommandLine(sample_database, tmp_path)


def told(findings: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(finding["kind"], finding["subject"], finding["text"]) for finding in findings]


def units(sample: CommandLine, tmp_path: Path, *rows: str) -> list[tuple[str, str, str]]:
    """What the import of some rows of the table of units warns of."""
    (tmp_path / "units.csv").write_text("\n".join((HEADING, *rows)) + "\n", encoding="utf-8")
    return told(sample.json("import", tmp_path / "units.csv")["warnings"])


VACANT = ("head_vacant", "D01", "办公室：负责人空缺")
NOBODY = ("relation_unknown", "D02", "组织部：没有登记分管领导")


def test_vacant_posts_are_named_whatever_the_kind_of_the_unit(
    sample: CommandLine, tmp_path: Path, sample_app: Flask, sample_session: Session
) -> None:
    rows = "D01,办公室,General Office,,p02陈国梁,（空缺）,", "D02,组织部,Organisation Dept,dept,,p12孙志诚,"

    assert units(sample, tmp_path, *rows) == [VACANT, NOBODY]
    preview = told(sample.json("rules", "preview", "cn.four-must-talks")["unresolved"])
    assert {VACANT, NOBODY} <= set(preview)
    sample.json("rules", "apply", "cn.four-must-talks")
    assert told(sample.json("coverage")["unresolved"]) == preview
    assert "未能确定：办公室：负责人空缺" in sample("coverage").out
    assert told(a_script(sample_app, sample_session, "p22").get("/api/v1/coverage").json["unresolved"]) == preview
    browser = a_browser(sample_app, sample_session, "p01")
    page = browser.get("/").text
    assert f"另有 {len(preview)} 处谈话排不了" in page
    assert "组织部：没有登记分管领导" in page
    assert "组织部：没有登记分管领导" in browser.get("/rules/preview?source=cn.four-must-talks").text


@pytest.mark.parametrize("heading", ["编号,名称,类别,分管领导,负责人", "编号,名称,分管领导,负责人"])
def test_unit_without_a_kind_and_with_nobody_is_named_at_import_and_in_the_preview(
    sample: CommandLine, tmp_path: Path, heading: str
) -> None:
    empty = "," * (heading.count(",") - 1)
    (tmp_path / "units.csv").write_text(f"{heading}\nD21,信息中心{empty}\n", encoding="utf-8")

    warnings = told(sample.json("import", tmp_path / "units.csv")["warnings"])

    nobody = ("relation_unknown", "D21", "信息中心：没有登记分管领导")
    assert warnings == [nobody, ("head_vacant", "D21", "信息中心：负责人空缺")]
    assert nobody in told(sample.json("rules", "preview", "cn.four-must-talks")["unresolved"])
    assert [unit["vacant"] for unit in sample.json("units", "list") if unit["id"] == "D21"] == [True]


def test_branch_without_a_committee_is_named_to_whoever_looks(cli: CommandLine, tmp_path: Path) -> None:
    cli.json("import", SAMPLE / "roster.csv", SAMPLE / "units.csv")

    gaps = told(cli.json("rules", "preview", "cn.branch-yearly")["unresolved"])

    assert [(kind, subject) for kind, subject, _ in gaps] == [("empty_pool", b) for b in ("B1", "B2", "B3")]


@pytest.fixture
def cli(database: str, tmp_path: Path) -> CommandLine:
    return CommandLine(database, tmp_path)
