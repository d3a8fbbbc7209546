from tests.command_line import CommandLine


def test_milestone_moves_what_hangs_on_it_and_lists_bookings_outside(campaign: CommandLine) -> None:
    campaign.json("book", "talk", "--people", "p04,p15", "--start", "2014-08-14T09:00", "--minutes", "45")

    moved = campaign.json("milestone", "democratic_life_meeting", "2014-08-18")

    assert moved == {
        "window_opens": "2014-06-16",
        "window_closes": "2014-08-13",
        "report_due": "2014-08-03",
        "bookings_outside": [
            {"id": "T051", "start": "2014-08-14T09:00"},
            {"id": "E10", "start": "2014-08-20T08:30"},
        ],
    }
    assert campaign.json("milestone", "democratic_life_meeting", "2014-08-20")["window_closes"] == "2014-08-15"


def test_milestone_dry_run_keeps_nothing_and_says_so(campaign: CommandLine) -> None:
    answer = campaign("milestone", "democratic_life_meeting", "2014-08-25", "--dry-run")

    assert answer.out.splitlines() == [
        "谈话窗口期：2014-06-16 至 2014-08-20；报告期限：2014-08-10",
        "现已不在范围内：E10 2014-08-20 08:30",
        "这是预览，什么也没有保存。",
    ]
    again = campaign.json("milestone", "democratic_life_meeting", "2014-08-20", "--dry-run")
    assert (again["window_closes"], again["bookings_outside"]) == ("2014-08-15", [])


def test_milestone_that_is_not_there_is_wrong_use(campaign: CommandLine) -> None:
    answer = campaign("milestone", "party", "2014-08-25", "--json")

    assert (answer.status, answer.out) == (2, "")
    assert "democratic_life_meeting" in answer.err  # those that there are
