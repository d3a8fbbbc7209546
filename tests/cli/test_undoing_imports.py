"""imports list, undo-import."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.wording.times import stamp_text
from tests.command_line import CommandLine


def test_an_import_is_listed_and_taken_back(sample: CommandLine, tmp_path: Path) -> None:
    roster = tmp_path / "新人.csv"
    roster.write_text("姓名,部门\n赵新来,新设科\n", "utf-8")
    number = sample.json("import", str(roster))["id"]

    [newest, *_] = sample.json("imports", "list")
    assert (newest["id"], newest["files"], newest["created"], newest["can_be_undone"]) == (
        number,
        ["新人.csv"],
        2,
        True,
    )
    listed = sample("imports", "list").out
    assert "新人.csv" in listed
    assert "系统操作员" in listed
    when = datetime.fromisoformat(newest["at"]).astimezone(ZoneInfo("Asia/Shanghai"))
    assert stamp_text(when) in listed, "by the clock of the organisation"

    assert sample("undo-import", str(number), "--dry-run").out == f"第 {number} 次导入可以撤销：没有关联记录。\n"
    assert sample.json("undo-import", str(number)) == {"id": number, "undone": True, "hanging": []}
    assert "赵新来" not in {person["name"] for person in sample.json("people")["people"]}
    refused = sample("undo-import", str(number))
    assert (refused.status, refused.out) == (1, f"第 {number} 次导入不能撤销：\n  这次导入已经撤销过\n")
    assert sample("undo-import", "4711").status == 2


def test_what_hangs_is_named(sample: CommandLine, tmp_path: Path) -> None:
    roster = tmp_path / "新人.csv"
    roster.write_text("姓名,部门\n赵新来,新设科\n", "utf-8")
    number = sample.json("import", str(roster))["id"]
    sample.json(
        "book", "talk", "--people", "赵新来,p03", "--start", "2014-08-14T13:30", "--minutes", "45", "--room", "R05"
    )

    refused = sample("undo-import", str(number), "--json")

    assert refused.status == 1
    assert "赵新来" in refused.out
    assert "T051" in refused.out
