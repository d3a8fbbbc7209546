"""The org chart through time: rows → histories, and histories that were written into → rows."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, bindparam, delete, false, insert, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from scheduler.core.ground.dated import ALWAYS, Validity, Version
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import Person
from scheduler.core.organisation.chart import Chart, GroupName, Seat, SeatPlan, UnitName
from scheduler.store.base import Base
from scheduler.store.organisation.rows import (
    GroupRow,
    GroupVersionRow,
    MembershipRow,
    PersonRow,
    PersonVersionRow,
    PostRow,
    UnitRow,
    UnitVersionRow,
)
from scheduler.store.upserts import table_of

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

SOME = 500
"""Up to so many ids are asked for one by one; beyond that, a table is read whole."""


def load(session: Session, people: Collection[str], units: Collection[str], groups: Collection[str]) -> Chart:
    """The histories of these people with their memberships, of these units, and of these groups with all in them.

    The names of all groups come along: any row of a person may name any group.
    """
    chart = Chart()
    person, unit, group = PersonVersionRow, UnitVersionRow, GroupVersionRow
    _read_people(session, chart, _one_of(person.person_id, people))
    unit_query = select(unit.valid_from, unit.valid_to, unit.unit_id, unit.name, unit.name_en, unit.kind)
    for start, end, key, *words in session.execute(unit_query.where(_one_of(unit.unit_id, units))):
        _add(chart.units, UnitId(key), _period(start, end), UnitName(*words))
    group_query = select(group.valid_from, group.valid_to, group.group_id, group.name, group.kind)
    for start, end, key, *words in session.execute(group_query):
        _add(chart.groups, GroupId(key), _period(start, end), GroupName(*words))
    part = MembershipRow
    mine = or_(_one_of(part.group_id, groups), _one_of(part.person_id, people))
    chart.memberships = _seats(session, part, part.group_id, part.part, mine)
    chart.posts = _seats(session, PostRow, PostRow.unit_id, PostRow.post, _one_of(PostRow.unit_id, units))
    return chart


def members_ever(session: Session, groups: Collection[str]) -> set[PersonId]:
    """Everybody who is or ever was in one of these groups."""
    row = MembershipRow
    query = select(row.person_id).where(_one_of(row.group_id, groups)).distinct()
    return {PersonId(person_id) for person_id in session.scalars(query)}


def save(session: Session, chart: Chart) -> None:
    """Write down what was written into a chart: the histories of all that was touched are replaced."""
    _save_identities(session, PersonRow, chart.touched_people)
    _save_identities(session, UnitRow, chart.touched_units)
    _save_identities(session, GroupRow, chart.touched_groups)
    _replace(session, PersonVersionRow, "person_id", chart.people, chart.touched_people, _person_columns)
    _replace(session, UnitVersionRow, "unit_id", chart.units, chart.touched_units, _unit_columns)
    _replace(session, GroupVersionRow, "group_id", chart.groups, chart.touched_groups, _group_columns)
    _save_seats(session, PostRow, ("unit_id", "post"), chart.posts)
    _save_seats(session, MembershipRow, ("group_id", "part"), chart.memberships)


def _one_of(column: InstrumentedAttribute[str], ids: Collection[str]) -> ColumnElement[bool]:
    """Rows of these ids; of all when there are many, which is quicker and never too much for one statement."""
    if not ids:
        return false()
    return column.in_(list(ids)) if len(ids) <= SOME else true()


def _period(start: date | None, end: date | None) -> Validity:
    """From two columns; nearly all facts hold always."""
    return ALWAYS if start is None and end is None else Validity(start, end)


def _add(histories: dict[K, tuple[Version[T], ...]], key: K, period: Validity, value: T) -> None:
    """Put one more version into a history, in order."""
    versions = (*histories.get(key, ()), Version(period, value))
    histories[key] = (
        versions if len(versions) == 1 else tuple(sorted(versions, key=lambda s: s.period.start or date.min))
    )


def _read_people(session: Session, chart: Chart, condition: ColumnElement[bool]) -> None:
    """The versions of people."""
    row = PersonVersionRow
    query = select(
        row.valid_from, row.valid_to, row.person_id, row.name, row.gender, row.unit, row.position, row.rank,
        row.category, row.party_status, row.branch, row.party_group, row.tags, row.manager, row.grade,
    )  # fmt: skip
    for row_found in session.execute(query.where(condition)):
        start, end, key, name, gender, unit, position, rank, category, party, branch, group, tags, manager, grade = (
            row_found
        )
        person = Person(
            PersonId(key), name, gender, UnitId(unit), position, rank, category, party, GroupId(branch), GroupId(group),
            tuple(tags), PersonId(manager) if manager else None, grade,
        )  # fmt: skip
        _add(chart.people, person.id, _period(start, end), person)


def _seats(
    session: Session,
    row: type[PostRow | MembershipRow],
    owner: InstrumentedAttribute[str],
    part: InstrumentedAttribute[str],
    condition: ColumnElement[bool],
) -> SeatPlan:
    """Who held which seats when."""
    seats: dict[Seat, tuple[Version[bool], ...]] = {}
    query = select(row.valid_from, row.valid_to, owner, part, row.person_id, row.place).where(condition)
    for start, end, of, name, person, place in session.execute(query):
        _add(seats, Seat(of, name, PersonId(person), place), _period(start, end), value=True)
    return SeatPlan(seats)


def _save_identities(session: Session, row: type[Base], touched: Collection[str]) -> None:
    """Let there be a row for each id."""
    table = table_of(row)
    existing = set(session.scalars(select(table.c.id))) if touched else set()
    if new := sorted(set(touched) - existing):
        session.execute(insert(table), [{"id": key} for key in new])


def _replace(
    session: Session,
    row: type[Base],
    key_column: str,
    histories: dict[K, tuple[Version[T], ...]],
    touched: Iterable[K],
    columns: Callable[[T], dict[str, object]],
) -> None:
    """Write the histories of what was touched in place of what stands."""
    table = table_of(row)
    keys = sorted(touched, key=str)
    if not keys:
        return
    session.execute(delete(table).where(table.c[key_column] == bindparam("which")), [{"which": key} for key in keys])
    rows = [
        {key_column: key, "valid_from": s.period.start, "valid_to": s.period.end, **columns(s.value)}
        for key in keys
        for s in histories.get(key, ())
    ]
    if rows:
        session.execute(insert(table), rows)


def _person_columns(person: Person) -> dict[str, object]:
    """A person's columns besides id and dates."""
    return {
        "name": person.name,
        "gender": person.gender,
        "unit": person.unit,
        "position": person.position,
        "rank": person.rank,
        "category": person.category,
        "party_status": person.party_status,
        "branch": person.branch,
        "party_group": person.party_group,
        "tags": list(person.tags),
        "manager": person.manager,
        "grade": person.grade,
    }


def _unit_columns(unit: UnitName) -> dict[str, object]:
    """A unit's columns besides id and dates."""
    return {"name": unit.name, "name_en": unit.name_en, "kind": unit.kind}


def _group_columns(group: GroupName) -> dict[str, object]:
    """A group's columns besides id and dates."""
    return {"name": group.name, "kind": group.kind}


def _save_seats(session: Session, row: type[Base], names: Sequence[str], plan: SeatPlan) -> None:
    """Write who holds the seats that were touched in place of what stands."""
    table = table_of(row)
    owner, part = names
    touched = sorted(plan.touched)
    if not touched:
        return
    statement = delete(table).where(
        table.c[owner] == bindparam("of"),
        table.c[part] == bindparam("which"),
        table.c.person_id == bindparam("who"),
        table.c.place == bindparam("where"),
    )
    session.execute(statement, [{"of": s.of, "which": s.part, "who": s.person, "where": s.place} for s in touched])
    rows = [
        {
            owner: seat.of,
            part: seat.part,
            "person_id": seat.person,
            "place": seat.place,
            "valid_from": version.period.start,
            "valid_to": version.period.end,
        }
        for seat in touched
        for version in plan.seats[seat]
    ]
    if rows:
        session.execute(insert(table), rows)
