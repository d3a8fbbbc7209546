"""A file as somebody sent it → the tables in it. Whatever the bytes are, the answer is tables or one `Malformed`."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from scheduler.core.ground.errors import Malformed
from scheduler.documents import workbooks, yaml_files
from scheduler.documents.headers import HEADINGS, Columns, TableKind, recognise
from scheduler.documents.text import clean
from scheduler.documents.yaml_files import Document

MAX_BYTES = 10 * 1024 * 1024
HEADER_DEPTH = 10
"""A title, a date and the like may stand above the header."""
DELIMITERS = (",", "\t", ";", "，")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, and the text of each known column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was known by its header."""

    file: str
    """The file's name; with `#sheet` when several sheets of it hold tables."""
    kind: TableKind
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)
    unknown_columns: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    """The columns as they are called in the file."""


def read(name: str, data: bytes) -> list[Table | Document]:
    """All that one file holds; raises Malformed `unreadable_file` or `unknown_table`."""
    if len(data) > MAX_BYTES:
        raise Malformed("unreadable_file", name, reason="too_large", limit_mb=MAX_BYTES // 1024 // 1024)
    if not data.strip():
        raise Malformed("unreadable_file", name, reason="empty")
    if data.startswith(b"PK") or name.casefold().endswith((".xlsx", ".xlsm")):
        return list(_from_workbook(name, data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Malformed("unreadable_file", name, reason="old_workbook")
    text = _decoded(name, data)
    if name.casefold().endswith((".yaml", ".yml")):
        return [yaml_files.read(name, text)]
    return [_from_csv(name, text)]


def known_tables() -> dict[str, tuple[str, ...]]:
    """The tables that can be imported, each with the columns it must have."""
    return {heading.kind.value: heading.needed for heading in HEADINGS}


def _decoded(name: str, data: bytes) -> str:
    """UTF-8 with or without its mark, then what Excel calls Unicode text, then GB18030."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise Malformed("unreadable_file", name, reason="not_text")


def _from_csv(name: str, text: str) -> Table:
    """The table of a csv file; the delimiter is the one with which its header makes sense."""
    for delimiter in DELIMITERS:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            table = _table(name, ([clean(cell) for cell in record] for record in records))
        except csv.Error as error:
            raise Malformed("unreadable_file", name, reason="not_csv") from error
        if table:
            return table
    first_line = clean(text.lstrip().splitlines()[0] if text.strip() else "")
    raise _unknown(name, first_line)


def _from_workbook(name: str, data: bytes) -> Iterator[Table]:
    """The tables of a workbook's sheets; sheets that are empty or no tables are left aside as long as one is."""
    sheets = workbooks.sheets(name, data)
    tables = [(sheet, table) for sheet, grid in sheets if (table := _table(name, grid))]
    if not tables:
        raise _unknown(name, next((" ".join(filter(None, row)) for _, grid in sheets for row in grid if any(row)), ""))
    for sheet, table in tables:
        file = f"{name}#{sheet}" if len(tables) > 1 else name
        yield replace(table, file=file)


def _unknown(name: str, header: str) -> Malformed:
    """What is said of a file whose header is no known table's."""
    return Malformed("unknown_table", name, header=header[:120], known=tuple(known_tables()))


def _table(name: str, records: Iterable[Sequence[str]]) -> Table | None:
    """The table in these records, if one of the first rows is a known header."""
    numbered = iter(enumerate(records, start=1))
    for _, record in islice(numbered, HEADER_DEPTH):
        if columns := recognise(record):
            rows = tuple(_rows(columns, numbered))
            headings = tuple(record[place] for place in columns.at.values())
            return Table(name, columns.heading.kind, tuple(columns.at), rows, columns.unknown, headings)
    return None


def _rows(columns: Columns, numbered: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Row]:
    """The rows below the header, empty ones left out; short rows are filled up."""
    names, places = tuple(columns.at), tuple(columns.at.values())
    width = max(places) + 1
    for number, record in numbered:
        filled = record if len(record) >= width else [*record, *[""] * (width - len(record))]
        cells = {name: filled[place] for name, place in zip(names, places, strict=True)}
        if any(cells.values()):
            yield Row(number, cells)
