"""What must hold before a meeting of a kind may be held: the usual six, or an office's own, as data."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.core.ground.bookings import Kind

MOST = 30
"""More conditions than this nobody can keep."""
MOST_DAYS = 365


class ItemKind(StrEnum):
    """How a condition comes to hold."""

    COMPUTED = "computed"
    TICK = "tick"
    SIGN_OFF = "sign_off"


class What(StrEnum):
    """What a condition is about."""

    STUDY = "study"
    OPINIONS = "opinions"
    TALKS = "talks"
    MATERIALS = "materials"
    TASKS = "tasks"
    PLAN = "plan"
    REPORT = "report"
    OTHER = "other"
    """Something of the office's own, which says in words what it is."""


KINDS: Mapping[What, tuple[ItemKind, ...]] = {
    **dict.fromkeys((What.STUDY, What.OPINIONS, What.TALKS, What.MATERIALS, What.TASKS), (ItemKind.COMPUTED,)),
    What.PLAN: (ItemKind.SIGN_OFF,),
    What.REPORT: (ItemKind.TICK,),
    What.OTHER: (ItemKind.TICK, ItemKind.SIGN_OFF),
}
"""How each may come to hold; the first is meant where nothing is said."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One precondition, known by its key as long as it means the same."""

    key: str
    what: What
    kind: ItemKind
    name: str = ""
    """In the office's words; empty: as it is usually called."""
    target: str = ""
    """The study target, the rule set (or its preset) or the signing group that is meant; empty: the campaign's."""
    days_before: int | None = None
    """By how many calendar days before the meeting it is to hold; None: as usual for what it is about."""

    @property
    def meaning(self) -> tuple[object, ...]:
        """All but its day: what is ticked of one condition says nothing of another one."""
        return (self.what, self.kind, self.name, self.target)


USUAL = tuple(
    Condition(f"c{number}", what, KINDS[what][0])
    for number, what in enumerate(
        (What.STUDY, What.OPINIONS, What.TALKS, What.MATERIALS, What.PLAN, What.REPORT), start=1
    )
)
"""The usual six, by the keys of `cn.democratic-life-meeting`: study, opinions, talks, materials, the plan agreed, the report beforehand."""


def usual_of(kind: Kind) -> tuple[Condition, ...]:
    """The conditions of a kind of meeting where an office has set none."""
    return USUAL if kind is Kind.DEMOCRATIC_LIFE_MEETING else ()


def keyed(given: Iterable[Condition], before: Sequence[Condition], used: Collection[str]) -> tuple[Condition, ...]:
    """Conditions with their keys: one that means the same as before keeps its key, any other gets one that was never used."""
    keys = {condition.meaning: condition.key for condition in (*USUAL, *before)}
    last = max((int(key[1:]) for key in (*keys.values(), *used) if key[1:].isdigit()), default=0)
    told: list[Condition] = []
    for condition in given:
        key = keys.pop(condition.meaning, None)
        if key is None:
            last += 1
            key = f"c{last}"
        told.append(replace(condition, key=key))
    return tuple(told)


def unknown_targets(
    given: Iterable[Condition], targets: Collection[str], rule_sets: Collection[str], groups: Collection[str]
) -> frozenset[str]:
    """The keys of those that refer to something that there is not, so that they can never hold."""
    there = {What.STUDY: targets, What.TALKS: rule_sets}
    return frozenset(
        condition.key
        for condition in given
        if condition.target
        and condition.target not in (groups if condition.kind is ItemKind.SIGN_OFF else there.get(condition.what, ()))
    )
