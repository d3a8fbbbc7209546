"""By which month a task is due, as people write it: 2014-10, 10月底前, 年底前, 第四季度, Q4 2014, 国庆节前, 长期坚持. Always to the month."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.core.ground import written

STANDING_WORDS = re.compile(
    r"长期|(长期|持续)(坚持|抓好?|推进|执行|落实)|常态化(坚持|推进|开展)?|standing|ongoing|long-?term|permanent",
    re.IGNORECASE,
)
"""What has no last day: it is gone on with."""
CUSTOMARY = ("2014-10", "2014年10月", "10月底前", "2014年10月31日", "年底前", "长期坚持")
"""The forms that a refusal names."""
MONTHS = 12
_PART_MONTHS = {"quarter": 3, "half": 6, "year_end": MONTHS}
"""How many months each of these has; it ends with its last."""

_TIDY: tuple[tuple[str, str], ...] = (
    (r"\(含(当|本)?[日月]?\)", ""),
    (r"(?<=[日号])24[时点]", ""),
    (r"(全部)?(完成|办结|落实)(到位)?$", ""),
    (r"(国庆节?|十一)(以前|之前|前)$", "9月"),
    (r"(党的生日|建党节|七一)(以前|之前|前)$", "6月"),
    (r"(劳动节|五一(劳动)?节?)(以前|之前|前)$", "4月"),
    (r"^元旦节?(以前|之前|前)$", "12月"),
    (r"(以前|之前|前)$", ""),
    (r"^(\d\d)(?=年)", r"20\1"),
)
"""What is taken off a Chinese text, or written plainly. Before a feast of the sun is the month before; feasts of the moon move."""
_NUMERALS = dict(
    zip(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), range(1, 13), strict=True)
)
_DIGITS = {ord(numeral): str(number) for number, numeral in enumerate("〇一二三四五六七八九")} | {ord("零"): "0"}

_YEAR = r"(?P<year>\d{4}|今|本|当|明|次|后)"
_CHINESE = tuple(
    re.compile(form)
    for form in (
        rf"({_YEAR}年?)?(?P<year_end>年(底|末|内|终))",
        rf"{_YEAR}(?P<year_end>年?(底|末))",
        rf"({_YEAR}年)?第?(?P<quarter>[一二三四1-4])季度[底末]?",
        rf"({_YEAR}年)?(?P<half>[上下])半年[底末]?",
        rf"({_YEAR}年)?(\d{{1,2}}月?[-—–~至到])?(?P<month>\d{{1,2}})月(份|[上中下]旬|(?P<day>\d{{1,2}})[日号]?)?[底末]?",
        r"(?P<year>\d{4})[-./年](?P<month>\d{1,2})([-./](?P<day>\d{1,2}))?[底末]?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})?",
        r"(?P<month>\d{1,2})[-./](?P<year>\d{4})",
        r"(?P<ahead>本|当|这|下|次)个?月[底末]?",
    )
)

_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = "(?P<name>jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)"
_ENGLISH_YEAR = r"(of)?(the)?(?P<year>\d{4}|this(?=year)|next(?=year))(year)?"
_DAY = r"(?P<day>\d{1,2})(st|nd|rd|th)?"
_PART = r"(?P<quarter>q[1-4]|(the)?(first|second|third|fourth|last)quarter)|(?P<half>h[12]|(the)?(first|second)half)"
_ENGLISH = tuple(
    re.compile(f"(by|until|till|nolaterthan)?(before(?=end|the|year))?(the)?(endof)?{form}")
    for form in (
        rf"(the)?(?P<year_end>year(end)?)({_ENGLISH_YEAR})?",
        rf"(?<=endof){_ENGLISH_YEAR}(?P<year_end>)",
        rf"{_ENGLISH_YEAR}(?P<year_end>yearend)",
        rf"{_NAME}({_DAY})?({_ENGLISH_YEAR})?",
        rf"{_DAY}(of)?{_NAME}({_ENGLISH_YEAR})?",
        rf"{_ENGLISH_YEAR}{_NAME}({_DAY})?",
        rf"({_PART})({_ENGLISH_YEAR})?",
        rf"{_ENGLISH_YEAR}年?({_PART})",
        r"(the)?(?P<ahead>this|next)month",
    )
)
_FIRSTS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "上": 1, "下": 2}
_YEARS_AHEAD = {"明": 1, "次": 1, "next": 1, "后": 2}
_MONTHS_AHEAD = {"下": 1, "次": 1, "next": 1}


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
    is_english = re.search(r"[A-Za-z]", plain)
    named = _named(_ENGLISH, _bare_english(plain)) if is_english else _named(_CHINESE, _bare_chinese(plain))
    if named is None:
        raise NotAMonth(text)
    last = _last(*_month(named, since))
    if "day" in named and not 1 <= int(named["day"]) <= last.day:
        raise NotAMonth(text)
    return DueMonth(last)


def _named(forms: tuple[re.Pattern[str], ...], bare: str) -> dict[str, str] | None:
    """What the first form that fits the whole of a text names."""
    fitting = next((fit for form in forms if (fit := form.fullmatch(bare))), None)
    return {name: part for name, part in fitting.groupdict().items() if part is not None} if fitting else None


def _bare_english(plain: str) -> str:
    return re.sub(r"[-,./()前底]", "", plain.lower())


def _bare_chinese(plain: str) -> str:
    for pattern, tidy in _TIDY:
        plain = re.sub(pattern, tidy, plain)
    plain = re.sub(r"^(\d{4})年元旦节?$", lambda feast: f"{int(feast[1]) - 1}年12月", plain)
    plain = re.sub(r"^[〇零一二三四五六七八九]{4}(?=年)", lambda year: year[0].translate(_DIGITS), plain)
    return re.sub(r"(十[一二]|[一二三四五六七八九十])(?=月)", lambda numeral: str(_NUMERALS[numeral[0]]), plain)


def _month(named: Mapping[str, str], since: date) -> tuple[int, int]:
    """The year and the month that are named; without a year, the first such month that is not over."""
    if "ahead" in named:
        months = since.year * MONTHS + since.month - 1 + _MONTHS_AHEAD.get(named["ahead"], 0)
        return months // MONTHS, months % MONTHS + 1
    month = _month_of_year(named)
    if "year" not in named:
        return since.year + (month < since.month), month
    year = named["year"]
    return int(year) if year.isdigit() else since.year + _YEARS_AHEAD.get(year, 0), month


def _month_of_year(named: Mapping[str, str]) -> int:
    """The month that is named, or the last one of a quarter, a half or the whole of a year."""
    if "month" in named:
        return int(named["month"])
    if "name" in named:
        return _NAMES.index(named["name"][:3]) + 1
    part = next(part for part in _PART_MONTHS if part in named)
    return min(_which(named[part]) * _PART_MONTHS[part], MONTHS)


def _which(part: str) -> int:
    """The how manyeth quarter or half is named; the last one where none is."""
    if digit := re.search(r"[1-4]", part):
        return int(digit[0])
    if part in _NUMERALS:
        return _NUMERALS[part]
    return next((number for word, number in _FIRSTS.items() if word in part), MONTHS)


def _last(year: int, month: int) -> date:
    if year not in written.YEARS or not 1 <= month <= MONTHS:
        raise NotAMonth(f"{year}-{month}")
    return date(year, month, monthrange(year, month)[1])
