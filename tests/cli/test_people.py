from tests.command_line import CommandLine


def test_occur_makes_event_rules_ask_for_a_talk(sample: CommandLine) -> None:
    sample.json("rules", "apply", "cn.five-must-talks-events")
    before = sample.json("coverage")["required"]

    done = sample.json("occur", "award", "p30", "2014-07-01")

    assert {key: done[key] for key in ("kind", "person", "date")} == {
        "kind": "award",
        "person": "p30",
        "date": "2014-07-01",
    }
    assert before == 0
    assert [one["people"] for one in sample.json("coverage")["requirements"]] == [["p12", "p30"]]
    assert sample.json("occur", "award", "p30", "2014-07-01") == done


def test_occur_is_for_organizers_only(sample: CommandLine) -> None:
    for person in ("p30", "s01", "p01", "p12"):
        assert sample.json("occur", "award", "p30", "2014-07-01", "--as", person, status=1)["error"] == "not_allowed"
    assert sample("occur", "award", "p30", "2014-07-01", "--as", "p22").out == "已登记：2014-07-01 p30 受到表彰\n"


def test_occur_to_nobody_is_wrong_use(sample: CommandLine) -> None:
    answer = sample("occur", "award", "p999", "2014-07-01", "--json")

    assert (answer.status, answer.out, answer.err) == (2, "", "没有这个人员：p999\n")
