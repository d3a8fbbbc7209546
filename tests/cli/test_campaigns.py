from pathlib import Path

from tests.command_line import SAMPLE, CommandLine

YEAR = SAMPLE / "programme" / "campaign_branch_2014.yaml"
NEXT = SAMPLE / "programme" / "campaign_2015.yaml"
NOTE = "这一天有几个活动，按主活动 c1 党的群众路线教育实践活动 回答；另有 b2014 2014年度党支部工作，可用 --campaign 指定。\n"


def three(campaign: CommandLine) -> CommandLine:
    """The sample with all three of its campaigns."""
    campaign.json("campaigns", "add", YEAR)
    campaign.json("campaigns", "add", NEXT)
    return campaign


def test_coverage_of_the_first_campaign_stays_what_it_is_with_three(campaign: CommandLine) -> None:
    before = campaign.json("coverage", "--as-of", "2014-08-01"), campaign.json("study", "--as-of", "2014-08-01")

    three(campaign)

    after = campaign.json("coverage", "--as-of", "2014-08-01"), campaign.json("study", "--as-of", "2014-08-01")
    assert after == before
    assert (after[0]["covered"], after[0]["required"], after[0]["campaign"]) == (37, 48, "c1")
    assert campaign.json("coverage", "--campaign", "c1") == before[0]


def test_campaigns_are_listed_shown_led_closed_and_opened_again(campaign: CommandLine) -> None:
    three(campaign)
    first = {
        "id": "c1",
        "name": "党的群众路线教育实践活动",
        "starts": "2014-02-26",
        "ends": "2014-11-24",
        "state": "open",
        "leading": True,
        "quorum": "2/3",
        "notice_workdays": 1,
    }

    listed = campaign.json("campaigns", "list")
    assert [(one["id"], one["leading"]) for one in listed] == [("b2014", False), ("c1", True), ("c2", False)]
    assert listed[1] == first
    shown = campaign.json("campaigns", "show", "c1")
    assert {key: shown[key] for key in first} == first
    assert (shown["window_opens"], shown["window_closes"], shown["report_due"]) == (
        "2014-06-16",
        "2014-08-15",
        "2014-08-05",
    )
    assert "2014-06-16 至 2014-08-15" in campaign("campaigns", "show", "党的群众路线教育实践活动").out
    assert campaign.json("campaigns", "lead", "b2014") == {**listed[0], "leading": True}
    assert campaign.json("campaigns", "close", "c1") == {**first, "state": "closed", "leading": False}
    assert "已归档" in campaign("campaigns", "list").out
    assert campaign.json("campaigns", "reopen", "c1") == {**first, "leading": False}


def test_all_campaigns_stand_side_by_side_with_a_total(campaign: CommandLine) -> None:
    three(campaign)

    told = campaign.json("campaigns", "rollup", "--as-of", "2014-08-01")
    first = told["campaigns"][1]
    assert {key: first[key] for key in ("id", "rule_set", "covered", "required", "rate", "next_milestone")} == {
        "id": "c1",
        "rule_set": "RS1",
        "covered": 37,
        "required": 48,
        "rate": 77.1,
        "next_milestone": {"key": "democratic_life_meeting", "day": "2014-08-20"},
    }
    assert (told["as_of"], told["total"]["rate"], told["campaigns"][0]["covered"]) == ("2014-08-01", 77.1, None)
    lines = campaign("campaigns", "rollup").out.splitlines()
    assert "37/48" in lines[-2] or "37/48" in lines[-3]
    assert lines[-1].split()[0] == "合计"


def test_several_campaigns_on_one_day_are_said_on_standard_error(campaign: CommandLine) -> None:
    three(campaign)

    assert campaign("coverage", "--as-of", "2014-08-01", "--json").err == NOTE
    assert campaign("study").err == NOTE
    assert campaign("ledger", "--campaign", "c1").err == ""
    assert campaign("coverage", "--as-of", "2014-08-01", "--rule-set", "RS1").err == ""
    assert campaign("study", "--as-of", "2015-06-01").err == ""


def test_every_command_about_a_campaign_takes_one(campaign: CommandLine) -> None:
    three(campaign)

    applied = campaign.json("rules", "apply", "cn.branch-yearly", "--campaign", "b2014")
    assert (applied["rule_set"], campaign.json("coverage", "--campaign", "b2014")["rule_set"]) == ("RS2", "RS2")
    assert [row["rule_set"] for row in campaign.json("rules", "list", "--campaign", "b2014")["applied"]] == ["RS2"]
    assert campaign.json("ledger", "--campaign", "2014年度党支部工作") == []
    assert campaign.json("study", "--campaign", "c2", "--as-of", "2015-06-01")["asked_hours"] == 21
    booked = campaign.json(
        "book", "talk", "--people", "p02,p03", "--start", "2014-08-04T09:00", "--minutes", "30", "--campaign", "b2014"
    )
    assert [one["id"] for one in campaign.json("bookings", "--campaign", "b2014")] == [booked["id"]]
    arranged = campaign("arrange", "--campaign", "b2014", "--rooms", "R04", "--seconds", "1", "--json")
    assert arranged.json["of"] > 8
    missing = campaign("coverage", "--campaign", "c9")
    assert (missing.status, missing.err) == (2, "没有这个活动：c9\n")
    moved = campaign("milestone", "democratic_life_meeting", "2015-12-24", "--campaign", "c2", "--json")
    assert moved.status == 0


def test_a_file_may_be_added_again_and_one_without_a_campaign_adds_none(campaign: CommandLine, tmp_path: Path) -> None:
    assert [one["id"] for one in campaign.json("campaigns", "add", NEXT)] == ["c2"]
    assert campaign("campaigns", "add", NEXT).err == "文件里没有新的活动。\n"
    odd = tmp_path / "odd.yaml"
    odd.write_text("activity: {id: c2, name_zh: 别的, starts: '2020-01-01', ends: '2020-02-01'}", "utf-8")
    refused = campaign("campaigns", "add", odd)
    assert refused.status == 1
    assert "编号“c2”已是活动““三严三实”专题教育”" in refused.out


def test_import_says_that_a_campaign_is_new(campaign: CommandLine) -> None:
    dry = campaign("import", NEXT, "--dry-run").out
    report = campaign.json("import", NEXT)

    assert "说明：新的活动：“三严三实”专题教育（c2，2015-04-27 至 2015-12-31）" in dry.splitlines()
    assert [finding["kind"] for finding in report["told"]] == ["new_campaign"]


def test_another_organisation_is_refused_by_a_sentence(campaign: CommandLine, tmp_path: Path) -> None:
    other = tmp_path / "org.yaml"
    other.write_text("organisation: {name_zh: 西山市总工会}", "utf-8")

    said = campaign("import", other)

    assert said.status == 1
    assert "这份文件是“西山市总工会”的，而这里是“东麓市澜桥区总工会”" in said.out


def test_a_closed_campaign_refuses_by_a_sentence(campaign: CommandLine) -> None:
    campaign.json("campaigns", "close", "c1")

    said = campaign("cancel", "T049")

    assert (said.status, "活动“党的群众路线教育实践活动”已归档" in said.out + said.err) == (1, True)


def test_a_campaign_sets_how_much_notice_people_have(sample: CommandLine) -> None:
    two = ("--people", "p03,p04", "--limit", "1")
    usual = sample.json("find-time", *two)["free_times"][0]["start"]

    changed = sample.json("campaigns", "notice", "c1", "3")

    after = sample.json("find-time", *two)["free_times"][0]["start"]
    assert (changed["notice_workdays"], usual[:10], after[:10]) == (3, "2014-08-04", "2014-08-06")
    assert sample("campaigns", "notice", "c1", "21").status == 2


def test_a_campaign_sets_its_quorum(sample: CommandLine) -> None:
    before = sample.json("attend", "E03")["quorum"]

    changed = sample.json("campaigns", "quorum", "c1", "二分之一")

    after = sample.json("attend", "E03")["quorum"]
    assert (changed["quorum"], before["needed"] > after["needed"]) == ("1/2", True)
    assert after["needed"] == -(-after["expected"] // 2)
    refused = sample("campaigns", "quorum", "c1", "3/2")
    assert (refused.status, "不是比例" in refused.err) == (2, True)


def test_what_nobody_reads_of_a_new_campaign_is_told(campaign: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "next.yaml"
    path.write_text(
        "activity: {id: n1, name_zh: 新活动, starts: '2016-01-01', ends: '2016-12-31', study_day: 3}\n",
        encoding="utf-8",
    )

    said = campaign("campaigns", "add", path)

    assert (said.status, "activity.study_day" in said.err, "n1" in said.out) == (0, True, True)
    assert "activity.study_day" in campaign("import", path, "--dry-run").out
