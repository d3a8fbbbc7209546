"""Calendars out: one VEVENT per booking, written by the icalendar library and kept as bytes, joined to a feed.

RFC 5545 and 7986. No METHOD (it would ask for an ORGANIZER in every event), no ATTENDEE, no ORGANIZER.
DTSTAMP is the time of the last revision, so that an unchanged calendar is the same to the byte.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, Event, Timezone, TimezoneStandard, vDDDTypes, vInt, vText, vUri

from scheduler.core.ground.spans import Span, local_days

PRODUCT = "-//Tanxin//Tanxin 1.0//ZH"
REFRESH = timedelta(hours=1)
_END = b"END:VCALENDAR\r\n"
_BEGIN_EVENT, _START = b"BEGIN:VEVENT\r\n", b"DTSTART"
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Control characters, and those that turn the direction of writing; no calendar needs them, some are dangerous."""
_CONFIDENTIAL, _PRIVATE, _CANCELLED, _CONFIRMED = map(vText, ("CONFIDENTIAL", "PRIVATE", "CANCELLED", "CONFIRMED"))
_TRANSPARENT, _OPAQUE, _FREE, _BUSY = map(vText, ("TRANSPARENT", "OPAQUE", "FREE", "BUSY"))
_MOMENT = re.compile(rb"\r\nDT(?:START|END)(?:;TZID=([^:\r\n]+))?:(\d{8}T\d{6})(Z?)(?=\r\n)")
_DAY = re.compile(rb"\r\nDT(?:START|END);VALUE=DATE:(\d{8})(?=\r\n)")
_ZONE_BEGINS = datetime(1970, 1, 1)  # noqa: DTZ001 - a VTIMEZONE speaks of local time


@dataclass(frozen=True, slots=True)
class CalendarEntry:
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
    is_free: bool = False
    """Whoever has this calendar need not be there."""
    alarm_minutes: int | None = None
    is_of_days: bool = False
    """It lasts several days and is shown as such: phones draw a bar above them, rather than nights that are full."""
    description: str = ""


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
def event(entry: CalendarEntry, zone: ZoneInfo) -> bytes:
    """One VEVENT; a booking that did not change is rendered once."""
    made, written = Event(), _written(zone)
    created, revised = vDDDTypes(entry.created_at.astimezone(UTC)), vDDDTypes(entry.revised_at.astimezone(UTC))
    made["UID"], made["DTSTAMP"], made["CREATED"], made["LAST-MODIFIED"] = vText(entry.uid), revised, created, revised
    made["SEQUENCE"] = vInt(entry.sequence)
    if entry.is_of_days:
        days = [day for day, _, _ in local_days(entry.span, zone)]
        made.add("DTSTART", days[0])
        made.add("DTEND", days[-1] + timedelta(days=1))
    else:
        made["DTSTART"] = vDDDTypes(entry.span.start.astimezone(written))
        made["DTEND"] = vDDDTypes(entry.span.end.astimezone(written))
    made["SUMMARY"] = vText(clean(entry.summary))
    if description := "\n".join(filter(None, map(clean, entry.description.split("\n")))):
        made["DESCRIPTION"] = vText(description)
    if location := clean(entry.location):
        made["LOCATION"] = vText(location)
    if entry.url:
        made["URL"] = vUri(entry.url)
    is_free = entry.is_free or entry.is_cancelled
    made["CLASS"] = _CONFIDENTIAL if entry.is_confidential else _PRIVATE
    made["STATUS"] = _CANCELLED if entry.is_cancelled else _CONFIRMED
    made["TRANSP"], made["X-MICROSOFT-CDO-BUSYSTATUS"] = (_TRANSPARENT, _FREE) if is_free else (_OPAQUE, _BUSY)
    if entry.alarm_minutes is not None and not entry.is_cancelled:
        made.add_component(_alarm(entry, entry.alarm_minutes))
    return _bytes(made)


def known_by(uid: str, created_at: datetime, revised_at: datetime, sequence: int) -> bytes:
    """What a rendered entry begins with: as long as that is the same, so is the rest."""
    created, revised = (f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" for moment in (created_at, revised_at))
    return (
        f"UID:{uid}\r\nDTSTAMP:{revised}\r\nCREATED:{created}\r\nLAST-MODIFIED:{revised}\r\nSEQUENCE:{sequence}\r\n"
    ).encode()


def taken_apart(calendar: bytes) -> dict[bytes, bytes]:
    """The rendered entries of a calendar that we wrote, by what they are known by."""
    events = calendar.removesuffix(_END).split(_BEGIN_EVENT)[1:]
    return {event.partition(_START)[0]: _BEGIN_EVENT + event for event in events}


def uid_of(event: bytes) -> str:
    """The name of a rendered entry."""
    return event.removeprefix(_BEGIN_EVENT).partition(b"\r\n")[0].removeprefix(b"UID:").decode()


def span_of(event: bytes, zone: ZoneInfo) -> Span:
    """From when until when a rendered entry lasts; days are those of a zone."""
    if days := _DAY.findall(event):
        start, end = (datetime.strptime(day.decode(), "%Y%m%d").replace(tzinfo=zone) for day in days)
    else:
        start, end = (_moment(*written.groups()) for written in _MOMENT.finditer(event))
    return Span(start, end)


def alone(event: bytes, zone: ZoneInfo) -> bytes:
    """A rendered entry as a calendar of its own, which says nothing of itself: what CalDAV hands over one by one."""
    frame = _bare_frame(zone, needs_zone=b";TZID=" in event)
    return b"".join((frame.removesuffix(_END), event, _END))


def zone_alone(zone: ZoneInfo) -> bytes:
    """The time zone as a calendar of its own."""
    return _bare_frame(zone, needs_zone=True)


def _moment(zone: bytes | None, local: bytes, utc: bytes) -> datetime:
    """A moment as it was written."""
    written = ZoneInfo(zone.decode()) if zone and not utc else UTC
    return datetime.strptime(local.decode(), "%Y%m%dT%H%M%S").replace(tzinfo=written)


def _alarm(entry: CalendarEntry, minutes: int) -> Alarm:
    """A reminder on the screen, so long before; calendars refuse one without a text. Days begin at midnight, which nobody
    is to be reminded of, so that of what lasts several is at a moment of its own.
    """
    made, before = Alarm(), timedelta(minutes=minutes)
    made.add("action", "DISPLAY")
    made.add("description", clean(entry.summary))
    if entry.is_of_days:
        made.add("trigger", (entry.span.start - before).astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    else:
        made.add("trigger", -before)
    return made


def clean(text: str) -> str:
    """A text on one line, without characters that nobody sees."""
    return _UNSEEN.sub("", text.replace("\n", " ").replace("\t", " ")).strip()


@lru_cache(maxsize=16)
def _bare_frame(zone: ZoneInfo, *, needs_zone: bool) -> bytes:
    """A calendar without entries and without a name."""
    made = _bare()
    if needs_zone:
        made.add_component(_timezone(zone))
    return _bytes(made)


def _bare() -> Calendar:
    """What every calendar begins with."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", PRODUCT)
    made.add("calscale", "GREGORIAN")
    return made


@lru_cache(maxsize=256)
def _frame(head: Head, *, needs_zone: bool) -> bytes:
    """The calendar without its entries."""
    made, name = _bare(), clean(head.name)
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
