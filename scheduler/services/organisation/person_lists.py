"""People in an order: everybody, those of a group, or those of a booking; and what the office knows better of strokes."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.ground import access, audiences, party
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.audiences import STAFF_CATEGORIES
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, GroupId, PersonId
from scheduler.core.ground.people import Person, Roster
from scheduler.core.ground.person_orders import PersonOrder, key_of_order, strokes_missing
from scheduler.core.ground.strokes import strokes_written
from scheduler.services.bookings import lists as bookings
from scheduler.services.ground import journal
from scheduler.store import load, save, writing


@dataclass(frozen=True, slots=True)
class PersonOfList:
    """A person with the name of their unit, and what they are in the Party: `full probationary none unknown`."""

    id: PersonId
    name: str
    position: str
    unit: str
    party: str
    staff: bool | None
    """None: nobody said."""
    details: Person
    """All that is known of them."""


@dataclass(frozen=True, slots=True)
class PeopleInOrder:
    """People in an order, and what is to be said about their places in it."""

    as_of: date
    order: PersonOrder
    people: tuple[PersonOfList, ...]
    findings: tuple[Finding, ...] = ()


def people(
    session: Session,
    actor: Actor,
    day: date | None,
    clock: Clock,
    order: PersonOrder = PersonOrder.RANK,
    *,
    group: str = "",
    booking: BookingId | None = None,
) -> PeopleInOrder:
    """Everybody on a day, or who is in a group, or in a booking, whose own day it is then unless another is given.

    A group is a group's id or what else an audience is called by (`branch:B1`, `all_staff`). Raises NotFound for a group that
    there is not, and for a booking that there is not or that the viewer may not know of.
    """
    access.require(actor, Action.SEE_ORGANISATION)
    whose = bookings.seen_booking(session, actor, booking, clock) if booking else None
    if whose and day is None:
        day = whose.span.start.astimezone(load.organisation(session).zone).date()
    roster = load.roster(session, load.as_of(session, day, clock).day)
    listed: Iterable[PersonId] = whose.people if whose else _of_group(group, roster) if group else roster.people
    return in_order(listed, roster, order, load.strokes(session))


def in_order(
    people: Iterable[PersonId], roster: Roster, order: PersonOrder, given: Mapping[str, str] | None = None
) -> PeopleInOrder:
    """These people in an order, as lists name them."""
    placed = sorted(people, key=key_of_order(order, roster, given))
    findings = strokes_missing(placed, order, roster, given or {})
    return PeopleInOrder(roster.on, order, tuple(_line(person, roster) for person in placed), tuple(findings))


def strokes(session: Session, actor: Actor, clock: Clock) -> dict[str, str]:
    """What the office has set of the strokes of characters."""
    del clock  # every verb is given one
    access.require(actor, Action.SEE_ORGANISATION)
    return load.strokes(session)


@writing.verb
def set_strokes(session: Session, actor: Actor, character: str, strokes: str, clock: Clock) -> str:
    """Say of what strokes a character is, or which one it follows; empty: as in the table again. Gives back what is kept.

    Raises Malformed when it is not one character, or nothing that says a place.
    """
    access.require(actor, Action.EDIT_ORGANISATION)
    character = unicodedata.normalize("NFC", character).strip()
    if len(character) != 1:
        raise Malformed("not_a_character", "character", value=character[:10])
    kept = strokes_written(strokes)
    if strokes.strip() and (not kept or kept == character):
        raise Malformed("no_strokes", "strokes", value=strokes[:20])
    writing.begin(session)
    save.strokes(session, character, kept)
    journal.note(session, actor, "edited", "strokes", f"U+{ord(character):04X}", clock, strokes=kept)
    return kept


def _of_group(group: str, roster: Roster) -> tuple[PersonId, ...]:
    """Who is in a group."""
    if audiences.unknown((group,), roster, ()):
        branch = group.removeprefix(audiences.BRANCH)
        raise NotFound("group" if branch == group else "branch", branch)
    if (
        group.startswith(audiences.BRANCH)
        and roster.groups[GroupId(group.removeprefix(audiences.BRANCH))].kind != "branch"
    ):
        raise NotFound("branch", group.removeprefix(audiences.BRANCH))
    return audiences.select(group.removeprefix(audiences.OBSERVER), roster)


def _line(person: PersonId, roster: Roster) -> PersonOfList:
    """Somebody as lists name them; of who is no longer there, only the name."""
    someone = roster.people.get(person) or roster.former.get(person) or Person(person, roster.name(person))
    return PersonOfList(
        person,
        someone.name,
        someone.position,
        roster.units[someone.unit].name if someone.unit in roster.units else someone.unit,
        party.membership(someone.party_status),
        someone.category in STAFF_CATEGORIES if someone.category else None,
        someone,
    )
