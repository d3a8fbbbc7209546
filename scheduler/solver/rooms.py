"""Which rooms are free while talks come and go: counted where all rooms are alike, by name where they are not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from scheduler.core.plans.grid import runs, steps_of
from scheduler.solver.instance import Instance

HEAVIEST = 1 << 60
"""Heavier than any talks together."""
MAX_CHANGES = 32
"""After so many changes all starts are looked at anew."""


class Rooms(Protocol):
    """What the search needs to know about rooms."""

    def shut(self, t: int) -> int:
        """The starts at which no room can be had for a talk now."""

    def take(self, t: int, start: int, room: int | None = None) -> None:
        """Give a talk a room from a step on, a certain one if it is named; there is one."""

    def give_back(self, t: int, start: int) -> None:
        """Take a talk's room away again."""

    def in_the_way(
        self, t: int, start: int, leaving: Collection[int], weight: Sequence[int], least: int = HEAVIEST
    ) -> list[int] | None:
        """Talks to be thrown out, light ones rather than heavy ones, so that a talk has a room at a start; some leave anyhow. None: they
        would weigh `least` or more."""

    def named(self) -> Mapping[int, int]:
        """The room of each placed talk, as far as it matters already which one."""

    def room_of(self) -> dict[int, int]:
        """The room of each placed talk that needs one."""


def rooms_of(instance: Instance) -> Rooms:
    """The simplest that is right for an instance."""
    return CountedRooms(instance) if instance.are_rooms_alike else NamedRooms(instance)


class CountedRooms:
    """Rooms that are all alike: at each step some are left or none is.

    Talks of one block never need more rooms than there are talks at its fullest step, so the names can be given at the end.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._needs = [rooms is not None for rooms in instance.rooms_for]
        self.left = [sum(free >> step & 1 for free in instance.room_free) for step in range(instance.grid.count)]
        self.full = sum(1 << step for step, left in enumerate(self.left) if left <= 0)
        self._at: list[list[int]] = [[] for _ in self.left]
        self._start: dict[int, int] = {}
        self._lightest: list[int | None] = [None] * len(self.left)

    def shut(self, t: int) -> int:
        """The starts from which some step has no room left."""
        if not self._needs[t]:
            return 0
        full = mask = self.full
        for _ in range(self._instance.length[t] - 1):
            full >>= 1
            mask |= full
        return mask

    def take(self, t: int, start: int, room: int | None = None) -> None:  # noqa: ARG002 - all are alike
        """One room fewer in each step."""
        if not self._needs[t]:
            return
        self._start[t] = start
        for step in range(start, start + self._instance.length[t]):
            self.left[step] -= 1
            self._at[step].append(t)
            self._lightest[step] = None
            if not self.left[step]:
                self.full |= 1 << step

    def give_back(self, t: int, start: int) -> None:
        """One room more in each step."""
        if not self._needs[t]:
            return
        del self._start[t]
        for step in range(start, start + self._instance.length[t]):
            self.left[step] += 1
            self._at[step].remove(t)
            self._lightest[step] = None
            self.full &= ~(1 << step)

    def in_the_way(
        self,
        t: int,
        start: int,
        leaving: Collection[int],
        weight: Sequence[int],
        least: int = HEAVIEST,  # noqa: ARG002 - looking is quick
    ) -> list[int]:
        """For each full step the lightest talk there, unless one that leaves is there."""
        if not self._needs[t]:
            return []
        out: list[int] = []
        for step in range(start, start + self._instance.length[t]):
            if self.full >> step & 1:
                here = self._at[step]
                if not any(talk in here for talk in leaving) and not any(talk in here for talk in out):
                    out.append(self._lightest_at(step, weight))
        return out

    def _lightest_at(self, step: int, weight: Sequence[int]) -> int:
        """The lightest talk in a step. It is remembered until the step changes: only talks thrown out change their weight."""
        lightest = self._lightest[step]
        if lightest is None:
            lightest = self._lightest[step] = min(self._at[step], key=weight.__getitem__)
        return lightest

    def named(self) -> Mapping[int, int]:
        """None yet."""
        return {}

    def room_of(self) -> dict[int, int]:
        """Rooms by name: where it can be, those that talks have today; else each talk the first that is free again."""
        by_start = sorted(self._start.items(), key=lambda item: (item[1], item[0]))
        keeps = [(t, start) for t, start in by_start if self._instance.current[t] == start]
        others = [item for item in by_start if self._instance.current[item[0]] != item[1]]
        # Those that keep theirs may leave gaps that are too short.
        return self._named([*keeps, *others]) or self._named(by_start) or {}

    def _named(self, order: list[tuple[int, int]]) -> dict[int, int] | None:
        """Rooms by name, given out in an order; None if it leaves one without. In that of starts there are always enough.

        The free rooms of a step are the bits of one number, so that a talk costs as many operations as it has steps.
        """
        free, today, named = free_rooms(self._instance), rooms_of_today(self._instance), dict[int, int]()
        for t, start in order:
            steps = range(start, start + self._instance.length[t])
            there = free[start]
            for step in steps:
                there &= free[step]
            if not there:
                return None
            last = today[t]
            room = last if last is not None and there >> last & 1 else (there & -there).bit_length() - 1
            for step in steps:
                free[step] ^= 1 << room
            named[t] = room
        return named


def free_rooms(instance: Instance) -> list[int]:
    """For each step the rooms that are not booked otherwise, a bit for each."""
    free = [0] * instance.grid.count
    for r, steps in enumerate(instance.room_free):
        for step in steps_of(steps):
            free[step] |= 1 << r
    return free


def rooms_of_today(instance: Instance) -> list[int | None]:
    """The room of each talk and session where it stands today."""
    number = {room.id: r for r, room in enumerate(instance.problem.rooms)}
    today = [number.get(talk.current.room or "") if talk.current else None for talk in instance.problem.talks]
    return [*today, *(None for _ in instance.sessions)]


@dataclass(slots=True)
class _Open:
    """The starts at which some of a few rooms are free for so many steps, as they were after so many changes."""

    rooms: int
    """A bit for each."""
    steps: int
    starts: int
    changes: int


class NamedRooms:
    """Rooms that differ: each talk holds a certain one.

    What is free is kept both ways, the steps of each room and the rooms of each step; and for each choice of rooms and each length the
    starts that are open, of which only those are looked at again near which a room was taken or given back.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._today = rooms_of_today(instance)
        self._free = list(instance.room_free)
        self._free_at = free_rooms(instance)
        self._open: dict[tuple[int, int], _Open] = {}
        """By which rooms, as objects, and steps."""
        self._changes: list[tuple[int, int]] = []
        """From which step, and for how many, some room was taken or given back."""
        self._room: dict[int, int] = {}
        self._bits: dict[int, int] = {}
        """The steps of each placed talk."""
        self._owner: list[dict[int, int]] = [{} for _ in instance.room_free]

    def shut(self, t: int) -> int:
        """The starts at which none of its rooms is free for long enough."""
        rooms = self._instance.rooms_for[t]
        if rooms is None:
            return 0
        key = id(rooms), self._instance.length[t]
        entry = self._open.get(key)
        if entry is None or len(self._changes) - entry.changes > MAX_CHANGES:
            entry = self._open[key] = self._looked_at(rooms, key[1])
        for start, length in self._changes[entry.changes :]:
            self._look_again(entry, start, length)
        entry.changes = len(self._changes)
        return ~entry.starts

    def _looked_at(self, rooms: Sequence[int], d: int) -> _Open:
        """The starts that are open now."""
        starts = 0
        for r in rooms:
            starts |= runs(self._free[r], d)
        return _Open(sum(1 << r for r in rooms), d, starts, len(self._changes))

    def _look_again(self, entry: _Open, start: int, length: int) -> None:
        """The same for the starts that touch some steps."""
        d, free = entry.steps, self._free_at
        for begins in range(max(0, start - d + 1), min(start + length, len(free) - d + 1)):
            there = entry.rooms
            for step in range(begins, begins + d):
                there &= free[step]
            if there:
                entry.starts |= 1 << begins
            else:
                entry.starts &= ~(1 << begins)

    def take(self, t: int, start: int, room: int | None = None) -> None:
        """The room that is named, else the one it has today if that is free, else the first that is."""
        rooms = self._instance.rooms_for[t]
        if rooms is None:
            return
        d = self._instance.length[t]
        bits = ((1 << d) - 1) << start
        r = self._first_free(t, bits) if room is None else room
        self._free[r] &= ~bits
        self._room[t], self._bits[t] = r, bits
        self._changes.append((start, d))
        for step in range(start, start + d):
            self._owner[r][step] = t
            self._free_at[step] &= ~(1 << r)

    def _first_free(self, t: int, bits: int) -> int:
        """The room a talk has today if it is free, else the first that is. Raises StopIteration if none is."""
        today, rooms = self._today[t], self._instance.rooms_for[t] or ()
        if today is not None and today in rooms and self._free[today] & bits == bits:
            return today
        return next(r for r in rooms if self._free[r] & bits == bits)

    def give_back(self, t: int, start: int) -> None:
        """Its room is free again."""
        if self._instance.rooms_for[t] is None:
            return
        d, r = self._instance.length[t], self._room.pop(t)
        self._free[r] |= self._bits.pop(t)
        self._changes.append((start, d))
        for step in range(start, start + d):
            del self._owner[r][step]
            self._free_at[step] |= 1 << r

    def in_the_way(
        self, t: int, start: int, leaving: Collection[int], weight: Sequence[int], least: int = HEAVIEST
    ) -> list[int] | None:
        """The talks that stay in the one of its rooms where they weigh least; a room that is busy for other reasons is none."""
        rooms = self._instance.rooms_for[t]
        if rooms is None:
            return []
        bits = ((1 << self._instance.length[t]) - 1) << start
        lightest: list[int] | None = None
        for r in rooms:
            if self._instance.room_free[r] & bits != bits:
                continue
            taken, owner = bits & ~self._free[r], self._owner[r]
            out, total = [], 0
            while taken and total < least:
                other = owner[(taken & -taken).bit_length() - 1]
                taken &= ~self._bits[other]
                if other not in leaving:
                    out.append(other)
                    total += weight[other]
            if total < least:
                lightest, least = out, total
                if not out:
                    break
        return lightest

    def named(self) -> Mapping[int, int]:
        """The rooms they hold."""
        return self._room

    def room_of(self) -> dict[int, int]:
        """The rooms they hold."""
        return dict(self._room)
