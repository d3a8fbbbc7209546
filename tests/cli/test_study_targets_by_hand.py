from tests.command_line import CommandLine

ADD = (
    "study-targets",
    "add",
    "--audience",
    "leadership_team",
    "--hours",
    "49",
    "--from",
    "2014-02-26",
    "--by",
    "2014-11-24",
)


def test_targets_and_exemptions_are_set_on_the_command_line(sample: CommandLine) -> None:
    made = sample.json(*ADD, "--pro-rata")
    changed = sample.json("study-targets", "change", "ST1", "--hours", "42", "--whole")
    exempt = sample.json(
        "study-targets", "exempt", "ST1", "欧阳慧", "--reason", "产假", "--by", "p01", "--date", "2014-04-01"
    )

    assert (made["id"], made["pro_rata"], made["campaign"]) == ("ST1", True, "c1")
    assert (changed["hours"], changed["pro_rata"], changed["from"]) == (42, False, "2014-02-26")
    assert exempt["exemptions"] == [
        {"person": "p06", "hours": 42.0, "reason": "产假", "by": "p01", "date": "2014-04-01"}
    ]
    studied = sample.json("study")
    assert (studied["asked_hours"], studied["exempt"], "will_miss" in studied["targets"][0]) == (42, ["p06"], True)
    sample.json("study-targets", "change", "ST1", "--hours", "99")
    assert "到期还会差：p01 沈维岳" in sample("study").out
    assert "p06 42" in sample("study-targets", "list").out
    assert sample.json("study-targets", "unexempt", "ST1", "p06")["exemptions"] == []
    sample.json("study-targets", "remove", "ST1")
    assert sample.json("study-targets", "list") == []


def test_what_cannot_be_is_a_sentence(sample: CommandLine) -> None:
    for words, told in (
        ((*ADD[:3], "nobody", *ADD[4:]), "“nobody”不存在"),
        ((*ADD[:5], "0", *ADD[6:]), "不是学时"),
        (("study-targets", "remove", "ST9"), "没有这个学时要求"),
    ):
        refused = sample(*words)
        assert (refused.status, told in refused.err) == (2, True), refused.err
