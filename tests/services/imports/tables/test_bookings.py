from datetime import date

import pytest

from scheduler.core.ground.agenda import AgendaItem
from scheduler.core.ground.bookings import Kind, Mode, Size, State
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId
from scheduler.core.sessions.study import Attended
from scheduler.services.imports import reading as import_reading
from tests.builders import at
from tests.services.imports.tables.reading import facts, files, known, wrong

EVENTS = "编号,类型,名称,日期,开始,结束,地点,范围,主持,备注"
TALKS = "编号,日期,开始,结束,地点,参加人,方式,状态,备注"


def test_a_row_of_the_events() -> None:
    assert facts(
        f"{EVENTS}\nE05,支委会,碰头会,2014-08-25,13:30,17:00,谈话室A,branch:B1;p02；文静;observer:team,p01,记\n"
    ) == {
        "E05": {
            "kind": Kind.COMMITTEE_MEETING,
            "start": at("2014-08-25T13:30"),
            "end": at("2014-08-25T17:00"),
            "title": "碰头会",
            "room": "R04",
            "audience": ("branch:B1", "observer:team"),
            "people": ("p02", "p03"),
            "host": "p01",
        }
    }


WORDS = "编号,类型,名称,日期,开始,结束,参加人员,议程,通知备注,链接"


def test_agenda_remark_and_link_of_an_event() -> None:
    row = "E05,会议,例会,2014-08-25,13:30,17:00,p02,传达文件/文静/20分钟；讨论/督导组；小结,请带材料，着正装,https://v.example.org/1"

    given = facts(f"{WORDS}\n{row}\n")["E05"]

    assert given["agenda"] == (
        AgendaItem("传达文件", PersonId("p03"), minutes=20),
        AgendaItem("讨论", speaker="督导组"),
        AgendaItem("小结"),
    )
    assert (given["remark"], given["link"]) == ("请带材料，着正装", "https://v.example.org/1")


@pytest.mark.parametrize(
    "written", ["传达文件；讨论", '"1. 传达文件\n2. 讨论"', "一、传达文件 二、讨论", "; 传达文件 ;讨论;"]
)
def test_points_are_parted_by_semicolons_or_numbered(written: str) -> None:
    given = facts(f"{WORDS}\nE05,会议,例会,2014-08-25,13:30,17:00,p02,{written},,\n")["E05"]

    assert given["agenda"] == (AgendaItem("传达文件"), AgendaItem("讨论"))


def test_what_is_wrong_in_agenda_remark_and_link_is_told() -> None:
    row = f"E05,会议,例会,2014-08-25,13:30,17:00,p02,讨论//很久,{'长' * 501},ftp://x"

    assert wrong(f"{WORDS}\n{row}\n") == [
        (2, "agenda", "not_a_number"),
        (2, "remark", "too_long"),
        (2, "link", "not_a_link"),
    ]


def test_a_talk_among_the_events_keeps_none_of_it() -> None:
    row = "T9,谈心谈话,x,2014-08-25,13:30,14:00,p01;p02,说了什么,说了什么,https://v.example.org/1"

    assert not {"agenda", "remark", "link"} & facts(f"{WORDS}\n{row}\n")["T9"].keys()


def test_events_of_an_unknown_kind_are_meetings() -> None:
    assert facts(f"{EVENTS}\nE05,茶话会,聚会,2014-08-25,13:30,17:00,EXT,,,\n")["E05"]["kind"] is Kind.MEETING


def test_a_talk_among_the_events_keeps_no_title() -> None:
    assert facts(f"{EVENTS}\nT9,谈心谈话,谈什么,2014-08-25,13:30,14:00,,p01;p02,,\n")["T9"]["title"] == ""


def test_everything_that_is_wrong_in_an_event_is_told() -> None:
    rows = "E 5/,meeting,,soon,9,10:00,,,p99,\nE06,meeting,x,2014-08-25,10:00,09:00,,,,\nE07,meeting,x,2014-08-25,10:00,,,,,\n"

    assert wrong(f"{EVENTS}\n{rows}") == [
        (2, "id", "bad_id"),
        (2, "date", "not_a_date"),
        (2, "start", "not_a_time_of_day"),
        (2, "title", "missing"),
        (2, "host", "unknown_person"),
        (3, "end", "end_before_start"),
        (4, "end", "missing"),
    ]


def test_a_row_of_the_talks_keeps_no_note() -> None:
    assert facts(f"{TALKS}\nT001,2014-06-18,9:00,09:45,R04,p01沈维岳;文静,电话,待确认,他说……\n") == {
        "T001": {
            "kind": Kind.TALK,
            "title": "",
            "start": at("2014-06-18T09:00"),
            "end": at("2014-06-18T09:45"),
            "people": ("p01", "p03"),
            "room": "R04",
            "mode": Mode.PHONE,
            "size": Size.ONE_TO_ONE,
            "status": State.AWAITING_CONFIRMATION,
        }
    }


@pytest.mark.parametrize(("people", "mode"), [("p01;p02;p03", "面谈"), ("p01;p02", "集体谈话")])
def test_group_talks_are_called_so_or_have_three_people(people: str, mode: str) -> None:
    assert facts(f"{TALKS}\nT001,2014-06-18,9:00,09:45,,{people},{mode},,\n")["T001"]["size"] is Size.GROUP


def test_everything_that_is_wrong_in_a_talk_is_told() -> None:
    rows = "T001,2014-06-18,9:00,09:45,,p01,面谈,已完成,\nT002,2014-06-18,9:00,09:45,,p01;p99,喊话,谈过,\n"

    assert wrong(f"{TALKS}\n{rows}") == [
        (2, "participants", "too_few_people"),
        (3, "participants", "unknown_person"),
        (3, "mode", "unknown_word"),
        (3, "status", "unknown_word"),
    ]


def test_a_row_without_an_id_is_known_by_what_it_says() -> None:
    assert list(facts(f"{TALKS}\n,2014-06-18,9:00,09:45,,p02;p01,面谈,,\n")) == [
        "@talk/2014-06-18T01:00:00+00:00/p01;p02"
    ]
    assert list(facts(f"{EVENTS}\n,,例会,2014-06-18,9:00,09:45,,,,\n")) == ["@meeting/2014-06-18T01:00:00+00:00/例会"]


def test_an_unknown_room_is_told_once() -> None:
    rows = "T001,2014-06-18,9:00,09:45,R99,p01;p02,,,\nT002,2014-06-19,9:00,09:45,R99,p01;p02,,,\n"
    opened = files(f"{TALKS}\n{rows}")

    given, errors = import_reading.read(opened, known())

    assert ([fact.fields["room"] for fact in given], errors) == ([None, None], [])
    assert opened.warnings == [Finding("room_unknown", "R99", {"name": "R99"})]


@pytest.mark.parametrize(
    ("word", "status"),
    [("出席", "attended"), ("列席", "observer"), ("请假", "on_leave"), ("缺席", "absent"), ("迟到", "late"),
     ("早退", "left_early"), ("补课", "made_up"), ("late", "late")],
)  # fmt: skip
def test_a_row_of_the_attendance(word: str, status: str) -> None:
    assert facts(f"会次,人员,姓名,出勤,补课日期\nS01,p03,文　静,{word},2014-08-04\n") == {
        "S01/p03": {"session": "S01", "person": "p03", "status": Attended(status), "makeup_date": date(2014, 8, 4)}
    }


def test_sessions_of_the_same_import_are_known() -> None:
    event = f"{EVENTS}\nS09,集中学习,学习,2014-08-25,08:30,11:30,R04,,,\n"

    assert list(facts("session,person,status\nS09,p01,出席\n", event)) == ["S09", "S09/p01"]


def test_attendance_of_any_booking_is_read_with_the_reason_for_leave() -> None:
    rows = "E01,p01,请假,病假\nE01,p02,出席,\nE01,p03,缺席,病假\n"
    wrong_rows = f"E01,p01,请假,{'长' * 41}\nE01,p03,缺席,病假\n"

    assert facts(f"session,person,status,请假事由\n{rows.replace('缺席,病假', '缺席,')}")["E01/p01"]["reason"] == "病假"
    assert wrong(f"session,person,status,请假事由\n{wrong_rows}") == [
        (2, "reason", "too_long"),
        (3, "reason", "reason_without_leave"),
    ]


def test_a_make_up_before_its_session_is_wrong() -> None:
    event = f"{EVENTS}\nS09,集中学习,学习,2014-08-25,08:30,11:30,R04,,,\n"
    rows = "S09,p01,补课,2014-08-24\nS09,p02,补课,2014-08-25\n"

    assert wrong(f"session,person,status,makeup_date\n{rows}", event) == [(2, "makeup_date", "makeup_before_session")]


def test_everything_that_is_wrong_in_attendance_is_told() -> None:
    rows = "S77,p99,文静,睡着,never\nE01,p01,文静,,\nS01,,,出席,\n"

    assert wrong(f"session,person,name,status,makeup_date\n{rows}") == [
        (2, "person", "unknown_person"),
        (2, "session", "unknown_session"),
        (2, "status", "unknown_word"),
        (2, "makeup_date", "not_a_date"),
        (3, "name", "name_mismatch"),
        (3, "status", "unknown_word"),
        (4, "person", "missing"),
    ]


def test_a_session_may_state_its_hours() -> None:
    head = "编号,类型,名称,日期,开始,结束,学时"
    rows = "S09,集中学习,学习,2014-08-25,08:30,17:30,8学时\nS10,集中学习,学习,2014-08-26,08:30,11:30,\n"

    assert {key: row["hours"] for key, row in facts(f"{head}\n{rows}").items()} == {"S09": 8, "S10": None}
    assert "hours" not in facts(f"{EVENTS}\nS09,集中学习,学习,2014-08-25,08:30,11:30,,,,\n")["S09"]


def test_hours_that_are_none_are_told_and_so_are_those_of_what_counts_none() -> None:
    head = "编号,类型,名称,日期,开始,结束,学时"
    bad = [f"S{n:02},集中学习,学习,2014-08-25,08:30,11:30,{text}" for n, text in enumerate(("many", "25", "0", "-3"))]
    rows = "\n".join([*bad, "S09,集中学习,学习,2014-08-25,10:00,09:00,25"])
    opened = files(f"{head}\nE09,座谈会,座谈,2014-08-25,08:30,11:30,3\nE10,座谈会,座谈,2014-08-26,08:30,11:30,—\n")

    given, errors = import_reading.read(opened, known())

    assert wrong(f"{head}\n{rows}\n") == [
        *((row, "hours", "not_hours") for row in (2, 3, 4, 5)),
        (6, "end", "end_before_start"),
        (6, "hours", "not_hours"),
    ]
    assert ([fact.fields["hours"] for fact in given], errors) == ([None, None], [])
    assert opened.warnings == [Finding("hours_not_counted", "E09", {"hours": "3"})]


def test_an_event_may_last_several_days() -> None:
    head = "编号,类型,名称,日期,开始,结束,结束日期"
    rows = "E09,参观,考察,2014-08-25,09:00,17:00,2014-08-27\nE10,参观,参观,2014-08-25,09:00,17:00,\n"
    bad = "E11,参观,考察,2014-08-25,09:00,17:00,2014-08-24\nE12,参观,考察,2014-08-25,09:00,17:00,2014-09-25\n"

    given = facts(f"{head}\n{rows}")

    assert [row["end"] for row in given.values()] == [at("2014-08-27T17:00"), at("2014-08-25T17:00")]
    assert wrong(f"{head}\n{bad}") == [(2, "end_date", "end_before_start"), (3, "end_date", "lasts_too_long")]


def test_times_as_offices_write_them() -> None:
    rows = (
        "T1,2014-08-25 星期一,上午9:00,9:45,,p01;p02,,\n"
        "T2,20140825,2:30PM,下午3:15,,p01;p02,,\n"
        "T3,2014/8/25 0:00:00,2014-08-25 10:00,2014-08-25 10:45,,p01;p02,,\n"
        "T4,2014-08-25,23:00,24:00,,p01;p02,,\n"
    )
    times = {key: (fields["start"], fields["end"]) for key, fields in facts(f"{TALKS}\n{rows}").items()}

    assert times == {
        "T1": (at("2014-08-25T09:00"), at("2014-08-25T09:45")),
        "T2": (at("2014-08-25T14:30"), at("2014-08-25T15:15")),
        "T3": (at("2014-08-25T10:00"), at("2014-08-25T10:45")),
        "T4": (at("2014-08-25T23:00"), at("2014-08-26T00:00")),
    }


def test_a_cell_with_another_day_is_no_time() -> None:
    assert wrong(f"{TALKS}\nT1,2014-08-25,2014-08-26 10:00,10:45,,p01;p02,,\n") == [(2, "start", "not_a_time_of_day")]
