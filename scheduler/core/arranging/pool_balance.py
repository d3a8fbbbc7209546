"""Among equal plans the one that spreads the work: whoever of a pool has the fewest talks takes the next one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from scheduler.core.plans.grid import Grid
from scheduler.core.plans.maxima import PARTS
from scheduler.core.plans.placements import Placement, Plan
from scheduler.core.plans.problems import PlanProblem, ProblemPerson, ProblemTalk, Wall


def balanced(problem: PlanProblem, plan: Plan, existing_load: Mapping[str, int]) -> Plan:
    """The same plan with the people out of pools exchanged for others who are free then and have fewer talks.

    Times, rooms and everybody else stay. `existing_load`: how many talks people have besides the plan's. Deterministic: talks in
    their order; an exchange must bring two people closer together, so it comes to an end.
    """
    talks = {talk.id: talk for talk in problem.talks}
    if not any(talks[placement.talk].any_of for placement in plan.placements):
        return plan
    exchange = _Exchange(problem, plan, existing_load)
    while exchange.improve_any():
        pass
    return replace(plan, placements=tuple(exchange.placements))


class _Exchange:
    """The placements while people are exchanged, and what everybody has in them."""

    def __init__(self, problem: PlanProblem, plan: Plan, existing_load: Mapping[str, int]) -> None:
        self.problem, self.grid = problem, Grid.of(problem)
        self.talks = {talk.id: talk for talk in problem.talks}
        self.people = {person.id: person for person in problem.people}
        self.placements = list(plan.placements)
        self.load = Counter(existing_load)
        self.taken: dict[str, int] = defaultdict(int)
        self.within: Counter[tuple[str, str, int]] = Counter()
        """How many talks people have within the parts of time that their maxima are about."""
        for member in problem.people:
            self._count(member, member.stands, 1)
        for placement in plan.placements:
            for person in placement.people:
                self._put(person, placement, 1)

    def improve_any(self) -> bool:
        """Exchange one person somewhere, if there is a better one."""
        return any(self.improve(place) for place in range(len(self.placements)))

    def improve(self, place: int) -> bool:
        """Exchange one person of a talk, if there is a better one."""
        placement = self.placements[place]
        talk = self.talks[placement.talk]
        for position, pool in self._choices(talk, placement):
            chosen = placement.people[position]
            others = sorted((member for member in pool if member not in placement.people), key=self.load.__getitem__)
            for other in others:
                if self.load[other] + 1 >= self.load[chosen]:
                    break
                if self._is_free(other, placement):
                    self._swap(place, position, other)
                    return True
        return False

    def _choices(self, talk: ProblemTalk, placement: Placement) -> list[tuple[int, tuple[str, ...]]]:
        """Where in a placement somebody out of a pool sits, and out of which; only if every pool can be told by its person."""
        chosen = placement.people[len(talk.people) :]
        if len(chosen) != len(talk.any_of) or any(
            person not in pool for person, pool in zip(chosen, talk.any_of, strict=True)
        ):
            return []
        return [(len(talk.people) + place, pool) for place, pool in enumerate(talk.any_of)]

    def _swap(self, place: int, position: int, other: str) -> None:
        placement = self.placements[place]
        self._put(placement.people[position], placement, -1)
        self._put(other, placement, 1)
        people = (*placement.people[:position], other, *placement.people[position + 1 :])
        self.placements[place] = replace(placement, people=people)

    def _put(self, person: str, placement: Placement, sign: int) -> None:
        """Note that somebody is in a talk (1), or no more (-1)."""
        self.load[person] += sign
        self.taken[person] ^= self._bits(placement)
        self._count(self.people[person], (placement.start,), sign)

    def _count(self, member: ProblemPerson, starts: Iterable[Wall], sign: int) -> None:
        for kind, part_of in PARTS.items() if any(getattr(member, kind) for kind in PARTS) else ():
            for start in starts:
                self.within[member.id, kind, part_of(start)] += sign

    def _is_free(self, person: str, placement: Placement) -> bool:
        """Whether somebody could be in a talk where it is."""
        member: ProblemPerson = self.people[person]
        for kind, part_of in PARTS.items():
            most: int | None = getattr(member, kind)
            if most is not None and self.within[person, kind, part_of(placement.start)] >= most:
                return False
        return not self._bits(placement) & (self.taken[person] | self.grid.touched(member.busy))

    def _bits(self, placement: Placement) -> int:
        length = self.problem.steps(self.talks[placement.talk].minutes)
        return ((1 << length) - 1) << self.grid.step_at[placement.start]
