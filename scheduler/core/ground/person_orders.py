"""In which order people are listed: by rank, by the strokes of their surnames, or unit by unit."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.strokes import stroke_key

Key = Callable[[PersonId], Any]


class PersonOrder(StrEnum):
    """What people are listed by."""

    RANK = "rank"
    STROKES = "strokes"
    UNIT = "unit"


def key_of_order(order: PersonOrder, roster: Roster) -> Key:
    """What an order sorts people by; nobody shares a key with another."""
    if order is PersonOrder.STROKES:
        return lambda person: (stroke_key(roster.name(person)), person)
    if order is PersonOrder.UNIT:
        return _by_unit(roster)
    return roster.rank_key


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
