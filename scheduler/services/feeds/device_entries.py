"""The entries of a device's feed one by one: each a calendar of its own, with a tag that follows from its bytes."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from scheduler.core.ground.spans import Span
from scheduler.ical import write


@dataclass(frozen=True)
class DeviceEntry:
    """One entry, in the very bytes in which the feed holds it."""

    uid: str
    event: bytes
    zone: ZoneInfo

    @property
    def data(self) -> bytes:
        """As a calendar of its own."""
        return write.alone(self.event, self.zone)

    @cached_property
    def tag(self) -> str:
        """What its bytes are known by."""
        return hashlib.sha256(self.data).hexdigest()[:32]

    @cached_property
    def span(self) -> Span:
        """From when until when it lasts."""
        return write.span_of(self.event, self.zone)


def entries(calendar: bytes, zone: ZoneInfo) -> dict[str, DeviceEntry]:
    """The entries of a joined feed, by name."""
    parsed = (DeviceEntry(write.uid_of(event), event, zone) for event in write.taken_apart(calendar).values())
    return {entry.uid: entry for entry in parsed}


def tags(calendar: bytes, zone: ZoneInfo) -> dict[str, str]:
    """What the bytes of each are known by."""
    return {uid: entry.tag for uid, entry in entries(calendar, zone).items()}
