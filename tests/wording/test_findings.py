"""Findings as sentences."""

import re
from dataclasses import replace
from datetime import date, time

import pytest

from config import ROOT
from scheduler import wording
from scheduler.core.bookings import conflicts
from scheduler.core.ground.findings import BLOCKING, WARNING, Finding, Findings
from scheduler.wording.findings import SENTENCES, reason_text
from tests.builders import a_draft, a_room, a_snapshot, a_span, an_absence, at
from tests.core import sample_talks

NAMED = {"name": "陈国梁"}
SHARED = {**NAMED, "start": at("2014-08-20T09:00"), "end": at("2014-08-20T09:45"), "day": date(2014, 8, 20)}
ROOM = {**SHARED, "name": a_room("R02", "第一会议室", name_en="Meeting room 1", use="meeting")}
TRAINING = an_absence("p04", "2014-07-07", "2014-07-18", "党校脱产培训 training")
AFTERNOONS = replace(TRAINING, only_weekdays=(1, 3), only_from="13:30", only_to="17:30")
HALF_A_DAY = replace(TRAINING, last=date(2014, 7, 7), only_weekdays=tuple(range(7)))
LUNCH = {"day": date(2014, 8, 20), "hours": (time(11, 30), time(13, 30))}
WINDOW = {"first": date(2014, 6, 16), "last": date(2014, 8, 15)}

SAID = [
    (Finding("person_taken", "p02", SHARED), "陈国梁 9:00–9:45 已有安排", "陈国梁 is already booked 9:00–9:45"),
    (
        Finding("person_taken", "p02", {**SHARED, "day": date(2014, 8, 19)}),
        "陈国梁 8月20日 9:00–9:45 已有安排",
        "陈国梁 is already booked 20 Aug 9:00–9:45",
    ),
    (
        Finding("person_taken", "p02", {**SHARED, "end": at("2014-08-21T09:45")}),
        "陈国梁 8月20日 周三 9:00—8月21日 周四 9:45 已有安排",
        "陈国梁 is already booked Wed 20 Aug 9:00 – Thu 21 Aug 9:45",
    ),
    (
        Finding("person_taken", "p02", {**SHARED, "end": at("2014-08-21T00:00")}),
        "陈国梁 9:00–24:00 已有安排",
        "陈国梁 is already booked 9:00–24:00",
    ),
    (Finding("person_taken", "p02"), "p02 已有安排", "p02 is already booked"),
    (Finding("room_taken", "R02", ROOM), "第一会议室 9:00–9:45 已被占用", "Meeting room 1 is taken 9:00–9:45"),
    (
        Finding("absence", "p04", {"name": "王海波", "absence": TRAINING}),
        "王海波 7月7日—18日 党校脱产培训",
        "王海波 is away 7–18 Jul (training)",
    ),
    (
        Finding("absence", "p04", {"name": "王海波", "absence": replace(TRAINING, reason="")}),
        "王海波 7月7日—18日 不在岗",
        "王海波 is away 7–18 Jul",
    ),
    (
        Finding("attendee_unavailable", "s02", {"name": "叶文娟", "absence": AFTERNOONS}),
        "叶文娟 仅周二、周四 13:30–17:30 可安排",
        "叶文娟 is available only Tue, Thu 13:30–17:30",
    ),
    (
        Finding(
            "absence", "p04", {"name": "王海波", "absence": replace(HALF_A_DAY, only_from="12:00", only_to="23:59")}
        ),
        "王海波 7月7日 12:00 以前不在岗",
        "王海波 is away on 7 Jul before 12:00",
    ),
    (
        Finding(
            "absence", "p04", {"name": "王海波", "absence": replace(HALF_A_DAY, only_from="00:00", only_to="10:30")}
        ),
        "王海波 7月7日 10:30 起不在岗",
        "王海波 is away on 7 Jul from 10:30",
    ),
    (
        Finding("room_too_small", "R02", {**ROOM, "capacity": 40, "count": 84}),
        "第一会议室 可容纳 40 人，参加 84 人",
        "Meeting room 1 holds 40, 84 take part",
    ),
    (
        Finding("room_use", "R02", {**ROOM, "use": "meeting"}),
        "第一会议室 用途为会议",
        "Meeting room 1 is meant for meetings",
    ),
    (Finding("weekend", "2014-08-31"), "8月31日 周日", "Sun 31 Aug is a weekend day"),
    (
        Finding("holiday", "2014-06-02", {"day": date(2014, 6, 2), "note": "端午节"}),
        "6月2日 端午节",
        "Mon 2 Jun is a day off (端午节)",
    ),
    (Finding("holiday", "2014-06-02", {"note": ""}), "6月2日 放假", "Mon 2 Jun is a day off"),
    (Finding("lunch", "2014-08-20", LUNCH), "跨午休（11:30–13:30）", "Runs over lunch (11:30–13:30)"),
    (
        Finding("outside_hours", "2014-08-20", {**LUNCH, "hours": (time(8, 30), time(17, 30))}),
        "不在工作时间内（8:30–17:30）",
        "Outside working hours (8:30–17:30)",
    ),
    (
        Finding("outside_window", "RS1", {**WINDOW, "day": date(2014, 8, 19)}),
        "超出谈话窗口期（8月15日截止）",
        "Outside the talk window (closed on 15 Aug)",
    ),
    (
        Finding("outside_window", "RS1", {**WINDOW, "day": date(2014, 6, 2)}),
        "谈话窗口期6月16日开始",
        "The talk window opens on 16 Jun",
    ),
    (Finding("outside_window", "RS1"), "不在谈话窗口期内", "Outside the talk window"),
    (
        Finding("year_not_published", "2027", {"year": 2027}),
        "2027年放假安排待公布，工作日按周一至周五推算",
        "The holidays of 2027 are not published yet; Monday to Friday are taken as workdays",
    ),
    (
        Finding("in_charge_is_head", "D07", {"name": "经费审查办公室", "name_en": "Funds Audit Office"}),
        "经费审查办公室：分管领导兼任负责人",
        "Funds Audit Office: the leader in charge is the head",
    ),
    (Finding("head_vacant", "I05"), "I05：负责人空缺", "I05: no head"),
    (
        Finding("relation_unknown", "D01", {"name": "办公室", "missing": "in_charge"}),
        "办公室：没有登记分管领导",
        "办公室: no leader in charge is recorded",
    ),
    (
        Finding("relation_unknown", "O1", {"rules": ("O1", "O2")}),
        "规则 O1、O2：组织资料中没有登记所需的上下级关系",
        "Rule O1, O2: the organisation has not recorded the relation it needs",
    ),
    (
        Finding("unknown_column", "roster.csv", {"columns": ("爱好", "星座")}),
        "roster.csv：未识别、未导入的内容：爱好、星座",
        "roster.csv: not understood and left out: 爱好, 星座",
    ),
]


@pytest.mark.parametrize(("finding", "zh", "en"), SAID, ids=lambda value: getattr(value, "kind", ""))
def test_findings_are_said_in_both_languages(finding: Finding, zh: str, en: str) -> None:
    assert wording.text(finding) == zh
    assert wording.text(finding, "en") == en


@pytest.mark.parametrize("kind", ["person_taken", "absence", "attendee_unavailable"])
def test_others_are_told_only_that_somebody_cannot_be_had(kind: str) -> None:
    private = Finding(kind, "p04", {"name": "王海波", "is_private": True})

    assert wording.text(private) == "王海波 不可用"
    assert wording.text(private, "en") == "王海波 is not available"


def test_others_are_told_only_that_a_room_cannot_be_had() -> None:
    private = Finding("room_taken", "R02", {"name": ROOM["name"], "is_private": True})

    assert wording.text(private) == "第一会议室 不可用"
    assert wording.text(private, "en") == "Meeting room 1 is not available"


@pytest.mark.parametrize("kind", SENTENCES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_has_a_sentence_even_without_names(kind: str, lang: str) -> None:
    subject = "2014-08-31" if kind in ("weekend", "holiday", "lunch", "outside_hours") else "X01"

    text = wording.text(Finding(kind, subject, {"capacity": 4, "count": 5, "use": "talk"}), lang)

    assert text.strip()
    assert "None" not in text
    assert "%(" not in text
    assert (not text.isascii()) == (lang == "zh") or "“" in text


def test_every_kind_of_finding_in_the_code_has_a_sentence() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "scheduler").rglob("*.py"))
    named = set(re.findall(r"\b(?:Finding|Gap)\(\s*\"([a-z_]+)\"", code)) | {*BLOCKING, *WARNING}

    assert {"head_vacant", "self_pair", "no_such_group"} <= named
    assert named <= set(SENTENCES)


def test_a_kind_that_nobody_knows_is_told_by_its_name() -> None:
    assert wording.text(Finding("lost", "R01")) == "lost R01"


def test_a_reason_in_two_languages_is_told_in_one() -> None:
    assert (reason_text("年休假 leave"), reason_text("年休假 leave", "en")) == ("年休假", "leave")
    assert (reason_text("区委会议 outside meeting"), reason_text("区委会议 outside meeting", "en")) == (
        "区委会议",
        "outside meeting",
    )
    assert (reason_text("病假"), reason_text("病假", "en")) == ("病假", "病假")
    assert (reason_text("赴 Beijing 出差"), reason_text("出差 Beijing")) == ("赴 Beijing 出差", "出差 Beijing")


def test_the_refusal_of_the_sample_reads_as_it_should() -> None:
    draft = replace(a_draft(who=["p02", "p07"], room="R02"), span=a_span("2014-08-20T09:00"))

    found = conflicts.find(draft, sample_talks.snapshot(draft.span))

    assert [wording.text(one) for one in found.blocking] == [
        "陈国梁 9:00–9:45 已有安排",
        "邓永昌 9:00–9:45 已有安排",
        "第一会议室 9:00–9:45 已被占用",
    ]
    assert "超出谈话窗口期（8月15日截止）" in [wording.text(one) for one in found.warnings]


def test_what_is_stripped_cannot_be_said() -> None:
    facts = a_snapshot(absences=[an_absence("p01", reason="秘密")])

    found: Findings = conflicts.private(conflicts.find(a_draft(), facts), None)

    assert [wording.text(one) for one in found.blocking] == ["人p01 不可用"]
    assert "秘密" not in repr(found)


@pytest.mark.parametrize(
    ("group", "told"),
    [
        ("principal", "尚未设置“主要负责人”：请在“支部与小组”里填写"),
        ("leadership_team", "尚未设置“领导班子”：请在“支部与小组”里填写"),
        ("mentors", "没有名为“mentors”的组"),
    ],
)
def test_a_group_that_is_missing_is_called_by_its_word(group: str, told: str) -> None:
    assert wording.text(Finding("no_such_group", group)) == told
