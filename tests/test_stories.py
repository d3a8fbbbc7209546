"""The stories that the program is accepted by, each through the command line, with the numbers of the sample written out.

They run on SQLite and on PostgreSQL. Where a story is about a page, the API or a feed, it goes through that door too.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import SAMPLE, CommandLine

TALKS_0801 = 50


@pytest.fixture
def cli(database: str, tmp_path: Path) -> CommandLine:
    """The command line on an empty database, on 2014-08-01 at 8:00."""
    return CommandLine(database, tmp_path)


@pytest.fixture
def sample(sample_database: str, tmp_path: Path) -> CommandLine:
    """The same on the sample organisation; no rules are applied."""
    return CommandLine(sample_database, tmp_path)


@pytest.fixture
def campaign(sample: CommandLine) -> CommandLine:
    """The same with 四必谈 and its extended talks applied."""
    sample.json("rules", "apply", "cn.four-must-talks-extended")
    return sample


def facts(document: dict[str, Any]) -> dict[str, Any]:
    """What the database holds afterwards."""
    return {key: document[key] for key in ("people", "units", "rooms", "branches")}


def kinds(findings: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(found["kind"], found["subject"]) for found in findings]


def texts(findings: list[dict[str, str]]) -> list[str]:
    return [found["text"] for found in findings]


# ── A01 import ───────────────────────────────────────────────────────────────────────────────────────────────────────
ORGANISATION = {"people": 100, "units": 18, "rooms": 7, "branches": {"B1": 34, "B2": 22, "B3": 9}}


def test_a01_roster_units_and_rooms_come_in_with_exactly_two_warnings(cli: CommandLine) -> None:
    first = cli.json("import", SAMPLE / "roster.csv", SAMPLE / "units.csv", SAMPLE / "rooms.csv")

    assert facts(first) == ORGANISATION
    assert first["errors"] == []
    assert first["updated"] == first["unchanged"] == 0
    assert kinds(first["warnings"]) == [("in_charge_is_head", "D07"), ("head_vacant", "I05")]
    assert ["分管领导兼任负责人" in texts(first["warnings"])[0], "负责人空缺" in texts(first["warnings"])[1]] == [
        True,
        True,
    ]

    again = cli.json("import", SAMPLE / "roster.csv", SAMPLE / "units.csv", SAMPLE / "rooms.csv")

    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, first["created"])
    assert facts(again) == ORGANISATION


def test_a01_the_same_roster_as_a_chinese_pc_saves_it_changes_nothing(cli: CommandLine) -> None:
    cli.json("import", SAMPLE / "roster.csv", SAMPLE / "units.csv", SAMPLE / "rooms.csv")

    again = cli.json("import", SAMPLE / "roster_gb18030.csv")

    assert (again["created"], again["updated"]) == (0, 0)
    assert again["unchanged"] > 0
    assert facts(again) == ORGANISATION
    assert cli.json("bookings", "--person", "文静") == []  # 文　静 is 文静, and there is one of her


def test_a01_a_preview_says_what_would_be_and_keeps_nothing(cli: CommandLine) -> None:
    preview = cli.json("import", SAMPLE / "roster.csv", SAMPLE / "units.csv", SAMPLE / "rooms.csv", "--dry-run")

    assert facts(preview) == ORGANISATION
    assert facts(cli.json("import", SAMPLE / "rooms.csv")) == {"people": 0, "units": 0, "rooms": 7, "branches": {}}


def test_a01_the_whole_folder_comes_in_and_again_changes_nothing(sample: CommandLine) -> None:
    again = sample.json("import", SAMPLE)

    assert (again["created"], again["updated"], again["errors"]) == (0, 0, [])
    assert facts(again) == ORGANISATION
    assert kinds(again["warnings"]) == [("in_charge_is_head", "D07"), ("head_vacant", "I05")]


# ── A02 rules ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a02_four_must_talks_are_49_by_rule_and_48_distinct(sample: CommandLine) -> None:
    preview = sample.json("rules", "preview", "cn.four-must-talks")

    assert preview["preset"] == "cn.four-must-talks"
    assert preview["by_rule"] == {"R1": 7, "R2": 21, "R3": 13, "R4": 8}
    assert (preview["requirements"], preview["distinct"], preview["optional"]) == (49, 48, 0)
    assert kinds(preview["unresolved"]) == [("self_pair", "D07"), ("head_vacant", "I05")]
    assert "按规则 49 项，去重后 48 次" in sample("rules", "preview", "cn.four-must-talks").out

    applied = sample.json("rules", "apply", "cn.four-must-talks")

    assert applied == {**preview, "rule_set": "RS1"}


def test_a02_a_pair_has_all_its_reasons_and_a_head_of_two_units_stands_once(sample: CommandLine) -> None:
    sample.json("rules", "apply", "cn.four-must-talks")
    asked = sample.json("coverage")["requirements"]

    def row(person: str) -> Counter[str]:
        pairs = [one["people"] for one in asked if person in one["people"]]
        return Counter(other for pair in pairs for other in pair if other != person)

    both = [one["rules"] for one in asked if one["people"] == ["p02", "p05"]]
    assert both == [["R2", "R3"]]
    assert row("p03")["p13"] == 1  # 何晓岚 heads D03 and I02
    assert (row("p04")["p19"], row("p08")["p19"]) == (1, 1)  # 高富: two leaders are in charge of I01
    assert row("p03")["p20"] == 1  # 潘子墨 acts as head
    assert row("p07") == {"p01": 1, "p02": 1, "p03": 1, "p04": 1, "p05": 1, "p06": 1, "p08": 1}  # no pair with himself


def test_a02_the_window_hangs_on_the_meeting(sample: CommandLine) -> None:
    sample.json("rules", "apply", "cn.four-must-talks")

    moved = sample.json("milestone", "democratic_life_meeting", "2014-08-20", "--dry-run")

    assert moved["window_opens"] == "2014-06-16"
    assert moved["window_closes"] == "2014-08-15"
    assert moved["report_due"] == "2014-08-05"


# ── A03 extended talks ───────────────────────────────────────────────────────────────────────────────────────────────
def test_a03_six_extended_talks_make_54_and_the_denominator_stays_48(sample: CommandLine) -> None:
    applied = sample.json("rules", "apply", "cn.four-must-talks-extended")

    assert applied["by_rule"] == {"R1": 7, "R2": 21, "R3": 13, "R4": 8, "RX": 6}
    assert (applied["requirements"], applied["distinct"], applied["optional"]) == (49, 48, 6)
    assert applied["distinct"] + applied["optional"] == 54
    assert sample.json("coverage")["required"] == 48


# ── A04 coverage ─────────────────────────────────────────────────────────────────────────────────────────────────────
COVERAGE = {
    "as_of": "2014-08-01",
    "rule_set": "RS1",
    "required": 48,
    "covered": 37,
    "rate": 77.1,
    "by_rule": {"R1": [7, 7], "R2": [17, 21], "R3": [9, 13], "R4": [5, 8], "RX": [4, 6]},
    "states": {"covered": 37, "booked": 2, "awaiting_confirmation": 1, "open": 8},
    "optional": {"required": 6, "covered": 4},
}
ROWS = {
    "p01": [8, 8],
    "p02": [10, 10],
    "p03": [8, 10],
    "p04": [9, 11],
    "p05": [7, 8],
    "p06": [7, 10],
    "p07": [5, 8],
    "p08": [7, 11],
}


def test_a04_37_of_48_are_covered_on_1_august(campaign: CommandLine) -> None:
    for said in (campaign.json("coverage"), campaign.json("coverage", "--as-of", "2014-08-01")):
        assert {key: said[key] for key in COVERAGE} == COVERAGE
        assert {person: said["rows"][person] for person in ROWS} == ROWS
        assert len(said["requirements"]) == 54
        assert Counter(one["state"] for one in said["requirements"] if one["severity"] == "must") == COVERAGE["states"]


def test_a04_the_supervisor_sees_the_same_and_can_edit_nothing(campaign: CommandLine) -> None:
    as_supervisor = ("--as", "s01")

    said = campaign.json("coverage", *as_supervisor)

    assert {key: said[key] for key in COVERAGE} == COVERAGE
    for words in (
        ("book", "meeting", "--people", "p02,p07", "--start", "2014-09-02T09:00", "--minutes", "45"),
        ("move", "T041", "--start", "2014-08-06T09:00"),
        ("cancel", "T041"),
        ("attend", "S09", "p06", "made_up", "--makeup", "2014-08-11"),
        ("rules", "apply", "cn.three-must-talks"),
        ("milestone", "democratic_life_meeting", "2014-08-25"),
        ("occur", "award", "p30", "2014-07-01"),
        ("import", SAMPLE / "rooms.csv"),
        ("feeds", "issue", "--person", "p03"),
        ("accounts", "add", "--person", "p03"),
    ):
        no = campaign.json(*words, *as_supervisor, status=1)
        assert no["error"] == "not_allowed", words
    assert campaign.json("coverage") == said


# ── A05 ledger ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a05_the_ledger_lists_50_and_says_why_7_do_not_count(campaign: CommandLine) -> None:
    ledger = campaign.json("ledger")

    assert len(ledger) == 50
    assert sum(line["counts"] for line in ledger) == 43
    assert {line["id"]: line["why_not"] for line in ledger if not line["counts"]} == {
        "T039": "outside_window",
        "T040": "cancelled",
        "T041": "not_yet_held",
        "T042": "not_yet_held",
        "T043": "group_talk",
        "T044": "mode_not_allowed",
        "T045": "unconfirmed",
    }
    lines = {line["id"]: line for line in ledger}
    assert all(line["why_not"] is None for line in ledger if line["counts"])
    assert (lines["T032"]["counts"], lines["T032"]["covers"], lines["T032"]["extra"]) == (True, [], False)
    assert (lines["T046"]["counts"], lines["T046"]["extra"], lines["T046"]["people"]) == (True, True, ["p06", "p28"])
    assert [line["id"] for line in ledger if line["extra"]] == ["T046"]
    assert lines["T033"]["counts"]
    assert kinds(lines["T033"]["warnings"]) == [("weekend", "2014-07-13")]
    assert "周日" in lines["T033"]["warnings"][0]["text"]


# ── A06 calendar ─────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("start", "minutes", "expected", "word"),
    [
        ("2014-05-04T14:00", 60, [], ""),
        ("2014-06-02T14:00", 60, [("holiday", "2014-06-02")], "端午节"),
        ("2014-08-31T14:00", 60, [("weekend", "2014-08-31")], "周日"),
        ("2014-10-11T14:00", 60, [], ""),
        ("2014-09-02T11:00", 180, [("lunch", "2014-09-02")], "跨午休"),
    ],
)
def test_a06_days_off_and_lunch_warn_and_never_forbid(
    sample: CommandLine, start: str, minutes: int, expected: list[tuple[str, str]], word: str
) -> None:
    done = sample.json(
        "book", "meeting", "--people", "p22,p23", "--start", start, "--minutes", str(minutes), "--room", "R06"
    )

    assert (done["ok"], done["id"], done["blocking"]) == (True, "E15", [])
    assert kinds(done["warnings"]) == expected
    assert word in "".join(texts(done["warnings"]))


# ── A07 conflicts ────────────────────────────────────────────────────────────────────────────────────────────────────
def talk(people: str, start: str, room: str, *more: str) -> tuple[str, ...]:
    return ("book", "talk", "--people", people, "--start", start, "--minutes", "45", "--room", room, *more)


def test_a07_people_in_a_meeting_cannot_be_booked(campaign: CommandLine) -> None:
    no = campaign.json(*talk("p02,p07", "2014-08-20T09:00", "R04"), status=1)

    assert (no["ok"], no["id"]) == (False, None)
    assert kinds(no["blocking"]) == [("person_taken", "p02"), ("person_taken", "p07")]
    assert texts(no["blocking"]) == ["陈国梁 9:00–9:45 已有安排", "邓永昌 9:00–9:45 已有安排"]


def test_a07_a_taken_room_is_a_reason_of_its_own(campaign: CommandLine) -> None:
    no = campaign.json(*talk("p02,p07", "2014-08-20T09:00", "R02"), status=1)

    assert kinds(no["blocking"]) == [("person_taken", "p02"), ("person_taken", "p07"), ("room_taken", "R02")]
    assert texts(no["blocking"])[2] == "第一会议室 9:00–9:45 已被占用"


def test_a07_after_the_window_is_a_warning(campaign: CommandLine) -> None:
    done = campaign.json(*talk("p02,p07", "2014-08-19T09:00", "R04"))

    assert (done["ok"], done["id"], done["blocking"]) == (True, "T051", [])
    assert kinds(done["warnings"]) == [("outside_window", "RS1")]
    assert texts(done["warnings"]) == ["超出谈话窗口期（8月15日截止）"]


def test_a07_an_absence_refuses_and_its_reason_is_told_to_organizers_only(campaign: CommandLine) -> None:
    for asker in ((), ("--as", "p22")):
        no = campaign.json(*talk("p04,p07", "2014-07-08T09:00", "R04"), *asker, status=1)
        assert kinds(no["blocking"]) == [("absence", "p04")]
        assert texts(no["blocking"]) == ["王海波 7月7日—18日 党校脱产培训"]

    no = campaign.json(*talk("p04,p07", "2014-07-08T09:00", "R04"), "--as", "p07", status=1)

    assert kinds(no["blocking"]) == [("person_unavailable", "p04")]
    assert texts(no["blocking"]) == ["王海波 不可用"]


# ── A08 study ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a08_six_of_eight_have_studied_seven_days_by_the_meeting(sample: CommandLine) -> None:
    study = sample.json("study", "--as-of", "2014-08-20")

    assert (study["asked_hours"], study["offered_hours"], study["met"], study["of"]) == (49, 51.0, 6, 8)
    assert study["people"]["p06"] == {"hours": 48.0, "missing": 1.0, "met": False, "asked": 49.0}
    assert study["people"]["p07"] == {"hours": 48.0, "missing": 1.0, "met": False, "asked": 49.0}
    assert study["people"]["p03"] == {"hours": 49.5, "missing": 0.0, "met": True, "asked": 49.0}


def test_a08_a_make_up_counts_from_its_day(sample: CommandLine) -> None:
    done = sample.json("attend", "S09", "p06", "made_up", "--makeup", "2014-08-11")

    assert done == {"session": "S09", "person": "p06", "status": "made_up", "makeup_date": "2014-08-11", "hours": 3.0}
    study = sample.json("study", "--as-of", "2014-08-20")
    assert study["people"]["p06"] == {"hours": 51.0, "missing": 0.0, "met": True, "asked": 49.0}
    assert (study["met"], study["of"]) == (7, 8)
    assert sample.json("study", "--as-of", "2014-08-10")["people"]["p06"]["hours"] == 48.0


def test_a08_everybody_has_at_the_end_without_that_make_up(sample: CommandLine) -> None:
    study = sample.json("study", "--as-of", "2014-11-24")

    assert (study["met"], study["of"], study["offered_hours"]) == (8, 8, 58.5)


# ── A09 feed ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("person", "events", "talks", "cancelled"),
    [("p03", 38, 11, []), ("p08", 38, 10, ["T040"]), ("p27", 3, 1, [])],
)
def test_a09_a_members_bookings(
    sample: CommandLine, person: str, events: int, talks: int, cancelled: list[str]
) -> None:
    listed = sample.json("bookings", "--person", person, "--as", person)

    assert sum(one["kind"] != "talk" for one in listed) == events
    assert sum(one["kind"] == "talk" for one in listed) == talks
    assert [one["id"] for one in listed if one["status"] == "cancelled"] == cancelled


# ── A10 secrecy ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a10_a_member_sees_that_a_room_is_taken_and_nothing_else(campaign: CommandLine) -> None:
    answer = campaign("bookings", "--room", "R04", "--on", "2014-06-16", "--as", "白雪", "--json")

    assert answer.status == 0
    assert [(one["id"], one["kind"], one["title"], one["people"]) for one in answer.json] == [
        (None, "busy", "占用", [])
    ] * 3
    assert all(one["status"] == "busy" for one in answer.json)
    names = ["沈维岳", "陈国梁", "文静", "王海波", "郑守正", "欧阳慧", "邓永昌", "林秀芝", "谈心"]
    table = campaign("bookings", "--room", "R04", "--on", "2014-06-16", "--as", "白雪").out
    assert [name for name in names if name in answer.out + table] == []


def test_a10_a_member_cannot_open_the_matrix_or_the_ledger(campaign: CommandLine) -> None:
    for command in ("coverage", "ledger", "study", "rules preview cn.four-must-talks"):
        no = campaign.json(*command.split(), "--as", "白雪", status=1)
        assert no["error"] == "not_allowed", command
        assert no["text"]


def test_a10_a_supervisor_sees_pairs_times_places_and_states(campaign: CommandLine) -> None:
    seen = campaign.json("bookings", "--room", "R04", "--on", "2014-06-16", "--as", "曹振东")

    assert [(one["id"], one["start"], one["room"], one["status"]) for one in seen] == [
        ("T002", "2014-06-16T09:00", "R04", "held"),
        ("T003", "2014-06-16T10:15", "R04", "held"),
        ("T004", "2014-06-16T14:00", "R04", "held"),
    ]
    assert all(len(one["people"]) == 2 for one in seen)


def test_a10_no_answer_has_a_place_for_what_was_said(campaign: CommandLine) -> None:
    booked = campaign.json(*talk("p02,p22", "2014-09-02T09:00", "R04", "--title", "不该留下的主题"))

    assert "title_dropped" in [found["kind"] for found in booked["hints"]]
    everything = [campaign.json("bookings"), campaign.json("ledger"), campaign.json("coverage")]
    assert "不该留下的主题" not in str(everything)
    assert "窗口期之前" not in str(everything)  # a remark of talk_log.csv
