"""Which talks could serve which requirements: found by their people, then by their time.

This is walked for tens of thousands of talks at once, so it looks nothing up twice. It is made in O(requirements), and a talk of p
people costs O(p²) lookups and its answers. Where one pair is asked many times (each month, each week) its requirements are split once
into runs of windows that do not overlap; of each run one at most holds a moment, and it is found by halving.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import combinations
from operator import attrgetter
from zoneinfo import ZoneInfo

from scheduler.core.ground.bookings import CANCELLED, AsOf, Booking
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.spans import midnight, next_midnight
from scheduler.core.rules.requirements import Requirement

Pair = tuple[PersonId, PersonId]

EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
FEW = 6
"""Up to so many requirements of the same people it is quicker to look at each than to search by time."""


class Matching:
    """The requirements of a rule set, found by the people and the time of a talk; called by their places in the list."""

    def __init__(self, requirements: Sequence[Requirement], zone: ZoneInfo) -> None:
        """Sort the requirements by their people; the two of a pair in the order of their ids."""
        self.requirements = requirements
        self._begins: list[datetime] = []
        self._ends: list[datetime] = []
        self._of_pair: dict[Pair, int] = {}
        self._of_busy_pair: dict[Pair, list[int]] = {}
        """Pairs that are asked more than once."""
        self._of_subject: dict[PersonId, list[int]] = {}
        self._pools: dict[int, frozenset[PersonId]] = {}
        self._runs: dict[int, list[list[int]]] = {}
        self._set_windows(zone)
        of_pair = self._of_pair
        for place, requirement in enumerate(requirements):
            pair = requirement.pair
            if pair is None:
                self._of_subject.setdefault(requirement.subject or PersonId(""), []).append(place)
                continue
            key = pair if pair[0] < pair[1] else (pair[1], pair[0])
            if of_pair.setdefault(key, place) != place:
                self._of_busy_pair.setdefault(key, [of_pair[key]]).append(place)
        self._is_simple = not self._of_subject and not self._of_busy_pair

    def _set_windows(self, zone: ZoneInfo) -> None:
        """From when to when a talk lies in each window; neighbours mostly share one."""
        begin_of, end_of = _Edges(zone, midnight), _Edges(zone, next_midnight)
        for requirement in self.requirements:
            window = requirement.window
            self._begins.append(begin_of[window.first])
            self._ends.append(end_of[window.last])

    def serving(self, talks: Iterable[Booking], as_of: AsOf) -> dict[int, list[Booking]]:
        """The talks that count, are booked or await confirmation, for each requirement that has any; by date.

        Not those that were cancelled, nor those that nobody knew of on that day.
        """
        serving: dict[int, list[Booking]] = {}
        requirements, day_ends = self.requirements, as_of.day_ends
        for talk in talks:
            for place in self.at_time(talk):
                requirement = requirements[place]
                if talk.mode not in requirement.modes or (talk.is_group_talk and not requirement.group_ok):
                    continue
                if talk.span.start >= day_ends and not talk.was_known(as_of):
                    break
                if talk.is_cancelled and talk.state(as_of) is CANCELLED:
                    break
                if place in serving:
                    serving[place].append(talk)
                else:
                    serving[place] = [talk]
        for several in serving.values():
            if len(several) > 1:
                several.sort(key=_by_time)
        return serving

    def of_people(self, talk: Booking) -> Iterator[int]:
        """The requirements that a talk of these people could serve, at whatever time."""
        for places in self._groups(talk):
            yield from (place for place in places if self._is_met(place, talk))

    def at_time(self, talk: Booking) -> Sequence[int]:
        """The requirements that a talk of these people could serve, and whose window it lies in."""
        people, start = talk.participants, talk.span.start
        if len(people) == 2 and self._is_simple:  # nearly always, and without detours
            first, second = people[0].person, people[1].person
            place = self._of_pair.get((first, second) if first < second else (second, first))
            return (place,) if place is not None and self._begins[place] <= start < self._ends[place] else ()
        return [
            place
            for places in self._groups(talk)
            for place in self._around(places, start)
            if self._begins[place] <= start < self._ends[place] and self._is_met(place, talk)
        ]

    def _groups(self, talk: Booking) -> Iterator[Sequence[int]]:
        """What is asked of each two of a talk, and of each one."""
        people = sorted(talk.people)
        for pair in combinations(people, 2):
            if pair in self._of_busy_pair:
                yield self._of_busy_pair[pair]
            elif pair in self._of_pair:
                yield (self._of_pair[pair],)
        if self._of_subject:
            yield from (places for person in people if (places := self._of_subject.get(person)))

    def _is_met(self, place: int, talk: Booking) -> bool:
        """Whether the other side is there as well: somebody out of the pool."""
        requirement = self.requirements[place]
        if requirement.pair:
            return True
        pool = self._pool(requirement)
        return any(person in pool and person != requirement.subject for person in talk.people)

    def _pool(self, requirement: Requirement) -> frozenset[PersonId]:
        """The pool as a set; requirements of one rule mostly share one tuple."""
        pool = requirement.pool
        if requirement.earlier:
            return frozenset(requirement.partners)
        members = self._pools.get(id(pool))
        if members is None:
            members = self._pools[id(pool)] = frozenset(pool)
        return members

    def _around(self, places: Sequence[int], start: datetime) -> Sequence[int]:
        """Out of the requirements of the same people those that may hold a moment; of many, found by halving."""
        if len(places) <= FEW:
            return places
        runs = self._runs.get(id(places))
        if runs is None:
            runs = self._runs[id(places)] = self._split(places)
        begins = self._begins.__getitem__
        return [run[at] for run in runs if (at := bisect_right(run, start, key=begins) - 1) >= 0]

    def _split(self, places: Iterable[int]) -> list[list[int]]:
        """The same requirements in as few runs as possible, within each of which no two windows overlap."""
        runs: list[list[int]] = []
        for place in sorted(places, key=self._begins.__getitem__):
            for run in runs:
                if self._ends[run[-1]] <= self._begins[place]:
                    run.append(place)
                    break
            else:
                runs.append([place])
        return runs


_by_time = attrgetter("span.start", "id")


class _Edges(dict[date | None, datetime]):
    """The moments at which days begin or are over; without a day, the end of all time on that side."""

    def __init__(self, zone: ZoneInfo, edge: Callable[[date, ZoneInfo], datetime]) -> None:
        super().__init__({None: EARLIEST if edge is midnight else LATEST})
        self._zone, self._edge = zone, edge

    def __missing__(self, day: date | None) -> datetime:
        self[day] = edge = self._edge(day or date.min, self._zone)
        return edge
