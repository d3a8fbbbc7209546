"""Octets of an .ics → the few properties that busy times are made of. Whatever else an entry holds is passed over at once.

Nothing is expanded here, and every limit is looked at before anything is done: octets, lines, nesting, entries.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from scheduler.core.feeds.outside_calendars import Unusable

MAX_OCTETS = 5 * 1024 * 1024
MAX_LINES = 400_000
"""Unfolded; an entry has a dozen or two."""
MAX_LINE_LENGTH = 64 * 1024
"""Of a property that is read; longer ones (pictures, attachments) are passed over."""
MAX_EVENTS = 5_000
DEEPEST = 3
"""A calendar holds an entry, an entry an alarm."""
READ = frozenset({
    "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE", "STATUS",
    "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "FREEBUSY", "TZID", "TZOFFSETTO", "TZOFFSETFROM",
})  # fmt: skip
_FOLD = re.compile(rb"(?:\r\n|\r|\n)[ \t]")
_END = re.compile(r"\r\n|\r|\n")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}(?=[;:])")
_PARAMETER = re.compile(r';([A-Za-z0-9-]{1,64})=("[^"]*"|[^";]*)')


@dataclass(frozen=True, slots=True)
class Property:
    """One line: its value and its parameters."""

    value: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Component:
    """A component with what is read of it."""

    name: str
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        """The first property of a name."""
        return next(iter(self.properties.get(name, ())), None)

    def word(self, name: str) -> str:
        """The first property of a name as one word in capitals; empty when there is none."""
        line = self.first(name)
        return line.value.strip().upper() if line else ""


def calendars(data: bytes) -> list[Component]:
    """The calendars in a file. Raises Unusable for what is none, is cut off or goes beyond the limits."""
    if len(data) > MAX_OCTETS:
        raise Unusable("too_large")
    top, events = Component(""), 0
    open_parts: list[Component] = []
    for line in _lines(data):
        name, _, rest = line.partition(":")
        match name.strip().upper():
            case "BEGIN":
                made = Component(rest.strip().upper())
                events += made.name == "VEVENT"
                _check(made, open_parts, events)
                (open_parts[-1] if open_parts else top).parts.append(made)
                open_parts.append(made)
            case "END":
                if not open_parts or open_parts.pop().name != rest.strip().upper():
                    raise Unusable("broken")
            case _:
                _take(open_parts[-1] if open_parts else top, line)
    if open_parts:
        raise Unusable("cut_off")
    return top.parts


def text_of(data: bytes) -> str:
    """The text of a file: unfolded octet by octet first, since a fold may lie within a character, then decoded."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    unfolded = _FOLD.sub(b"", data.removeprefix(codecs.BOM_UTF8))
    for encoding in ("utf-8", "gb18030", "big5"):
        try:
            return unfolded.decode(encoding)
        except UnicodeDecodeError:
            continue
    return unfolded.decode("utf-8", "replace")


def _lines(data: bytes) -> Iterator[str]:
    """The unfolded lines that are not empty."""
    text = text_of(data)
    if not text.lstrip("\ufeff \t\r\n")[:15].upper() == "BEGIN:VCALENDAR":
        raise Unusable("no_calendar")
    start = 0
    for count, end in enumerate(_END.finditer(text)):
        if count >= MAX_LINES:
            raise Unusable("too_many_lines")
        if end.start() > start:
            yield text[start : end.start()].lstrip("\ufeff")
        start = end.end()
    if text[start:].strip():
        yield text[start:].lstrip("\ufeff")


def _check(made: Component, open_parts: list[Component], events: int) -> None:
    """Raise Unusable where a component stands that may not stand there, or one too many."""
    if (made.name == "VCALENDAR") == bool(open_parts):
        raise Unusable("broken")
    if len(open_parts) >= DEEPEST:
        raise Unusable("nested_too_deep")
    if events > MAX_EVENTS:
        raise Unusable("too_many_entries")


def _take(part: Component, line: str) -> None:
    """Keep a line if it is one that is read; what cannot be understood is no property."""
    match = _NAME.match(line)
    name = match[0].upper() if match else ""
    if name not in READ or len(line) > MAX_LINE_LENGTH:
        return
    place, parameters = len(name), {}
    while parameter := _PARAMETER.match(line, place):
        raw = parameter[2]
        # A value holds no colon, unless quoted or of a zone's name that nobody quoted: the last one parts it from the value.
        if not raw.startswith('"') and ":" in raw:
            raw = raw.rpartition(":")[0]
        parameters[parameter[1].upper()] = raw.strip('"')
        place = parameter.start(2) + len(parameter[2] if parameter[2].startswith('"') else raw)
    value = line[place:]
    if value.startswith(":"):
        part.properties.setdefault(name, []).append(Property(value[1:].strip(), parameters))
