"""One row being read: its cells as values; what is wrong with any of them is collected, not just the first."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from typing import TypeVar

from scheduler.core.ground import written
from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.organisation.facts import Given, RowError, Source, Subject
from scheduler.services.imports.desk import CellAt
from scheduler.services.imports.tables import words
from scheduler.services.imports.tables.directory import Directory, Unclear
from scheduler.services.imports.tables.rosters import person_name
from scheduler.services.imports.tables.years import DayIn, year_meant

T = TypeVar("T")

_ID = re.compile(r"[\w.\-]{1,40}")
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\ue000-\uf8ff·\U00020000-\U0010ffff]"
_DOTS = str.maketrans(dict.fromkeys("•・．‧∙⋅･", "·"))
_LONG_NUMBER = re.compile(r"\d{10,}$")
_SOME_YEARS = range(2012, 2040)
"""In one of which any day of any weekday lies, 29 February too."""
_SEPARATORS = re.compile(r"[;,、\n]+")


class TableLine:
    """A row of a table, or a mapping of a YAML file: `where` says which part of the file when there are no rows."""

    __slots__ = ("cells", "directory", "errors", "is_broken", "is_office", "marks", "source", "title", "where")

    def __init__(self, source: Source, cells: Mapping[str, str], directory: Directory, where: str = "") -> None:
        self.marks: Mapping[str, str] = {}
        """Cells that are looked at and not kept."""
        self.source, self.cells, self.directory, self.where = source, cells, directory, where
        self.title = ""
        """What stands above the table."""
        self.is_office = False
        """Whether it is a row of a table without ids: whom it names is told or asked about, and no error."""
        self.errors: list[RowError] = []
        self.is_broken = False
        """Whether the row is no row at all, so that nothing more is to be said of its cells."""

    def wrong(self, column: str, kind: str, **details: object) -> None:
        """Note that something in a cell cannot be."""
        if self.is_broken:
            return
        field = f"{self.where}.{column}" if self.where else column
        details = {"value": self.cells.get(column, ""), **details}
        self.errors.append(RowError(self.source.file, self.source.row, field, kind, details))

    def fact(self, subject: Subject, key: str, fields: Mapping[str, object]) -> list[Given | RowError]:
        """The fact that this row gives, or all that is wrong with it."""
        return [*self.errors] if self.errors else [Given(subject, key, fields, self.source)]

    def has(self, column: str) -> bool:
        """Whether the table has this column at all."""
        return column in self.cells

    def text(self, column: str, *, required: bool = False) -> str:
        """A cell's text."""
        text = self.cells.get(column, "")
        if len(text) > written.MAX_LINE:
            self.wrong(column, "too_long", value=text[:20], longest=written.MAX_LINE)
        elif required and not text:
            self.wrong(column, "missing")
        return text

    def name(self, column: str, *, required: bool = False) -> str:
        """A person's name: no spaces inside a Chinese one, however it was padded."""
        return unpadded(self.text(column, required=required))

    def id(self, column: str) -> str:
        """An id: letters and digits in half width; empty if there is none."""
        text = compact(self.text(column))
        if text and (not _ID.fullmatch(text) or _LONG_NUMBER.search(text)):
            self.wrong(column, "long_number" if _LONG_NUMBER.search(text) else "bad_id")
        return text

    def number(self, column: str) -> int | None:
        """A whole number from 0 up; None if the cell is empty."""
        text = compact(self.text(column))
        if not text:
            return None
        if re.fullmatch(r"\d{1,9}(\.0+)?", text):
            return int(text.partition(".")[0])
        self.wrong(column, "not_a_number")
        return None

    def day(self, column: str, *, required: bool = False) -> date | None:
        """A day: `2014-08-01`, `2014/8/1`, `2014年8月1日`, 8月1日; None if the cell is empty or no day."""
        text = self.text(column, required=required)
        return self.day_of(column, text) if text else None

    def day_of(self, column: str, text: str) -> date | None:
        """The day that a text of a cell means; None, and an error, if it means none, or nobody said of which year."""
        if day := written.day(text):
            return day
        if self.where or not any(
            written.day_in(text, year) for year in _SOME_YEARS
        ):  # a file of settings says all of it
            self._no_day(column, written.day(written.without_weekday(text)))
            return None
        year = self.year_of(text, lambda year: written.day_in(text, year))
        if year is None:
            self.wrong(column, "no_year")
            return None
        day = written.day_in(text, year)
        if day is None:
            self._no_day(column, written.day_in(written.without_weekday(text), year))
        return day

    def _no_day(self, column: str, meant: date | None) -> None:
        """Note that a cell holds no day, or one that is another day of the week than it says."""
        if meant:
            self.wrong(column, "weekday_differs", day=meant)
        else:
            self.wrong(column, "not_a_date")

    def year_of(self, text: str, day_in: DayIn) -> int | None:
        """The year of a day that is written without one; None: it was asked, and nobody answered yet."""
        return year_meant(text, day_in, self.title, CellAt(self.source.file, self.source.row), self.directory)

    def time(self, column: str) -> time | None:
        """A time of day, `08:30`; None if the cell is empty or no time. A spreadsheet may have put the row's day before it."""
        text = self.text(column, required=True)
        if not text:
            return None
        moment = written.moment(text)
        is_same_day = moment is not None and moment.date() == written.day(self.cells.get("date", ""))
        parsed = moment.time() if moment and is_same_day and moment.tzinfo is None else written.clock(text)
        if parsed is None:
            self.wrong(column, "not_a_time_of_day")
        return parsed

    def word(self, column: str, meanings: Mapping[str, T]) -> T | None:
        """What a word means; None, and an error, if it means nothing."""
        text = self.text(column)
        meaning = words.meaning(text, meanings)
        if meaning is None:
            self.wrong(column, "unknown_word", known=tuple(word for word in meanings if word))
        return meaning

    def person(self, column: str) -> PersonId | None:
        """A person: `p02`, `p02陈国梁` or a name that only one has; None if the post is vacant."""
        text = self.text(column)
        return None if words.folded(text) in words.NOBODY else self._one(column, text)

    def people(self, column: str) -> tuple[PersonId, ...]:
        """Several people, separated by `;`, each once."""
        texts = parts(self.text(column))
        people = [self._one(column, text) for text in texts if words.folded(text) not in words.NOBODY]
        return tuple(dict.fromkeys(person for person in people if person))

    def _one(self, column: str, text: str) -> PersonId | None:
        """The person that a text names; None, and an error, if it names nobody or several.

        In a table without ids, as offices keep them, nobody is told and several are asked about; the row stands.
        """
        person = self.directory.person(text)
        if not isinstance(person, Unclear):
            return person
        if not self.is_office:
            self.wrong(column, person.kind, value=text, **person.details)
            return None
        return self._settled(column, text)

    def _settled(self, column: str, text: str) -> PersonId | None:
        """Whom a cell of an office's table means, brackets and posts before the name left aside."""
        name, _notes = person_name(text)
        person = self.directory.person(unpadded(name))
        if isinstance(person, Unclear) and not person.details:
            ends = {name[-length:] for length in (2, 3, 4) if len(name) > length and not name.isascii()}
            behind = [people for end in ends if (people := self.directory.namesakes(end))]
            if len(behind) == 1 and len(behind[0]) == 1:
                return behind[0][0]
        if not isinstance(person, Unclear):
            return person
        at, desk = CellAt(self.source.file, self.source.row), self.directory.desk
        namesakes = person.details.get("people")
        if isinstance(namesakes, tuple):
            ids = tuple(map(str, namesakes))
            units = tuple(
                self.directory.units.get(UnitId(self.directory.unit_of.get(PersonId(p), "")), "") for p in ids
            )
            details = {"name": name, "units": units, "field": column}
            answer = desk.ask(("which", f"{name}@{self.source.file}:{self.source.row}"), ids, None, at, **details)
            return PersonId(answer) if answer else None
        desk.tell("names_nobody", name, file=self.source.file, row=self.source.row, field=column)
        return None


@lru_cache(maxsize=50_000)
def compact(text: str) -> str:
    """Half-width, without spaces."""
    return text if text.isascii() and " " not in text else "".join(unicodedata.normalize("NFKC", text).split())


_PADDING = re.compile(rf"(?<={_CJK})\s+(?={_CJK})")


@lru_cache(maxsize=50_000)
def unpadded(text: str) -> str:
    """A name without the spaces that pad a Chinese one; in a foreign one, a space is a part of it."""
    return text if text.isascii() else _PADDING.sub("", text).translate(_DOTS)


def parts(text: str) -> list[str]:
    """The parts of a cell that holds several, whatever they are separated by."""
    return [part for part in (p.strip() for p in _SEPARATORS.split(text.replace("；", ";").replace("，", ","))) if part]
