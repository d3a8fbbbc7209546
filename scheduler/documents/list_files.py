"""A list as a workbook: a title, heads that stay, columns as wide as what stands in them; or as CSV."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from scheduler.core.ground.written import NO_TEXT

WIDEST = 48
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula."""


def workbook(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The list as the bytes of an .xlsx file; what begins with a sign of a formula stands there as text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one
    sheet.title = title[:31]
    for line, row in enumerate([heads, *rows], start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(line, column)
            cell.value = NO_TEXT.sub("", text)
            cell.data_type = "s"
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            if line == 1:
                cell.font = Font(bold=True)
    for column, head in enumerate(heads, start=1):
        longest = max(_width(text) for text in (head, *(row[column - 1] for row in rows)))
        sheet.column_dimensions[get_column_letter(column)].width = min(longest, WIDEST) + 2
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_file(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The list as CSV that Excel reads as UTF-8; what begins with a sign of a formula has an apostrophe before it."""
    file = io.StringIO()
    csv.writer(file).writerows([heads, *([_harmless(text) for text in row] for row in rows)])
    return file.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in FORMULA_SIGNS else text


def _width(text: str) -> int:
    """How many columns of letters a text takes: a Chinese character takes two."""
    return sum(1 if character < "\u2e80" else 2 for character in text)
