"""What somebody said of tables: what they are, what their columns are, which rows to skip, what cells hold.

Their ids: `table:FILE` → a kind of table or `leave_aside`; `column:FILE:HEADER` → a column or `-`; `row:FILE:7` → `skip` or
`take`; `cell:FILE:7:HEADER` → a text.
"""

from collections.abc import Iterator, Mapping

from scheduler.core.organisation.readings import SeenColumn, SetAside
from scheduler.documents import tables
from scheduler.documents.headers import TableKind
from scheduler.documents.tables import Table
from scheduler.services.imports.desk import CellAt, Desk

LEAVE_ASIDE, NOTHING = "leave_aside", "-"
READ_FOR = {
    **dict.fromkeys(("birth", "phone", "identity"), "telling_apart"),
    **dict.fromkeys(("remark", "state", "days", "first_name", "last_name"), "remarks"),
}
"""What columns are looked at for that are not kept."""


def applied(table: Table, answers: Mapping[str, str]) -> Table:
    """A table read as the answers say; as it is if they say nothing of it, or nothing that can be."""
    columns = _under(f"column:{table.file}:", answers)
    cells = _under(f"cell:{table.file}:", answers)
    rows = {int(row): said for row, said in _under(f"row:{table.file}:", answers).items() if row.isdecimal()}
    said = answers.get(f"table:{table.file}", table.kind.value)
    if said == LEAVE_ASIDE or not (columns or cells or rows or said != table.kind.value):
        return table
    kind = TableKind(said) if said in tables.kinds() else table.kind
    mended = {}
    for place, text in cells.items():
        number, _, header = place.partition(":")
        if number.isdecimal():
            mended[int(number), header] = text
    taken = {header: "" if column == NOTHING else column for header, column in columns.items()}
    return tables.taken_as(table, kind, taken, mended, rows) or table


def _under(start: str, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers whose ids begin so, by the rest."""
    return {key.removeprefix(start): said for key, said in answers.items() if key.startswith(start)}


def is_left_aside(table: Table, desk: Desk) -> bool:
    """Whether a table is not read: nothing reads such, it was said so, or it is not yet said which of several it is."""
    said = desk.answers.get(f"table:{table.file}")
    why = ""
    if said == LEAVE_ASIDE:
        why = "skipped"
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


def columns(table: Table) -> Iterator[SeenColumn]:
    """What each column of a table was taken for."""
    taken = dict(zip(table.headings, table.columns, strict=False))
    marks = {header: mark for mark, header in table.marks.items()}
    file = table.file.partition("#")[0]
    for header in table.headers:
        if header:
            yield SeenColumn(file, table.sheet, header, taken.get(header), READ_FOR.get(marks.get(header, "")))
