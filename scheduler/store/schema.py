"""The schema of a database: made, brought up to date, compared with what this program needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.orm import Session

from scheduler.store import engine as engines
from scheduler.store import guards, writing

MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 7_268_401
"""Number of the PostgreSQL lock that those who change the schema take turns by."""


class SchemaError(RuntimeError):
    """The schema could not be brought into order; nothing was changed."""


def upgrade(database: Engine | URL | str, revision: str = "head") -> None:
    """Make the schema, or bring it up to a revision; all or nothing, and harmless when nothing is to be done."""
    with _changing(database) as connection:
        command.upgrade(_config(connection), revision)
        if revision == "head":
            _require_whole(connection)


def downgrade(database: Engine | URL | str, revision: str = "base") -> None:
    """Take the schema back to a revision; `base` is an empty database."""
    with _changing(database) as connection:
        command.downgrade(_config(connection), revision)


def head() -> str:
    """The revision that this program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current(connection: Connection) -> str | None:
    """The revision that a database has; None: it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def is_current(engine: Engine) -> bool:
    """Whether a database has the revision that this program needs."""
    with engine.connect() as connection:
        return current(connection) == head()


def _config(connection: Connection | None = None) -> Config:
    """What Alembic wants to know."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _changing(database: Engine | URL | str) -> Iterator[Connection]:
    """A connection to change the schema on: one at a time, and committed if all went well."""
    engine = database if isinstance(database, Engine) else engines.make(database)
    try:
        with engine.connect() as connection, Session(connection) as session:
            yield from _alone(connection, session)
    finally:
        if engine is not database:
            engine.dispose()


def _alone(connection: Connection, session: Session) -> Iterator[Connection]:
    """The same connection, while nobody else writes."""
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        # A table that is rebuilt is dropped for a moment, and must not take its children along.
        _set_foreign_keys(connection, "OFF")
    try:
        writing.begin(session)
        if not is_sqlite:
            session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})
        yield session.connection()
        session.commit()
    finally:
        session.rollback()
        if is_sqlite:
            _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: Connection, value: str) -> None:
    """Switch foreign keys on or off; SQLite takes that outside of transactions only."""
    connection.connection.cursor().execute(f"PRAGMA foreign_keys = {value}")


def _require_whole(connection: Connection) -> None:
    """Raise SchemaError if a guard is missing, or a row points nowhere."""
    if absent := guards.missing(connection):
        raise SchemaError(f"The schema lacks {', '.join(absent)}.")
    if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
        raise SchemaError("A row points to one that is not there.")
