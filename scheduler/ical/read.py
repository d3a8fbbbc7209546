"""An .ics → when somebody is busy, what was left out and why, and which zones were guessed. No word of any entry gets out.

Times are followed on the wall clock of their own zone and turned into moments at the end. An entry that cannot be read, or
takes too long, is left out and counted; what cannot be a calendar at all is `Unusable`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from scheduler.core.feeds.outside_calendars import BusyTimes, Skipped
from scheduler.core.ground.intervals import merged
from scheduler.core.ground.spans import Span
from scheduler.ical import recurrence
from scheduler.ical.lines import Component, Property, calendars
from scheduler.ical.moments import LocalMoment, exact, length_of, moment, moments, periods
from scheduler.ical.recurrence import Odd
from scheduler.ical.zones import Zones

MAX_OCCURRENCES = 5_000
"""Busy times of one calendar, before they are merged."""
MAX_DATES = 2_000
"""Of RDATE, and of EXDATE, in one entry."""
FREE = ("FREE", "WORKINGELSEWHERE")

Guard = Callable[[], AbstractContextManager[object]]
"""Bounds the time that one entry may take, by raising Odd within."""


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
    return _Reading(calendars(data), query, guard).result()


class _Reading:
    """One file, entry by entry."""

    def __init__(self, parsed: list[Component], query: BusyQuery, guard: Guard) -> None:
        self.zones = Zones(parsed, query.zone)
        self.query, self.guard = query, guard
        self.parts = [part for calendar in parsed for part in calendar.parts]
        self.skipped: Counter[str] = Counter()
        self.spans: list[Span] = []

    def result(self) -> BusyTimes:
        """Everything that was asked."""
        for series in _series(self.parts):
            for event in series.events:
                self._tried(event, series)
        for part in self.parts:
            if part.name == "VFREEBUSY":
                self._guarded(lambda part=part: self._add(self._published(part)))  # type: ignore[misc]
        counts = tuple(Skipped(reason, count) for reason, count in sorted(self.skipped.items()))
        return BusyTimes(merged(self.spans, even_touching=False), counts, tuple(self.zones.guesses.values()))

    def _tried(self, event: Component, series: "_Series") -> None:
        """Read one entry, unless it keeps nobody busy."""
        if reason := _free(event, self.query.ours):
            self.skipped[reason] += 1
            return
        if event.first("EXRULE"):
            self.skipped["exception_rule_dropped"] += 1
        self._guarded(lambda: self._add(self._occurrences(event, series)))

    def _guarded(self, job: Callable[[], None]) -> None:
        """Do what an entry asks for; an odd one is left out with all that it gave so far."""
        before = len(self.spans)
        try:
            with self.guard():
                job()
        except Odd as odd:
            del self.spans[before:]
            self.skipped[odd.reason] += 1
        except (ValueError, TypeError, ArithmeticError, LookupError):  # whatever dates at the ends of time come to
            del self.spans[before:]
            self.skipped["unreadable"] += 1

    def _add(self, spans: Iterable[Span]) -> None:
        """Keep what lies in the window, cut to it."""
        for span in spans:
            if within := span.intersection(self.query.window):
                if len(self.spans) >= MAX_OCCURRENCES:
                    raise Odd("too_many_occurrences")
                self.spans.append(within)

    def _occurrences(self, event: Component, series: "_Series") -> Iterator[Span]:
        """All busy times of one entry."""
        begins = event.first("DTSTART")
        if not begins:
            raise Odd("no_start")
        start = moment(begins, self.zones)
        length = self._length(event, start)
        if event.first("RECURRENCE-ID"):
            yield from self._spans([start.local], start.zone, length, ())
            return
        left_out = series.left_out(event, start, self.zones)
        yield from self._spans([start.local], start.zone, length, left_out)
        for rule in event.properties.get("RRULE", ()):
            yield from self._spans(self._repeated(rule, start, length), start.zone, length, left_out)
        for more in _listed(event, "RDATE"):
            for also, ends in periods(more, self.zones):
                stretch = length_of(also, ends) if ends else length
                yield from self._spans([also.local], also.zone, stretch, left_out)

    def _length(self, event: Component, start: LocalMoment) -> timedelta:
        """How long an entry lasts; a day if it is of whole days and says nothing else."""
        ends, lasts = event.first("DTEND"), event.first("DURATION")
        if ends:
            length = length_of(start, moment(ends, self.zones))
        elif lasts:
            length = exact(lasts.value)
        else:
            length = timedelta(days=1) if start.is_day else timedelta()
        if length <= timedelta():
            raise Odd("ends_before_it_starts" if length else "no_length")
        return length

    def _repeated(self, rule: Property, start: LocalMoment, length: timedelta) -> Iterator[datetime]:
        """The starts that a rule adds, until the window is over."""
        last = _wall(self.query.window.end, start.zone)
        if text := recurrence.until(rule.value):
            ends = moment(Property(text), self.zones, of=start.zone)
            last = min(last, datetime.combine(ends.local, time.max) if ends.is_day else ends.on(start.zone))
        opens = _wall(self.query.window.start, start.zone) - length
        for begin in recurrence.starts(rule.value, start.local):
            if begin > last:
                return
            if begin > opens and begin != start.local:
                yield begin

    def _spans(
        self, starts: Iterable[datetime], zone: tzinfo, length: timedelta, left_out: Collection[object]
    ) -> Iterator[Span]:
        """Starts on a wall clock as stretches of time."""
        for start in starts:
            if start not in left_out and start.date() not in left_out:
                begins, ends = (local.replace(tzinfo=zone).astimezone(UTC) for local in (start, start + length))
                if begins < ends:  # an hour that a clock leaves out has no length
                    yield Span(begins, ends)

    def _published(self, part: Component) -> Iterator[Span]:
        """The busy times of a published table of them."""
        for line in part.properties.get("FREEBUSY", ()):
            if line.parameters.get("FBTYPE", "BUSY").upper() == "FREE":
                continue
            for start, ends in periods(line, self.zones):
                if not ends:
                    raise Odd("unreadable")
                yield from self._spans([start.local], start.zone, length_of(start, ends), ())


@dataclass(frozen=True, slots=True)
class _Series:
    """The entries of one identity: one that may repeat, and those that stand in place of single repetitions."""

    events: list[Component]

    def left_out(self, event: Component, start: LocalMoment, zones: Zones) -> set[object]:
        """The starts that an entry does not have: moments on its wall clock, or whole days."""
        named = [*_listed(event, "EXDATE")]
        named += [replaced for other in self.events if (replaced := other.first("RECURRENCE-ID"))]
        excluded = [excluded_moment for each in named for excluded_moment in moments(each, zones)]
        return {begin.local.date() if begin.is_day else begin.on(start.zone) for begin in excluded}


def _listed(event: Component, name: str) -> Iterator[Property]:
    """The properties of a list of dates. Raises Odd when it has too many."""
    lines = event.properties.get(name, ())
    if sum(line.value.count(",") + 1 for line in lines) > MAX_DATES:
        raise Odd("too_many_dates")
    return iter(lines)


def _series(parts: Iterable[Component]) -> Iterator[_Series]:
    """The entries by identity; of several versions of the same one, the latest."""
    by_identity: defaultdict[str, dict[str, Component]] = defaultdict(dict)
    for place, part in enumerate(part for part in parts if part.name == "VEVENT"):
        identity = part.first("UID")
        stands_for = part.first("RECURRENCE-ID")
        versions = by_identity[identity.value if identity else f"\n{place}"]
        key = stands_for.value if stands_for else ""
        if key not in versions or _sequence(part) >= _sequence(versions[key]):
            versions[key] = part
    return (_Series(list(versions.values())) for versions in by_identity.values())


def _sequence(part: Component) -> int:
    word = part.word("SEQUENCE")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 12 else 0


def _free(event: Component, ours: frozenset[str]) -> str:
    """Why an entry keeps nobody busy; empty: it does."""
    identity = event.first("UID")
    if identity and identity.value in ours:
        return "own_booking"
    if event.word("STATUS") == "CANCELLED":
        return "cancelled"
    is_free = event.word("X-MICROSOFT-CDO-BUSYSTATUS") in FREE and not event.first("TRANSP")
    return "transparent" if is_free or event.word("TRANSP") == "TRANSPARENT" else ""


def _wall(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
