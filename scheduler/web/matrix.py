"""The coverage matrix as it is drawn: which rows, which columns, what stands in each square. Layout only; it decides nothing."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.core.coverage import CoverageState, RequirementState
from scheduler.core.ids import PersonId, RuleId
from scheduler.core.people import Roster
from scheduler.core.requirements import Requirement, Severity


def key_of(requirement: Requirement) -> str:
    """What a square is called in addresses: its people (or its subject and pool), and its period."""
    name = "-".join(requirement.pair or (requirement.subject or "", pool_key(requirement)))
    return f"{name}@{requirement.period.replace('/', '_')}" if requirement.period else name


def pool_key(requirement: Requirement) -> str:
    """A short name for a pool, the same as long as its people and their number are."""
    told = f"{requirement.k}:{','.join(sorted(requirement.pool))}"
    return f"any{requirement.k}-{zlib.crc32(told.encode()):08x}"


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the matrix is wanted; empty: everything but optional talks."""

    rule: RuleId | None = None
    person: PersonId | None = None
    state: CoverageState | None = None
    overdue: bool = False
    period: str = ""
    with_optional: bool = False

    def wants(self, asked: RequirementState) -> bool:
        """Whether a requirement is shown."""
        requirement = asked.requirement
        if requirement.severity is Severity.OPTIONAL and not self.with_optional and self.rule not in requirement.rules:
            return False
        return (
            (self.rule is None or self.rule in requirement.rules)
            and (self.person is None or self.person in (*requirement.bearers, *requirement.pool))
            and (self.state is None or asked.state is self.state)
            and (not self.overdue or asked.is_overdue)
            and (not self.period or requirement.period == self.period)
        )


@dataclass(frozen=True, slots=True)
class Column:
    """With whom: a person, or a pool of people of whom some are met."""

    key: str
    person: PersonId | None
    group: str = ""
    """The group that is the pool; empty if no group is."""
    rule: RuleId = RuleId("")
    """The rule that asks for the pool."""
    k: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """Who, and a cell per column: None where nobody talks with himself or the square stands in another row."""

    person: PersonId
    cells: tuple["tuple[RequirementState, ...] | None", ...]
    covered: int
    required: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The squares in their places."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    shown: int
    """How many requirements stand in it."""


def matrix(
    asked: Iterable[RequirementState], roster: Roster, counts: Mapping[PersonId, tuple[int, int]], wanted: Filter
) -> Matrix:
    """Half a matrix: each pair stands in the row of the one who ranks higher, pools stand in columns at the end."""
    shown = [one for one in asked if wanted.wants(one)]
    by_cell: defaultdict[tuple[PersonId, str], list[RequirementState]] = defaultdict(list)
    columns: dict[str, Column] = {}
    for one in shown:
        column = _column(one.requirement, roster)
        columns.setdefault(column.key, column)
        by_cell[one.requirement.bearers[0], column.key].append(one)
    in_order = _in_order(columns.values(), roster)
    who = roster.in_rank_order({person for person, _key in by_cell})
    rows = tuple(_row(person, who, in_order, by_cell, counts.get(person, (0, 0))) for person in who)
    return Matrix(in_order, rows, len(shown))


def _column(requirement: Requirement, roster: Roster) -> Column:
    """In which column a requirement stands: its other person's, its pool's group's, or (of loose pools) its rule's."""
    if requirement.pair:
        return Column(requirement.pair[1], requirement.pair[1])
    group = pool_name(requirement.pool, requirement.subject, roster)
    key = f"{group or '+'.join(requirement.rules)} {requirement.k}"
    return Column(key, None, group, requirement.rules[0], requirement.k)


def pool_name(pool: Sequence[PersonId], subject: PersonId | None, roster: Roster) -> str:
    """What the people of a pool are called together: a group that they are, with or without the one who asks."""
    members = set(pool)
    for group in sorted(roster.groups.values(), key=lambda g: (g.kind == "tag", g.id)):
        if {*group.members} - {subject} == members:
            return group.id
        if group.committee and {*group.committee} - {subject} == members:
            return f"committee:{group.id}"
    return ""


def _in_order(columns: Iterable[Column], roster: Roster) -> tuple[Column, ...]:
    """People by rank, then pools."""
    return tuple(sorted(columns, key=lambda c: (c.person is None, roster.rank_key(c.person or PersonId("")), c.key)))


def _row(
    person: PersonId,
    who: Sequence[PersonId],
    columns: Sequence[Column],
    by_cell: Mapping[tuple[PersonId, str], list[RequirementState]],
    counts: tuple[int, int],
) -> Row:
    """One row: squares, hatched cells (empty tuples), and blanks (None) for the half that stands elsewhere."""
    place = {other: index for index, other in enumerate(who)}
    cells = tuple(
        tuple(found)
        if (found := by_cell.get((person, column.key)))
        else None
        if column.person is not None and place.get(column.person, len(who)) <= place[person]
        else ()
        for column in columns
    )
    return Row(person, cells, *counts)


def by_person(asked: Iterable[RequirementState], wanted: Filter) -> dict[PersonId, list[RequirementState]]:
    """The same squares as a list: under everybody in whose row a requirement stands."""
    found: defaultdict[PersonId, list[RequirementState]] = defaultdict(list)
    for one in asked:
        if wanted.wants(one):
            for person in one.requirement.bearers:
                found[person].append(one)
    return dict(found)
