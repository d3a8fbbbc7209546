import pytest

from tests.command_line import CommandLine

KEY = "democratic_life_meeting"


def test_milestone_moves_its_meeting_along_and_lists_bookings_outside(campaign: CommandLine) -> None:
    campaign.json("book", "talk", "--people", "p04,p15", "--start", "2014-08-14T09:00", "--minutes", "45")

    moved = campaign.json("milestone", KEY, "2014-08-18")

    warnings, gate = moved.pop("warnings"), moved.pop("gate")
    assert (gate["before"], gate["after"], len(gate["conditions"])) == ([0, 6], [0, 6], 6)
    assert moved == {
        "window_opens": "2014-06-16",
        "window_closes": "2014-08-13",
        "report_due": "2014-08-03",
        "bookings_outside": [
            {"id": "T051", "start": "2014-08-14T09:00"},
            {"id": "E10", "start": "2014-08-20T08:30"},
        ],
        "moved_along": [{"id": "E10", "start": "2014-08-18T08:30"}],
        "coverage": {"before": [37, 48], "after": [37, 48]},
        "printed": [],
        "blocking": [],
    }
    assert {finding["kind"] for finding in warnings} == {"attendee_unavailable", "lunch"}
    (meeting,) = campaign.json("bookings", "--kind", KEY)
    assert (meeting["start"], meeting["end"]) == ("2014-08-18T08:30", "2014-08-18T17:30")
    assert campaign.json("milestone", KEY, "2014-08-20")["window_closes"] == "2014-08-15"


def test_milestone_tells_the_gate_before_and_after(campaign: CommandLine) -> None:
    campaign.json("gate", "E10", "tick", "c6", "--on", "2014-08-01")
    told = campaign.json("milestone", KEY, "2014-08-08", "--dry-run")

    assert (told["gate"]["meeting"], told["gate"]["before"], told["gate"]["after"]) == ("E10", [1, 6], [0, 6])
    report = next(condition for condition in told["gate"]["conditions"] if condition["key"] == "c6")
    assert (report["was_ok"], report["ok"], report["was_due"], report["due"]) == (
        True, False, "2014-08-05", "2014-07-24",
    )  # fmt: skip
    assert told["printed"] == []
    assert "召开条件：原 1/6，移动后 0/6" in campaign("milestone", KEY, "2014-08-08", "--dry-run").out
    assert campaign.json("gate", "E10")["items"][5]["ok"]


def test_milestone_alone_leaves_its_meeting(campaign: CommandLine) -> None:
    moved = campaign.json("milestone", KEY, "2014-08-18", "--only-milestone")

    assert (moved["moved_along"], moved["bookings_outside"]) == ([], [{"id": "E10", "start": "2014-08-20T08:30"}])
    assert campaign.json("bookings", "--kind", KEY)[0]["start"] == "2014-08-20T08:30"


def test_moving_the_meeting_moves_the_milestone(campaign: CommandLine) -> None:
    moved = campaign.json("move", "E10", "--start", "2014-08-22T08:30")

    assert [hint["text"] for hint in moved["hints"]] == [
        "时间节点“民主生活会”一并移到2014年8月22日，谈话窗口期为2014年6月16日至2014年8月19日"
    ]
    shown = campaign.json("campaigns", "show", "c1")
    assert (shown["milestones"], shown["window_closes"]) == ({KEY: "2014-08-22"}, "2014-08-19")
    campaign.json("move", "E10", "--start", "2014-08-21T08:30", "--only-booking")
    assert campaign.json("campaigns", "show", "c1")["milestones"] == {KEY: "2014-08-22"}


def test_milestone_where_its_meeting_cannot_be_is_refused(campaign: CommandLine) -> None:
    dry = campaign("milestone", KEY, "2014-08-27", "--dry-run")
    refused = campaign.json("milestone", KEY, "2014-08-27", status=1)

    assert (dry.status, "不能移动：会议日程 E10 不能一并改期；可换一天，或只移动节点" in dry.out.splitlines()) == (
        1,
        True,
    )
    assert "不能移动：沈维岳 13:30–17:30 已有安排" in dry.out
    assert refused["blocking"][0]["subject"] == "E10"
    assert campaign.json("campaigns", "show", "c1")["milestones"] == {KEY: "2014-08-20"}


@pytest.mark.parametrize("day", ["2013-01-01", "2014-11-25"])
def test_milestone_outside_its_campaign_is_refused_with_its_dates(campaign: CommandLine, day: str) -> None:
    said = campaign("milestone", KEY, day)

    assert (said.status, said.out) == (1, "")
    assert "不在活动“党的群众路线教育实践活动”的起止日期内（2014年2月26日至2014年11月24日）" in said.err
    assert campaign.json("campaigns", "show", "c1")["milestones"] == {KEY: "2014-08-20"}


def test_milestone_dry_run_keeps_nothing_and_says_so(campaign: CommandLine) -> None:
    answer = campaign("milestone", KEY, "2014-06-02", "--dry-run", "--only-milestone")

    lines = answer.out.splitlines()
    assert lines[:2] == [
        "谈话窗口期：2014-05-28 至 2014-05-28；报告期限：2014-05-18",
        "谈话覆盖：原 37/48，移动后 0/48",
    ]
    assert "现已不在范围内：E10 2014-08-20 08:30" in lines
    assert lines[-2:] == ["提醒：6月2日 端午节", "这是预览，什么也没有保存。"]
    assert "会议日程一并改期：E10 2014-08-21 08:30" in campaign("milestone", KEY, "2014-08-21", "--dry-run").out
    again = campaign.json("milestone", KEY, "2014-08-20", "--dry-run")
    assert (again["window_closes"], again["bookings_outside"]) == ("2014-08-15", [])


def test_milestone_that_is_not_there_is_wrong_use(campaign: CommandLine) -> None:
    answer = campaign("milestone", "party", "2014-08-25", "--json")

    assert (answer.status, answer.out) == (2, "")
    assert "democratic_life_meeting" in answer.err  # those that there are
