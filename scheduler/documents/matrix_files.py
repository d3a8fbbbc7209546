"""The matrix as a workbook: squares in their colours with their words, heads that stay, a legend, and all of it as a list."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.core.ground.written import NO_TEXT

COLOURS = {
    "covered": ("DFF1EC", "14685A"),
    "all": ("DFF1EC", "14685A"),
    "booked": ("E1EDF6", "1B5780"),
    "awaiting_confirmation": ("FBEECB", "7A4F00"),
    "some": ("FBEECB", "7A4F00"),
    "open": ("FBE4E1", "9A2A2A"),
    "none": ("FBE4E1", "9A2A2A"),
    "not_asked": ("F1F2EE", "5B6674"),
}
"""State → the colour of the ground and of the words; the same as on the page."""
_EDGE = Side(style="thin", color="FFFFFF")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(vertical="center", wrap_text=True)
_UPRIGHT = Alignment(horizontal="center", vertical="bottom", text_rotation=255)
_TURNED = Alignment(horizontal="center", vertical="bottom", text_rotation=90)
_SOFT = Font(color="5B6674", size=10)
_NOT_LATIN = "\u2e80"
WIDEST = 50


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What stands in a square; several squares of one cell are told in lines."""

    text: str
    state: str
    """One of `COLOURS`; empty: nothing stands here."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: who, the squares, and how many are covered."""

    name: str
    position: str
    cells: Sequence[SheetCell]
    covered: int
    required: int


@dataclass(frozen=True, slots=True)
class MatrixSheet:
    """All that the workbook says, in words."""

    title: str
    remarks: Sequence[str]
    """As of which day, how far it is, what it is narrowed to."""
    heads: Sequence[str]
    sum_head: str
    rows: Sequence[SheetRow]
    legend: Sequence[SheetCell]
    matrix_name: str
    """What the first sheet is called; the second: `list_name`."""
    list_name: str
    list_heads: Sequence[str]
    list_rows: Sequence[Sequence[str | date | int | None]]


def workbook(sheet: MatrixSheet) -> bytes:
    """The bytes of the .xlsx file."""
    book = Workbook()
    first = book.active or book.create_sheet()
    first.title = sheet.matrix_name
    _draw_matrix(first, sheet)
    _draw_list(book.create_sheet(sheet.list_name), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _draw_matrix(page: Worksheet, sheet: MatrixSheet) -> None:
    """The first sheet: title, remarks, heads, squares, legend."""
    _put(page, 1, 1, sheet.title, font=Font(size=16, bold=True))
    for place, remark in enumerate(sheet.remarks, 2):
        _put(page, place, 1, remark, font=_SOFT)
    head = len(sheet.remarks) + 2
    for place, name in enumerate(sheet.heads, 3):
        _put(page, head, place, name, alignment=_UPRIGHT if any(c > _NOT_LATIN for c in name) else _TURNED)
    last = len(sheet.heads) + 3
    _put(page, head, last, sheet.sum_head, alignment=_MIDDLE)
    for row, line in enumerate(sheet.rows, head + 1):
        _draw_row(page, row, line)
    below = head + len(sheet.rows) + 2
    for place, entry in enumerate(sheet.legend):
        _square(_put(page, below + place, 1, entry.text), entry.state)
    page.freeze_panes = f"C{head + 1}"
    page.row_dimensions[head].height = 12 + 14 * max((len(name) for name in sheet.heads), default=1)
    _set_widths(page, [14, 16, *[6.5] * len(sheet.heads), 9, 7])
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]  # a new sheet has them
    page.print_title_rows, page.print_title_cols = f"{head}:{head}", "A:B"


def _draw_row(page: Worksheet, row: int, line: SheetRow) -> None:
    """Who, the squares, how many of them are covered."""
    _put(page, row, 1, line.name, font=Font(bold=True), alignment=_LEFT)
    _put(page, row, 2, line.position, font=_SOFT, alignment=_LEFT)
    for place, cell in enumerate(line.cells, 3):
        if cell.state:
            _square(_put(page, row, place, cell.text), cell.state)
    last = len(line.cells) + 3
    if line.required:
        _put(page, row, last, f"{line.covered}/{line.required}", alignment=_MIDDLE)
        share = _put(page, row, last + 1, line.covered / line.required, font=_SOFT, alignment=_MIDDLE)
        share.number_format = "0%"
    lines = max((cell.text.count("\n") for cell in line.cells), default=0) + 1
    page.row_dimensions[row].height = max(30, 15 * lines)


def _draw_list(page: Worksheet, sheet: MatrixSheet) -> None:
    """The second sheet: a line for each requirement, to sort and to filter."""
    for place, name in enumerate(sheet.list_heads, 1):
        _put(page, 1, place, name, font=Font(bold=True))
    for row, line in enumerate(sheet.list_rows, 2):
        for place, value in enumerate(line, 1):
            _put(page, row, place, value)
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.list_heads))}{len(sheet.list_rows) + 1}"
    columns = zip(sheet.list_heads, *sheet.list_rows, strict=True)
    _set_widths(page, [min(WIDEST, max(map(_width, column)) + 3) for column in columns])
    page.print_title_rows = "1:1"


def _put(page: Worksheet, row: int, column: int, value: Any, **style: Any) -> Cell:
    """Write a cell; words are words, also where they look like a formula."""
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - tells the types; nothing is merged
    if isinstance(value, str):
        cell.value = NO_TEXT.sub("", value)
        cell.data_type = "s"
    elif value is not None:
        cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    for name, setting in style.items():
        setattr(cell, name, setting)
    return cell


def _square(cell: Cell, state: str) -> None:
    """Colour a square by its state."""
    ground, ink = COLOURS[state]
    cell.fill, cell.font = PatternFill("solid", ground), Font(color=ink, size=9)
    cell.alignment, cell.border = _MIDDLE, _BORDER


def _set_widths(page: Worksheet, widths: Iterable[float]) -> None:
    for place, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(place)].width = width


def _width(value: str | date | int | None) -> int:
    """About how many Latin characters wide something is."""
    return sum(2 if character > _NOT_LATIN else 1 for character in str(value or ""))
