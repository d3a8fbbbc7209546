"""Addresses below `/dav/`: whose account, its calendars, the one calendar, an entry. They stay what they are for life."""

from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import quote, unquote, urlsplit

from scheduler.core.ground.ids import FeedId

ROOT = "/dav/"
HOME, CALENDAR, SUFFIX = "calendars", "tanxin", ".ics"


class ResourceKind(Enum):
    """What stands at an address."""

    ROOT = auto()
    PRINCIPAL = auto()
    HOME = auto()
    CALENDAR = auto()
    ENTRY = auto()


@dataclass(frozen=True, slots=True)
class Resource:
    """An address of one account."""

    kind: ResourceKind
    feed: FeedId
    uid: str = ""

    @property
    def href(self) -> str:
        """The address as it is written."""
        parts = {
            ResourceKind.ROOT: 0,
            ResourceKind.PRINCIPAL: 1,
            ResourceKind.HOME: 2,
            ResourceKind.CALENDAR: 3,
            ResourceKind.ENTRY: 3,
        }[self.kind]
        folders = (self.feed, HOME, CALENDAR)[:parts]
        last = f"{quote(self.uid, safe='')}{SUFFIX}" if self.kind is ResourceKind.ENTRY else ""
        return ROOT + "".join(f"{folder}/" for folder in folders) + last

    def at(self, kind: ResourceKind, uid: str = "") -> "Resource":
        """Another address of the same account."""
        return Resource(kind, self.feed, uid)


def resource(path: str, feed: FeedId) -> Resource | None:
    """What stands at a path below the root, for this account; None: nothing that it may know of."""
    match path.rstrip("/").split("/"):
        case [""]:
            return Resource(ResourceKind.ROOT, feed)
        case [account, *rest] if account == feed:
            return _within(rest, feed)
        case _:
            return None


def _within(rest: list[str], feed: FeedId) -> Resource | None:
    match rest:
        case []:
            return Resource(ResourceKind.PRINCIPAL, feed)
        case [home] if home == HOME:
            return Resource(ResourceKind.HOME, feed)
        case [home, calendar] if (home, calendar) == (HOME, CALENDAR):
            return Resource(ResourceKind.CALENDAR, feed)
        case [home, calendar, name] if (home, calendar) == (HOME, CALENDAR) and name.endswith(SUFFIX):
            return Resource(ResourceKind.ENTRY, feed, name.removesuffix(SUFFIX))
        case _:
            return None


def resource_of(address: str, feed: FeedId) -> Resource | None:
    """What stands at an address that a program wrote, with the name of the server or without."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return None
    return resource(path.removeprefix(ROOT), feed) if path.startswith(ROOT) else None
