"""Horizons below which not all talks can be placed, and why: each bound is a count that a person can check by hand.

A bound looks at one talk, one person or the rooms, and leaves everything else aside; so it never says too much (it is a relaxation).
What speaks against a horizon speaks against every smaller one, so the largest of them is found by halving, in O(log steps) looks. One
look costs at most O(talks × starts), but for a person's talks, which are packed exactly up to a number of tries. Horizons, lengths
and what is free are counted in grid steps.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import Self, cast

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.grid import runs, steps_of
from scheduler.core.plans.problems import Wall, text_of
from scheduler.solver import chains, maxima, packing
from scheduler.solver.instance import UNLIMITED, Instance, compiled
from scheduler.solver.packing import PackingItem
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.watch import Watch

Reason = Callable[[Instance, int], Finding | None]


@dataclass(frozen=True, slots=True)
class Bound:
    """All talks cannot be over before step `horizon`; `why` is what stands against one step less."""

    horizon: int
    why: Finding | None = None


def lowest(instance: Instance, watch: Watch | None = None) -> Bound:
    """The smallest horizon that nothing known speaks against, or one step more than there are, with the reason.

    When the watch is over, what was counted until then: of large problems next to nothing, of others all but people.
    """
    bound, watch = Bound(0), watch or Watch()
    is_hurried = instance.count > PARAMETERS.placing.max_hurried
    for raise_bound in (_by_talks, _by_order, _by_rooms):
        bound = raise_bound(instance, bound, watch if is_hurried else Watch())
    return _by_people(instance, bound, watch)


def against(instance: Instance, horizon: int, watch: Watch | None = None) -> Iterator[Finding]:
    """Everything that speaks against placing all talks within so many steps: talks, then rooms, then people; until the watch is over."""
    watch, look_every = watch or Watch(), PARAMETERS.counting.look_every
    for t in watch.in_time(range(instance.talk_count), look_every):
        if reason := talk_alone(instance, t, horizon) or order(instance, t, horizon):
            yield reason
    if watch.is_over():
        return
    yield from rooms(instance, horizon)
    for p in watch.in_time(range(len(instance.free)), 1):
        if reason := person(instance, p, horizon):
            yield reason


def talk_alone(instance: Instance, t: int, horizon: int) -> Finding | None:
    """Why one talk has no start within a horizon even if it were the only one."""
    d, grid = instance.length[t], instance.grid
    if instance.starts_alone(t) & instance.within(horizon, d):
        return None
    talk = instance.problem.talks[t]
    details = {"talk": talk.id, "people": talk.people, **_window(instance, t, horizon)}
    if instance.rooms_for[t] == ():
        return Finding("no_room_large_enough", talk.id, {**details, "size": talk.size})
    longest = grid.minutes * max((block.last - block.first for block in grid.blocks), default=0)
    if (minutes := d * grid.minutes) > longest:
        return Finding("longer_than_blocks", talk.id, {**details, "minutes": minutes, "longest": longest})
    if talk.latest is not None and (span := talk.latest - max(talk.earliest or 0, grid.starts[0])) < talk.minutes:
        return Finding("window_too_short", talk.id, {**details, "minutes": talk.minutes, "span": max(0, span)})
    if _starts_if(instance, t, horizon, people=True, rooms=True, standing=False):
        return Finding("enough_stand", talk.id, details)
    if not _starts_if(instance, t, horizon, people=False, rooms=False):
        return Finding("not_by_then", talk.id, details)
    if talk.needs_room and _starts_if(instance, t, horizon, people=True, rooms=False):
        return Finding("no_room_free", talk.id, details)
    is_alone = len(talk.people) == 1 and not talk.any_of
    return Finding("never_free_alone" if is_alone else "never_free_together", talk.id, details)


def _window(instance: Instance, t: int, horizon: int) -> dict[str, object]:
    """From when, where that is not the beginning, and until when a talk could be within a horizon."""
    talk, until = instance.problem.talks[t], _until(instance, horizon)
    closes: dict[str, object] = {"until": min(text_of(talk.latest), until) if talk.latest is not None else until}
    if talk.earliest is None or talk.earliest <= instance.grid.starts[0]:
        return closes
    return {"since": text_of(talk.earliest), **closes}


def _starts_if(instance: Instance, t: int, horizon: int, *, people: bool, rooms: bool, standing: bool = True) -> int:
    """The starts a talk alone could have within a horizon if only its people, or only its rooms, were ever busy, or no talks stood."""
    problem, talk = instance.problem, instance.problem.talks[t]
    there = {*talk.people, *(name for pool in talk.any_of for name in pool)}
    changed = replace(
        problem,
        talks=(replace(talk, after=()),),
        sessions=(),
        people=tuple(
            replace(person, busy=person.busy if people else (), stands=person.stands if standing else ())
            for person in problem.people
            if person.id in there
        ),
        rooms=tuple(room if rooms else replace(room, busy=()) for room in problem.rooms),
    )
    return compiled(changed).starts_alone(0) & instance.within(horizon, instance.length[t])


def order(instance: Instance, t: int, horizon: int) -> Finding | None:
    """Why a talk has no start within a horizon because of those that are over before it starts, or start when it is over."""
    starts = instance.starts_alone(t) & instance.within(horizon, instance.length[t])
    head = chains.earliest(instance, t, horizon)
    talk = instance.problem.talks[t]
    details = {"talk": talk.id, "people": talk.people}
    later = starts & ~((1 << head.step) - 1)
    if starts and not later:
        names = tuple(instance.id_of(b) for b in head.talks)
        window = {**_window(instance, t, horizon), "first_end": _until(instance, head.step)}
        return Finding("order_too_late", talk.id, {**details, **window, "after": names})
    tail = chains.latest(instance, t, horizon)
    if later and not later & instance.within(tail.step, instance.length[t]):
        first = (later & -later).bit_length() - 1
        names = tuple(instance.id_of(f) for f in tail.talks)
        ends = {"first_end": _until(instance, first + instance.length[t]), "until": _until(instance, horizon)}
        return Finding(
            "order_too_early", talk.id, {**details, **ends, "before": names, "last_start": _since(instance, tail.step)}
        )
    return None


def orders(instance: Instance, horizon: int) -> Finding | None:
    """Why the order of talks cannot be kept within a horizon."""
    within = chains.starts(instance, horizon)
    late = (order(instance, t, horizon) for t in range(instance.talk_count) if not within[t])
    return next((reason for reason in late if reason), None)


@dataclass(frozen=True, slots=True)
class _RoomNeeds:
    """What talks need of rooms: the same for every horizon."""

    steps: Counter[tuple[int, ...]]
    """The rooms that talks may be in → the steps of all of these talks."""
    shortest: dict[tuple[int, ...], int]
    """The same → the steps of the shortest of them."""
    smallest: int
    """How many people are in the smallest of all talks."""
    empty: dict[tuple[int, int], int] = field(default_factory=dict)
    """Kept by `_idle`: a session and a step in which it is → how many rooms are empty then."""

    @classmethod
    def of(cls, instance: Instance) -> Self:
        """Counted once."""
        steps, shortest = Counter[tuple[int, ...]](), dict[tuple[int, ...], int]()
        talks = zip(map(id, instance.rooms_for), instance.length[: instance.talk_count], strict=False)
        rooms_by_id = {id(places): places for places in instance.rooms_for}
        for (places_id, d), count in Counter(talks).items():
            if places := rooms_by_id[places_id]:
                steps[places] += count * d
                shortest[places] = min(d, shortest.get(places, d))
        return cls(steps, shortest, min((max(1, talk.size) for talk in instance.problem.talks), default=1))


def rooms(instance: Instance, horizon: int, needs: _RoomNeeds | None = None) -> Iterator[Finding]:
    """Why rooms are too few until a horizon: steps needed against steps free, for all rooms and for those that hold the larger talks."""
    within, everything = (1 << horizon) - 1, len(instance.room_free)
    needs = needs or _RoomNeeds.of(instance)
    groups = sorted({*needs.steps, tuple(range(everything))}, key=lambda group: (-len(group), group))
    for group in groups:
        inside = [places for places in needs.steps if set(places) <= set(group)]
        needed = sum(needs.steps[places] for places in inside)
        free = sum((instance.room_free[r] & within).bit_count() for r in group)
        details = {"needed": needed, "free": free, "until": _until(instance, horizon), "minutes": instance.grid.minutes}
        if len(group) < everything:
            details["rooms"] = tuple(instance.problem.rooms[r].id for r in group)
        least = min((needs.shortest[places] for places in inside), default=1)
        if needed > free:
            yield Finding("rooms_full", "", details)
        elif needed > (usable := sum(_usable(instance, r, least, horizon) for r in group)):
            minutes = least * instance.grid.minutes
            yield Finding("rooms_chopped", "", {**details, "usable": usable, "shortest": minutes})
        elif len(group) == everything and (idle := _most_idle(instance, horizon, needs)) and needed > free - idle[0]:
            yield Finding("rooms_idle", idle[1], {**details, "session": idle[1], "idle": idle[0]})


def _usable(instance: Instance, r: int, shortest: int, horizon: int) -> int:
    """The steps of a room until a horizon that lie in a gap in which the shortest talk has a place."""
    starts = runs(instance.room_free[r], shortest) & instance.grid.startable(shortest)
    return packing.cover([PackingItem(shortest, starts & instance.within(horizon, shortest))]).bit_count()


def _most_idle(instance: Instance, horizon: int, needs: _RoomNeeds) -> tuple[int, str] | None:
    """How many steps rooms are empty because of a session, and which one, where there is any."""
    return max(((_idle(instance, t, horizon, needs), instance.id_of(t)) for t in instance.sessions), default=None)


def _idle(instance: Instance, session: int, horizon: int, needs: _RoomNeeds) -> int:
    """How many steps rooms are empty because of a session, whichever of its windows is taken: too few others are left to talk."""
    least = None
    for start in steps_of(instance.allowed[session]):
        steps = range(start, min(start + instance.length[session], horizon))
        idle = sum(_empty(instance, session, step, needs) for step in steps)
        least = idle if least is None else min(least, idle)
    return least or 0


def _empty(instance: Instance, session: int, step: int, needs: _RoomNeeds) -> int:
    """How many rooms are free in a step for which there are not so many people outside of a session as the smallest talk has."""
    if (session, step) not in needs.empty:
        members, size = set(instance.people[session]), needs.smallest
        there = sum(free >> step & 1 for free in instance.room_free)
        others = (1 for p, free in enumerate(instance.free) if free >> step & 1 and p not in members)
        needs.empty[session, step] = there - sum(islice(others, size * there)) // size
    return needs.empty[session, step]


def person(instance: Instance, p: int, horizon: int) -> Finding | None:
    """Why one person cannot hold all talks within a horizon: too few free steps, too few days, or no way to pack them."""
    items = _items(instance, p, horizon)
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
        if most < len(items):
            return Finding("day_maximum", name, {**details, "most": most, "limit": limit})
    if too_many := maxima.reason(instance.maxima[p], items, details):
        return too_many
    if needed <= usable.bit_count() and packing.fits(items, days, limit):
        return None
    if tight := _overfull_between(instance, p, horizon):
        return tight
    if limit < UNLIMITED and needed <= usable.bit_count() and packing.fits(items, days, UNLIMITED):
        return Finding("day_maximum_in_the_way", name, {**details, "limit": limit})
    return Finding("person_does_not_fit", name, details)


def _items(instance: Instance, p: int, horizon: int) -> list[PackingItem]:
    """The talks of a person that have starts within a horizon, and which their order leaves them."""
    within = chains.starts(instance, horizon) if instance.is_ordered else None
    talks = instance.talks_of[p]
    items = [PackingItem(instance.length[t], within[t] if within else instance.starts(t, horizon)) for t in talks]
    return [item for item in items if item.starts]


def _overfull_between(instance: Instance, p: int, horizon: int) -> Finding | None:
    """Some talks of a person that have to be between two steps in which the person is free for fewer: the fewest that are found."""
    items = _items(instance, p, horizon)
    reach = [(steps_of(item.starts)[0], item.starts.bit_length() - 1 + item.length, item.length) for item in items]
    reasons: list[tuple[int, Finding]] = []
    for first in {first for first, _, _ in reach}:
        for last in {last for _, last, _ in reach}:
            inside = [length for begins, ends, length in reach if first <= begins and ends <= last]
            free = (instance.free[p] & ((1 << last) - 1) & ~((1 << first) - 1)).bit_count()
            if sum(inside) > free:
                details = _counted(instance, p, (first, last), len(inside), sum(inside))
                reasons.append((len(inside), Finding("person_overfull", instance.problem.people[p].id, details)))
    return min(reasons, key=lambda counted: counted[0])[1] if reasons else None


def person_details(instance: Instance, p: int, horizon: int) -> dict[str, object]:
    """A person's talks that have starts, the steps they need, and those the person is free in from their first start to their last end."""
    items = _items(instance, p, horizon)
    usable = packing.cover(items)
    between = (usable & -usable).bit_length() - 1, usable.bit_length()
    return _counted(instance, p, between, len(items), sum(item.length for item in items))


def _counted(instance: Instance, p: int, between: tuple[int, int], talks: int, needed: int) -> dict[str, object]:
    """Talks of a person against free steps; where the steps are counted from is left out where nothing is free before."""
    first, last = between
    before, free = instance.free[p] & ((1 << first) - 1), instance.free[p] & ((1 << last) - 1)
    return {
        "name": instance.problem.people[p].id,
        "talks": talks,
        "needed": needed,
        "free": (free & ~((1 << first) - 1)).bit_count(),
        "minutes": instance.grid.minutes,
        **({"since": _since(instance, first)} if before else {}),
        "until": _until(instance, last),
    }


def tried_all(instance: Instance, horizon: int) -> Finding:
    """That all ways to be over by a horizon were tried, where no single count says why."""
    return Finding("all_ways_tried", "", {"until": _until(instance, horizon)})


def _by_talks(instance: Instance, bound: Bound, watch: Watch) -> Bound:
    """No talk is over before its first start and its length."""
    latest, which = bound.horizon, None
    for t in watch.in_time(range(instance.talk_count), PARAMETERS.counting.look_every):
        mask = instance.starts_alone(t)
        ends = (mask & -mask).bit_length() - 1 + instance.length[t] if mask else instance.grid.count + 1
        if ends > latest:
            latest, which = ends, t
    return bound if which is None else Bound(latest, talk_alone(instance, which, latest - 1))


def _by_order(instance: Instance, bound: Bound, watch: Watch) -> Bound:
    """No talk is over before those it waits for are."""
    return _raised(instance, bound, orders, watch) if instance.is_ordered else bound


def _by_rooms(instance: Instance, bound: Bound, watch: Watch) -> Bound:
    """The rooms together need so many steps."""
    needs = _RoomNeeds.of(instance)
    return _raised(instance, bound, lambda _, horizon: next(rooms(instance, horizon, needs), None), watch)


def _by_people(instance: Instance, bound: Bound, watch: Watch) -> Bound:
    """Every person needs so many steps."""
    for p in range(len(instance.free)):
        if instance.talks_of[p] and not watch.is_over():
            bound = _raised(instance, bound, partial(_person_of, p), watch)
    return bound


def _person_of(p: int, instance: Instance, horizon: int) -> Finding | None:
    return person(instance, p, horizon)


def _raised(instance: Instance, bound: Bound, reason: Reason, watch: Watch) -> Bound:
    """The bound, or the smallest horizon above it that a reason does not speak against (it weakens with the horizon).

    When the watch is over, one step more than the last that it spoke against.
    """
    low, high = bound.horizon, instance.grid.count + 1
    if low >= high or watch.is_over() or not (why := reason(instance, low)):
        return bound
    while high - low > 1 and not watch.is_over():
        middle = (low + high) // 2
        if finding := reason(instance, middle):
            low, why = middle, finding
        else:
            high = middle
    return Bound(low + 1, why)


def _since(instance: Instance, step: int) -> str:
    """When a step starts, as wall-clock time."""
    return text_of(instance.grid.starts[step])


def _until(instance: Instance, horizon: int) -> str:
    """When so many steps are over, as wall-clock time."""
    if horizon < 1:
        return _since(instance, 0)
    return text_of(Wall(instance.grid.starts[min(horizon, instance.grid.count) - 1] + instance.grid.minutes))
