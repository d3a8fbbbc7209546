"""What takes the starts that a talk could have, in a plan in which it has no place: counted, so that anybody can count again."""

from collections import Counter

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.grid import steps_of
from scheduler.solver import fairness
from scheduler.solver.openings import fixed
from scheduler.solver.schedule import Schedule

STARTS_TAKEN, NOT_FOUND = "starts_taken", "not_found"
OF_THIS_PLAN = (STARTS_TAKEN, NOT_FOUND)
"""Reasons that say how a plan stands; that no other plan is better they do not say."""
BY_PEOPLE, BY_MAXIMUM, BY_ROOMS, BY_ORDER, BY_POOLS, BY_BREAKS = (
    "by_people",
    "by_maximum",
    "by_rooms",
    "by_order",
    "by_pools",
    "by_breaks",
)


def starts_taken(schedule: Schedule, t: int) -> Finding:
    """By what each start is taken that a talk could have alone, the first of these: its people are elsewhere, one of them talks as
    often in that half-day, day or week as may be, no room is free, others come before or after it, nobody of a pool can be had, breaks would lie too far apart."""
    instance, talk = schedule.instance, schedule.instance.problem.talks[t]
    starts, shut = steps_of(instance.starts_alone(t)), schedule.rooms.shut(t)
    counts = Counter(_by_what(schedule, t, start, shut) or NOT_FOUND for start in starts)
    details = {"talk": talk.id, "people": talk.people, "starts": len(starts), **counts}
    return Finding(NOT_FOUND if NOT_FOUND in counts else STARTS_TAKEN, talk.id, details)


def in_the_way_of_session(schedule: Schedule, t: int) -> tuple[Finding, ...]:
    """What keeps a session from each of its windows: who of its people is where else, or that they, or a room, are never there."""
    instance, name = schedule.instance, schedule.instance.id_of(t)
    people, starts = instance.people[t], steps_of(instance.allowed[t])
    names = tuple(instance.problem.people[p].id for p in people)
    if instance.rooms_for[t] == ():
        return (Finding("no_room_large_enough", name, {"people": names, "size": len(people)}),)
    if not starts:
        return (Finding("session_never", name, {"people": names, "session": name}),)
    clashes: dict[int, set[int]] = {}
    for start in starts:
        for other, there in _immovable(schedule, t, start).items():
            clashes.setdefault(other, set()).update(there)
    told = [
        Finding(
            "session_in_the_way",
            name,
            {"people": tuple(instance.problem.people[p].id for p in sorted(there)), "session": instance.id_of(other)},
        )
        for other, there in clashes.items()
    ]
    return tuple(told) or (Finding(NOT_FOUND, name, {"people": names}),)


def _immovable(schedule: Schedule, t: int, start: int) -> dict[int, set[int]]:
    """The sessions and fixed talks in which people of a session are from a start on, and which people; talks would make way."""
    instance = schedule.instance
    staying = {*instance.sessions, *fixed(instance)}
    clashes: dict[int, set[int]] = {}
    for p in instance.people[t]:
        for step in range(start, start + instance.length[t]):
            other = schedule.owner[p].get(step)
            if other is not None and other in staying:
                clashes.setdefault(other, set()).add(p)
    return clashes


def _by_what(schedule: Schedule, t: int, start: int, shut: int) -> str | None:
    """What takes a start; None: nothing does. `shut`: the starts for which there is no room."""
    instance = schedule.instance
    bits = ((1 << instance.length[t]) - 1) << start
    people = instance.people[t]
    if any(step in schedule.owner[p] for p in people for step in steps_of(bits)):
        return BY_PEOPLE
    if any(schedule.is_full(p, start) for p in people):
        return BY_MAXIMUM
    if shut >> start & 1:
        return BY_ROOMS
    if not schedule.open_starts(t, 1 << start):
        return BY_ORDER if schedule.is_out_of_order(t, start) else BY_POOLS
    chosen = schedule.choose(t, start)
    if chosen is None:
        return BY_POOLS
    schedule.place(t, start, chosen)
    is_spread = fairness.spread(schedule)
    schedule.remove(t)
    return None if is_spread else BY_BREAKS
