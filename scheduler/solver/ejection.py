"""Greedy construction, and the search that places a talk by throwing out others.

A talk without a place takes the start that throws out the talks that weigh least; whoever is thrown out weighs one more from
then on and waits for a place in turn. Weights never fall, so the search leaves knots that it keeps running into: these are the
penalty counters of the ejection pool of Y. Nagata, O. Bräysy: A powerful route minimization heuristic for the vehicle routing
problem with time windows, Operations Research Letters 37 (2009) 333–338.

After every step each talk is placed, waits, or has no start whatever is thrown out; and what is placed keeps to every hard rule
but the spread of idle gaps. One step places one talk and costs O(starts × people), all on bit masks and small tables.
"""

from collections import deque
from collections.abc import Callable, Iterable
from random import Random

from scheduler.core.plans.grid import steps_of
from scheduler.solver.instance import Instance
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.schedule import Held, Schedule
from scheduler.solver.watch import Watch


def steps_worth(instance: Instance, horizon: int, *, is_thorough: bool = True) -> int:
    """How many steps of ejection a horizon is worth."""
    tuned = PARAMETERS.ejection
    if instance.choices(horizon) <= tuned.max_few_starts:
        return tuned.few_steps
    return tuned.steps + 2 * instance.count if is_thorough else tuned.few_steps + instance.count // 2


def construct(
    schedule: Schedule, order: Iterable[int], horizon: int, is_over: Callable[[], bool] = lambda: False
) -> list[int]:
    """Give each talk in turn the first start at which it fits, and return those that found none, or whose turn did not come in time."""
    instance, left = schedule.instance, list[int]()
    within, look_every = _within(instance, horizon), PARAMETERS.counting.look_every
    for place, t in enumerate(waiting := list(order)):
        if place % look_every == look_every - 1 and is_over():
            return left + waiting[place:]
        mask = schedule.open_starts(t, within[instance.length[t]])
        if not _place_first(schedule, t, mask):
            left.append(t)
    return left


def _within(instance: Instance, horizon: int) -> dict[int, int]:
    """For each length the starts from which it is over by the horizon."""
    return {d: instance.within(horizon, d) for d in set(instance.length)}


def _place_first(schedule: Schedule, t: int, mask: int) -> bool:
    """Place a talk at the first of these starts for which its pools have somebody."""
    while mask:
        low = mask & -mask
        start = low.bit_length() - 1
        chosen = schedule.choose(t, start) if schedule.instance.pools[t] else ()
        if chosen is not None:
            schedule.place(t, start, chosen)
            return True
        mask ^= low
    return False


class _Best:
    """The schedule on the way that left the least."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._least: int | None = None
        self._placed: list[Held] = []
        self.left: list[int] = []

    def look(self, *left: Iterable[int]) -> None:
        """Remember the schedule if it leaves less than any before."""
        waiting = [t for some in left for t in some]
        least = sum(self._schedule.instance.weight[t] for t in waiting)
        if self._least is None or least < self._least:
            self._least, self._placed, self.left = least, self._schedule.held(), waiting

    def restored(self) -> Schedule:
        """That schedule."""
        return Schedule.of(self._schedule.instance, self._placed)


class Ejection:
    """The search on one schedule. Placed talks that are pinned are never thrown out."""

    def __init__(self, schedule: Schedule, seed: int, pinned: frozenset[int] = frozenset()) -> None:
        self.schedule = schedule
        self.rng = Random(seed)  # noqa: S311 - repeatable dice, no secrets
        self.weight = [1] * schedule.instance.count
        for t in pinned:
            self.weight[t] = PINNED
        self.steps = 0

    def run(
        self, left: Iterable[int], horizon: int, max_steps: int, watch: Watch, *, keeps_best: bool = False
    ) -> list[int]:
        """Place the talks that are left, and return those that are still left when the steps or the time are over.

        Every talk that is placed ends by the horizon afterwards. With `keeps_best` the schedule is at the end the one on the way
        that had the least weight left.
        """
        waiting = deque(left)
        unplaceable: list[int] = []
        within = _within(self.schedule.instance, horizon)
        best = _Best(self.schedule) if keeps_best else None
        steps, look_every = 0, PARAMETERS.ejection.look_every
        while waiting and steps < max_steps:
            if best:
                best.look(waiting, unplaceable)
            steps += 1
            if steps % look_every == 0 and watch.is_over():
                break
            t = waiting.popleft()
            thrown = self._insert(t, within[self.schedule.instance.length[t]])
            if thrown is None:
                unplaceable.append(t)
            else:
                waiting.extend(thrown)
        self.steps += steps
        if best:
            best.look(waiting, unplaceable)
            self.schedule = best.restored()
            return best.left
        return unplaceable + list(waiting)

    def _insert(self, t: int, within: int) -> list[int] | None:
        """Place a talk and return the talks thrown out for it; None if it has no start at all."""
        schedule = self.schedule
        mask = schedule.open_starts(t, within)
        if mask and self._place_somewhere(t, mask):
            return []
        cheapest = self._cheapest(t, within)
        if cheapest is None:
            return None
        start, chosen, out = cheapest
        for other in out:
            self._throw(other)
        schedule.place(t, start, chosen)
        return out

    def _throw(self, t: int) -> None:
        """Throw a talk out; next time it is dearer."""
        self.schedule.remove(t)
        self.weight[t] += 1

    def _place_somewhere(self, t: int, mask: int) -> bool:
        """Place a talk at one of these starts."""
        if self.schedule.instance.pools[t]:
            return _place_first(self.schedule, t, mask)
        starts = steps_of(mask)
        self.schedule.place(t, starts[self.rng.randrange(len(starts))])
        return True

    def _cheapest(self, t: int, within: int) -> tuple[int, tuple[int, ...], list[int]] | None:
        """The start, the people of its pools and the talks to throw out, lightest in all."""
        instance, schedule, weight = self.schedule.instance, self.schedule, self.weight
        mask = instance.allowed[t] & within
        shut = schedule.rooms.shut(t)
        best, least = None, PINNED
        for group in (mask & ~shut, mask & shut):  # where a room is free, nobody has to go for one
            starts = steps_of(group)
            self.rng.shuffle(starts)
            for start in starts:
                chosen = self._chosen(t, start)
                if chosen is None:
                    continue
                out = schedule.in_the_way(t, start, instance.people[t] + chosen, weight, least)
                if out is None:
                    continue
                total = 0
                for other in out:
                    total += weight[other]
                if total < least:
                    best, least = (start, chosen, out), total
                    if total <= 1:
                        return best
        return best

    def _chosen(self, t: int, start: int) -> tuple[int, ...] | None:
        """Somebody of each pool who is not busy then: free ones first, else those whose talks weigh least."""
        instance, schedule = self.schedule.instance, self.schedule
        if not instance.pools[t]:
            return ()
        bits = ((1 << instance.length[t]) - 1) << start
        members: list[int] = []
        for pool in sorted(instance.pools[t], key=len):
            there = [
                p for p in pool if p not in members and instance.free[p] & bits == bits and instance.may_begin(p, start)
            ]
            if not there:
                return None
            costs = {
                p: sum(self.weight[o] for o in schedule.in_the_way(t, start, (p,), self.weight) or ()) for p in there
            }
            members.append(min(there, key=lambda p: (costs[p], schedule.load[p], p)))
        return tuple(members)


PINNED = 1 << 40
"""Heavier than all others together."""
