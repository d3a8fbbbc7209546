"""What a form or an address brought, read field by field; what cannot be understood is remembered beside its field."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from scheduler import edge, wording
from scheduler.core.ground import written
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.spans import at_wall
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed

Word = TypeVar("Word", bound=StrEnum)
WHOLE = ""
"""Instead of the name of a field: something is wrong with the form as a whole."""
SEPARATORS = re.compile(r"[,，、;；\n]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class Fields:
    """The values of one form, what was made of them, and a sentence for each field that could not be read.

    Reading never raises: a form is read to its end, then `is_valid` says whether to go on or to show it again as typed.
    """

    def __init__(self, values: "MultiDict[str, str] | Mapping[str, str]") -> None:
        self.values: MultiDict[str, str] = MultiDict(values)
        self.errors: dict[str, str] = {WHOLE: _("还没有保存。")} if edge.is_only_shown() else {}

    @property
    def is_valid(self) -> bool:
        """Whether everything read so far could be understood."""
        return not self.errors

    def typed(self, name: str) -> str:
        """What stands in a field, just as it was typed."""
        return self.values.get(name, "")

    def refuse(self, name: str, sentence: str) -> None:
        """Remember what is wrong with a field; the first sentence stays."""
        self.errors.setdefault(name, sentence)

    def take(self, error: Malformed, default: str = "") -> None:
        """Put what a verb could not understand beside the field that it names, or beside `default`."""
        name = error.field if error.field in self.values or not default else default
        self.refuse(name, without_field(error))

    def text(self, name: str, *, required: bool = False, most: int = written.MAX_LINE) -> str:
        """One line of text, without control characters and outer spaces."""
        text = _CONTROL.sub("", written.NO_TEXT.sub("", self.typed(name))).strip()
        if required and not text:
            self.refuse(name, _("请填写这一项。"))
        if len(text) > most:
            self.refuse(name, _("最多 %(most)s 个字。", most=most))
        return text

    def day(self, name: str, *, required: bool = False) -> date | None:
        """A day such as 2014-08-20; `2014/8/20` and `2014年8月20日` are understood as well."""
        text = self.text(name, required=required)
        if not text:
            return None
        day = written.day(text)
        if day is None:
            self.refuse(name, _("“%(text)s”不是日期，应如 2014-08-20。", text=text[:20]))
        return day

    def clock(self, name: str, *, required: bool = False) -> time | None:
        """A time of the day such as 09:00."""
        text = self.text(name, required=required)
        if not text:
            return None
        clock = written.clock(text)
        if clock is None:
            self.refuse(name, _("“%(text)s”不是时间，应如 09:00。", text=text[:20].replace("：", ":")))
        return clock

    def moment(self, day_name: str, clock_name: str, zone: ZoneInfo) -> datetime | None:
        """A day and a time of the wall clock, as a moment of the organisation's zone."""
        day, clock = self.day(day_name, required=True), self.clock(clock_name, required=True)
        local = at_wall(datetime.combine(day, clock), zone) if day and clock else None
        if day and clock and local is None:
            self.refuse(clock_name, _("这一天时钟拨快，没有 %(time)s 这一时刻。", time=f"{clock:%H:%M}"))
        return local

    def number(self, name: str, low: int, high: int, *, required: bool = False) -> int | None:
        """A whole number from `low` to `high`."""
        text = self.text(name, required=required)
        if not text:
            return None
        number = written.whole(text, low, high)
        if number is None:
            self.refuse(name, _("应为 %(low)s 到 %(high)s 之间的整数。", low=low, high=high))
        return number

    def hours(self, name: str, *, required: bool = False) -> float | None:
        """A number of study hours above 0."""
        text = self.text(name, required=required)
        hours = written.hours(text) if text else None
        if text and hours is None:
            self.refuse(name, _("“%(text)s”不是学时，应如 3 或 3.5。", text=text[:20]))
        return hours

    def choice(self, name: str, words: type[Word], default: Word | None = None) -> Word | None:
        """One word of a list that the code knows."""
        text = self.text(name)
        try:
            return words(text) if text else default
        except ValueError:
            self.refuse(name, _("没有“%(text)s”这一选项。", text=text[:20]))
            return default

    def one_of(self, name: str, choices: Collection[str], *, required: bool = False) -> str:
        """One word of a list that the database knows; empty if none was chosen."""
        text = self.text(name, required=required)
        if text and text not in choices:
            self.refuse(name, _("没有“%(text)s”这一选项。", text=text[:20]))
            return ""
        return text

    def several_of(self, name: str, choices: Collection[str]) -> tuple[str, ...]:
        """Words ticked in a list that the database knows."""
        ticked = tuple(dict.fromkeys(self.values.getlist(name)))
        for text in ticked:
            if text not in choices:
                self.refuse(name, _("没有“%(text)s”这一选项。", text=text[:20]))
        return tuple(text for text in ticked if text in choices)

    def people(self, name: str, roster: Roster) -> tuple[PersonId, ...]:
        """People by name or id, several in one field by comma, each once; unknown and ambiguous ones are told."""
        people: dict[PersonId, None] = {}
        for text in words(self.values.getlist(name)):
            hits = people_called(text, roster)
            if len(hits) == 1:
                people[hits[0]] = None
            elif hits:
                options = listed(f"{person}{roster.name(person)}" for person in hits)
                self.refuse(name, _("“%(text)s”不止一人，请写成：%(options)s。", text=text, options=options))
            else:
                self.refuse(name, _("没有找到“%(text)s”。", text=text[:20]))
        return tuple(people)

    def person(self, name: str, roster: Roster, *, required: bool = False) -> PersonId | None:
        """One person by name or id."""
        people = self.people(name, roster)
        if required and not people:
            self.refuse(name, _("请填写这一项。"))
        return people[0] if people else None


def without_field(error: Malformed) -> str:
    """The sentence for something that could not be understood, without the name of the field that it stands beside."""
    told = wording.error(error, edge.lang())
    return told.removeprefix(f"{error.field}：").removeprefix(f"{error.field}: ")


def words(texts: Iterable[str]) -> list[str]:
    """The words of some fields, parted at commas, in the order they were typed."""
    return [
        word
        for text in texts
        for part in SEPARATORS.split(text)
        if (word := _CONTROL.sub("", written.NO_TEXT.sub("", part)).strip())
    ]


def people_called(text: str, roster: Roster) -> list[PersonId]:
    """Whom a text can mean: an id, a name, or both written together (`p02陈国梁`, `陈国梁 p02`)."""
    plain = re.sub(r"\s+", "", text)
    if PersonId(plain) in roster.people:
        return [PersonId(plain)]
    both = [person for person, name in _halves(plain) if person in roster.people and roster.name(person) == name]
    return [*roster.people_by_name.get(plain, ()), *both]


def _halves(plain: str) -> Iterator[tuple[PersonId, str]]:
    """Every way in which a text can be an id and a name."""
    for cut in range(1, min(len(plain), written.MAX_LINE)):
        left, right = plain[:cut], plain[cut:]
        yield PersonId(left), right
        yield PersonId(right), left
        if left.endswith("（") and right.endswith("）"):
            yield PersonId(right[:-1]), left[:-1]
