"""Facts as files give them: merged over all files of one import, held against what stands, counted."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import GroupId
from scheduler.core.organisation.readings import Offer, OpenQuestion, SeenColumn, SetAside


class Subject(StrEnum):
    """What a fact is about; together with its key it is one fact, however many files say it."""

    ORGANISATION = "organisation"
    WORKING_TIME = "working_time"
    CAMPAIGN = "campaign"
    PERSON = "person"
    MAIL_CONTACT = "mail_contact"
    """Where somebody gets mail; no part of what is known of people, because nobody else is shown it."""
    UNIT = "unit"
    GROUP = "group"
    ROOM = "room"
    EXTERNAL_CONTACT = "external_contact"
    CONTACT_POINT = "contact_point"
    ABSENCE = "absence"
    WORKDAY = "workday"
    OCCURRENCE = "occurrence"
    BOOKING = "booking"
    ATTENDANCE = "attendance"
    GUEST = "guest"
    STUDY_TARGET = "study_target"
    STUDY_EXEMPTION = "study_exemption"
    TASK = "task"
    MATERIAL = "material"
    MATERIAL_STEP = "material_step"
    OPINION = "opinion"
    OPINION_TALLY = "opinion_tally"
    BATCH = "batch"
    BATCH_PERSON = "batch_person"
    MEETING_RESULT = "meeting_result"
    FREQUENCY_RULE = "frequency_rule"
    VISIT = "visit"
    OUTSIDE_POINT = "outside_point"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read: the file, and the row as a spreadsheet counts (None: a YAML file)."""

    file: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """One fact as a file gives it: only the fields that the file has; an absent column says nothing."""

    subject: Subject
    key: str
    fields: Mapping[str, object]
    source: Source


@dataclass(frozen=True, slots=True)
class RowError:
    """Why something in a file cannot be imported: `kind` is a key of `wording`, `details` what its sentence needs."""

    file: str
    row: int | None
    field: str
    kind: str
    details: Mapping[str, object] = dataclasses.field(default_factory=dict, hash=False)


class Became(StrEnum):
    """What an import made of a fact."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one fact."""

    subject: Subject
    key: str
    became: Became
    fields: tuple[FieldChange, ...] = ()
    """What differs; empty for new ones."""


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A row of a table as it was read, and the facts that it gave."""

    number: int
    cells: Mapping[str, str]
    facts: tuple[tuple[Subject, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SeenTable:
    """A table as it was read: by the names of its columns, and as they are called in the file."""

    file: str
    kind: str
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[SeenRow, ...] = dataclasses.field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    people: int = 0
    """What the database holds afterwards; so are units, rooms and the members of branches."""
    units: int = 0
    rooms: int = 0
    branches: Mapping[GroupId, int] = dataclasses.field(default_factory=dict)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    warnings: tuple[Finding, ...] = ()
    """Of the organisation: `in_charge_is_head head_vacant room_unknown same_name`, each once."""
    hints: tuple[Finding, ...] = ()
    """Columns and keys that were left aside, audiences that name nobody yet."""
    errors: tuple[RowError, ...] = ()
    """If there are any, nothing was imported."""
    changes: tuple[Change, ...] = ()
    """What was created and what was updated."""
    tables: tuple[SeenTable, ...] = ()
    """The tables as they were read, to be shown beside what came of them."""
    columns: tuple[SeenColumn, ...] = ()
    """Every column of every table, and what it was taken for."""
    set_aside: tuple[SetAside, ...] = ()
    """Rows, sheets and files that give no fact."""
    told: tuple[Finding, ...] = ()
    """What is said of the reading and needs no answer."""
    id: int | None = None
    """By which it can be taken back; None if it changed nothing, or was a preview."""
    questions: tuple[OpenQuestion, ...] = ()
    offers: tuple[Offer, ...] = ()


def merge(facts: Iterable[Given]) -> tuple[list[Given], list[RowError]]:
    """Each fact once, with the fields of all files together; where two disagree, an error names both."""
    merged: dict[tuple[Subject, str], Given] = {}
    errors: list[RowError] = []
    for fact in facts:
        first = merged.setdefault((fact.subject, fact.key), fact)
        if first is fact:
            continue
        errors += contradictions(first, fact)
        if not first.fields.keys() >= fact.fields.keys():
            merged[fact.subject, fact.key] = Given(
                fact.subject, fact.key, {**fact.fields, **first.fields}, first.source
            )
    return list(merged.values()), errors


def contradictions(first: Given, second: Given) -> list[RowError]:
    """Where two readings of one fact disagree: in one file it is an id used twice, in two files a contradiction."""
    kind = "duplicate_id" if first.source.file == second.source.file else "contradiction"
    return [
        RowError(
            second.source.file,
            second.source.row,
            name,
            kind,
            {
                "key": second.key,
                "file": first.source.file,
                "row": first.source.row,
                "before": first.fields[name],
                "after": after,
            },
        )
        for name, after in second.fields.items()
        if name in first.fields and not is_same(first.fields[name], after)
    ]


def differences(existing: Mapping[str, object], given: Mapping[str, object]) -> tuple[FieldChange, ...]:
    """The fields in which a given fact differs from what stands."""
    return tuple(
        FieldChange(name, existing.get(name), after)
        for name, after in given.items()
        if name not in existing or not is_same(existing[name], after)
    )


def is_same(left: object, right: object) -> bool:
    """Whether two values say the same; the order of a list says nothing."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return left == right or (len(left) == len(right) and set(left) == set(right))
    return left == right


def changed(subject: Subject, key: str, existing: Mapping[str, object] | None, given: Mapping[str, object]) -> Change:
    """What became of a fact, held against what stands (None: it was not known)."""
    if existing is None:
        return Change(subject, key, Became.CREATED)
    fields = differences(existing, given)
    return Change(subject, key, Became.UPDATED if fields else Became.UNCHANGED, fields)
