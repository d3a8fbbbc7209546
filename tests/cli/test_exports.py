"""Papers: what stands in them, for whom, and that every figure is the command's. The sample is loaded once for all of them."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from config import ROOT
from tests.command_line import CommandLine
from tests.conftest import import_sample
from tests.databases import Databases

DAY = "2014-08-01"


@pytest.fixture(scope="module")
def office(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    address = databases.make("sqlite", import_sample)
    cli = CommandLine(address, tmp_path_factory.mktemp("papers"))
    cli.json("rules", "apply", "cn.four-must-talks-extended")
    yield cli
    databases.drop(address)


def made(office: CommandLine, name: str, *words: str, ending: str = "docx") -> bytes:
    path = office.folder / f"{name}.{ending}"
    office.json("export", name, *words, "-o", path)
    return path.read_bytes()


def text_of(data: bytes) -> str:
    """Everything that a .docx says."""
    document = docx.Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in document.paragraphs]
    return "\n".join([*lines, *("\t".join(row) for table in document.tables for row in rows_of(table))])


def rows_of(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def sheet_of(data: bytes, name: str) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(data))[name].values)


# ── Notice, list, reply slip, sign-in ────────────────────────────────────────────────────────────────────────────────
def test_a_notice_says_what_when_where_who_and_what_is_asked(office: CommandLine) -> None:
    told = text_of(made(office, "notice", "E12", "--order", "strokes"))

    assert told.startswith("关于召开机关党支部专题组织生活会的通知\n机关党支部全体党员：")
    for line in (
        "一、时间",
        "2014年8月27日（星期三）下午1:30—5:30。",
        "第一会议室。",
        "共 34 人，名单附后。",
        "联系人：刘向东、魏东升",
    ):
        assert line in told
    assert "东麓市澜桥区总工会\n2014年8月1日" in told
    assert "（按姓氏笔画排序）" in told
    assert "机关党支部专题组织生活会回执" in told


def test_a_notice_says_the_agenda_with_who_speaks_and_the_remark(office: CommandLine) -> None:
    words = ("--audience", "leadership_team", "--start", "2014-10-23T09:00", "--minutes", "60", "--title", "推进会")
    agenda = ("--agenda", "传达文件/沈维岳/20", "--agenda", "讨论")
    booked = office.json(
        "book", "meeting", *words, *agenda, "--remark", "请着正装。", "--link", "https://v.example.org/1"
    )

    told = text_of(made(office, "notice", booked["id"]))

    for line in (
        "视频会议：https://v.example.org/1。",
        "1. 传达文件（沈维岳、20 分钟）。",
        "2. 讨论。",
        "（四）请着正装。",
    ):
        assert line in told.splitlines()


def test_nobody_signs_an_empty_page_and_no_page_is_empty(office: CommandLine) -> None:
    document = docx.Document(io.BytesIO(made(office, "notice", "E12")))
    lines = {line.text: line for line in document.paragraphs}

    for text in ("附件：1. 参加人员名单　2. 回执", "东麓市澜桥区总工会"):
        assert lines[text].paragraph_format.keep_with_next
    assert not lines["2014年8月1日"].paragraph_format.keep_with_next
    for title in ("参加人员名单", "回执"):
        assert lines[f"机关党支部专题组织生活会{title}"].paragraph_format.page_break_before
    assert "w:br " not in document.element.xml
    square = document.tables[0].rows[1].cells[1].paragraphs[0]
    assert square._p.pPr.find(qn("w:snapToGrid")).get(qn("w:val")) == "0"


def test_a_notice_lists_people_in_the_order_of_the_command(office: CommandLine) -> None:
    document = docx.Document(io.BytesIO(made(office, "notice", "E12", "--order", "strokes")))
    listed = [row[1] for row in rows_of(document.tables[0])[1:]]

    assert listed == [
        person["name"] for person in office.json("people", "--booking", "E12", "--order", "strokes")["people"]
    ]


def test_a_notice_has_the_form_of_official_papers(office: CommandLine) -> None:
    document = docx.Document(io.BytesIO(made(office, "notice", "E12")))
    section = document.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))
    title = document.paragraphs[0].runs[0]

    assert [round(edge.mm) for edge in (section.top_margin, section.left_margin, section.right_margin)] == [37, 28, 26]
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert (title.font.size.pt, title._r.rPr.rFonts.get(qn("w:eastAsia"))) == (22, "方正小标宋简体")
    assert document.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_a_sign_in_sheet_has_two_blocks_and_rows_for_guests(office: CommandLine) -> None:
    table = docx.Document(io.BytesIO(made(office, "sign-in", "E12"))).tables[0]
    rows = rows_of(table)

    assert rows[0] == ["序号", "姓名", "单位及职务", "签名"] * 2
    assert (rows[1][0], rows[1][1], rows[1][4]) == ("1", "沈维岳", "21")
    assert [row[4] for row in rows[1:]] == [str(number) for number in range(21, 41)]
    assert [row[5] for row in rows[-6:]] == [""] * 6


def test_a_record_form_is_filled_in_as_far_as_it_is_known_and_empty_for_what_was_said(office: CommandLine) -> None:
    rows = rows_of(docx.Document(io.BytesIO(made(office, "record-form", "T001"))).tables[0])

    assert rows[0] == ["谈话人", "沈维岳", "职务", "党组书记、主席"]
    assert rows[2][:2] == ["时间", "2014年6月18日（星期三）上午9:00—9:45"]
    assert rows[5] == ["谈话内容", "", "", ""]


@pytest.mark.parametrize(
    "words", [("notice", "T001"), ("record-form", "E12"), ("notice", "E99"), ("notice",), ("letter", "E12")]
)
def test_what_there_is_no_paper_of_is_said(office: CommandLine, words: tuple[str, ...], tmp_path: Path) -> None:
    answer = office("export", *words, "-o", tmp_path / "x.docx")

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.strip()
    assert not (tmp_path / "x.docx").exists()


# ── Talks ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_plan_of_talks_has_what_is_held_booked_and_still_missing(office: CommandLine) -> None:
    rows = sheet_of(made(office, "arrangement", ending="xlsx"), "谈话安排")
    coverage = office.json("coverage")
    head = next(place for place, row in enumerate(rows) if row[0] == "序号")
    body = [row for row in rows[head + 1 :] if isinstance(row[0], int)]

    assert rows[head] == ("序号", "谈话人", "职务", "谈话对象", "职务", "类别", "时间", "地点", "备注")
    missing = [row for row in body if row[8] == "待安排"]
    asked = [r for r in coverage["requirements"] if r["severity"] != "optional"]
    assert len(missing) == sum(r["state"] == "open" for r in asked)
    assert f"必谈 {coverage['required']} 次，已谈 {coverage['covered']} 次，覆盖率 {coverage['rate']}%" in rows[1][0]
    assert [row[0] for row in body] == list(range(1, len(body) + 1))


def test_the_ledger_counts_as_the_commands_do(office: CommandLine) -> None:
    book = made(office, "ledger", "--as-of", "2014-11-24", ending="xlsx")
    ledger = office.json("ledger", "--as-of", "2014-11-24")
    coverage = office.json("coverage", "--as-of", "2014-11-24")
    details = [row for row in sheet_of(book, "明细") if isinstance(row[0], int)]
    people = {row[1]: row for row in sheet_of(book, "按人") if isinstance(row[0], int)}
    rules = {row[0]: row for row in sheet_of(book, "按规则")}
    months = {row[0]: row for row in sheet_of(book, "月度")}

    assert [row[1] for row in details] == [line["id"] for line in ledger]
    assert sum(row[12] == "计入" for row in details) == sum(line["counts"] for line in ledger) == 43
    assert list(people["沈维岳"][3:5]) == coverage["rows"]["p01"][::-1]
    assert {rule: [row[4], row[3]] for rule, row in rules.items() if rule in coverage["by_rule"]} == coverage["by_rule"]
    june = office.json("report", "2014-06")["talks"]
    assert months["2014-06"][2:4] == (june["times"], june["person_times_total"])


def test_the_matrix_is_one_a3_page_wide_with_heads_on_every_page(office: CommandLine) -> None:
    page = load_workbook(io.BytesIO(made(office, "matrix", ending="xlsx")))["覆盖矩阵"]
    coverage = office.json("coverage")
    sums = [row[-1] for row in page.values if isinstance(row[-1], str) and re.fullmatch(r"\d+/\d+", row[-1])]

    assert (page.page_setup.paperSize, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (8, 1, 0)
    assert page.print_title_rows
    assert page.page_setup.orientation == "landscape"
    assert sums[0] == "{}/{}".format(*coverage["rows"]["p01"])


def test_the_matrix_as_pdf_is_a3_and_embeds_its_fonts(office: CommandLine) -> None:
    reader = PdfReader(io.BytesIO(made(office, "matrix", ending="pdf")))
    box = reader.pages[0].mediabox
    fonts = reader.pages[0]["/Resources"]["/Font"].values()

    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == (420, 297)
    assert "谈心谈话覆盖矩阵" in reader.pages[0].extract_text()
    assert all("/DescendantFonts" in font.get_object() for font in fonts)


# ── Days ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_month_on_paper_is_the_month_of_the_command(office: CommandLine) -> None:
    rows = rows_of(docx.Document(io.BytesIO(made(office, "report", "2014-06"))).tables[0])
    told = office.json("report", "2014-06")
    figures = {label: value for row in rows for label, value in ((row[0], row[1]), (row[2], row[3]))}

    assert figures["谈心谈话（次）"] == str(told["talks"]["times"])
    assert figures["谈话（人次）"] == str(told["talks"]["person_times_total"])
    assert figures["覆盖率（%）"] == str(told["coverage"]["rate"])
    assert figures["出勤率（%）"] == str(told["study"]["attendance_rate"])


def test_hours_are_those_of_study(office: CommandLine) -> None:
    rows = sheet_of(made(office, "hours", ending="xlsx"), "学时")
    study = office.json("study")
    hours = {row[0]: row[-3:] for row in rows if row[-1] in ("√", "×")}

    assert hours["欧阳慧"] == (study["people"]["p06"]["hours"], study["people"]["p06"]["asked"], "×")
    assert sum(row[2] == "√" for row in hours.values()) == study["met"]


def test_the_plan_of_study_has_every_session_and_the_hours_of_study(office: CommandLine) -> None:
    document = docx.Document(io.BytesIO(made(office, "study-plan", "--as-of", DAY)))
    rows = rows_of(document.tables[0])
    sheet = sheet_of(made(office, "study-plan", "2014-09", ending="xlsx"), "学习计划")

    offered = office.json("study", "--as-of", "2014-11-24")["offered_hours"]
    assert "2014年2月26日—2014年11月24日" in document.paragraphs[1].text
    assert f"共 {len(rows) - 1} 次，{offered:g} 学时" in document.paragraphs[1].text
    assert sum(float(row[7]) for row in rows[1:]) == offered
    assert rows[1] == [
        "1", "3月5日", "周三", "8:30–11:30", "第1次集中学习", "沈维岳", "第一会议室", "3", "领导班子、副调研员", "已完成",
    ]  # fmt: skip
    assert [row[1] for row in sheet if isinstance(row[0], int)] == ["9月10日", "9月24日"]


def test_study_of_a_target_that_is_none_names_those_that_are(office: CommandLine, tmp_path: Path) -> None:
    for paper in ("hours", "study-plan"):
        refused = office("export", paper, "c1", "-o", tmp_path / "x.docx")

        assert refused.status == 2
        assert "没有学时要求“c1”" in refused.err


def test_a_week_has_its_meetings_and_no_talks(office: CommandLine) -> None:
    told = text_of(made(office, "week", "2014-08-20"))

    assert "党组专题民主生活会" in told
    assert "8月18日" in told
    assert "谈心谈话" not in told


def test_a_chronology_tells_what_was_held_until_the_day_asked(office: CommandLine) -> None:
    told = text_of(made(office, "chronology", "--as-of", "2014-03-31"))

    assert "2月26日　党的群众路线教育实践活动动员大会。沈维岳主持。地点：" in told
    assert "4月" not in told


# ── For whom ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_papers_show_what_their_reader_may_see(office: CommandLine, tmp_path: Path) -> None:
    def asked(person: str, *words: str) -> tuple[int, str]:
        answer = office("export", *words, "-o", tmp_path / "x.docx", "--as", person)
        return answer.status, answer.err

    for words in (
        ("arrangement",),
        ("ledger",),
        ("matrix",),
        ("hours",),
        ("report", "2014-06"),
        ("record-form", "T001"),
        ("notice", "E10"),
    ):
        assert asked("p30", *words)[0] == 1
    assert asked("p30", "notice", "E12") == (0, "")
    assert asked("p30", "study-plan") == (0, "")
    assert "第1次集中学习" not in text_of((tmp_path / "x.docx").read_bytes())
    assert asked("p30", "week", "2014-08-20") == (0, "")
    assert "民主生活会" not in text_of((tmp_path / "x.docx").read_bytes())


def test_formulas_in_titles_are_words(office: CommandLine) -> None:
    title = '=HYPERLINK("http://x")'
    office.json(
        "book", "meeting", "--people", "p02,p07", "--start", "2014-10-21T09:00", "--minutes", "60", "--title", title
    )
    values = sheet_of(made(office, "week", "2014-10-21", ending="xlsx"), "一周安排")
    cell = next(value for row in values for value in row if value and "HYPERLINK" in str(value))

    assert cell == title
    page = load_workbook(office.folder / "week.xlsx")["一周安排"]
    assert {c.data_type for row in page for c in row if c.value == title} == {"s"}


def test_a_character_without_strokes_is_told_beside_the_paper(office: CommandLine, tmp_path: Path) -> None:
    told = office.json("export", "notice", "E12", "--order", "strokes", "-o", tmp_path / "x.docx")

    assert {key: told[key] for key in ("paper", "format", "title")} == {
        "paper": "notice", "format": "docx", "title": "关于召开机关党支部专题组织生活会的通知",
    }  # fmt: skip
    assert told["findings"] == []


def test_every_paper_comes_in_every_format_in_english_too(office: CommandLine, tmp_path: Path) -> None:
    subjects = {
        "report": "2014-06",
        "record-form": "T001",
        "week": "2014-08-20",
        "branch-record": "B1",
        "itinerary": "p03",
        "record-forms": "2014-08",
    }
    for name in ("notice", "reply-slip", "sign-in", "name-list"):
        subjects[name] = "E12"
    from scheduler.services.papers.exports import KINDS

    for name in KINDS.keys() - {"correction"}:
        for ending in ("docx", "xlsx", "pdf"):
            answer = office("export", name, subjects.get(name, ""), "-o", tmp_path / f"x.{ending}", "--lang", "en")
            assert answer.status == 0, (name, ending, answer.err)
            assert answer.out.startswith("Written ")


def test_a_bundle_has_every_paper_and_an_index_of_them(office: CommandLine) -> None:
    path = office.folder / "bundle.zip"
    told = office.json("export", "bundle", "--as-of", "2014-11-24", "-o", path)

    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        index = rows_of(docx.Document(io.BytesIO(archive.read("00 目录.docx"))).tables[0])
        figures = rows_of(docx.Document(io.BytesIO(archive.read("09 月度情况报告.docx"))).tables[0])
    assert names == told["files"]
    assert [row[2] for row in index[1:]] == names[1:]
    assert names[1:4] == ["01 谈心谈话安排表.docx", "02 谈心谈话台账.xlsx", "03 谈心谈话覆盖矩阵.xlsx"]
    assert figures[0][1] == str(sum(line["counts"] for line in office.json("ledger", "--as-of", "2014-11-24")))
    assert told["left_out"] == []


def test_a_bundle_leaves_out_what_its_reader_may_not_see(office: CommandLine) -> None:
    told = office.json("export", "bundle", "--as", "p30", "-o", office.folder / "own.zip")

    assert (told["files"][0], told["files"][-1][3:]) == ("00 目录.docx", "大事记.docx")
    assert "ledger" in told["left_out"]


def test_a_notice_that_was_handed_out_is_corrected_once_the_booking_changed(
    office: CommandLine, tmp_path: Path
) -> None:
    words = ("book", "meeting", "--audience", "leadership_team", "--start", "2014-10-22T09:00", "--minutes", "60")
    booked = office.json(*words, "--room", "R02", "--title", "读书会")["id"]
    path = tmp_path / "x.docx"

    assert "还没有印发过通知" in office("export", "correction", booked, "-o", path).err
    office.json("export", "notice", booked, "-o", path, "--handed-out")
    assert "不用更正" in office("export", "correction", booked, "-o", path).err
    office.json("move", booked, "--room", "R01")
    office.json("export", "correction", booked, "-o", path)

    told = text_of(path.read_bytes())
    assert told.startswith("关于更改读书会地点的通知\n沈维岳、陈国梁、")
    assert "印发的《关于召开读书会的通知》中，会议地点有变动，现通知如下：" in told
    assert re.search(
        "一、原定地点.+，改为.+。\n二、会议时间不变，仍为2014年10月22日（星期三）上午9:00—10:00。\n三、其他事项仍按原通知执行。",
        told,
    )
    assert "还没有印发过通知" in office("export", "correction", booked, "-o", path, "--as", "p02").err


# ── The programme ────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="module")
def programme(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    address = databases.make("sqlite", import_sample)
    cli = CommandLine(address, tmp_path_factory.mktemp("programme"))
    cli.json("import", ROOT / "sample" / "programme")
    yield cli
    databases.drop(address)


def test_tasks_and_opinions_on_paper_are_those_of_the_commands(programme: CommandLine) -> None:
    day = ("--as-of", "2014-11-05")
    rows = [
        row for row in sheet_of(made(programme, "tasks", *day, ending="xlsx"), "整改台账") if isinstance(row[0], int)
    ]
    ledger = programme.json("tasks", "list", *day)
    opinions = text_of(made(programme, "opinions", *day))
    told = programme.json("opinions", "list", *day)

    assert [row[1] for row in rows] == [task["id"] for task in ledger["tasks"]]
    assert [row[1] for row in rows if "逾期" in row[7]] == ledger["late"]
    assert (
        f"发出 {told['asked']} 份，收回 {told['received']} 份，回收率 {told['rate']}%；意见 {told['items']} 条"
        in opinions
    )
    assert programme.json("report", "--from", "2014-09-01", "--to", "2014-11-05")["tasks"]["late"] == len(
        ledger["late"]
    )


def test_guests_stand_on_the_list_and_on_the_sign_in_sheet(programme: CommandLine) -> None:
    guests = programme.json("guests", "list", "E04")["guests"]
    listed = rows_of(docx.Document(io.BytesIO(made(programme, "name-list", "E04"))).tables[0])

    assert guests
    assert [row[1] for row in listed if row[3] == "来宾"] == [guest["name"] for guest in guests]
    assert guests[0]["name"] in text_of(made(programme, "sign-in", "E04"))
