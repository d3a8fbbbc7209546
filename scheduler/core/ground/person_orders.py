"""In which order people are listed: by rank, by the strokes or the sound of their names, or unit by unit."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.sounds import pinyin_key
from scheduler.core.ground.strokes import Given, stroke_key, unplaced

Key = Callable[[PersonId], Any]


class PersonOrder(StrEnum):
    """What people are listed by."""

    RANK = "rank"
    STROKES = "strokes"
    """姓氏笔画: a name with one character after the surname before longer ones."""
    STROKES_NAMES = "strokes-names"
    """姓名笔画: character by character."""
    PINYIN = "pinyin"
    UNIT = "unit"


BY_STROKES = (PersonOrder.STROKES, PersonOrder.STROKES_NAMES)


def key_of_order(order: PersonOrder, roster: Roster, given: Given | None = None) -> Key:
    """What an order sorts people by, with the strokes that the office has set; nobody shares a key with another."""
    if order in BY_STROKES:
        has_blank = order is PersonOrder.STROKES
        return lambda person: (stroke_key(roster.name(person), given, has_blank=has_blank), person)
    if order is PersonOrder.PINYIN:
        return lambda person: (pinyin_key(roster.name(person), given), person)
    if order is PersonOrder.UNIT:
        return _by_unit(roster)
    return roster.rank_key


def strokes_missing(people: Iterable[PersonId], order: PersonOrder, roster: Roster, given: Given) -> list[Finding]:
    """Whose place by strokes is a makeshift, because nobody knows the strokes of a character of their name."""
    if order not in BY_STROKES:
        return []
    names = {person: roster.name(person) for person in people}
    missing = {person: unplaced(name, given) for person, name in names.items()}
    return [
        Finding("stroke_unknown", person, {"name": names[person], "character": character})
        for person, character in missing.items()
        if character
    ]


def unit_of(person: PersonId, roster: Roster) -> UnitId:
    """The unit that somebody stands under; empty for those without one, and for those in one that is not known."""
    details = roster.people.get(person)
    return details.unit if details and details.unit in roster.units else UnitId("")


def unit_places(roster: Roster) -> dict[UnitId, int]:
    """Where each unit with people stands: in the order of their highest; those without a unit first."""
    highest: dict[UnitId, tuple[int, str]] = {}
    for person in roster.people:
        unit, rank = unit_of(person, roster), roster.rank_key(person)
        highest[unit] = min(rank, highest.get(unit, rank))
    in_order = sorted(highest, key=lambda unit: (bool(unit), highest[unit]))
    return {unit: place for place, unit in enumerate(in_order, 1)}


def _by_unit(roster: Roster) -> Key:
    """Unit by unit; of each its head first, then by rank."""
    places = unit_places(roster)

    def key(person: PersonId) -> Any:
        unit = roster.units.get(unit_of(person, roster))
        is_head = unit is not None and person in (unit.head, unit.acting_head)
        return (places.get(unit.id if unit else UnitId(""), 0), not is_head, *roster.rank_key(person))

    return key
