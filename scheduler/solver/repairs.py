"""Fewest moved: what stands is put right with the fewest changes, and it is proven that fewer would not do.

Most talks can stay. So a model is made in which only those talks choose a start that cannot stay as they are; the others stay, or make
way at the price of one move, wherever they go then. Its optimum is a bound for the whole. Whoever makes way chooses a start in the
next model; when nobody makes way any more, the optimum is a plan, and no plan moves fewer. Models grow with what has to move,
not with what stands: of talks that share nobody with a moving talk only their rooms matter, so the model just counts how many of
those with the same start and length make way.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scheduler.core.plans.grid import steps_of
from scheduler.solver import answers, fairness
from scheduler.solver.ejection import Ejection
from scheduler.solver.instance import Instance
from scheduler.solver.items import Others, SlotItem
from scheduler.solver.openings import fixed, keep, opened, pinned
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.schedule import Schedule
from scheduler.solver.watch import Watch


@dataclass(frozen=True, slots=True)
class Repaired:
    """A schedule that keeps what can be kept, and what is proven of it."""

    schedule: Schedule
    moved: int
    unplaced: int
    """Weighed by priority, sessions too; 0: everything has a place."""
    moved_bound: int
    unplaced_bound: int
    is_proven: bool


def fewest_moved(
    instance: Instance, horizon: int, seed: int, watch: Watch, tell: Callable[[Schedule], None] = lambda _: None
) -> Repaired:
    """A schedule within a horizon that leaves the fewest talks without a place, and of those moves the fewest."""
    return _Repair(instance, horizon, seed, watch).done(tell)


class _Repair:
    """Grows models until one of them is a plan."""

    def __init__(self, instance: Instance, horizon: int, seed: int, watch: Watch) -> None:
        self.instance, self.horizon, self.seed, self.watch = instance, horizon, seed, watch
        self.staying = self._that_can_stay()
        self.clashing: set[int] = set()
        """Talks that could stay, were it not for others that stay."""
        self.must_move = sum(
            1 for t in range(instance.talk_count) if instance.current[t] is not None and not self._may_stay(t)
        )
        self.price = 1 + sum(current is not None for current in instance.current)
        """Leaving a talk without a place costs more than moving all."""
        weights = [max(1, weight) for weight in instance.weight[: instance.talk_count]]
        self.weight = [*weights, *(1 + sum(weights) for _ in instance.sessions)]
        """Of each without a place: a session weighs more than all talks, and every talk at least something."""
        self.counts_idle_gaps = instance.problem.max_break_difference is not None

    def done(self, tell: Callable[[Schedule], None]) -> Repaired:
        """At once by ejection; if that proves nothing, by models around what moves."""
        best = self._by_ejection()
        tell(best.schedule)
        if best.is_proven:
            return best
        return self._by_models(best, tell)

    def _that_can_stay(self) -> dict[int, int]:
        """The talks whose place of today is still a place, and for sessions nothing."""
        return {
            t: current for t, current in enumerate(self.instance.current) if current is not None and self._may_stay(t)
        }

    def _may_stay(self, t: int) -> bool:
        """Whether a talk's start of today is one of its starts."""
        current = self.instance.current[t]
        return current is not None and current >= 0 and bool(self.instance.starts(t, self.horizon) >> current & 1)

    def _by_ejection(self) -> Repaired:
        """Keep what can stay, place the rest, and throw out what has to make way."""
        instance = self.instance
        schedule = opened(instance, self._windows())
        left = keep(schedule, self.staying)
        self.clashing = self.staying.keys() & set(left)
        ejection = Ejection(schedule, self.seed, pinned(instance))
        for t in self.staying:
            ejection.weight[t] = max(ejection.weight[t], PARAMETERS.moves.staying_weight)
        ejection.run(left, self.horizon, 20 * len(left) + 2_000, self.watch)
        return self._judged(fairness.thinned(schedule))

    def _windows(self) -> list[int]:
        """For each session that window, of those still open, in which the fewest of those who stay are in the way; the latest of them."""
        schedule = opened(self.instance, [])
        windows = []
        for t in self.instance.sessions:
            people, d = set(self.instance.people[t]), self.instance.length[t]
            clashes = {s: self._clashes(people, s, d) for s in steps_of(schedule.open_starts(t, -1))}
            best = min(clashes, key=lambda s: (clashes[s], -s), default=-1)
            if best >= 0:
                schedule.place(t, best)
            windows.append(best)
        return windows

    def _clashes(self, people: set[int], start: int, d: int) -> int:
        """How many of those who stay somebody of a session would have to leave."""
        return sum(
            1
            for t, current in self.staying.items()
            if current < start + d
            and start < current + self.instance.length[t]
            and not people.isdisjoint(self.instance.people[t])
        )

    def _by_models(self, best: Repaired, tell: Callable[[Schedule], None]) -> Repaired:
        """Models that grow until nobody makes way any more, or one of them proves that the best so far is as good as can be."""
        instance = self.instance
        scale = best.moved + 1 if not best.unplaced else 1
        moving = (
            set(range(instance.count)) if self.counts_idle_gaps else set(range(instance.count)) - self.staying.keys()
        )
        while not best.is_proven and not self.watch.is_over():
            items, others = self._items(moving, scale)
            if sum(self.instance.literals(item.talk, item.starts) for item in items) > PARAMETERS.moves.max_starts:
                break
            from scheduler.solver import decisions

            patience = decisions.Patience(self.seed, PARAMETERS.moves.effort, self.watch)
            answer = decisions.answer(instance, items, patience, others=others, is_fair=self.counts_idle_gaps)
            if answer.choices is None:
                break
            best = self._judged(best.schedule, answer.bound // scale)
            made_way = {t for t in self.staying if t not in moving and t not in answer.choices}
            if not made_way and not best.is_proven:
                repaired = self._judged(answer.schedule(instance), answer.bound // scale)
                best = min(repaired, best, key=lambda candidate: (candidate.unplaced, candidate.moved))
                tell(best.schedule)
                break
            moving |= made_way
        return best

    def _items(self, moving: set[int], scale: int) -> tuple[list[SlotItem], Others]:
        """The items of a model, and those that stand where only their rooms matter.

        A move costs `scale`, and one more where it is not yet known where to: so of equal answers the one that is nearer to a
        plan is given. No best answer moves `scale` talks, so what is left over when its cost is divided says nothing.
        """
        instance = self.instance
        near = {p for t in moving | self.clashing if t < instance.talk_count for p in self._everybody(t)}
        items = [self._moving(t, scale) for t in sorted(moving)]
        others: dict[int, int] = {}
        stay_fixed, dearer = set(fixed(instance)), scale + (scale > 1)
        takes_all = self.counts_idle_gaps or not instance.are_rooms_alike or instance.is_ordered
        for t, current in self.staying.items():
            if t in moving:
                continue
            is_near = t in stay_fixed or t in self.clashing or not near.isdisjoint(self._everybody(t))
            if takes_all or is_near or self._may_meet_a_session(t, current):
                items.append(SlotItem(t, 1 << current, let_go=None if t in stay_fixed else dearer))
            else:
                others[t] = current
        return items, Others(others, dearer)

    def _may_meet_a_session(self, t: int, current: int) -> bool:
        """Whether a session of somebody in a talk may be while the talk is today."""
        instance = self.instance
        for s in instance.sessions:
            first = max(0, current - instance.length[s] + 1)
            clashing = instance.allowed[s] & ((1 << (current + instance.length[t])) - (1 << first))
            if clashing and not set(instance.people[s]).isdisjoint(self._everybody(t)):
                return True
        return False

    def _moving(self, t: int, scale: int) -> SlotItem:
        """A talk or session that chooses its start; a session must have one, a talk had better."""
        instance = self.instance
        starts = instance.starts(t, self.horizon)
        current = instance.current[t]
        cost = {} if current is None else {start: scale for start in steps_of(starts) if start != current}
        return SlotItem(t, starts, cost, let_go=scale * self.price * self.weight[t])

    def _everybody(self, t: int) -> Iterable[int]:
        """Everybody who is or may come to be in a talk."""
        return [*self.instance.people[t], *(p for pool in self.instance.pools[t] for p in pool)]

    def _judged(self, schedule: Schedule, cost_bound: int | None = None) -> Repaired:
        """A schedule with its values; `cost_bound` is what no schedule costs less than, where it is known."""
        instance = self.instance
        unplaced = sum(self.weight[t] for t, start in enumerate(schedule.start) if start < 0)
        moved = answers.moved(instance, schedule)
        if cost_bound is None:
            is_least = unplaced == 0 and moved == self.must_move
            return Repaired(schedule, moved, unplaced, self.must_move if not unplaced else 0, 0, is_least)
        is_proven = cost_bound >= self.price * unplaced + moved
        if not unplaced:
            return Repaired(schedule, moved, 0, min(moved, max(cost_bound, self.must_move)), 0, is_proven)
        unplaced_bound = -(-(cost_bound - self.price + 1) // self.price) if cost_bound >= self.price else 0
        return Repaired(schedule, moved, unplaced, moved if is_proven else self.must_move, unplaced_bound, is_proven)
