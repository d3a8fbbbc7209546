"""What a `calendar-query` looks for, as a question to each entry. What cannot be looked for is refused, never passed over."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from scheduler.dav.answers import Denied
from scheduler.dav.elements import name
from scheduler.services.feeds.device_entries import DeviceEntry

Test = Callable[[DeviceEntry], bool]
_COMPONENT, _PROPERTY = name("C:comp-filter"), name("C:prop-filter")
_RANGE, _TEXT, _UNDEFINED = name("C:time-range"), name("C:text-match"), name("C:is-not-defined")
_MOMENT = re.compile(r"\d{8}T\d{6}Z")
_FOLLOWS = re.compile(r"\r\n[ \t]")
_ESCAPED = re.compile(r"\\(.)")
_OTHERS = ("VTODO", "VJOURNAL", "VFREEBUSY")
"""Kinds of entry that calendars may hold, and ours does not."""


def test(query: Element) -> Test:
    """The question that a query asks; raises Denied for what is no query, or one that we cannot answer."""
    outer = query.find(f"{name('C:filter')}/{_COMPONENT}")
    if outer is None or outer.get("name") != "VCALENDAR":
        raise Denied("C:valid-filter")
    tests = []
    for inner in outer:
        if inner.tag != _COMPONENT:
            raise Denied("C:supported-filter")
        tests.append(_component(inner))
    return lambda entry: all(passes(entry) for passes in tests)


def _component(component: Element) -> Test:
    """A kind of entry, and what it shall be like."""
    kind, is_undefined = component.get("name", ""), component.find(_UNDEFINED) is not None
    if kind in _OTHERS:
        return lambda _: is_undefined
    if kind != "VEVENT":
        raise Denied("C:supported-filter")
    if is_undefined:
        return lambda _: False
    tests = [_within_event(inner) for inner in component]
    return lambda entry: all(passes(entry) for passes in tests)


def _within_event(condition: Element) -> Test:
    """One thing that an entry shall be like."""
    if condition.tag == _RANGE:
        return _range(condition)
    if condition.tag == _PROPERTY:
        return _property(condition)
    if (
        condition.tag == _COMPONENT
        and condition.get("name") == "VALARM"
        and {child.tag for child in condition} <= {_UNDEFINED}
    ):
        is_wanted = len(condition) == 0
        return lambda entry: (b"BEGIN:VALARM" in entry.event) is is_wanted
    raise Denied("C:supported-filter")


def _range(condition: Element) -> Test:
    """Entries that touch a stretch of time, open to one side perhaps."""
    start, end = (_moment(condition.get(side)) for side in ("start", "end"))
    if not (start or end):
        raise Denied("C:valid-filter")
    return lambda entry: (end is None or entry.span.start < end) and (start is None or entry.span.end > start)


def _moment(written: str | None) -> datetime | None:
    if written is None:
        return None
    try:
        if not _MOMENT.fullmatch(written):
            raise ValueError
        return datetime.strptime(written, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise Denied("C:valid-filter") from None


def _property(condition: Element) -> Test:
    """Entries in which a property is there, is not there, or holds some words."""
    property_name, inner = condition.get("name", "").upper(), list(condition)
    match [child.tag for child in inner]:
        case []:
            return lambda entry: bool(_values(entry, property_name))
        case [tag] if tag == _UNDEFINED:
            return lambda entry: not _values(entry, property_name)
        case [tag] if tag == _TEXT:
            return _text(inner[0], property_name)
        case _:
            raise Denied("C:supported-filter")


def _text(condition: Element, property_name: str) -> Test:
    """Entries in which a property holds some words, or holds others; one without the property holds none (RFC 4791, 9.7.2)."""
    fold = _FOLDS.get(condition.get("collation", "i;ascii-casemap"))
    if fold is None:
        raise Denied("C:supported-collation")
    words, is_negated = fold(condition.text or ""), condition.get("negate-condition") == "yes"

    def test(entry: DeviceEntry) -> bool:
        values = _values(entry, property_name)
        return bool(values) and any(words in fold(value) for value in values) is not is_negated

    return test


def _ascii(text: str) -> str:
    """Without regard to large and small among the letters of ASCII."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


_FOLDS: dict[str, Callable[[str], str]] = {
    "i;ascii-casemap": _ascii,
    "i;octet": str,
    "i;unicode-casemap": str.casefold,
    "default": _ascii,
}


def _values(entry: DeviceEntry, property_name: str) -> list[str]:
    """What a property of an entry holds, each time it is there."""
    values = []
    for line in _FOLLOWS.sub("", entry.event.partition(b"BEGIN:VALARM")[0].decode()).split("\r\n"):
        head, _, value = line.partition(":")
        if head.partition(";")[0] == property_name:
            values.append(_ESCAPED.sub(lambda letter: "\n" if letter[1] in "nN" else letter[1], value))
    return values
