"""The coverage matrix as it is laid out: which rows, which columns, what stands in each square. Layout only; it decides nothing.

Few people stand one by one. Of many, only those stand one by one whose unit is unfolded; the others are summed up as units.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduler.core.coverage.report import CoverageState, RequirementState, Tally
from scheduler.core.ground.ids import PersonId, RuleId, UnitId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.person_orders import PersonOrder, key_of_order, unit_of, unit_places
from scheduler.core.rules.requirements import Requirement, Severity

MAX_PEOPLE = 220
"""Up to so many rows and columns stand one by one; beyond, people are summed up by unit."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the matrix is wanted; empty: everything but optional talks."""

    rule: RuleId | None = None
    person: PersonId | None = None
    state: CoverageState | None = None
    overdue: bool = False
    period: str = ""
    with_optional: bool = False

    def wants(self, required: RequirementState) -> bool:
        """Whether a requirement is shown."""
        requirement = required.requirement
        if requirement.severity is Severity.OPTIONAL and not self.with_optional and self.rule not in requirement.rules:
            return False
        return (
            (self.rule is None or self.rule in requirement.rules)
            and (self.person is None or self.person in (*requirement.bearers, *requirement.pool))
            and (self.state is None or required.state is self.state)
            and (not self.overdue or required.is_overdue)
            and (not self.period or requirement.period == self.period)
        )


@dataclass(frozen=True, slots=True)
class MatrixSlot:
    """What a row or a column stands for: a person, a unit with all its people, or (columns only) a pool of whom some are met."""

    key: str
    person: PersonId | None = None
    unit: UnitId | None = None
    """The unit that is summed up, or under which the person stands; None where units play no part."""
    group: str = ""
    """The group that is the pool; empty if no group is."""
    rule: RuleId = RuleId("")
    """The rule that asks for the pool."""
    k: int = 1

    @property
    def is_pool(self) -> bool:
        """Whether it is a pool."""
        return bool(self.rule)

    @property
    def is_folded(self) -> bool:
        """Whether it is a unit summed up."""
        return self.person is None and not self.is_pool


@dataclass(frozen=True, slots=True)
class Summed:
    """The squares of a unit summed up."""

    covered: int
    required: int


Cell = tuple[RequirementState, ...] | Summed | None
"""Squares, or (where a unit is summed up) how many there are; nothing where they stand in another row."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """Who, and a cell per column: None where nobody talks with himself or the square stands in another row."""

    slot: MatrixSlot
    cells: tuple[Cell, ...]
    covered: int
    required: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The squares in their places."""

    columns: tuple[MatrixSlot, ...]
    rows: tuple[MatrixRow, ...]
    shown: int
    """How many requirements stand in it."""
    is_folded: bool
    """Whether there are too many people to stand one by one."""


@dataclass(frozen=True, slots=True)
class MatrixLayout:
    """How the matrix is to be laid out."""

    order: PersonOrder = PersonOrder.RANK
    unfolded: frozenset[UnitId] = frozenset()
    """Of many people, the units whose people stand one by one."""
    most: int = MAX_PEOPLE
    strokes: Mapping[str, str] = field(default_factory=dict)
    """What the office has set of the strokes of characters."""


def matrix(
    shown: Sequence[RequirementState],
    roster: Roster,
    counts: Mapping[PersonId, Tally],
    arrangement: MatrixLayout = MatrixLayout(),
) -> Matrix:
    """Half a matrix: each pair stands in one of its two rows, pools stand in columns at the end.

    In the rows stand those who rank higher in some pair. Two of them stand in the row of the one who comes first in the
    order; whoever ranks lower in every pair has a column only.
    """
    leading = {state.requirement.bearers[0] for state in shown}
    others = {state.requirement.pair[1] for state in shown if state.requirement.pair}
    is_folded = len(leading) + len(others) > arrangement.most
    order = PersonOrder.UNIT if is_folded else arrangement.order
    units = unit_places(roster) if is_folded else {}
    unfolded = arrangement.unfolded if is_folded else None
    laying = _Laying(roster, leading, key_of_order(order, roster, arrangement.strokes), order, unfolded, units)
    return laying.matrix(shown, counts)


def pool_name(pool: Sequence[PersonId], subject: PersonId | None, roster: Roster) -> str:
    """What the people of a pool are called together: a group that they are, with or without the one who asks."""
    named, members = roster.selectors_by_people, frozenset(pool)
    alike = (members, members | {subject}) if subject else (members,)
    return min((named[people] for people in alike if people in named), default=(0, ""))[1]


def by_person(shown: Iterable[RequirementState]) -> dict[PersonId, list[RequirementState]]:
    """The same squares as a list: under everybody in whose row a requirement stands."""
    by_bearer: defaultdict[PersonId, list[RequirementState]] = defaultdict(list)
    for state in shown:
        for person in state.requirement.bearers:
            by_bearer[person].append(state)
    return dict(by_bearer)


# ── Laying out ───────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class _Laying:
    """Puts requirements into rows and columns."""

    roster: Roster
    leading: Collection[PersonId]
    """Those who may have a row."""
    key: Callable[[PersonId], Any]
    order: PersonOrder
    unfolded: frozenset[UnitId] | None
    """None: everybody stands one by one."""
    units: Mapping[UnitId, int] = field(default_factory=dict)
    """Where each unit stands; empty where everybody stands one by one."""

    def matrix(self, shown: Sequence[RequirementState], counts: Mapping[PersonId, Tally]) -> Matrix:
        cells: defaultdict[tuple[str, str], list[RequirementState]] = defaultdict(list)
        rows: dict[str, MatrixSlot] = {}
        columns: dict[str, MatrixSlot] = {}
        slots: dict[PersonId, MatrixSlot] = {}
        for state in shown:
            first, second = self._sides(state.requirement)
            row = slots.get(first) or slots.setdefault(first, self._slot(first))
            if second is None:
                column = self._pool(state.requirement)
            else:
                column = slots.get(second) or slots.setdefault(second, self._slot(second))
            rows[row.key], columns[column.key] = row, column
            cells[row.key, column.key].append(state)
        in_rows, in_columns = self._sorted(rows.values()), self._sorted(columns.values())
        place = {slot.key: index for index, slot in enumerate(self._sorted({**columns, **rows}.values()))}
        laid = tuple(self._row(slot, in_columns, place, rows, cells, counts) for slot in in_rows)
        return Matrix(in_columns, laid, len(shown), self.unfolded is not None)

    def _sides(self, requirement: Requirement) -> tuple[PersonId, PersonId | None]:
        """In whose row it stands, and in whose column."""
        if requirement.pair is None:
            return requirement.bearers[0], None
        first, second = requirement.pair
        if second in self.leading and self.key(second) < self.key(first):
            return second, first
        return first, second

    def _slot(self, person: PersonId) -> MatrixSlot:
        """Somebody's row or column: the own one, or that of the unit."""
        if self.unfolded is None and self.order is not PersonOrder.UNIT:
            return MatrixSlot(person, person)
        unit = unit_of(person, self.roster)
        if self.unfolded is None or unit in self.unfolded:
            return MatrixSlot(person, person, unit)
        return MatrixSlot(f"unit {unit}", None, unit)

    def _pool(self, requirement: Requirement) -> MatrixSlot:
        """A pool's column: its group's, or (of loose pools) its rule's."""
        group = pool_name(requirement.pool, requirement.subject, self.roster)
        key = f"{group or '+'.join(requirement.rules)} {requirement.k}"
        return MatrixSlot(key, group=group, rule=requirement.rules[0], k=requirement.k)

    def _sorted(self, slots: Iterable[MatrixSlot]) -> tuple[MatrixSlot, ...]:
        """People and units in their order, then pools."""
        return tuple(sorted(slots, key=self._place))

    def _place(self, slot: MatrixSlot) -> Any:
        if slot.is_pool:
            return (1, slot.key)
        if self.unfolded is None:
            return (0, self.key(slot.person or PersonId("")))
        return (0, self.units.get(slot.unit or UnitId(""), 0), () if slot.person is None else self.key(slot.person))

    def _row(
        self,
        slot: MatrixSlot,
        columns: Sequence[MatrixSlot],
        place: Mapping[str, int],
        rows: Mapping[str, MatrixSlot],
        cells: Mapping[tuple[str, str], list[RequirementState]],
        counts: Mapping[PersonId, Tally],
    ) -> MatrixRow:
        """One row: squares, hatched cells (empty tuples), and blanks (None) for the half that stands elsewhere."""

        def cell(column: MatrixSlot) -> Cell:
            states = cells.get((slot.key, column.key))
            if states:
                return summed(states) if slot.is_folded or column.is_folded else tuple(states)
            stands_elsewhere = column.key in rows and place[column.key] <= place[slot.key]
            return None if stands_elsewhere else ()

        laid = tuple(map(cell, columns))
        if slot.person:
            return MatrixRow(slot, laid, *counts.get(slot.person, (0, 0)))
        everything = [state for column in columns for state in cells.get((slot.key, column.key), ())]
        whole = summed(everything)
        return MatrixRow(slot, laid, whole.covered, whole.required)


def summed(required: Iterable[RequirementState]) -> Summed:
    """How many are covered, of how many."""
    states = [state.state is CoverageState.COVERED for state in required]
    return Summed(sum(states), len(states))
