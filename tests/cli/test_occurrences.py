"""Occurrences on the command line: entered in any word, listed with what follows, with somebody to talk, undone."""

from pathlib import Path

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
        assert sample.json("occurrences", "list", "--as", person, status=1)["error"] == "not_allowed"
    done = sample("occur", "表彰", "p30", "2014-07-01", "--as", "p22")
    assert done.out.splitlines()[0] == "已登记：2014-07-01 p30 受到表彰"
    assert "已启用的规则都不要求为此谈话" in done.out


def test_occur_to_nobody_is_wrong_use(sample: CommandLine) -> None:
    answer = sample("occur", "award", "p999", "2014-07-01", "--json")

    assert (answer.status, answer.out, answer.err) == (2, "", "没有这个人员：p999\n")


def test_word_that_nobody_knows_is_refused_with_those_that_are(sample: CommandLine) -> None:
    answer, english = (
        sample("occur", "nonsense", "p30", "2014-07-01"),
        sample("occur", "nonsense", "p30", "2014-07-01", "--lang", "en"),
    )

    assert (answer.status, answer.out) == (2, "")
    assert "没有“nonsense”这种情形；可写：受到表彰 award、受到处分 discipline" in answer.err
    assert "Award award" in english.err
    assert sample.json("occurrences", "list") == []


def test_occurrence_with_nobody_to_talk_names_whom_it_befell_until_somebody_is_chosen(sample: CommandLine) -> None:
    sample.json("rules", "apply", "cn.five-must-talks-events")

    done = sample.json("occur", "困难", "p27", "2014-07-28")

    told = "王芳 2014年7月28日 遇到困难：还没有人可以谈（没有登记所在支部），请指定由谁来谈".replace(
        "王芳", _name(sample, "p27")
    )
    assert done["findings"] == [{"kind": "empty_pool", "subject": "p27", "text": told, "occurrence": done["id"]}]
    assert sample.json("coverage")["unresolved"] == done["findings"]
    assert sample.json("rules", "preview", "cn.five-must-talks-events")["unresolved"] == done["findings"]
    for other in ("p01", "s01"):
        assert sample.json("coverage", "--as", other)["unresolved"] == []
    assert told in sample("occurrences", "list").out

    chosen = sample.json("occurrences", "choose", str(done["id"]), "陈国梁")
    assert (chosen["partner"], chosen["findings"]) == ("p02", [])
    assert [talk["people"] for talk in chosen["talks"]] == [["p02", "p27"]]
    assert chosen["talks"][0] | {"talks": []} == {
        "rule_set": "RS1", "rules": ["V2"], "people": ["p02", "p27"], "due": "2014-08-04", "state": "open",
        "overdue": False, "talks": [],
    }  # fmt: skip
    assert sample.json("occurrences", "list", "--person", "p27") == [chosen]
    assert "p02 陈国梁 – p27" in sample("occurrences", "list").out
    assert sample.json("occurrences", "choose", str(done["id"])) == done


def test_occurrence_is_undone_and_the_talk_it_brought_is_named(sample: CommandLine) -> None:
    sample.json("rules", "apply", "cn.five-must-talks-events")
    done = sample.json("occur", "award", "p30", "2014-07-28", "--with", "p02")
    talk = sample.json("book", "talk", "--people", "p02,p30", "--start", "2014-08-04T09:00", "--minutes", "45")["id"]

    assert "已撤销情形" in sample("occurrences", "undo", str(done["id"]), "--as", "p22").out
    again = sample.json("occur", "award", "p30", "2014-07-28", "--with", "p02")
    assert sample.json("occurrences", "undo", str(again["id"])) == {"id": again["id"], "talks": [talk]}
    assert sample.json("coverage")["required"] == 0
    assert sample("occurrences", "undo", str(again["id"])).err == f"没有这个情形：{again['id']}\n"


def test_table_of_occurrences_takes_the_same_words(sample: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "情形.csv"
    table.write_text("情形,人员,日期\n受到表彰,p30,2014-07-01\n住院,p31,2014-07-02\n没听过,p32,2014-07-03\n", "utf-8")

    (error,) = sample.json("import", table, status=1)["errors"]
    assert (error["row"], error["field"]) == (4, "kind")
    assert "没有“没听过”这种情形；可写：受到表彰 award" in error["text"]
    table.write_text("情形,人员,日期\n受到表彰,p30,2014-07-01\n住院,p31,2014-07-02\n", "utf-8")
    sample.json("import", table)
    assert [(o["kind"], o["person"]) for o in sample.json("occurrences", "list")] == [
        ("award", "p30"),
        ("illness", "p31"),
    ]


def _name(sample: CommandLine, person: str) -> str:
    return next(one["name"] for one in sample.json("people")["people"] if one["id"] == person)
