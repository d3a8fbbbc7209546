"""The organisation as a list that can be copied: units with their posts, as they stood on a day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.ground.access import Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import Roster
from scheduler.services.organisation import people as service


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something, by id and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class UnitOfList:
    """A unit with its posts, everybody by name."""

    id: str
    name: str
    kind: str
    head: Named | None
    acting_head: Named | None
    in_charge: tuple[Named, ...]
    vacant: bool
    """Whether a head is expected and there is none, whoever acts."""
    members: int


def units(session: Session, actor: Actor, day: date | None, clock: Clock) -> list[UnitOfList]:
    """All units as they stood on a day (today when None)."""
    roster = service.roster(session, actor, day, clock)
    members = Counter(person.unit for person in roster.people.values())
    return [
        UnitOfList(
            unit.id,
            unit.name,
            unit.kind,
            _named(roster, unit.head),
            _named(roster, unit.acting_head),
            tuple(named for person in unit.in_charge if (named := _named(roster, person))),
            unit.head is None and unit.kind != "other",
            members[unit.id],
        )
        for unit in roster.units.values()
    ]


def _named(roster: Roster, person: PersonId | None) -> Named | None:
    """A person by id and name; None for nobody."""
    someone = roster.people.get(person) if person else None
    return Named(someone.id, someone.name) if someone else None
