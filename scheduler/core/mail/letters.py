"""A letter: what one message says to one person, as data; its sentences come last."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.core.ground.ids import BookingId
from scheduler.core.ground.spans import Span
from scheduler.core.mail.news import NewsKind


class Purpose(StrEnum):
    """The one thing that a link in a letter does."""

    COME = "come"
    """Say that one will be there."""
    PROPOSE = "propose"
    """Propose another time."""
    HELD = "held"
    """Confirm that the talk was held."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A booking as far as its reader may know it."""

    booking: BookingId
    kind: str
    title: str
    """Empty for a talk, and for what the reader is not in any more."""
    others: tuple[str, ...]
    """The other people of a talk of two; nobody else is ever named."""
    span: Span
    place: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of news as the letter tells it."""

    kind: NewsKind
    entry: Entry
    uid: str
    sequence: int
    created_at: datetime
    revised_at: datetime
    before: Span | None = None
    before_place: str = ""


class PageNews(StrEnum):
    """What befell somebody's subscription page without them, or by whoever held its address."""

    ISSUED = "issued"
    TAKEN_OVER = "taken_over"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Letter:
    """News for one person, a reminder of one talk, or what befell their subscription page."""

    name: str
    """The reader's."""
    address: str
    language: str
    zone: ZoneInfo
    told: tuple[Told, ...] = ()
    reminder: Entry | None = None
    page: tuple[PageNews, datetime] | None = None
    """What befell the reader's page, and when."""
    links: tuple[tuple[Purpose, str], ...] = ()
    """What the reader can do with one tap, and the address of it."""
