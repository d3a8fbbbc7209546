"""What somebody said of tables: what they are, what their columns are, which rows to skip, what cells hold.

Their ids: `table:FILE` → a kind of table or `leave_aside`; `column:FILE:HEADER` → a column or `-`; `row:FILE:7` → `skip` or
`take`; `cell:FILE:7:HEADER` → a text.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from scheduler.core.organisation.facts import RowError
from scheduler.core.organisation.readings import SeenColumn, SetAside
from scheduler.documents import tables
from scheduler.documents.grids import said as said_in
from scheduler.documents.headers import TableKind, is_own_word, lacks
from scheduler.documents.tables import Table
from scheduler.services.imports.desk import CellAt, Desk
from scheduler.store.imports.header_readings import Reading

LEAVE_ASIDE, NOTHING = "leave_aside", "-"
READ_FOR = {
    **dict.fromkeys(("birth", "phone", "identity"), "telling_apart"),
    **dict.fromkeys(("remark", "state", "days", "first_name", "last_name", "charge", "upper_unit"), "remarks"),
}
"""What columns are looked at for that are not kept."""
MASKED = ("phone", "identity")
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table as it was said to be read."""

    table: Table
    errors: tuple[RowError, ...] = ()
    """Why what was said cannot be; then the table is as it was."""
    keeps: Reading | None = None
    """What is to be kept for the next table with these headers; None: nothing differs from what its words say."""
    is_remembered: bool = False
    """Whether what was kept of such headers was followed."""


def digest(table: Table) -> str:
    """By which tables with the same headers are known."""
    return hashlib.sha256("\x1f".join(table.headers).encode()).hexdigest()


def applied(table: Table, answers: Mapping[str, str], kept: Reading | None = None) -> TableReading:
    """A table read as the answers say, or else as was said of such headers before; as it is if they say nothing of it."""
    columns = _under(f"column:{table.file}:", answers)
    cells = _under(f"cell:{table.file}:", answers)
    rows = {int(row): said for row, said in _under(f"row:{table.file}:", answers).items() if row.isdecimal()}
    said = answers.get(f"table:{table.file}", "")
    is_remembered = bool(kept) and not columns and not said
    if is_remembered and kept:
        said, columns = kept[0], dict(kept[1])
    kind = TableKind(said) if said in tables.kinds() else table.kind
    if said == LEAVE_ASIDE or not (columns or cells or rows or kind != table.kind):
        return TableReading(table)
    taken = {header: "" if column == NOTHING else column for header, column in columns.items()}
    if errors := tuple(_impossible(table, kind, taken)):
        return TableReading(table, () if is_remembered else errors)
    mended = {}
    for place, text in cells.items():
        number, _, header = place.partition(":")
        if number.isdecimal():
            mended[int(number), header] = text
    again = tables.taken_as(table, kind, taken, mended, rows) or table
    return TableReading(again, (), _differing(table, again), is_remembered)


def _under(start: str, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers whose ids begin so, by the rest."""
    return {key.removeprefix(start): said for key, said in answers.items() if key.startswith(start)}


def _impossible(table: Table, kind: TableKind, taken: Mapping[str, str]) -> Iterator[RowError]:
    """Why columns cannot be what they are said to be: two for one thing, or none for what the table needs."""
    first: dict[str, str] = {}
    for header, column in taken.items():
        if column and column in first:
            details = {"value": header, "other": first[column], "column": column}
            yield RowError(table.file, None, column, "column_twice", details)
        first.setdefault(column, header)
    if lacking := lacks(kind, table.headers, taken):
        yield RowError(table.file, None, lacking[0], "column_lacking", {"table": kind.value, "columns": lacking})


def _differing(table: Table, again: Table) -> Reading | None:
    """What was said of a table besides what its words say themselves."""
    before, after = (dict(zip(t.headings, t.columns, strict=False)) for t in (table, again))
    columns = {header: after.get(header, "") for header in table.headers if before.get(header) != after.get(header)}
    return (again.kind.value, columns) if columns or again.kind != table.kind else None


def is_left_aside(table: Table, desk: Desk) -> bool:
    """Whether a table is not read: nothing reads such, it was said so, or it is not yet said which of several it is."""
    said = desk.answers.get(f"table:{table.file}")
    why = ""
    if said == LEAVE_ASIDE:
        why = "skipped"
    elif table.kind is TableKind.UNKNOWN:
        file, words = table.file.partition("#")[0], said_in(table.headers)
        desk.tell("table_unknown", file, sheet=table.sheet, text=words)
        desk.set_aside.append(SetAside(file, table.sheet, None, words, "table_unknown"))
        return True
    elif not table.is_read:
        why = "table_not_read"
        desk.tell("table_not_read", table.file, table=table.kind.value, rows=len(table.rows))
    elif table.also and said is None:
        choices = [table.kind.value, *(kind.value for kind in table.also if kind.value in tables.kinds()), LEAVE_ASIDE]
        answer = desk.ask(("table", table.file), choices, None, CellAt(table.file), headers=table.headers)
        why = "" if answer else "waits_for_answer"
    if why:
        names = [text for row in table.rows[:100] if (text := row.cells.get("name") or row.cells.get("person"))]
        text = f"{table.title} {'、'.join(dict.fromkeys(names))}".strip()
        desk.set_aside.append(SetAside(table.file, table.sheet, None, text, why))
    return bool(why)


def columns(table: Table, before: Table, *, is_remembered: bool) -> Iterator[SeenColumn]:
    """What each column of a table was taken for, by what it was known, and some of what stands in it."""
    taken = dict(zip(table.headings, table.columns, strict=False))
    by_words = dict(zip(before.headings, before.columns, strict=False)) if before.kind == table.kind else {}
    marks = {header: mark for mark, header in table.marks.items()}
    by_words_marks = {header: mark for mark, header in before.marks.items()} if before.kind == table.kind else {}
    entries = {row.number for row in table.rows}
    body = [record for number, record in table.body if number in entries or table.kind is TableKind.UNKNOWN]
    file = table.file.partition("#")[0]
    for place, header in enumerate(table.headers):
        if not header:
            continue
        column, mark = taken.get(header), marks.get(header, "")
        how = "word" if column else ""
        if column != by_words.get(header):
            how = "remembered" if is_remembered else "said"
        elif column and is_own_word(header, column):
            how = "same"
        texts = dict.fromkeys(record[place] for record in body if place < len(record) and record[place])
        samples = tuple(
            _masked(text) if (mark or by_words_marks.get(header)) in MASKED else text for text in islice(texts, SAMPLES)
        )
        looked_at = mark or by_words_marks.get(header, "")
        yield SeenColumn(
            file, table.sheet, header, column, READ_FOR.get(mark), how, samples, place, looked_at, bool(mark)
        )


def _masked(text: str) -> str:
    """A number that tells somebody apart, without its middle."""
    return f"{text[:3]}****{text[-4:]}" if len(text) > 7 else text
