"""Relations of the org chart, walked from a unit or from a person: who is in charge, who heads, who manages whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.ground.people import Person, Roster, Unit


class Post(StrEnum):
    """What somebody can be to a unit."""

    IN_CHARGE = "in_charge"
    HEAD = "head"
    ACTING_HEAD = "acting_head"
    CONTACT = "contact"
    """The leaders whose contact point the unit is."""
    MEMBER = "member"
    """Everybody who works in the unit."""


EXPECTED_TO_HAVE_A_HEAD = ("dept", "institution", "")
"""Kinds of unit in which a vacant post is worth a remark; empty: nobody said what kind it is."""


@dataclass(frozen=True, slots=True)
class Path:
    """A way through the org chart: from a unit to a post, or from a person up so many managers and then, perhaps, to a post of their unit."""

    starts_at_unit: bool
    managers: int = 0
    post: Post | None = None

    @property
    def is_oneself(self) -> bool:
        """Whether it leads nowhere: `person`."""
        return not self.starts_at_unit and self.managers == 0 and self.post is None

    @property
    def is_head(self) -> bool:
        """Whether it leads to whoever runs a unit."""
        return self.post in (Post.HEAD, Post.ACTING_HEAD)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody a path leads to, and the unit it went over."""

    person: PersonId
    unit: UnitId | None = None
    is_acting: bool = False


def holders(unit: Unit, post: Post, roster: Roster) -> tuple[Holder, ...]:
    """Who has a post of a unit on this day; people that nothing is known of on this day left out."""
    acting = post is Post.ACTING_HEAD
    return tuple(Holder(p, unit.id, acting) for p in _people_in(unit, post, roster) if p in roster.people)


def _people_in(unit: Unit, post: Post, roster: Roster) -> Iterator[PersonId]:
    """The people named for a post, in the order they are named."""
    match post:
        case Post.IN_CHARGE:
            yield from unit.in_charge
        case Post.HEAD:
            yield from [unit.head] if unit.head else []
        case Post.ACTING_HEAD:
            yield from [unit.acting_head] if unit.acting_head else []
        case Post.CONTACT:
            yield from unit.contacts
        case Post.MEMBER:
            yield from roster.in_rank_order(roster.people_by_unit.get(unit.id, ()))
        case _:
            assert_never(post)


def from_unit(path: Path, unit: Unit, roster: Roster) -> tuple[Holder, ...]:
    """Whom a path that starts at a unit leads to."""
    return holders(unit, path.post, roster) if path.post else ()


def from_person(path: Path, person: PersonId, roster: Roster) -> tuple[Holder, ...]:
    """Whom a path that starts at a person leads to; a path `unit.head` starts at the unit the person works in."""
    manager = _manager(person, path.managers, roster)
    if manager is None:
        return ()
    if path.post is None:
        return (Holder(manager.id),)
    unit = roster.units.get(manager.unit)
    return holders(unit, path.post, roster) if unit else ()


def _manager(person: PersonId, levels: int, roster: Roster) -> Person | None:
    """The manager so many levels up, as far as known."""
    manager = roster.people.get(person)
    for _ in range(levels):
        manager = roster.people.get(manager.manager) if manager and manager.manager else None
    return manager
