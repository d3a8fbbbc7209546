"""What is asked, offered, set aside and taken for what in an import, as its page shows it; and what was answered there."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from scheduler import edge
from scheduler.core.organisation.facts import ImportReport
from scheduler.core.organisation.readings import SeenColumn, SetAside
from scheduler.documents.headers import HEADINGS, Heading
from scheduler.services.imports.table_answers import READ_FOR
from scheduler.web.page.words import field_name
from scheduler.wording import readings

PREFIX = "a:"
"""How the names of fields begin that hold answers."""
SHOWN = "shown:"
"""And those that say as what a table is shown."""
MAX_ANSWERS = 5_000
MAX_ASIDE = 60
NOTHING = "-"


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with its choices: key, text, whether it is chosen."""

    field: str
    text: str
    choices: list[tuple[str, str, bool]]
    is_answered: bool
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class OfferView:
    """Something that can be ticked."""

    field: str
    text: str
    is_taken: bool


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column of a table, with what it can be: key, text, whether it is chosen."""

    letter: str
    header: str
    samples: tuple[str, ...]
    field: str
    choices: list[tuple[str, str, bool]]
    is_kept: bool
    how: str
    """By what it was known: `same word said remembered`, `looked_at`, or empty: it is not imported."""


@dataclass(frozen=True, slots=True)
class AsideView:
    """A row, sheet or file that gives nothing."""

    row: int | None
    text: str
    why: str
    field: str
    """The field by which it is read after all; empty where that cannot be."""
    is_taken: bool


@dataclass(frozen=True, slots=True)
class MappingView:
    """One table: what it is taken for, its columns, what of it is set aside."""

    file: str
    kind: str
    kind_key: str
    kinds: list[tuple[str, str, bool]]
    """What it can be taken for; empty while that is a question of its own."""
    columns: list[ColumnView]
    kept: int
    aside: list[AsideView]
    aside_left: int
    is_read: bool
    """Whether anything of it is imported; a list of retired people is not until it is said so."""


@dataclass(frozen=True, slots=True)
class ReadingView:
    """All of it."""

    questions: list[QuestionView]
    open_count: int
    offers: list[OfferView]
    tables: list[MappingView]
    others: list[AsideView]
    """Sheets and files that are no table of the import."""
    carried: list[tuple[str, str]]
    """What was answered before: field and value; a field further down that says otherwise comes later, and holds."""

    @property
    def is_anything_read(self) -> bool:
        """Whether any table is imported, or none was sent."""
        return not self.tables or any(table.is_read for table in self.tables)


def answers() -> dict[str, str]:
    """What was answered on the page: the fields whose names begin with `a:`, of several of one name the last.

    Empty ones say nothing, but of cells: such a cell is to be empty. Of a table that is to be another one, nothing is taken from columns.
    """
    last = (
        (key[len(PREFIX) :], values[-1].strip()[:200]) for key, values in request.form.lists() if key.startswith(PREFIX)
    )
    given = {key: value for key, value in list(last)[:MAX_ANSWERS] if value or key.startswith("cell:")}
    shown = {key[len(SHOWN) :]: value for key, value in request.form.items() if key.startswith(SHOWN)}
    turned = [f"column:{file}:" for file, kind in shown.items() if given.get(f"table:{file}", kind) != kind]
    return {key: value for key, value in given.items() if not key.startswith(tuple(turned))}


def view(report: ImportReport, answered: Mapping[str, str]) -> ReadingView:
    """What the page shows beside the tables themselves."""
    lang = edge.lang()
    questions = []
    for asked_for in report.questions:
        chosen = asked_for.answer or asked_for.proposal
        choices = [(key, readings.choice(asked_for, key, lang), key == chosen) for key in asked_for.choices]
        is_proposed = asked_for.answer is None and asked_for.proposal is not None
        text = readings.question(asked_for, lang)
        questions.append(QuestionView(PREFIX + asked_for.id, text, choices, asked_for.answer is not None, is_proposed))
    files = [table.file for table in report.tables]
    rows = {file: [row for row in report.set_aside if _is_of(row, file)] for file in files}
    told = {id(row) for several in rows.values() for row in several}
    return ReadingView(
        questions,
        sum(not question.is_answered and not question.is_proposed for question in questions),
        [OfferView(PREFIX + offer.id, readings.offer(offer, lang), offer.is_taken) for offer in report.offers],
        [_table(report, table.file, table.kind, rows[table.file], answered) for table in report.tables],
        [_aside(row, "", answered) for row in report.set_aside if id(row) not in told],
        [(PREFIX + key, value) for key, value in answered.items()],
    )


def _is_of(row: SetAside, file: str) -> bool:
    return row.row is not None and row.file == file


def _table(
    report: ImportReport, file: str, kind: str, rows: list[SetAside], answered: Mapping[str, str]
) -> MappingView:
    name, _, sheet = file.partition("#")
    columns = [column for column in report.columns if column.file == name and (not sheet or column.sheet == sheet)]
    said, is_asked = answered.get(f"table:{file}", kind), any(q.id == f"table:{file}" for q in report.questions)
    headings = {heading.kind.value: heading for heading in HEADINGS}
    shown_as = said if said in headings else kind
    views = [_column(file, headings[shown_as], column) for column in columns if shown_as in headings]
    keys = dict.fromkeys((kind, *headings))
    kinds = [(key, readings.table(key, edge.lang()), key == said) for key in keys]
    kinds.append(("leave_aside", readings.say_not_imported(edge.lang()), said == "leave_aside"))
    return MappingView(
        file,
        readings.table(kind, edge.lang()),
        shown_as,
        [] if is_asked else kinds,
        views,
        sum(column.is_kept for column in views),
        [_aside(row, file, answered) for row in rows[:MAX_ASIDE]],
        max(0, len(rows) - MAX_ASIDE),
        not any(row.row is None and file in (row.file, f"{row.file}#{row.sheet}") for row in report.set_aside),
    )


def _column(file: str, heading: Heading, column: SeenColumn) -> ColumnView:
    chosen = column.taken_for or (column.mark if column.is_looked_at else NOTHING)
    none = readings.say_not_imported(edge.lang())
    choices = [(NOTHING, none, chosen == NOTHING)]
    if purpose := READ_FOR.get(column.mark):
        choices.append((column.mark, readings.say_looked_at(edge.lang()), chosen == column.mark))
    elif column.mark:  # nothing is kept of it either way
        choices = [(column.mark, none, chosen in (column.mark, NOTHING))]
    choices += [(name, field_name(name), name == chosen) for name in heading.words]
    how = column.how or ("looked_at" if column.is_looked_at and purpose else "")
    return ColumnView(
        _letters(column.place), column.header, column.samples, f"{PREFIX}column:{file}:{column.header}", choices,
        bool(column.taken_for), how,
    )  # fmt: skip


def _letters(place: int) -> str:
    """How a spreadsheet calls a column: 0 is A, 25 is Z, 26 is AA."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def _aside(row: SetAside, file: str, answered: Mapping[str, str]) -> AsideView:
    can_be_read = bool(file) and row.row is not None and row.why in ("total", "footnote", "title", "skipped")
    key = f"row:{file}:{row.row}"
    field = PREFIX + key if can_be_read else ""
    text = row.text if file else " ".join(filter(None, (row.file, row.sheet, row.text)))
    return AsideView(row.row, text, readings.why(row.why, edge.lang()), field, answered.get(key) == "take")
