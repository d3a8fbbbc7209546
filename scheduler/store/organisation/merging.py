"""Making two entries of one person one: every row that names the one names the other instead, whatever table it stands in."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, Table, and_, delete, func, select, update
from sqlalchemy.orm import Session

from scheduler.store.base import Base

OWN = "person_version"
"""What is known of somebody; the entry that stays keeps its own."""
FOLLOWS = frozenset({"allocation", "calendar_revision", "import", "journal", "counter"})
"""Tables in which no row is moved as it is: they follow, or tell what was."""
SEATS = {"membership": ("group_id", "part"), "post": ("unit_id", "post")}
"""Tables in which one person stands once for each of these."""


@dataclass(frozen=True, slots=True)
class DoubleTime:
    """Two bookings of the two entries that overlap; a booking with both of them is one that overlaps itself."""

    first: str
    second: str


def named(session: Session, person: str) -> Counter[str]:
    """How many rows of each table name somebody, besides what says what they are."""
    counted: Counter[str] = Counter()
    for column in _columns():
        if column.table.name != OWN or column.name == "manager":
            counted[column.table.name] += _count(session, column, person)
    for column in _documents():
        counted[column.table.name] += sum(_holds(value, person) for value in session.scalars(select(column)))
    return +counted


def clashes(session: Session, keep: str, gone: str) -> list[DoubleTime]:
    """The standing bookings of the two that overlap."""
    taken = Base.metadata.tables["allocation"]
    mine, other = taken.alias(), taken.alias()
    query = (
        select(mine.c.booking_id, other.c.booking_id)
        .where(mine.c.resource == f"p:{keep}", other.c.resource == f"p:{gone}", mine.c.booking_id != other.c.booking_id)
        .where(mine.c.starts_at < other.c.ends_at, other.c.starts_at < mine.c.ends_at)
        .order_by(mine.c.booking_id, other.c.booking_id)
    )
    return [DoubleTime(first, second) for first, second in session.execute(query)]


def talks_of_both(session: Session, keep: str, gone: str) -> list[str]:
    """The talks in which both entries are."""
    booking, participant = Base.metadata.tables["booking"], Base.metadata.tables["participant"]
    both = (
        select(participant.c.booking_id)
        .where(participant.c.person_id.in_((keep, gone)))
        .group_by(participant.c.booking_id)
        .having(func.count() > 1)
    )
    return list(
        session.scalars(
            select(booking.c.id).where(booking.c.kind == "talk", booking.c.id.in_(both)).order_by(booking.c.id)
        )
    )


def differing_attendance(session: Session, keep: str, gone: str) -> list[str]:
    """The bookings at which the two are noted differently."""
    attended = Base.metadata.tables["attendance"]
    mine, other = attended.alias(), attended.alias()
    same = mine.c.booking_id == other.c.booking_id
    query = select(mine.c.booking_id).where(mine.c.person_id == keep, other.c.person_id == gone, same)
    return list(session.scalars(query.where(mine.c.status != other.c.status).order_by(mine.c.booking_id)))


def accounts(session: Session, keep: str, gone: str) -> int:
    """How many accounts the two have."""
    account = Base.metadata.tables["account"]
    return session.scalar(select(func.count()).where(account.c.person_id.in_((keep, gone)))) or 0


def merge(session: Session, keep: str, gone: str) -> None:
    """Let everything that names the one name the other; what would stand twice then stands once. The entry that went is no more."""
    session.flush()
    tables = Base.metadata.tables
    session.execute(delete(tables[OWN]).where(tables[OWN].c.person_id == gone))
    for column in _columns():
        _move(session, column, keep, gone)
    for column in _documents():
        _replace(session, column, keep, gone)
    taken = tables["allocation"]
    session.execute(delete(taken).where(taken.c.resource == f"p:{gone}", taken.c.booking_id.in_(_of(taken, keep))))
    session.execute(update(taken).where(taken.c.resource == f"p:{gone}").values(resource=f"p:{keep}"))
    session.execute(delete(tables["person"]).where(tables["person"].c.id == gone))


def _of(taken: Table, person: str) -> Any:
    """The bookings that take somebody."""
    return select(taken.c.booking_id).where(taken.c.resource == f"p:{person}")


def _columns() -> Iterator[Column[Any]]:
    """Every column that names a person by id."""
    person = Base.metadata.tables["person"]
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            is_key = any(reference.column.table is person for reference in column.foreign_keys)
            if table.name not in FOLLOWS and (is_key or (table.name == OWN and column.name == "manager")):
                yield column


def _documents() -> Iterator[Column[Any]]:
    """Every column of JSON in which the id of a person may stand."""
    for table in Base.metadata.sorted_tables:
        if table.name not in FOLLOWS:
            yield from (column for column in table.columns if isinstance(column.type, JSON))


def _count(session: Session, column: Column[Any], person: str) -> int:
    return session.scalar(select(func.count()).select_from(column.table).where(column == person)) or 0


def _move(session: Session, column: Column[Any], keep: str, gone: str) -> None:
    """Let one column name the other; a row that stands for the other already goes."""
    table = column.table
    assert isinstance(table, Table)  # noqa: S101 - tells the types
    if alike := SEATS.get(table.name) or (_rest_of_key(column) if column.primary_key else None):
        mine = table.alias()
        same = and_(mine.c[column.name] == keep, *(mine.c[name] == table.c[name] for name in alike))
        session.execute(delete(table).where(column == gone, select(mine).where(same).exists()))
    elif column.primary_key and _count(session, column, keep):
        session.execute(delete(table).where(column == gone))
    session.execute(update(table).where(column == gone).values({column.name: keep}))


def _rest_of_key(column: Column[Any]) -> tuple[str, ...]:
    return tuple(key.name for key in column.table.primary_key if key is not column)


def _holds(value: object, person: str) -> bool:
    """Whether an id stands anywhere in a document."""
    match value:
        case dict():
            return any(_holds(part, person) for part in value.values())
        case list():
            return any(_holds(part, person) for part in value)
        case _:
            return value == person


def _replace(session: Session, column: Column[Any], keep: str, gone: str) -> None:
    """Let the other id stand in all documents of a column, once in each list."""
    keys = list(column.table.primary_key)
    for value, *key in session.execute(select(column, *keys)).all():
        if _holds(value, gone):
            here = and_(*(column_of_key == part for column_of_key, part in zip(keys, key, strict=True)))
            session.execute(update(column.table).where(here).values({column.name: _said(value, keep, gone)}))


def _said(value: Any, keep: str, gone: str) -> Any:
    match value:
        case dict():
            return {name: _said(part, keep, gone) for name, part in value.items()}
        case list():
            parts = [_said(part, keep, gone) for part in value]
            return list(dict.fromkeys(parts)) if gone in value else parts
        case _:
            return keep if value == gone else value
