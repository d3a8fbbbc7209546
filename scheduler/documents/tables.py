"""A file as somebody sent it → the tables in it. Whatever the bytes are, the answer is tables or one `Malformed`."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.core.ground.errors import Malformed
from scheduler.documents import grids, workbooks, yaml_files
from scheduler.documents.grids import AsideRow, GridRow, GridTable
from scheduler.documents.headers import HEADINGS, TableKind, as_kind
from scheduler.documents.text import clean
from scheduler.documents.yaml_files import Document

MAX_BYTES = 10 * 1024 * 1024
DELIMITERS = (",", "\t", ";", "，", "|")
_READ = frozenset(heading.kind for heading in HEADINGS)
Row = GridRow


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
    sheet: str = ""
    """The sheet that it stands on; empty for a file that has no sheets."""
    title: str = ""
    """What stands above the header, and the sheet's name."""
    headers: tuple[str, ...] = ()
    """All words of the header, in their order."""
    marks: dict[str, str] = field(default_factory=dict)
    """Columns that are looked at and not kept → how they are called in the file."""
    aside: tuple[AsideRow, ...] = field(default=(), repr=False)
    """Rows that are no entries."""
    also: tuple[TableKind, ...] = ()
    """What it could be just as well."""
    body: tuple[tuple[int, list[str]], ...] = field(default=(), repr=False)
    """All rows below the header as they stand, each with its number."""
    hidden: frozenset[int] = frozenset()
    """The rows that its sheet hides from who opens it."""

    @property
    def is_read(self) -> bool:
        """Whether anything reads such a table."""
        return self.kind in _READ


@dataclass(frozen=True, slots=True)
class UnknownSheet:
    """A sheet with something on it that is no known table."""

    file: str
    sheet: str
    text: str
    """What stands there first."""
    row_count: int
    is_hidden: bool = False
    """Whether who opens the workbook does not see it; then nobody looked what is on it."""


Part = Table | Document | UnknownSheet


def read(name: str, data: bytes) -> list[Part]:
    """All that one file holds; raises Malformed `unreadable_file` or `unknown_table`."""
    if len(data) > MAX_BYTES:
        raise Malformed("unreadable_file", name, reason="too_large", limit_mb=MAX_BYTES // 1024 // 1024)
    if not data.strip():
        raise Malformed("unreadable_file", name, reason="empty")
    is_old = data.startswith(b"\xd0\xcf\x11\xe0")
    if is_old or data.startswith(b"PK") or name.casefold().endswith((".xlsx", ".xlsm", ".xls")):
        parts = _from_workbook(name, workbooks.old_sheets(name, data) if is_old else workbooks.sheets(name, data))
        return list(_with_hidden(name, list(parts), data))
    text = _decoded(name, data)
    if name.casefold().endswith((".yaml", ".yml")):
        return [yaml_files.read(name, text)]
    return list(_from_csv(name, text))


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


def _from_csv(name: str, text: str) -> Iterator[Table]:
    """The tables of a csv file; the delimiter is the one with which its header makes sense."""
    likely: list[GridTable] = []
    for delimiter in DELIMITERS:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            grid = [[clean(cell) for cell in record] for record in records]
        except csv.Error as error:
            raise Malformed("unreadable_file", name, reason="not_csv") from error
        if several := grids.tables(grid):
            yield from _named(name, [("", table) for table in several])
            return
        likely += filter(None, [grids.unknown(grid)])
    if likely:
        yield _table(name, "", max(likely, key=lambda table: len(table.headers)))
        return
    first_line = clean(text.lstrip().splitlines()[0] if text.strip() else "")
    raise unknown(name, first_line)


def _from_workbook(name: str, sheets: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> Iterator[Part]:
    """The tables of a workbook's sheets, those whose words nobody knows, and the sheets that are none; an empty one is nothing."""
    tables = [(sheet, table) for sheet, grid in sheets for table in grids.tables(grid)]
    with_tables = {sheet for sheet, _ in tables}
    likely = {sheet: table for sheet, grid in sheets if sheet not in with_tables and (table := grids.unknown(grid))}
    if not tables and not likely:
        raise unknown(name, next((" ".join(filter(None, row)) for _, grid in sheets for row in grid if any(row)), ""))
    yield from _named(name, tables)
    for sheet, grid in sheets:
        filled = [row for row in grid if any(row)]
        if sheet in likely:
            yield _table(name if len(sheets) == 1 else f"{name}#{sheet}", sheet, likely[sheet])
        elif filled and sheet not in with_tables:
            yield UnknownSheet(name, sheet, grids.said(filled[0]), len(filled))


def _with_hidden(name: str, parts: Sequence[Part], data: bytes) -> Iterator[Part]:
    """What a workbook holds, with what it hides: rows of its tables, and whole sheets; nothing, if that takes too long to say."""
    try:
        sheets, rows = workbooks.hidden(name, data)
    except Malformed:
        sheets, rows = [], {}
    for part in parts:
        yield replace(part, hidden=rows.get(part.sheet, frozenset())) if isinstance(part, Table) else part
    yield from (UnknownSheet(name, sheet, sheet, 0, is_hidden=True) for sheet in sheets)


def _named(name: str, tables: Sequence[tuple[str, GridTable]]) -> Iterator[Table]:
    """The tables of a file under names of their own."""
    sheets = [sheet for sheet, _ in tables]
    for number, (sheet, table) in enumerate(tables, start=1):
        file = (
            name if len(tables) == 1 else f"{name}#{sheet}" if sheets.count(sheet) == 1 else f"{name}#{sheet}{number}"
        )
        yield _table(file, sheet, table)


def _table(file: str, sheet: str, table: GridTable) -> Table:
    """A table of a grid, under its name."""
    columns = table.columns
    also = [fit.heading.kind for fit in table.fits[1:] if fit.weight[:2] == columns.weight[:2]]
    return Table(
        file,
        columns.heading.kind,
        tuple(columns.at),
        table.rows,
        columns.unknown,
        tuple(table.headers[place] for place in columns.at.values()),
        sheet,
        f"{table.title} {sheet}".strip(),
        table.headers,
        {mark: table.headers[place] for mark, place in columns.marks.items()},
        table.aside,
        tuple(also),
        table.body,
    )


def taken_as(
    table: Table,
    kind: TableKind,
    taken_for: Mapping[str, str],
    cells: Mapping[tuple[int, str], str],
    rows: Mapping[int, str],
) -> Table | None:
    """A table read as somebody said: its kind, what columns are (header → column, "" for none), mended cells by row number
    and header, rows that are skipped (`skip`) or are entries after all (`take`). None if its columns cannot be such a table's.
    """
    columns = as_kind(kind, table.headers, taken_for)
    if columns is None:
        return None
    body = []
    for number, record in table.body:
        filled = [*record, *[""] * (len(table.headers) - len(record))]
        body.append(
            (number, [cells.get((number, header), text) for header, text in zip(table.headers, filled, strict=False)])
        )
    entries, aside = grids.entries(columns, table.headers, body, rows)
    if "id" not in taken_for.values() and grids.counts_rows(columns, entries):
        columns = grids.without_ids(columns, table.headers)
        entries, aside = grids.entries(columns, table.headers, body, rows)
    above = tuple(row for row in table.aside if table.body and row.number < table.body[0][0])
    again = GridTable([columns], table.headers, entries, (*above, *aside), table.title, table.body)
    return replace(_table(table.file, table.sheet, again), title=table.title)


def kinds() -> tuple[str, ...]:
    """The kinds of table that can be imported."""
    return tuple(heading.kind.value for heading in HEADINGS)


def unknown(name: str, header: str) -> Malformed:
    """What is said of a file whose header is no known table's."""
    return Malformed("unknown_table", name, header=header[:120], known=tuple(known_tables()))
