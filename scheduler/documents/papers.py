"""A paper before it has a format: lines and tables, in words, to be set as .docx, .xlsx or .pdf."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from scheduler.core.ground.written import NO_TEXT
from scheduler.documents.graphs import Graph

Value = str | int | float | date | None
"""What stands in a square of a table."""


ROWS_OF_A_PAGE = 12
"""So many rows of two lines stand on a page of the smallest kind."""


class PaperFormat(StrEnum):
    """What a paper can be taken along as."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"


class LineKind(StrEnum):
    """What a line is for, which decides how it is set."""

    TITLE = "title"
    ADDRESSEE = "addressee"
    BODY = "body"
    HEADING = "heading"
    """一、…"""
    SIGNATURE = "signature"
    """落款: who, or on which day, at the right."""
    REMARK = "remark"
    """Small, under a title or a table."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paragraph."""

    text: str
    kind: LineKind = LineKind.BODY


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table: heads, rows, and how wide its columns are. A row with fewer squares than columns has its last one widened."""

    name: str
    """What its sheet is called in a workbook."""
    heads: Sequence[str]
    rows: Sequence[Sequence[Value]]
    widths: Sequence[float]
    """In millimetres, as on the paper."""
    centred: frozenset[int] = frozenset()
    """Columns whose squares stand in the middle."""
    least_height: float = 0
    """In millimetres: to write into."""
    heights: Mapping[int, float] = field(default_factory=dict)
    """Of single rows."""
    labels: frozenset[int] = frozenset()
    """Columns that only name what stands beside them."""
    joined: frozenset[int] = frozenset()
    """Columns in which the same word in rows below one another is written once."""

    @property
    def points(self) -> float:
        """How large its words are: 五号, or 小四 where there is something to fill in."""
        return 12.0 if self.labels else 10.5


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """A picture; the table that says the same stands beside it. A workbook has the table alone."""

    graph: Graph
    width: float = 160
    """In millimetres."""


Part = PaperLine | PaperTable | PageBreak | PaperPicture


@dataclass(frozen=True, slots=True)
class Paper:
    """All that a paper says."""

    title: str
    parts: Sequence[Part]
    lang: str
    is_chinese: bool = True
    """Whether it has the form of Chinese offices; else it is plain."""
    is_letter: bool = False
    """Set in the form of official documents (GB/T 9704); else a table with a title."""
    is_landscape: bool = False
    is_a3: bool = False

    @property
    def heading(self) -> str:
        """What it is called: its title, or the first one within it."""
        titles = (part.text for part in self.parts if isinstance(part, PaperLine) and part.kind is LineKind.TITLE)
        return self.title or next(titles, "")


def keeps_with_next(parts: Sequence[Part], place: int) -> bool:
    """Whether a line stands on the page of what follows: a heading, and the end of a text, for nobody signs an empty page."""
    ends = (line for line in parts[place + 1 : place + 3] if isinstance(line, PaperLine))
    part = parts[place]
    return isinstance(part, PaperLine) and (
        part.kind is LineKind.HEADING or any(line.kind is LineKind.SIGNATURE for line in ends)
    )


def shown(value: Value) -> str:
    """A square as it is printed; what no document can hold is left out."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    return NO_TEXT.sub("", value.isoformat() if isinstance(value, date) else str(value))


def runs_of(table: PaperTable, column: int) -> list[tuple[int, int]]:
    """From which row to which the same words stand in a column that joins and in those before it; of others, every row by itself.

    A table that may not fit on one page says them in each row: what is joined over a page's end is not said on the next one.
    """
    if column not in table.joined or len(table.rows) > ROWS_OF_A_PAGE:
        return [(row, row) for row in range(len(table.rows))]
    beside = [other for other in sorted(table.joined) if other <= column]
    runs: list[tuple[int, int]] = []
    for row, squares in enumerate(table.rows):
        is_same = runs and all(squares[other] == table.rows[row - 1][other] for other in beside)
        runs[-1:] = [(runs[-1][0], row)] if is_same else [*runs[-1:], (row, row)]
    return runs
