"""The matrix as a workbook."""

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.documents.matrix_files import MatrixSheet, SheetCell, SheetRow, workbook

ROWS = [
    SheetRow("沈维岳", "主席", [SheetCell("✓\n6/18", "covered"), SheetCell("", "not_asked")], 1, 1),
    SheetRow("=1+1", "", [SheetCell("", ""), SheetCell("○\n未谈\n○!\n未谈", "open")], 0, 0),
]
SHEET = MatrixSheet(
    title="谈心谈话 · 四必谈",
    remarks=["截至 2014年8月1日", "覆盖率 77.1%"],
    heads=["陈国梁", "Supervision group, any"],
    sum_head="合计",
    rows=ROWS,
    legend=[SheetCell("✓ 已谈", "covered"), SheetCell("○ 未谈", "open")],
    matrix_name="覆盖矩阵",
    list_name="清单",
    list_heads=["谁", "与谁", "期限"],
    list_rows=[["沈维岳", "陈国梁", date(2014, 8, 15)], ["@bad\x07\ufffe\uffff", "=A1", None]],
)


@pytest.fixture
def sheets() -> tuple[Worksheet, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(workbook(SHEET)))
    assert book.sheetnames == ["覆盖矩阵", "清单"]
    return book["覆盖矩阵"], book["清单"]


def test_squares_have_their_words_and_colours(sheets: tuple[Worksheet, Worksheet]) -> None:
    page = sheets[0]

    assert [page["A1"].value, page["A2"].value, page["C4"].value] == [
        "谈心谈话 · 四必谈",
        "截至 2014年8月1日",
        "陈国梁",
    ]
    assert [page["A5"].value, page["B5"].value, page["C5"].value] == ["沈维岳", "主席", "✓\n6/18"]
    assert [page[name].fill.fgColor.rgb for name in ("C5", "D5", "D6")] == ["00DFF1EC", "00F1F2EE", "00FBE4E1"]
    assert page["C6"].fill.fill_type is None
    assert [page["E5"].value, page["F5"].value, page["F5"].number_format] == ["1/1", 1, "0%"]
    assert page["E6"].value is None


def test_heads_stay_and_the_page_prints_on_one_width(sheets: tuple[Worksheet, Worksheet]) -> None:
    page = sheets[0]

    assert page.freeze_panes == "C5"
    assert (page["C4"].alignment.textRotation, page["D4"].alignment.textRotation) == (255, 90)
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    assert page.print_title_rows == "$4:$4"


def test_legend_stands_below(sheets: tuple[Worksheet, Worksheet]) -> None:
    assert [sheets[0]["A8"].value, sheets[0]["A9"].value] == ["✓ 已谈", "○ 未谈"]


def test_list_can_be_filtered_and_days_are_days(sheets: tuple[Worksheet, Worksheet]) -> None:
    listed = sheets[1]

    assert listed.auto_filter.ref == "A1:C3"
    assert listed.freeze_panes == "A2"
    assert (listed["C2"].value.date(), listed["C2"].number_format) == (date(2014, 8, 15), "yyyy-mm-dd")
    assert listed["C3"].value is None


def test_words_that_look_like_formulas_stay_words(sheets: tuple[Worksheet, Worksheet]) -> None:
    page, listed = sheets

    assert (page["A6"].value, page["A6"].data_type) == ("=1+1", "s")
    assert (listed["B3"].value, listed["B3"].data_type) == ("=A1", "s")
    assert listed["A3"].value == "@bad"


def test_matrix_of_nobody_is_a_workbook_too() -> None:
    empty = MatrixSheet("t", [], [], "合计", [], [], "覆盖矩阵", "清单", ["谁"], [])

    assert openpyxl.load_workbook(io.BytesIO(workbook(empty)))["清单"]["A1"].value == "谁"
