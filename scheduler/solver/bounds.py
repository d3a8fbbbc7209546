"""Horizons below which not all talks can be placed, and why: each bound is a count that a person can check by hand.

A bound looks at one talk, one person or the rooms, and leaves everything else aside; so it never says too much (it is a relaxation).
What speaks against a horizon speaks against every smaller one, so the largest of them is found by halving, in O(log steps) looks. One
look costs at most O(talks × starts), but for a person's talks, which are packed exactly up to a number of tries. Horizons, lengths
and what is free are counted in grid steps.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import cast

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.grid import runs, steps_of
from scheduler.core.plans.problems import Wall, text_of
from scheduler.solver import packing
from scheduler.solver.instance import UNLIMITED, Instance, compiled
from scheduler.solver.packing import PackingItem

Reason = Callable[[Instance, int], Finding | None]


@dataclass(frozen=True, slots=True)
class Bound:
    """All talks cannot be over before step `horizon`; `why` is what stands against one step less."""

    horizon: int
    why: Finding | None = None


def lowest(instance: Instance) -> Bound:
    """The smallest horizon that nothing known speaks against, or one step more than there are, with the reason."""
    bound = Bound(0)
    for raise_bound in (_by_talks, _by_rooms, _by_people):
        bound = raise_bound(instance, bound)
    return bound


def against(instance: Instance, horizon: int) -> Iterator[Finding]:
    """Everything that speaks against placing all talks within so many steps: talks, then rooms, then people."""
    for t in range(instance.talk_count):
        if reason := talk_alone(instance, t, horizon) or order(instance, t, horizon):
            yield reason
    if reason := rooms(instance, horizon):
        yield reason
    for p in range(len(instance.free)):
        if reason := person(instance, p, horizon):
            yield reason


def talk_alone(instance: Instance, t: int, horizon: int) -> Finding | None:
    """Why one talk has no start within a horizon even if it were the only one."""
    if starts_alone(instance, t) & instance.within(horizon, instance.length[t]):
        return None
    talk = instance.problem.talks[t]
    details = {"talk": talk.id, "people": talk.people, "until": _until(instance, horizon)}
    if instance.rooms_for[t] == ():
        return Finding("no_room_large_enough", talk.id, {**details, "size": talk.size})
    grid = instance.grid
    longest = grid.minutes * max((block.last - block.first for block in grid.blocks), default=0)
    if (minutes := instance.length[t] * grid.minutes) > longest:
        return Finding("longer_than_blocks", talk.id, {**details, "minutes": minutes, "longest": longest})
    if talk.latest is not None and (span := talk.latest - max(talk.earliest or 0, grid.starts[0])) < talk.minutes:
        return Finding("window_too_short", talk.id, {**details, "minutes": talk.minutes, "span": max(0, span)})
    if _is_free_without_room(instance, t, horizon):
        return Finding("no_room_free", talk.id, details)
    is_alone = len(talk.people) == 1 and not talk.any_of
    return Finding("never_free_alone" if is_alone else "never_free_together", talk.id, details)


def _is_free_without_room(instance: Instance, t: int, horizon: int) -> bool:
    """Whether the people of a talk are free together within a horizon, so that it is the room that is missing."""
    talk = instance.problem.talks[t]
    roomless = replace(instance.problem, talks=(replace(talk, needs_room=False, after=()),), sessions=())
    return talk.needs_room and bool(starts_alone(compiled(roomless), 0) & instance.within(horizon, instance.length[t]))


def starts_alone(instance: Instance, t: int) -> int:
    """The starts a talk could have if it were alone, somebody of each pool being free."""
    mask, d = instance.allowed[t], instance.length[t]
    for pool in instance.pools[t]:
        anybody = 0
        for p in pool:
            anybody |= runs(instance.free[p], d)
        mask &= anybody
    return mask


def order(instance: Instance, t: int, horizon: int) -> Finding | None:
    """Why a talk has no start within a horizon once those before it are over, each as early as it can be alone and in its order."""
    late, last = max(((_earliest_end(instance, b, {}), b) for b in instance.before[t]), default=(0, -1))
    within = instance.within(horizon, instance.length[t])
    if last < 0 or late > instance.grid.count or starts_alone(instance, t) & within & ~((1 << late) - 1):
        return None
    talk, names = instance.problem.talks[t], instance.problem.talks
    details = {"talk": talk.id, "people": talk.people, "after": names[last].id, "first_end": _until(instance, late)}
    ends = min(text_of(talk.latest), _until(instance, horizon)) if talk.latest else _until(instance, horizon)
    return Finding("order_too_late", talk.id, {**details, "until": ends})


def _earliest_end(instance: Instance, t: int, ends: dict[int, int]) -> int:
    """The step by which a talk can be over at the earliest, in its order; more than there are if it has no start at all."""
    if t not in ends:
        late = max((_earliest_end(instance, b, ends) for b in instance.before[t]), default=0)
        starts = starts_alone(instance, t) & ~((1 << late) - 1) if late <= instance.grid.count else 0
        ends[t] = (starts & -starts).bit_length() - 1 + instance.length[t] if starts else instance.grid.count + 1
    return ends[t]


def rooms(instance: Instance, horizon: int) -> Finding | None:
    """Why all rooms together are too few until a horizon: steps needed against steps free while there is somebody to use them."""
    needed = sum(d for t, d in enumerate(instance.length[: instance.talk_count]) if instance.rooms_for[t] is not None)
    within = (1 << horizon) - 1
    free = sum((mask & within).bit_count() for mask in instance.room_free)
    idle = max((_idle(instance, t, horizon) for t in instance.sessions), default=0) if needed <= free else 0
    if needed <= free - idle:
        return None
    details = {
        "needed": needed,
        "free": free - idle,
        "until": _until(instance, horizon),
        "minutes": instance.grid.minutes,
    }
    return Finding("rooms_full", "", details)


def _idle(instance: Instance, session: int, horizon: int) -> int:
    """How many steps rooms are empty because of a session, whichever of its windows is taken: too few others are left to talk."""
    members = set(instance.people[session])
    others = [free for p, free in enumerate(instance.free) if p not in members]
    size = min((max(1, talk.size) for talk in instance.problem.talks), default=1)
    least = None
    for start in steps_of(instance.allowed[session]):
        steps = range(start, min(start + instance.length[session], horizon))
        idle = sum(_empty(instance, others, size, step) for step in steps)
        least = idle if least is None else min(least, idle)
    return least or 0


def _empty(instance: Instance, others: Sequence[int], size: int, step: int) -> int:
    """How many rooms are free in a step for which there are not so many of these people as the smallest talk has."""
    there = sum(free >> step & 1 for free in instance.room_free)
    talking = sum(islice((1 for free in others if free >> step & 1), size * there))
    return there - talking // size


def person(instance: Instance, p: int, horizon: int) -> Finding | None:
    """Why one person cannot hold all talks within a horizon: too few free steps, too few days, or no way to pack them."""
    talks = instance.talks_of[p]
    items = [PackingItem(instance.length[t], instance.starts(t, horizon)) for t in talks]
    if not items:
        return None
    usable, limit, days = packing.cover(items), instance.day_limit[p], instance.grid.day_masks
    details = person_details(instance, p, horizon)
    needed = sum(item.length for item in items)
    name = instance.problem.people[p].id
    if needed > cast("int", details["free"]):
        return Finding("person_overfull", name, details)
    if limit < UNLIMITED:
        most = sum(min(limit, (usable & day).bit_count()) for day in days)
        if most < len(talks):
            return Finding("day_maximum", name, {**details, "most": most, "limit": limit})
    if needed > usable.bit_count() or not packing.fits(items, days, limit):
        return Finding("person_does_not_fit", name, details)
    return None


def person_details(instance: Instance, p: int, horizon: int) -> dict[str, object]:
    """A person's talks, the steps they need, and the steps the person is free in from the first of their starts to their last end."""
    talks = instance.talks_of[p]
    usable = packing.cover([PackingItem(instance.length[t], instance.starts(t, horizon)) for t in talks])
    first, last = (usable & -usable).bit_length() - 1, usable.bit_length()
    free = instance.free[p] & ((1 << last) - 1) & ~((1 << max(0, first)) - 1)
    return {
        "name": instance.problem.people[p].id,
        "talks": len(talks),
        "needed": sum(instance.length[t] for t in talks),
        "free": free.bit_count(),
        "minutes": instance.grid.minutes,
        "until": _until(instance, last or horizon),
    }


def tried_all(instance: Instance, horizon: int) -> Finding:
    """That all ways to be over by a horizon were tried, where no single count says why."""
    return Finding("all_ways_tried", "", {"until": _until(instance, horizon)})


def _by_talks(instance: Instance, bound: Bound) -> Bound:
    """No talk is over before its first start and its length."""
    latest, which = bound.horizon, None
    for t in range(instance.talk_count):
        mask = starts_alone(instance, t) if instance.pools[t] else instance.allowed[t]
        ends = (mask & -mask).bit_length() - 1 + instance.length[t] if mask else instance.grid.count + 1
        if ends > latest:
            latest, which = ends, t
    return bound if which is None else Bound(latest, talk_alone(instance, which, latest - 1))


def _by_rooms(instance: Instance, bound: Bound) -> Bound:
    """The rooms together need so many steps."""
    return _raised(instance, bound, rooms)


def _by_people(instance: Instance, bound: Bound) -> Bound:
    """Every person needs so many steps."""
    for p in range(len(instance.free)):
        if instance.talks_of[p]:
            bound = _raised(instance, bound, lambda _, horizon, p=p: person(instance, p, horizon))  # type: ignore[misc]
    return bound


def _raised(instance: Instance, bound: Bound, reason: Reason) -> Bound:
    """The bound, or the smallest horizon above it that a reason does not speak against (it weakens with the horizon)."""
    low, high = bound.horizon, instance.grid.count + 1
    if low >= high or not (why := reason(instance, low)):
        return bound
    while high - low > 1:
        middle = (low + high) // 2
        if finding := reason(instance, middle):
            low, why = middle, finding
        else:
            high = middle
    return Bound(high, why)


def _until(instance: Instance, horizon: int) -> str:
    """When so many steps are over, as wall-clock time."""
    last = min(max(horizon, 1), instance.grid.count) - 1
    return text_of(Wall(instance.grid.starts[last] + instance.grid.minutes))
