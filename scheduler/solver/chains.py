"""What the order of talks leaves each of them, once everything has a place.

A talk starts when those before it are over, each as early as its own order lets it; and whoever is in several of them holds one
after the other, in free steps. The same is counted from the end backwards. One pass each way, O(talks + orders) operations on masks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from scheduler.solver.instance import Instance


@dataclass(frozen=True, slots=True)
class Limit:
    """A step before which a talk cannot start (or by which it has to be over), and the talks that say so."""

    step: int
    talks: tuple[int, ...] = ()


def starts(instance: Instance, horizon: int) -> Sequence[int]:
    """The starts that each talk could have if all are over by a horizon; sessions know none. Reckoned once for each horizon."""
    if horizon not in instance.chained:
        instance.chained[horizon] = _propagated(instance, horizon)
    return instance.chained[horizon]


def earliest(instance: Instance, t: int, horizon: int) -> Limit:
    """Before which step a talk cannot start, for those before it are not over sooner; 0 if one of them has no start itself."""
    return _head(instance, t, starts(instance, horizon))


def latest(instance: Instance, t: int, horizon: int) -> Limit:
    """By which step a talk has to be over, for those that follow it cannot start later."""
    return _tail(instance, t, starts(instance, horizon))


def _propagated(instance: Instance, horizon: int) -> tuple[int, ...]:
    masks = [instance.starts_alone(t) & instance.starts(t, horizon) for t in range(instance.count)]
    order = list(TopologicalSorter({t: before for t, before in enumerate(instance.before) if before}).static_order())
    for t in order:
        masks[t] &= ~((1 << _head(instance, t, masks).step) - 1)
    for t in reversed(order):
        masks[t] &= instance.within(_tail(instance, t, masks).step, instance.length[t])
    return tuple(masks)


def _head(instance: Instance, t: int, masks: Sequence[int]) -> Limit:
    before = [b for b in instance.before[t] if masks[b]]
    limits = [Limit(0), *(Limit(_first(masks[b]) + instance.length[b], (b,)) for b in before)]
    for p, talks in _shared(instance, before):
        free = instance.free[p] & ~((1 << min(_first(masks[b]) for b in talks)) - 1)
        limits.append(Limit(_nth(free, sum(instance.length[b] for b in talks)), talks))
    return max(limits, key=lambda limit: limit.step)


def _tail(instance: Instance, t: int, masks: Sequence[int]) -> Limit:
    following = [f for f in instance.following[t] if masks[f]]
    limits = [Limit(instance.grid.count), *(Limit(masks[f].bit_length() - 1, (f,)) for f in following)]
    for p, talks in _shared(instance, following):
        end = max(masks[f].bit_length() - 1 + instance.length[f] for f in talks)
        free = instance.free[p] & ((1 << end) - 1)
        skipped = free.bit_count() - sum(instance.length[f] for f in talks)
        limits.append(Limit(_nth(free, skipped + 1) - 1 if skipped >= 0 else 0, talks))
    return min(limits, key=lambda limit: limit.step)


def _shared(instance: Instance, talks: Iterable[int]) -> Iterable[tuple[int, tuple[int, ...]]]:
    """Who is in several of these, and in which."""
    talks_of: defaultdict[int, list[int]] = defaultdict(list)
    for t in talks:
        for p in instance.people[t]:
            talks_of[p].append(t)
    return [(p, tuple(several)) for p, several in talks_of.items() if len(several) > 1]


def _first(mask: int) -> int:
    return (mask & -mask).bit_length() - 1


def _nth(mask: int, n: int) -> int:
    """How many steps have gone by when so many of a mask have; as many as the mask is long where it has fewer."""
    low, high = 0, mask.bit_length()
    while low < high:
        middle = (low + high) // 2
        if (mask & ((1 << middle) - 1)).bit_count() < n:
            low = middle + 1
        else:
            high = middle
    return low
