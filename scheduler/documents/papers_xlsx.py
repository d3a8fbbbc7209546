"""Papers as .xlsx: a sheet for each table, ready to print one page wide, with words that are words and figures that count."""

import io
import math
import unicodedata
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.documents.papers import LineKind, Paper, PaperLine, PaperTable, Value, runs_of, shown

_THIN = Side(style="thin", color="808080")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(vertical="center", wrap_text=True)
MM_PER_CHARACTER = 2.1
"""About how wide a character of a column's width is."""
POINTS_PER_MM = 72 / 25.4
LINE_POINTS = 15.0
"""A line of 11 points: not every program makes a row as high as what is wrapped in it."""
_NO_NAME = str.maketrans("[]:*?/\\", "（）：＊？、、")
"""What the name of a sheet may not have."""


def workbook(paper: Paper) -> bytes:
    """The bytes of the .xlsx file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for before, table, after in _sheets(paper):
        page = book.create_sheet((table.name if table else paper.heading).translate(_NO_NAME)[:31])
        _draw(page, paper, before, table, after)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheets(paper: Paper) -> list[tuple[list[PaperLine], PaperTable | None, list[PaperLine]]]:
    """Each table with the lines before it; those behind the last one stay with it."""
    sheets: list[tuple[list[PaperLine], PaperTable | None, list[PaperLine]]] = []
    waiting: list[PaperLine] = []
    for part in paper.parts:
        if isinstance(part, PaperTable):
            sheets.append((waiting, part, []))
            waiting = []
        elif isinstance(part, PaperLine):
            is_note = sheets and part.kind is LineKind.REMARK and not waiting
            (sheets[-1][2] if is_note else waiting).append(part)
    if sheets:
        sheets[-1][2].extend(waiting)
        return sheets
    return [(waiting, None, [])]


def _draw(
    page: Worksheet, paper: Paper, before: Sequence[PaperLine], table: PaperTable | None, after: Sequence[PaperLine]
) -> None:
    """Title, lines, table, lines."""
    columns = len(table.widths) if table else 1
    row = 1
    title = [PaperLine(paper.title, LineKind.TITLE)] if paper.title else []
    for line in (*title, *before):
        row = _line(page, row, line, columns)
    if table:
        row = _table(page, row, table)
    for line in after:
        row = _line(page, row, line, columns)
    setup = page.page_setup
    setup.orientation = "landscape" if paper.is_landscape else "portrait"
    setup.paperSize = page.PAPERSIZE_A3 if paper.is_a3 else page.PAPERSIZE_A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]  # a new sheet has them
    if page.oddFooter:
        page.oddFooter.center.text = "— &P —" if paper.is_chinese else "&P / &N"
    page.print_options.horizontalCentered = True


def _line(page: Worksheet, row: int, line: PaperLine, columns: int) -> int:
    """A line over the whole width; the next free row."""
    is_title = line.kind is LineKind.TITLE
    cell = _put(page, row, 1, line.text)
    cell.font = Font(
        name="黑体" if is_title else "宋体", size=16 if is_title else 11, bold=line.kind is LineKind.HEADING
    )
    side = {LineKind.TITLE: "center", LineKind.SIGNATURE: "right"}.get(line.kind)
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    if columns > 1:
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    page.row_dimensions[row].height = 30 if is_title else 18
    return row + 1


def _table(page: Worksheet, top: int, table: PaperTable) -> int:
    """Heads and rows with their lines; the next free row."""
    for column, width in enumerate(table.widths, 1):
        page.column_dimensions[get_column_letter(column)].width = _characters(width)
    for column, head in enumerate(table.heads, 1):
        _set(_put(page, top, column, head), is_label=True, is_centred=True)
    first = top + (1 if table.heads else 0)
    for place, row in enumerate(table.rows):
        _row(page, first + place, row, table)
        height = table.heights.get(place, table.least_height) * POINTS_PER_MM
        lines = _lines(row, table)
        if height or lines > 1:
            page.row_dimensions[first + place].height = max(height, lines * LINE_POINTS)
    for column in table.joined:
        for begins, ends in runs_of(table, column):
            if ends > begins:
                page.merge_cells(
                    start_row=first + begins, end_row=first + ends, start_column=column + 1, end_column=column + 1
                )
    last = first + len(table.rows) - 1
    if table.heads:
        page.print_title_rows = f"{top}:{top}"
        page.freeze_panes = f"A{first}"
        if table.rows and not table.joined:
            page.auto_filter.ref = f"A{top}:{get_column_letter(len(table.widths))}{last}"
    return last + 1


def _characters(width: float) -> float:
    """The width of a column of so many millimetres, in characters."""
    return max(4.0, width / MM_PER_CHARACTER)


def _lines(values: Sequence[Value], table: PaperTable) -> int:
    """How many lines the fullest square of a row takes; in columns whose squares are joined it has the height of several rows."""
    return max(
        (_lines_of(value, table.widths[column]) for column, value in enumerate(values) if column not in table.joined),
        default=1,
    )


def _lines_of(value: Value, width: float) -> int:
    """How many lines some words take in a column of so many millimetres; a Chinese character is as wide as two others."""
    if not isinstance(value, str):
        return 1
    room = _characters(width) - 1
    wide = [
        sum(2.1 if unicodedata.east_asian_width(sign) in "WFA" else 1.1 for sign in text) for text in value.split("\n")
    ]
    return sum(max(1, math.ceil(length / room)) for length in wide)


def _row(page: Worksheet, row: int, values: Sequence[Value], table: PaperTable) -> None:
    for column in range(len(table.widths)):
        cell = _put(page, row, column + 1, values[column] if column < len(values) else None)
        is_label = column in table.labels and column < len(values)
        _set(cell, is_label=is_label, is_centred=is_label or column in table.centred)
    if len(values) < len(table.widths):
        page.merge_cells(start_row=row, end_row=row, start_column=len(values), end_column=len(table.widths))


def _set(cell: Cell, *, is_label: bool, is_centred: bool) -> None:
    cell.border, cell.alignment = _BORDER, _MIDDLE if is_centred else _LEFT
    cell.font = Font(name="黑体" if is_label else "宋体", size=11)


def _put(page: Worksheet, row: int, column: int, value: Value) -> Cell:
    """Write a cell; words are words, also where they look like a formula."""
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - tells the types; what is merged is written before
    if isinstance(value, str):
        cell.value = shown(value)
        cell.data_type = "s"
    elif value is not None:
        cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    return cell
