"""A sign-in table as it is copied out of a spreadsheet: the column of one day, its marks, and the legend below it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from scheduler.core.ground import written
from scheduler.core.sessions import roll_call_words as words
from scheduler.core.sessions.roll_call_names import CalledNames, plain
from scheduler.core.sessions.roll_call_sayings import Counted, RollCallText, Said, Unknown
from scheduler.core.sessions.roll_call_words import UNCLEAR, Meaning

EMPTY = "（空）"
"""What is said of a cell in which nothing stands: neither presence nor absence."""
_NAME = re.compile(r"姓名|名字|人员|签到人|name")
_UNIT = re.compile(r"部门|单位|科室|处室|unit")
_MARKS = re.compile(r"出勤|签到|到会|考勤|情况|状态|status")
_DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
_COUNT = re.compile(r"(应到|实到|出席|到会)(?:人数|合计)?")
_LEGEND = re.compile(r"^(?:注|说明|图例|备注|legend)[:.\s]*")
_PAIR = re.compile(r"([^\s=:,、;。\w]|[假缺迟早病事公产旷列到]|[a-z])\s*(?:=|:|为|表示|代表|-)?\s*([一-鿿]{2,5})")


class NoSuchDay(ValueError):
    """The table has columns of days, and none of the day that is asked for; `days` are those that it has."""

    def __init__(self, days: Sequence[str]) -> None:
        super().__init__("、".join(days))
        self.days = tuple(days)


def read(text: str, names: CalledNames, day: date) -> RollCallText | None:
    """What a table says of everybody on a day; None for a text that is no table. Raises NoSuchDay."""
    rows = [[_cell(cell) for cell in line.split("\t")] for line in text.replace("\r", "").split("\n") if line.strip()]
    head = next((place for place, row in enumerate(rows) if len(row) > 1 and _column(row, _NAME) is not None), None)
    if head is None:
        return None
    column = _marks(rows[head], day)
    if column is None:
        return None
    name, unit = _column(rows[head], _NAME) or 0, _column(rows[head], _UNIT)
    legend = dict(_legend(rows[head + 1 :]))
    told = RollCallText()
    for row in rows[head + 1 :]:
        cells = [*row, *[""] * (len(rows[head]) - len(row))]
        if _LEGEND.match(cells[0]):
            continue
        if count := _COUNT.match(next(filter(None, cells), "")):
            _counted(told, count[1], cells[column])
        elif cells[name] and not written.whole(cells[name], 0, 10**6):
            _person(told, names, cells[name], cells[unit] if unit is not None else "", cells[column], legend)
    return told


def _person(
    told: RollCallText, names: CalledNames, name: str, unit: str, mark: str, legend: Mapping[str, Meaning]
) -> None:
    """One row: who it is, by the unit if several bear the name, and what the mark means."""
    meaning = legend.get(mark) or (words.meaning(mark) if mark else None) or UNCLEAR
    hit, group = names.at(name, 0), names.group_at(plain(unit), 0) if unit else None
    if hit is None or hit[1] < len(name.strip()):
        told.unknown.append(Unknown(name, meaning))
        return
    mention = hit[0]
    theirs = tuple(person for person in mention.people if group and person in group[0].people)
    if len(mention.people) > 1 and unit and not theirs:
        theirs = tuple(person for person in mention.people if person in names.of_no_unit())
    mention = replace(mention, people=theirs or mention.people)
    reason = mark if meaning.sure is words.LEAVE and len(mark) > 1 else ""
    told.said.append(Said(mention, meaning, f"{mention.text}{mark or EMPTY}", reason))


def _counted(told: RollCallText, of: str, number: str) -> None:
    """A number that the table says of itself."""
    if digits := re.match(r"\d{1,5}", number):
        told.counted.append(Counted("expected" if of == "应到" else "present", int(digits[0])))


def _marks(head: Sequence[str], day: date) -> int | None:
    """The column of a day; where no column bears a day, the one of marks. Raises NoSuchDay."""
    days = {place: match for place, cell in enumerate(head) if (match := _DAY.search(cell))}
    for place, match in days.items():
        if (int(match[2]), int(match[3])) == (day.month, day.day) and match[1] in (None, str(day.year)):
            return place
    if days:
        raise NoSuchDay([match[0] for match in days.values()])
    return _column(head, _MARKS)


def _column(head: Sequence[str], words_of_it: re.Pattern[str]) -> int | None:
    return next((place for place, cell in enumerate(head) if words_of_it.search(cell)), None)


def _legend(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, Meaning]]:
    """What a note below the table says that its marks mean."""
    for row in rows:
        if _LEGEND.match(row[0]):
            for mark, word in _PAIR.findall(_LEGEND.sub("", "".join(row))):
                if meaning := words.meaning(word):
                    yield mark, meaning


def _cell(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
