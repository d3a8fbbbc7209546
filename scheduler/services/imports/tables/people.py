"""The roster, the units, contact points and occurrences."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.organisation.facts import Given, RowError, Source, Subject
from scheduler.documents.tables import Table
from scheduler.services.imports.tables import words
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine, compact, parts
from scheduler.services.mail.channels import is_address

Read = Iterator[Given | RowError]

_ROSTER: dict[str, tuple[str, Callable[[TableLine, str], object]]] = {
    "name": ("name", lambda line, column: line.name(column, required=True)),
    "gender": ("gender", lambda line, column: words.GENDERS.get(line.text(column).casefold(), line.text(column))),
    "unit": ("unit", lambda line, column: line.directory.unit(line.text(column))),
    "position": ("position", TableLine.text),
    "rank": ("rank", TableLine.number),
    "category": ("category", lambda line, column: words.CATEGORIES.get(line.text(column), line.text(column))),
    "party_status": ("party_status", TableLine.text),
    "branch": ("branch", lambda line, column: line.directory.group(compact(line.text(column)))),
    "group": ("party_group", lambda line, column: compact(line.text(column))),
    "tags": ("tags", lambda line, column: tuple(dict.fromkeys(map(compact, parts(line.text(column)))))),
}
"""Column → field of a person, and how it is read. The manager is read last, when everybody is known."""


def lines(table: Table, directory: Directory) -> Iterator[TableLine]:
    """The rows of a table, ready to be read."""
    return (TableLine(Source(table.file, row.number), row.cells, directory) for row in table.rows)


def meet_roster(rows: Iterable[TableLine], directory: Directory) -> list[tuple[TableLine, PersonId | None]]:
    """Who each row of a roster is, before any other table refers to them; None where it cannot be said.

    By id; without one by name and unit; when the name alone is known, the row is asked about.
    """
    met: list[tuple[TableLine, PersonId | None]] = []
    guessed: defaultdict[str, set[PersonId]] = defaultdict(set)
    for line in rows:
        person_id: PersonId | None = PersonId(line.id("id"))
        name, unit = line.name("name", required=True), directory.unit(line.text("unit"))
        if not person_id and name:
            person_id = _recognised(line, name, unit, guessed[line.source.file])
        if person_id and name:
            directory.meet(person_id, name, unit if line.has("unit") else directory.unit_of.get(person_id, ""))
        met.append((line, person_id or None))
    return met


def _recognised(line: TableLine, name: str, unit: str, guessed: set[PersonId]) -> PersonId | None:
    """Who a row without an id is: somebody known, somebody new, or None because it has to be asked.

    `guessed` are those whom rows of the same file were already taken for.
    """
    directory = line.directory
    namesakes = directory.namesakes(name)
    here = [person for person in namesakes if not line.has("unit") or directory.unit_of.get(person, "") == unit]
    if len(here) == 1 and here[0] not in guessed:
        person_id = here[0]
    elif not namesakes or (not here and guessed.issuperset(namesakes)):
        person_id = PersonId(directory.new_id("p"))
    else:
        line.wrong("name", "same_name_ask", people=tuple(namesakes))
        return None
    guessed.add(person_id)
    return person_id


def roster(met: Iterable[tuple[TableLine, PersonId | None]]) -> Read:
    """The facts about the people of a roster."""
    for line, person_id in met:
        fields = {field: read(line, column) for column, (field, read) in _ROSTER.items() if line.has(column)}
        if line.has("manager"):
            fields["manager"] = line.person("manager")
        address = _address(line) if line.has("email") else None
        line.errors = list(dict.fromkeys(line.errors))
        if person_id or line.errors:
            yield from line.fact(Subject.PERSON, person_id or "", fields)
        if person_id and address is not None and not line.errors:
            yield from line.fact(Subject.MAIL_CONTACT, person_id, {"person": person_id, "address": address})


def _address(line: TableLine) -> str:
    """Where somebody gets mail; empty if nowhere."""
    address = compact(line.text("email"))
    if address and not is_address(address):
        line.wrong("email", "not_an_address")
    return address


def meet_units(rows: Iterable[TableLine], directory: Directory) -> list[tuple[TableLine, UnitId]]:
    """Which unit each row is: by id; without one by name, else a new one."""
    met = []
    for line in rows:
        name = line.text("name", required=True)
        unit_id = UnitId(line.id("id")) or directory.unit(name)
        if unit_id == name and unit_id not in directory.units and not line.id("id"):
            unit_id = UnitId(directory.new_id("D"))
        directory.units[unit_id] = name
        met.append((line, unit_id))
    return met


def units(met: Iterable[tuple[TableLine, UnitId]]) -> Read:
    """The facts about units: names, kind and who holds the posts."""
    for line, unit_id in met:
        fields: dict[str, object] = {"name": line.text("name")}
        if line.has("en"):
            fields["name_en"] = line.text("en")
        if line.has("kind"):
            fields["kind"] = line.word("kind", words.UNIT_KINDS)
        if line.has("in_charge"):
            fields["in_charge"] = line.people("in_charge")
        for post in ("head", "acting_head"):
            if line.has(post):
                fields[post] = line.person(post)
        yield from line.fact(Subject.UNIT, unit_id, fields)


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
        kind = compact(line.text("kind", required=True))
        people, day = line.people("person"), line.day("date", required=True)
        if not people and not line.errors:
            line.wrong("person", "missing")
        if line.errors:
            yield from line.errors
            continue
        for person_id in people:
            fields: Mapping[str, object] = {"kind": kind, "person": person_id, "day": day}
            yield from line.fact(Subject.OCCURRENCE, f"{kind}/{person_id}/{day}", fields)
