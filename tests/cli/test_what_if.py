"""what-if: an org change on the command line, before it is imported."""

from pathlib import Path

from tests.command_line import CommandLine


def test_an_appointment_is_looked_at_and_not_made(campaign: CommandLine) -> None:
    before = campaign.json("coverage")
    shown = campaign.json("what-if", "--join", "leadership_team=孙志诚")

    assert (shown["as_of"], shown["valid_from"], shown["updated"]) == ("2014-08-01", "2014-08-01", 1)
    (effect,) = shown["rule_sets"]
    assert effect["before"] == {"required": 48, "covered": 37, "rate": 77.1}
    assert effect["after"] == {"required": 56, "covered": 37, "rate": 66.1}
    assert (effect["stays"], len(effect["comes"]), effect["falls"], effect["changes"]) == (54, 8, [], [])
    first = effect["comes"][0]
    assert first["requirement"]["people"] == ["p01", "p12"]
    assert first["first_free"]["start"] == "2014-08-04T08:30"
    assert campaign.json("coverage") == before


def test_the_table_says_what_comes_and_what_falls(campaign: CommandLine) -> None:
    told = campaign("what-if", "--leave", "p03", "--head", "D01=", "--lang", "en").out

    assert "no longer required" in told
    assert "\n−       沈维岳  文静" in told
    assert "Warning: General Office: no head\n" in told
    assert told.endswith("This is only a thought: nothing was saved.\n")
    assert "+     沈维岳  孙志诚" in campaign("what-if", "--join", "leadership_team=p12").out


def test_a_file_that_is_wrong_is_told_as_an_import_would(campaign: CommandLine, tmp_path: Path) -> None:
    units, answers = tmp_path / "units.csv", tmp_path / "answers.json"
    units.write_text("编号,名称,类别,负责人\nD01,办公室,dept,p999\n", encoding="utf-8")
    answers.write_text("{}", encoding="utf-8")

    assert campaign.json("what-if", units, status=1)["errors"][0]["row"] == 2
    told = campaign("what-if", units, "--answers", answers)
    assert told.status == 1
    assert "units.csv 第 2 行" in told.out


def test_what_cannot_be_meant_is_refused_with_a_sentence(campaign: CommandLine) -> None:
    assert campaign("what-if").err == "请写出要导入的文件，或任免，如 --head D03=p05。\n"
    assert campaign("what-if", "--acting-head", "D03").err == "--acting-head 应写如 D03=p05，不能是“D03”。\n"
    assert "D99" in campaign("what-if", "--head", "D99=p05").err
    assert campaign("what-if", "--join", "leadership_team=").status == 2
    assert campaign("what-if", "--leave", "p03", "--as", "p04").status == 1
