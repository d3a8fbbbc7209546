"""Calendars out: one VEVENT per booking, written by the icalendar library and kept as bytes, joined to a feed.

RFC 5545 and 7986. No METHOD (it would ask for an ORGANIZER in every event), no ATTENDEE, no ORGANIZER, no VALARM.
DTSTAMP is the time of the last revision, so that an unchanged calendar is the same to the byte.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, Timezone, TimezoneStandard

from scheduler.core.spans import Span

PRODUCT = "-//Tanxin//Tanxin 1.0//ZH"
REFRESH = timedelta(hours=1)
_END = b"END:VCALENDAR\r\n"
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Control characters, and those that turn the direction of writing; no calendar needs them, some are dangerous."""
_ZONE_BEGINS = datetime(1970, 1, 1)  # noqa: DTZ001 - a VTIMEZONE speaks of local time


@dataclass(frozen=True, slots=True)
class Entry:
    """What a calendar shows of one booking; nothing else can get into a feed."""

    uid: str
    summary: str
    span: Span
    created_at: datetime
    revised_at: datetime
    sequence: int = 0
    location: str = ""
    url: str = ""
    is_cancelled: bool = False
    is_confidential: bool = False
    """A talk; whatever is not one is private."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a calendar says of itself."""

    name: str
    zone: ZoneInfo
    color: str = "firebrick"


def calendar(head: Head, entries: Iterable[bytes]) -> bytes:
    """A whole calendar of rendered entries; one without entries still holds a time zone, as RFC 5545 asks."""
    rendered = tuple(entries)
    frame = _frame(head, needs_zone=not rendered or _written(head.zone) is head.zone)
    return b"".join((frame.removesuffix(_END), *rendered, _END))


@lru_cache(maxsize=50_000)
def event(entry: Entry, zone: ZoneInfo) -> bytes:
    """One VEVENT; a booking that did not change is rendered once."""
    made = Event()
    made.add("uid", entry.uid)
    made.add("dtstamp", entry.revised_at.astimezone(UTC))
    made.add("created", entry.created_at.astimezone(UTC))
    made.add("last-modified", entry.revised_at.astimezone(UTC))
    made.add("sequence", entry.sequence)
    made.add("dtstart", entry.span.start.astimezone(_written(zone)))
    made.add("dtend", entry.span.end.astimezone(_written(zone)))
    made.add("summary", clean(entry.summary))
    if location := clean(entry.location):
        made.add("location", location)
    if entry.url:
        made.add("url", entry.url)
    made.add("class", "CONFIDENTIAL" if entry.is_confidential else "PRIVATE")
    made.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT" if entry.is_cancelled else "OPAQUE")
    made.add("x-microsoft-cdo-busystatus", "FREE" if entry.is_cancelled else "BUSY")
    return _bytes(made)


def clean(text: str) -> str:
    """A text on one line, without characters that nobody sees."""
    return _UNSEEN.sub("", text.replace("\n", " ").replace("\t", " ")).strip()


@lru_cache(maxsize=256)
def _frame(head: Head, *, needs_zone: bool) -> bytes:
    """The calendar without its entries."""
    made = Calendar()
    name = clean(head.name)
    made.add("version", "2.0")
    made.add("prodid", PRODUCT)
    made.add("calscale", "GREGORIAN")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", head.zone.key)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    made.add("color", head.color)
    if needs_zone:
        made.add_component(_timezone(head.zone))
    return _bytes(made)


def _timezone(zone: ZoneInfo) -> Timezone:
    """The zone that times are written in, with its one offset: older rules trip readers, seconds break Outlook."""
    written = _written(zone)
    offset = datetime(2014, 1, 1, tzinfo=written).utcoffset() or timedelta()
    made, standard = Timezone(), TimezoneStandard()
    made.add("tzid", zone.key if written is zone else "Etc/UTC")
    standard.add("dtstart", _ZONE_BEGINS)
    standard.add("tzoffsetfrom", offset)
    standard.add("tzoffsetto", offset)
    standard.add("tzname", datetime(2014, 1, 1, tzinfo=written).tzname() or "UTC")
    made.add_component(standard)
    return made


@lru_cache(maxsize=16)
def _written(zone: ZoneInfo) -> tzinfo:
    """The zone itself if it has kept one offset since 1992, in whole minutes; else UTC, which no reader gets wrong."""
    months = (datetime(year, month, 1, tzinfo=zone) for year in range(1992, 2038) for month in range(1, 13))
    offsets = {month.utcoffset() for month in months}
    return zone if len(offsets) == 1 else UTC


def _bytes(component: Component) -> bytes:
    """A component as the library writes it: CRLF, folded at 75 octets, in the order in which it was made."""
    return bytes(component.to_ical(sorted=False))
