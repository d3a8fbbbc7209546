"""Addresses below `/dav/`: whose account, its calendars, the one calendar, an entry. They stay what they are for life."""

from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import quote, unquote, urlsplit

from scheduler.core.ground.ids import FeedId

ROOT = "/dav/"
HOME, CALENDAR, SUFFIX = "calendars", "tanxin", ".ics"


class Kind(Enum):
    """What stands at an address."""

    ROOT = auto()
    PRINCIPAL = auto()
    HOME = auto()
    CALENDAR = auto()
    ENTRY = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """An address of one account."""

    kind: Kind
    feed: FeedId
    uid: str = ""

    @property
    def href(self) -> str:
        """The address as it is written."""
        parts = {Kind.ROOT: 0, Kind.PRINCIPAL: 1, Kind.HOME: 2, Kind.CALENDAR: 3, Kind.ENTRY: 3}[self.kind]
        folders = (self.feed, HOME, CALENDAR)[:parts]
        last = f"{quote(self.uid, safe='')}{SUFFIX}" if self.kind is Kind.ENTRY else ""
        return ROOT + "".join(f"{folder}/" for folder in folders) + last

    def at(self, kind: Kind, uid: str = "") -> "Place":
        """Another address of the same account."""
        return Place(kind, self.feed, uid)


def place(path: str, feed: FeedId) -> Place | None:
    """What stands at a path below the root, for this account; None: nothing that it may know of."""
    match path.rstrip("/").split("/"):
        case [""]:
            return Place(Kind.ROOT, feed)
        case [account, *rest] if account == feed:
            return _within(rest, feed)
        case _:
            return None


def _within(rest: list[str], feed: FeedId) -> Place | None:
    match rest:
        case []:
            return Place(Kind.PRINCIPAL, feed)
        case [home] if home == HOME:
            return Place(Kind.HOME, feed)
        case [home, calendar] if (home, calendar) == (HOME, CALENDAR):
            return Place(Kind.CALENDAR, feed)
        case [home, calendar, name] if (home, calendar) == (HOME, CALENDAR) and name.endswith(SUFFIX):
            return Place(Kind.ENTRY, feed, name.removesuffix(SUFFIX))
        case _:
            return None


def place_of(address: str, feed: FeedId) -> Place | None:
    """What stands at an address that a program wrote, with the name of the server or without."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return None
    return place(path.removeprefix(ROOT), feed) if path.startswith(ROOT) else None
