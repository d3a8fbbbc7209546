"""A problem as the solver works on it: people, rooms and talks by number, times as steps, sets of steps as bit masks."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.core.plan_grid import Grid, runs
from scheduler.core.problems import AskedRoom, AskedTalk, PlanProblem, Wall

UNLIMITED = 1 << 30


@dataclass(frozen=True, slots=True)
class Instance:
    """A compiled problem. `t` numbers talks, `p` people, `r` rooms, in the order of the problem; `d` is a length in steps."""

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

    @property
    def count(self) -> int:
        """How many talks there are."""
        return len(self.length)

    @property
    def is_ordered(self) -> bool:
        """Whether any talk waits for another."""
        return any(self.before)

    @property
    def has_pools(self) -> bool:
        """Whether anybody is to be chosen."""
        return any(self.pools)

    def within(self, horizon: int, d: int) -> int:
        """The starts from which `d` steps are over by the horizon."""
        return (1 << max(0, horizon - d + 1)) - 1


def compiled(problem: PlanProblem, taken: dict[str, int] | None = None) -> Instance:
    """The problem by number; `taken` has steps that sessions take from people (by id) and rooms (by `r:` and id)."""
    return _Compiler(problem, taken or {}).instance()


class _Compiler:
    """Holds the tables that the parts of an instance are made from."""

    def __init__(self, problem: PlanProblem, taken: dict[str, int]) -> None:
        self.problem, self.grid = problem, Grid.of(problem)
        self.person = {one.id: p for p, one in enumerate(problem.people)}
        self.number = {talk.id: t for t, talk in enumerate(problem.talks)}
        everything = self.grid.all
        self.free = [everything & ~(self.grid.touched(one.busy) | taken.get(one.id, 0)) for one in problem.people]
        self.room_free = [
            everything & ~(self.grid.touched(room.busy) | taken.get(f"r:{room.id}", 0)) for room in problem.rooms
        ]
        self._runs: dict[tuple[str, int, int], int] = {}
        self._rooms_by_size: dict[int, tuple[int, ...]] = {}
        self._room_starts: dict[tuple[tuple[int, ...], int], int] = {}
        self._startable: dict[int, int] = {}

    def instance(self) -> Instance:
        """All parts together."""
        talks = self.problem.talks
        length = tuple(self.problem.steps(talk.minutes) for talk in talks)
        people = tuple(tuple(self.person[one] for one in talk.people) for talk in talks)
        pools = tuple(
            tuple(tuple(self.person[one] for one in pool if one not in talk.people) for pool in talk.any_of)
            for talk in talks
        )
        rooms_for = tuple(map(self._rooms_for, talks))
        before = tuple(tuple(self.number[one] for one in talk.after) for talk in talks)
        return Instance(
            self.problem,
            self.grid,
            length,
            people,
            pools,
            tuple(self._allowed(*one) for one in zip(talks, length, people, rooms_for, strict=True)),
            tuple(self.free),
            tuple(self.room_free),
            tuple(UNLIMITED if one.max_talks_per_day is None else one.max_talks_per_day for one in self.problem.people),
            _inverted(people, len(self.person)),
            rooms_for,
            before,
            _inverted(before, len(talks)),
            tuple(None if talk.current is None else self.grid.step_at.get(talk.current.start, -1) for talk in talks),
            tuple(talk.priority for talk in talks),
            self._are_rooms_alike(rooms_for),
        )

    def _allowed(self, talk: AskedTalk, d: int, people: tuple[int, ...], rooms: tuple[int, ...] | None) -> int:
        """The starts a talk could have if it were alone."""
        mask = self._startable.get(d)
        if mask is None:
            mask = self._startable[d] = self.grid.startable(d)
        for p in people:
            mask &= self._free_starts("p", p, d)
        if rooms is not None:
            mask &= self._rooms_open(rooms, d)
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
        found = self._runs.get(key)
        if found is None:
            free = self.free[number] if kind == "p" else self.room_free[number]
            found = self._runs[key] = runs(free, d)
        return found

    def _rooms_open(self, rooms: tuple[int, ...], d: int) -> int:
        """The steps from which any of these rooms is free for `d` steps."""
        found = self._room_starts.get((rooms, d))
        if found is None:
            found = 0
            for r in rooms:
                found |= self._free_starts("r", r, d)
            self._room_starts[rooms, d] = found
        return found

    def _rooms_for(self, talk: AskedTalk) -> tuple[int, ...] | None:
        """The rooms that hold a talk, or the one it is fixed in."""
        if not talk.needs_room:
            return None
        fixed = talk.fixed.room if talk.fixed else None
        if fixed:
            return tuple(r for r, room in enumerate(self.problem.rooms) if room.id == fixed)
        if talk.size not in self._rooms_by_size:
            self._rooms_by_size[talk.size] = tuple(
                r for r, room in enumerate(self.problem.rooms) if _holds(room, talk.size)
            )
        return self._rooms_by_size[talk.size]

    def _are_rooms_alike(self, rooms_for: Sequence[tuple[int, ...] | None]) -> bool:
        """Whether any talk may be in any room, and rooms are free for whole blocks or not at all."""
        wanted = {rooms for rooms in rooms_for if rooms is not None}
        if len(wanted) > 1 or any(len(rooms) < len(self.room_free) for rooms in wanted):
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


def _holds(room: AskedRoom, size: int) -> bool:
    return room.capacity is None or room.capacity >= size


def _inverted(groups: Sequence[Sequence[int]], count: int) -> tuple[tuple[int, ...], ...]:
    """For each member, the groups it is in."""
    found: list[list[int]] = [[] for _ in range(count)]
    for group, members in enumerate(groups):
        for member in members:
            found[member].append(group)
    return tuple(map(tuple, found))
