"""The exact model: which of its starts each talk takes, one boolean each, for CP-SAT.

An item is a talk (or a session) with the starts it may take. An item may also be let go, at a price: a talk that finds no place,
or one that stands today and is asked to make way, whatever becomes of it then. A model with all talks and all starts decides
everything; a model in which most talks can only stay or be let go is small, and what it says is a bound for the whole.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from scheduler.core.plans.grid import steps_of
from scheduler.solver.instance import Instance
from scheduler.solver.items import Others, SlotChoice, SlotItem
from scheduler.solver.search import Solution

Literal = cp_model.IntVar
NO_OTHERS = Others()


class SlotModel:
    """A CP-SAT model of items of an instance, with all hard rules that lie between them."""

    def __init__(self, instance: Instance, items: Sequence[SlotItem], others: Others = NO_OTHERS) -> None:
        self.instance, self.items, self.others = instance, items, others
        self.leaving: dict[tuple[int, int], Literal] = {}
        """Start and length of others → how many of them are let go; which of them is all the same."""
        self.model = cp_model.CpModel()
        self.x: dict[int, dict[int, Literal]] = {}
        """Talk → start → whether it starts there."""
        self.gone: dict[int, Literal] = {}
        self.picked: dict[int, list[tuple[int, int, int, Literal]]] = defaultdict(list)
        """Talk → (start, pool, person, whether this person comes then)."""
        self.sits: dict[int, list[tuple[int, int, Literal]]] = defaultdict(list)
        """Talk → (start, room, whether it sits there then), where rooms differ."""
        self.fills_rooms = False
        """Whether the items need every free step of every room."""
        for rule in RULES:
            rule(self)

    def minimise(self) -> None:
        """Ask for the smallest cost."""
        costs = [
            cost * self.x[item.talk][start]
            for item in self.items
            for start, cost in item.cost.items()
            if start in self.x[item.talk]
        ]
        costs += [item.let_go * self.gone[item.talk] for item in self.items if item.let_go is not None]
        costs += [self.others.let_go * count for count in self.leaving.values()]
        self.model.minimize(cp_model.LinearExpr.sum(costs))

    def hint(self, start: Sequence[int]) -> None:
        """Begin the search near a schedule."""
        for t, at in self.x.items():
            for step, literal in at.items():
                self.model.add_hint(literal, start[t] == step)
            if t in self.gone:
                self.model.add_hint(self.gone[t], start[t] not in at)

    def choices(self, solution: Solution) -> dict[int, SlotChoice]:
        """Where the items go that are placed in a solution."""
        choices: dict[int, SlotChoice] = {}
        for t, at in self.x.items():
            start = next((step for step, literal in at.items() if solution.value(literal)), None)
            if start is not None:
                people = {pool: p for step, pool, p, here in self.picked[t] if step == start and solution.value(here)}
                room = next((r for step, r, here in self.sits[t] if step == start and solution.value(here)), None)
                choices[t] = SlotChoice(start, tuple(people[pool] for pool in sorted(people)), room)
        return choices

    def others_that_stay(self, solution: Solution) -> dict[int, SlotChoice]:
        """The others without those that are let go; of several that are all the same, those that can go most places go first."""
        left = {key: solution.value(count) for key, count in self.leaving.items()}
        going: set[int] = set()
        if any(left.values()):
            for t in sorted(self.others.start, key=lambda t: (-self.instance.allowed[t].bit_count(), t)):
                key = self.others.start[t], self.instance.length[t]
                if left.get(key) and self.instance.rooms_for[t] is not None:
                    left[key] -= 1
                    going.add(t)
        return {t: SlotChoice(start) for t, start in self.others.start.items() if t not in going}

    def takes(self) -> Iterable[tuple[int, int, int, Literal]]:
        """Every person, step and talk that a literal brings together, apart from the pools."""
        for item in self.items:
            t = item.talk
            for start, literal in self.x[t].items():
                for p in self.instance.people[t]:
                    yield p, start, t, literal
                for step, _, p, here in self.picked[t]:
                    if step == start:
                        yield p, start, t, here


def each_item_has_one_start(m: SlotModel) -> None:
    """Every item takes one of its starts, or is let go where that may be."""
    for item in m.items:
        t = item.talk
        m.x[t] = {start: m.model.new_bool_var(f"x{t}@{start}") for start in steps_of(item.starts)}
        options: list[Literal] = list(m.x[t].values())
        if item.let_go is not None:
            m.gone[t] = m.model.new_bool_var(f"gone{t}")
            options.append(m.gone[t])
        m.model.add_exactly_one(options)


def somebody_of_each_pool_comes(m: SlotModel) -> None:
    """A talk that is placed has one free person of each pool, and different pools send different people."""
    for item in m.items:
        t, d = item.talk, m.instance.length[item.talk]
        if not m.instance.pools[t]:
            continue
        for start, literal in m.x[t].items():
            bits = ((1 << d) - 1) << start
            by_person: defaultdict[int, list[Literal]] = defaultdict(list)
            for number, pool in enumerate(m.instance.pools[t]):
                there = [p for p in pool if m.instance.free[p] & bits == bits]
                comes = {p: m.model.new_bool_var(f"y{t}@{start}:{number}={p}") for p in there}
                m.model.add_exactly_one([*comes.values(), ~literal])
                for p, here in comes.items():
                    m.picked[t].append((start, number, p, here))
                    by_person[p].append(here)
            for several in by_person.values():
                if len(several) > 1:
                    m.model.add_at_most_one(several)


def nobody_is_in_two_places(m: SlotModel) -> None:
    """In each step a person is in one talk at most."""
    at: defaultdict[tuple[int, int], list[Literal]] = defaultdict(list)
    talks: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for p, start, t, literal in m.takes():
        for step in range(start, start + m.instance.length[t]):
            at[p, step].append(literal)
            talks[p, step].add(t)
    for key, literals in at.items():
        if len(talks[key]) > 1:
            m.model.add_at_most_one(literals)


def rooms_suffice(m: SlotModel) -> None:
    """In each step there are no more talks than rooms; where rooms differ, each talk has one that is right for it."""
    if m.instance.are_rooms_alike:
        _rooms_by_count(m)
    else:
        _rooms_by_name(m)


def nobody_talks_too_often(m: SlotModel) -> None:
    """In no half-day, day or week has a person more talks than may be."""
    on: defaultdict[tuple[int, int], list[Literal]] = defaultdict(list)
    talks: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for p, start, t, literal in m.takes():
        for part_of, _, _, _, _ in m.instance.maxima[p] if t < m.instance.talk_count else ():
            key = p, part_of[start]
            on[key].append(literal)
            talks[key].add(t)
    most_in = [
        {part: maximum.most[part] for maximum in of_one for part in maximum.numbers} for of_one in m.instance.maxima
    ]
    for (p, part), literals in on.items():
        if len(talks[p, part]) > (most := max(most_in[p][part], 0)):
            m.model.add(cp_model.LinearExpr.sum(literals) <= most)


def order_is_kept(m: SlotModel) -> None:
    """A talk starts when those before it are over."""
    for t, at in m.x.items():
        for earlier in m.instance.before[t]:
            for start, literal in at.items():
                late = [
                    other
                    for begins, other in m.x.get(earlier, {}).items()
                    if begins + m.instance.length[earlier] > start
                ]
                if late:
                    m.model.add_at_most_one([literal, *late])


RULES = (
    each_item_has_one_start,
    somebody_of_each_pool_comes,
    nobody_is_in_two_places,
    rooms_suffice,
    nobody_talks_too_often,
    order_is_kept,
)


def _rooms_by_count(m: SlotModel) -> None:
    at: defaultdict[int, list[Literal]] = defaultdict(list)
    for t, starts in m.x.items():
        if m.instance.rooms_for[t] is not None:
            for start, literal in starts.items():
                for step in range(start, start + m.instance.length[t]):
                    at[step].append(literal)
    left = rooms_left(m, at)
    needed = sum(m.instance.length[item.talk] for item in m.items if m.instance.rooms_for[item.talk] is not None)
    # Where every free step of every room is needed, saying so at once saves a long search.
    m.fills_rooms = 0 < needed == sum(left.values()) and all(item.let_go is None for item in m.items)
    making_way = _making_way(m, {step for step, literals in at.items() if len(literals) > left[step]})
    for step, literals in at.items():
        taken = cp_model.LinearExpr.sum(literals)
        if m.fills_rooms:
            m.model.add(taken == left[step])
        elif len(literals) > left[step]:
            m.model.add(taken - cp_model.LinearExpr.sum(making_way[step]) <= left[step])


def _making_way(m: SlotModel, steps: set[int]) -> dict[int, list[Literal]]:
    """For each of the steps that are short of rooms, the counts of others that leave one there."""
    existing = Counter(
        (start, m.instance.length[t]) for t, start in m.others.start.items() if m.instance.rooms_for[t] is not None
    )
    counts: defaultdict[int, list[Literal]] = defaultdict(list)
    for (start, length), most in sorted(existing.items()):
        if meeting := steps.intersection(range(start, start + length)):
            m.leaving[start, length] = m.model.new_int_var(0, most, f"leaving{start}+{length}")
            for step in meeting:
                counts[step].append(m.leaving[start, length])
    return counts


def rooms_left(m: SlotModel, steps: Iterable[int]) -> dict[int, int]:
    """How many rooms each step has for the items."""
    left = {step: sum(free >> step & 1 for free in m.instance.room_free) for step in steps}
    for t, start in m.others.start.items():
        for step in range(start, start + m.instance.length[t]):
            if step in left and m.instance.rooms_for[t] is not None:
                left[step] -= 1
    return left


def _rooms_by_name(m: SlotModel) -> None:
    at: defaultdict[tuple[int, int], list[Literal]] = defaultdict(list)
    for t, starts in m.x.items():
        rooms = m.instance.rooms_for[t]
        if rooms is None:
            continue
        for start, literal in starts.items():
            bits = ((1 << m.instance.length[t]) - 1) << start
            there = [r for r in rooms if m.instance.room_free[r] & bits == bits]
            sits = {r: m.model.new_bool_var(f"q{t}@{start}:{r}") for r in there}
            m.model.add_exactly_one([*sits.values(), ~literal])
            for r, here in sits.items():
                m.sits[t].append((start, r, here))
                for step in range(start, start + m.instance.length[t]):
                    at[r, step].append(here)
    for literals in at.values():
        if len(literals) > 1:
            m.model.add_at_most_one(literals)
