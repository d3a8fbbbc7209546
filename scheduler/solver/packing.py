"""Whether one person could hold all their talks, if nobody else were in the way but in the times they share.

Jobs on one machine, each with a set of starts and a length in grid steps. First each takes the first start that is left, in
O(talks × days) operations on masks; where that fails, all ways are tried depth first, the talk with the fewest starts next. On the way
the steps taken are those of the talks placed so far, and a branch is left as soon as fewer steps are left than needed. The search is
exponential, and ends after a number of nodes without having disproved anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.core.plans.grid import steps_of
from scheduler.solver.parameters import PARAMETERS


@dataclass(frozen=True, slots=True)
class PackingItem:
    """A talk of the person: how many steps it takes, and the starts it could have."""

    length: int
    starts: int


def fits(items: Sequence[PackingItem], day_masks: Sequence[int], day_limit: int) -> bool:
    """Whether all talks fit side by side, at most `day_limit` on each day. True also when it could not be disproved."""
    limit_matters = day_limit < len(items)
    days = day_masks if limit_matters else ()
    ordered = sorted(items, key=lambda item: (-item.length, item.starts.bit_count()))
    return _greedy(ordered, days, day_limit) or _PackingSearch(days, day_limit).can_place(list(ordered), 0, {})


def cover(items: Sequence[PackingItem]) -> int:
    """All steps that any of the talks could take."""
    steps = 0
    for item in items:
        for offset in range(item.length):
            steps |= item.starts << offset
    return steps


def _greedy(ordered: Sequence[PackingItem], day_masks: Sequence[int], day_limit: int) -> bool:
    """Whether giving each talk its first free start already does."""
    taken = 0
    counts = [0] * len(day_masks)
    for item in ordered:
        mask = item.starts & ~_shadow(taken, item.length)
        if not mask:
            return False
        start = (mask & -mask).bit_length() - 1
        taken |= ((1 << item.length) - 1) << start
        for day, days in enumerate(day_masks):
            if days >> start & 1:
                counts[day] += 1
                if counts[day] >= day_limit:
                    taken |= days
    return True


def _shadow(taken: int, length: int) -> int:
    """The starts from which `length` steps would touch a taken one."""
    mask = taken
    for _ in range(length - 1):
        taken >>= 1
        mask |= taken
    return mask


class _PackingSearch:
    """Tries all ways, the talk with the fewest starts first, until it has looked at too many."""

    def __init__(self, day_masks: Sequence[int], day_limit: int) -> None:
        self.days, self.limit = day_masks, day_limit
        self.nodes = 0

    def can_place(self, left: list[PackingItem], taken: int, counts: dict[int, int]) -> bool:
        """Whether the talks left fit around what is taken."""
        if not left:
            return True
        self.nodes += 1
        if self.nodes > PARAMETERS.counting.max_packings:
            return True
        options = [item.starts & ~_shadow(taken, item.length) for item in left]
        place = min(range(len(left)), key=lambda i: options[i].bit_count())
        item, rest = left[place], left[:place] + left[place + 1 :]
        if self._is_short(left, taken):
            return False
        for start in steps_of(options[place]):
            then, now = counts, taken | ((1 << item.length) - 1) << start
            day = next((i for i, days in enumerate(self.days) if days >> start & 1), None)
            if day is not None:
                then = {**counts, day: counts.get(day, 0) + 1}
                if then[day] >= self.limit:
                    now |= self.days[day]
            if self.can_place(rest, now, then):
                return True
        return False

    def _is_short(self, left: Sequence[PackingItem], taken: int) -> bool:
        """Whether fewer steps are left than the talks left need."""
        return (cover(left) & ~taken).bit_count() < sum(item.length for item in left)
