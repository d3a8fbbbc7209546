"""The squares of the matrix as they are printed: in the table, and as a list for the phone."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request, url_for

from scheduler import wording
from scheduler.core.bookings import Booking, State
from scheduler.core.coverage import CoverageState, RequirementState
from scheduler.core.ids import BookingId, PersonId
from scheduler.core.requirements import Severity
from scheduler.services.coverage import Report
from scheduler.web import squares
from scheduler.web.matrix import Column, Filter, Matrix, by_person, key_of, matrix
from scheduler.web.names import Names
from scheduler.web.paging import here
from scheduler.web.texts import _, pgettext
from scheduler.web.words import listed, local, told

Talks = dict[BookingId, Booking]
TODO_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Square:
    """One square as it is printed."""

    key: str
    href: str
    state: CoverageState
    is_overdue: bool
    is_optional: bool
    short: str
    """What fits into it: a day, or a short word."""
    title: str
    """All of it in words, for the pointer and for screen readers."""
    other: str = ""
    reason: str = ""
    long: str = ""


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The head of a column."""

    name: str
    note: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row, with its squares in place."""

    name: str
    position: str
    href: str
    cells: list["list[Square] | None"]
    covered: int
    required: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The matrix as it is printed."""

    columns: list[ColumnHead]
    rows: list[RowLine]


@dataclass(frozen=True, slots=True)
class PersonList:
    """Somebody's squares as a list, for the phone."""

    name: str
    position: str
    covered: int
    required: int
    squares: list[Square]


class Drawing:
    """Draws each requirement of a report once, and puts the squares into the table and the lists."""

    def __init__(self, report: Report, names: Names, wanted: Filter) -> None:
        self.report, self.names, self.wanted = report, names, wanted
        self._talks: Talks = {talk.id: talk for talk in report.coverage.talks}
        self._rules = {rule.id: rule.name.text(names.lang) or rule.id for rule in report.spec.rules}
        self._asked = asked_for()
        self._open, self._awaiting, self._overdue = pgettext("square", "未谈"), pgettext("square", "待确认"), _("逾期")
        self._drawn = {id(one): self._square(one) for one in report.coverage.requirements if wanted.wants(one)}

    def grid(self) -> Grid:
        """The squares in their places."""
        laid: Matrix = matrix(
            self.report.coverage.requirements, self.report.roster, self.report.coverage.rows, self.wanted
        )
        rows = [
            RowLine(
                self.names.person(row.person),
                self.names.position(row.person),
                here(person=row.person, square=None),
                [None if cell is None else [self._drawn[id(one)] for one in cell] for cell in row.cells],
                row.covered,
                row.required,
            )
            for row in laid.rows
        ]
        return Grid([self._head(column) for column in laid.columns], rows)

    def lists(self) -> list[PersonList]:
        """The same squares under everybody in whose row they stand."""
        found = by_person(self.report.coverage.requirements, self.wanted)
        return [
            PersonList(
                self.names.person(person),
                self.names.position(person),
                *self.report.coverage.rows.get(person, (0, 0)),
                [self._seen_from(person, one) for one in found[person]],
            )
            for person in self.report.roster.in_rank_order(set(found))
        ]

    def todo(self) -> tuple[list[Square], int]:
        """What is not covered and has no talk ahead, the most pressing first; and how much more of it there is."""
        states = (CoverageState.OPEN, CoverageState.AWAITING_CONFIRMATION)
        found = [one for one in self.report.coverage.requirements if one.state in states and self.wanted.wants(one)]
        in_order = sorted(found, key=lambda one: (not one.is_overdue, states.index(one.state)))
        return [self._drawn[id(one)] for one in in_order[:TODO_SHOWN]], max(0, len(found) - TODO_SHOWN)

    def _head(self, column: Column) -> ColumnHead:
        """With whom: a name, or a pool's name and 任一."""
        if column.person:
            return ColumnHead(self.names.person(column.person), "")
        name = self.names.group(column.group) if column.group else self._rules[column.rule]
        whole = wording.pool_text(name, column.k, self.names.lang)
        return ColumnHead(name, whole.removeprefix(name).strip(" ,"))

    def _seen_from(self, person: PersonId, one: RequirementState) -> Square:
        return replace(self._drawn[id(one)], other=squares.other_side(one.requirement, person, self.names))

    def _square(self, one: RequirementState) -> Square:
        requirement, key, lang = one.requirement, key_of(one.requirement), self.names.lang
        day = self._day(one)
        rules = listed(self._rules[rule] for rule in requirement.rules)
        state, when = wording.label(one.state, lang), wording.day_text(day, lang) if day else ""
        heading = squares.heading(requirement, self.names)
        return Square(
            key=key,
            href=url_for("pages.square", key=key, **self._asked),
            state=one.state,
            is_overdue=one.is_overdue,
            is_optional=requirement.severity is Severity.OPTIONAL,
            short=self._short(one, day),
            title=told((heading, state, self._overdue if one.is_overdue else "", when, rules)),
            other=heading,
            reason=rules,
            long=when or state,
        )

    def _short(self, one: RequirementState, day: date | None) -> str:
        """What fits into a square."""
        if one.requirement.needed > 1:
            return f"{one.have}/{one.requirement.needed}"
        if one.state is CoverageState.AWAITING_CONFIRMATION:
            return self._awaiting
        return f"{day.month}/{day.day}" if day else self._open

    def _day(self, one: RequirementState) -> date | None:
        """The day that a square shows: of the first talk that was held, or of the one that lies ahead."""
        if one.state is CoverageState.OPEN:
            return None
        talks = [self._talks[talk] for talk in one.talks if talk in self._talks]
        wanted = State.HELD if one.state is CoverageState.COVERED else State.BOOKED
        fitting = [talk for talk in talks if talk.state(self.report.coverage.as_of) is wanted] or talks
        return local(fitting[0].span.start).date() if fitting else None


def asked_for() -> dict[str, Any]:
    """What of the address a square's own keeps."""
    return {name: request.args[name] for name in ("rule_set", "as_of") if request.args.get(name)}
