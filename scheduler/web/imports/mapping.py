"""What is asked, offered, set aside and taken for what in an import, as its page shows it; and what was answered there."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from scheduler import edge
from scheduler.core.organisation.facts import ImportReport
from scheduler.core.organisation.readings import SeenColumn, SetAside
from scheduler.documents.headers import HEADINGS
from scheduler.web.page.words import field_name
from scheduler.wording import readings

PREFIX = "a:"
"""How the names of fields begin that hold answers."""
MAX_ANSWERS = 2_000
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

    header: str
    field: str
    choices: list[tuple[str, str, bool]]
    is_kept: bool
    note: str


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
    columns: list[ColumnView]
    kept: int
    aside: list[AsideView]
    aside_left: int


@dataclass(frozen=True, slots=True)
class ReadingView:
    """All of it."""

    questions: list[QuestionView]
    open_count: int
    offers: list[OfferView]
    tables: list[MappingView]
    others: list[AsideView]
    """Sheets and files that are no table of the import."""


def answers() -> dict[str, str]:
    """What was answered on the page: the fields whose names begin with `a:`, those left as they were aside."""
    given = ((key[len(PREFIX) :], value.strip()) for key, value in request.form.items() if key.startswith(PREFIX))
    return {key: value[:200] for key, value in list(given)[:MAX_ANSWERS] if value}


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
    )


def _is_of(row: SetAside, file: str) -> bool:
    return row.row is not None and row.file == file


def _table(
    report: ImportReport, file: str, kind: str, rows: list[SetAside], answered: Mapping[str, str]
) -> MappingView:
    name, _, sheet = file.partition("#")
    columns = [column for column in report.columns if column.file == name and (not sheet or column.sheet == sheet)]
    views = [_column(file, kind, column) for column in columns]
    return MappingView(
        file,
        readings.table(kind, edge.lang()),
        views,
        sum(column.is_kept for column in views),
        [_aside(row, file, answered) for row in rows[:MAX_ASIDE]],
        max(0, len(rows) - MAX_ASIDE),
    )


def _column(file: str, kind: str, column: SeenColumn) -> ColumnView:
    heading = next(heading for heading in HEADINGS if heading.kind == kind)
    chosen = column.taken_for or NOTHING
    choices = [(NOTHING, readings.say_not_imported(edge.lang()), chosen == NOTHING)]
    choices += [(name, field_name(name), name == chosen) for name in heading.words]
    note = readings.read_for(column.read_for, edge.lang()) if column.read_for else ""
    return ColumnView(column.header, f"{PREFIX}column:{file}:{column.header}", choices, chosen != NOTHING, note)


def _aside(row: SetAside, file: str, answered: Mapping[str, str]) -> AsideView:
    can_be_read = bool(file) and row.row is not None and row.why in ("total", "footnote", "title", "skipped")
    key = f"row:{file}:{row.row}"
    field = PREFIX + key if can_be_read else ""
    text = row.text if file else " ".join(filter(None, (row.file, row.sheet, row.text)))
    return AsideView(row.row, text, readings.why(row.why, edge.lang()), field, answered.get(key) == "take")
