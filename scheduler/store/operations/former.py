"""Facts as they were before somebody changed them, so that what was said on a day can be said again. Nothing here commits.

A change keeps what it replaces. To know what was known at a moment, the tables that were changed since are laid over by
copies for this connection alone, with the kept rows in place of today's: whatever reads them reads what was known then.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, MetaData, Table, bindparam, delete, insert, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from scheduler.core.ground.clock import Clock
from scheduler.store.base import Base, MomentType

Row = Mapping[str, Any]
Rows = dict[str, list[Row]]
"""By table."""
PARTS: Mapping[str, Mapping[str, str]] = {
    "booking": {"booking": "id", "participant": "booking_id", "talk_link": "booking_id"},
    "attendance": {"attendance": "booking_id"},
    "task": {"task": "id"},
    "milestone": {"milestone": "campaign_id"},
}
"""By noun: the tables it stands in, each with the column of its key; attendance is one person's as well."""
BEGUN = "begun"
"""The noun of the one row that says since when changes are kept, where something was known before."""


class FormerFactRow(Base):
    """A fact as it stood until a moment (the organisation's clock); without rows it was not known before."""

    __tablename__ = "former_fact"
    __table_args__ = (Index("ix_former_fact_until", "until"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    noun: Mapped[str]
    key: Mapped[str]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    until: Mapped[datetime] = mapped_column(MomentType)
    rows: Mapped[dict[str, list[dict[str, Any]]]] = mapped_column(JSON, default=dict)


class Fact(NamedTuple):
    """What was changed."""

    noun: str
    key: str
    person: str | None = None


class Former(NamedTuple):
    """A fact as it stood before it was changed first, and when it was changed last."""

    rows: Rows
    changed_at: datetime


# ── Kept ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def keep(session: Session, facts: Mapping[Fact, Rows], clock: Clock) -> None:
    """Keep facts as they stood until now; without rows: they are new."""
    if facts:
        rows = [
            {
                "noun": fact.noun,
                "key": fact.key,
                "person_id": fact.person,
                "until": clock.now,
                "rows": {name: [_plain(row) for row in some] for name, some in parts.items()},
            }
            for fact, parts in facts.items()
        ]
        session.execute(insert(_former()), rows)


def keep_standing(session: Session, facts: Collection[Fact], clock: Clock, *, with_new: bool = True) -> None:
    """Keep facts of one noun as the tables have them, before they are written; new ones unless they are left out."""
    if not facts:
        return
    standing: dict[Fact, Rows] = {fact: {} for fact in facts}
    for name, column in PARTS[next(iter(facts)).noun].items():
        table = Base.metadata.tables[name]
        query = select(table).where(table.c[column].in_(sorted({fact.key for fact in facts})))
        for row in session.execute(query).mappings():
            person = row["person_id"] if name == "attendance" else None
            fact = next(iter(facts))._replace(key=row[column], person=person)
            if fact in standing:
                standing[fact].setdefault(name, []).append(dict(row))
    keep(session, {fact: rows for fact, rows in standing.items() if rows or with_new}, clock)


def forget(session: Session, person: str) -> None:
    """Keep nothing any more that names somebody."""
    row = FormerFactRow
    kept = session.execute(select(row.id, row.person_id, row.rows)).all()
    naming = [number for number, whose, rows in kept if person == whose or _names(rows, person)]
    session.execute(delete(row).where(row.id.in_(naming)))


def begun(session: Session) -> datetime | None:
    """Since when changes are kept; None: since ever."""
    row = FormerFactRow
    return session.scalars(select(row.until).where(row.noun == BEGUN)).first()


# ── Known then ───────────────────────────────────────────────────────────────────────────────────────────────────────
@contextmanager
def known_at(session: Session, moment: datetime) -> Iterator[Mapping[Fact, datetime]]:
    """Let the session read what was known before a moment; what was changed since, with the time of its last change."""
    former = _changed_since(session, moment)
    arrivals = _arrivals_since(session, moment)
    names = {name for fact in former for name in PARTS[fact.noun]} | ({"arrival"} if arrivals else set())
    laid_over = {name: _lay_over(session, name) for name in sorted(names)}
    try:
        for fact, (rows, _) in former.items():
            for name, column in PARTS[fact.noun].items():
                _put_back(session, laid_over[name], column, fact, rows.get(name, []))
        for booking, person in arrivals:
            table = laid_over["arrival"]
            session.execute(delete(table).where(table.c.booking_id == booking, table.c.person_id == person))
        session.expire_all()
        yield {fact: changed_at for fact, (_, changed_at) in former.items()}
    except BaseException:
        session.rollback()  # the copies go with the transaction
        raise
    for table in laid_over.values():
        session.execute(text(f"DROP TABLE {table.schema}.{table.name}"))
    session.expire_all()


def _changed_since(session: Session, moment: datetime) -> dict[Fact, Former]:
    """What was changed at a moment or later."""
    row = _former().c
    query = select(row.noun, row.key, row.person_id, row.until, row.rows).where(row.until >= moment, row.noun != BEGUN)
    former: dict[Fact, Former] = {}
    for noun, key, person, until, rows in session.execute(query.order_by(row.id)):
        fact = Fact(noun, key, person)
        former[fact] = former[fact]._replace(changed_at=until) if fact in former else Former(rows, until)
    return former


def _arrivals_since(session: Session, moment: datetime) -> list[tuple[str, str]]:
    """The sign-ins that count since a moment or later: booking and person."""
    row = Base.metadata.tables["arrival"].c
    query = select(row.booking_id, row.person_id).where(row.accepted_at >= moment)
    return [(booking, person) for booking, person in session.execute(query)]


def _lay_over(session: Session, name: str) -> Table:
    """A copy of a table that this connection finds in its place."""
    schema = "temp" if session.get_bind().dialect.name == "sqlite" else "pg_temp"
    # Dropping anything makes psycopg forget the statements it prepared, which would go on reading the table beneath.
    session.execute(text(f"DROP TABLE IF EXISTS {schema}.{name}"))
    session.execute(text(f"CREATE TEMPORARY TABLE {name} AS SELECT * FROM {name}"))  # noqa: S608 - a name of ours
    return Base.metadata.tables[name].to_metadata(MetaData(), schema=schema)


def _put_back(session: Session, table: Table, column: str, fact: Fact, rows: Iterable[Row]) -> None:
    """Let a copy say of a fact what was known of it."""
    gone = delete(table).where(table.c[column] == bindparam("which"))
    if fact.person:
        gone = gone.where(table.c.person_id == fact.person)
    session.execute(gone, {"which": fact.key})
    if back := [_typed(table, row) for row in rows]:
        session.execute(insert(table), back)


def _former() -> Table:
    return Base.metadata.tables["former_fact"]


# ── Rows as JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _plain(row: Row) -> dict[str, Any]:
    return {name: plain_value(value) for name, value in row.items()}


def plain_value(value: object) -> object:
    """A value of a row as JSON has it."""
    if isinstance(value, datetime):
        return int(value.timestamp())
    return value.isoformat() if isinstance(value, date) else value


def _typed(table: Table, row: Row) -> dict[str, Any]:
    """A row as the database takes it; a column that came later says what it says of old rows."""
    return {c.name: typed_value(c, row[c.name]) if c.name in row else _of_old(c) for c in table.columns}


def _of_old(column: Column[Any]) -> Any:
    default = getattr(column.default, "arg", None)
    return [] if isinstance(column.type, JSON) else None if callable(default) else default


def typed_value(column: Column[Any], value: Any) -> Any:
    """The same as the database takes it."""
    if value is None:
        return None
    if isinstance(column.type, MomentType):
        return datetime.fromtimestamp(value, UTC)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def _names(value: object, person: str) -> bool:
    """Whether an id stands anywhere in a document."""
    match value:
        case dict():
            return any(_names(part, person) for part in value.values())
        case list():
            return any(_names(part, person) for part in value)
        case _:
            return value == person
