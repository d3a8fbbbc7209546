"""Names of time zones, as calendars write them → zones. What is only guessed is remembered, so that somebody can check it."""

import re
from datetime import timedelta, timezone, tzinfo
from io import StringIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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
_IANA = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9_+-]{1,32}){0,3}")
_OFFSET = re.compile(r"\(?(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?([0-5]\d))?\)?(?!\d)", re.IGNORECASE)
_WRITTEN_OFFSET = re.compile(r"([+-])(\d{2})([0-5]\d)(?:[0-5]\d)?")


class Zones:
    """The zones of one file: those that it defines itself, and all that have a known name."""

    def __init__(self, calendars: list[Component], floating: tzinfo) -> None:
        self._floating = floating
        self._defined = {
            named.value: part
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
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> tzinfo:
        """A plain definition in the file, a known name, any definition in the file, the organisation's zone; the first of these."""
        definition = self._defined.get(name)
        if definition and (plain := _one_offset(definition)):
            return plain
        if zone := iana(name):
            return zone
        if guessed := windows(name) or alias(name):
            self.guesses[name] = ZoneGuess(name, _name_of(guessed))
            return guessed
        if definition and (defined := _by_rules(definition)):
            return defined
        self.guesses[name] = ZoneGuess(name, _name_of(self._floating))
        return self._floating


def iana(name: str) -> ZoneInfo | None:
    """A zone of the tables that everybody shares."""
    if not _IANA.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def windows(name: str) -> ZoneInfo | None:
    """A zone as Windows and Outlook call it."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    olson = WINDOWS_TO_OLSON.get(name)
    return iana(olson) if olson else None


def alias(name: str) -> tzinfo | None:
    """A zone as people call it, or as an offset, or with the path of some program in front of it."""
    plain = name.strip()
    if olson := _ALIASES.get(plain.casefold()):
        return iana(olson)
    if plain.startswith("/"):
        parts = plain.strip("/").split("/")
        tails = ("/".join(parts[place:]) for place in range(max(0, len(parts) - 3), len(parts) - 1))
        return next((zone for tail in tails if (zone := iana(tail))), None)
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
            lines.append(f"BEGIN:{part.name}")
            properties = ((name, part.first(name)) for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE"))
            lines += [
                f"{name}:{checked(line.value) if name == 'RRULE' else line.value}" for name, line in properties if line
            ]
            lines.append(f"END:{part.name}")
        return tz.tzical(StringIO("\n".join([*lines, "END:VTIMEZONE", ""]))).get("x")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _name_of(zone: tzinfo) -> str:
    """What a zone is called."""
    return zone.key if isinstance(zone, ZoneInfo) else str(zone)
