"""The org chart on several days at once: five queries, however many days there are."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.orm import Session

from scheduler.core.ground.people import Roster
from scheduler.store.organisation.load import PERSON_COLUMNS, groups_of, person_of, units_of
from scheduler.store.organisation.rows import GroupVersionRow, MembershipRow, PersonVersionRow, PostRow, UnitVersionRow
from scheduler.store.upserts import table_of

_PERSON, _UNIT, _POST, _GROUP, _MEMBER = map(
    table_of, (PersonVersionRow, UnitVersionRow, PostRow, GroupVersionRow, MembershipRow)
)
_Holding = tuple[date | None, date | None, Any]
"""From when (included) until when (not included) something holds, and what."""


def rosters(session: Session, days: Sequence[date]) -> list[Roster]:
    """All people, units and groups as they stood on each of these days, which stand in order."""
    if not days:
        return []
    reach = days[0], days[-1]
    people = [
        (first, end, person_of(row)) for first, end, row in _rows(session, _PERSON, PERSON_COLUMNS, "person_id", reach)
    ]
    units = _rows(session, _UNIT, (_UNIT.c.unit_id, _UNIT.c.name, _UNIT.c.name_en, _UNIT.c.kind), "unit_id", reach)
    posts = _rows(session, _POST, (_POST.c.unit_id, _POST.c.post, _POST.c.person_id), "place", reach)
    groups = _rows(session, _GROUP, (_GROUP.c.group_id, _GROUP.c.name, _GROUP.c.kind), "group_id", reach)
    members = _rows(session, _MEMBER, (_MEMBER.c.group_id, _MEMBER.c.part, _MEMBER.c.person_id), "place", reach)
    return [
        Roster(
            day,
            {person.id: person for person in _on(people, day)},
            units_of(_on(units, day), _on(posts, day)),
            groups_of(_on(groups, day), _on(members, day)),
        )
        for day in days
    ]


def _rows(
    session: Session, table: Table, columns: Iterable[ColumnElement[Any]], order: str, reach: tuple[date, date]
) -> list[_Holding]:
    """The versions that hold at any time between two days, in the order in which a roster has them."""
    first, last = reach
    since, until = table.c.valid_from, table.c.valid_to
    query = (
        select(since, until, *columns)
        .where(or_(since.is_(None), since <= last), or_(until.is_(None), until > first))
        .order_by(table.c[order], table.c.id)
    )
    return [(begins, ends, tuple(row)) for begins, ends, *row in session.execute(query)]


def _on(versions: Iterable[_Holding], day: date) -> Iterator[Any]:
    """What holds on a day."""
    for since, until, value in versions:
        if (since is None or since <= day) and (until is None or day < until):
            yield value
