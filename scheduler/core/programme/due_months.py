"""By which month a task is due, as people write it: 2014-10, 2014年10月, 10月底前, 年底前, 长期坚持. Always to the month."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

STANDING_WORDS = re.compile(
    r"长期|(长期|持续)(坚持|抓好?|推进|执行|落实)|常态化(坚持|推进|开展)?|standing|ongoing", re.IGNORECASE
)
"""What has no last day: it is gone on with."""
CUSTOMARY = ("2014-10", "2014年10月", "10月底前", "2014年10月31日", "年底前", "长期坚持")
"""The forms that a refusal names."""

_DONE = re.compile(r"(完成|办结|落实)$")
_BEFORE = re.compile(r"(以前|之前|前)$")
_END = re.compile(r"(底|末)$")
_YEAR_END = re.compile(r"(?P<year>\d{4}|今|本|当|明|次)?年年?(底|末|内|终)")
_QUARTER = re.compile(r"((?P<year>\d{4}|今|本|当|明|次)年)?第?(?P<quarter>[一二三四1-4])季度")
_HALF = re.compile(r"((?P<year>\d{4}|今|本|当|明|次)年)?(?P<half>[上下])半年")
_FULL = re.compile(r"(?P<year>\d{4})[-./年](?P<month>\d{1,2})([-./月]((?P<day>\d{1,2})[日号]?)?|月份)?")
_MONTH = re.compile(r"((?P<year>今|本|当|明|次)年)?(?P<month>\d{1,2})月(份|[上中下]旬|(?P<day>\d{1,2})[日号]?)?")
_NUMERAL = re.compile(r"(十[一二]|[一二三四五六七八九十])(?=月)")
_NUMERALS = dict(
    zip(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), range(1, 13), strict=True)
)
_QUARTERS = dict(zip("一二三四1234", (1, 2, 3, 4) * 2, strict=True))
MONTHS, QUARTER = 12, 3


class NotAMonth(ValueError):
    """A text that names no month, such as 尽快."""


@dataclass(frozen=True, slots=True)
class DueMonth:
    """The last day of the month in which something is due; None: it stands for good and is never due."""

    last: date | None

    @property
    def text(self) -> str | None:
        """`2014-10`; None for what stands."""
        return f"{self.last:%Y-%m}" if self.last else None


STANDING = DueMonth(None)


def read(text: str, since: date) -> DueMonth:
    """The month that a text names; one without its year is the next such month from `since` on, that month included.

    Raises NotAMonth.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if STANDING_WORDS.fullmatch(plain):
        return STANDING
    plain = _BEFORE.sub("", _DONE.sub("", plain))
    plain = _NUMERAL.sub(lambda numeral: str(_NUMERALS[numeral[0]]), plain)
    if named := _YEAR_END.fullmatch(plain):
        return _next(_year(named["year"], since), MONTHS, since)
    plain = _END.sub("", plain)
    if named := _QUARTER.fullmatch(plain):
        return _next(_year(named["year"], since), _QUARTERS[named["quarter"]] * QUARTER, since)
    if named := _HALF.fullmatch(plain):
        return _next(_year(named["year"], since), 6 if named["half"] == "上" else MONTHS, since)
    named = _FULL.fullmatch(plain) or _MONTH.fullmatch(plain)
    if not named or not 1 <= int(named["month"]) <= MONTHS:
        raise NotAMonth(text)
    due = _next(_year(named["year"], since), int(named["month"]), since)
    if named["day"] and due.last and not 1 <= int(named["day"]) <= due.last.day:
        raise NotAMonth(text)
    return due


def _year(word: str | None, since: date) -> int | None:
    """The year that is written, or meant by a word; None: none is."""
    if word is None or word.isdigit():
        return int(word) if word else None
    return since.year + (word in "明次")


def _next(year: int | None, month: int, since: date) -> DueMonth:
    """A month of a year; without one, the first such month that is not over."""
    return _month(year if year is not None else since.year + (month < since.month), month)


def _month(year: int, month: int) -> DueMonth:
    if year < 1:
        raise NotAMonth(str(year))
    return DueMonth(date(year, month, monthrange(year, month)[1]))
