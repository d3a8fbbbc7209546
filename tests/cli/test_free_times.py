"""find-time."""

from tests.command_line import CommandLine

ASKED = ("find-time", "--people", "林秀芝,p22", "--from", "2014-08-04", "--to", "2014-08-04", "--limit", "2")


def test_the_best_times_are_told(campaign: CommandLine) -> None:
    answer = campaign.json(*ASKED, "--minutes", "60")

    assert [(one["start"], one["end"], one["room"]) for one in answer["free_times"]] == [
        ("2014-08-04T08:30", "2014-08-04T09:30", "R04"),
        ("2014-08-04T09:00", "2014-08-04T10:00", "R04"),
    ]
    assert [(one["missing"], one["warnings"]) for one in answer["free_times"]] == [(0, []), (0, [])]


def test_for_an_audience_it_says_how_many_are_missing(campaign: CommandLine) -> None:
    asked = ("find-time", "--audience", "all_staff", "--kind", "会议", "--minutes", "90", "--from", "2014-08-13")

    first = campaign.json(*asked, "--to", "2014-08-13", "--limit", "1")["free_times"][0]

    assert (first["room"], first["missing"], first["missing_people"]) == ("R01", 1, ["p19"])
    table = campaign(*asked, "--to", "2014-08-13", "--limit", "1")
    assert "周三  9:00" in table.out or "2014-08-13" in table.out
    assert campaign.json(*asked, "--room", "none", "--limit", "1")["free_times"][0]["room"] is None
    assert campaign.json(*asked, "--use", "meeting", status=1)["free_times"] == []


def test_a_time_that_is_not_there_is_said_so(campaign: CommandLine) -> None:
    nowhere = campaign("find-time", "--people", "p08,p22", "--from", "2014-08-09", "--to", "2014-08-10")

    assert nowhere.status == 1
    assert nowhere.out == "这段日子里没有大家和场地都有空的时间。\n"


def test_wrong_use_is_a_sentence(campaign: CommandLine) -> None:
    for words, said in (
        (("find-time",), "缺少 --people 或 --audience。"),
        (("find-time", "--people", "p08,p22", "--from", "2014-08-09", "--to", "2014-08-01"), "--from 晚于 --to。"),
        (("find-time", "--people", "p08,p22", "--use", "sleep"), "sleep"),
    ):
        answer = campaign(*words)
        assert (answer.status, answer.out) == (2, "")
        assert said in answer.err


def test_others_are_not_searched_for(campaign: CommandLine) -> None:
    assert campaign.json(*ASKED, "--as", "p27", status=1)["error"] == "not_allowed"
