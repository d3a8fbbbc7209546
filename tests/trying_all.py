"""The best plan of a very small problem, by trying everything: slow, plain, and unlike the solver in every way."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from scheduler.core.plans.occupancy import are_met
from scheduler.core.plans.placements import Placement
from scheduler.core.plans.problems import (
    Goal,
    PlanProblem,
    ProblemPerson,
    ProblemSession,
    ProblemTalk,
    Stretch,
    Wall,
    day_of,
    text_of,
)
from scheduler.core.plans.values import breaks_by_person, talks_by_person, value_of


@dataclass(frozen=True, slots=True)
class Best:
    """What the best plan reaches."""

    sessions_left: int
    talks_left: int
    unplaced: int
    """Weighed by priority."""
    values: tuple[int, ...] = ()
    """In each goal after `unplaced`, in the order asked; only where everything is placed."""

    @property
    def is_complete(self) -> bool:
        return not self.sessions_left and not self.talks_left


Taken = tuple[str, Wall, Wall]
"""A person or room, from when to when."""


def best_of(problem: PlanProblem) -> Best:
    """The fewest sessions left out, then the least weight of talks, then goal by goal."""
    search = _Search(problem)
    search.go_on(0, [], [])
    return search.best


def stretches_alone(problem: PlanProblem, one: ProblemTalk | ProblemSession) -> list[Stretch]:
    """Every time at which something could be if it were alone."""
    search = _Search(replace(problem, talks=(), sessions=()))
    return sorted({(takes[0][1], takes[0][2]) for _, takes in search.alone(one)})


class _Search:
    def __init__(self, problem: PlanProblem) -> None:
        self.problem = problem
        self.items: tuple[ProblemSession | ProblemTalk, ...] = (*problem.sessions, *problem.talks)
        self.options = [list(self.alone(one)) for one in self.items]
        self.goals = [goal for goal in problem.goals if goal is not Goal.UNPLACED]
        weight = sum(talk.priority for talk in problem.talks)
        self.best = Best(len(problem.sessions), len(problem.talks), weight)
        self._key = (len(problem.sessions), weight, len(problem.talks))

    def go_on(
        self, n: int, taken: list[Taken], rows: list[tuple[ProblemTalk, Placement, Stretch]], left: int = 0
    ) -> None:
        """Try all that is still open; `left` has a bit for each thing that was left out."""
        out = [one for i, one in enumerate(self.items[:n]) if left >> i & 1]
        talks = [one for one in out if isinstance(one, ProblemTalk)]
        key = (len(out) - len(talks), sum(talk.priority for talk in talks), len(talks))
        if key > self._key:
            return
        if n == len(self.items):
            self._look(key, rows)
            return
        one = self.items[n]
        for placement, takes in self.options[n]:
            if any(a == b and start < until and begin < end for a, start, end in takes for b, begin, until in taken):
                continue
            row = [(one, placement, (placement.start, takes[0][2]))] if isinstance(one, ProblemTalk) else []
            if row and not self._in_order([*rows, *row]):
                continue
            self.go_on(n + 1, [*taken, *takes], [*rows, *row], left)
        self.go_on(n + 1, taken, rows, left | 1 << n)

    def _look(self, key: tuple[int, int, int], rows: list[tuple[ProblemTalk, Placement, Stretch]]) -> None:
        """Remember a plan if it is fair and better."""
        problem, by_person = self.problem, talks_by_person(rows)
        breaks = breaks_by_person(problem, by_person).values()
        most = problem.max_break_difference
        if most is not None and max(breaks, default=0) - min(breaks, default=0) > most:
            return
        if not self._within_days(by_person):
            return
        values = tuple(value_of(goal, problem, rows, by_person) for goal in self.goals) if not any(key) else ()
        if key < self._key or values < self.best.values or not self.best.values:
            sessions, weight, talks = self._key = key
            self.best = Best(sessions, talks, weight, values)

    def _within_days(self, talks: dict[str, list[Stretch]]) -> bool:
        """Whether nobody talks too often a half-day, a day or a week."""
        for person in self.problem.people:
            starts = [start for start, _ in talks.get(person.id, [])]
            for most, part_of in _maxima(person):
                parts = [part_of(start) for start in (*starts, *person.stands)]
                if any(parts.count(part_of(start)) > most for start in starts):
                    return False
        return True

    def _in_order(self, rows: list[tuple[ProblemTalk, Placement, Stretch]]) -> bool:
        ends = {talk.id: end for talk, _, (_, end) in rows}
        return all(ends.get(other, where.start) <= where.start for talk, where, _ in rows for other in talk.after)

    def alone(self, one: ProblemTalk | ProblemSession) -> Iterator[tuple[Placement, list[Taken]]]:
        """Every place for one thing alone, and what it takes there; the first is always a person."""
        for start, end in self._stretches(one):
            for people in self._people(one):
                for room in self._rooms(one, len(people)):
                    takes = [(name, start, end) for name in (*people, *([] if room is None else ["room " + room]))]
                    if all(self._is_free(*taken) for taken in takes) and self._may_begin(one, people, start):
                        yield Placement(one.id, start, room, people), takes

    def _may_begin(self, one: ProblemTalk | ProblemSession, people: Iterable[str], start: Wall) -> bool:
        """Whether the talks that stand leave everybody one then; sessions do not count."""
        return isinstance(one, ProblemSession) or self._within_days({name: [(start, start)] for name in people})

    def _stretches(self, one: ProblemTalk | ProblemSession) -> Iterator[Stretch]:
        length = self.problem.steps(one.minutes) * self.problem.grid_minutes
        for opens, steps in self.problem.block_starts():
            for step in range(steps):
                start = Wall(opens + step * self.problem.grid_minutes)
                end = Wall(start + length)
                if end <= opens + steps * self.problem.grid_minutes and _may_be(one, start, end):
                    yield start, end

    def _people(self, one: ProblemTalk | ProblemSession) -> Iterator[tuple[str, ...]]:
        if isinstance(one, ProblemSession):
            yield one.people
            return
        pools = [[name for name in pool if name not in one.people] for pool in one.any_of]
        for chosen in {tuple(sorted(chosen)) for chosen in product(*pools)}:
            if len(set(chosen)) == len(chosen) and are_met(pools, chosen):
                yield (*one.people, *chosen)

    def _rooms(self, one: ProblemTalk | ProblemSession, size: int) -> Iterator[str | None]:
        if not one.needs_room:
            yield None
            return
        fixed = one.fixed.room if isinstance(one, ProblemTalk) and one.fixed else None
        for room in self.problem.rooms:
            if (room.capacity is None or room.capacity >= size) and fixed in (None, room.id):
                yield room.id

    def _is_free(self, name: str, start: Wall, end: Wall) -> bool:
        busy = {one.id: one.busy for one in self.problem.people} | {
            "room " + room.id: room.busy for room in self.problem.rooms
        }
        return not any(begin < end and start < until for begin, until in busy[name])


def _may_be(one: ProblemTalk | ProblemSession, start: Wall, end: Wall) -> bool:
    """Whether its own window allows it."""
    if isinstance(one, ProblemSession):
        return start in one.windows
    return (
        (one.earliest is None or one.earliest <= start)
        and (one.latest is None or end <= one.latest)
        and (one.fixed is None or one.fixed.start == start)
    )


def _maxima(person: ProblemPerson) -> list[tuple[int, Callable[[Wall], object]]]:
    """How many talks somebody has at most, and in what."""
    told: list[tuple[int | None, Callable[[Wall], object]]] = [
        (person.max_talks_per_half_day, lambda moment: (day_of(moment), text_of(moment)[11:] < "12:00")),
        (person.max_talks_per_day, day_of),
        (person.max_talks_per_week, lambda moment: day_of(moment).isocalendar()[:2]),
    ]
    return [(most, part_of) for most, part_of in told if most is not None]
