"""Rows of cells → the tables among them: below titles, under heads of several levels, side by side, one below the other."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from scheduler.documents.headers import KNOWN, Columns, TableKind, every_fit, is_word

HEADER_DEPTH = 15
"""A title, a date and the like may stand above the header."""
HEADER_LEVELS = 3
MAX_TEXT, MAX_HEADER = 80, 20
COUNTED = frozenset({TableKind.ROSTER, TableKind.UNITS, TableKind.ROOMS, TableKind.BRANCHES})
"""Tables whose rows offices number."""

Cells = Sequence[str]

_TOTAL = re.compile(
    r"(合计|总计|小计|共计|总数|累计|(总|实到|实有|在编|在岗|在职)人数|人数|headcount|total|subtotal|grand total|sum)\b.*|[总合]?共\d+(人|名|个|间).*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\d\s.,:/年月日%+-]+")
_FOOTNOTE = re.compile(
    r"(备注|注|说明|附注|填表说明|注意|制表|制表人|审核|审核人|填表人|填报人|填报单位|填报日期|负责人签字|签字|单位负责人|"
    r"notes?|remarks?|source|prepared by|approved by|exported|generated|printed|confidential|page)\s*([:：–—-].*|\d.*)|"
    r"第\s*\d+\s*页.*",
    re.IGNORECASE,
)
_MARK = re.compile(r"[*※★▲#]\s*\S.*|注\s*\d.*|（?以上.*|（?本表.*")


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A row that is no entry of the table: its number (from 1), what stands there, and why it is none."""

    number: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its number as the spreadsheet shows it, the text of each known column, and of those only looked at."""

    number: int
    cells: Mapping[str, str]
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GridTable:
    """A table found in a grid."""

    fits: Sequence[Columns]
    """What it may be, the best first."""
    headers: tuple[str, ...]
    rows: tuple[GridRow, ...]
    aside: tuple[AsideRow, ...]
    title: str
    """What stands above the header."""
    body: tuple[tuple[int, list[str]], ...] = ()
    """All rows below the header as they stand, each with its number."""

    @property
    def columns(self) -> Columns:
        """What it is taken for."""
        return self.fits[0]


def tables(grid: Sequence[Cells]) -> list[GridTable]:
    """The tables in a grid, from the top; none if no row is a header."""
    several: list[GridTable] = []
    start = 0
    while (head := _header(grid, start, 0 if several else HEADER_DEPTH)) is not None:
        first, below = head
        end = _end(grid, below)
        for left, right in _blocks(
            [_combined(grid[first:below], place) for place in range(_width(grid, first, below))]
        ):
            if table := _read(grid, (start, first, below, end), (left, right)):
                several.append(table)
        start = end
    return several


def unknown(grid: Sequence[Cells]) -> GridTable | None:
    """What may be a table although nobody knows its words: below its first row that is all words, as full as the rows below it.

    It has no entries until somebody says what it is; None for what is no table at all.
    """
    widths = sorted(sum(map(bool, row)) for row in grid if any(row))
    usual = widths[len(widths) // 2] if widths else 0
    for first, row in enumerate(grid[:HEADER_DEPTH]):
        filled = [cell for cell in row if cell]
        if len(set(filled)) < max(2, usual) or any(
            _NUMBER.fullmatch(cell) or len(cell) > MAX_HEADER for cell in filled
        ):
            continue
        body = tuple((number, list(record)) for number, record in enumerate(grid[first + 1 :], start=first + 2))
        if not any(any(record) for _, record in body):
            return None
        above = tuple(AsideRow(n, text, "title") for n, cells in enumerate(grid[:first], 1) if (text := said(cells)))
        heading = next(heading for heading in KNOWN if heading.kind is TableKind.UNKNOWN)
        title = " ".join(row.text for row in above)
        return GridTable([Columns(heading, {}, tuple(filled))], tuple(row), (), above, title, body)
    return None


def _width(grid: Sequence[Cells], first: int, below: int) -> int:
    return max(len(row) for row in grid[first:below])


def _header(grid: Sequence[Cells], start: int, depth: int) -> tuple[int, int] | None:
    """The rows of the first header from a row on: the first, and the one below the last. None if there is none."""
    best: tuple[int, int] | None = None
    most = 1
    for first in range(start, min(start + (depth or 4), len(grid))):
        for below in range(first + 1, min(first + HEADER_LEVELS, len(grid)) + 1):
            if below > first + 1 and not _is_upper(grid[below - 2]):
                break
            if not any(map(is_word, grid[below - 1])):
                continue
            cells = [_combined(grid[first:below], place) for place in range(_width(grid, first, below))]
            weight = max((fit.weight[0] for fit in _fits(cells)), default=0)
            is_same = (
                best and weight == most and (below == best[1] or (first == best[0] and _is_lower(grid, below - 1)))
            )
            if weight > most or is_same:
                best, most = (first, below), weight
        if best and first - best[0] > 2:
            break
    return best


def _is_upper(row: Cells) -> bool:
    """Whether a row can be the upper level of a head: a cell spans several columns, or some are empty."""
    return any(left == right or not right for left, right in pairwise(row)) or not all(row)


def _is_lower(grid: Sequence[Cells], number: int) -> bool:
    """Whether a row belongs to the head above it: most of its cells are merged with those above."""
    pairs = [(above, cell) for above, cell in zip(grid[number - 1], grid[number], strict=False) if cell]
    return sum(above == cell for above, cell in pairs) * 2 > len(pairs)


def _combined(rows: Sequence[Cells], place: int) -> str:
    """What a column is called under a head of several levels: the lowest that says anything."""
    return next((row[place] for row in reversed(rows) if place < len(row) and row[place]), "")


def _fits(cells: Cells) -> list[Columns]:
    """What a header may be: as a whole, or the first of the tables that stand side by side."""
    left, right = _blocks(cells)[0]
    return every_fit(cells[left:right])


def _blocks(cells: Cells) -> list[tuple[int, int]]:
    """The columns of each of the tables that stand side by side: where the words begin anew, or an empty column parts them."""
    filled = [place for place, cell in enumerate(cells) if cell]
    if not filled:
        return [(0, len(cells))]
    first = cells[filled[0]]
    starts = [filled[0]] + [p for p in filled[1:] if cells[p] == first and cells[p - 1] != first]
    if len(starts) > 1:
        ends = [*starts[1:], len(cells)]
        return list(zip([0, *starts[1:]], ends, strict=True))
    gaps = [place for place in range(filled[0], filled[-1]) if not cells[place]]
    for gap in gaps:
        if every_fit(cells[:gap]) and every_fit(cells[gap + 1 :]):
            return [(0, gap), (gap + 1, len(cells))]
    return [(0, len(cells))]


def _end(grid: Sequence[Cells], below: int) -> int:
    """Where a table ends: at the next header of another kind below an empty row, or with the grid."""
    for number in range(below, len(grid) - 1):
        if any(grid[number]):
            continue
        head = _header(grid, number + 1, 0)
        if head is None:
            continue
        cells = [_combined(grid[head[0] : head[1]], place) for place in range(_width(grid, *head))]
        if (
            cells[:3]
            != [_combined(grid[below - 1 : below], place) for place in range(_width(grid, below - 1, below))][:3]
        ):
            return number + 1
    return len(grid)


def _read(grid: Sequence[Cells], at: tuple[int, int, int, int], block: tuple[int, int]) -> GridTable | None:
    """The table of one block of columns."""
    start, first, below, end = at
    left, right = block
    head = tuple(_combined(grid[first:below], place) for place in range(left, min(right, _width(grid, first, below))))
    fits = every_fit(head)
    if not fits:
        return None
    above = [(number + 1, text) for number in range(start, first) if (text := said(grid[number][left:right]))]
    aside = [AsideRow(number, text, "title") for number, text in above]
    aside += [AsideRow(number + 1, said(grid[number][left:right]), "header") for number in range(first, below - 1)]
    body = [(number + 1, list(grid[number][left:right])) for number in range(below, end)]
    rows, others = entries(fits[0], head, body)
    if counts_rows(fits[0], rows):
        fits = [without_ids(fits[0], head), *fits[1:]]
        rows, others = entries(fits[0], head, body)
    return GridTable(fits, head, rows, (*aside, *others), " ".join(text for _, text in above), tuple(body))


def counts_rows(columns: Columns, rows: Sequence[GridRow]) -> bool:
    """Whether what is headed 编号 only counts the rows of an office's table, 1, 2, 3: no ids, for the next file counts anew."""
    said = [text for row in rows if (text := row.cells.get("id", ""))]
    return columns.heading.kind in COUNTED and len(said) > 1 and said == [str(n) for n in range(1, len(said) + 1)]


def without_ids(columns: Columns, head: Cells) -> Columns:
    """The same columns, the one of ids looked at no longer."""
    place = columns.at["id"]
    at = {name: where for name, where in columns.at.items() if name != "id"}
    return replace(columns, at=at, marks={**columns.marks, "sequence": place}, unknown=(*columns.unknown, head[place]))


def entries(
    columns: Columns, head: Cells, body: Sequence[tuple[int, list[str]]], said_of: Mapping[int, str] | None = None
) -> tuple[tuple[GridRow, ...], list[AsideRow]]:
    """The rows below a header that are entries of the table, and those that are none, by name.

    `said_of`: rows that somebody said to `skip`, or to `take` although they look like none.
    """
    spoken = said_of or {}
    rows: list[GridRow] = []
    aside: list[AsideRow] = []
    width = len(head)
    last = max((place for place, (_, record) in enumerate(body) if any(record)), default=-1)
    for number, record in body[: last + 1]:
        record.extend([""] * (width - len(record)))
        if spoken.get(number) == "skip":
            aside.append(AsideRow(number, said(record), "skipped"))
            continue
        if spoken.get(number) != "take" and (why := _why_not(record, head)):
            aside.append(AsideRow(number, said(record), why))
            continue
        cells = {name: record[place] for name, place in columns.at.items()}
        marks = {name: record[place] for name, place in columns.marks.items()}
        if any(cells.values()) or any(marks.values()):
            rows.append(GridRow(number, cells, marks))
        else:
            aside.append(AsideRow(number, said(record), "empty" if not any(record) else "nobody"))
    return tuple(rows), aside


def _why_not(record: Cells, head: Cells) -> str | None:
    """Why a row is no entry, whatever the table is; None if it may be one."""
    said_cells = [cell for cell in record if cell]
    if not said_cells:
        return "empty"
    first = said_cells[0]
    several = len(dict.fromkeys(said_cells))
    if several > 1 and sum(cell == name for cell, name in zip(record, head, strict=False) if cell) * 2 > len(
        said_cells
    ):
        return "header"
    if several <= len(head) // 2 + 1 and _TOTAL.fullmatch(first.replace(" ", "") if not first.isascii() else first):
        return "total"
    if several <= 3 and (_FOOTNOTE.fullmatch(first) or (several == 1 and _MARK.fullmatch(first))):
        return "footnote"
    if several == 1 and first.endswith(("（续）", "(续)", "续表", "(continued)", "(cont.)")):
        return "title"
    return None


def said(record: Cells) -> str:
    """What stands in a row, in short; what merged cells repeat is said once."""
    text = " ".join(dict.fromkeys(cell for cell in record if cell))
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


__all__ = ["AsideRow", "GridRow", "GridTable", "entries", "said", "tables", "unknown"]
