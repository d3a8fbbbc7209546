"""How many talks somebody has at most, by the half-day, the day and the week: the hard rules, each from its definition.

Sessions do not count; talks that stand outside of the problem do, but alone they are no mistake of a plan.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.case import Case, Rule
from scheduler.core.plans.problems import MINUTES_A_DAY, Stretch, Wall, day_of

HALF_A_DAY = MINUTES_A_DAY // 2
PER_HALF_DAY, PER_DAY, PER_WEEK = "max_talks_per_half_day", "max_talks_per_day", "max_talks_per_week"
"""What the maxima of a person are called."""


def half_day(moment: Wall) -> int:
    """Which half-day a moment is in, counted up."""
    return moment // HALF_A_DAY


def day(moment: Wall) -> int:
    """Which day a moment is on: its ordinal."""
    return moment // MINUTES_A_DAY


def monday(moment: Wall) -> int:
    """The Monday of the week of a moment: its ordinal."""
    return day(moment) - day_of(moment).weekday()


PARTS: dict[str, Callable[[Wall], int]] = {PER_HALF_DAY: half_day, PER_DAY: day, PER_WEEK: monday}
"""For each maximum the part of time that it is about; the shorter lie within the longer."""


def half_day_maximum(case: Case) -> Iterator[Finding]:
    """Nobody has more talks before noon, or from noon on, than they may have."""
    for person in case.problem.people:
        if person.max_talks_per_half_day is not None:
            for half, details in _too_many(case, person.id, person.stands, person.max_talks_per_half_day, half_day):
                kind = "afternoon_too_full" if half % 2 else "morning_too_full"
                yield Finding(kind, person.id, {"day": day_of(Wall(half * HALF_A_DAY)), **details})


def day_maximum(case: Case) -> Iterator[Finding]:
    """Nobody has more talks on a day than they may have."""
    for person in case.problem.people:
        talks, most = case.talks.get(person.id, []), person.max_talks_per_day
        if most is not None and (person.stands or _is_any_day_full(talks, most)):
            for ordinal, details in _too_many(case, person.id, person.stands, most, day):
                yield Finding("day_too_full", person.id, {"day": day_of(Wall(ordinal * MINUTES_A_DAY)), **details})


def week_maximum(case: Case) -> Iterator[Finding]:
    """Nobody has more talks from a Monday to a Sunday than they may have."""
    for person in case.problem.people:
        if person.max_talks_per_week is not None:
            for first, details in _too_many(case, person.id, person.stands, person.max_talks_per_week, monday):
                yield Finding("week_too_full", person.id, {"day": day_of(Wall(first * MINUTES_A_DAY)), **details})


RULES: tuple[Rule, ...] = (half_day_maximum, day_maximum, week_maximum)


def _is_any_day_full(talks: Sequence[Stretch], most: int) -> bool:
    """Whether there are more talks than that on any day: in a row of ascending ones, so many further on is another day."""
    return any(
        then - start < MINUTES_A_DAY and then // MINUTES_A_DAY == start // MINUTES_A_DAY
        for (start, _), (then, _) in zip(talks, talks[most:], strict=False)
    )


def _too_many(
    case: Case, person: str, stands: Sequence[Wall], most: int, part_of: Callable[[Wall], int]
) -> Iterator[tuple[int, dict[str, object]]]:
    """The parts of time in which somebody has a talk of the plan too many, and both numbers."""
    standing = Counter(map(part_of, stands))
    for part, count in Counter(part_of(start) for start, _ in case.talks.get(person, [])).items():
        if count + standing[part] > most:
            yield part, {"count": count + standing[part], "most": most}
