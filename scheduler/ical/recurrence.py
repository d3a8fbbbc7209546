"""Rules of recurrence, looked at before they are followed: some of a few octets would keep a processor busy for years."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from dateutil import rrule

MAX_BY_PARTS = 10_000
"""How many moments of one day, month or year a rule may name."""
MAX_INTERVAL = 10_000
_Frequency = Literal[0, 1, 2, 3, 4]
_FREQUENCIES: dict[str, _Frequency] = {
    "YEARLY": rrule.YEARLY, "MONTHLY": rrule.MONTHLY, "WEEKLY": rrule.WEEKLY, "DAILY": rrule.DAILY, "HOURLY": rrule.HOURLY,
}  # fmt: skip
_TOO_FINE = ("MINUTELY", "SECONDLY")
_RANGES = {
    "BYSECOND": (0, 59), "BYMINUTE": (0, 59), "BYHOUR": (0, 23), "BYMONTHDAY": (-31, 31), "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53), "BYMONTH": (1, 12), "BYSETPOS": (-366, 366),
}  # fmt: skip
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BY_DAY = re.compile(r"([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?\d{1,6}", re.ASCII)
_OTHER_PARTS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", "RSCALE", "SKIP")


class Odd(ValueError):
    """An entry that is left out; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule, as far as it could be read."""

    frequency: _Frequency
    interval: int = 1
    count: int | None = None
    """A count beyond what is looked at costs nothing: a rule is followed only as far as somebody asks."""
    week_start: int = 0
    until: str = ""
    """Its last moment, as it stands there; empty: none."""
    settings: dict[str, Any] = field(default_factory=dict)
    """What it says by days, months and hours, in the words of the library."""
    odd_parts: int = 0
    """Parts, or words of them, that nobody can read. The rule goes on without: rather busy than free."""

    def starts(self, first: datetime) -> Iterator[datetime]:
        """When it begins, from `first` on, in order and for as long as it is asked; UNTIL is for the caller.

        `first` has no zone: a rule speaks of the clock on the wall.
        """
        yield from rrule.rrule(
            self.frequency,
            dtstart=first,
            interval=self.interval,
            wkst=self.week_start,
            count=self.count,
            **self.settings,
        )


def checked(text: str) -> str:
    """The same rule, if all of it can be read and it keeps to all limits. Raises Odd."""
    if understood(text).odd_parts:
        raise Odd("rule_unreadable")
    return text.upper()


def understood(text: str) -> Recurrence:
    """What a rule says. Raises Odd for one that is too fine, too large, or does not say how often."""
    parts, odd_parts = _parts(text)
    frequency = _frequency(parts)
    if parts.get("RSCALE", "GREGORIAN") != "GREGORIAN":
        raise Odd("rule_unreadable")  # another calendar's months (RFC 7529)
    settings: dict[str, Any] = {}
    words = {name: parts[name].replace(" ", "").split(",") for name in (*_RANGES, "BYDAY") if name in parts}
    if math.prod(map(len, words.values())) > MAX_BY_PARTS:
        raise Odd("rule_too_large")
    for name, each in words.items():
        read = [value for word in each if (value := _value(name, word)) is not None]
        odd_parts += len(each) - len(read)
        if read:
            settings["byweekday" if name == "BYDAY" else name.lower()] = read
    interval, count = _number(parts, "INTERVAL"), _number(parts, "COUNT")
    odd_parts += [interval, count].count(0)
    if interval and interval > MAX_INTERVAL:
        raise Odd("rule_too_large")
    week_start = parts.get("WKST", "MO")
    odd_parts += week_start not in _DAYS
    odd_parts += parts.get("SKIP", "OMIT") != "OMIT"
    return Recurrence(
        frequency, interval or 1, count or None, _DAYS.index(week_start) if week_start in _DAYS else 0,
        parts.get("UNTIL", ""), settings, odd_parts,
    )  # fmt: skip


def _parts(text: str) -> tuple[dict[str, str], int]:
    """A rule in its parts, and how many of them have no standard name, no value, or were said before."""
    parts: dict[str, str] = {}
    odd_parts = 0
    for part in text.upper().strip().strip(";").split(";"):
        name, _, value = (word.strip() for word in part.partition("="))
        is_known = name in _RANGES or name in _OTHER_PARTS
        if value and is_known and name not in parts:
            parts[name] = value
        else:
            odd_parts += 1
    return parts, odd_parts


def _frequency(parts: dict[str, str]) -> _Frequency:
    name = parts.get("FREQ", "")
    if name in _TOO_FINE:
        raise Odd("rule_too_fine")
    if name not in _FREQUENCIES:
        raise Odd("rule_unreadable")
    return _FREQUENCIES[name]


def _number(parts: dict[str, str], name: str) -> int | None:
    """A number from 1 on, if there is one; 0: something else stands there."""
    if name not in parts:
        return None
    return int(parts[name][:18]) if parts[name].isascii() and parts[name].isdigit() else 0


def _value(name: str, word: str) -> int | rrule.weekday | None:
    """One word of a part; None when it is none."""
    if name == "BYDAY":
        match = _BY_DAY.fullmatch(word)
        return rrule.weekday(_DAYS.index(match[2]), int(match[1]) if match[1] else None) if match else None
    low, high = _RANGES[name]
    if not _NUMBER.fullmatch(word) or not low <= int(word) <= high or (low < 0 and int(word) == 0):
        return None
    return int(word)
