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
from scheduler.ical.lines import Part, Property, calendars
from scheduler.ical.moments import Moment, exact, length_of, moment, moments, periods
from scheduler.ical.recurrence import Odd
from scheduler.ical.zones import Zones

MOST_OCCURRENCES = 5_000
"""Busy times of one calendar, before they are merged."""
MOST_DATES = 2_000
"""Of RDATE, and of EXDATE, in one entry."""
FREE = ("FREE", "WORKINGELSEWHERE")

Guard = Callable[[], AbstractContextManager[object]]
"""Bounds the time that one entry may take, by raising Odd within."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be known of a calendar."""

    window: Span
    zone: tzinfo
    """Of times that name none."""
    ours: frozenset[str] = frozenset()
    """Identities of our own entries: what came from us keeps nobody busy elsewhere."""


def read(data: bytes, asked: Asked, guard: Guard = nullcontext) -> BusyTimes:
    """When somebody is busy within the window. Raises Unusable."""
    return _Reading(calendars(data), asked, guard).result()


class _Reading:
    """One file, entry by entry."""

    def __init__(self, found: list[Part], asked: Asked, guard: Guard) -> None:
        self.zones = Zones(found, asked.zone)
        self.asked, self.guard = asked, guard
        self.parts = [part for calendar in found for part in calendar.parts]
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

    def _tried(self, event: Part, series: "_Series") -> None:
        """Read one entry, unless it keeps nobody busy."""
        if reason := _free(event, self.asked.ours):
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

    def _add(self, found: Iterable[Span]) -> None:
        """Keep what lies in the window, cut to it."""
        for span in found:
            if within := span.intersection(self.asked.window):
                if len(self.spans) >= MOST_OCCURRENCES:
                    raise Odd("too_many_occurrences")
                self.spans.append(within)

    def _occurrences(self, event: Part, series: "_Series") -> Iterator[Span]:
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

    def _length(self, event: Part, start: Moment) -> timedelta:
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

    def _repeated(self, rule: Property, start: Moment, length: timedelta) -> Iterator[datetime]:
        """The starts that a rule adds, until the window is over."""
        last = _wall(self.asked.window.end, start.zone)
        if text := recurrence.until(rule.value):
            ends = moment(Property(text), self.zones, of=start.zone)
            last = min(last, datetime.combine(ends.local, time.max) if ends.is_day else ends.on(start.zone))
        opens = _wall(self.asked.window.start, start.zone) - length
        for found in recurrence.starts(rule.value, start.local):
            if found > last:
                return
            if found > opens and found != start.local:
                yield found

    def _spans(
        self, starts: Iterable[datetime], zone: tzinfo, length: timedelta, left_out: Collection[object]
    ) -> Iterator[Span]:
        """Starts on a wall clock as stretches of time."""
        for start in starts:
            if start not in left_out and start.date() not in left_out:
                begins, ends = (local.replace(tzinfo=zone).astimezone(UTC) for local in (start, start + length))
                if begins < ends:  # an hour that a clock leaves out has no length
                    yield Span(begins, ends)

    def _published(self, part: Part) -> Iterator[Span]:
        """The busy times of a published table of them."""
        for found in part.properties.get("FREEBUSY", ()):
            if found.parameters.get("FBTYPE", "BUSY").upper() == "FREE":
                continue
            for start, ends in periods(found, self.zones):
                if not ends:
                    raise Odd("unreadable")
                yield from self._spans([start.local], start.zone, length_of(start, ends), ())


@dataclass(frozen=True, slots=True)
class _Series:
    """The entries of one identity: one that may repeat, and those that stand in place of single repetitions."""

    events: list[Part]

    def left_out(self, event: Part, start: Moment, zones: Zones) -> set[object]:
        """The starts that an entry does not have: moments on its wall clock, or whole days."""
        named = [*_listed(event, "EXDATE")]
        named += [replaced for other in self.events if (replaced := other.first("RECURRENCE-ID"))]
        found = [one for each in named for one in moments(each, zones)]
        return {one.local.date() if one.is_day else one.on(start.zone) for one in found}


def _listed(event: Part, name: str) -> Iterator[Property]:
    """The properties of a list of dates. Raises Odd when it has too many."""
    found = event.properties.get(name, ())
    if sum(one.value.count(",") + 1 for one in found) > MOST_DATES:
        raise Odd("too_many_dates")
    return iter(found)


def _series(parts: Iterable[Part]) -> Iterator[_Series]:
    """The entries by identity; of several versions of the same one, the latest."""
    by_identity: defaultdict[str, dict[str, Part]] = defaultdict(dict)
    for place, part in enumerate(part for part in parts if part.name == "VEVENT"):
        identity = part.first("UID")
        stands_for = part.first("RECURRENCE-ID")
        versions = by_identity[identity.value if identity else f"\n{place}"]
        key = stands_for.value if stands_for else ""
        if key not in versions or _sequence(part) >= _sequence(versions[key]):
            versions[key] = part
    return (_Series(list(versions.values())) for versions in by_identity.values())


def _sequence(part: Part) -> int:
    word = part.word("SEQUENCE")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 12 else 0


def _free(event: Part, ours: frozenset[str]) -> str:
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
