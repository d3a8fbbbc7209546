"""People, units, groups and what is known of them, as of a day. A fixed number of queries, however many there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Table, bindparam, or_, select
from sqlalchemy.orm import Session

from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.ids import GroupId, PersonId, RoomId, UnitId
from scheduler.core.ground.people import ExternalContact, Group, Person, Room, Roster, Unit
from scheduler.store.organisation.rows import (
    AbsenceRow,
    CharacterStrokesRow,
    Dated,
    ExternalContactRow,
    GroupVersionRow,
    MembershipRow,
    PersonVersionRow,
    PostRow,
    RoomRow,
    UnitVersionRow,
)
from scheduler.store.upserts import table_of


def holds_on(row: type[Dated], day: date) -> ColumnElement[bool]:
    """The versions that hold on a day: from `valid_from` on, before `valid_to`; an open end holds for ever."""
    begun = or_(row.valid_from.is_(None), row.valid_from <= day)
    return begun & or_(row.valid_to.is_(None), row.valid_to > day)


def _holds(table: Table) -> ColumnElement[bool]:
    """The same for a statement that is told the day when it runs."""
    day = bindparam("day", type_=Date)
    begun = or_(table.c.valid_from.is_(None), table.c.valid_from <= day)
    return begun & or_(table.c.valid_to.is_(None), table.c.valid_to > day)


_PERSON, _UNIT, _POST, _GROUP, _MEMBER = map(
    table_of, (PersonVersionRow, UnitVersionRow, PostRow, GroupVersionRow, MembershipRow)
)
# Said once and kept: putting a statement together takes longer than having it answered.
PERSON_COLUMNS = (
    _PERSON.c.person_id, _PERSON.c.name, _PERSON.c.gender, _PERSON.c.unit, _PERSON.c.position, _PERSON.c.rank,
    _PERSON.c.category, _PERSON.c.party_status, _PERSON.c.branch, _PERSON.c.party_group, _PERSON.c.tags,
    _PERSON.c.manager, _PERSON.c.grade,
)  # fmt: skip
_PEOPLE_ON = select(*PERSON_COLUMNS).where(_holds(_PERSON)).order_by(_PERSON.c.person_id)
_UNITS_ON = (
    select(_UNIT.c.unit_id, _UNIT.c.name, _UNIT.c.name_en, _UNIT.c.kind).where(_holds(_UNIT)).order_by(_UNIT.c.unit_id)
)
_POSTS_ON = (
    select(_POST.c.unit_id, _POST.c.post, _POST.c.person_id).where(_holds(_POST)).order_by(_POST.c.place, _POST.c.id)
)
_GROUPS_ON = select(_GROUP.c.group_id, _GROUP.c.name, _GROUP.c.kind).where(_holds(_GROUP)).order_by(_GROUP.c.group_id)
_MEMBERS_ON = (
    select(_MEMBER.c.group_id, _MEMBER.c.part, _MEMBER.c.person_id)
    .where(_holds(_MEMBER))
    .order_by(_MEMBER.c.place, _MEMBER.c.id)
)


def roster(session: Session, day: date) -> Roster:
    """All people, units and groups as they stood on a day, in five queries."""
    return Roster(day, _people(session, day), _units(session, day), _groups(session, day))


def _people(session: Session, day: date) -> dict[PersonId, Person]:
    """The people known on a day, by id."""
    return {person.id: person for person in (person_of(row) for row in session.execute(_PEOPLE_ON, {"day": day}))}


def person_of(row: Sequence[Any]) -> Person:
    """A person from the columns of `PERSON_COLUMNS`."""
    person, name, gender, unit, position, rank, category, party_status, branch, party_group, tags, manager, grade = row
    return Person(
        PersonId(person), name, gender, UnitId(unit), position, rank, category, party_status,
        GroupId(branch), GroupId(party_group), tuple(tags), PersonId(manager) if manager else None, grade,
    )  # fmt: skip


class _Posts(NamedTuple):
    """Who holds which post: unit → post → people in their order."""

    held: Mapping[str, Mapping[str, list[PersonId]]]

    def all(self, unit: str, post: str) -> tuple[PersonId, ...]:
        """Everybody in a post."""
        return tuple(self.held.get(unit, {}).get(post, ()))

    def one(self, unit: str, post: str) -> PersonId | None:
        """Who is in a post that one person has."""
        return next(iter(self.all(unit, post)), None)


def _units(session: Session, day: date) -> dict[UnitId, Unit]:
    """The units of a day and their posts, by id."""
    posts, units = session.execute(_POSTS_ON, {"day": day}), session.execute(_UNITS_ON, {"day": day})
    return units_of(units, posts)


def units_of(units: Iterable[Sequence[Any]], posts: Iterable[Sequence[Any]]) -> dict[UnitId, Unit]:
    """Units from rows of id, name, English name and kind, and from rows of unit, post and person, in their order."""
    held: defaultdict[str, defaultdict[str, list[PersonId]]] = defaultdict(lambda: defaultdict(list))
    for unit, post, person in posts:
        held[unit][post].append(PersonId(person))
    holders = _Posts(held)
    return {
        UnitId(unit): Unit(
            UnitId(unit),
            name,
            name_en,
            kind,
            in_charge=holders.all(unit, "in_charge"),
            head=holders.one(unit, "head"),
            acting_head=holders.one(unit, "acting_head"),
            contacts=holders.all(unit, "contact"),
        )
        for unit, name, name_en, kind in units
    }


def _groups(session: Session, day: date) -> dict[GroupId, Group]:
    """The groups of a day and who is in them, by id."""
    groups, members = session.execute(_GROUPS_ON, {"day": day}), session.execute(_MEMBERS_ON, {"day": day})
    return groups_of(groups, members)


def groups_of(groups: Iterable[Sequence[Any]], members: Iterable[Sequence[Any]]) -> dict[GroupId, Group]:
    """Groups from rows of id, name and kind, and from rows of group, part and person, in their order."""
    people: defaultdict[tuple[str, str], list[PersonId]] = defaultdict(list)
    for group, part, person in members:
        people[group, part].append(PersonId(person))
    return {
        GroupId(group): Group(
            GroupId(group),
            name,
            kind,
            members=tuple(people[group, "member"]),
            secretary=next(iter(people[group, "secretary"]), None),
            committee=tuple(people[group, "committee"]),
        )
        for group, name, kind in groups
    }


_ROOM = table_of(RoomRow).c
_ROOMS = select(_ROOM.id, _ROOM.name, _ROOM.name_en, _ROOM.capacity, _ROOM.use).order_by(_ROOM.id)
_CONTACT = table_of(ExternalContactRow).c
_CONTACTS = select(_CONTACT.id, _CONTACT.kind, _CONTACT.name, _CONTACT.use).order_by(_CONTACT.id)
_ABSENCE = table_of(AbsenceRow).c
_ABSENCES = select(
    _ABSENCE.id, _ABSENCE.person_id, _ABSENCE.first, _ABSENCE.last, _ABSENCE.reason, _ABSENCE.only_weekdays,
    _ABSENCE.only_from, _ABSENCE.only_to,
).order_by(_ABSENCE.first, _ABSENCE.id)  # fmt: skip


def rooms(session: Session) -> dict[RoomId, Room]:
    """All rooms, by id."""
    return {RoomId(room.id): Room(*room) for room in session.execute(_ROOMS)}


def strokes(session: Session) -> dict[str, str]:
    """What the office has set of the strokes of characters."""
    rows = select(CharacterStrokesRow.character, CharacterStrokesRow.strokes).order_by(CharacterStrokesRow.character)
    return {row.character: row.strokes for row in session.execute(rows)}


def contacts(session: Session) -> tuple[ExternalContact, ...]:
    """Everybody outside who may be invited, by id."""
    return tuple(ExternalContact(*contact) for contact in session.execute(_CONTACTS))


def absences(
    session: Session, people: Collection[PersonId] | None, first: date | None = None, last: date | None = None
) -> tuple[Absence, ...]:
    """Absences that touch the days from `first` to `last` (both included; None: no end), of these people or of all."""
    query = _ABSENCES
    if people is not None:
        query = query.where(_ABSENCE.person_id.in_(people))
    if first is not None:
        query = query.where(_ABSENCE.last >= first)
    if last is not None:
        query = query.where(_ABSENCE.first <= last)
    return tuple(
        Absence(number, PersonId(person), starts, ends, reason, tuple(weekdays), only_from, only_to)
        for number, person, starts, ends, reason, weekdays, only_from, only_to in session.execute(query)
    )
