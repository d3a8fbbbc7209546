"""Workbooks (.xlsx and .xls). Their size is measured before they are read: a small file can ask for a lot of memory."""

import html
import io
import re
import struct
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from scheduler.core.ground.errors import Malformed
from scheduler.documents import workbook_process
from scheduler.documents.text import from_cell

MAX_PARTS = 500
MAX_UNPACKED = 64 * 1024 * 1024
MAX_CELLS = 2_000_000
MAX_SHEETS = 30
MAX_MERGES = 20_000
MAX_TEXT = 32 * 1024 * 1024
"""Octets of all cells' text, a shared one counted wherever it stands."""

_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_ESCAPED = re.compile(rb"""\br\s*=\s*["'][A-Za-z0-9]*&""")
_CELL = re.compile(rb"<(?:[\w.-]{1,64}:)?c[\s/>]")
_MERGE = re.compile(rb"<(?:[\w.-]{1,64}:)?mergeCell[\s/>]")
_SHARED = re.compile(rb"<(?:[\w.-]{1,64}:)?si[\s>].*?</(?:[\w.-]{1,64}:)?si>", re.DOTALL)
_SHARED_USE = re.compile(rb"""\bt\s*=\s*["']s["'][^<]*<(?:[\w.-]{1,64}:)?v>\s*(\d{1,9})""")
_SHEET = re.compile(rb"<(?:[\w.-]{1,64}:)?sheet\s([^<>]{1,2000})>")
_LINK = re.compile(rb"<(?:[\w.-]{1,64}:)?Relationship\s([^<>]{1,2000})>")
_ROW = re.compile(rb"<(?:[\w.-]{1,64}:)?row\s([^<>]{1,2000})>")
_ATTRIBUTE = re.compile(rb"""(?:[\w.-]{1,64}:)?([A-Za-z]{1,40})\s*=\s*["']([^"']*)["']""")
_TWO_BYTES = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""How XML begins that is written in UTF-16; no office program does so."""
_OTHER_FORMATS = {"content.xml", "xl/workbook.bin"}
"""What the other formats have that the reader would understand; nothing measures those."""
_LOCAL_HEADER = struct.Struct("<26xHH")
_STORED, _DEFLATED = 0, 8
_DAMAGED = (
    CalamineError,
    zipfile.BadZipFile,
    NotImplementedError,  # what zipfile says of a version it does not know
    OSError,
    ValueError,
    KeyError,
    struct.error,
    zlib.error,
)
"""What the readers raise on a file that is no workbook."""

Grid = list[list[str]]


def sheets(name: str, data: bytes) -> list[tuple[str, Grid]]:
    """Each sheet with its cells as text, from A1 on; merged cells all carry the text of the first.

    It is read in a process of its own, within five seconds and half a gigabyte. Raises Malformed `unreadable_file` when it is
    no workbook, or unpacks to more than can be meant.
    """
    sheets: list[tuple[str, Grid]] = workbook_process.read("sheets_here", name, data)
    return sheets


def sheets_here(name: str, data: bytes) -> list[tuple[str, Grid]]:
    """The same, read in this process: for that one alone."""
    with _damage_told(name):
        _measure(name, data)
        return _read_sheets(name, data)


def old_sheets(name: str, data: bytes) -> list[tuple[str, Grid]]:
    """The same of a workbook as Excel saved it up to 2003 (.xls), with the same bounds. Raises Malformed."""
    sheets: list[tuple[str, Grid]] = workbook_process.read("old_sheets_here", name, data)
    return sheets


def old_sheets_here(name: str, data: bytes) -> list[tuple[str, Grid]]:
    """The same, read in this process: for that one alone. Its sheets cannot be large, but what it says may be a lie."""
    with _damage_told(name):
        return _read_sheets(name, data)


def hidden(name: str, data: bytes) -> tuple[list[str], dict[str, frozenset[int]]]:
    """What a workbook hides from who opens it: sheets, by name; and (of .xlsx) rows of the other sheets, by their numbers.

    It is read as the sheets are. Raises Malformed.
    """
    pairs: list[tuple[str, list[str]]] = workbook_process.read("hidden_here", name, data)
    (_, sheets_hidden), *rows = pairs
    return sheets_hidden, {title: frozenset(map(int, numbers)) for title, numbers in rows}


def hidden_here(name: str, data: bytes) -> list[tuple[str, list[str]]]:
    """The same, read in this process: the hidden sheets under an empty name, then the hidden rows of each other sheet."""
    is_zipped = data.startswith(b"PK")
    with _damage_told(name):
        if is_zipped:
            _measure(name, data)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown = _visible(book)
            sheets = [s.name for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet and s.name not in shown]
        if not is_zipped:
            return [("", sheets)]
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            rows = [(title, _hidden_rows(archive, part)) for title, part in _parts(archive) if title in shown]
    return [("", sheets), *rows]


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the part of the workbook that holds it."""
    names = {part.casefold(): part for part in archive.namelist()}
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names.keys():
        return
    book, links = (archive.read(names[part]) for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    targets = {}
    for link in map(_attributes, _LINK.findall(links)):
        target = link.get("Target", "").lstrip("/")
        targets[link.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"
    for sheet in map(_attributes, _SHEET.findall(book)):
        part = names.get(targets.get(sheet.get("id", ""), "").casefold())
        if part:
            yield sheet.get("name", ""), part


def _attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a tag, without prefixes."""
    return {key.decode(): html.unescape(text.decode("utf8", "replace")) for key, text in _ATTRIBUTE.findall(tag)}


def _hidden_rows(archive: zipfile.ZipFile, part: str) -> list[str]:
    """The numbers of the rows that a sheet hides; one without a number is the one after the row before it."""
    numbers, number = [], 0
    for row in map(_attributes, _ROW.findall(archive.read(part))):
        number = int(row["r"]) if row.get("r", "").isdecimal() else number + 1
        if row.get("hidden") in ("1", "true"):
            numbers.append(str(number))
    return numbers


def _read_sheets(name: str, data: bytes) -> list[tuple[str, Grid]]:
    """The sheets that somebody who opens a workbook sees."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        if len(book.sheet_names) > MAX_SHEETS:
            raise _too_large(name)
        return [(title, _grid(book.get_sheet_by_name(title))) for title in _visible(book)]


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    """Let what the readers raise on a file that is no workbook be one `Malformed`."""
    try:
        yield
    except Malformed:
        raise
    except _DAMAGED as error:
        raise Malformed("unreadable_file", name, reason="not_a_workbook") from error


def _visible(book: CalamineWorkbook) -> list[str]:
    """The sheets of cells that somebody who opens the workbook sees."""
    sheets = book.sheets_metadata
    return [s.name for s in sheets if s.typ == SheetTypeEnum.WorkSheet and s.visible == SheetVisibleEnum.Visible]


def _grid(sheet: CalamineSheet) -> Grid:
    """A sheet's cells as text, with merged cells filled."""
    grid = [[from_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    left_to_fill = MAX_CELLS
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        left_to_fill -= (min(bottom + 1, len(grid)) - top) * (right + 1 - left)
        if left_to_fill < 0:
            raise _too_large("")
        if top < len(grid) and left < len(grid[top]):
            _fill(grid, range(top, min(bottom + 1, len(grid))), range(left, right + 1), grid[top][left])
    return grid


def _fill(grid: Grid, rows: range, columns: range, text: str) -> None:
    """Write one text into a rectangle of cells, as far as the sheet reaches."""
    for row in rows:
        for column in range(columns.start, min(columns.stop, len(grid[row]))):
            grid[row][column] = text


def _measure(name: str, data: bytes) -> None:
    """Refuse a workbook that has too many parts, unpacks to too much, or whose sheets stretch too far."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise _too_large(name)
    if _OTHER_FORMATS & {part.filename.casefold() for part in parts}:
        raise Malformed("unreadable_file", name, reason="not_a_workbook")
    left = MAX_UNPACKED
    shared: list[int] = []
    uses: Counter[bytes] = Counter()
    for part in parts:
        unpacked = _unpacked(name, data, part, left)
        left -= len(unpacked)
        _measure_sheet(name, unpacked)  # any part may be one: a workbook names its sheets as it likes
        shared = shared or [len(match[0]) for match in _SHARED.finditer(unpacked)]
        uses.update(_SHARED_USE.findall(unpacked))
    lengths = enumerate(shared)
    if sum(uses[str(place).encode()] * length for place, length in lengths) > MAX_TEXT:
        raise _too_large(name)


def _unpacked(name: str, data: bytes, part: zipfile.ZipInfo, left: int) -> bytes:
    """One part unpacked, however long its header claims it to be; raises when more than `left` bytes come out."""
    names = _LOCAL_HEADER.unpack_from(data, part.header_offset)
    start = part.header_offset + 30 + sum(names)
    packed = data[start : start + part.compress_size]
    if part.compress_type == _STORED:
        unpacked = packed
    elif part.compress_type == _DEFLATED:
        unpacked = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, left + 1)
    else:
        raise Malformed("unreadable_file", name, reason="not_a_workbook")
    if len(unpacked) > left:
        raise _too_large(name)
    return unpacked


def _measure_sheet(name: str, xml: bytes) -> None:
    """Refuse a sheet whose cells lie so far apart that the rectangle around them is huge, or that hides where they lie."""
    for counted, most in ((_CELL, MAX_CELLS), (_MERGE, MAX_MERGES)):
        if next(islice(counted.finditer(xml), most, None), None):
            raise _too_large(name)
    if xml[:2] in _TWO_BYTES or _ESCAPED.search(xml):
        raise Malformed("unreadable_file", name, reason="not_a_workbook")
    rows = columns = 1
    for letters, number in _references(xml):
        rows, columns = max(rows, int(number)), max(columns, _column_number(letters))
        if rows * columns > MAX_CELLS:
            raise _too_large(name)


def _references(xml: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The places that the rows and cells of a sheet name: `r="7"`, `r="C7"`."""
    for reference in _REFERENCE.finditer(xml):
        yield reference.group(1), reference.group(2).lstrip(b"0")[:9] or b"0"


def _column_number(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters[:5].upper():
        number = number * 26 + letter - 64
    return number


def _too_large(name: str) -> Malformed:
    return Malformed("unreadable_file", name, reason="too_large_inside")


READERS = {"sheets_here": sheets_here, "old_sheets_here": old_sheets_here, "hidden_here": hidden_here}
if __name__ == "__main__":
    workbook_process.main(READERS[sys.argv[1]], int(sys.argv[2]))
