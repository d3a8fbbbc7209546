"""The tables that are known, and the words by which their columns are: what they are stands in `synonyms.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any


class TableKind(StrEnum):
    """The tables that are known; those of `Heading.is_read` can be imported."""

    ROSTER = "roster"
    UNITS = "units"
    DIVISION = "division"
    BRANCHES = "branches"
    ROOMS = "rooms"
    EVENTS = "events"
    TALK_LOG = "talk_log"
    ATTENDANCE = "attendance"
    UNAVAILABILITY = "unavailability"
    LEAVES = "leaves"
    CALENDAR = "calendar"
    EXTERNAL_CONTACTS = "external_contacts"
    OCCURRENCES = "occurrences"
    CONTACT_POINTS = "contact_points"
    GUESTS = "guests"
    VISITS = "visits"
    MATERIALS = "materials"
    OPINIONS = "opinions"
    OPINION_TALLY = "opinion_tally"
    TASKS = "tasks"
    BATCHES = "batches"
    BATCH_PEOPLE = "batch_people"
    STUDY_TARGETS = "study_targets"
    STUDY_EXEMPTIONS = "study_exemptions"
    MEETING_RESULTS = "meeting_results"
    FREQUENCY_RULES = "frequency_rules"
    OUTSIDE_CONTACT_POINTS = "outside_contact_points"
    DUTY = "duty"
    SIGN_IN = "sign_in"
    PAY = "pay"
    VISITORS = "visitors"
    UNKNOWN = "unknown"
    """One whose words nobody knows, until somebody says what it is."""


@dataclass(frozen=True, slots=True)
class Heading:
    """How a table is known by its first row."""

    kind: TableKind
    words: Mapping[str, tuple[str, ...]]
    """Each column's name in code (which is an English word for it too) and its Chinese and further English words."""
    needed: tuple[str, ...]
    """Columns without which it is not this table."""
    one_of: tuple[str, ...] = ()
    """At least one of these must stand there as well."""
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Columns that are looked at and not kept: they tell people apart, or hold remarks."""
    is_read: bool = True
    """Whether anything reads such a table; others are known so that they are taken for nothing else."""


_FILE = tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text("utf8"))
_AFFIXES: Mapping[str, list[str]] = _FILE.pop("affixes")
OFFICE: Mapping[str, list[str]] = _FILE.pop("office")
"""Words that stand in cells: what leads, what is vacant, what is a grade and no post."""


def _heading(kind: str, said: Mapping[str, Any]) -> Heading:
    columns, marks = ({key: tuple(words) for key, words in said.get(part, {}).items()} for part in ("columns", "marks"))
    return Heading(
        TableKind(kind), columns, tuple(said["needed"]), tuple(said.get("one_of", ())), marks, said.get("is_read", True)
    )


KNOWN = tuple(_heading(kind, said) for kind, said in _FILE.items())
"""All tables that are known."""
HEADINGS = tuple(heading for heading in KNOWN if heading.is_read)
"""Those that can be imported."""
_SIGN_IN = next(heading for heading in KNOWN if heading.kind is TableKind.SIGN_IN)


def _index() -> dict[str, dict[TableKind, str]]:
    """Every word → by kind of table, the column that it names."""
    index: dict[str, dict[TableKind, str]] = {}
    for heading in KNOWN:
        for columns in (heading.words, heading.marks):
            for column, words in columns.items():
                for word in (column, *words):
                    index.setdefault(word, {}).setdefault(heading.kind, column)
    return index


_WORDS = _index()


@dataclass(frozen=True, slots=True)
class Columns:
    """What a header row was understood as."""

    heading: Heading
    at: Mapping[str, int]
    """Where each known column stands, counted from 0."""
    unknown: tuple[str, ...]
    """Words that name no column of this table; their cells are left aside."""
    marks: Mapping[str, int] = field(default_factory=dict)
    """Where the columns stand that are looked at and not kept; their words are among the unknown ones."""
    own: int = 0
    """How many columns are called by their names in code."""

    @property
    def weight(self) -> tuple[int, int, int]:
        """How well it fits: columns that are understood, those called by their own names, and few that are not."""
        return len(self.at) + len(self.marks), self.own, -len(self.unknown)


def recognise(cells: Sequence[str]) -> Columns | None:
    """The table whose columns fit a header row best, in any order; None if it is no known table's."""
    fits = every_fit(cells)
    return fits[0] if fits else None


def every_fit(cells: Sequence[str]) -> list[Columns]:
    """All tables that a header row could be of, the best first; tables that nothing reads are among them."""
    named = [_columns(cell) for cell in cells]
    fits = [columns for heading in KNOWN if (columns := _fit(heading, cells, named))]
    days, is_roster = sum(map(is_day, cells)), any(fit.heading.kind is TableKind.ROSTER for fit in fits)
    if (days and is_roster) or (days > 1 and any(names.get(TableKind.SIGN_IN) == "name" for names in named)):
        places = {names[TableKind.SIGN_IN]: place for place, names in enumerate(named) if TableKind.SIGN_IN in names}
        return [Columns(_SIGN_IN, places, tuple(cell for cell in cells if is_day(cell)))]
    return sorted(fits, key=lambda columns: columns.weight, reverse=True)


def is_word(cell: str) -> bool:
    """Whether a cell is a word by which any column of any table is known."""
    return bool(cell) and bool(_columns(cell))


def is_our_id(cell: str) -> bool:
    """Whether a header of ids is called as in our own tables, and not as staff numbers are."""
    chinese, english = _halves(cell)
    return chinese in ("", "编号", "代码") and english in ("", "id")


def as_kind(kind: TableKind, cells: Sequence[str], taken_for: Mapping[str, str]) -> Columns | None:
    """A header row as the table that somebody said it is, with columns as they said: header → column, or "" for none."""
    heading = next(heading for heading in KNOWN if heading.kind is kind)
    named: list[Mapping[TableKind, str]] = []
    claimed = {column for cell in cells if (column := taken_for.get(cell))}
    for cell in cells:
        if cell in taken_for:
            named.append({kind: taken_for[cell]} if taken_for[cell] else {})
        else:
            guess = _columns(cell).get(kind)
            named.append({kind: guess} if guess and guess not in claimed else {})
    return _fit(heading, cells, named)


def lacks(kind: TableKind, cells: Sequence[str], taken_for: Mapping[str, str]) -> tuple[str, ...]:
    """The columns that a table needs and that nothing stands for, if its columns are taken for this; empty: it can be one."""
    if as_kind(kind, cells, taken_for):
        return ()
    heading = next(heading for heading in KNOWN if heading.kind is kind)
    claimed = {column for cell in cells if (column := taken_for.get(cell))}
    claimed |= {_columns(cell).get(kind, "") for cell in cells if cell not in taken_for}
    return tuple(column for column in heading.needed if column not in claimed) or heading.one_of[:3]


def is_own_word(cell: str, column: str) -> bool:
    """Whether a header calls a column by the first of its Chinese words, or by its name in code."""
    chinese, english = _halves(cell)
    return english == column or any(h.words.get(column, ("",))[:1] == (chinese,) for h in KNOWN if column in h.words)


_DAY = re.compile(
    r"(\d{4}[-./年])?\d{1,2}[-./月]\d{1,2}日?|\d{1,2}日|第?[一二三四五六七八九十\d]+次(学习|会议|课)?|(周|星期)[一二三四五六日天]"
)


def is_day(cell: str) -> bool:
    """Whether a header names a day or an occasion, as in the columns of a roll call."""
    return bool(_DAY.fullmatch(cell.replace(" ", "")))


def _fit(heading: Heading, cells: Sequence[str], named: Iterable[Mapping[TableKind, str]]) -> Columns | None:
    """A header row as one table's, if its needed columns all stand there."""
    at: dict[str, int] = {}
    marks: dict[str, int] = {}
    unknown = []
    for place, (cell, names) in enumerate(zip(cells, named, strict=True)):
        column = names.get(heading.kind, "")
        if column in heading.words and column not in at:
            at[column] = place
            continue
        if column in heading.marks and column not in marks:
            marks[column] = place
        if cell:
            unknown.append(cell)
    is_named = {"first_name", "last_name"} <= marks.keys()  # a name in two columns
    is_complete = all(column in at or (is_named and column == "name") for column in heading.needed)
    has_one = not heading.one_of or any(column in at or column in marks for column in heading.one_of)
    own = sum(_halves(cells[place])[1] == column for column, place in at.items())
    return Columns(heading, at, tuple(unknown), marks, own) if is_complete and has_one else None


@lru_cache(maxsize=10_000)
def _columns(cell: str) -> Mapping[TableKind, str]:
    """The columns that a cell of the header names, by kind of table: in Chinese, in English, or in both as in `编号 id`."""
    chinese, english = _halves(cell)
    named = _named(chinese or english)
    if chinese and english not in ("", "id"):  # a Chinese word of its own, such as 身份证号 ID
        named = {**_named(english), **named}
    for part in cell.split("/")[:4] if "/" in cell else ():  # 班级/部门
        named = {**_columns(part), **named}
    return named


def _named(word: str) -> Mapping[TableKind, str]:
    """The columns that a word names; of tables in which it names none, without what stands before or after it."""
    if not word:
        return {}
    named: dict[TableKind, str] = {}
    for bare in _bare(word):
        named = {**_WORDS.get(bare, {}), **named}
    return named


def _bare(word: str) -> Iterator[str]:
    """A word as it is, then without the first of what may stand before it, and behind it, with which it is known."""
    yield word
    cut = [word.removeprefix(part).lstrip("_") for part in _AFFIXES["before"] if word.startswith(part)]
    yield from [bare for bare in cut if bare in _WORDS][:1]
    cut = [word.removesuffix(part).rstrip("_") for part in _AFFIXES["after"] if word.endswith(part)]
    yield from [bare for bare in cut if bare in _WORDS][:1]


_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")


def _halves(cell: str) -> tuple[str, str]:
    """The Chinese and the English word of a header cell; brackets, stars and spaces do not matter."""
    text = unicodedata.normalize("NFKC", cell).casefold()
    chinese, english = _chinese(text), _english(text)
    if chinese and chinese not in _WORDS and (bare := _chinese(_BRACKETS.sub("", text))):
        chinese = bare  # 分管部门（单位）
    if not chinese and english not in _WORDS and (bare := _english(_BRACKETS.sub("", text))):
        english = bare
    return chinese, english


def _chinese(text: str) -> str:
    return "".join(character for character in text if "\u4e00" <= character <= "\u9fff")


def _english(text: str) -> str:
    letters = "".join(c if c.isascii() and (c.isalnum() or c == "_") else " " for c in text)
    return "_".join(letters.split())
