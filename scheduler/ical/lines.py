"""Octets of an .ics → the few properties that busy times are made of. Whatever else an entry holds is passed over at once.

Nothing is expanded here, and every limit is looked at before anything is done: octets, lines, nesting, entries.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from scheduler.core.feeds.outside_calendars import Unusable

MAX_OCTETS = 20 * 1024 * 1024
"""By address and as a file: a secret address holds the whole history of a calendar."""
MAX_LINES = 1_000_000
"""Unfolded; an entry has a dozen or two."""
MAX_LINE_LENGTH = 64 * 1024
"""Of a property that is read; longer ones (pictures, attachments) are passed over."""
MAX_EVENTS = 5_000
"""Entries that may reach into what is looked at."""
MAX_ENTRIES = 100_000
"""All of them, those of years ago too."""
DEEPEST = 4
"""A calendar holds an entry, an entry a participant, a participant a place (RFC 9073)."""
READ = frozenset({
    "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE", "STATUS",
    "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "FREEBUSY", "TZID", "TZOFFSETTO", "TZOFFSETFROM",
    "METHOD", "X-WR-TIMEZONE",
})  # fmt: skip
_FOLD = re.compile(rb"(?:\r\n|\r|\n)[ \t]")
_END = re.compile(r"\r\n|\r|\n")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}(?=[;:])")
_COMPONENT = re.compile(r"[A-Z0-9-]{1,64}")
_CALENDARS_OWN = frozenset({
    "VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VALARM",
    "VAVAILABILITY", "AVAILABLE", "PARTICIPANT", "VLOCATION", "VRESOURCE",
})  # fmt: skip
"""Components that calendars have; a file in which one of these crosses another is broken."""
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
    strays: int = 0
    """Of a calendar: its lines that are no property."""

    def first(self, name: str) -> Property | None:
        """The first property of a name."""
        return next(iter(self.properties.get(name, ())), None)

    def word(self, name: str) -> str:
        """The first property of a name as one word in capitals; empty when there is none."""
        line = self.first(name)
        return line.value.strip().upper() if line else ""


def calendars(data: bytes, reaches: Callable[[Component], bool] = lambda _: True) -> list[Component]:
    """The calendars in a file; an entry counts against the limit if `reaches` says so.

    A stray line, such as the second one of a text that nobody folded, is counted on its calendar, even if it begins or ends
    nothing. Raises Unusable for what is no calendar, is cut off or goes beyond the limits.
    """
    if len(data) > MAX_OCTETS:
        raise Unusable("too_large")
    tree = _Tree(reaches)
    for line in _lines(data):
        start = line[:6].upper()
        if start == "BEGIN:":
            tree.begin(line[6:].strip().upper())
        elif start.startswith("END:"):
            tree.end(line[4:].strip().upper())
        else:
            tree.take(line)
    if tree.open_parts:
        raise Unusable("cut_off")
    return tree.top.parts


class _Tree:
    """Components within components, as lines open and close them."""

    def __init__(self, reaches: Callable[[Component], bool]) -> None:
        self.top = Component("")
        self.open_parts: list[Component] = []
        self._reaches = reaches
        self._entries = self._reaching = 0

    def begin(self, name: str) -> None:
        """Open a component. Raises Unusable where it may not stand, or is one too many."""
        if not _COMPONENT.fullmatch(name) and self.open_parts:
            self._stray()
            return
        if (name == "VCALENDAR") == bool(self.open_parts):
            raise Unusable("broken")
        if len(self.open_parts) >= DEEPEST:
            raise Unusable("nested_too_deep")
        made = Component(name)
        (self.open_parts[-1] if self.open_parts else self.top).parts.append(made)
        self.open_parts.append(made)

    def end(self, name: str) -> None:
        """Close a component; those within it that nothing closes, and that no calendar has, were words of a text."""
        place = next(
            (place for place in range(len(self.open_parts) - 1, -1, -1) if self.open_parts[place].name == name), None
        )
        if place is None:
            if name in _CALENDARS_OWN or not self.open_parts:
                raise Unusable("broken")
            self._stray()
            return
        for words in reversed(self.open_parts[place + 1 :]):
            if words.name in _CALENDARS_OWN:
                raise Unusable("broken")
            self._dissolve(words)
        closed = self.open_parts.pop()
        if closed.name == "VEVENT":
            self._count(closed)

    def take(self, line: str) -> None:
        """Keep a line if it is one that is read."""
        if not _take(self.open_parts[-1] if self.open_parts else self.top, line) and self.open_parts:
            self._stray()

    def _stray(self) -> None:
        self.open_parts[0].strays += 1

    def _dissolve(self, words: Component) -> None:
        """Give what seemed to stand in a component to the one around it."""
        self.open_parts.pop()
        around = self.open_parts[-1]
        around.parts.remove(words)
        around.parts += words.parts
        for name, lines in words.properties.items():
            around.properties.setdefault(name, []).extend(lines)
        self._stray()

    def _count(self, entry: Component) -> None:
        """Raise Unusable for an entry too many."""
        self._entries += 1
        self._reaching += self._reaches(entry)
        if self._entries > MAX_ENTRIES or self._reaching > MAX_EVENTS:
            raise Unusable("too_many_entries")


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


def _take(part: Component, line: str) -> bool:
    """Keep a line if it is one that is read; False: it is no property at all."""
    match = _NAME.match(line)
    name = match[0].upper() if match else ""
    if name not in READ or len(line) > MAX_LINE_LENGTH:
        return bool(name)
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
    return True
