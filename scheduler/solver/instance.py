"""A problem as the solver works on it: people, rooms and talks by number, times as steps, sets of steps as bit masks."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from scheduler.core.plans.grid import Grid, runs, steps_of
from scheduler.core.plans.problems import PlanProblem, ProblemRoom, ProblemSession, ProblemTalk, Wall
from scheduler.solver import maxima
from scheduler.solver.maxima import Maximum

UNLIMITED = 1 << 30


@dataclass(frozen=True, slots=True)
class Instance:
    """A compiled problem. `t` numbers talks, `p` people, `r` rooms, in the order of the problem; `d` is a length in steps.

    Sessions follow the talks, numbered on: to the search they are talks that count for nothing and start in one of their windows.
    """

    problem: PlanProblem
    grid: Grid
    length: tuple[int, ...]
    """Steps of each talk."""
    people: tuple[tuple[int, ...], ...]
    """Who is in each talk for certain."""
    pools: tuple[tuple[tuple[int, ...], ...], ...]
    """Out of each of these, one person more."""
    allowed: tuple[int, ...]
    """The starts of each talk that its window, its block, its certain people and its rooms' busy times leave, all others away."""
    free: tuple[int, ...]
    """The steps that each person is not busy in."""
    room_free: tuple[int, ...]
    day_limit: tuple[int, ...]
    maxima: tuple[tuple[Maximum, ...], ...]
    """How many talks each person has at most in half-days, days and weeks."""
    full: tuple[int, ...]
    """The steps in which each person begins no talk, since as many stand as there may be."""
    talks_of: tuple[tuple[int, ...], ...]
    """The talks each person is in for certain."""
    rooms_for: tuple[tuple[int, ...] | None, ...]
    """The rooms each talk may be in; None: it needs none."""
    before: tuple[tuple[int, ...], ...]
    """The talks that are over before each talk starts."""
    following: tuple[tuple[int, ...], ...]
    """The other way round."""
    current: tuple[int | None, ...]
    """The step each talk starts at today; -1: at a time that is no step; None: it does not stand yet."""
    weight: tuple[int, ...]
    """What each talk weighs if it finds no place."""
    are_rooms_alike: bool
    """Whether counting rooms is enough: each is free or taken for whole blocks, and holds every talk."""
    is_ordered: bool
    """Whether any talk waits for another."""
    chained: dict[int, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)
    """Kept by `chains`: for each horizon, what the order of talks leaves them."""

    @property
    def count(self) -> int:
        """How many talks and sessions there are."""
        return len(self.length)

    @property
    def talk_count(self) -> int:
        """How many talks there are."""
        return len(self.problem.talks)

    @property
    def sessions(self) -> range:
        """The numbers of the sessions."""
        return range(len(self.problem.talks), len(self.length))

    @property
    def has_pools(self) -> bool:
        """Whether anybody is to be chosen."""
        return any(self.pools)

    def within(self, horizon: int, d: int) -> int:
        """The starts from which `d` steps are over by the horizon."""
        return (1 << max(0, horizon - d + 1)) - 1

    def starts(self, t: int, horizon: int) -> int:
        """The starts a talk may have within a horizon; sessions know none."""
        return self.allowed[t] & self.within(horizon, self.length[t]) if t < self.talk_count else self.allowed[t]

    def starts_alone(self, t: int) -> int:
        """The starts a talk could have if it were alone, somebody of each pool being free."""
        mask, d = self.allowed[t], self.length[t]
        for pool in self.pools[t]:
            anybody = 0
            for p in pool:
                anybody |= runs(self.free[p], d) & ~self.full[p]
            mask &= anybody
        if len(self.pools[t]) < 2:
            return mask
        return sum(1 << start for start in steps_of(mask) if self._has_everybody(t, start))

    def may_begin(self, p: int, start: int) -> bool:
        """Whether the talks that stand leave somebody one then."""
        return not self.full[p] >> start & 1

    def _has_everybody(self, t: int, start: int) -> bool:
        """Whether different pools have different people who are free from a start on."""
        bits = ((1 << self.length[t]) - 1) << start
        groups: set[frozenset[int]] = {frozenset()}
        for pool in self.pools[t]:
            free = [p for p in pool if self.free[p] & bits == bits and self.may_begin(p, start)]
            groups = {group | {p} for group in groups for p in free if p not in group}
        return bool(groups)

    def choices(self, horizon: int) -> int:
        """How many starts all talks may have within a horizon."""
        return sum(self.starts(t, horizon).bit_count() for t in range(self.count))

    def literals(self, t: int, starts: int) -> int:
        """How many booleans an exact model has for a talk with these starts: where rooms differ, one more for each room it could have."""
        rooms = self.rooms_for[t]
        return starts.bit_count() * (1 if rooms is None or self.are_rooms_alike else 1 + len(rooms))

    def size(self, horizon: int) -> int:
        """How many booleans an exact model of everything within a horizon has."""
        return sum(self.literals(t, self.starts(t, horizon)) for t in range(self.count))

    def id_of(self, t: int) -> str:
        """What a talk or session is called."""
        n = self.talk_count
        return self.problem.talks[t].id if t < n else self.problem.sessions[t - n].id


def compiled(problem: PlanProblem) -> Instance:
    """The problem by number."""
    return _Compiler(problem).instance()


class _Compiler:
    """Holds the tables that the parts of an instance are made from."""

    def __init__(self, problem: PlanProblem) -> None:
        self.problem, self.grid = problem, Grid.of(problem)
        self.person = {person.id: p for p, person in enumerate(problem.people)}
        self.number = {talk.id: t for t, talk in enumerate(problem.talks)}
        everything = self.grid.all
        self.free = [everything & ~self.grid.touched(person.busy) for person in problem.people]
        self.room_free = [everything & ~self.grid.touched(room.busy) for room in problem.rooms]
        self.maxima = maxima.maxima(problem, self.grid)
        self.full = tuple(map(maxima.full, problem.people, self.maxima))
        self.has_full = any(self.full)
        self._runs: dict[tuple[str, int, int], int] = {}
        self._rooms_by_size: dict[int, tuple[int, ...]] = {}
        self._rooms_by_name: dict[str, tuple[int, ...]] = {}
        self._room_starts: dict[tuple[int, int], int] = {}
        """By which rooms, as objects: talks share them, and hashing hundreds for each talk takes longer than all the rest."""
        self._startable: dict[int, int] = {}

    def instance(self) -> Instance:
        """All parts together."""
        problem = self.problem
        talks, sessions = problem.talks, problem.sessions
        items: tuple[ProblemTalk | ProblemSession, ...] = (*talks, *sessions)
        length = tuple(problem.steps(item.minutes) for item in items)
        people = tuple(tuple(self.person[name] for name in item.people) for item in items)
        rooms_for = (*map(self._rooms_for, talks), *map(self._rooms_for_session, sessions))
        before = (*(tuple(self.number[earlier] for earlier in talk.after) for talk in talks), *(() for _ in sessions))
        allowed = [self._alone(*parts) for parts in zip(length, people, rooms_for, strict=True)]
        for t, talk in enumerate(talks):
            allowed[t] &= self._in_window(talk, length[t])
            for p in people[t] if self.has_full else ():
                allowed[t] &= ~self.full[p]
        for t, session in enumerate(sessions, len(talks)):
            allowed[t] &= sum(self._only(moment) for moment in set(session.windows))
        return Instance(
            problem,
            self.grid,
            length,
            people,
            tuple(map(self._pools, talks)) + ((),) * len(sessions),
            tuple(allowed),
            tuple(self.free),
            tuple(self.room_free),
            tuple(
                UNLIMITED if person.max_talks_per_day is None else person.max_talks_per_day for person in problem.people
            ),
            self.maxima,
            self.full,
            _inverted(people[: len(talks)], len(self.person)),
            rooms_for,
            before,
            _inverted(before, len(length)),
            tuple(map(self._current, talks)) + (None,) * len(sessions),
            tuple(talk.priority for talk in talks) + (1,) * len(sessions),
            self._are_rooms_alike(rooms_for),
            any(before),
        )

    def _pools(self, talk: ProblemTalk) -> tuple[tuple[int, ...], ...]:
        """The people of each pool that are not in the talk anyhow."""
        return tuple(tuple(self.person[name] for name in pool if name not in talk.people) for pool in talk.any_of)

    def _current(self, talk: ProblemTalk) -> int | None:
        """The step a talk starts at today."""
        return None if talk.current is None else self.grid.step_at.get(talk.current.start, -1)

    def _alone(self, d: int, people: tuple[int, ...], rooms: tuple[int, ...] | None) -> int:
        """The starts at which these people and one of these rooms are free for `d` steps."""
        mask = self._startable.get(d)
        if mask is None:
            mask = self._startable[d] = self.grid.startable(d)
        for p in people:
            mask &= self._free_starts("p", p, d)
        return mask if rooms is None else mask & self._rooms_open(rooms, d)

    def _in_window(self, talk: ProblemTalk, d: int) -> int:
        """The starts that the talk itself allows."""
        mask = -1
        if talk.earliest is not None:
            mask &= ~((1 << self._first_at(talk.earliest)) - 1)
        if talk.latest is not None:
            mask &= self._over_by(talk.latest, d)
        if talk.fixed is not None:
            mask &= self._only(talk.fixed.start)
        return mask

    def _free_starts(self, kind: str, number: int, d: int) -> int:
        """The steps from which a person or a room is free for `d` steps."""
        key = (kind, number, d)
        starts = self._runs.get(key)
        if starts is None:
            free = self.free[number] if kind == "p" else self.room_free[number]
            starts = self._runs[key] = runs(free, d)
        return starts

    def _rooms_open(self, rooms: tuple[int, ...], d: int) -> int:
        """The steps from which any of these rooms is free for `d` steps."""
        starts = self._room_starts.get((id(rooms), d))
        if starts is None:
            starts = 0
            for r in rooms:
                starts |= self._free_starts("r", r, d)
            self._room_starts[id(rooms), d] = starts
        return starts

    def _rooms_for(self, talk: ProblemTalk) -> tuple[int, ...] | None:
        """The rooms that hold a talk, or the one it is fixed in."""
        if not talk.needs_room:
            return None
        fixed = talk.fixed.room if talk.fixed else None
        if fixed:
            of_that_name = (r for r, room in enumerate(self.problem.rooms) if room.id == fixed)
            return self._rooms_by_name.setdefault(fixed, tuple(of_that_name))
        return self._rooms_that_hold(talk.size)

    def _rooms_for_session(self, session: ProblemSession) -> tuple[int, ...] | None:
        """The rooms that hold a session."""
        return self._rooms_that_hold(len(session.people)) if session.needs_room else None

    def _rooms_that_hold(self, size: int) -> tuple[int, ...]:
        """The rooms for so many people."""
        if size not in self._rooms_by_size:
            self._rooms_by_size[size] = tuple(r for r, room in enumerate(self.problem.rooms) if _holds(room, size))
        return self._rooms_by_size[size]

    def _are_rooms_alike(self, rooms_for: Sequence[tuple[int, ...] | None]) -> bool:
        """Whether any talk may be in any room, and rooms are free for whole blocks or not at all."""
        choices = set({id(rooms): rooms for rooms in rooms_for if rooms is not None}.values())
        if len(choices) > 1 or any(len(rooms) < len(self.room_free) for rooms in choices):
            return False
        blocks = [(1 << block.last) - (1 << block.first) for block in self.grid.blocks]
        return all(free & block in (0, block) for free in self.room_free for block in blocks)

    def _first_at(self, moment: Wall) -> int:
        """The first step that starts at a moment or later."""
        return bisect_left(self.grid.starts, moment)

    def _over_by(self, moment: Wall, d: int) -> int:
        """The starts from which `d` steps are over by a moment."""
        last = self._first_at(Wall(moment - d * self.grid.minutes + 1))
        return (1 << last) - 1

    def _only(self, moment: Wall) -> int:
        """The one start at a moment, if there is a step."""
        step = self.grid.step_at.get(moment)
        return 0 if step is None else 1 << step


def _holds(room: ProblemRoom, size: int) -> bool:
    return room.capacity is None or room.capacity >= size


def _inverted(groups: Sequence[Sequence[int]], count: int) -> tuple[tuple[int, ...], ...]:
    """For each member, the groups it is in."""
    groups_of: list[list[int]] = [[] for _ in range(count)]
    for group, members in enumerate(groups):
        for member in members:
            groups_of[member].append(group)
    return tuple(map(tuple, groups_of))
