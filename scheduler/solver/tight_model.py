"""What follows from the rules of a model and is seen sooner when it is said: for cases that leave no room a free step.

There a search learns little from single starts. It learns much from who begins a talk when, whatever talk it is, from how many
talks somebody begins on each day, and from all of these together being the talks that the person has.
"""

from collections import Counter, defaultdict

from ortools.sat.python import cp_model

from scheduler.solver.exact import Literal, SlotModel, rooms_left
from scheduler.solver.idle_gap_model import at_least, merged
from scheduler.solver.parameters import PARAMETERS

Steps = dict[int, Literal]
"""Step → a literal."""


def is_worth_it(m: SlotModel) -> bool:
    """Whether a model is of the kind that this is for: full rooms, and nobody to be chosen."""
    return m.fills_rooms and not m.instance.has_pools


def sharpen(m: SlotModel) -> None:
    """Say who begins a talk and who goes on with one in each step, and how many that makes: of a person and of a step."""
    begins, goes_on, talks = _told_apart(m)
    for p, steps in begins.items():
        nobody_begins_while_they_talk(m, steps, goes_on[p])
        everybody_begins_all_their_talks(m, p, steps, talks[p])
    every_seat_is_taken(m, begins, goes_on)


def parameters() -> cp_model.SatParameters:
    """What was measured to answer such a model soonest: no linear programs, no symmetries, no probing, and rare restarts."""
    values = cp_model.SatParameters()
    values.linearization_level = 0
    values.symmetry_level = 0
    values.cp_model_probing_level = 0
    values.default_restart_algorithms = "LUBY_RESTART"
    values.restart_period = PARAMETERS.tight.restart_period
    return values


def nobody_begins_while_they_talk(m: SlotModel, begins: Steps, goes_on: Steps) -> None:
    """In a step a person begins a talk, or goes on with one, or does neither."""
    for step in begins.keys() & goes_on.keys():
        m.model.add_at_most_one([begins[step], goes_on[step]])


def every_seat_is_taken(m: SlotModel, begins: dict[int, Steps], goes_on: dict[int, Steps]) -> None:
    """Where all talks are of as many people, it is known how many people talk in each step."""
    sizes = _sizes(m)
    if len(sizes) != 1 or 0 in sizes:
        return
    at: defaultdict[int, list[Literal]] = defaultdict(list)
    for p, starts in begins.items():
        for step in sorted(starts.keys() | goes_on[p].keys()):
            at[step].append(m.model.new_bool_var(""))
            either = [steps[step] for steps in (starts, goes_on[p]) if step in steps]
            m.model.add_exactly_one([*either, ~at[step][-1]])
    for step, left in rooms_left(m, at).items():
        m.model.add(cp_model.LinearExpr.sum(at[step]) == left * sizes[0])


def everybody_begins_all_their_talks(m: SlotModel, p: int, begins: Steps, talks: int) -> None:
    """On no day a person begins more talks than the day maximum, and over all days just as many as they have."""
    by_day: defaultdict[int, list[Literal]] = defaultdict(list)
    for step in sorted(begins):
        by_day[m.instance.grid.day_of[step]].append(begins[step])
    counts: list[list[Literal]] = []
    for literals in by_day.values():
        most = min(len(literals), m.instance.day_limit[p])
        counted = at_least(m.model, literals, most + 1)
        for too_many in counted[most:]:
            m.model.add_bool_or([~too_many])
        counts.append(counted[:most])
    for number, literal in enumerate(_together(m.model, counts, talks + 1)):
        m.model.add_bool_or([literal if number < talks else ~literal])


def _told_apart(m: SlotModel) -> tuple[dict[int, Steps], dict[int, Steps], Counter[int]]:
    """Whether each person begins a talk in a step, whether they go on with one, and how many talks they have."""
    first: defaultdict[int, defaultdict[int, list[Literal]]] = defaultdict(lambda: defaultdict(list))
    later: defaultdict[int, defaultdict[int, list[Literal]]] = defaultdict(lambda: defaultdict(list))
    talks: Counter[int] = Counter()
    for item in m.items:
        if item.talk < m.instance.talk_count:
            talks.update(m.instance.people[item.talk])
    for p, start, t, literal in m.takes():
        if t < m.instance.talk_count:
            first[p][start].append(literal)
            for step in range(start + 1, start + m.instance.length[t]):
                later[p][step].append(literal)
    return (
        {p: _any_of_each(m.model, steps) for p, steps in first.items()},
        {p: _any_of_each(m.model, later[p]) for p in first},
        talks,
    )


def _sizes(m: SlotModel) -> list[int]:
    """How many people talks bring into their rooms; 0 where a talk has none, or a room has something else."""
    is_talk = {item.talk: item.talk < m.instance.talk_count for item in m.items}
    sits = {t: m.instance.rooms_for[t] is not None for t in is_talk}
    counted = {t: len(m.instance.people[t]) if sits[t] and is_talk[t] else 0 for t in is_talk if sits[t] or is_talk[t]}
    return sorted(set(counted.values()))


def _any_of_each(model: cp_model.CpModel, steps: dict[int, list[Literal]]) -> Steps:
    """For each step, whether one of its literals holds; two never do."""
    any_of: Steps = {}
    for step, literals in steps.items():
        any_of[step] = model.new_bool_var("")
        model.add_exactly_one([*literals, ~any_of[step]])
    return any_of


def _together(model: cp_model.CpModel, counts: list[list[Literal]], most: int) -> list[Literal]:
    """Counts of parts as a count of the whole."""
    while len(counts) > 1:
        pairs = zip(counts[::2], counts[1::2], strict=False)
        odd = counts[-1:] if len(counts) % 2 else []
        counts = [*(merged(model, left, right, most) for left, right in pairs), *odd]
    return counts[0]
