"""The entries of one identity: of several versions the latest, what a series leaves out, and from where on it goes otherwise."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from scheduler.ical.lines import Component, Property
from scheduler.ical.moments import Length, LocalMoment


@dataclass(frozen=True, slots=True)
class Series:
    """An entry that may repeat, and those that stand in place of single repetitions."""

    events: list[Component]

    def replaced(self) -> Iterator[tuple[Component, Property]]:
        """Those that stand for a repetition, each with the one that it stands for."""
        return ((event, line) for event in self.events if (line := event.first("RECURRENCE-ID")))


@dataclass(frozen=True, slots=True)
class Onward:
    """From one repetition on, all go otherwise (RFC 5545, 3.8.4.4)."""

    since: datetime
    """On the wall clock of the series."""
    shift: timedelta
    length: Length | None
    """None: from there on it keeps nobody busy."""


@dataclass(slots=True)
class SeriesChanges:
    """What becomes of the repetitions of one series."""

    start: LocalMoment
    left_out: set[date] = field(default_factory=set)
    """Moments on its wall clock, or whole days."""
    onward: list[Onward] = field(default_factory=list)

    def leave_out(self, at: LocalMoment) -> None:
        """Do without a repetition. One of a series of whole days is meant by its date, however it is written."""
        if at.is_day or (self.start.is_day and at.local == at.on(self.start.zone)):
            self.left_out.add(at.local.date())
        elif self.start.is_day:
            self.left_out.add(day_of(at, self.start).date())
        else:
            self.left_out.add(at.on(self.start.zone))

    def of(self, begins: datetime, length: Length | None) -> tuple[datetime, Length | None] | None:
        """When a repetition takes place, and for how long; None: not at all."""
        if begins in self.left_out or begins.date() in self.left_out:
            return None
        before = [onward for onward in self.onward if onward.since <= begins]
        if not before:
            return begins, length
        last = max(before, key=lambda onward: onward.since)
        return (begins + last.shift, last.length) if last.length else None

    @property
    def reach(self) -> timedelta:
        """How far from its own place a repetition may lie."""
        return max((abs(onward.shift) for onward in self.onward), default=timedelta())


def day_of(at: LocalMoment, of: LocalMoment) -> datetime:
    """A moment in a series of whole days: midnight as it is written, unless it is written in universal time."""
    local = at.on(of.zone) if at.zone.utcoffset(at.local) == timedelta() else at.local
    return datetime.combine(local.date(), datetime.min.time())


def by_identity(parts: Iterable[Component], key: Callable[[Property], object]) -> Iterator[Series]:
    """The entries by identity; of several versions of the same one, the latest.

    Two of one number, neither of which stands for a repetition of the other, are two entries. `key` says which repetition is
    meant.
    """
    identities: defaultdict[object, list[Component]] = defaultdict(list)
    for place, part in enumerate(part for part in parts if part.name == "VEVENT"):
        identity = part.first("UID")
        identities[identity.value if identity and identity.value else place].append(part)
    for events in identities.values():
        yield Series(list(_latest(events, key)) if len(events) > 1 else events)


def _latest(events: list[Component], key: Callable[[Property], object]) -> Iterator[Component]:
    """Of each entry and each repetition the version with the highest number, the last one of these in the file."""
    versions: defaultdict[object, list[Component]] = defaultdict(list)
    for event in events:
        stands_for = event.first("RECURRENCE-ID")
        versions[key(stands_for) if stands_for else None].append(event)
    for replaced, same in versions.items():
        highest = max(map(_sequence, same))
        latest = [event for event in same if _sequence(event) == highest]
        starts = {_start(event): event for event in latest}
        yield from [latest[-1]] if replaced is not None else starts.values()


def _start(event: Component) -> object:
    line = event.first("DTSTART")
    return (line.value, *line.parameters.items()) if line else None


def _sequence(part: Component) -> int:
    word = part.word("SEQUENCE")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 12 else 0
