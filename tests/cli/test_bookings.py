from pathlib import Path
from typing import Any

from tests.command_line import CommandLine

TALK = ("book", "talk", "--people", "p02,p22", "--start", "2014-09-02T09:00", "--minutes", "45", "--room", "R04")


def one(cli: CommandLine, booking: str) -> dict[str, Any]:
    """A booking as the operator sees it."""
    return next(seen for seen in cli.json("bookings") if seen["id"] == booking)


def kinds(found: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(finding["kind"], finding["subject"]) for finding in found]


def test_book_gives_the_next_id_of_its_letter(campaign: CommandLine) -> None:
    rest = ("--people", "p22", "--minutes", "30")

    assert campaign.json(*TALK)["id"] == "T051"
    assert campaign.json("book", "study_session", *rest, "--start", "2014-09-03T09:00")["id"] == "S27"
    assert campaign.json("book", "座谈会", *rest, "--start", "2014-09-04T09:00", "--title", "青年座谈会")["id"] == "E15"
    assert (
        campaign.json("book", "谈心谈话", *TALK[2:4], "--minutes", "30", "--start", "2014-09-05T09:00")["id"] == "T052"
    )
    assert one(campaign, "E15")["title"] == "青年座谈会"


def test_book_is_shown_as_it_was_booked(campaign: CommandLine) -> None:
    answer = campaign.json(*TALK)

    assert answer == {
        "ok": True,
        "id": "T051",
        "proposal": None,
        "blocking": [],
        "warnings": [{"kind": "outside_window", "subject": "RS1", "text": "超出谈话窗口期（8月15日截止）"}],
        "hints": answer["hints"],
    }
    assert kinds(answer["hints"])[0][0] == "extra"
    seen = one(campaign, "T051")
    keys = ("id", "kind", "title", "start", "end", "room", "people", "status")
    assert [seen[key] for key in keys] == [
        "T051", "talk", "", "2014-09-02T09:00", "2014-09-02T09:45", "R04", ["p02", "p22"], "booked",
    ]  # fmt: skip


def test_book_takes_names_and_an_audience(campaign: CommandLine) -> None:
    rest = ("--start", "2014-09-05T14:00", "--minutes", "60")

    by_name = campaign.json("book", "talk", "--people", "文静、p07邓永昌", *rest)
    for_all = campaign.json(
        "book", "meeting", "--audience", "branch:B1,observer:supervision_group", "--host", "p12", *rest, status=1
    )

    assert one(campaign, by_name["id"])["people"] == ["p03", "p07"]
    assert ("person_taken", "p03") in kinds(for_all["blocking"])


def test_book_takes_an_audience_by_grade(campaign: CommandLine, tmp_path: Path) -> None:
    head = "编号,姓名,部门,职务,职务排序,级别"
    rows = (
        "p01,沈维岳,LT,党组书记、主席,1,厅局级正职",
        "p22,高富,D01,副主任,30,县处级正职",
        "p23,张文博,D01,科员,31,乡科级正职",
    )
    (tmp_path / "grades.csv").write_text("\n".join((head, *rows)), encoding="utf-8")
    campaign.json("import", tmp_path / "grades.csv")
    meeting = ("book", "meeting", "--start", "2014-09-02T09:00", "--minutes", "45", "--audience")

    booked = campaign.json(*meeting, "处级以上", "--room", "R01")["id"]

    assert {"p01", "p22"} <= {*one(campaign, booked)["people"]}
    assert "p23" not in one(campaign, booked)["people"]
    (tmp_path / "grades.csv").write_text(
        "\n".join((head, *(row.rpartition(",")[0] + "," for row in rows))), encoding="utf-8"
    )
    campaign.json("import", tmp_path / "grades.csv")
    assert kinds(campaign(*meeting, "厅局级以上", "--dry-run", "--json").json["blocking"]) == [
        ("empty_audience", "grade:bureau")
    ]


def test_book_of_several_is_a_group_talk(campaign: CommandLine) -> None:
    campaign.json("book", "talk", "--people", "p02,p22,p23", "--start", "2014-09-02T09:00", "--minutes", "45")
    campaign.json("book", "talk", "--people", "p03,p27", "--start", "2014-09-02T09:00", "--minutes", "45", "--group")
    campaign.json(
        "book", "talk", "--people", "p04,p28", "--start", "2014-09-02T09:00", "--minutes", "20", "--mode", "phone"
    )

    assert [one(campaign, talk)["size"] for talk in ("T051", "T052", "T053")] == ["group", "group", "one_to_one"]
    assert one(campaign, "T053")["mode"] == "phone"


def test_book_dry_run_keeps_nothing(campaign: CommandLine) -> None:
    possible = campaign.json(*TALK, "--dry-run")
    refused = campaign.json(
        "book", "talk", "--people", "p02,p07", "--start", "2014-08-20T09:00", "--minutes", "45", "--dry-run", status=1
    )

    assert (possible["ok"], possible["id"]) == (True, None)
    assert (refused["ok"], refused["id"]) == (False, None)
    assert len(campaign.json("bookings", "--kind", "talk")) == 50
    assert "可以排定（未保存）" in campaign(*TALK, "--dry-run").out


def test_book_an_unknown_person_room_or_rule_set_is_wrong_use(campaign: CommandLine) -> None:
    for option, value in (
        ("--people", "p02,p999"),
        ("--people", "无此人"),
        ("--room", "R99"),
        ("--audience", "nobody"),
        ("--rule-set", "RS9"),
    ):
        answer = campaign(*TALK, option, value, "--json")
        assert (answer.status, answer.out) == (2, ""), (option, answer.err)
        assert value.rpartition(",")[2] in answer.err


def test_book_says_it_in_sentences(campaign: CommandLine) -> None:
    done = campaign(*TALK)
    no = campaign("book", "talk", "--people", "p02,p07", "--start", "2014-08-20T09:00", "--minutes", "45")

    assert done.status == 0
    assert done.out.splitlines()[:2] == [
        "T051  谈心谈话  9月2日 周二 9:00–9:45  R04  陈国梁、刘向东",
        "提醒：超出谈话窗口期（8月15日截止）",
    ]
    assert no.status == 1
    assert no.out.splitlines()[:2] == ["不能排定：陈国梁 9:00–9:45 已有安排", "不能排定：邓永昌 9:00–9:45 已有安排"]


def test_move_changes_only_what_is_named(campaign: CommandLine) -> None:
    campaign.json(*TALK)

    moved = campaign.json("move", "T051", "--start", "2014-09-03T10:00")
    assert (moved["ok"], moved["id"]) == (True, "T051")
    assert (one(campaign, "T051")["start"], one(campaign, "T051")["end"]) == ("2014-09-03T10:00", "2014-09-03T10:45")

    campaign.json("move", "T051", "--minutes", "30", "--room", "none")
    assert (one(campaign, "T051")["end"], one(campaign, "T051")["room"]) == ("2014-09-03T10:30", None)

    campaign.json("move", "T051", "--add-people", "p23", "--remove-people", "刘向东", "--room", "R05")
    assert (one(campaign, "T051")["people"], one(campaign, "T051")["room"]) == (["p02", "p23"], "R05")

    campaign.json("move", "E14", "--title", "总结大会（改）")
    assert one(campaign, "E14")["title"] == "总结大会（改）"


def test_move_into_a_clash_is_refused_and_nothing_moves(campaign: CommandLine) -> None:
    campaign.json(*TALK)

    no = campaign.json("move", "T051", "--start", "2014-08-20T09:00", status=1)

    assert (no["ok"], no["id"], kinds(no["blocking"])) == (False, "T051", [("person_taken", "p02")])
    assert one(campaign, "T051")["start"] == "2014-09-02T09:00"


def test_move_dry_run_tells_and_keeps_nothing(campaign: CommandLine) -> None:
    campaign.json(*TALK)

    possible = campaign.json("move", "T051", "--start", "2014-08-31T09:00", "--dry-run")
    refused = campaign.json("move", "T051", "--start", "2014-08-20T09:00", "--dry-run", status=1)

    assert (possible["ok"], possible["id"]) == (True, "T051")
    assert ("weekend", "2014-08-31") in kinds(possible["warnings"])
    assert kinds(refused["blocking"]) == [("person_taken", "p02")]
    assert one(campaign, "T051")["start"] == "2014-09-02T09:00"


def test_cancel_frees_people_and_room_and_stays_known(campaign: CommandLine) -> None:
    campaign.json(*TALK)

    assert campaign.json("cancel", "T051")["ok"]
    assert one(campaign, "T051")["status"] == "cancelled"
    assert campaign.json(*TALK)["id"] == "T052"


def test_cancel_or_move_of_what_is_not_there_is_wrong_use(campaign: CommandLine) -> None:
    for words in (("cancel", "T999"), ("move", "T999", "--minutes", "30"), ("confirm", "T999")):
        answer = campaign(*words, "--json")
        assert (answer.status, answer.out, answer.err) == (2, "", "没有这个日程：T999\n")


def test_confirm_by_both_sides_one_after_the_other(campaign: CommandLine) -> None:
    def state() -> str:
        return str(one(campaign, "T045")["status"])

    assert state() == "awaiting_confirmation"
    assert campaign.json("confirm", "T045", "--by", "p07")["ok"]
    assert state() == "awaiting_confirmation"
    assert campaign.json("confirm", "T045", "--as", "p08")["ok"]
    assert state() == "held"
    assert campaign.json("coverage")["covered"] == 38


def test_confirm_by_an_organizer_replaces_both(campaign: CommandLine) -> None:
    campaign.json("confirm", "T045", "--as", "p22")

    assert one(campaign, "T045")["status"] == "held"


def test_a_talk_that_lies_ahead_cannot_be_confirmed(campaign: CommandLine) -> None:
    done = campaign.json("confirm", "T041", status=1)

    assert kinds(done["blocking"]) == [("not_yet_begun", "T041")]
    assert one(campaign, "T041")["status"] == "booked"
    assert campaign.json("coverage", "--as-of", "2014-08-05")["covered"] == 37


def test_what_was_confirmed_can_be_taken_back(campaign: CommandLine) -> None:
    campaign.json("confirm", "T045", "--by", "p08")
    campaign.json("confirm", "T045", "--as", "p22")

    assert campaign.json("unconfirm", "T045")["ok"]
    assert one(campaign, "T045")["status"] == "awaiting_confirmation"
    assert campaign.json("coverage")["covered"] == 37
    assert campaign("unconfirm", "T045").status == 2


def test_bookings_are_chosen_by_person_room_kind_and_day(campaign: CommandLine) -> None:
    def ids(*words: str) -> list[str]:
        return [seen["id"] for seen in campaign.json("bookings", *words)]

    assert len(ids()) == 90
    assert ids("--on", "2014-08-20") == ["E10"]
    assert ids("--room", "R04", "--on", "2014-06-16") == ["T002", "T003", "T004"]
    assert ids("--kind", "democratic_life_meeting") == ids("--kind", "民主生活会") == ["E10"]
    assert ids("--person", "文静", "--from", "2014-08-01", "--to", "2014-08-20") == ["T041", "E10"]
    assert ids("--person", "p30", "--kind", "talk") == []


def test_bookings_of_others_are_not_told_to_members(campaign: CommandLine) -> None:
    assert campaign.json("bookings", "--person", "p03", "--kind", "talk", "--as", "白雪") == [
        seen for seen in campaign.json("bookings") if seen["id"] == "T050"
    ]


def test_bookings_as_a_table(campaign: CommandLine) -> None:
    lines = campaign("bookings", "--on", "2014-08-20").out.splitlines()

    assert lines[0].split() == ["编号", "日期", "星期", "时间", "场地", "类型", "名称", "人员", "状态"]
    assert lines[2].split() == [
        "E10", "2014-08-20", "周三", "08:30–17:30", "R02", "民主生活会", "党组专题民主生活会", "12", "人", "已排",
    ]  # fmt: skip
    assert lines[-1] == "共 1 项。"
    assert "12 people" in campaign("bookings", "--on", "2014-08-20", "--lang", "en").out


def test_booking_that_a_person_may_not_know_of_is_refused_like_one_that_is_not_there(campaign: CommandLine) -> None:
    for booking in ("T041", "T999"):
        refused = campaign.json("cancel", booking, "--as", "p27", status=1)

        assert refused == {"error": "not_found", "text": f"没有这个日程：{booking}"}


PLAIN = """姓名,部门,职务,政治面貌
沈一,办公室,主任,中共党员
陈二,办公室,科员,共青团员
文三,办公室,科员,中共预备党员
"""
TOGETHER = ("--start", "2014-09-02T09:00", "--minutes", "60")


def test_a_roster_without_categories_has_staff_and_party_members(cli: CommandLine, tmp_path: Path) -> None:
    cli("init")
    (tmp_path / "plain.csv").write_text(PLAIN, "utf-8")
    cli.json("import", str(tmp_path / "plain.csv"))

    party = cli.json("book", "meeting", "--audience", "all_party", *TOGETHER)
    staff = cli.json("book", "meeting", "--audience", "all_staff", "--start", "2014-09-03T09:00", "--minutes", "60")

    assert [one(cli, booked["id"])["people"] for booked in (party, staff)] == [["p01", "p03"], ["p01", "p02", "p03"]]


def test_an_audience_of_nobody_refuses(cli: CommandLine, tmp_path: Path) -> None:
    cli("init")
    (tmp_path / "plain.csv").write_text(PLAIN, "utf-8")
    cli.json("import", str(tmp_path / "plain.csv"))

    booked = cli.json("book", "meeting", "--audience", "all_staff,retired", *TOGETHER, status=1)
    looked = cli.json("book", "talk", "--audience", "retired", *TOGETHER, "--dry-run", status=1)
    days = ("--minutes", "60", "--from", "2014-08-11", "--to", "2014-08-29", "--count", "1")
    series = cli("arrange-sessions", "meeting", "--audience", "retired", *days)

    assert booked["blocking"] == [
        {
            "kind": "empty_audience",
            "subject": "retired",
            "text": "“离退休干部”当天没有人员，请改选参加范围，或先补全花名册",
        }
    ]
    assert kinds(looked["blocking"]) == [("empty_audience", "retired")]
    assert (series.status, "“离退休干部”当天没有人员" in series.out + series.err) == (1, True)
    assert cli.json("bookings") == []


def test_a_session_states_its_hours_and_takes_them_back(campaign: CommandLine) -> None:
    day = ("book", "study_session", "--audience", "leadership_team", "--start", "2014-09-03T08:30", "--minutes", "540")
    name = campaign.json(*day, "--hours", "8")["id"]
    before = campaign.json("study", "--as-of", "2014-09-03")["offered_hours"]

    assert one(campaign, name)["hours"] == 8
    campaign.json("move", name, "--hours", "none")
    assert one(campaign, name)["hours"] is None
    assert before - campaign.json("study", "--as-of", "2014-09-03")["offered_hours"] == 1


def test_hours_that_are_none_are_a_sentence(campaign: CommandLine) -> None:
    day = ("book", "study_session", "--audience", "leadership_team", "--start", "2014-09-03T08:30", "--minutes", "180")

    for kind, hours, told in (
        (day[1], "-1", "学时"), (day[1], "many", "“many”不是学时"), (day[1], "25", "不超过 24"), (day[1], "none", "学时"),
        ("meeting", "3", "只有集中学习计学时"),
    ):  # fmt: skip
        refused = campaign("book", kind, *day[2:], f"--hours={hours}")
        assert (refused.status, told in refused.err) == (2, True), refused.err


def test_a_meeting_with_its_host_agenda_remark_and_link(sample: CommandLine) -> None:
    said = (
        "--agenda",
        "传达文件/孙志诚/20",
        "--agenda",
        "讨论/督导组",
        "--remark",
        "着正装",
        "--link",
        "https://meet.example.org/1",
    )
    meeting = ("book", "meeting", "--people", "p22", "--host", "p12", "--start", "2014-09-03T09:00", "--minutes", "60")
    name = sample.json(*meeting, *said)["id"]

    seen = one(sample, name)
    assert (seen["host"], seen["remark"], seen["link"]) == ("p12", "着正装", "https://meet.example.org/1")
    assert [(point["person"], point["speaker"], point["minutes"]) for point in seen["agenda"]] == [
        ("p12", "", 20),
        (None, "督导组", None),
    ]
    sample.json("move", name, "--agenda", "none", "--host", "none", "--link", "")
    seen = one(sample, name)
    assert (seen["host"], seen["agenda"], seen["link"], seen["remark"]) == (None, [], "", "着正装")
    assert "网址" in sample(*meeting, "--link", "meet").err


def test_several_are_confirmed_and_cancelled_each_for_itself(sample: CommandLine) -> None:
    told = sample.json("confirm", "T045", "T041", status=1)
    assert [(line["id"], line["ok"]) for line in told] == [("T045", True), ("T041", False)]
    assert "尚未开始" in told[1]["text"]
    assert "T041  已办" in sample("cancel", "T041", "E12").out
    assert sample("confirm", "T045", "T041", "--by", "p07").status == 2


def test_a_talk_that_was_held_is_put_down(sample: CommandLine) -> None:
    held = ("book", "talk", "--people", "p02,p22", "--start", "2014-07-30T16:00", "--minutes", "45", "--held")
    name = sample.json(*held)["id"]
    assert one(sample, name)["status"] == "held"
    assert sample("book", "meeting", *held[2:]).status == 2
