"""The organisation as anybody who signs in may know it, and its editing: people, units and groups, from a day on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import AsOf
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import ExternalContact, Group, Person, Roster, Unit
from scheduler.core.organisation.chart_changes import When
from scheduler.core.organisation.facts import Change, Given, RowError, Source, Subject
from scheduler.services.bookings import given as import_bookings
from scheduler.services.feeds import changes as feed_changes
from scheduler.services.ground import journal
from scheduler.services.organisation import chart as chart_writing
from scheduler.services.organisation.absences import absences, add_absence, remove_absence
from scheduler.services.organisation.occurrences import (
    add_occurrence,
    choose_partner,
    occurrences,
    remove_occurrence,
)
from scheduler.services.organisation.rooms import add_room, edit_room, rooms
from scheduler.store import hanging, load, save, writing

__all__ = [
    "absences",
    "add_absence",
    "add_group",
    "add_occurrence",
    "add_person",
    "add_room",
    "add_unit",
    "as_of",
    "choose_partner",
    "contacts",
    "edit_group",
    "edit_person",
    "edit_room",
    "edit_unit",
    "new_person_id",
    "occurrences",
    "remove_absence",
    "remove_occurrence",
    "rooms",
    "roster",
]


def as_of(session: Session, actor: Actor, day: date | None, clock: Clock) -> AsOf:
    """The day a question is asked of; None is today."""
    access.require(actor, Action.SEE_ORGANISATION)
    return load.as_of(session, day, clock)


def roster(session: Session, actor: Actor, day: date | None, clock: Clock) -> Roster:
    """Everybody, all units and all groups as they stood on a day (today when None)."""
    access.require(actor, Action.SEE_ORGANISATION)
    return load.roster(session, load.as_of(session, day, clock).day)


def contacts(session: Session, actor: Actor, clock: Clock) -> tuple[ExternalContact, ...]:
    """Everybody outside who may be invited."""
    del clock  # every verb is given one
    access.require(actor, Action.SEE_ORGANISATION)
    return load.contacts(session)


@writing.verb
def new_person_id(session: Session, actor: Actor, clock: Clock) -> PersonId:
    """An id that nobody has yet, for a new person; it is taken from now on."""
    access.require(actor, Action.EDIT_ORGANISATION)
    writing.begin(session)
    taken = PersonId(save.next_id(session, "p"))
    journal.note(session, actor, "reserved", "person", taken, clock)
    return taken


def edit_person(session: Session, actor: Actor, person: Person, valid_from: date | None, clock: Clock) -> Change:
    """Write what is known of a person: from a day on, or as a correction of what holds today (None).

    Raises Refused when somebody would have to be in two places because of it.
    """
    return _write(session, actor, _person(person), valid_from, clock)


def add_person(session: Session, actor: Actor, person: Person, clock: Clock) -> PersonId:
    """Enter a new person; the id is the next one, and it holds since ever. Raises as `edit_person`."""
    return PersonId(_write(session, actor, _person(person), None, clock, is_new=True).key)


def edit_unit(session: Session, actor: Actor, unit: Unit, valid_from: date | None, clock: Clock) -> Change:
    """Write a unit's names, kind and posts: from a day on, or as a correction of what holds today (None)."""
    return _write(session, actor, _unit(unit), valid_from, clock)


def add_unit(session: Session, actor: Actor, unit: Unit, clock: Clock) -> UnitId:
    """Enter a new unit; the id is the next one. Raises as `edit_unit`."""
    return UnitId(_write(session, actor, _unit(unit), None, clock, is_new=True).key)


def edit_group(session: Session, actor: Actor, group: Group, valid_from: date | None, clock: Clock) -> Change:
    """Write a group's name and everybody who is in it: from a day on, or as a correction of what holds today (None)."""
    return _write(session, actor, _group(group), valid_from, clock)


def add_group(session: Session, actor: Actor, group: Group, clock: Clock) -> GroupId:
    """Enter a new branch or team; the id is the next one. Raises as `edit_group`."""
    return GroupId(_write(session, actor, _group(group), None, clock, is_new=True).key)


def _person(person: Person) -> Given:
    fields: dict[str, object] = {
        "name": _named(person.name),
        "gender": person.gender,
        "unit": person.unit,
        "position": person.position,
        "rank": person.rank,
        "category": person.category,
        "party_status": person.party_status,
        "branch": person.branch,
        "party_group": person.party_group,
        "tags": person.tags,
        "manager": person.manager,
        "grade": person.grade,
    }
    return Given(Subject.PERSON, person.id, fields, Source(""))


def _unit(unit: Unit) -> Given:
    if unit.kind not in ("dept", "institution", "other"):
        raise Malformed("unknown_choice", "kind", value=unit.kind)
    fields: dict[str, object] = {
        "name": _named(unit.name),
        "name_en": unit.name_en,
        "kind": unit.kind,
        "in_charge": unit.in_charge,
        "head": unit.head,
        "acting_head": unit.acting_head,
    }
    return Given(Subject.UNIT, unit.id, fields, Source(""))


def _group(group: Group) -> Given:
    fields: dict[str, object] = {
        "name": _named(group.name),
        "kind": group.kind,
        "members": group.members,
        "secretary": group.secretary,
        "committee": group.committee,
    }
    return Given(Subject.GROUP, group.id, fields, Source(""))


def _named(name: str) -> str:
    """A name that is one."""
    if not name.strip():
        raise Malformed("missing", "name")
    return name.strip()


@writing.verb
def _write(
    session: Session, actor: Actor, given: Given, valid_from: date | None, clock: Clock, *, is_new: bool = False
) -> Change:
    """Write one fact into the org chart; audiences of standing bookings follow."""
    access.require(actor, Action.EDIT_ORGANISATION)
    if not given.key and not is_new:
        raise Malformed("missing", "id")
    writing.begin(session)
    given = replace(given, key=_new_id(session, given)) if is_new else given
    zone = load.organisation(session).zone
    when = When(valid_from, clock.today(zone))
    _require_people(session, given, valid_from or when.today)
    chart, changes = chart_writing.write(session, [given], when)
    outcome = import_bookings.write(session, [], zone, clock, chart_changed=chart.is_touched)
    if outcome.errors:
        raise Refused([_finding(error) for error in outcome.errors])
    feed_changes.follow(session, changes, clock)
    since = valid_from.isoformat() if valid_from else None
    journal.note(
        session, actor, "added" if is_new else "edited", given.subject.value, given.key, clock, valid_from=since
    )
    return changes[0]


def _new_id(session: Session, given: Given) -> str:
    """The next id of a person, a unit or a group; one that a file has given already is passed over."""
    prefix = BRANCH_PREFIX if given.fields.get("kind") == "branch" else PREFIXES[given.subject]
    new = save.next_id(session, prefix)
    while hanging.exists(session, given.subject.value, new):
        new = save.next_id(session, prefix)
    return new


def _require_people(session: Session, given: Given, day: date) -> None:
    """Raise NotFound for the first person in a unit or group whom nobody knows."""
    named: list[object] = []
    for value in (value for key, value in given.fields.items() if key in _PEOPLE):
        named += value if isinstance(value, tuple) else [value]
    existing: Mapping[PersonId, object] = load.roster(session, day).people if any(named) else {}
    for person in named:
        if person and person not in existing:
            raise NotFound("person", str(person))


PREFIXES, BRANCH_PREFIX = {Subject.PERSON: "p", Subject.UNIT: "D", Subject.GROUP: "G"}, "B"
"""The letters of new ids."""
_PEOPLE = ("members", "secretary", "committee", "in_charge", "head", "acting_head", "manager")
"""Fields that name people."""


def _finding(error: RowError) -> Finding:
    """A clash that an edit would make, as the finding that bookings know."""
    return Finding(error.kind, str(error.details.get("person") or error.details.get("room")), error.details)
