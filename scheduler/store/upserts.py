"""Inserts that can say what to do when the row is there already, in the words that both databases share."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Table
from sqlalchemy.orm import Session

from scheduler.store.base import Base

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")

MANY = 5000
"""Rows in one statement; with up to six columns this stays below what either database takes."""


def upsert(session: Session, row: type[Base]) -> "sqlite.Insert | postgresql.Insert":
    """An insert into a row's table, to which `on_conflict_do_update` can be said."""
    table = table_of(row)
    if session.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite  # each only where it is wanted: PostgreSQL's takes a tenth of a second

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def table_of(row: type[Base]) -> Table:
    """The table beneath a row, for statements that go past the objects."""
    assert isinstance(row.__table__, Table)  # noqa: S101 - tells the types; every row of ours has a table
    return row.__table__


def portions(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Rows, or ids, in portions that fit into one statement."""
    return (rows[start : start + MANY] for start in range(0, len(rows), MANY))
