"""Soft constraints, which cost no goal anything: what stands first in the problem comes first in time, and nobody waits in vain."""

from itertools import combinations

from scheduler.solver.openings import pinned
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.schedule import Schedule
from scheduler.solver.watch import Watch


def improved(schedule: Schedule, watch: Watch | None = None) -> Schedule:
    """The schedule with talks drawn to the front in the order of the problem, as far as the time goes; no goal is worse for it.

    Talks that stand today stay where they are, and so does everything where idle gaps have to be spread.
    """
    if schedule.instance.problem.max_break_difference is not None:
        return schedule
    free = _free_to_move(schedule)
    is_hurried = watch is not None and len(free) > PARAMETERS.placing.max_hurried
    for t in watch.in_time(free, PARAMETERS.counting.look_every) if watch and is_hurried else free:
        _draw_forward(schedule, t)
    if len(free) <= PARAMETERS.counting.max_exchanged_talks:
        for first, second in combinations(free, 2):
            if schedule.start[first] > schedule.start[second]:
                _exchange(schedule, first, second)
    return schedule


def _free_to_move(schedule: Schedule) -> list[int]:
    """The placed talks that neither are fixed nor stand today, in the order of the problem."""
    instance = schedule.instance
    held = pinned(instance)
    return [
        t
        for t in range(instance.talk_count)
        if schedule.start[t] >= 0 and t not in held and instance.current[t] is None
    ]


def _draw_forward(schedule: Schedule, t: int) -> None:
    """Let a talk start as soon as it can among the others."""
    before, chosen, room = schedule.start[t], schedule.chosen.get(t, ()), schedule.rooms.named().get(t)
    schedule.remove(t)
    mask = schedule.open_starts(t, (1 << before) - 1)
    while mask:
        start = (mask & -mask).bit_length() - 1
        somebody = schedule.choose(t, start)
        if somebody is not None:
            schedule.place(t, start, somebody)
            return
        mask &= mask - 1
    schedule.place(t, before, chosen, room)


def _exchange(schedule: Schedule, first: int, second: int) -> None:
    """Let two talks of one length change their starts, if both fit then; whoever was chosen for them stays chosen."""
    instance = schedule.instance
    if instance.length[first] != instance.length[second] or instance.pools[first] or instance.pools[second]:
        return
    late, early = schedule.start[first], schedule.start[second]
    rooms = schedule.rooms.named().get(first), schedule.rooms.named().get(second)
    schedule.remove(first)
    schedule.remove(second)
    if schedule.open_starts(first, 1 << early):
        schedule.place(first, early)
        if schedule.open_starts(second, 1 << late):
            schedule.place(second, late)
            return
        schedule.remove(first)
    schedule.place(first, late, (), rooms[0])
    schedule.place(second, early, (), rooms[1])
