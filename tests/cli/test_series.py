from tests.command_line import CommandLine

AUGUST = ("--audience", "leadership_team", "--minutes", "120", "--from", "2014-08-11", "--to", "2014-08-29")
WED_FRI = ("--apart", "2", "--per-week", "2", "--half-days", "Wed-pm,Fri-pm")


def test_a_series_is_proposed_and_nothing_is_booked(sample: CommandLine) -> None:
    lines = sample("arrange-sessions", "集中学习", *AUGUST, *WED_FRI, "--count", "4").out.splitlines()

    assert lines[0] == "可排 4/4 次，缺席 0 人次（已是最少）"
    assert lines[4].split() == ["第27次集中学习", "8月13日", "周三", "13:30–15:30", "R03", "8"]
    assert sample.json("bookings", "--kind", "study_session", "--from", "2014-08-11", "--to", "2014-08-29") == []


def test_a_series_is_booked(sample: CommandLine) -> None:
    found = sample.json("arrange-sessions", "study_session", *AUGUST, *WED_FRI, "--count", "2", "--book")

    assert (found["status"], found["booked"]) == ("complete", ["S27", "S28"])
    said = sample(
        "arrange-sessions", "symposium", *AUGUST, "--count", "1", "--book", "--lang", "en", "--title", "Forum"
    )
    assert said.out.splitlines()[-1] == "Booked: E15"


def test_what_cannot_be_is_told_with_reasons_and_repairs(sample: CommandLine) -> None:
    answer = sample("arrange-sessions", "study_session", *AUGUST, *WED_FRI, "--count", "6", "--book")

    assert answer.status == 1
    assert "原因：沈维岳：6 天中有 2 天排不开" in answer.out
    assert "可改：截止日期延到9月5日（周五）" in answer.out
    assert "已排定" not in answer.out
    document = sample.json("arrange-sessions", "study_session", *AUGUST, *WED_FRI, "--count", "6", status=1)
    assert (document["status"], document["placed"], document["of"]) == ("partial", 4, 6)
    assert document["repairs"][-1] == {"kind": "count", "value": "4", "text": "只排 4 次", "verified": True}


def test_the_study_hours_say_how_many_are_needed(sample: CommandLine) -> None:
    by_the_meeting = ("arrange-sessions", "study_session", *AUGUST, "--reach-by", "2014-08-20")

    assert sample(*by_the_meeting).out.startswith("到8月20日要求 49 学时：2 人未够，最多差 1 学时，还需 1 次\n")
    assert sample.json(*by_the_meeting)["need"] == {
        "by": "2014-08-20", "asked_hours": 49, "sessions": 1,
        "lacking": {"p06": 1.0, "p07": 1.0}, "still_lacking": {},
    }  # fmt: skip
    nothing = sample("arrange-sessions", "study_session", *AUGUST, "--reach-by", "2014-11-24", "--lang", "en", "--book")
    assert nothing.out == "49 h asked by 24 Nov: 0 people lack up to 0 h, sessions still needed: 0\n"


def test_odd_words_are_wrong_use(sample: CommandLine) -> None:
    for words in (
        ("talk", *AUGUST, "--count", "1"),
        ("study_session", *AUGUST),
        ("study_session", *AUGUST, "--count", "0"),
        ("study_session", *AUGUST, "--count", "1", "--half-days", "Wed-noon"),
        ("study_session", *AUGUST, "--count", "1", "--must", "p40"),
        ("study_session", *AUGUST, "--count", "1", "--room", "R99"),
    ):
        answer = sample("arrange-sessions", *words, "--json")
        assert (answer.status, answer.out) == (2, ""), words
        assert len(answer.err.splitlines()) == 1


def test_members_arrange_nothing(sample: CommandLine) -> None:
    answer = sample("arrange-sessions", "study_session", *AUGUST, "--count", "1", "--as", "p27", "--json")

    assert answer.status == 1
    assert '"not_allowed"' in answer.out


REGULAR = (
    "arrange-sessions",
    "meeting",
    "--audience",
    "unit_heads",
    "--minutes",
    "60",
    "--title",
    "例会",
    "--room",
    "R03",
)
SEPTEMBER = ("--from", "2014-09-01", "--to", "2014-10-08", "--at", "16:00")


def test_meetings_come_round_and_are_changed_together(sample: CommandLine) -> None:
    told = sample.json(
        *REGULAR, *SEPTEMBER, "--on", "Wed", "--every", "2", "--day-off", "next", "--host", "p12", "--book"
    )
    assert told["status"] == "complete"
    assert [each["start"] for each in told["sessions"]] == ["2014-09-03T16:00", "2014-09-17T16:00", "2014-10-08T16:00"]
    first, second, third = told["booked"]

    moved = sample.json("move", second, "--start", "2014-09-18T15:00", "--scope", "later")
    assert [each["id"] for each in moved] == [second, third]
    seen = {each["id"]: each for each in sample.json("bookings", "--kind", "meeting", "--from", "2014-09-01")}
    assert [seen[name]["start"] for name in (first, second, third)] == [
        "2014-09-03T16:00", "2014-09-18T15:00", "2014-10-09T15:00",
    ]  # fmt: skip
    assert seen[first]["series"] == seen[third]["series"] != ""
    assert len(sample.json("cancel", first, "--scope", "all")) == 3


def test_the_nth_workday_and_what_is_in_the_way(sample: CommandLine) -> None:
    assert "9月3日 周三" in sample(*REGULAR, *SEPTEMBER, "--workday", "3").out
    taken = sample.json(
        *REGULAR, "--from", "2014-10-15", "--to", "2014-10-15", "--at", "16:00", "--on", "wed", "--book", status=1
    )
    assert (taken["status"], taken["booked"]) == ("partial", [])
    assert sample(*REGULAR, *SEPTEMBER, "--on", "Fri", "--nth", "last").status == 0


def test_a_rhythm_that_cannot_be_is_wrong_use(sample: CommandLine) -> None:
    for words in (("--on", "Someday"), ("--workday", "3", "--on", "Wed"), ("--nth", "2"), (), ("--workday", "40")):
        assert sample(*REGULAR, *SEPTEMBER, *words).status == 2
    assert sample(*REGULAR, *SEPTEMBER[:4], "--on", "Wed").status == 2
    assert sample("move", "E12", "--minutes", "60", "--scope", "all").status == 2
    assert sample("move", "E12", "--minutes", "60", "--scope", "all", "--dry-run").status == 2
    assert sample("cancel", "E12", "E13", "--scope", "all").status == 2
