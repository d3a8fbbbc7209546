"""The tasks of one person, and who heads a unit: asked for calendars, so that nothing of it grows with the organisation."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.programme.tasks import RectificationTask
from scheduler.store.organisation.load import holds_on
from scheduler.store.organisation.rows import PostRow
from scheduler.store.programme.load import task_of
from scheduler.store.programme.rows import TaskRow
from scheduler.store.upserts import table_of

_HEADS = PostRow.post.in_(("head", "acting_head"))


def answered_by(session: Session, person: PersonId) -> list[RectificationTask]:
    """The tasks that somebody leads, or that a unit leads which they head at any time; by due month."""
    table = table_of(TaskRow)
    headed = select(PostRow.unit_id).where(PostRow.person_id == person, _HEADS)
    theirs = or_(table.c.leader_id == person, table.c.lead_unit_id.in_(headed))
    query = select(table).where(theirs, table.c.due.is_not(None)).order_by(table.c.due, table.c.id)
    return [task_of(row) for row in session.execute(query)]


def led_by(session: Session, person: PersonId) -> list[RectificationTask]:
    """The tasks that somebody leads, by id."""
    table = table_of(TaskRow)
    query = select(table).where(table.c.leader_id == person).order_by(table.c.id)
    return [task_of(row) for row in session.execute(query)]


def heads(session: Session, unit: UnitId | None, day: date) -> set[PersonId]:
    """Who heads a unit, or acts as its head, on a day."""
    query = select(PostRow.person_id).where(PostRow.unit_id == unit, _HEADS, holds_on(PostRow, day))
    return {PersonId(person) for person in session.scalars(query)}


def ever_heads(session: Session, unit: UnitId) -> set[PersonId]:
    """Who heads a unit at any time."""
    return {PersonId(p) for p in session.scalars(select(PostRow.person_id).where(PostRow.unit_id == unit, _HEADS))}


def ever_answering(session: Session, task: str) -> set[PersonId]:
    """The leader of a task, and whoever heads its lead unit at any time."""
    row = table_of(TaskRow).c
    stands = session.execute(select(row.leader_id, row.lead_unit_id).where(row.id == task)).first()
    if stands is None:
        return set()
    leader, unit = stands
    people = ever_heads(session, UnitId(unit)) if unit else set()
    return people | {PersonId(leader)} if leader else people
