"""The organisation as lists that can be copied: people, and units with their posts, as they stood on a day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.ground import party
from scheduler.core.ground.access import Actor
from scheduler.core.ground.audiences import STAFF_CATEGORIES
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


@dataclass(frozen=True, slots=True)
class PersonOfList:
    """A person with the name of their unit, and what they are in the Party: `full probationary none unknown`."""

    id: str
    name: str
    position: str
    unit: str
    party: str
    staff: bool | None


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


def people(session: Session, actor: Actor, day: date | None, clock: Clock) -> list[PersonOfList]:
    """Everybody as they stood on a day (today when None)."""
    roster = service.roster(session, actor, day, clock)
    return [
        PersonOfList(
            person.id,
            person.name,
            person.position,
            roster.units[person.unit].name if person.unit in roster.units else person.unit,
            party.membership(person.party_status),
            person.category in STAFF_CATEGORIES if person.category else None,
        )
        for person in roster.people.values()
    ]


def _named(roster: Roster, person: PersonId | None) -> Named | None:
    """A person by id and name; None for nobody."""
    someone = roster.people.get(person) if person else None
    return Named(someone.id, someone.name) if someone else None
