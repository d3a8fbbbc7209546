"""The squares of the matrix as they are printed: in the table, and as a list for the phone."""

from dataclasses import dataclass

from scheduler.core.coverage.report import CoverageState


@dataclass(frozen=True, slots=True)
class Square:
    """One square as it is printed."""

    key: str
    href: str
    state: CoverageState
    sign: str
    classes: str
    """How it looks, in the words of the style sheet."""
    is_overdue: bool
    short: str
    """What fits into it: a day, or a short word."""
    title: str
    """All of it in words, for the pointer and for screen readers."""
    other: str = ""
    reason: str = ""
    long: str = ""
    change: str = ""
    """What became of it since the day it is compared with: `up`, `down` or `new`; empty: nothing."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The squares of a unit summed up: how many are covered; the address unfolds them."""

    href: str
    covered: int
    required: int
    title: str

    @property
    def level(self) -> str:
        """`all`, `some` or `none`."""
        return "all" if self.covered == self.required else "some" if self.covered else "none"


PrintedCell = list[Square] | Sum | None


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The head of a column; a unit that is summed up has an address that unfolds it."""

    name: str
    note: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class GridHeading:
    """A unit over the columns or rows of its people; its address folds it up again, where units can be folded."""

    key: str
    name: str
    span: int
    href: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row, with its squares in place."""

    name: str
    position: str
    href: str
    cells: list[PrintedCell]
    covered: int
    required: int
    is_unit: bool = False


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows under the name of their unit; without one where people are not grouped."""

    heading: GridHeading | None
    rows: list[RowLine]


@dataclass(frozen=True, slots=True)
class SquareGrid:
    """The matrix as it is printed."""

    columns: list[ColumnHead]
    headings: list[GridHeading]
    """Over the columns, unit by unit; empty where people are not grouped."""
    groups: list[RowGroup]
    is_folded: bool

    @property
    def rows(self) -> list[RowLine]:
        """All rows, from top to bottom."""
        return [row for group in self.groups for row in group.rows]


@dataclass(frozen=True, slots=True)
class PersonList:
    """Somebody's squares as a list, for the phone; without squares, its address leads to them."""

    name: str
    position: str
    covered: int
    required: int
    href: str
    squares: list[Square]
