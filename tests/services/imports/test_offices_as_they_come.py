"""A clinic, a bank's branches, a village, printed pages, leaders above their office, and what a workbook hides."""

import pytest
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.organisation.facts import ImportReport
from scheduler.services.imports.reading import Upload
from scheduler.wording.findings import text
from tests.services.importing import run
from tests.services.imports.test_offices import aside, heads, imported, pasted, people

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
FOLDER = ROOT / "tests" / "data" / "offices"


def told(report: ImportReport) -> set[tuple[str, str]]:
    return {(finding.kind, finding.subject) for finding in report.told}


def test_a_vacancy_in_a_table_of_units_leaves_who_acts_by_the_roster(session: Session) -> None:
    both = [Upload(name, (FOLDER / name).read_bytes()) for name in ("clinic.xlsx", "clinic_units.xlsx")]
    report = run(session, *both)

    assert heads(session) == {
        "心血管内科": ("韩梅", None, []),
        "骨科": ("吴刚", None, []),
        "儿科": (None, "陈晨", []),
    }  # 科主任 heads, 护士长 below the same word does not
    assert told(report) >= {("names_nobody", "石院长"), ("names_nobody", "马副院长"), ("unit_acts", "儿科")}
    taken = {column.header: column.taken_for for column in report.columns if column.file == "clinic_units.xlsx"}
    assert (taken["科主任"], taken["护士长"], taken["分管院长"]) == ("head", None, "in_charge")


def test_who_acts_where_the_head_is_said_to_be_vacant(session: Session) -> None:
    pasted(session, "姓名,部门,职务\n甲一,办公室,副主任（主持工作）\n乙二,财务科,副科长\n")
    report = pasted(
        session, "部门,负责人\n办公室,空缺\n财务科,暂缺，由乙二主持\n业务科,空缺（丙三代理）\n", "units.csv"
    )

    assert heads(session) == {"办公室": (None, "甲一", []), "财务科": (None, "乙二", []), "业务科": (None, None, [])}
    assert ("names_nobody", "丙三") in told(report)


def test_a_roster_beside_says_who_acts_where_a_table_of_units_says_vacant(session: Session) -> None:
    roster = "姓名,部门,职务\n甲一,办公室,副主任（主持工作）\n乙二,财务科,科长\n"
    units = Upload("u.csv", "部门,负责人\n办公室,空缺\n财务科,空缺\n".encode())
    report = run(session, Upload("r.csv", roster.encode()), units)

    assert heads(session) == {"办公室": (None, "甲一", []), "财务科": (None, None, [])}
    assert ("unit_acts", "办公室") in told(report)


def test_a_banks_branches_by_their_names_and_staff_numbers(session: Session) -> None:
    [report] = imported(session, "offices/bank_gb18030.csv")

    assert heads(session) == {
        "营业部": ("钱程", None, []),
        "城南支行": ("李想", None, []),
        "城北支行": (None, "郑重", []),
    }
    assert [question.id for question in report.questions] == ["leavers:bank_gb18030.csv"]
    assert {column.header: column.taken_for for column in report.columns}["员工号"] == "id"


def test_a_village_whose_list_keeps_the_dead(session: Session) -> None:
    [report] = imported(session, "offices/village.csv")

    assert "柳老根" not in [name for name, _, _ in people(session)]
    assert (8, "has_left") in aside(report.set_aside)
    [leavers, team] = report.questions
    assert (leavers.kind, team.details["principal"]) == ("leavers", "柳大山")
    assert team.details["names"] == ("柳大山", "柳二河", "王桂花", "赵铁柱")


@pytest.mark.parametrize("remark", ["拟调出", "父亲去世", "预计2027年离职", "申请辞职"])
def test_what_is_still_to_come_or_befell_another_takes_nobody_off(session: Session, remark: str) -> None:
    pasted(session, f"姓名,部门,职务,备注\n甲一,办公室,主任,{remark}\n乙二,办公室,科员,\n")

    assert [name for name, _, _ in people(session)] == ["甲一", "乙二"]


def test_pages_with_a_header_and_a_number_on_each(session: Session) -> None:
    [report] = imported(session, "offices/street_pages.csv")

    assert len(people(session)) == 12
    assert aside(report.set_aside) == [
        (1, "title"), (7, "footnote"), (8, "header"), (13, "footnote"), (14, "header"), (19, "footnote"), (20, "footnote"),
    ]  # fmt: skip


def test_leaders_above_their_office_say_what_they_are_in_charge_of(session: Session) -> None:
    [report] = imported(session, "offices/leaders_above.xlsx")

    assert heads(session) == {
        "办公室": ("红一", None, ["青副"]),
        "财务科": ("黄三", None, ["青副"]),
        "业务科": (None, "绿四", ["蓝副"]),
    }
    assert ("leads_all", "白局") in told(report)


def test_a_column_of_members_in_utf_16(session: Session) -> None:
    imported(session, "offices/members_utf16.csv")

    assert [party for _, _, party in people(session)] == ["full", "none", "probationary"]


def test_what_a_workbook_hides_is_told(session: Session) -> None:
    [report] = imported(session, "offices/hidden.xlsx")

    assert [name for name, _, _ in people(session)] == ["甲一", "甲二", "甲三", "甲四"]
    assert [text(finding) for finding in report.told if finding.kind == "rows_hidden"] == [
        "hidden.xlsx：第 3 行在表里是隐藏的，也读了；不要的行请选“跳过”"
    ]
    assert [(row.sheet, row.why) for row in report.set_aside] == [("旧名单", "sheet_hidden")]
