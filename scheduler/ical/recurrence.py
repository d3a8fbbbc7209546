"""Rules of recurrence, looked at before they are followed: some of a few octets would keep a processor busy for years."""

import math
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from dateutil import rrule

MAX_BY_PARTS = 10_000
"""How many moments of one day, month or year a rule may name."""
MAX_COUNT = 10_000
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
_NUMBER = re.compile(r"[+-]?\d{1,6}")


class Odd(ValueError):
    """An entry that is left out; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def checked(text: str) -> str:
    """The same rule, if it keeps to all limits. Raises Odd."""
    parts = _parts(text)
    _frequency(parts)
    _number(parts, "INTERVAL", MAX_INTERVAL)
    _number(parts, "COUNT", MAX_COUNT)
    sizes = [len(_values(name, value)) for name, value in parts.items() if name in _RANGES or name == "BYDAY"]
    if math.prod(sizes) > MAX_BY_PARTS:
        raise Odd("rule_too_large")
    if parts.get("WKST", "MO") not in _DAYS:
        raise Odd("rule_unreadable")
    return text.upper()


def starts(text: str, first: datetime) -> Iterator[datetime]:
    """When a rule says it begins, from `first` on, in order and for as long as it is asked; UNTIL is for the caller.

    `first` has no zone: a rule speaks of the clock on the wall.
    """
    parts = _parts(checked(text))
    settings: dict[str, Any] = {name.lower(): _values(name, value) for name, value in parts.items() if name in _RANGES}
    if "BYDAY" in parts:
        settings["byweekday"] = _weekdays(parts["BYDAY"])
    yield from rrule.rrule(
        _frequency(parts),
        dtstart=first,
        interval=_number(parts, "INTERVAL", MAX_INTERVAL) or 1,
        count=_number(parts, "COUNT", MAX_COUNT),
        wkst=_DAYS.index(parts.get("WKST", "MO")),
        **settings,
    )


def until(text: str) -> str:
    """The last moment of a rule, as it stands there; empty: none."""
    return _parts(text).get("UNTIL", "")


def _parts(text: str) -> dict[str, str]:
    """A rule in its parts. Raises Odd for one that has others than the standard names."""
    parts: dict[str, str] = {}
    for part in text.upper().strip().strip(";").split(";"):
        name, separator, value = part.partition("=")
        is_known = name in _RANGES or name in ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST")
        if not separator or not value or name in parts or not is_known:
            raise Odd("rule_unreadable")
        parts[name] = value
    return parts


def _frequency(parts: dict[str, str]) -> _Frequency:
    name = parts.get("FREQ", "")
    if name in _TOO_FINE:
        raise Odd("rule_too_fine")
    if name not in _FREQUENCIES:
        raise Odd("rule_unreadable")
    return _FREQUENCIES[name]


def _number(parts: dict[str, str], name: str, most: int) -> int | None:
    """A number from 1 on, if there is one."""
    if name not in parts:
        return None
    if not parts[name].isascii() or not parts[name].isdigit() or not int(parts[name][:20]):
        raise Odd("rule_unreadable")
    if int(parts[name][:20]) > most:
        raise Odd("rule_too_large")
    return int(parts[name])


def _values(name: str, text: str) -> list[int]:
    """The numbers of a part; of BYDAY, one for each."""
    words = text.split(",")
    if len(words) > MAX_BY_PARTS:
        raise Odd("rule_too_large")
    if name == "BYDAY":
        return [len(_weekdays(text))] * len(words)
    low, high = _RANGES[name]
    if not all(_NUMBER.fullmatch(word) and low <= int(word) <= high for word in words):
        raise Odd("rule_unreadable")
    numbers = [int(word) for word in words]
    if low < 0 and 0 in numbers:
        raise Odd("rule_unreadable")
    return numbers


def _weekdays(text: str) -> list[rrule.weekday]:
    matches = [_BY_DAY.fullmatch(word) for word in text.split(",")]
    if not all(matches):
        raise Odd("rule_unreadable")
    return [rrule.weekday(_DAYS.index(match[2]), int(match[1]) if match[1] else None) for match in matches if match]
