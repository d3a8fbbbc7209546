"""More offices, each with what its files say: units merged, side by side, over several sheets, in UTF-16, exported in English."""

from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.services.organisation import people as service
from tests.services.imports.test_offices import CLOCK, aside, heads, imported, pasted, people


def test_two_tables_side_by_side_with_one_leader_in_both(session: Session) -> None:
    [report] = imported(session, "offices/hospital.xlsx")

    assert [name for name, _, _ in people(session)] == [
        "高明", "白露", "石磊", "关键", "方圆", "董洁", "袁媛", "罗兰", "梁栋",
    ]  # fmt: skip
    assert heads(session) == {
        "院办": ("关键", None, []),
        "内一科": ("董洁", None, []),
        "外科": ("石磊", None, []),
        "医务科": (None, "梁栋", []),
    }
    [team] = report.questions
    assert (team.id, team.details["principal"]) == ("team:leadership_team", "高明")


def test_a_bureau_with_namesakes_grades_and_a_post_held_besides(session: Session) -> None:
    [report] = imported(session, "offices/bureau.csv")

    assert heads(session) == {
        "办公室": ("江河", None, []),
        "人事股": ("江河", None, []),
        "耕保股": (None, None, []),
        "不动产登记中心": ("万里", None, []),
    }
    assert {q.id for q in report.questions} == {
        "team:leadership_team",
        "team_member:唐朝",
        "seconded:冬梅",
        "staff_class:挂职",
        "staff_class:返聘",
    }
    assert {offer.id for offer in report.offers} == {"in_charge:于洋", "absence:夏天"}
    assert aside(report.set_aside) == [(1, "title"), (15, "total"), (11, "vacant")]


def test_a_workbook_with_every_table_of_a_company(session: Session) -> None:
    [report] = imported(session, "offices/group.xlsx")

    assert report.errors == ()
    standing = heads(session)
    assert standing["综合管理部"] == ("王蕾", None, ["王蕾"])
    assert standing["党群工作部"] == (None, "徐达", ["王蕾"])
    assert standing["财务部"] == ("孟浩", None, ["孟浩"])
    assert standing["安全环保部"] == ("郝运", None, ["赵刚", "王蕾"])
    told = {(finding.kind, finding.subject) for finding in report.told}
    assert told >= {("leads_all", "赵刚"), ("assists", "王蕾"), ("room_about", "一号会议室")}
    rooms = {room.name: room.capacity for room in service.rooms(session, OPERATOR, CLOCK)}
    assert rooms == {
        "一号会议室": 30, "二号会议室": 20, "党员活动室": 60, "贵宾室": None, "谈话室1": 4, "多功能厅": None,
    }  # fmt: skip
    assert [q.choices for q in report.questions if q.id == "room_capacity:多功能厅"] == [("200", "100")]


def test_a_school_under_a_head_of_two_levels_with_rooms_and_division_of_work(session: Session) -> None:
    [report] = imported(session, "offices/school_two_levels.xlsx")

    assert heads(session) == {
        "教务处": ("陈志远", None, ["郭大力"]),
        "德育处": (None, "周丽", ["王芳"]),
        "总务处": ("吴刚", None, ["郭大力"]),
        "团委": ("孙小明", None, ["王芳"]),
        "语文教研组（含图书馆）": ("赵敏", None, []),
    }
    assert [(room.id, room.capacity) for room in service.rooms(session, OPERATOR, CLOCK)] == [
        ("R01", 200),
        ("R02", None),
        ("R03", 50),
    ]
    assert {q.id for q in report.questions} >= {"room_closed:录播室", "room_capacity:接待室", "staff_class:借调"}
    assert [party for name, _, party in people(session) if name == "刘洋"] == ["probationary"]


def test_a_town_whose_remarks_say_who_acts(session: Session) -> None:
    [report] = imported(session, "offices/town_gb18030.csv")

    standing = heads(session)
    assert standing["党建办"] == (None, "李雷", [])
    assert standing["综合行政执法队"] == ("吴桐", None, [])
    assert {name for name, unit, _ in people(session) if not unit} == {"马强", "何平", "丁一", "阿依古丽·买买提"}
    assert (18, "total") in aside(report.set_aside)


def test_a_company_in_utf_16_with_staff_numbers(session: Session) -> None:
    [report] = imported(session, "offices/company_utf16.txt")

    assert report.errors == ()
    assert "待招聘" not in [name for name, _, _ in people(session)]
    assert heads(session) == {
        "总经办": (None, None, []),
        "财务部": ("马超", None, []),
        "市场部": (None, "何苗", []),
        "研发中心": (None, None, []),
    }
    assert {q.id.partition(":")[0] for q in report.questions} == {"which", "who_heads", "team"}


def test_an_english_export_with_leavers_a_vacancy_and_a_suffix(session: Session) -> None:
    [report] = imported(session, "offices/hr_second.csv")

    assert [name for name, _, _ in people(session)] == [
        "John Smith",
        "Mary-Anne O'Brien",
        "Thị Hoa Nguyễn",
        "Pieter van der Berg",
        "Kim Lee",
        "Sam Brown Jr.",
    ]
    assert heads(session)["Human Resources"] == (None, "Kim Lee", [])
    assert {row.why for row in report.set_aside} == {"total", "footnote", "vacant", "has_left"}
    assert "in_charge:Mary-Anne O'Brien" in {offer.id for offer in report.offers}
    [again] = imported(session, "offices/hr_second.csv", answers={"leavers:hr_second.csv": "take_in"})
    assert (again.people, again.created) == (7, 2)  # a person and an address


def test_a_page_that_writes_its_unit_again_is_filled_down_as_well(session: Session) -> None:
    pasted(
        session,
        "部门,姓名,职务\n,赵一,党组书记\n办公室,钱二,主任\n,孙三,科员\n办公室,李四,科员\n,周五,科员\n财务科,吴六,科长\n,郑七,会计\n",
    )

    assert [unit for _, unit, _ in people(session)] == ["", "办公室", "办公室", "办公室", "办公室", "财务科", "财务科"]


def test_a_blank_unit_among_full_ones_is_told_and_not_filled(session: Session) -> None:
    report = pasted(session, "部门,姓名,职务\n办公室,钱二,主任\n办公室,孙三,科员\n,李四,科员\n财务科,吴六,科长\n")

    assert [unit for _, unit, _ in people(session)] == ["办公室", "办公室", "", "财务科"]
    assert [f.subject for f in report.told if f.kind == "unit_not_said"] == ["李四"]


def test_numbers_that_only_count_rows_are_no_ids(session: Session) -> None:
    pasted(session, "编号,姓名,部门\n1,张三,办公室\n2,李四,办公室\n")
    again = pasted(session, "编号,姓名,部门\n1,王五,办公室\n2,张三,办公室\n3,李四,办公室\n")

    assert (again.created, again.updated) == (1, 0)
    assert [name for name, _, _ in people(session)] == ["张三", "李四", "王五"]


def test_a_closed_room_is_left_out_when_it_is_said_so(session: Session) -> None:
    text = "会议室,容量,备注\n一号,30人,\n二号,20人,装修中\n"
    report = pasted(session, text, room_closed__二号="leave_out")

    assert [room.name for room in service.rooms(session, OPERATOR, CLOCK)] == ["一号"]
    assert aside(report.set_aside) == [(3, "skipped")]
