"""A number of idle gaps that no schedule can go below, found by counting people instead of placing talks."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.solver.instance import Instance
from scheduler.solver.items import SlotItem
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.search import run
from scheduler.solver.watch import Watch


@dataclass(frozen=True, slots=True)
class PersonKind:
    """People who are alike if talks are not looked at: how many steps they talk, and in which steps they could."""

    steps: int
    usable: int


def idle_gaps_lower_bound(instance: Instance, items: Collection[SlotItem], seed: int, watch: Watch) -> int | None:
    """A number of idle gaps that no schedule of these items goes below; None if there is none at all.

    Talks are forgotten, and only counted: every person talks in so many steps of those that are usable, and no more people
    talk in a step than its rooms have seats. People alike are one flow through the steps, which a linear program solves at
    once, while a search for talks would try one person after the other. Whoever may still be chosen is left out.

    The network has a node for each kind, step, number of steps talked before it, and state of the day: O(kinds × steps × talked) of
    them, with two arcs each. Flow is kept at every node, and only the seats of a step tie the kinds together.
    """
    talks = [item for item in items if item.talk < instance.talk_count]
    kinds = _kinds(instance, talks)
    if sum(kind.steps * kind.usable.bit_count() for kind in kinds) > PARAMETERS.idle_gaps.max_states:
        return 0
    flow = _Flow(instance, seats_by_step(instance, talks))
    for kind, count in kinds.items():
        flow.add(kind, count)
    parameters = cp_model.SatParameters()
    parameters.linearization_level = 2
    parameters.max_deterministic_time = PARAMETERS.idle_gaps.bound_effort
    outcome = run(flow.model(), seed=seed, watch=watch, parameters=parameters)
    return None if outcome.is_impossible else outcome.bound


def _kinds(instance: Instance, talks: Collection[SlotItem]) -> Counter[PersonKind]:
    """How many people there are of each kind, without those who may still be chosen for a talk."""
    eligible = {p for item in talks for pool in instance.pools[item.talk] for p in pool}
    steps: Counter[int] = Counter()
    usable: defaultdict[int, int] = defaultdict(int)
    for item in talks:
        d = instance.length[item.talk]
        for p in instance.people[item.talk]:
            steps[p] += d
            for offset in range(d):
                usable[p] |= item.starts << offset
    return Counter(PersonKind(steps[p], usable[p]) for p in steps if p not in eligible)


def seats_by_step(instance: Instance, talks: Collection[SlotItem]) -> list[int] | None:
    """How many people can talk in each step; None if some talk needs no room."""
    if any(instance.rooms_for[item.talk] is None for item in talks):
        return None
    size = max((len(instance.people[item.talk]) + len(instance.pools[item.talk]) for item in talks), default=0)
    rooms = [sum(free >> step & 1 for free in instance.room_free) for step in range(instance.grid.count)]
    return [size * count for count in rooms]


_Node = tuple[int, int, int]
"""The step, how many steps were talked in before it, and how the day stands."""
_NOT_YET, _TALKING, _PAUSING = range(3)


class _Flow:
    """People alike flow from step to step, each time talking or not; taking up talking after a pause of that day costs an idle gap."""

    def __init__(self, instance: Instance, seats: list[int] | None) -> None:
        self._grid, self._seats = instance.grid, seats
        self._model = cp_model.CpModel()
        self._talking: list[list[cp_model.IntVar]] = [[] for _ in range(instance.grid.count)]
        self._idle_gaps: list[cp_model.IntVar] = []

    def add(self, kind: PersonKind, count: int) -> None:
        """Let the people of a kind flow."""
        coming: defaultdict[_Node, list[cp_model.IntVar]] = defaultdict(list)
        here: list[_Node] = [(0, 0, _NOT_YET)]
        for step in range(self._grid.count):
            following: dict[_Node, None] = {}
            for node in here:
                going = []
                for then, talks in self._moves(kind, node):
                    move = self._model.new_int_var(0, count, "")
                    going.append(move)
                    coming[then].append(move)
                    following[then] = None
                    if talks:
                        self._talking[step].append(move)
                        if node[2] == _PAUSING:
                            self._idle_gaps.append(move)
                self._model.add(sum(going) == (sum(coming[node]) if step else count))
            here = list(following)

    def _moves(self, kind: PersonKind, node: _Node) -> list[tuple[_Node, bool]]:
        """Where somebody can be a step later, and whether talking leads there: all steps are still to be talked in time."""
        step, talked, state = node
        ends_day = step + 1 == self._grid.count or self._grid.day_of[step + 1] != self._grid.day_of[step]
        left = kind.steps - talked
        moves: list[tuple[_Node, bool]] = []
        if left <= (kind.usable >> (step + 1)).bit_count():
            paused = _NOT_YET if ends_day or state == _NOT_YET else _PAUSING
            moves.append(((step + 1, talked, paused), False))
        if left and kind.usable >> step & 1:
            moves.append(((step + 1, talked + 1, _NOT_YET if ends_day else _TALKING), True))
        return moves

    def model(self) -> cp_model.CpModel:
        """All kinds together: the seats of each step suffice, and idle gaps are few."""
        if self._seats is not None:
            for talking, seats in zip(self._talking, self._seats, strict=True):
                self._model.add(sum(talking) <= seats)
        self._model.minimize(sum(self._idle_gaps))
        return self._model
