"""A notice: what is told of one booking in a chat or a text message, as data; its sentences come last."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.spans import Span
from scheduler.core.mail.news import NewsKind


@dataclass(frozen=True, slots=True)
class Notice:
    """One booking, as far as its readers may know it, and what became of it."""

    kind: NewsKind
    what: str
    """Its kind, a word of the code."""
    title: str
    """Empty for a talk."""
    span: Span
    zone: ZoneInfo
    place: str = ""
    host: str = ""
    link: str = ""
    remark: str = ""
    others: tuple[str, ...] = field(default=())
    """Of a talk: with whom, or between whom."""
    before: Span | None = None
    before_place: str = ""


def may_be_told(booking: Booking, readers: frozenset[PersonId]) -> bool:
    """Whether everybody who reads a chat may know of a booking: all of them are in it, and it is no talk."""
    return booking.kind is not Kind.TALK and bool(readers) and readers <= set(booking.people)
