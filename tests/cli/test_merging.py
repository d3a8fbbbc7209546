"""merge."""

from pathlib import Path

from tests.command_line import CommandLine


def test_an_entry_goes_into_another(sample: CommandLine, tmp_path: Path) -> None:
    roster = tmp_path / "又一份.csv"
    roster.write_text("编号,姓名,部门\np901,文静,D01\n", "utf-8")
    sample.json("import", str(roster))
    sample.json("occur", "award", "p901", "2014-07-01")

    told = sample("merge", "p03", "p901", "--dry-run")
    assert told.out == "把 p901 并入 p03，会转过去的有：\n  日程 1 处\n  情形 1 处\n" or "情形 1 处" in told.out
    answer = sample.json("merge", "p03", "p901")
    assert (answer["keep"], answer["gone"], answer["merged"], answer["blocking"]) == ("p03", "p901", True, [])
    assert [p["id"] for p in sample.json("people")["people"] if p["name"] == "文静"] == ["p03"]
    assert sample("merge", "p03", "p901").status == 2


def test_what_cannot_be_true_of_one_person_is_told(sample: CommandLine) -> None:
    refused = sample("merge", "p03", "p08")

    assert refused.status == 1
    assert "不能合并" in refused.out
