"""Spans of days as people write them, and what remarks say of absences: 产假（2026.9—2027.2）, 12月1日至3日, 自6月起."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from scheduler.documents.headers import OFFICE

_DASH = r"\s*(?:-|–|—|―|~|～|至|到|to|until|\.\.)+\s*"
_POINT = r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*(?:[-./月]\s*(\d{1,2})?\s*[日号]?|月)"
_ISO = re.compile(
    rf"(\d{{4}})[-./年](\d{{1,2}})(?:[-./月](\d{{1,2}}))?[日月]?{_DASH}(\d{{4}})[-./年](\d{{1,2}})(?:[-./月](\d{{1,2}}))?[日月]?"
)
_SHORT = re.compile(rf"{_POINT}{_DASH}(?:(?:(\d{{4}})\s*[-./年]\s*)?(\d{{1,2}})\s*[-./月]\s*)?(\d{{1,2}})\s*[日号]?")
_SINGLE = re.compile(r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_OPEN = re.compile(r"自|起|from|since", re.IGNORECASE)
_YEAR = re.compile(r"(20\d{2}|19\d{2})\s*年?")


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Days from the first to the last, both included; `half` says that only a part of the one day is meant."""

    first: date
    last: date | None
    half: str = ""


def _day(year: int, month: int, day: int | None, *, is_end: bool = False) -> date | None:
    try:
        return date(year, month, day or (calendar.monthrange(year, month)[1] if is_end else 1))
    except ValueError:
        return None


def year_in(text: str) -> int | None:
    """The year that a title names: 2026年12月请假登记表."""
    match = _YEAR.search(unicodedata.normalize("NFKC", text))
    return int(match[1]) if match else None


def spans(text: str, year: int) -> list[DaySpan]:
    """The spans that a cell names; an end before the start lies in the next year. Empty if it cannot be read."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = (
        re.sub(r"\([^()]*\)", "", plain) if re.search(r"\d", re.sub(r"\([^()]*\)", "", plain)) else plain.strip("()")
    )
    half = "morning" if "上午" in plain or re.search(r"\bam\b", plain, re.IGNORECASE) else ""
    half = half or ("afternoon" if "下午" in plain or re.search(r"\bpm\b", plain, re.IGNORECASE) else "")
    plain = re.sub(r"[上下]午|全天|\b[ap]m\b", "", plain, flags=re.IGNORECASE).strip()
    if whole := _from_to(plain, year):
        return [whole] if not half else []
    several: list[DaySpan] = []
    for part in re.split(r"[、,;和及\s]+(?=\d)", plain):
        match = _SINGLE.fullmatch(part.strip())
        day = _day(int(match[1] or year), int(match[2]), int(match[3])) if match else None
        if day is None:
            return []
        several.append(DaySpan(day, day, half))
    return several


def _from_to(plain: str, year: int) -> DaySpan | None:
    """A span with a beginning and an end."""
    if match := _ISO.fullmatch(plain):
        first = _day(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
        last = _day(int(match[4]), int(match[5]), int(match[6]) if match[6] else None, is_end=True)
        return DaySpan(first, last) if first and last and first <= last else None
    if (match := _SHORT.fullmatch(plain)) and match[3]:
        begins = int(match[1] or year)
        first = _day(begins, int(match[2]), int(match[3]))
        ends = int(match[4] or begins)
        last = _day(ends, int(match[5] or match[2]), int(match[6]))
        if first and last and last < first and not match[4]:
            last = _day(begins + 1, int(match[5] or match[2]), int(match[6]))
        return DaySpan(first, last) if first and last and first <= last else None
    return None


def open_start(text: str, year: int) -> date | None:
    """The first day of a span without an end: 自2026年6月起."""
    plain = unicodedata.normalize("NFKC", text)
    match = re.search(r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*(?:[-./月]\s*(\d{1,2})?)?", plain)
    if not _OPEN.search(plain) or not match:
        return None
    return _day(int(match[1] or year), int(match[2]), int(match[3]) if match[3] else None)


def absence(text: str, year: int) -> tuple[str, DaySpan] | None:
    """The absence that a remark speaks of, with its dates: 产假（2026.9—2027.2）."""
    plain = unicodedata.normalize("NFKC", text)
    word = away_word(plain)
    match = _ISO.search(plain) or _SHORT.search(plain)
    span = _from_to(match[0], year) if match else None
    return (word, span) if word and span else None


def away_word(text: str) -> str:
    """The word in a remark that says that somebody is away; empty if none does."""
    folded = text.casefold()
    return next((word for word in (*OFFICE["away"], "挂职") if word in folded), "")


def acts(text: str) -> bool:
    """Whether a remark says that somebody does a head's work now: 主持工作, 主持部门工作."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(re.search(r"主持.{0,6}工作|代行.{0,6}职[责权]|负责.{0,4}全面工作", plain)) and not re.search(
        r"不再|曾|原", plain
    )


def in_charge_of(text: str) -> tuple[str, ...]:
    """The units that a remark or a cell says somebody is in charge of: 分管办公室、财务资产部. 协助分管 is not meant."""
    match = re.search(r"(?<!协助)(?:分管|主管|联系指导)[:：]?\s*([^。；;，,]+(?:[，,](?!协助|联系)[^。；;]*)?)", text)
    match = match or re.search(
        r"(?:oversees|overseeing|responsible for|in charge of|executive (?:sponsor|lead) (?:for|of))[: ]+([^.;]+)",
        text,
        re.IGNORECASE,
    )
    return units_in(match[1]) if match else ()


def units_in(text: str) -> tuple[str, ...]:
    """The parts of a list of units."""
    parts = re.split(r"[、,，;；/\n]|和|及|以及|\band\b", text)
    cleaned = (re.sub(r"(等|工作|等工作|等部门)$", "", part.strip(" 。.")) for part in parts)
    return tuple(dict.fromkeys(part for part in cleaned if part))
