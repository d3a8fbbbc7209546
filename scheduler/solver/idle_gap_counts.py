"""How many idle gaps a schedule gives each person, and whether they are fair."""

from collections.abc import Collection, Mapping

from scheduler.solver.instance import Instance
from scheduler.solver.items import SlotChoice


def idle_gaps_by_person(instance: Instance, choices: Mapping[int, SlotChoice]) -> list[int]:
    """For each person the gaps between two consecutive talks of a day that hold at least one working step."""
    masks = _talking(instance, choices)
    return [sum(_gaps(mask & day) for day in instance.grid.day_masks) for mask in masks]


def idle_gaps_by_day(instance: Instance, choices: Mapping[int, SlotChoice]) -> list[int]:
    """The same for each day, of all people."""
    masks = _talking(instance, choices)
    return [sum(_gaps(mask & day) for mask in masks) for day in instance.grid.day_masks]


def _talking(instance: Instance, choices: Mapping[int, SlotChoice]) -> list[int]:
    """The steps that each person talks in."""
    talking = [0] * len(instance.free)
    for t, choice in choices.items():
        if t < instance.talk_count:
            for p in instance.people[t] + choice.chosen:
                talking[p] |= ((1 << instance.length[t]) - 1) << choice.start
    return talking


def _gaps(talking: int) -> int:
    """The gaps between the steps of one day."""
    return max(0, (talking & ~(talking << 1)).bit_count() - 1)


def is_fair(instance: Instance, idle_gaps: Collection[int]) -> bool:
    """Whether no two people's idle gaps lie farther apart than asked."""
    most = instance.problem.max_break_difference
    return most is None or max(idle_gaps, default=0) - min(idle_gaps, default=0) <= most
