"""What offices of other kinds write: a bank, a college, a hospital, a bureau with its stations, an export in English."""

import pytest
from sqlalchemy.orm import Session

from scheduler.core.organisation.facts import ImportReport
from scheduler.services.imports.tables.rosters import person_name
from scheduler.wording import readings
from scheduler.wording.findings import text
from tests.documents.test_workbooks import a_workbook
from tests.services.importing import Upload, run, table
from tests.services.imports.test_offices import heads, people

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def told(report: ImportReport, kind: str) -> list[str]:
    return [text(finding) for finding in report.told if finding.kind == kind]


def team(report: ImportReport, lang: str = "zh") -> str:
    return next(readings.question(question, lang) for question in report.questions if question.kind == "team")


def test_a_bank_says_by_yes_and_no_who_is_of_the_party_and_remarks_stand_behind_names(session: Session) -> None:
    report = run(session, table(
        "部门,岗位,姓名,员工编号,是否党员\n行长室,行长,高峰,E01,是\n,副行长,姚远,E02,否\n营业室,主任,罗文,E03,√\n"
        ",柜员,江涛（借调分行至2027年2月）,E04,团员\n,柜员,贺新（新入行）,E05,\n,柜员,张伟（大）,E06,否\n", "支行.csv",
    ))  # fmt: skip

    assert [(name, party) for name, _, party in people(session)] == [
        ("高峰", "full"), ("姚远", "none"), ("罗文", "full"), ("江涛", "none"), ("贺新", "unknown"), ("张伟（大）", "none"),
    ]  # fmt: skip
    assert team(report) == "领导班子是这些人吗：高峰、姚远？主要负责人：高峰"
    assert told(report, "away_without_days") == ["江涛：“借调分行至2027年2月”没有写起止日期，未登记不在岗"]


def test_a_college_calls_its_units_by_words_of_its_own_and_has_two_who_may_lead(session: Session) -> None:
    report = run(session, table(
        "工号,姓名,所在系（室）,党政职务\n1,欧阳修文,院领导,院长\n2,司马青,院领导,党总支书记\n"
        "3,阿依古丽·买买提,古代文学教研室,教研室主任\n4,尉迟恭,古代文学教研室,教研室副主任\n", "学院.csv",
    ))  # fmt: skip

    assert heads(session) == {"古代文学教研室": ("阿依古丽·买买提", None, [])}
    assert team(report) == "领导班子是否为：欧阳修文、司马青？无法判断主要负责人，请导入后在“支部与小组”里指定"
    assert "cannot be told" in team(report, "en")


def test_a_leader_of_all_who_is_in_charge_of_some_is_told_as_that_alone(session: Session) -> None:
    roster = "科室,姓名,职务,备注\n院领导,周启明,院长,\n,何平,副院长,\n药剂科,陈思远,主任,\n医务科,王强,,外出进修2026.9-2027.3\n"
    work = (
        "姓名,职务,分管工作\n周启明,院长,主持医院全面工作，分管药剂科\n何平,副院长,主持行政全面工作；协助院长抓医务科\n"
    )
    report = run(session, table(roster, "人员.csv"), table(work, "分工.csv"))

    assert heads(session)["药剂科"] == ("陈思远", None, ["周启明"])
    assert told(report, "leads_all") == ["何平 主持行政全面工作：不单独分管某个部门"]
    assert [offer.id for offer in report.offers] == ["absence:王强"]


def test_one_total_below_two_tables_side_by_side_is_of_both_and_a_deputy_in_brackets_acts(session: Session) -> None:
    book = a_workbook(
        ["单位", "职务", "姓名", None, "单位", "职务", "姓名"],
        ["局领导", "局长", "梁栋", None, "河道管理所", "所长", "石川"],
        [None, "副局长", "苏晴", None, "供水管理站", "站长（空缺）", None],
        ["办公室", "主任", "金鑫", None, None, "副站长（主持）", "雷鸣"],
        ["小计", None, "3人", None, "小计", None, "2人"],
        ["合计：5人"],
    )
    report = run(session, Upload("名单.xlsx", book))

    assert told(report, "total_differs") == []
    assert heads(session)["供水管理站"] == (None, "雷鸣", [])
    lacking = run(
        session,
        Upload("又.xlsx", a_workbook(["单位", "职务", "姓名"], ["甲科", "科长", "方正"], ["合计", None, "3人"])),
    )
    assert told(lacking, "total_differs") == ["又.xlsx：表上合计 3，读到 1 行姓名、1 人"]


def test_who_is_on_leave_by_an_export_is_told(session: Session) -> None:
    report = run(session, table(
        'Employee ID,Employee Name,Department,Job Title,Status\n7,"García López, José",Finance,Accountant,On leave\n'
        '8,"Müller, Jürgen",Finance,Head of Finance,Active\n', "hr.csv",
    ))  # fmt: skip

    assert told(report, "away_without_days") == ["José García López：“On leave”没有写起止日期，未登记不在岗"]


@pytest.mark.parametrize(
    ("cell", "name", "notes"),
    [
        ("江涛（2026年9月入职）", "江涛", ("2026年9月入职",)), ("张伟（小）", "张伟（小）", ()), ("Smith, John (Jack)", "John Smith (Jack)", ()),
        ("王芳（办公室）", "王芳", ("办公室",)), ("李明(女)", "李明", ("女",)),
    ],
)  # fmt: skip
def test_remarks_behind_a_name_are_no_part_of_it(
    session: Session, cell: str, name: str, notes: tuple[str, ...]
) -> None:
    assert person_name(cell) == (name, notes)


def test_a_vacancy_of_another_post_is_not_the_heads(session: Session) -> None:
    report = run(session, table(
        "部门,岗位名称,姓名\n华东一部,主管,秦川\n华东一部,客户代表,待招聘\n营业部,部长,空缺\n营业部,副部长,水清\n", "公司.csv",
    ))  # fmt: skip

    assert [question.id for question in report.questions] == ["who_heads:华东一部"]
    assert told(report, "unit_vacant") == ["营业部：负责人空缺（部长）"]


def test_a_sign_in_sheet_of_names_and_days_alone_is_known(session: Session) -> None:
    sheet = a_workbook(["9月集中学习"], ["序号", "姓名", "9月3日", "9月10日"], [1, "林峰", "√", "请假"])

    report = run(session, Upload("签到.xlsx", sheet), table("姓名,部门\n林峰,甲科\n", "名册.csv"))

    assert told(report, "table_not_read") == ["签到.xlsx 是签到表（1 行），目前不导入"]
