"""Days, times and numbers as people write them: one grammar for forms, tables, the API and the command line.

What is none is None; how that is said is the door's affair. Formats that programs write (problem files, iCalendar) are narrower.
"""

import re
from datetime import date, datetime, time
from fractions import Fraction
from functools import lru_cache
from unicodedata import normalize

YEARS = range(1900, 2200)
"""Years that somebody can mean."""
MAX_LINE = 200
"""Characters of one line of text: a title, a note, a reason."""
NO_TEXT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|["
    + "".join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
"""Characters that no document can hold (XML 1.0, 2.2) or that are none (Unicode, 23.7): no text of ours has them."""
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_DAY = re.compile(
    r"(?:(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2}))(?:[ T]+0?0:00(?::00)?)?"
    r"(?:\s*\(?(?:星期|周|礼拜)([一二三四五六日天])\)?)?"
)
_WEEKDAYS = "一二三四五六日天"
_WEEKDAY = re.compile(r"\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?$")
_YEARLESS = re.compile(
    r"(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*[日号]?(?:\s*\(?(?:星期|周|礼拜)([一二三四五六日天])\)?)?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?|([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?)(?:,?[\s-]+(\d{4}))?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(上午|早上|早|中午|下午|晚上|晚)?(\d{1,2})(?:[:时点](\d{2})分?(?::00)?|[时点](半|整|钟|)|(?=[ap]))(am|pm|a\.m\.|p\.m\.)?",
    re.IGNORECASE,
)
_HALVES = {"上午": "am", "早上": "am", "早": "am", "中午": "pm", "下午": "pm", "晚上": "pm", "晚": "pm"}
_MIDNIGHT = re.compile(r"24[:时点]00分?(:00)?")
_EVENING = ("晚上", "晚")
NOON, HOURS_A_DAY = 12, 24
_WORKING_FROM = 7
"""From this hour on, `8点` is said of the morning; before it, of either half of the day."""
_MOMENT = re.compile(r"(\S.*?)[T ]+(\d{1,2}:\d{2})(:\d{2})?(Z|[+-]\d{2}:?\d{2})?")

_SHARE = re.compile(r"\d{1,3}/\d{1,3}|[01](?:\.\d{1,2})?", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3})%", re.ASCII)
_PARTS = re.compile(r"([二三四五六七八九十])分之([一二三四五六七八九十])")
_SIGNS = {sign: number for number, sign in enumerate("一二三四五六七八九十", start=1)}
_HOURS = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)(?:个?(?:学时|小时)|h)?", re.ASCII | re.IGNORECASE)


@lru_cache(maxsize=5_000)
def day(text: str) -> date | None:
    """A day: `2014-08-20`, `2014/8/20`, `20140820`, `2014年8月20日 星期三`, `20 Aug 2014`; a spreadsheet may have put midnight behind it.

    A day of the week that is another one's makes it none.
    """
    parts = _DAY.fullmatch(normalize("NFKC", text))
    if parts is None:
        return _english(text)
    try:
        read = date(*map(int, filter(None, parts.groups()[:6])))
    except ValueError:
        return None
    weekday = min(_WEEKDAYS.index(parts[7]), 6) if parts[7] else read.weekday()
    return read if read.year in YEARS and weekday == read.weekday() else None


def day_in(text: str, year: int) -> date | None:
    """A day that is written without a year, as one of a year: `8月20日（周三）`, `8.20`, `8/20`, `20 Aug`."""
    parts = _YEARLESS.fullmatch(normalize("NFKC", text).strip())
    if parts is None:
        return _english(text, year)
    weekday = f" 周{parts[3]}" if parts[3] else ""
    return day(f"{year}-{parts[1]}-{parts[2]}{weekday}")


def without_weekday(text: str) -> str:
    """A day as it is written, without its day of the week."""
    return _WEEKDAY.sub("", normalize("NFKC", text)).strip()


def _english(text: str, year: int | None = None) -> date | None:
    """A day as English writes it: with its year, or (where one is given) without it."""
    parts = _ENGLISH.fullmatch(normalize("NFKC", text).strip())
    name = ((parts[2] or parts[3]) if parts else "").lower()
    number = next((place for place, short in enumerate(_MONTHS, 1) if name.startswith(short)), 0)
    if parts is None or not number or (parts[5] is None) == (year is None):
        return None
    return day(f"{parts[5] or year}-{number}-{parts[1] or parts[4]}")


def month(text: str) -> date | None:
    """The first day of a month: `2014-06`, `2014年6月`."""
    parts = _MONTH.fullmatch(normalize("NFKC", text).strip())
    return day(f"{parts[1]}-{parts[2]}-01") if parts else None


@lru_cache(maxsize=5_000)
def clock(text: str) -> time | None:
    """A time of day in whole minutes: `9:00`, `09:00:00`, `9时00分`, `下午2点半`, `2:30 PM`; `3点` alone may be either half: None."""
    parts = _CLOCK.fullmatch(normalize("NFKC", text).replace(" ", ""))
    if parts is None:
        return None
    half, said, minute, spoken, english = parts.groups()
    if half is None and spoken is not None and int(said) < _WORKING_FROM:
        return None
    hour = _hour(int(said), _HALVES.get(half or "", ""), (english or "").casefold().replace(".", ""))
    minute = int(minute or (30 if spoken == "半" else 0))
    is_midnight_told = half in _EVENING and int(said) == NOON
    return (
        time(hour, minute) if hour is not None and hour < HOURS_A_DAY and minute < 60 and not is_midnight_told else None
    )


def _hour(said: int, half: str, english: str) -> int | None:
    """An hour of the day, of the half of it that is said; None if that cannot be: 上午 14:00, 0:30 PM, both ways at once."""
    if not (half or english):
        return said
    if (half and english) or said == 0 or (english and said > NOON):
        return None
    if "am" in (half, english):
        return said % NOON if english else said if said < NOON else None
    return said + NOON if said < NOON else said


def is_midnight(text: str) -> bool:
    """Whether a time is that at which a day ends: `24:00`."""
    return bool(_MIDNIGHT.fullmatch(normalize("NFKC", text).replace(" ", "")))


def moment(text: str) -> datetime | None:
    """A day and a time, `2014-08-20T09:00`: without a zone on the local clock, unless an offset stands behind it."""
    parts = _MOMENT.fullmatch(normalize("NFKC", text))
    on, at = (day(parts[1]), clock(parts[2])) if parts else (None, None)
    if not (parts and on and at):
        return None
    try:
        return datetime.fromisoformat(f"{on}T{at:%H:%M}{parts[3] or ''}{parts[4] or ''}")
    except ValueError:
        return None


def hours(text: str) -> float | None:
    """A number of study hours above 0: `7`, `3.5`, `7学时`; at most two digits behind the point."""
    parts = _HOURS.fullmatch(normalize("NFKC", text).replace(" ", ""))
    return (float(parts[1]) or None) if parts else None


def share(text: str) -> Fraction | None:
    """A share above nothing, up to all: `2/3`, `三分之二`, `60%`, `0.6`; None for what is none, or needs more than hundredths."""
    plain = normalize("NFKC", text).replace(" ", "")
    if chinese := _PARTS.fullmatch(plain):
        plain = f"{_SIGNS[chinese[2]]}/{_SIGNS[chinese[1]]}"
    if percent := _PERCENT.fullmatch(plain):
        plain = f"{percent[1]}/100"
    if not _SHARE.fullmatch(plain):
        return None
    top, _, bottom = plain.partition("/")
    part = Fraction(top) if not bottom else Fraction(int(top), int(bottom)) if int(bottom) else Fraction(0)
    return part if 0 < part <= 1 and part.denominator <= 100 else None


def whole(text: str, least: int, most: int) -> int | None:
    """A whole number within bounds."""
    is_number = text.isascii() and text.isdigit() and len(text) < 12
    return int(text) if is_number and least <= int(text) <= most else None
