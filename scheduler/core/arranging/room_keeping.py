"""Rooms of a plan: a talk that stays at its time stays in its room as well, where that can be had."""

from collections.abc import Sequence
from dataclasses import replace

from scheduler.core.plans.grid import Grid
from scheduler.core.plans.placements import Placement, Plan
from scheduler.core.plans.problems import PlanProblem


def with_rooms_kept(problem: PlanProblem, plan: Plan) -> Plan:
    """The same plan with each talk that does not move in the room it stands in, others making way into rooms that are free.

    Nobody's time changes. Where those in the way find no other room, the plan's own choice holds.
    """
    if not any(talk.current and talk.current.room for talk in problem.talks):
        return plan
    keeping = _Keeping(problem, plan)
    for place in range(len(plan.placements)):
        keeping.keep(place)
    return replace(plan, placements=tuple(keeping.placements))


class _Keeping:
    """The placements while they change rooms."""

    def __init__(self, problem: PlanProblem, plan: Plan) -> None:
        self.problem, self.grid = problem, Grid.of(problem)
        self.talks = {talk.id: talk for talk in problem.talks}
        self.rooms = {room.id: room for room in problem.rooms}
        self.free = {room.id: self.grid.all & ~self.grid.touched(room.busy) for room in problem.rooms}
        self.placements = list(plan.placements)

    def keep(self, place: int) -> None:
        """Bring a talk that does not move back into its room, if that can be."""
        placement = self.placements[place]
        own_room = self._own_room(placement)
        if own_room is None or placement.room == own_room or not self._holds(own_room, placement):
            return
        before = list(self.placements)
        self.placements[place] = replace(placement, room=own_room)
        in_the_way = [other for other in self._in(own_room, placement) if other != place]
        if not all(self._rehoused(other, first=placement.room) for other in in_the_way):
            self.placements = before

    def _rehoused(self, place: int, first: str | None) -> bool:
        """Whether a talk found another room; one that stands in its own does not make way."""
        placement = self.placements[place]
        if placement.room == self._own_room(placement):
            return False
        for room in sorted(self.rooms, key=lambda name: (name != first, name)):
            if self._holds(room, placement) and not self._in(room, placement):
                self.placements[place] = replace(placement, room=room)
                return True
        return False

    def _own_room(self, placement: Placement) -> str | None:
        """The room of a talk that does not move."""
        current = self.talks[placement.talk].current
        return current.room if current and placement.room and current.start == placement.start else None

    def _holds(self, room: str, placement: Placement) -> bool:
        """Whether a room is large enough and not busy then, whatever talks are in it."""
        capacity, bits = self.rooms[room].capacity, self._bits(placement)
        return (capacity is None or capacity >= len(placement.people)) and self.free[room] & bits == bits

    def _in(self, room: str, placement: Placement) -> Sequence[int]:
        """The placements in a room that share a moment with one."""
        bits = self._bits(placement)
        return [place for place, other in enumerate(self.placements) if other.room == room and self._bits(other) & bits]

    def _bits(self, placement: Placement) -> int:
        length = self.problem.steps(self.talks[placement.talk].minutes)
        return ((1 << length) - 1) << self.grid.step_at[placement.start]
