from pathlib import Path

import pytest

from config import ROOT
from tests.command_line import SAMPLE, CommandLine


def test_a_folder_brings_everything_it_holds(cli: CommandLine) -> None:
    said = cli.json("import", SAMPLE)

    assert (said["people"], said["units"], said["rooms"]) == (100, 18, 7)
    assert len(cli.json("bookings")) == 90


def test_files_beside_the_tables_are_left_alone(cli: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "rooms.csv").write_bytes((SAMPLE / "rooms.csv").read_bytes())
    for name in ("README.md", ".hidden.csv", "~$rooms.xlsx"):
        (folder / name).write_text("nothing to import", encoding="utf-8")

    assert cli.json("import", folder)["rooms"] == 7


def test_what_is_wrong_in_a_file_of_settings_is_in_no_row(cli: CommandLine, tmp_path: Path) -> None:
    settings = tmp_path / "org.yaml"
    settings.write_text("organisation: {name_zh: 甲, vocabulary: klingon}\n", encoding="utf-8")

    told = cli("import", settings).out.splitlines()[0]

    assert told.startswith("org.yaml  organisation.vocabulary：无法识别“klingon”")


def test_a_row_that_is_wrong_is_named_and_nothing_is_imported(cli: CommandLine, tmp_path: Path) -> None:
    rooms = tmp_path / "rooms.csv"
    rooms.write_text(
        "编号 id,名称 name,英文 en,容量 capacity,用途 use\nR01,大厅,Hall,many,all\nR02,小厅,Room,4,talk\n",
        encoding="utf-8",
    )

    said = cli.json("import", rooms, status=1)

    assert said["rooms"] == 0
    assert said["errors"] == [{"file": "rooms.csv", "row": 2, "field": "capacity", "text": "capacity：“many”不是数字"}]
    table = cli("import", rooms)
    assert table.status == 1
    assert table.out.splitlines()[0] == "rooms.csv 第 2 行  capacity：“many”不是数字"
    assert "有错误，什么也没有导入。" in table.out
    assert "There are errors; nothing was imported." in cli("import", rooms, "--lang", "en").out


def test_many_wrong_rows_are_shown_in_part_and_told_in_full(cli: CommandLine, tmp_path: Path) -> None:
    rooms = tmp_path / "rooms.csv"
    rows = "\n".join(f"R{number:03d},场地,Room,many,all" for number in range(40))
    rooms.write_text(f"编号 id,名称 name,英文 en,容量 capacity,用途 use\n{rows}\n", encoding="utf-8")

    assert len(cli.json("import", rooms, status=1)["errors"]) == 40
    assert "……共 40 处错误。" in cli("import", rooms).out


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.csv", None),
        ("odd.csv", b"a,b,c\n1,2,3\n"),
        ("odd.xlsx", b"no workbook"),
        ("odd.yaml", b"a: [1"),
        ("odd.txt", b"?"),
    ],
)
def test_a_file_that_cannot_be_read_is_wrong_use(
    cli: CommandLine, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    answer = cli("import", tmp_path / name, "--json")

    assert (answer.status, answer.out) == (2, "")
    assert name in answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_folder_without_tables_is_wrong_use(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    answer = cli("import", tmp_path / "empty")

    assert (answer.status, answer.err) == (2, f"文件夹 {tmp_path / 'empty'} 里没有可导入的文件。\n")


def test_a_file_nobody_may_read_is_wrong_use(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "rooms.csv").symlink_to(tmp_path / "rooms.csv")  # a loop: reading it fails for everybody, root too

    answer = cli("import", tmp_path / "rooms.csv")

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(f"读不了 {tmp_path / 'rooms.csv'}：")


def test_facts_hold_from_the_day_that_is_named(campaign: CommandLine, tmp_path: Path) -> None:
    units = (SAMPLE / "units.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "units.csv").write_text(units.replace("p15冯学军", "p30"), encoding="utf-8")

    said = campaign.json("import", tmp_path / "units.csv", "--valid-from", "2014-07-15")

    assert (said["created"], said["updated"], said["unchanged"]) == (0, 1, 17)
    before = campaign.json("coverage", "--as-of", "2014-07-14")["requirements"]
    after = campaign.json("coverage", "--as-of", "2014-07-15")["requirements"]
    assert [["p04", "p15"] in [one["people"] for one in asked] for asked in (before, after)] == [True, False]
    assert [["p04", "p30"] in [one["people"] for one in asked] for asked in (before, after)] == [False, True]


def test_a_preview_says_that_it_is_one(cli: CommandLine) -> None:
    answer = cli("import", SAMPLE / "roster.csv", SAMPLE / "units.csv", "--dry-run")

    assert [line for line in answer.out.splitlines() if line.startswith("提醒")] == [
        "提醒：经费审查办公室：分管领导兼任负责人",
        "提醒：困难职工帮扶中心（筹）：负责人空缺",
    ]
    assert answer.out.splitlines()[-1] == "这是预览，什么也没有保存。"


def test_what_a_workbook_hides_and_who_has_died_is_said(cli: CommandLine) -> None:
    said = cli.json("import", ROOT / "tests" / "data" / "offices" / "hidden.xlsx", "--dry-run")

    assert [(row["sheet"], row["why"]) for row in said["set_aside"]] == [("旧名单", "sheet_hidden")]
    assert [finding["kind"] for finding in said["told"]] == ["rows_hidden"]
    village = cli.json("import", ROOT / "tests" / "data" / "offices" / "village.csv", "--dry-run")
    assert [question["id"] for question in village["questions"]] == ["leavers:village.csv", "team:leadership_team"]
    assert village["people"] == 6
