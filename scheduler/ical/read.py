"""An .ics → when somebody is busy, what was left out and why, and which zones were guessed. No word of any entry gets out.

Times are followed on the wall clock of their own zone and turned into moments at the end. A date that cannot be read is left
out and counted, and the rest of its entry stays: rather busy than free. What cannot be a calendar at all is `Unusable`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import islice, pairwise
from typing import TypeVar

from scheduler.core.feeds.outside_calendars import BusyTimes, Skipped
from scheduler.core.ground.intervals import merged
from scheduler.core.ground.spans import Span
from scheduler.ical import series
from scheduler.ical.lines import Component, Property, calendars
from scheduler.ical.moments import Length, LocalMoment, each, length, length_of, moment, period
from scheduler.ical.recurrence import Odd, Recurrence, understood
from scheduler.ical.series import Onward, Series, SeriesChanges
from scheduler.ical.zones import Zones, known, plain_name

MAX_OCCURRENCES = 5_000
"""Busy times of one entry, and of what is told of the whole calendar."""
MAX_SPANS = 100_000
"""Of all entries, before they are merged."""
MAX_DATES = 2_000
"""Of RDATE, and of EXDATE, in one entry."""
UNKNOWN_END = Length(exact=timedelta(hours=1))
"""What an entry lasts whose end stands there but cannot be read."""
FREE = ("FREE", "WORKINGELSEWHERE")

Guard = Callable[[], AbstractContextManager[object]]
"""Bounds the time that one entry may take, by raising Odd within."""
_UNREADABLE = (ValueError, TypeError, ArithmeticError, LookupError)
"""Whatever dates at the ends of time come to; Odd is a ValueError."""
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class BusyQuery:
    """What is to be known of a calendar."""

    window: Span
    zone: tzinfo
    """Of times that name none."""
    ours: frozenset[str] = frozenset()
    """Identities of our own entries: what came from us keeps nobody busy elsewhere."""


def read(data: bytes, query: BusyQuery, guard: Guard = nullcontext) -> BusyTimes:
    """When somebody is busy within the window. Raises Unusable."""
    reach = _Reach(query.window)
    return _Reading(calendars(data, reach.may_hold), query, guard, reach).result()


class _Reach:
    """Tells apart, without reading them, the entries of years ago."""

    def __init__(self, window: Span) -> None:
        self._since = f"{window.start - timedelta(days=2):%Y%m%d}"

    def may_hold(self, entry: Component) -> bool:
        """Whether an entry may lie in the window: not when it repeats nowhere and all its dates are before."""
        if any(name in entry.properties for name in ("RRULE", "RDATE", "DURATION")):
            return True
        lines = [entry.first(name) for name in ("DTSTART", "DTEND", "RECURRENCE-ID")]
        dates = [line.value[:8] for line in lines if line]
        return not lines[0] or any(not (date.isdigit() and len(date) == len(self._since)) for date in dates) or (
            max(dates) >= self._since
        )  # fmt: skip


class _Reading:
    """One file, entry by entry."""

    def __init__(self, parsed: list[Component], query: BusyQuery, guard: Guard, reach: _Reach) -> None:
        self.zones = Zones(parsed, query.zone)
        self.query, self.guard, self.reach = query, guard, reach
        self.parts = [part for calendar in parsed for part in calendar.parts]
        self.skipped: Counter[str] = Counter()
        self.spans: list[Span] = []
        for calendar in parsed:
            self._of_the_whole(calendar)

    def _of_the_whole(self, calendar: Component) -> None:
        """What a calendar says of all its entries: it calls them off, or names the zone of those that name none."""
        if calendar.strays:
            self.skipped["stray_line"] += calendar.strays
        zone = calendar.first("X-WR-TIMEZONE")
        name = plain_name(zone.value) if zone else ""
        for part in calendar.parts:
            if calendar.word("METHOD") == "CANCEL":
                part.properties["STATUS"] = [Property("CANCELLED")]
            for line in (*part.properties.get("DTSTART", ()), *part.properties.get("FREEBUSY", ())):
                if name and part.name in ("VEVENT", "VFREEBUSY") and "TZID" not in line.parameters and known(name):
                    line.parameters["TZID"] = name

    def result(self) -> BusyTimes:
        """Everything that was asked; what repeats, and may take too long, comes after what does not."""
        told = [
            (event, entries)
            for entries in series.by_identity(self.parts, self._repetition)
            for event in entries.events
            if self.reach.may_hold(event)
        ]
        for event, entries in sorted(told, key=lambda pair: "RRULE" in pair[0].properties):
            self._tried(event, entries)
        for part in self.parts:
            if part.name == "VFREEBUSY" and part.word("STATUS") != "CANCELLED":
                self._guarded(lambda part=part: self._published(part))  # type: ignore[misc]
        busy = merged(self.spans, even_touching=False)
        if len(busy) > MAX_OCCURRENCES:
            busy = _joined(busy, MAX_OCCURRENCES)
            self.skipped["too_many_occurrences"] += 1
        counts = tuple(Skipped(reason, count) for reason, count in sorted(self.skipped.items()))
        return BusyTimes(busy, counts, tuple(self.zones.guesses.values()))

    def _repetition(self, line: Property) -> object:
        """Which repetition a line means: a moment, or what stands there when it is none."""
        try:
            with self.guard():
                at = moment(line, self.zones)
                return at.local if at.is_day or "TZID" not in line.parameters else at.on(UTC)
        except _UNREADABLE:
            return line.value

    def _tried(self, event: Component, entries: Series) -> None:
        """Read one entry, unless it keeps nobody busy."""
        if reason := _free(event, self.query.ours):
            self.skipped[reason] += 1
            return
        if event.first("EXRULE"):
            self.skipped["exception_rule_dropped"] += 1
        self._guarded(lambda: self._entry(event, entries))

    def _guarded(self, job: Callable[[], None]) -> None:
        """Do what an entry asks for; what an odd one gave so far stays."""
        try:
            with self.guard():
                job()
        except _UNREADABLE as error:
            self._count(error)

    def _count(self, error: Exception) -> None:
        self.skipped[error.reason if isinstance(error, Odd) else "unreadable"] += 1

    def _readable(self, reading: Callable[[], _Read]) -> _Read | None:
        """What can be read of one date or rule; None when it cannot, which is counted."""
        try:
            return reading()
        except _UNREADABLE as error:
            if isinstance(error, Odd) and error.reason == "too_slow":
                raise
            self._count(error)
            return None

    def _entry(self, event: Component, entries: Series) -> None:
        """Keep all busy times of one entry."""
        begins = event.first("DTSTART")
        if not begins:
            raise Odd("no_start")
        start = moment(begins, self.zones)
        lasts = self._readable(lambda: self._length(event, start))
        if event.first("RECURRENCE-ID"):
            self._add([start.local], SeriesChanges(start), lasts)
            return
        changes = self._changes(event, start, entries)
        self._add([start.local], changes, lasts)
        for line in event.properties.get("RRULE", ()):
            if rule := self._readable(lambda line=line: understood(line.value)):  # type: ignore[misc]
                self.skipped += Counter({"rule_unreadable": rule.odd_parts})
                self._add(self._repeated(rule, changes, lasts), changes, lasts)
        for line in self._listed(event, "RDATE"):
            if more := self._readable(lambda line=line: period(line, self.zones, start.zone)):  # type: ignore[misc]
                also, own = more
                local = series.day_of(also, start) if start.is_day else also.on(start.zone)
                if also.is_day and not start.is_day:
                    local = datetime.combine(also.local.date(), start.local.time())
                self._readable(lambda local=local, own=own: self._add([local], changes, own or lasts))  # type: ignore[misc]

    def _length(self, event: Component, start: LocalMoment) -> Length:
        """How long an entry lasts; a day if it is of whole days and says nothing else."""
        ends, lasts = event.first("DTEND"), event.first("DURATION")
        try:
            if ends:
                told = length_of(start, moment(ends, self.zones, start.zone))
            else:
                told = length(lasts.value) if lasts else Length()
        except _UNREADABLE as error:
            self._count(error)
            told = Length() if start.is_day else UNKNOWN_END
        if start.is_day and not told.total:
            told = Length(nominal=timedelta(days=1))
        if told.total <= timedelta():
            raise Odd("ends_before_it_starts" if told.total else "no_length")
        return told

    def _changes(self, event: Component, start: LocalMoment, entries: Series) -> SeriesChanges:
        """What a series leaves out, and from where on it goes otherwise; who cannot be read there changes nothing."""
        changes = SeriesChanges(start)
        for line in self._listed(event, "EXDATE"):
            alone = Property(line.value.partition("/")[0], line.parameters)
            if at := self._readable(lambda alone=alone: moment(alone, self.zones, start.zone)):  # type: ignore[misc]
                changes.leave_out(at)
        for other, line in entries.replaced():
            if at := self._readable(lambda line=line: moment(line, self.zones, start.zone)):  # type: ignore[misc]
                changes.leave_out(at)
                if line.parameters.get("RANGE", "").upper() == "THISANDFUTURE":
                    begins = other.first("DTSTART")
                    moved = moment(begins, self.zones, start.zone) if begins else at
                    since = series.day_of(at, start) if start.is_day else at.on(start.zone)
                    to = series.day_of(moved, start) if start.is_day else moved.on(start.zone)
                    is_free = _free(other, self.query.ours) or not begins
                    changes.onward.append(Onward(since, to - since, None if is_free else self._length(other, moved)))
        return changes

    def _repeated(self, rule: Recurrence, changes: SeriesChanges, lasts: Length | None) -> Iterator[datetime]:
        """The starts that a rule adds, until the window is over."""
        start, ends = changes.start, None
        if rule.until:
            ends = self._readable(lambda: moment(Property(rule.until), self.zones, of=start.zone))
        longest = max((onward.length.total for onward in changes.onward if onward.length), default=timedelta())
        longest = max(longest, lasts.total if lasts else timedelta())
        last = _wall(self.query.window.end, start.zone) + changes.reach
        opens = _wall(self.query.window.start, start.zone) - longest - changes.reach
        if ends:
            last = min(last, datetime.combine(ends.local, time.max) if ends.is_day else ends.on(start.zone))
        for begin in rule.starts(start.local):
            if begin > last:
                return
            if begin > opens and begin != start.local:
                yield begin

    def _add(self, starts: Iterable[datetime], changes: SeriesChanges, lasts: Length | None) -> None:
        """Keep what lies in the window, cut to it. Raises Odd for too many."""
        kept = 0
        for begins in starts:
            if (place := changes.of(begins, lasts)) and place[1]:
                span = _span(place[0], changes.start.zone, place[1])
                if span and (within := span.intersection(self.query.window)):
                    if kept >= MAX_OCCURRENCES or len(self.spans) >= MAX_SPANS:
                        raise Odd("too_many_occurrences")
                    self.spans.append(within)
                    kept += 1

    def _listed(self, event: Component, name: str) -> Iterator[Property]:
        """The dates of a list, as many as may be."""
        dates = (date for line in event.properties.get(name, ()) for date in each(line))
        yield from islice(dates, MAX_DATES)
        if next(dates, None):
            self.skipped["too_many_dates"] += 1

    def _published(self, part: Component) -> None:
        """The busy times of a published table of them."""
        for line in part.properties.get("FREEBUSY", ()):
            if line.parameters.get("FBTYPE", "BUSY").upper() != "FREE":
                for busy in each(line):
                    self._readable(lambda busy=busy: self._busy(busy))  # type: ignore[misc]

    def _busy(self, line: Property) -> None:
        start, lasts = period(line, self.zones)
        if not lasts or lasts.total <= timedelta():
            raise Odd("unreadable")
        self._add([start.local], SeriesChanges(start), lasts)


def _span(begins: datetime, zone: tzinfo, lasts: Length) -> Span | None:
    """A start on a wall clock as a stretch of time.

    One that the clock leaves out is meant as if the clock had not been changed yet (RFC 5545, 3.3.5).
    """
    start = begins.replace(tzinfo=zone).astimezone(UTC)
    end = (begins + lasts.nominal).replace(tzinfo=zone).astimezone(UTC) + lasts.exact
    return Span(start, end) if start < end else None


def _joined(busy: tuple[Span, ...], most: int) -> tuple[Span, ...]:
    """The same times with the smallest gaps between them closed: rather busy than free."""
    gaps = sorted(range(1, len(busy)), key=lambda place: busy[place].start - busy[place - 1].end)
    kept = [0, *sorted(gaps[len(busy) - most :]), len(busy)]
    return tuple(
        Span(busy[first].start, busy[after - 1].end) for first, after in pairwise(kept)
    )  # fmt: skip


def _free(event: Component, ours: frozenset[str]) -> str:
    """Why an entry keeps nobody busy; empty: it does. Of two words for it, the one of Exchange counts (MS-OXCICAL)."""
    identity = event.first("UID")
    if identity and identity.value in ours:
        return "own_booking"
    if event.word("STATUS") == "CANCELLED":
        return "cancelled"
    status = event.word("X-MICROSOFT-CDO-BUSYSTATUS")
    is_free = status in FREE if status else event.word("TRANSP") == "TRANSPARENT"
    return "transparent" if is_free else ""


def _wall(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
