"""A schedule in the making: which talks have a start, who and what is taken, and where another talk still fits."""

from collections.abc import Iterable, Sequence

from scheduler.solver.instance import Instance
from scheduler.solver.rooms import HEAVIEST, rooms_of

NOWHERE = -1

Held = tuple[int, int, tuple[int, ...], int | None]
"""A placed talk: its number, its start, whom it was given out of its pools, and its room where rooms differ."""


class Schedule:
    """Placed talks of an instance. Placing and removing cost O(people × length); asking for starts, a few operations on masks."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.start = [NOWHERE] * instance.count
        self.chosen: dict[int, tuple[int, ...]] = {}
        """Whom each placed talk was given out of its pools."""
        self.taken = [0] * len(instance.free)
        """The steps each person talks in, and all steps of the half-days, days and weeks in which the person can talk no more."""
        self.owner: list[dict[int, int]] = [{} for _ in instance.free]
        """The talk each person is in, step by step."""
        self.talks_on: list[dict[int, list[int]]] = [{} for _ in instance.free]
        """The talks of each person with a maximum, by the number of the half-day, day or week."""
        self.rooms = rooms_of(instance)
        self.load = [0] * len(instance.free)
        self._talking = [0] * len(instance.free)

    @classmethod
    def of(cls, instance: Instance, held: Iterable[Held]) -> "Schedule":
        """The schedule that holds just these: sessions first, for their people's day maximum does not bind them."""
        schedule = cls(instance)
        for t, start, chosen, room in sorted(
            held, key=lambda entry: (entry[0] < instance.talk_count, entry[1], entry[0])
        ):
            schedule.place(t, start, chosen, room)
        return schedule

    def held(self) -> list[Held]:
        """Everything that is placed."""
        rooms = self.rooms.named()
        return [
            (t, start, self.chosen.get(t, ()), rooms.get(t)) for t, start in enumerate(self.start) if start != NOWHERE
        ]

    def members(self, t: int) -> tuple[int, ...]:
        """Everybody in a talk as far as is known now."""
        chosen = self.chosen.get(t)
        return self.instance.people[t] + chosen if chosen else self.instance.people[t]

    def open_starts(self, t: int, within: int) -> int:
        """The starts among `within` at which a talk fits without moving another, apart from its pools."""
        instance = self.instance
        blocked = 0
        for p in instance.people[t]:
            blocked |= self.taken[p]
        mask = blocked
        for _ in range(instance.length[t] - 1):
            blocked >>= 1
            mask |= blocked
        mask = instance.allowed[t] & within & ~(mask | self.rooms.shut(t))
        if mask and (instance.before[t] or instance.following[t]):
            mask &= self._in_order(t)
        if mask and instance.pools[t]:
            for pool in instance.pools[t]:
                mask &= self._any_free(pool, instance.length[t])
        return mask

    def choose(self, t: int, start: int) -> tuple[int, ...] | None:
        """One free person of each pool, the least loaded first; None if they cannot be had."""
        d = self.instance.length[t]
        bits = ((1 << d) - 1) << start
        people: list[int] = []
        for pool in sorted(self.instance.pools[t], key=len):
            free = [p for p in pool if p not in people and self.is_free(p, bits)]
            if not free:
                return None
            people.append(min(free, key=lambda p: (self.load[p], pool.index(p))))
        return tuple(people)

    def is_free(self, p: int, bits: int) -> bool:
        """Whether a person can talk in these steps."""
        return (
            self.instance.free[p] & bits == bits
            and not self.taken[p] & bits
            and not self.instance.full[p] & bits & -bits
        )

    def place(self, t: int, start: int, chosen: tuple[int, ...] = (), room: int | None = None) -> None:
        """Give a talk a start at which it fits, and a certain room if one is named."""
        instance = self.instance
        d = instance.length[t]
        bits = ((1 << d) - 1) << start
        self.start[t] = start
        if chosen:
            self.chosen[t] = chosen
        counts = t < instance.talk_count
        for p in instance.people[t] + chosen:
            self.load[p] += counts
            self._talking[p] |= bits
            self.taken[p] |= bits
            owner = self.owner[p]
            for step in range(start, start + d):
                owner[step] = t
            if counts:
                for part_of, most, masks, _, _ in instance.maxima[p]:
                    part = part_of[start]
                    within = self.talks_on[p].setdefault(part, [])
                    within.append(t)
                    if len(within) >= most[part]:
                        self.taken[p] |= masks[part]
        self.rooms.take(t, start, room)

    def remove(self, t: int) -> None:
        """Take a talk's start away."""
        instance = self.instance
        d, start = instance.length[t], self.start[t]
        bits = ((1 << d) - 1) << start
        counts = t < instance.talk_count
        for p in self.members(t):
            self.load[p] -= counts
            self._talking[p] &= ~bits
            owner = self.owner[p]
            for step in range(start, start + d):
                del owner[step]
            opened = bits
            for part_of, most, masks, _, _ in instance.maxima[p] if counts else ():
                part = part_of[start]
                within = self.talks_on[p][part]
                within.remove(t)
                if len(within) + 1 >= most[part]:
                    opened |= masks[part]
            if opened == bits:
                self.taken[p] &= ~bits
            else:
                self.taken[p] = self.taken[p] & ~opened | (self._talking[p] | self._full(p)) & opened
        self.rooms.give_back(t, start)
        self.start[t] = NOWHERE
        self.chosen.pop(t, None)

    def in_the_way(
        self, t: int, start: int, people: Sequence[int], weight: Sequence[int], least: int = HEAVIEST
    ) -> list[int] | None:
        """The talks that have to go so that a talk of these people has a start: lightest where there is a choice.

        None: they would weigh `least` or more.
        """
        instance = self.instance
        out: set[int] = set()
        span = range(start, start + instance.length[t])
        bits = ((1 << instance.length[t]) - 1) << start
        for p in people:
            if self._talking[p] & bits:
                owner = self.owner[p]
                out.update(owner[step] for step in span if step in owner)
            for part_of, most, _, _, _ in instance.maxima[p]:
                part = part_of[start]
                within = self.talks_on[p].get(part)
                if within and len(within) >= most[part] and out.isdisjoint(within):
                    out.add(min(within, key=weight.__getitem__))
        if instance.before[t] or instance.following[t]:
            out.update(self._out_of_order(t, start))
        left = least - sum(weight[other] for other in out)
        rooms = self.rooms.in_the_way(t, start, out, weight, left) if left > 0 else None
        return None if rooms is None else [*out, *rooms]

    def is_full(self, p: int, start: int) -> bool:
        """Whether somebody has as many talks as may be in the half-day, the day or the week of a start."""
        return any(
            len(self.talks_on[p].get(part_of[start], ())) >= most[part_of[start]]
            for part_of, most, _, _, _ in self.instance.maxima[p]
        )

    def _full(self, p: int) -> int:
        """The steps of the half-days, days and weeks in which somebody can talk no more."""
        steps = 0
        if len(self.instance.maxima[p]) > 1:  # alone, only the part that has just been opened would count
            for _, most, masks, parts, _ in self.instance.maxima[p]:
                for part in parts:
                    if len(self.talks_on[p].get(part) or ()) >= max(most[part], 1):
                        steps |= masks[part]
        return steps

    def is_out_of_order(self, t: int, start: int) -> bool:
        """Whether a start lies on the wrong side of a talk that is placed."""
        return bool(self._out_of_order(t, start))

    def _any_free(self, pool: Sequence[int], d: int) -> int:
        """The starts at which somebody of a pool can talk for `d` steps."""
        starts = 0
        for p in pool:
            free = self.instance.free[p] & ~self.taken[p]
            mask = free
            for _ in range(d - 1):
                free >>= 1
                mask &= free
            starts |= mask & ~self.instance.full[p]
        return starts

    def _in_order(self, t: int) -> int:
        """The starts after all placed talks that come before a talk, and before all that follow it."""
        first, last = self._bounds(t)
        return ((1 << max(0, last + 1)) - 1) & ~((1 << first) - 1)

    def _bounds(self, t: int) -> tuple[int, int]:
        """The first and the last start that the order of placed talks leaves a talk."""
        instance = self.instance
        ends = [self.start[b] + instance.length[b] for b in instance.before[t] if self.start[b] >= 0]
        begins = [self.start[f] for f in instance.following[t] if self.start[f] >= 0]
        return max(ends, default=0), min(begins, default=instance.grid.count) - instance.length[t]

    def _out_of_order(self, t: int, start: int) -> list[int]:
        """The placed talks that a start would put on the wrong side."""
        instance = self.instance
        end = start + instance.length[t]
        too_late = [b for b in instance.before[t] if self.start[b] >= 0 and self.start[b] + instance.length[b] > start]
        return too_late + [f for f in instance.following[t] if 0 <= self.start[f] < end]
