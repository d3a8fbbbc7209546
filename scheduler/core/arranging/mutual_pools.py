"""Requirements that ask for each other: each visitor for four of the hosts, each host for six of the visitors. A talk of two who are
asked for by each other counts for both, so such talks are arranged first, and each side lacks that many less.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.core.ground.ids import PersonId
from scheduler.core.rules.requirements import Requirement


@dataclass(frozen=True, slots=True)
class Demand:
    """What one requirement still lacks, and whom of its pool it may take."""

    requirement: Requirement
    missing: int
    candidates: tuple[PersonId, ...]
    """Of its pool, without those met already; the preferred ones first."""

    @property
    def subject(self) -> PersonId:
        """Who lacks it."""
        return self.requirement.bearers[0]


def shared_partners(
    demands: Sequence[Demand], can_meet: Callable[[Demand, Demand], bool]
) -> list[tuple[PersonId, ...]]:
    """For each demand, the partners of talks that count for a demand of theirs as well.

    Greedy: whoever has the fewest candidates to spare chooses first, and takes those who lack most. No pair is taken twice, and
    nobody takes more than they lack; what is left over is arranged for each side alone. O(demands × candidates × log candidates).
    """
    place_of = {demand.subject: place for place, demand in enumerate(demands)}
    missing = [demand.missing for demand in demands]
    partners: list[list[PersonId]] = [[] for _ in demands]
    for place in sorted(range(len(demands)), key=lambda place: len(demands[place].candidates) - missing[place]):
        others = [place_of[person] for person in demands[place].candidates if person in place_of]
        for other in sorted(others, key=lambda other: -missing[other]):
            subject, partner = demands[place].subject, demands[other].subject
            is_lacking = missing[place] and missing[other] and partner not in partners[place]
            if is_lacking and _is_mutual(demands[place], demands[other]) and can_meet(demands[place], demands[other]):
                for here, person in ((place, partner), (other, subject)):
                    partners[here].append(person)
                    missing[here] -= 1
    return [tuple(chosen) for chosen in partners]


def _is_mutual(demand: Demand, other: Demand) -> bool:
    """Whether each is a candidate of the other, and whatever counts for it counts for the other where its people and time do."""
    first, second = demand.requirement, other.requirement
    is_alike = (first.window, first.modes, first.group_ok) == (second.window, second.modes, second.group_ok)
    return is_alike and demand.subject in other.candidates
