"""The guards of the database itself: nobody and no room is ever in two places, whatever the code above does."""

import re

from sqlalchemy import Connection, Table, event, text

from scheduler.store.bookings.rows import AllocationRow

REFUSAL = "allocation_never_twice"
"""What the database says when somebody or some room would be in two places."""

_SQLITE = {
    # Rows that stand do not overlap, so among those that begin before the new one ends the last to begin is also the
    # last to end: it alone has to be looked at, by one step in the index.
    "allocation_never_twice_insert": """
        CREATE TRIGGER allocation_never_twice_insert BEFORE INSERT ON allocation
        WHEN (
            SELECT ends_at FROM allocation WHERE resource = NEW.resource AND starts_at < NEW.ends_at
            ORDER BY starts_at DESC LIMIT 1
        ) > NEW.starts_at
        BEGIN SELECT RAISE(ABORT, 'allocation_never_twice'); END""",
    "allocation_never_twice_update": """
        CREATE TRIGGER allocation_never_twice_update BEFORE UPDATE ON allocation
        WHEN (
            SELECT ends_at FROM allocation WHERE resource = NEW.resource AND starts_at < NEW.ends_at
                AND rowid <> OLD.rowid
            ORDER BY starts_at DESC LIMIT 1
        ) > NEW.starts_at
        BEGIN SELECT RAISE(ABORT, 'allocation_never_twice'); END""",
}
_POSTGRESQL = """
    ALTER TABLE allocation ADD CONSTRAINT allocation_never_twice
    EXCLUDE USING gist (resource WITH =, int8range(starts_at, ends_at, '[)') WITH &&)"""
_CHECKS = {
    "allocation": ("ck_allocation_ends_after_start", "ck_allocation_at_most_14_days"),
    "booking": ("ck_booking_ends_after_start", "ck_booking_at_most_14_days", "ck_booking_talk_has_no_title"),
}
_POSTGRESQL_HAS = text(
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE conrelid = to_regclass(:name) AND contype IN ('c', 'x') AND convalidated"
)


def create(connection: Connection) -> None:
    """Put up the guards that are not there; a migration that rebuilds a table calls it again afterwards."""
    for statement in _to_create(connection):
        connection.execute(text(statement))


def drop(connection: Connection) -> None:
    """Take the guards down; only for a migration back to nothing, and to show that they are what holds."""
    if connection.dialect.name == "sqlite":
        for name in _SQLITE:
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
    else:
        connection.execute(text(f"ALTER TABLE IF EXISTS allocation DROP CONSTRAINT IF EXISTS {REFUSAL}"))


def missing(connection: Connection) -> list[str]:
    """The names of the guards and checks that this database lacks; with any, the application must not start."""
    lacks = _missing_on_sqlite if connection.dialect.name == "sqlite" else _missing_on_postgresql
    return lacks(connection)


def _to_create(connection: Connection) -> list[str]:
    """The statements that put up what is missing."""
    absent = missing(connection)
    if connection.dialect.name == "sqlite":
        wrong = [f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE if name in absent]
        return wrong + [ddl for name, ddl in _SQLITE.items() if name in absent]
    return ["CREATE EXTENSION IF NOT EXISTS btree_gist", _POSTGRESQL] if REFUSAL in absent else []


def _missing_on_sqlite(connection: Connection) -> list[str]:
    """Triggers are compared by their text: one that was emptied is as bad as none."""
    rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'table')"))
    sql_of = {(kind, name): _plain(sql) for kind, name, sql in rows}
    triggers = [name for name, ddl in _SQLITE.items() if sql_of.get(("trigger", name)) != _plain(ddl)]
    return triggers + [
        check for table, checks in _CHECKS.items() for check in checks if check not in sql_of.get(("table", table), "")
    ]


def _missing_on_postgresql(connection: Connection) -> list[str]:
    """Constraints that are there and valid."""
    rows = [row for table in _CHECKS for row in connection.execute(_POSTGRESQL_HAS, {"name": table})]
    has = {name: definition for name, definition in rows}  # noqa: C416 - rows are no pairs for the types
    excludes = "EXCLUDE USING gist" in has.get(REFUSAL, "")
    checks = [check for names in _CHECKS.values() for check in names if check not in has]
    return checks if excludes else [REFUSAL, *checks]


def _plain(sql: str | None) -> str:
    """A statement without its line breaks and indents."""
    return re.sub(r"\s+", " ", sql or "").strip()


def _after_create(_: Table, connection: Connection, **__: object) -> None:
    """A table made without migrations, as in a sketch, is guarded as well."""
    create(connection)


event.listen(AllocationRow.__table__, "after_create", _after_create)
