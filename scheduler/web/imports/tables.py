"""A table that is imported as its owner knows it, row by row and column by column, with the cells marked that are wrong or change."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler import edge, wording
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.findings import Finding
from scheduler.core.organisation.facts import (
    Became,
    Change,
    FieldChange,
    ImportReport,
    RowError,
    SeenRow,
    SeenTable,
    Subject,
)
from scheduler.web.page.fields import without_field
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import field_name, listed

MAX_MARKED = 200
"""So many rows with something to be seen are shown of a table."""
PLAIN_ROWS = 30
"""And so many of the others, from the top."""
MAX_VALUE_LENGTH = 60
COLUMNS_OF: Mapping[str, tuple[str, ...]] = {
    "party_group": ("group",),
    "name_en": ("en",),
    "address": ("email",),
    "span": ("date", "start", "end"),
    "people": ("participants", "audience"),
    "day": ("date",),
    "first": ("from",),
    "last": ("to",),
    "is_workday": ("workday",),
    "is_off_site": ("room",),
}
"""The columns that a field is read from, where they are called otherwise."""
WANTED: Mapping[str, tuple[str, ...]] = {
    "roster": ("unit", "position", "rank"),
    "units": ("kind", "in_charge", "head"),
}
"""Columns without which a table can be imported, but says little."""
NAMES = frozenset({"name", "person", "participants", "host", "head", "acting_head", "in_charge", "manager"})
"""Columns of people's names, which are often padded."""

_NAMED_BY = {Subject.PERSON: "name", Subject.UNIT: "unit", Subject.GROUP: "branch", Subject.ROOM: "name"}
"""The column of a roster that names what a row is also about; other tables name it in a column of names."""
NO_NAMES: Mapping[str, str] = {}

Fact = tuple[Subject, str]


class Mark(StrEnum):
    """Why a cell is marked; the first that holds."""

    WRONG = "wrong"
    ODD = "odd"
    CHANGED = "changed"
    TIDIED = "tidied"
    PLAIN = ""


class RowState(StrEnum):
    """What becomes of a row."""

    WRONG = "wrong"
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and how it is marked."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with the sentences about its cells."""

    number: int
    state: RowState
    cells: list[Cell]
    notes: list[str]
    is_marked: bool


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as the page prints it."""

    file: str
    kind: str
    headings: tuple[str, ...]
    rows: list[RowView]
    counts: Mapping[RowState, int]
    left_out: int
    has_notes: bool
    lacking: str
    """Columns that new people lack, in a row."""


def names_by_id(report: ImportReport, names: Names) -> dict[str, str]:
    """What people, units, groups and rooms are called by whose ids an import tells what it changes: those that it brings too."""
    roster = names.roster
    standing = (roster.people.values(), roster.units.values(), roster.groups.values(), names.rooms.values())
    called = {str(each.id): each.name for several in standing for each in several}
    for table in report.tables:
        for row in table.rows:
            for subject, key in row.facts:
                column = _NAMED_BY.get(subject, "") if table.kind == "roster" else "name"
                if subject in _NAMED_BY and (name := row.cells.get(column)):
                    called.setdefault(key, name)
    return called


def views(report: ImportReport, names: Mapping[str, str] = NO_NAMES) -> list[TableView]:
    """The tables of an import, each row with what came of it; `names`: what is meant by ids."""
    drawing = _TableDrawing(report, names)
    return [drawing.table(table) for table in report.tables]


def beside(report: ImportReport) -> tuple[list[RowError], list[Change]]:
    """The errors and changes that stand in no row of a table, such as those of a YAML file."""
    rows = {(table.file, row.number) for table in report.tables for row in table.rows}
    told = {fact for table in report.tables for row in table.rows for fact in row.facts}
    errors = [error for error in report.errors if (error.file, error.row) not in rows]
    return errors, [change for change in report.changes if (change.subject, change.key) not in told]


class _TableDrawing:
    """What is known of facts and rows, while the tables of one import are drawn."""

    def __init__(self, report: ImportReport, names: Mapping[str, str]) -> None:
        self.names = names
        self.has_errors = bool(report.errors)
        self.changes: dict[Fact, Change] = {(change.subject, change.key): change for change in report.changes}
        self.errors: defaultdict[tuple[str, int | None], list[RowError]] = defaultdict(list)
        for error in report.errors:
            self.errors[error.file, error.row].append(error)
        self.odd: defaultdict[Fact, list[tuple[str, Finding]]] = defaultdict(list)
        for finding in report.warnings:
            for fact, column in _about(finding):
                self.odd[fact].append((column, finding))

    def table(self, table: SeenTable) -> TableView:
        """One table: all rows that are marked, as far as there is room, and some of the others."""
        rows = [self._row(table, row) for row in table.rows]
        counts = {state: count for state in RowState if (count := sum(row.state is state for row in rows))}
        return TableView(
            table.file,
            table.kind,
            table.headings,
            shown := _shown(rows),
            counts,
            len(rows) - len(shown),
            any(row.notes for row in shown),
            _lacking(table) if RowState.CREATED in counts else "",
        )

    def _row(self, table: SeenTable, row: SeenRow) -> RowView:
        marks: dict[str, Mark] = {}
        notes: dict[str, None] = {}
        errors = self.errors.get((table.file, row.number), [])
        for error in errors:
            marks[error.field] = Mark.WRONG
            notes[_error(error)] = None
        for fact in row.facts:
            for column, finding in self.odd.get(fact, ()):
                marks.setdefault(column, Mark.ODD)
                notes[wording.text(finding, edge.lang())] = None
            for change in self.changes[fact].fields if fact in self.changes else ():
                for column in COLUMNS_OF.get(change.name, (change.name,)):
                    marks.setdefault(column, Mark.CHANGED)
                notes[_change(change, self.names)] = None
        cells = [self._cell(column, row.cells.get(column, ""), marks) for column in table.columns]
        is_marked = bool(notes) or any(cell.mark for cell in cells)
        return RowView(row.number, self._state(row, errors), cells, list(notes), is_marked)

    def _cell(self, column: str, text: str, marks: Mapping[str, Mark]) -> Cell:
        """A cell; a padded name is shown as it is kept."""
        mark = marks.get(column, Mark.PLAIN)
        if mark in (Mark.PLAIN, Mark.CHANGED) and column in NAMES and " " in text and not text.isascii():
            return Cell("".join(text.split(" ")), mark or Mark.TIDIED)
        return Cell(text, mark)

    def _state(self, row: SeenRow, errors: Sequence[RowError]) -> RowState:
        """What becomes of a row; while anything is wrong anywhere, nothing becomes of the others."""
        if errors:
            return RowState.WRONG
        became = {self.changes[fact].became for fact in row.facts if fact in self.changes}
        if Became.CREATED in became:
            return RowState.CREATED
        return RowState.UPDATED if became else RowState.UNCHANGED


def _lacking(table: SeenTable) -> str:
    """The columns of a roster that are not there, though much depends on them."""
    columns = WANTED.get(table.kind, ())
    return listed(field_name(column) for column in columns if column not in table.columns)


def _about(finding: Finding) -> list[tuple[Fact, str]]:
    """The facts, and the column of each, that something odd is about."""
    match finding.kind:
        case "head_vacant" | "in_charge_is_head":
            return [((Subject.UNIT, finding.subject), "head")]
        case "relation_unknown":
            return [((Subject.UNIT, finding.subject), "in_charge")]
        case "same_name":
            people = finding.details.get("people")
            return [((Subject.PERSON, str(p)), "name") for p in people] if isinstance(people, tuple) else []
        case _:
            return []


def _shown(rows: Sequence[RowView]) -> list[RowView]:
    """All rows that are marked, as far as there is room, and the first of the others, in their order."""
    marked, plain = 0, 0
    shown = []
    for row in rows:
        marked, plain = marked + row.is_marked, plain + (not row.is_marked)
        if marked <= MAX_MARKED if row.is_marked else plain <= PLAIN_ROWS:
            shown.append(row)
    return shown


def _error(error: RowError) -> str:
    """What is wrong in a cell, after the name of its column."""
    told = without_field(Malformed(error.kind, error.field, **error.details))
    return _("%(field)s：%(text)s", field=field_name(error.field), text=told) if error.field else told


def _change(change: FieldChange, names: Mapping[str, str]) -> str:
    """A field, before and after."""
    return _(
        "%(field)s：%(before)s → %(after)s",
        field=field_name(change.name),
        before=value_text(change.before, names),
        after=value_text(change.after, names),
    )


def value_text(value: object, names: Mapping[str, str] = NO_NAMES) -> str:
    """A value in a few words; an id by the name of what it is of."""
    if value is None or value == "":
        return "—"
    several = value if isinstance(value, tuple) else (value,)
    told = listed(names.get(str(part), str(part)) for part in several)
    return told if len(told) <= MAX_VALUE_LENGTH else told[:MAX_VALUE_LENGTH] + "…"
