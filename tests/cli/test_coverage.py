from tests.command_line import CommandLine


def test_coverage_of_another_rule_set(campaign: CommandLine) -> None:
    campaign.json("rules", "apply", "cn.branch-yearly", "--for", "B1")

    said = campaign.json("coverage", "--rule-set", "RS2")

    assert (said["rule_set"], said["covered"]) == ("RS2", 0)
    assert said["by_rule"] == {"B1": [0, 10], "B2": [0, 29]}
    assert campaign("coverage", "--rule-set", "RS9").err == "没有这个谈话方案：RS9\n"


def test_coverage_as_a_table_says_what_is_still_open(campaign: CommandLine) -> None:
    lines = campaign("coverage").out.splitlines()

    assert lines[0] == "2014-08-01  RS1 cn.four-must-talks-extended  已谈 37/48 = 77.1 %"
    assert lines[1] == "已谈 37  已排 2  待确认 1  未谈 8  扩大谈话 4/6"
    assert "R2        17/21" in lines
    assert "p03   文静         8/10" in lines
    assert [line.split() for line in lines if line.startswith("邓永昌  林")] == [
        ["邓永昌", "林秀芝", "R2", "待确认", "T045"]
    ]
    assert lines[-2:] == [
        "未能确定：经费审查办公室：谈话双方为同一人，不列入",
        "未能确定：困难职工帮扶中心（筹）：负责人空缺",
    ]


def test_coverage_after_the_window_marks_what_is_overdue(campaign: CommandLine) -> None:
    said = campaign.json("coverage", "--as-of", "2014-08-16")

    assert {one["overdue"] for one in said["requirements"] if one["state"] != "covered"} == {True}
    assert "未谈（逾期）" in campaign("coverage", "--as-of", "2014-08-16").out


def test_coverage_of_nothing_has_no_rate(cli: CommandLine) -> None:
    cli.json("import", "sample/roster.csv", "sample/org.yaml")
    cli.json("rules", "apply", "intl.mentoring")

    assert cli.json("coverage")["rate"] is None
    assert "= —" in cli("coverage").out


def test_ledger_as_a_table_says_why_a_talk_does_not_count(campaign: CommandLine) -> None:
    lines = campaign("ledger").out.splitlines()

    assert [line.split() for line in lines if line.startswith(("T039", "T046", "T033"))] == [
        ["T039", "2014-06-10", "王海波、冯学军", "不在谈话窗口期"],
        ["T033", "2014-07-13", "陈国梁、邓永昌", "计入", "R2", "7月13日", "周日"],
        ["T046", "2014-07-23", "欧阳慧、董芳", "计入", "计划外谈话"],
    ]
    assert lines[-1] == "共 50 条，计入 43 次。"


def test_ledger_as_of_an_earlier_day_holds_fewer(campaign: CommandLine) -> None:
    earlier = campaign.json("ledger", "--as-of", "2014-06-17")

    assert [line["id"] for line in earlier if line["counts"]] == [
        "T002",
        "T003",
        "T004",
        "T005",
        "T006",
        "T007",
        "T034",
    ]
