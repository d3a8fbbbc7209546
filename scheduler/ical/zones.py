"""Names of time zones, as calendars write them → zones. What is only guessed is remembered, so that somebody can check it."""

import re
from collections.abc import Iterator
from datetime import timedelta, timezone, tzinfo
from functools import cache
from io import StringIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from dateutil import tz

from scheduler.core.feeds.outside_calendars import ZoneGuess
from scheduler.ical.lines import Component
from scheduler.ical.recurrence import checked

CHINA = "Asia/Shanghai"
_ALIASES = {
    "asia/beijing": CHINA, "北京": CHINA, "北京时间": CHINA, "中国": CHINA, "中国标准时间": CHINA, "中国时间": CHINA,
    "上海": CHINA, "重庆": CHINA, "乌鲁木齐": CHINA, "beijing": CHINA, "shanghai": CHINA, "china": CHINA,
    "beijing, chongqing, hong kong, urumqi": CHINA, "cst-8": CHINA, "beijing time": CHINA,
    "香港": "Asia/Hong_Kong", "台北": "Asia/Taipei", "台北标准时间": "Asia/Taipei", "台北標準時間": "Asia/Taipei",
    "东京": "Asia/Tokyo", "東京": "Asia/Tokyo", "utc": "UTC", "z": "UTC",
}  # fmt: skip
# Big5 read as GB18030, which has a character for all of it, so that no reader can tell the two apart.
_ALIASES |= {
    name.encode("big5").decode("gb18030"): "Asia/Taipei" for name in ("台北", "臺北", "台北標準時間", "臺北標準時間")
}
MAX_ONSETS = 500
"""Listed changes of a clock that are read of one definition."""
_IANA = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9_+-]{1,32}){0,3}")
_OFFSET = re.compile(r"\(?(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?([0-5]\d))?\)?(?!\d)", re.IGNORECASE)
_WRITTEN_OFFSET = re.compile(r"([+-])(\d{2})([0-5]\d)(?:[0-5]\d)?")


class Zones:
    """The zones of one file: those that it defines itself, and all that have a known name."""

    def __init__(self, calendars: list[Component], floating: tzinfo) -> None:
        self._floating = floating
        self._defined = {
            plain_name(named.value): part
            for calendar in calendars
            for part in calendar.parts
            if part.name == "VTIMEZONE" and (named := part.first("TZID"))
        }
        self._known: dict[str, tzinfo] = {}
        self.guesses: dict[str, ZoneGuess] = {}

    def of(self, name: str | None) -> tzinfo:
        """The zone of a name; without one, or with one that nobody knows, the organisation's, as a guess."""
        name = name or ""
        if name not in self._known:
            self._known[name] = self._found(plain_name(name))
        return self._known[name]

    def _found(self, name: str) -> tzinfo:
        """A name of the shared tables, a definition in the file, a name that people or programs use, the organisation's zone.

        The first of these. What the file defines beats what its name seems to say (RFC 5545, 3.6.5); but widespread programs
        define a well-known name by one offset alone, or by this year's rules.
        """
        if zone := iana(name):
            return zone
        if zone := _by_path(name):
            return self._guess(name, zone)
        definition = self._defined.get(name)
        if definition and (defined := _one_offset(definition) or _by_rules(definition)):
            return defined
        return self._guess(name, windows(name) or alias(name) or self._floating)

    def _guess(self, name: str, zone: tzinfo) -> tzinfo:
        """A zone that was only guessed, noted as such."""
        self.guesses[name] = ZoneGuess(name, _name_of(zone))
        return zone


def plain_name(name: str) -> str:
    """A zone's name without escapes: as a property it is a text, in which a comma is written `\\,`."""
    return re.sub(r"\\([\\,;])", r"\1", name).strip()


def known(name: str) -> bool:
    """Whether anybody knows a zone of this name without a definition."""
    return bool(iana(name) or _by_path(name) or windows(name) or alias(name))


def iana(name: str) -> ZoneInfo | None:
    """A zone of the tables that everybody shares, in capitals or not."""
    if not _IANA.fullmatch(name):
        return None
    try:
        return ZoneInfo(_iana_names().get(name.casefold(), name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@cache
def _iana_names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


@cache
def _windows_names() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {name.casefold(): olson for name, olson in WINDOWS_TO_OLSON.items()}


def windows(name: str) -> ZoneInfo | None:
    """A zone as Windows and Outlook call it."""
    olson = _windows_names().get(name.casefold())
    return iana(olson) if olson else None


def _by_path(name: str) -> ZoneInfo | None:
    """A zone of the shared tables with the path of some program in front of it."""
    if not name.startswith("/"):
        return None
    parts = name.strip("/").split("/")
    tails = ("/".join(parts[place:]) for place in range(max(0, len(parts) - 3), len(parts) - 1))
    return next((zone for tail in tails if (zone := iana(tail))), None)


def alias(name: str) -> tzinfo | None:
    """A zone as people call it, or as an offset."""
    plain = name.strip()
    if olson := _ALIASES.get(plain.casefold()):
        return iana(olson)
    if offset := _OFFSET.match(plain):
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        if (offset[1], hours, minutes) == ("+", 8, 0):
            return iana(CHINA)
        return _fixed(offset[1], hours, minutes)
    return None


def _fixed(sign: str, hours: int, minutes: int) -> tzinfo | None:
    """A zone of one offset, if there may be such a one."""
    if hours > 14:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if sign == "-" else offset)


def _one_offset(definition: Component) -> tzinfo | None:
    """The zone of a definition that knows one offset only."""
    offsets = {part.word("TZOFFSETTO"): part for part in definition.parts}
    try:
        return _of_offset(next(iter(offsets.values()))) if len(offsets) == 1 else None
    except ValueError:
        return None


def _of_offset(part: Component) -> tzinfo:
    """The zone that a part of a definition is in. Raises ValueError when there may be no such one."""
    offset = _WRITTEN_OFFSET.fullmatch(part.word("TZOFFSETTO"))
    zone = _fixed(offset[1], int(offset[2]), int(offset[3])) if offset else None
    if zone is None:
        raise ValueError("no offset")
    return zone


def _by_rules(definition: Component) -> tzinfo | None:
    """The zone of a definition with rules, if all of it can be understood."""
    lines = ["BEGIN:VTIMEZONE", "TZID:x"]
    try:
        for part in definition.parts:
            _of_offset(part)
            lines += [f"BEGIN:{part.name}", *_onsets(part), f"END:{part.name}"]
        return tz.tzical(StringIO("\n".join([*lines, "END:VTIMEZONE", ""]))).get("x")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _onsets(part: Component) -> Iterator[str]:
    """When a part of a definition begins to hold. Raises ValueError for what is not told by years."""
    rule = part.word("RRULE")
    if rule and not (rule.startswith("FREQ=YEARLY") or ";FREQ=YEARLY" in rule):
        raise ValueError("no rule of years")
    for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"):
        for line in part.properties.get(name, ())[: 1 if name != "RDATE" else MAX_ONSETS]:
            value = checked(line.value) if name == "RRULE" else line.value
            if name == "DTSTART" and rule and "COUNT" not in rule and "INTERVAL" not in rule:
                value = re.sub(
                    r"^(?:0|1[0-8]|19[0-6])\d+(?=\d{4}T)", "1970", value
                )  # nobody needs the years since 1601
            yield f"{name}:{value}"


def _name_of(zone: tzinfo) -> str:
    """What a zone is called."""
    return zone.key if isinstance(zone, ZoneInfo) else str(zone)
