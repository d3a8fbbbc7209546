"""Draws the requirements of a report as squares, and puts them into the table and the lists."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from urllib.parse import quote

from flask import url_for

from scheduler import wording
from scheduler.core.coverage.changes import ChangeKind
from scheduler.core.coverage.matrix import (
    Cell,
    Filter,
    Matrix,
    MatrixLayout,
    MatrixRow,
    MatrixSlot,
    Summed,
    by_person,
    matrix,
)
from scheduler.core.coverage.report import CoverageState, RequirementState
from scheduler.core.ground.bookings import Booking, State
from scheduler.core.ground.ids import BookingId, PersonId, RuleId, UnitId
from scheduler.core.rules.events import MASKED
from scheduler.core.rules.requirements import Severity
from scheduler.services.coverage.report import Report
from scheduler.web.coverage import squares
from scheduler.web.coverage.folds import Folds, anchor, word_of
from scheduler.web.coverage.grids import (
    ColumnHead,
    GridHeading,
    PersonList,
    PrintedCell,
    RowGroup,
    RowLine,
    Square,
    SquareGrid,
    Sum,
)
from scheduler.web.page.names import Names
from scheduler.web.page.paging import here, kept_args
from scheduler.web.page.texts import _, pgettext
from scheduler.web.page.words import listed, local
from scheduler.wording.texts import say, within

Talks = dict[BookingId, Booking]
TODO_SHOWN = 10
MAX_LISTED = 400
"""Up to so many squares stand in the lists of the phone; beyond, a list leads to each person's own."""
SIGNS = {
    CoverageState.COVERED: "✓",
    CoverageState.BOOKED: "●",
    CoverageState.AWAITING_CONFIRMATION: "◐",
    CoverageState.OPEN: "○",
}
BACKWARD = (ChangeKind.OPEN, ChangeKind.OVERDUE, ChangeKind.DROPPED)


class Drawing:
    """Draws the requirements of a report, and puts the squares into the table and the lists."""

    def __init__(
        self,
        report: Report,
        names: Names,
        selection: Filter,
        arrangement: MatrixLayout,
        changed: Mapping[str, ChangeKind],
    ) -> None:
        self.report, self.names, self.wanted = report, names, selection
        self.arrangement, self.changed = arrangement, changed
        self.shown = [state for state in report.coverage.requirements if selection.wants(state)]
        self._talks: Talks = {talk.id: talk for talk in report.coverage.talks}
        named = {rule.id: rule.name.text(names.lang) or rule.id for rule in report.spec.rules}
        self._rules = named | {MASKED: wording.label(MASKED, names.lang)}
        self._address = url_for("coverage.square", key="KEY", **kept_args()).partition("KEY")
        self._open, self._awaiting, self._overdue = pgettext("square", "未谈"), pgettext("square", "待确认"), _("逾期")
        self._states = {state: wording.label(state, names.lang) for state in CoverageState}
        self._comma = say(within("list", "，"), names.lang)
        self._said: dict[tuple[RuleId, ...], str] = {}
        self._count = _("已谈 %(covered)s / %(required)s", covered="%(covered)s", required="%(required)s")
        self._slots: dict[str, str] = {}
        self._folds = Folds(arrangement.unfolded, here(unfold=None, square=None))
        self._drawn: dict[int, Square] = {}
        self._laid: Matrix = matrix(self.shown, report.roster, report.coverage.rows, arrangement)

    @property
    def is_folded(self) -> bool:
        """Whether units are summed up, since there are too many people."""
        return self._laid.is_folded

    def square(self, state: RequirementState) -> Square:
        """One requirement, drawn once."""
        square = self._drawn.get(id(state))
        if square is None:
            square = self._drawn[id(state)] = self._square(state)
        return square

    def grid(self) -> SquareGrid:
        """The squares in their places."""
        columns = self._laid.columns
        groups = [
            RowGroup(self._heading(unit, len(rows)), [self._line(row) for row in rows])
            for unit, rows in _by_unit(self._laid.rows)
        ]
        return SquareGrid([self._head(column) for column in columns], self._headings(columns), groups, self.is_folded)

    def lists(self) -> list[PersonList]:
        """The same squares under everybody in whose row they stand."""
        by_bearer = by_person(self.shown)
        is_short = len(self.shown) <= MAX_LISTED
        if self.is_folded:
            singly = {slot.person for slot in (*self._laid.columns, *(row.slot for row in self._laid.rows))}
            by_bearer = {person: required for person, required in by_bearer.items() if person in singly}
        return [
            PersonList(
                self.names.person(person),
                self.names.position(person),
                *self.report.coverage.rows.get(person, (0, 0)),
                here(person=person, square=None, unfold=None),
                [self._seen_from(person, required) for required in by_bearer[person]] if is_short else [],
            )
            for person in self.report.roster.in_rank_order(set(by_bearer))
        ]

    def todo(self) -> tuple[list[Square], int]:
        """What is not covered and has no talk ahead, the most pressing first; and how much more of it there is."""
        states = (CoverageState.OPEN, CoverageState.AWAITING_CONFIRMATION)
        undone = [state for state in self.shown if state.state in states]
        in_order = sorted(undone, key=lambda state: (not state.is_overdue, states.index(state.state)))
        return [self.square(state) for state in in_order[:TODO_SHOWN]], max(0, len(undone) - TODO_SHOWN)

    # ── Rows and columns ─────────────────────────────────────────────────────────────────────────────────────────────
    def _line(self, row: MatrixRow) -> RowLine:
        slot = row.slot
        cells = [self._cell(row, column, cell) for column, cell in zip(self._laid.columns, row.cells, strict=True)]
        if slot.person:
            where = here(person=slot.person, square=None, unfold=None)
            name, position = self.names.person(slot.person), self.names.position(slot.person)
        else:
            where, name, position = self._folds.unfolding(slot) + anchor(slot), self._unit(slot), ""
        return RowLine(name, position, where, cells, row.covered, row.required, is_unit=slot.is_folded)

    def _cell(self, row: MatrixRow, column: MatrixSlot, cell: Cell) -> PrintedCell:
        if cell is None:
            return None
        if not isinstance(cell, Summed):
            return [self.square(state) for state in cell]
        count = self._count % {"covered": cell.covered, "required": cell.required}
        title = f"{self._slot_name(row.slot)} × {self._slot_name(column)}{self._comma}{count}"
        return Sum(self._folds.unfolding(row.slot, column) + anchor(row.slot), cell.covered, cell.required, title)

    def _head(self, column: MatrixSlot) -> ColumnHead:
        """With whom: a name, a unit, or a pool's name and 任一."""
        if column.person:
            return ColumnHead(self.names.person(column.person), "")
        if column.is_folded:
            return ColumnHead(self._unit(column), "", self._folds.unfolding(column))
        name = self.names.group(column.group) if column.group else self._rules[column.rule]
        whole = wording.pool_text(name, column.k, self.names.lang)
        return ColumnHead(name, whole.removeprefix(name).strip(" ,"))

    def _headings(self, columns: Sequence[MatrixSlot]) -> list[GridHeading]:
        """The units over the columns; none where people are not grouped."""
        if not any(column.unit is not None and column.person for column in columns):
            return []
        return [
            self._heading(unit, len(list(some))) or GridHeading("", "", 1, "")
            for unit, some in groupby(columns, key=_unit_over)
        ]

    def _heading(self, unit: UnitId | str | None, span: int) -> GridHeading | None:
        """The head over the rows or columns of a unit's people; None for what stands under no unit."""
        if unit is None:
            return None
        if unit.startswith(ALONE):
            return GridHeading("", "", span, "")
        return GridHeading(
            word_of(UnitId(unit)),
            self._unit_name(UnitId(unit)),
            span,
            self._folds.folding(UnitId(unit)) if self.is_folded else "",
        )

    def _slot_name(self, slot: MatrixSlot) -> str:
        if slot.key not in self._slots:
            head = self._head(slot)
            self._slots[slot.key] = f"{head.name} {head.note}".strip()
        return self._slots[slot.key]

    def _unit(self, slot: MatrixSlot) -> str:
        return self._unit_name(slot.unit or UnitId(""))

    def _unit_name(self, unit: UnitId) -> str:
        return self.names.unit(unit) or _("不属于部门的人员")

    # ── Squares ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def _seen_from(self, person: PersonId, state: RequirementState) -> Square:
        return replace(self.square(state), other=squares.other_side(state.requirement, person, self.names))

    def _square(self, required: RequirementState) -> Square:
        requirement, key = required.requirement, required.requirement.key
        day, change = self.day_of(required), self.changed.get(key)
        rules, state = self._words_of(requirement.rules), self._states[required.state]
        when = wording.day_text(day, self.names.lang) if day else ""
        heading = squares.heading(requirement, self.names)
        late = self._overdue if required.is_overdue else ""
        since = wording.label(change, self.names.lang) if change else ""
        before, _key, after = self._address
        return Square(
            key=key,
            href=f"{before}{quote(key)}{after}",
            state=required.state,
            sign=SIGNS[required.state],
            classes=f"is-{required.state.value}{' overdue' if late else ''}"
            f"{' optional' if requirement.severity is Severity.OPTIONAL else ''}",
            is_overdue=required.is_overdue,
            short=self._short(required, day),
            title=self._comma.join(filter(None, (heading, state, late, when, since, rules))),
            other=heading,
            reason=rules,
            long=when or state,
            change="" if not change else direction(change),
        )

    def _words_of(self, rules: tuple[RuleId, ...]) -> str:
        """The names of some rules in a row; looked up once, since a language is asked for each time."""
        if rules not in self._said:
            self._said[rules] = listed(self._rules[rule] for rule in rules)
        return self._said[rules]

    def _short(self, state: RequirementState, day: date | None) -> str:
        """What fits into a square."""
        if state.requirement.needed > 1:
            return f"{state.have}/{state.requirement.needed}"
        if state.state is CoverageState.AWAITING_CONFIRMATION:
            return self._awaiting
        return f"{day.month}/{day.day}" if day else self._open

    def day_of(self, state: RequirementState) -> date | None:
        """The day that a square shows: of the first talk that was held, or of the one that lies ahead."""
        if state.state is CoverageState.OPEN:
            return None
        talks = [self._talks[talk] for talk in state.talks if talk in self._talks]
        stage = State.HELD if state.state is CoverageState.COVERED else State.BOOKED
        fitting = [talk for talk in talks if talk.state(self.report.coverage.as_of) is stage] or talks
        return local(fitting[0].span.start).date() if fitting else None


def direction(change: ChangeKind) -> str:
    """Whether a change brought something forward (`up`), back (`down`), or is something new."""
    return "new" if change is ChangeKind.REQUIRED else "down" if change in BACKWARD else "up"


ALONE = "\0"
"""Marks a row or column that stands under no unit where others do."""


def _unit_over(slot: MatrixSlot) -> str | None:
    """Under which unit a row or column stands; summed-up units and pools stand alone."""
    if slot.person:
        return slot.unit
    return f"{ALONE}{slot.key}"


def _by_unit(rows: Sequence[MatrixRow]) -> list[tuple[str | None, list[MatrixRow]]]:
    """Rows one after the other, as far as they stand under the same unit; units that are summed up have no head."""
    return [
        (None if unit is None or unit.startswith(ALONE) else unit, list(some))
        for unit, some in groupby(rows, key=lambda row: _unit_over(row.slot))
    ]
