from pathlib import Path

from tests.command_line import CommandLine


def test_study_as_a_table(sample: CommandLine) -> None:
    lines = sample("study", "--as-of", "2014-08-20").out.splitlines()

    assert lines[0] == "要求 49 学时，已组织 51 学时；6/8 人达到"
    assert lines[4:6] == ["p01   沈维岳    51    49   0  ✓", "p02   陈国梁    51    49   0  ✓"]
    assert "p06   欧阳慧    48    49   1  ✗" in lines
    assert "49 h asked, 51 h offered; met by 6 of 8" in sample("study", "--as-of", "2014-08-20", "--lang", "en").out


def test_attend_takes_a_name_and_says_what_it_counts(sample: CommandLine) -> None:
    made_up = sample("attend", "S09", "欧阳慧", "made_up", "--makeup", "2014-08-11")

    assert made_up.out == "S09 p06 补课，补课 2014-08-11，计 3 学时\n"
    assert sample.json("attend", "S09", "p06", "absent")["hours"] == 0.0
    assert sample.json("attend", "S09", "p06", "late")["hours"] == 3.0
    assert sample.json("attend", "S09", "p06", "observer")["hours"] == 0.0


def test_attend_of_what_is_not_there_is_wrong_use(sample: CommandLine) -> None:
    for words in (
        ("S99", "p06", "attended"),
        ("S09", "p99", "attended"),
        ("S09", "p30", "attended"),
    ):
        answer = sample("attend", *words, "--json")
        assert (answer.status, answer.out) == (2, ""), words
        assert len(answer.err.splitlines()) == 1


def test_attendance_waits_for_the_beginning_and_a_make_up_for_its_day(sample: CommandLine) -> None:
    early = sample("attend", "S22", "p06", "attended", "--json")
    assert early.status == 1
    assert [finding["kind"] for finding in early.json["blocking"]] == ["not_yet_begun"]

    before = sample("attend", "S09", "p06", "made_up", "--makeup", "2014-04-15", "--json")
    assert before.status == 1
    assert [(f["kind"], f["subject"]) for f in before.json["blocking"]] == [("makeup_before_session", "S09")]
    assert "4月16日" in before.json["blocking"][0]["text"]
    assert sample.json("study", "--as-of", "2014-04-16")["people"]["p06"]["hours"] == 19.5


def test_any_booking_is_attended_and_shows_its_quorum(sample: CommandLine) -> None:
    assert sample.json("attend", "E02", "p06", "on_leave", "--reason", "病假")["hours"] == 0.0

    sheet = sample.json("attend", "E02")
    assert (sheet["booking"], sheet["kind"], sheet["on_leave"], sheet["quorum"]["reached"]) == (
        "E02", "party_lecture", 1, False
    )  # fmt: skip
    assert sheet["people"]["p06"] == {
        "part": "attendee", "status": "on_leave", "makeup_date": None, "hours": 0.0, "reason": "病假"
    }  # fmt: skip
    assert sample.json("attend", "E12")["quorum"] == {"expected": 34, "needed": 23, "reached": False}
    table = sample("attend", "E10").out.splitlines()
    assert table[0] == "应到 8 人，实到 0 人；法定 6 人，未达到"
    assert sample("attend", "E10", "p01", "attended").status == 1  # it lies ahead


def test_roll_call_is_recorded_when_all_of_it_is_clear(sample: CommandLine) -> None:
    dry = sample("attend", "S09", "--roll-call", "-", "--dry-run", stdin="请假：欧阳慧。其余均出席")
    assert dry.status == 0
    assert dry.out.splitlines()[-1] == "什么也没有登记。"

    done = sample("attend", "S09", "--roll-call", "-", stdin="请假：欧阳慧。其余均出席")
    assert (done.status, done.out.splitlines()[-1]) == (0, "已登记 10 人。")
    assert "p06   欧阳慧  请假" in done.out


def test_roll_call_with_an_open_question_records_nothing(sample: CommandLine) -> None:
    answer = sample("attend", "S09", "--roll-call", "-", "--json", stdin="出席：赵无极、文静")

    assert answer.status == 1
    assert (answer.json["questions"], answer.json["unknown"]) == ([], ["赵无极"])
    assert {key: answer.json[key] for key in ("session", "recorded", "found", "odd")} == {
        "session": "S09", "recorded": False, "found": {"p03": "attended"},
        "odd": [
            "不认识：“赵无极”",
            "没有说到，也没有填：沈维岳 p01、陈国梁 p02、王海波 p04、郑守正 p05、欧阳慧 p06、邓永昌 p07、林秀芝 p08、韩立本 p09等 9 人",
        ],
    }  # fmt: skip


def test_roll_call_stands_alone_and_a_person_needs_a_status(sample: CommandLine, tmp_path: Path) -> None:
    odd = tmp_path / "odd.txt"
    odd.write_bytes(b"\xff\xff\xff")
    for words in (("p06", "late", "--roll-call", "-"), ("p06",), ("p06", "late", "--dry-run"), ("--roll-call", odd)):
        answer = sample("attend", "S09", *words)
        assert (answer.status, answer.out) == (2, ""), words
