"""A clinic, a bank's branches, a village, printed pages, leaders above their office, and what a workbook hides."""

import pytest
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR
from scheduler.core.organisation.facts import ImportReport
from scheduler.services.imports.reading import Upload
from scheduler.services.organisation import person_lists
from scheduler.wording.findings import text
from tests.services.importing import run
from tests.services.imports.test_offices import CLOCK, aside, heads, imported, pasted, people

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


def staff(session: Session) -> dict[str, bool | None]:
    return {p.name: p.staff for p in person_lists.people(session, OPERATOR, None, CLOCK).people}


def test_categories_in_an_offices_own_words_are_understood_or_asked_about(session: Session) -> None:
    text = "姓名,部门,职务,人员类别\n甲,办公室,主任,行政编\n乙,办公室,科员,合同制\n丙,办公室,科员,编外\n丁,办公室,科员,离退休\n戊,,局长,局领导\n"
    report = pasted(session, text)

    assert staff(session) == {"甲": True, "乙": True, "丙": None, "丁": False, "戊": True}
    assert [question.id for question in report.questions] == ["staff_class:编外"]
    pasted(session, text, staff_class__编外="not_staff")
    assert staff(session)["丙"] is False
    pasted(session, text, staff_class__编外="staff")
    assert staff(session)["丙"] is True


def test_english_employment_types_are_understood_or_asked_about(session: Session) -> None:
    report = pasted(session, "Name,Department,Employment Type\nAnn Lee,Sales,Full-time\nBob Ray,Sales,Agency temp\n")

    assert staff(session) == {"Ann Lee": True, "Bob Ray": None}
    assert [question.id for question in report.questions] == ["staff_class:Agency temp"]


def test_a_category_that_nobody_knows_beside_ids_of_ours_is_kept_and_told(session: Session) -> None:
    report = pasted(
        session, "编号 id,姓名 name,职务 position,类别 category\nx1,马督,组长,external\nx2,苗察,科员,公务员\n"
    )

    assert staff(session) == {"马督": False, "苗察": True}
    assert ("category_unknown", "external") in told(report)


def test_a_towns_remarks_say_who_acts_and_what_is_in_charge_of_whom(session: Session) -> None:
    [report] = imported(session, "offices/town_posts.xlsx")

    assert heads(session) == {
        "党政办公室": ("红叶", None, []),
        "财政所": ("黄河", None, []),
        "农业服务中心": (None, "灰鸽", []),
    }
    assert {question.id for question in report.questions} == {
        "team:leadership_team", "staff_class:公益性岗位", "staff_class:借调",
    }  # fmt: skip
    [charge] = [offer for offer in report.offers if offer.kind == "in_charge"]
    assert charge.details["units"] == ("党政办公室", "财政所")  # 分管党政办、财政所


def test_units_that_a_remark_names_and_that_there_are_not_are_told(session: Session) -> None:
    report = pasted(session, "姓名,部门,职务,备注\n甲一,办公室,主任,\n乙二,,副局长,分管办公室、审计科\n")

    assert ("names_no_unit", "乙二") in told(report)


def test_a_kindergarten_whose_column_has_two_names(session: Session) -> None:
    imported(session, "offices/kindergarten.xlsx")

    assert heads(session) == {"园办": (None, None, []), "大一班": (None, None, []), "后勤组": ("保二", None, [])}
    assert [party for _, _, party in people(session)] == ["full", "none", "none", "none", "probationary", "full"]


def test_a_company_with_departments_of_two_levels_and_states(session: Session) -> None:
    [report] = imported(session, "offices/two_levels_of_units.csv")

    assert [(name, unit) for name, unit, _ in people(session)] == [
        ("安宁", "总经办"), ("毕生", "技术中心"), ("常青", "研发一部"), ("杜若", "研发一部"), ("方远", "市场中心"),
    ]  # fmt: skip
    assert {question.id for question in report.questions} == {
        "leavers:two_levels_of_units.csv", "staff_class:实习", "who_heads:总经办",
    }  # fmt: skip


def test_only_upper_departments_are_the_units(session: Session) -> None:
    pasted(session, "姓名,一级部门,职位\n甲一,技术中心,主任\n")

    assert heads(session) == {"技术中心": ("甲一", None, [])}


def test_a_court_whose_leaders_stand_in_each_row_and_whose_divisions_do_not(session: Session) -> None:
    [report] = imported(session, "offices/court_gb18030.csv")

    assert heads(session) == {
        "立案庭": ("庭一", None, []),
        "民一庭": (None, "庭三", []),
        "法警大队": ("警一", None, []),
    }
    assert {name: unit for name, unit, _ in people(session)}["庭二"] == "立案庭"
    assert [question.id for question in report.questions] == ["team:leadership_team"]


def test_a_hidden_sheet_of_an_old_workbook_is_named(session: Session) -> None:
    [report] = imported(session, "offices/hidden.xls")

    assert [(row.sheet, row.why) for row in report.set_aside] == [("旧名单", "sheet_hidden")]
