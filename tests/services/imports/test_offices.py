"""Files as offices keep them, each with its right reading: no edit, nothing wrong, what is not plain asked."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR
from scheduler.core.organisation.facts import ImportReport
from scheduler.core.organisation.readings import SetAside
from scheduler.services.imports.reading import Upload
from scheduler.services.imports.run import run
from scheduler.services.organisation import lists, person_lists
from scheduler.services.organisation import people as service
from tests.builders import a_clock

OFFICE = ROOT / "tests" / "data" / "office"
EXPECTED: dict[str, Any] = json.loads((OFFICE / "expected.json").read_text("utf8"))
CLOCK = a_clock("2026-11-30T08:00")


def imported(session: Session, *names: str, answers: dict[str, str] | None = None) -> list[ImportReport]:
    """Files imported one after the other, as `names` below tests/data."""
    folder = ROOT / "tests" / "data"
    return [
        run(
            session,
            OPERATOR,
            [Upload(name.rpartition("/")[2], (folder / name).read_bytes())],
            None,
            False,
            CLOCK,
            answers,
        )
        for name in names
    ]


def pasted(session: Session, text: str, name: str = "table.csv", **answers: str) -> ImportReport:
    said = {key.replace("__", ":"): value for key, value in answers.items()}
    return run(session, OPERATOR, [Upload(name, text.encode())], None, False, CLOCK, said)


def people(session: Session) -> list[tuple[str, str, str]]:
    listed = person_lists.people(session, OPERATOR, None, CLOCK).people
    return [(p.name, p.unit, p.party) for p in sorted(listed, key=lambda person: person.id)]


def heads(session: Session) -> dict[str, tuple[str | None, str | None, list[str]]]:
    """Unit → head, acting head, who is in charge."""
    return {
        unit.name: (
            unit.head.name if unit.head else None,
            unit.acting_head.name if unit.acting_head else None,
            [leader.name for leader in unit.in_charge],
        )
        for unit in lists.units(session, OPERATOR, None, CLOCK)
    }


def aside(rows: Sequence[SetAside]) -> list[tuple[int | None, str]]:
    return [(row.row, row.why) for row in rows]


@pytest.mark.parametrize("group", [s for s in EXPECTED["sets"] if s["id"].startswith("G")], ids=lambda s: s["id"])
def test_an_offices_files_are_read_right(session: Session, group: dict[str, Any]) -> None:
    reports = imported(session, *(f"office/{file}" for file in group["files"]))

    assert all(not report.errors for report in reports)
    roster = EXPECTED["roster"]
    leading = ("领导班子",)
    assert people(session) == [
        (p["name"], "" if p["unit"] in leading else p["unit"], p["party"]) for p in roster["people"]["list"]
    ]
    assert {unit: who[:2] for unit, who in heads(session).items()} == {
        unit["name"]: (unit["head"], unit["acting"]) for unit in roster["units"]["list"]
    }
    not_people = {row["row"] for row in group.get("not_people", []) if row.get("sheet") != "退休"}
    rows = {row.row for row in reports[0].set_aside if row.sheet != "退休"}
    assert not_people <= rows


def test_what_is_not_plain_is_asked_offered_or_told(session: Session) -> None:
    [report] = imported(session, "office/花名册-双层表头.xlsx")

    assert {question.id for question in report.questions} == {
        "other_people:花名册-双层表头.xlsx#退休",
        "team:leadership_team",
        "team_member:吴敏",
        "team_member:郑强",
        "seconded:吴敏",
        "staff_class:挂职",
        "staff_class:兼职",
        "staff_class:借调",
    }
    assert {offer.id for offer in report.offers} == {
        "in_charge:钱伟",
        "in_charge:孙丽华",
        "in_charge:周海涛",
        "absence:陈静",
    }
    assert {(told.kind, told.subject) for told in report.told} >= {
        ("one_person", "周海涛"),
        ("two_people", "张伟"),
        ("unit_acts", "宣教文体部"),
        ("total_differs", "花名册-双层表头.xlsx#在职"),
    }
    left = {column.header for column in report.columns if column.taken_for is None and column.sheet == "在职"}
    assert left >= set(EXPECTED["roster"]["columns_left_aside"]["must_be_named"])


def test_answers_are_done_and_the_same_again_changes_nothing(session: Session) -> None:
    answers = {
        "team:leadership_team": "yes",
        "team_member:吴敏": "yes",
        "staff_class:兼职": "not_staff",
        "in_charge:钱伟": "yes",
        "absence:陈静": "yes",
        "other_people:花名册-双层表头.xlsx#退休": "leave_aside",
    }
    imported(session, "office/花名册-双层表头.xlsx", answers=answers)

    roster = service.roster(session, OPERATOR, None, CLOCK)
    team = [roster.people[person].name for person in roster.groups["leadership_team"].members]  # type: ignore[index]
    assert team == ["赵建国", "钱伟", "孙丽华", "周海涛", "吴敏"]
    assert heads(session)["办公室"] == ("冯军", None, ["钱伟"])
    assert [a.reason for a in service.absences(session, OPERATOR, CLOCK)] == ["产假"]  # type: ignore[call-arg]
    [again] = imported(session, "office/花名册-双层表头.xlsx", answers=answers)
    assert (again.created, again.updated) == (0, 0)


def test_who_is_in_charge_comes_from_the_division_of_work(session: Session) -> None:
    reports = imported(session, *(f"office/{file}" for file in EXPECTED["sets"][5]["files"]))

    in_charge = {unit: who[2] for unit, who in heads(session).items()}
    sure = EXPECTED["office_set"]["in_charge"]["sure"]
    assert in_charge == {unit: [leader] for leader, units in sure.items() for unit in units}
    assert ("assists", "吴敏") in {(told.kind, told.subject) for told in reports[1].told}
    rooms = {room.name: room.capacity for room in service.rooms(session, OPERATOR, CLOCK)}
    assert rooms == {room["name"]: room["capacity"] for room in EXPECTED["office_set"]["rooms"]["list"]}
    assert {q.id for q in reports[3].questions} == {
        "room_use:谈心谈话室",
        "room_capacity:第三会议室",
        "room_closed:老干部活动室",
    }


def test_a_register_of_leave(session: Session) -> None:
    _, report = imported(session, "office/花名册-双层表头.xlsx", "office/请假登记表.xlsx")

    assert report.errors == ()
    assert report.created == EXPECTED["absences"]["absences_sure_count"]
    asked = [question.id.partition("@")[0] for question in report.questions]
    assert asked == ["which:张伟", "leave_days:韩雨", "leave_without_end:秦明", "leave_ended:蒋雪梅"]


@pytest.mark.parametrize("file", ["值班表.xlsx", "学习签到表.xlsx"])
def test_a_table_that_nothing_reads_is_set_aside_by_name(session: Session, file: str) -> None:
    _, report = imported(session, "office/花名册-双层表头.xlsx", f"office/{file}")

    assert (report.created, report.updated, report.people) == (0, 0, 23)
    assert [told.subject for told in report.told] == [file]
    assert [(row.file, row.row, row.why) for row in report.set_aside] == [(file, None, "table_not_read")]


def test_a_school(session: Session) -> None:
    [report] = imported(session, "offices/school.csv")

    assert [name for name, _, _ in people(session)] == ["李建", "王芳", "陈志远", "刘洋", "赵敏", "孙强", "周丽"]
    assert heads(session) == {
        "教务处": ("陈志远", None, []),
        "语文组": ("赵敏", None, []),
        "德育处": (None, "周丽", []),
    }
    assert aside(report.set_aside) == [(1, "title"), (2, "title"), (12, "total"), (13, "footnote"), (10, "vacant")]
    assert {offer.id for offer in report.offers} == {"in_charge:王芳", "absence:刘洋"}


def test_a_town(session: Session) -> None:
    [report] = imported(session, "offices/town.csv")

    assert [name for name, _, _ in people(session)] == ["马强", "何平", "丁一", "高山", "林海", "吴桐"]
    assert heads(session) == {"党政办公室": ("高山", None, []), "农业服务中心": ("吴桐", None, [])}
    kinds = {unit.name: unit.kind for unit in lists.units(session, OPERATOR, None, CLOCK)}
    assert kinds == {"党政办公室": "dept", "农业服务中心": "institution"}
    assert {q.id for q in report.questions} == {
        "team:leadership_team",
        "team_member:丁一",
        "seconded:丁一",
        "staff_class:挂职",
    }


def test_a_company(session: Session) -> None:
    imported(session, "offices/company.tsv")

    assert heads(session) == {
        "综合管理部": ("沈一鸣", None, []),
        "财务部": ("许文", None, []),
        "市场部": (None, None, []),
    }


def test_an_english_export(session: Session) -> None:
    [report] = imported(session, "offices/hr_export.csv")

    assert report.errors == ()
    assert [name for name, _, _ in people(session)] == [
        "Ngozi Okafor",
        "José Núñez",
        "Mary Ann Smith",
        "Kim Lee",
        "Sam Brown",
    ]
    assert heads(session) == {"Finance": ("José Núñez", None, []), "Human Resources": (None, "Kim Lee", [])}


def test_two_tables_side_by_side_and_one_below_the_other(session: Session) -> None:
    text = (
        "姓名,部门,职务,,会议室,容量\n张三,办公室,主任,,小会议室,12人\n李四,办公室,科员,,大会议室,约80人\n"
        ",,,,,\n部门名称,负责人,,,,\n办公室,张三,,,,\n"
    )
    pasted(session, text)

    assert [name for name, _, _ in people(session)] == ["张三", "李四"]
    assert {r.name: r.capacity for r in service.rooms(session, OPERATOR, CLOCK)} == {"小会议室": 12, "大会议室": 80}
    assert heads(session) == {"办公室": ("张三", None, [])}


def test_the_same_columns_side_by_side(session: Session) -> None:
    pasted(session, "序号,姓名,部门,序号,姓名,部门\n1,张三,办公室,3,王五,财务科\n2,李四,办公室,4,赵六,财务科\n")

    assert [(name, unit) for name, unit, _ in people(session)] == [
        ("张三", "办公室"),
        ("李四", "办公室"),
        ("王五", "财务科"),
        ("赵六", "财务科"),
    ]


def test_units_as_headings_above_their_people(session: Session) -> None:
    pasted(session, "序号,姓名,职务\n一、办公室（2人）,,\n1,张三,主任\n2,李四,科员\n二、财务科,,\n3,王五,科长\n")

    assert [(name, unit) for name, unit, _ in people(session)] == [
        ("张三", "办公室"),
        ("李四", "办公室"),
        ("王五", "财务科"),
    ]
    assert heads(session) == {"办公室": ("张三", None, []), "财务科": ("王五", None, [])}


def test_a_table_of_branches(session: Session) -> None:
    pasted(session, "姓名,部门,党支部\n张三,办公室,第一党支部\n李四,办公室,第一党支部\n王五,财务科,第二党支部\n")
    pasted(session, "支部名称,书记,组织委员,宣传委员,党员人数\n第一党支部,张三,李四,,2\n第二党支部,（空缺）,王五,,1\n")

    roster = service.roster(session, OPERATOR, None, CLOCK)
    branches = {g.name: g for g in roster.groups.values() if g.kind == "branch"}
    first = branches["第一党支部"]
    assert (first.secretary, first.committee, set(first.members)) == ("p01", ("p01", "p02"), {"p01", "p02"})
    assert branches["第二党支部"].secretary is None


def test_columns_rows_and_cells_are_as_they_are_said_to_be(session: Session) -> None:
    said = {
        "table:t.csv": "roster",
        "column:t.csv:科": "unit",
        "column:t.csv:岗位": "-",
        "row:t.csv:4": "skip",
        "cell:t.csv:3:姓名": "李思",
    }
    report = run(
        session,
        OPERATOR,
        [
            Upload(
                "t.csv", "姓名,科,岗位,性别\n张三,办公室,主任,男\n李四,办公室,科员,女\n某某,办公室,科员,男\n".encode()
            )
        ],
        None,
        False,
        CLOCK,
        said,
    )

    assert [(name, unit) for name, unit, _ in people(session)] == [("张三", "办公室"), ("李思", "办公室")]
    assert {c.header: c.taken_for for c in report.columns} == {
        "姓名": "name",
        "科": "unit",
        "岗位": None,
        "性别": "gender",
    }
    assert aside(report.set_aside) == [(4, "skipped")]


@pytest.mark.parametrize("file", sorted((ROOT / "tests/data/names").glob("*.csv")), ids=lambda f: f.name)
def test_no_name_is_lost(session: Session, file: Any) -> None:
    before = run(
        session,
        OPERATOR,
        [Upload("dots_roster.csv", (file.parent / "dots_roster.csv").read_bytes())],
        None,
        False,
        CLOCK,
    )
    assert before.people == 2
    report = run(session, OPERATOR, [Upload(file.name, file.read_bytes())], None, True, CLOCK)

    assert all(
        error.kind not in ("unknown_person", "same_name_ask") or error.details["value"] in ("p03", "p06")
        for error in report.errors
    )


def test_names_as_they_are(session: Session) -> None:
    imported(session, "names/accents.csv")
    assert [name for name, _, _ in people(session)] == ["José Núñez", "Søren Kjær", "Mary Ann Smith"]


def test_private_use_and_very_new_characters_are_kept(session: Session) -> None:
    [report] = imported(session, "names/pua_names.csv")

    names = [name for name, _, _ in people(session)]
    assert names[0].startswith("赵")
    assert len(names[0]) == 2
    assert [told.details["code"] for told in report.told if told.kind == "private_use"] == ["U+E843"]
