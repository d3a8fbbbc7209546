"""All files of one import read into facts: first whom and what they bring, then what they say of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import GroupId
from scheduler.core.organisation.facts import Given, RowError, SeenRow, SeenTable, Subject
from scheduler.documents import rules as documents
from scheduler.documents import tables
from scheduler.documents.headers import TableKind
from scheduler.documents.tables import Table
from scheduler.documents.yaml_files import Document, DocumentKind
from scheduler.services.imports.tables import bookings, days, organisation, people, places, programme, study_targets
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine
from scheduler.services.rules import sets as rules


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

    def of(self, *kinds: TableKind) -> list[Table]:
        """The tables of these kinds."""
        return [table for table in self.tables if table.kind in kinds]

    @property
    def organisations(self) -> list[Document]:
        """The files about the organisation itself."""
        return [document for document in self.documents if document.kind is DocumentKind.ORGANISATION]


Reading = Iterable[Given | RowError]


def open_files(uploads: Sequence[Upload]) -> Files:
    """What the files hold; raises Malformed for the first that is no known table and no known YAML file."""
    parts = [part for upload in uploads for part in tables.read(upload.name, upload.data)]
    files = Files([t for t in parts if isinstance(t, Table)], [d for d in parts if isinstance(d, Document)])
    for table in files.tables:
        if table.unknown_columns:
            files.hints.append(Finding("unknown_column", table.file, {"columns": table.unknown_columns}))
    return files


def read(files: Files, directory: Directory) -> tuple[list[Given], list[RowError]]:
    """Every fact that the files give, and everything that is wrong in them."""
    given: list[Given] = []
    errors: list[RowError] = []
    for fact in _facts(files, directory):
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


def _facts(files: Files, directory: Directory) -> Reading:
    """The facts of all files; whoever and whatever may be referred to is met before anything refers to it."""
    _count_on(files, directory)
    units = people.meet_units(_lines(files, TableKind.UNITS, "units", directory), directory)
    rooms = places.meet_rooms(_lines(files, TableKind.ROOMS, "rooms", directory), directory)
    _meet_groups(files, directory)
    roster = people.meet_roster(_lines(files, TableKind.ROSTER, "people", directory), directory)
    yield from people.roster(roster)
    yield from people.units(units)
    yield from places.rooms(rooms)
    for document in files.organisations:
        for part in (organisation.groups, programme.organisation, programme.working_time, programme.campaign):
            yield from part(document, directory)
        _leave_aside(files, document)
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


def _of_tables(files: Files, directory: Directory) -> Reading:
    """The facts of the tables that refer to people and places."""
    odd = files.warnings
    readers: dict[TableKind, Callable[[Table], Reading]] = {
        TableKind.CONTACT_POINTS: lambda table: people.contact_points(table, directory),
        TableKind.OCCURRENCES: lambda table: people.occurrences(table, directory),
        TableKind.EXTERNAL_CONTACTS: lambda table: places.external_contacts(table, directory),
        TableKind.CALENDAR: lambda table: days.calendar(table, directory),
        TableKind.UNAVAILABILITY: lambda table: days.unavailability(table, directory),
        TableKind.EVENTS: lambda table: bookings.events(table, directory, odd),
        TableKind.TALK_LOG: lambda table: bookings.talks(table, directory, odd),
        TableKind.ATTENDANCE: lambda table: bookings.attendance(table, directory),
        TableKind.STUDY_TARGETS: lambda table: study_targets.targets(table, directory),
        TableKind.STUDY_EXEMPTIONS: lambda table: study_targets.exemptions(table, directory),
    }
    for kind, reader in readers.items():
        for table in files.of(kind):
            yield from reader(table)


def _of_rule_files(files: Files, directory: Directory) -> Reading:
    """Rule files are checked; talk rules are applied by a verb of their own, meeting rules say how long one studies."""
    has_campaign = directory.has_campaign or any(document.content.get("activity") for document in files.organisations)
    for document in files.documents:
        if document.kind is DocumentKind.TALK_RULES:
            yield from _checked(document)
        elif document.kind is DocumentKind.MEETING_RULES and has_campaign:
            yield from programme.meeting_rules(document, directory)


def _checked(document: Document) -> Reading:
    """What is wrong with a file of talk rules, if anything."""
    try:
        documents.check(document.plain, rules.shipped())
    except Malformed as error:
        yield RowError(document.file, None, error.field, error.kind, error.details)
    except NotFound as error:
        yield RowError(document.file, None, error.noun, "not_found", {"noun": error.noun, "name": error.name})


def _leave_aside(files: Files, document: Document) -> None:
    """Say which keys of org.yaml nobody reads."""
    read_keys = programme.PARTS
    unknown = [k for k, node in document.content.items() if k not in read_keys and not programme.is_list_of_lists(node)]
    organisation.leave_aside(document, iter(unknown), files.hints)
