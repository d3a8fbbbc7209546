"""Why talks found no place, in counts that a person can check; the cheapest changes that would give them one are `remedies`."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.placements import TOGETHER, Plan, Repair, Unplaced, part_of
from scheduler.solver import bounds, taken
from scheduler.solver.instance import Instance
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.remedies import Remedies
from scheduler.solver.watch import Watch

ALIKE = {
    "more_time_from": "more_time",
    "larger_rooms": "larger_room",
    "drop_order_for": "drop_order",
    "shorten_of": "shorten",
}
"""Kinds of repairs in a set → the kind of such a repair for one talk, which says less."""


def explained(instance: Instance, plan: Plan, seed: int, watch: Watch) -> Plan:
    """The plan with reasons and repairs for each talk without a place, and what binds it, by name and with numbers.

    Of a large one when the time is over, just the plan.
    """
    if watch.is_over() and instance.count > PARAMETERS.placing.max_hurried:
        return plan
    return _Explainer(instance, plan, seed, watch).explained()


class _Explainer:
    def __init__(self, instance: Instance, plan: Plan, seed: int, watch: Watch) -> None:
        self.instance, self.problem, self.plan, self.watch = instance, instance.problem, plan, watch
        self.seed = seed
        self.number = {talk.id: t for t, talk in enumerate(self.problem.talks)}
        self.remedies = Remedies(self.instance, plan, seed, watch)
        self.rooms = tuple(bounds.rooms(self.instance, self.instance.grid.count))
        self.people: dict[int, Finding | None] = {}

    def explained(self) -> Plan:
        self.joint = self._joint()
        unplaced = tuple(self._explained(place, talk) for place, talk in enumerate(self.plan.unplaced))
        binding = self.plan.binding
        if binding is None or binding.kind == "all_ways_tried":
            proofs = (reason for talk in unplaced for reason in talk.reasons if reason.kind not in taken.OF_THIS_PLAN)
            binding = next(proofs, binding)
        return replace(self.plan, unplaced=unplaced, binding=binding, sessions_left=tuple(self._sessions_left()))

    def _joint(self) -> tuple[Repair, ...]:
        """What would give everything a place at once, as cheaply as can be; none if that is not found."""
        left = len(self.plan.unplaced) + sum(1 for t in self.instance.sessions if self.remedies.schedule.start[t] < 0)
        if self.watch.is_over() or left > PARAMETERS.joint.max_unplaced:
            return ()
        from scheduler.solver import joint_repairs

        cheapest = joint_repairs.cheapest_set(self.instance, self.plan, self.seed, self.watch)
        if cheapest is None:
            return ()
        if left == len(cheapest.repairs) == 1:
            return cheapest.repairs
        return (Repair(TOGETHER, {"parts": tuple(map(part_of, cheapest.repairs)), "talks": left}, is_verified=True),)

    def _repairs(self, t: int) -> tuple[Repair, ...]:
        """Repairs of one talk, those like the cheapest first; and what it would take for all."""
        singles = self.remedies.found_for(t)
        if not self.joint or self.joint[0].kind == TOGETHER:
            return (*singles, *self.joint)
        kind = ALIKE.get(self.joint[0].kind, self.joint[0].kind)
        alike = tuple(repair for repair in singles if repair.kind == kind)
        return (*(alike or self.joint), *(repair for repair in singles if repair.kind != kind))

    def _sessions_left(self) -> Iterator[Unplaced]:
        """The sessions that have no window left, and what is in the way."""
        schedule = self.remedies.schedule
        for t in self.instance.sessions:
            if schedule.start[t] < 0:
                yield Unplaced(self.instance.id_of(t), taken.in_the_way_of_session(schedule, t), self.joint)

    def _explained(self, place: int, unplaced: Unplaced) -> Unplaced:
        if place >= PARAMETERS.remedies.max_hurried_reasons and self.watch.is_over():
            return unplaced
        t = self.number[unplaced.talk]
        repairs = self._repairs(t) if place < PARAMETERS.remedies.max_explained else self.joint
        return replace(unplaced, reasons=tuple(self._reasons(t)), repairs=repairs)

    def _reasons(self, t: int) -> list[Finding]:
        """What speaks against the talk; where nothing does alone, who of its people has the least time to spare."""
        if alone := bounds.talk_alone(self.instance, t, self.instance.grid.count):
            return [alone]
        if late := bounds.order(self.instance, t, self.instance.grid.count):
            return [late]
        reasons = [reason for p in self.instance.people[t] if (reason := self._against(p))]
        reasons += [reason for reason in self.rooms if self._is_about(t, reason)]
        return reasons or [taken.starts_taken(self.remedies.schedule, t)]

    def _against(self, p: int) -> Finding | None:
        """What speaks against a person's talks; it is found out once for each, and not when the time is over."""
        if p not in self.people:
            self.people[p] = None if self.watch.is_over() else bounds.person(self.instance, p, self.instance.grid.count)
        return self.people[p]

    def _is_about(self, t: int, reason: Finding) -> bool:
        """Whether rooms that are too few are those that a talk needs."""
        few = cast("tuple[str, ...]", reason.details.get("rooms", [room.id for room in self.problem.rooms]))
        rooms = self.instance.rooms_for[t]
        return rooms is not None and {self.problem.rooms[r].id for r in rooms} <= set(few)
