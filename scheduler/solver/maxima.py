"""How many talks people have at most in each half-day, day and week, as the search looks at it: parts of time by number, with their steps."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.grid import Grid
from scheduler.core.plans.maxima import PARTS, PER_DAY, PER_HALF_DAY, PER_WEEK
from scheduler.core.plans.problems import PlanProblem, ProblemPerson
from scheduler.solver.packing import PackingItem, cover

REASONS = {PER_HALF_DAY: "half_day_maximum", PER_WEEK: "week_maximum"}
REPAIRS = {PER_HALF_DAY: "lift_half_day_maximum", PER_DAY: "lift_day_maximum", PER_WEEK: "lift_week_maximum"}


class Maximum(NamedTuple):
    """What somebody may have in parts of time of one kind; parts of all kinds are numbered on, so that a number says which."""

    part_of: Sequence[int]
    """The part in which a talk is that starts at a step."""
    most: Sequence[int]
    """How many talks there may be in each part, by its number; less by those that stand."""
    masks: Sequence[int]
    """The steps of each part, by its number."""
    numbers: range
    """Of the parts of this kind."""
    kind: str


class _Parts(NamedTuple):
    """Half-days, days or weeks of a grid."""

    part_of: tuple[int, ...]
    number_of: dict[int, int]
    """What a moment's part is called → its number."""


def maxima(problem: PlanProblem, grid: Grid) -> tuple[tuple[Maximum, ...], ...]:
    """For each person what is asked of them, the shortest parts first."""
    if not grid.starts:
        return ((),) * len(problem.people)
    limited = [kind for kind in PARTS if any(getattr(person, kind) is not None for person in problem.people)]
    parts, masks = _parts(grid, limited)
    alike: dict[tuple[str, int], Maximum] = {}

    def maximum(person: ProblemPerson, kind: str, most: int) -> Maximum:
        if (kind, most) not in alike:
            numbers = range(min(parts[kind].part_of), max(parts[kind].part_of) + 1)
            alike[kind, most] = Maximum(parts[kind].part_of, (most,) * len(masks), masks, numbers, kind)
        return _without_standing(alike[kind, most], parts[kind], person) if person.stands else alike[kind, most]

    return tuple(
        tuple(maximum(person, kind, most) for kind in limited if (most := getattr(person, kind)) is not None)
        for person in problem.people
    )


def _parts(grid: Grid, kinds: Sequence[str]) -> tuple[dict[str, _Parts], list[int]]:
    """The parts of each of these kinds, and the steps of every part by its number."""
    parts: dict[str, _Parts] = {}
    masks: list[int] = []
    for kind in kinds:
        number_of: dict[int, int] = {}
        part_of = []
        for step, start in enumerate(grid.starts):
            number = number_of.setdefault(PARTS[kind](start), len(masks))
            if number == len(masks):
                masks.append(0)
            masks[number] |= 1 << step
            part_of.append(number)
        parts[kind] = _Parts(tuple(part_of), number_of)
    return parts, masks


def _without_standing(maximum: Maximum, parts: _Parts, person: ProblemPerson) -> Maximum:
    """What the talks that stand leave somebody."""
    standing = Counter(parts.number_of.get(PARTS[maximum.kind](start)) for start in person.stands)
    return maximum._replace(most=tuple(most - standing[number] for number, most in enumerate(maximum.most)))


def full(person: ProblemPerson, maxima_of: Sequence[Maximum]) -> int:
    """The steps in which somebody can begin no talk, since as many stand as there may be."""
    steps = 0
    for maximum in maxima_of if person.stands else ():
        for number in maximum.numbers:
            if maximum.most[number] <= 0:
                steps |= maximum.masks[number]
    return steps


def reason(maxima_of: Sequence[Maximum], items: Sequence[PackingItem], details: dict[str, object]) -> Finding | None:
    """Why somebody cannot have so many talks: in the half-days, or in the weeks, that are left there may be fewer."""
    usable = cover(items)
    for maximum in maxima_of:
        numbers = maximum.numbers
        most = sum(
            min(max(maximum.most[number], 0), (usable & maximum.masks[number]).bit_count()) for number in numbers
        )
        if maximum.kind in REASONS and most < len(items):
            limit = max(maximum.most[number] for number in numbers)
            return Finding(REASONS[maximum.kind], str(details["name"]), {**details, "most": most, "limit": limit})
    return None
