"""All files of one import read into facts: first whom and what they bring, then what they say of it."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import GroupId
from scheduler.core.organisation.facts import Given, RowError, SeenRow, SeenTable, Subject
from scheduler.core.organisation.readings import SetAside
from scheduler.documents import rules as documents
from scheduler.documents import tables
from scheduler.documents.headers import TableKind
from scheduler.documents.tables import Part, Table, UnknownSheet
from scheduler.documents.yaml_files import Document, DocumentKind
from scheduler.services.imports import table_answers
from scheduler.services.imports.desk import Desk
from scheduler.services.imports.table_answers import TableReading
from scheduler.services.imports.tables import (
    batches,
    bookings,
    days,
    frequencies,
    guests,
    identities,
    leaves,
    materials,
    offices,
    opinions,
    organisation,
    people,
    places,
    points,
    programme,
    results,
    rosters,
    study_targets,
    tasks,
    units,
)
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine
from scheduler.services.imports.tables.rosters import RosterNotes
from scheduler.services.rules import sets as rules
from scheduler.store.imports.header_readings import Reading


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sent it."""

    name: str
    data: bytes = field(repr=False)


@dataclass(slots=True)
class Files:
    """The tables and YAML files of one import, and what is said about them besides their facts."""

    tables: list[Table]
    documents: list[Document]
    warnings: list[Finding] = field(default_factory=list)
    """Rooms that nobody knows."""
    hints: list[Finding] = field(default_factory=list)
    """Columns and keys that are left aside."""
    unknown: list[UnknownSheet] = field(default_factory=list)
    """Sheets and files that are no known table, beside others that are."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """What was answered, by the ids of questions and offers."""
    readings: dict[str, TableReading] = field(default_factory=dict)
    """How each table came to be read, by its file."""
    before: dict[str, Table] = field(default_factory=dict)
    """The tables as their words say, by their files."""

    def of(self, *kinds: TableKind) -> list[Table]:
        """The tables of these kinds."""
        return [table for table in self.tables if table.kind in kinds]

    @property
    def organisations(self) -> list[Document]:
        """The files about the organisation itself."""
        return [document for document in self.documents if document.kind is DocumentKind.ORGANISATION]


RowsRead = Iterable[Given | RowError]


def open_files(
    uploads: Sequence[Upload], answers: Mapping[str, str] | None = None, kept: Mapping[str, Reading] | None = None
) -> Files:
    """What the files hold; raises Malformed if one cannot be read, or if none of them is a known table or YAML file.

    `answers` may say what tables and columns are, which rows to skip, and what cells hold (`table_answers`), so that even a table
    whose words nobody knows is one; None: nobody is there to say. `kept`: what was said of headers before, by their digest.
    """
    parts: list[Part] = []
    refused: list[Malformed] = []
    for upload in uploads:
        try:
            parts += tables.read(upload.name, upload.data)
        except Malformed as error:
            if error.kind not in ("unknown_table", "unknown_keys"):
                raise
            refused.append(error)
    if refused and not parts:
        raise refused[0]
    files = Files([t for t in parts if isinstance(t, Table)], [d for d in parts if isinstance(d, Document)])
    files.unknown = [UnknownSheet(e.field, "", _beginning(e), 0) for e in refused]
    files.unknown += [part for part in parts if isinstance(part, UnknownSheet)]
    files.answers = answers or {}
    files.before = {table.file: table for table in files.tables}
    for table in files.tables:
        remembered = (kept or {}).get(table_answers.digest(table))
        files.readings[table.file] = table_answers.applied(table, files.answers, remembered)
    files.tables = [files.readings[table.file].table for table in files.tables]
    if (
        uploads
        and answers is None
        and not files.documents
        and all(table.kind is TableKind.UNKNOWN for table in files.tables)
    ):
        raise tables.unknown(files.tables[0].file, ",".join(files.tables[0].headers))
    for table in files.tables:
        if table.unknown_columns and table.is_read:
            files.hints.append(Finding("unknown_column", table.file, {"columns": table.unknown_columns}))
    return files


def _beginning(error: Malformed) -> str:
    """What stands first in a file that nobody knows."""
    keys = error.details.get("keys")
    return "、".join(keys) if isinstance(keys, tuple) else str(error.details.get("header", ""))


def read(files: Files, directory: Directory) -> tuple[list[Given], list[RowError]]:
    """Every fact that the files give, and everything that is wrong in them."""
    given: list[Given] = []
    errors: list[RowError] = []
    directory.desk = Desk(files.answers)
    notes = RosterNotes()
    files = dataclasses.replace(files, tables=rosters.each(_read_ones(files, directory.desk), directory.desk, notes))
    errors += [error for reading in files.readings.values() for error in reading.errors]
    for fact in _facts(files, directory, notes):
        if isinstance(fact, Given):
            given.append(fact)
        else:
            errors.append(fact)
    return given, errors


def seen(files: Files, given: Iterable[Given]) -> tuple[SeenTable, ...]:
    """The tables as they were read, each row with the facts that it gave."""
    facts: defaultdict[tuple[str, int | None], list[tuple[Subject, str]]] = defaultdict(list)
    for fact in given:
        facts[fact.source.file, fact.source.row].append((fact.subject, fact.key))
    return tuple(
        SeenTable(
            table.file,
            table.kind.value,
            table.columns,
            table.headings,
            tuple(SeenRow(row.number, row.cells, tuple(facts.get((table.file, row.number), ()))) for row in table.rows),
        )
        for table in files.tables
    )


def _read_ones(files: Files, desk: Desk) -> list[Table]:
    """The tables that are read; of all others it is said that they are set aside, and of every column what it was taken for."""
    tables_read = []
    for sheet in files.unknown:
        if sheet.is_hidden:
            desk.set_aside.append(SetAside(sheet.file, sheet.sheet, None, sheet.text, "sheet_hidden"))
            continue
        desk.set_aside.append(SetAside(sheet.file, sheet.sheet, None, sheet.text, "table_unknown"))
        desk.tell("table_unknown", sheet.file, sheet=sheet.sheet, text=sheet.text)
    for table in files.tables:
        if table.kind is TableKind.UNKNOWN:
            desk.columns += table_answers.columns(table, table, is_remembered=False)
        if table_answers.is_left_aside(table, desk):
            continue
        reading = files.readings[table.file]
        if reading.is_remembered:
            desk.tell("columns_remembered", table.file)
        desk.columns += table_answers.columns(table, files.before[table.file], is_remembered=reading.is_remembered)
        desk.set_aside += [SetAside(table.file, table.sheet, row.number, row.text, row.why) for row in table.aside]
        if rows := tuple(row.number for row in table.rows if row.number in table.hidden):
            desk.tell("rows_hidden", table.file, rows=rows)
        tables_read.append(table)
    return tables_read


def _facts(files: Files, directory: Directory, notes: RosterNotes) -> RowsRead:
    """The facts of all files; whoever and whatever may be referred to is met before anything refers to it."""
    _count_on(files, directory)
    said = units.meet_units(_lines(files, TableKind.UNITS, "units", directory), directory)
    rooms = places.meet_rooms(_lines(files, TableKind.ROOMS, "rooms", directory), directory)
    _meet_groups(files, directory)
    units.meet_branches(files.of(TableKind.BRANCHES), directory)
    of_rosters = offices.meet_units(files.of(TableKind.ROSTER), directory)
    roster = identities.meet(_lines(files, TableKind.ROSTER, "people", directory), directory)
    identities.tell_totals(files.of(TableKind.ROSTER), roster, directory)
    yield from people.roster(roster)
    heads = {unit_id for line, unit_id in said if line.has("head") or line.has("acting_head")}
    yield from offices.Office(roster, of_rosters, notes, directory).facts(heads, units.are_vacant(said))
    yield from units.units(said)
    yield from places.rooms(rooms)
    programme.meet_campaigns(files.organisations, directory)
    for document in files.organisations:
        for part in (organisation.groups, programme.organisation, programme.working_time, programme.campaign):
            yield from part(document, directory)
        organisation.leave_aside(document, programme.unread(document), files.hints)
    yield from units.division(files.of(TableKind.DIVISION), directory)
    yield from units.branches(files.of(TableKind.BRANCHES), directory)
    yield from _of_tables(files, directory)
    yield from _of_rule_files(files, directory)


def _lines(files: Files, kind: TableKind, part: str, directory: Directory) -> list[TableLine]:
    """The rows about one noun: from tables of a kind and from a part of org.yaml."""
    rows = [line for table in files.of(kind) for line in people.lines(table, directory)]
    return rows + [
        line for document in files.organisations for line in organisation.lines(document, part, directory, files.hints)
    ]


def _count_on(files: Files, directory: Directory) -> None:
    """Let new ids count on after those that any file gives."""
    given = (row.cells.get("id", "") for table in files.tables for row in table.rows)
    directory.count_on_from(given)
    for document in files.organisations:
        for part in ("people", "rooms", "units"):
            entries = organisation.as_list(document.content.get(part, []))
            directory.count_on_from(str(entry.get("id", "")) for entry in entries if isinstance(entry, dict))


def _meet_groups(files: Files, directory: Directory) -> None:
    """Take note of branches by name, so that a roster may name them."""
    for document in files.organisations:
        groups = organisation.as_mapping(document.content.get("groups", {}))
        for key, node in organisation.as_mapping(groups.get("branches", {})).items():
            directory.groups[GroupId(key)] = str(organisation.as_mapping(node).get("name") or key)


def _of_tables(files: Files, directory: Directory) -> RowsRead:
    """The facts of the tables that refer to people and places."""
    odd = files.warnings
    readers: dict[TableKind, Callable[[Table], RowsRead]] = {
        TableKind.CONTACT_POINTS: lambda table: people.contact_points(table, directory),
        TableKind.OCCURRENCES: lambda table: people.occurrences(table, directory),
        TableKind.EXTERNAL_CONTACTS: lambda table: places.external_contacts(table, directory),
        TableKind.CALENDAR: lambda table: days.calendar(table, directory),
        TableKind.STUDY_TARGETS: lambda table: study_targets.targets(table, directory),
        TableKind.STUDY_EXEMPTIONS: lambda table: study_targets.exemptions(table, directory),
        TableKind.LEAVES: lambda table: leaves.leaves(table, directory),
        TableKind.UNAVAILABILITY: lambda table: days.unavailability(table, directory),
        TableKind.EVENTS: lambda table: bookings.events(table, directory, odd),
        TableKind.VISITS: lambda table: bookings.events(table, directory, odd),
        TableKind.TALK_LOG: lambda table: bookings.talks(table, directory, odd),
        TableKind.ATTENDANCE: lambda table: bookings.attendance(table, directory),
        TableKind.GUESTS: lambda table: guests.guests(table, directory),
        TableKind.OUTSIDE_CONTACT_POINTS: lambda table: points.points(table, directory),
        TableKind.TASKS: lambda table: tasks.tasks(table, directory),
        TableKind.MATERIALS: lambda table: materials.materials(table, directory),
        TableKind.OPINIONS: lambda table: opinions.requests(table, directory),
        TableKind.OPINION_TALLY: lambda table: opinions.tally(table, directory),
        TableKind.BATCHES: lambda table: batches.batches(table, directory),
        TableKind.BATCH_PEOPLE: lambda table: batches.people(table, directory),
        TableKind.MEETING_RESULTS: lambda table: results.results(table, directory),
        TableKind.FREQUENCY_RULES: lambda table: frequencies.rules(table, directory),
    }
    for kind, reader in readers.items():
        for table in files.of(kind):
            yield from reader(table)


def _of_rule_files(files: Files, directory: Directory) -> RowsRead:
    """Rule files are checked; talk rules are applied by a verb of their own, meeting rules say how long one studies."""
    for document in files.documents:
        if document.kind is DocumentKind.TALK_RULES:
            yield from _checked(document)
        elif document.kind is DocumentKind.MEETING_RULES and directory.usual_campaign:
            yield from programme.meeting_rules(document, directory)


def _checked(document: Document) -> RowsRead:
    """What is wrong with a file of talk rules, if anything."""
    try:
        documents.check(document.plain, rules.shipped())
    except Malformed as error:
        yield RowError(document.file, None, error.field, error.kind, error.details)
    except NotFound as error:
        yield RowError(document.file, None, error.noun, "not_found", {"noun": error.noun, "name": error.name})
