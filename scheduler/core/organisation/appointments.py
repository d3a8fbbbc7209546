"""An org change that is only thought of: who takes or leaves a post, a group, a unit or the organisation → the facts that would say so."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import reduce

from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import Group, Person, Roster, Unit
from scheduler.core.organisation.facts import Given, Source, Subject

SOURCE = Source("")
"""No file says it."""


class AppointmentKind(StrEnum):
    """What changes for somebody, or for a post."""

    HEAD = "head"
    """They head the unit, in place of whoever headed or ran it."""
    ACTING_HEAD = "acting_head"
    """They run the unit as its acting head, in place of whoever headed or ran it."""
    IN_CHARGE = "in_charge"
    """They are the leader in charge of the unit, in place of those who were."""
    MOVE = "move"
    """They work in the unit from now on."""
    JOIN = "join"
    """They come into the group."""
    QUIT = "quit"
    """They go out of the group."""
    LEAVE = "leave"
    """They leave the organisation: no post, no group, no unit any more."""


POSTS = (AppointmentKind.HEAD, AppointmentKind.ACTING_HEAD, AppointmentKind.IN_CHARGE)
"""What may become vacant."""
OF_UNITS = (*POSTS, AppointmentKind.MOVE)
OF_GROUPS = (AppointmentKind.JOIN, AppointmentKind.QUIT)


@dataclass(frozen=True, slots=True)
class Appointment:
    """One change of somebody's place; of a post without a person: it becomes vacant."""

    what: AppointmentKind
    person: PersonId | None = None
    place: str = ""
    """The unit or the group; of somebody who leaves, none."""


def facts_of(appointments: Iterable[Appointment], roster: Roster) -> list[Given]:
    """What a file would say that brings these changes, in the order in which they are given.

    Raises NotFound for a person, a unit or a group that there is not, Malformed where one of them is missing.
    """
    after = reduce(_appointed, appointments, roster)
    return [*_people(roster, after), *_units(roster, after), *_groups(roster, after)]


def _appointed(roster: Roster, appointment: Appointment) -> Roster:
    """The organisation after one of them."""
    what, person = appointment.what, _person(appointment, roster)
    if what is AppointmentKind.LEAVE:
        return _without(roster, person)
    if what in OF_GROUPS:
        return _with_group(roster, _regrouped(_group(appointment, roster), person, is_in=what is AppointmentKind.JOIN))
    unit = _unit(appointment, roster)
    if what is AppointmentKind.MOVE:
        moved = replace(roster.people[person], unit=unit.id)
        return replace(roster, people={**roster.people, person: moved})
    return replace(roster, units={**roster.units, unit.id: _reposted(unit, what, appointment.person)})


def _person(appointment: Appointment, roster: Roster) -> PersonId:
    """Whom it is about; nobody of a post that becomes vacant."""
    person = appointment.person
    if person is None:
        if appointment.what in POSTS:
            return PersonId("")
        raise Malformed("missing", "person")
    if person not in roster.people:
        raise NotFound("person", person)
    return person


def _unit(appointment: Appointment, roster: Roster) -> Unit:
    if not appointment.place:
        raise Malformed("missing", "unit")
    if (unit := roster.units.get(UnitId(appointment.place))) is None:
        raise NotFound("unit", appointment.place)
    return unit


def _group(appointment: Appointment, roster: Roster) -> Group:
    if not appointment.place:
        raise Malformed("missing", "group")
    if (group := roster.groups.get(GroupId(appointment.place))) is None:
        raise NotFound("group", appointment.place)
    return group


def _reposted(unit: Unit, what: AppointmentKind, person: PersonId | None) -> Unit:
    """A unit with a post given to somebody else, or to nobody."""
    if what is AppointmentKind.IN_CHARGE:
        return replace(unit, in_charge=(person,) if person else ())
    head, acting_head = (person, None) if what is AppointmentKind.HEAD else (None, person)
    return replace(unit, head=head, acting_head=acting_head)


def _regrouped(group: Group, person: PersonId, *, is_in: bool) -> Group:
    """A group with somebody in it, or without."""
    others = tuple(member for member in group.members if member != person)
    if is_in:
        return replace(group, members=(*others, person))
    committee = tuple(member for member in group.committee if member != person)
    secretary = None if group.secretary == person else group.secretary
    return replace(group, members=others, committee=committee, secretary=secretary)


def _with_group(roster: Roster, group: Group) -> Roster:
    """The organisation with a group as it is then; the rows of those who come and go say it too."""
    was = set(roster.groups[group.id].members)
    people = {
        person: _in_row(roster.people[person], group, is_in=person in group.members)
        for person in was.symmetric_difference(group.members)
        if person in roster.people
    }
    groups = {**roster.groups, group.id: group}
    if group.kind == "branch":  # nobody is in two branches
        groups |= {
            other.id: _regrouped(other, person, is_in=False)
            for person in set(group.members) - was
            for other in roster.groups.values()
            if other.id != group.id and other.kind == "branch" and person in other.members
        }
    return replace(roster, people={**roster.people, **people}, groups=groups)


def _in_row(person: Person, group: Group, *, is_in: bool) -> Person:
    """A person's row with a branch, a branch group or a tag in it, or without."""
    match group.kind:
        case "branch":
            return replace(person, branch=group.id if is_in else GroupId(""))
        case "branch_group":
            return replace(person, party_group=group.id if is_in else GroupId(""))
        case "tag":
            tags = tuple(tag for tag in person.tags if tag != group.id)
            return replace(person, tags=(*tags, group.id) if is_in else tags)
        case _:
            return person


def _without(roster: Roster, leaver: PersonId) -> Roster:
    """The organisation without somebody: what they held is vacant, and nobody is theirs to manage."""
    gone = replace(
        roster.people[leaver],
        unit=UnitId(""), category="", branch=GroupId(""), party_group=GroupId(""), tags=(), manager=None,
    )  # fmt: skip
    people = {
        person.id: replace(person, manager=None) if person.manager == leaver else person
        for person in roster.people.values()
    }
    units = {
        unit.id: replace(
            unit,
            in_charge=tuple(person for person in unit.in_charge if person != leaver),
            head=None if unit.head == leaver else unit.head,
            acting_head=None if unit.acting_head == leaver else unit.acting_head,
        )
        for unit in roster.units.values()
    }
    groups = {group.id: _regrouped(group, leaver, is_in=False) for group in roster.groups.values()}
    return replace(roster, people={**people, leaver: gone}, units=units, groups=groups)


def _people(before: Roster, after: Roster) -> Iterator[Given]:
    """Whose row differs."""
    for person in after.people.values():
        if said := _said(before.people[person.id], person):
            yield Given(Subject.PERSON, person.id, said, SOURCE)


def _units(before: Roster, after: Roster) -> Iterator[Given]:
    """Which unit's posts differ."""
    for unit in after.units.values():
        if said := _said(before.units[unit.id], unit):
            yield Given(Subject.UNIT, unit.id, said, SOURCE)


def _groups(before: Roster, after: Roster) -> Iterator[Given]:
    """Which group's people differ."""
    for group in after.groups.values():
        if said := _said(before.groups[group.id], group):
            yield Given(Subject.GROUP, group.id, said, SOURCE)


def _said(before: Person | Unit | Group, after: Person | Unit | Group) -> Mapping[str, object]:
    """The fields in which one differs from what it was."""
    names = [field.name for field in fields(after)]
    return {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}
