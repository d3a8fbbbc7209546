"""The roster, contact points and occurrences."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from scheduler.core.campaigns.occurrences import kind_meant
from scheduler.core.ground.grouping import grouped
from scheduler.core.organisation.facts import Given, RowError, Source, Subject
from scheduler.documents.headers import TableKind, is_our_id
from scheduler.documents.tables import Table
from scheduler.services.imports.tables import words
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.identities import RosterRow
from scheduler.services.imports.tables.line import TableLine, compact, parts
from scheduler.services.mail.channels import is_address
from scheduler.services.organisation.occurrences import in_order

Read = Iterator[Given | RowError]
OFFICE_TABLES = frozenset(
    {TableKind.ROSTER, TableKind.UNITS, TableKind.DIVISION, TableKind.BRANCHES, TableKind.ROOMS, TableKind.LEAVES}
)
"""Tables as offices keep them, when they have no ids of ours."""

_ROSTER: dict[str, tuple[str, Callable[[TableLine, str], object]]] = {
    "name": ("name", lambda line, column: line.name(column, required=True)),
    "gender": ("gender", lambda line, column: words.GENDERS.get(line.text(column).casefold(), line.text(column))),
    "unit": ("unit", lambda line, column: line.directory.unit(line.text(column))),
    "position": ("position", TableLine.text),
    "rank": ("rank", TableLine.number),
    "grade": ("grade", TableLine.text),
    "category": ("category", TableLine.text),
    "party_status": ("party_status", TableLine.text),
    "branch": ("branch", lambda line, column: line.directory.group(compact(line.text(column)))),
    "group": ("party_group", lambda line, column: compact(line.text(column))),
    "tags": ("tags", lambda line, column: tuple(dict.fromkeys(map(compact, parts(line.text(column)))))),
}
"""Column → field of a person, and how it is read. The manager is read last, when everybody is known."""


def lines(table: Table, directory: Directory) -> Iterator[TableLine]:
    """The rows of a table, ready to be read."""
    is_office = table.kind in OFFICE_TABLES and not _has_our_ids(table)
    for row in table.rows:
        line = TableLine(Source(table.file, row.number), row.cells, directory)
        line.marks, line.is_office, line.title = row.marks, is_office, table.title
        yield line


def _has_our_ids(table: Table) -> bool:
    """Whether rows come with ids of ours; the staff numbers of a roster (工号) are none, though they are kept as such."""
    if "id" not in table.columns:
        return False
    return table.kind is not TableKind.ROSTER or is_our_id(table.headings[table.columns.index("id")])


def roster(rows: Iterable[RosterRow]) -> Read:
    """The facts about the people of a roster; a row that is somebody's second one, or waits for an answer, gives none."""
    rows = list(rows)
    categories = _categories(rows)
    for row in rows:
        line, person_id = row.line, row.person
        if row.is_further or (person_id is None and not line.errors):
            yield from line.errors
            continue
        fields = {field: read(line, column) for column, (field, read) in _ROSTER.items() if line.has(column)}
        if (category := categories.get(line.cells.get("category", ""), "")) is None:
            del fields["category"]
        elif category:
            fields["category"] = category
        if line.has("manager"):
            fields["manager"] = line.person("manager")
        address = _address(line) if line.has("email") else None
        line.errors = list(dict.fromkeys(line.errors))
        if person_id or line.errors:
            yield from line.fact(Subject.PERSON, person_id or "", fields)
        if person_id and address is not None and not line.errors:
            yield from line.fact(Subject.MAIL_CONTACT, person_id, {"person": person_id, "address": address})


def _categories(rows: Iterable[RosterRow]) -> dict[str, str | None]:
    """What each word of the column of categories is kept as; None: it waits for an answer, whether it counts as staff.

    In a table with ids of ours a word that is none of them is kept as it stands, and told.
    """
    kept: dict[str, str | None] = {}
    for word, several in grouped((row.line.cells.get("category", ""), row) for row in rows).items():
        kept[word] = words.meaning(word, words.CATEGORIES) or word
        if not word or kept[word] in words.OUR_CATEGORIES:
            continue
        line, desk = several[0].line, several[0].line.directory.desk
        if line.is_office:
            names = tuple(dict.fromkeys(row.name for row in several))
            about = ("staff_class", word)
            answer = desk.ask(about, ("staff", "not_staff"), None, several[0].at, word=word, names=names)
            kept[word] = {"staff": "staff", "not_staff": word}.get(answer or "")
        else:
            desk.tell("category_unknown", word, count=len(several), file=line.source.file)
    return kept


def _address(line: TableLine) -> str:
    """Where somebody gets mail; empty if nowhere."""
    address = compact(line.text("email"))
    if address and not is_address(address):
        line.wrong("email", "not_an_address")
    return address


def contact_points(table: Table, directory: Directory) -> Read:
    """Which unit is whose contact point (联系点)."""
    for line in lines(table, directory):
        person_id, unit_id = line.person("person"), directory.unit(line.text("unit", required=True))
        if person_id is None and not line.errors:
            line.wrong("person", "missing")
        if unit_id and unit_id not in directory.units:
            line.wrong("unit", "unknown_unit")
        yield from line.fact(Subject.CONTACT_POINT, f"{person_id}/{unit_id}", {"person": person_id, "unit": unit_id})


def occurrences(table: Table, directory: Directory) -> Read:
    """What befell people (情形)."""
    for line in lines(table, directory):
        text = line.text("kind", required=True)
        kind = kind_meant(text, directory.occurrence_kinds)
        if text and kind is None:
            line.wrong("kind", "unknown_occurrence", kinds=tuple(in_order(set(directory.occurrence_kinds.values()))))
        people, day = line.people("person"), line.day("date", required=True)
        if not people and not line.errors:
            line.wrong("person", "missing")
        if line.errors:
            yield from line.errors
            continue
        for person_id in people:
            fields: Mapping[str, object] = {"kind": kind, "person": person_id, "day": day}
            yield from line.fact(Subject.OCCURRENCE, f"{kind}/{person_id}/{day}", fields)
