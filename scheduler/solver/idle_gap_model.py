"""The question whether there is a schedule with at most so many idle gaps, as a CP-SAT model.

It asks for a given number and minimises nothing: a small number settles most people's day before anything is tried, while
an objective would first have to be searched down to it.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.solver.exact import Literal, SlotModel
from scheduler.solver.idle_gap_bounds import seats_by_step
from scheduler.solver.instance import Instance
from scheduler.solver.items import SlotItem

total = cp_model.LinearExpr.sum


@dataclass(frozen=True, slots=True)
class Limits:
    """What the question allows."""

    idle_gaps: int
    """At most so many in all."""
    cost: int | None = None
    """At most so much may the starts of the items cost, all together."""


class IdleGapModel:
    """All hard rules that lie between items, and those that count and limit idle gaps."""

    def __init__(self, instance: Instance, items: Sequence[SlotItem], limits: Limits) -> None:
        self.instance, self.items, self.limits = instance, items, limits
        self.slots = SlotModel(instance, items)
        self.model = self.slots.model
        self.most = max_idle_gaps(instance, items)
        """Of each person."""
        self.talks: dict[int, dict[int, Literal]] = {}
        """Person → step → whether the person talks in it, for steps in which this can be."""
        self.idle_gaps: dict[int, list[Literal]] = {}
        """Person → one literal for each idle gap that is possible: as many hold as there are idle gaps."""
        for rule in RULES:
            rule(self)

    def cap(self, p: int) -> int:
        """The most idle gaps that a person may have."""
        most = min(self.most[p], self.limits.idle_gaps)
        difference = self.instance.problem.max_break_difference
        return most if difference is None else min(most, min(self.most) + difference)


def max_idle_gaps(instance: Instance, items: Sequence[SlotItem]) -> list[int]:
    """How many idle gaps each person could have at all: one fewer than talks."""
    talks: Counter[int] = Counter()
    for item in items:
        if item.talk < instance.talk_count:
            talks.update({*instance.people[item.talk], *(p for pool in instance.pools[item.talk] for p in pool)})
    return [max(0, talks[p] - 1) for p in range(len(instance.free))]


def it_is_known_who_talks_when(m: IdleGapModel) -> None:
    """A person talks in the steps of their talks, and in no other."""
    at: defaultdict[int, defaultdict[int, list[Literal]]] = defaultdict(lambda: defaultdict(list))
    for p, start, t, literal in m.slots.takes():
        if t < m.instance.talk_count:
            for step in range(start, start + m.instance.length[t]):
                at[p][step].append(literal)
    for p, steps in at.items():
        m.talks[p] = {step: m.model.new_bool_var(f"u{p}@{step}") for step in sorted(steps)}
        for step, literals in steps.items():
            m.model.add_exactly_one([*literals, ~m.talks[p][step]])


def everybody_talks_as_long_as_their_talks_last(m: IdleGapModel) -> None:
    """The steps that a person talks in are as many as their talks have: follows, but is seen sooner when said."""
    steps: Counter[int] = Counter()
    more: defaultdict[int, list[cp_model.LinearExpr]] = defaultdict(list)
    for item in m.items:
        t, d = item.talk, m.instance.length[item.talk]
        if t < m.instance.talk_count:
            steps.update(dict.fromkeys(m.instance.people[t], d))
            for _, _, p, comes in m.slots.picked[t]:
                more[p].append(d * comes)
            if t in m.slots.gone:
                for p in m.instance.people[t]:
                    more[p].append(-d * m.slots.gone[t])
    for p, literals in m.talks.items():
        m.model.add(total(list(literals.values())) == steps[p] + total(more[p]))


def nobody_sits_without_a_seat(m: IdleGapModel) -> None:
    """No more people talk in a step than its rooms have seats: follows too."""
    seats = seats_by_step(m.instance, [item for item in m.items if item.talk < m.instance.talk_count])
    at: defaultdict[int, list[Literal]] = defaultdict(list)
    for literals in m.talks.values():
        for step, literal in literals.items():
            at[step].append(literal)
    for step, talking in at.items():
        if seats is not None and len(talking) > seats[step]:
            m.model.add(total(talking) <= seats[step])


def idle_gaps_lie_between_talks_of_a_day(m: IdleGapModel) -> None:
    """Each time but the first that somebody takes up talking on a day ends an idle gap, and nobody has more than they may."""
    for p, talks in m.talks.items():
        m.idle_gaps[p] = []
        takes_up: defaultdict[int, list[Literal]] = defaultdict(list)
        for step in talks:
            takes_up[m.instance.grid.day_of[step]].append(_takes_up(m, talks, step))
        cap = m.cap(p)
        for literals in takes_up.values():
            counted = at_least(m.model, literals, cap + 2)
            m.idle_gaps[p] += counted[1 : cap + 1]
            for too_many in counted[cap + 1 :]:
                m.model.add_bool_or([~too_many])


def idle_gaps_are_few(m: IdleGapModel) -> None:
    """There are no more idle gaps in all than asked for."""
    m.model.add(total([literal for idle_gaps in m.idle_gaps.values() for literal in idle_gaps]) <= m.limits.idle_gaps)


def idle_gaps_are_fair(m: IdleGapModel) -> None:
    """The idle gaps of any two people lie no farther apart than the problem says."""
    difference = m.instance.problem.max_break_difference
    if difference is None:
        return
    fewest = m.model.new_int_var(0, min(m.most), "fewest")
    for idle_gaps in m.idle_gaps.values():
        m.model.add(total(idle_gaps) >= fewest)
        if len(idle_gaps) > difference:
            m.model.add(total(idle_gaps) <= fewest + difference)


def starts_cost_no_more_than_they_may(m: IdleGapModel) -> None:
    """What the starts cost, such as moves, stays within its limit."""
    if m.limits.cost is not None:
        costs = [
            cost * m.slots.x[item.talk][start]
            for item in m.items
            for start, cost in item.cost.items()
            if start in m.slots.x[item.talk]
        ]
        m.model.add(total(costs) <= m.limits.cost)


RULES = (
    it_is_known_who_talks_when,
    everybody_talks_as_long_as_their_talks_last,
    nobody_sits_without_a_seat,
    idle_gaps_lie_between_talks_of_a_day,
    idle_gaps_are_few,
    idle_gaps_are_fair,
    starts_cost_no_more_than_they_may,
)


def _takes_up(m: IdleGapModel, talks: dict[int, Literal], step: int) -> Literal:
    """Whether a person talks in a step, and not in the one before it on that day."""
    day_of = m.instance.grid.day_of
    if step - 1 not in talks or day_of[step - 1] != day_of[step]:
        return talks[step]
    takes_up = m.model.new_bool_var("")
    m.model.add_bool_or([takes_up, ~talks[step], talks[step - 1]])
    m.model.add_implication(takes_up, talks[step])
    m.model.add_implication(takes_up, ~talks[step - 1])
    return takes_up


def at_least(model: cp_model.CpModel, literals: Sequence[Literal], most: int) -> list[Literal]:
    """Literals that say: at least one of these holds, at least two, and so on, up to `most` (a totalizer)."""
    if len(literals) <= 1:
        return list(literals)
    half = len(literals) // 2
    return merged(model, at_least(model, literals[:half], most), at_least(model, literals[half:], most), most)


def merged(model: cp_model.CpModel, left: Sequence[Literal], right: Sequence[Literal], most: int) -> list[Literal]:
    """Two such counts, of different literals, as the one of all of them."""
    both = [model.new_bool_var("") for _ in range(min(len(left) + len(right), most))]
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            if i + j:
                enough = [~literal for literal in (*left[i - 1 : i], *right[j - 1 : j])]
                model.add_bool_or([both[min(i + j, len(both)) - 1], *enough])
            if i + j < len(both):
                model.add_bool_or([~both[i + j], *left[i : i + 1], *right[j : j + 1]])
    return both
