"""The database itself: made or brought up to date, and opened for those who have no web application around them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from scheduler.core.ground.errors import NotReady
from scheduler.store import engine as engines

__all__ = ["Session", "opened", "reason", "upgrade"]

REVISION = text("SELECT version_num FROM alembic_version")


def upgrade(address: str) -> None:
    """Make the tables and their guards, or bring them up to date; harmless when nothing is to be done."""
    from scheduler.store import schema  # Alembic is slow to import, and only this needs it

    engine = engines.make(address)
    if engine.dialect.name == "sqlite" and engine.url.database and engine.url.database != ":memory:":
        _make_folder(Path(engine.url.database).parent)
    try:
        schema.upgrade(engine)
    except OperationalError as error:
        raise NotReady("unreachable", reason(error)) from error
    finally:
        engine.dispose()


@contextmanager
def opened(address: str) -> Iterator[Session]:
    """A session on a database that has its schema; NotReady if it has none, or cannot be reached."""
    engine = engines.make(address)
    try:
        _require_schema(engine)
        with Session(engine, expire_on_commit=False) as session:
            try:
                yield session
            except (OperationalError, ProgrammingError) as error:
                if _names_something_missing(error):
                    raise NotReady("old_schema", reason(error)) from error
                if isinstance(error, ProgrammingError):
                    raise
                raise NotReady("unreachable", reason(error)) from error
    finally:
        engine.dispose()


def reason(error: DBAPIError) -> str:
    """The first line of what the driver said; it names no password."""
    return str(error.orig).strip().partition("\n")[0]


def _require_schema(engine: Engine) -> None:
    """Raise NotReady unless the tables were made."""
    file = engine.url.database or ""
    is_file = engine.dialect.name == "sqlite" and file != ":memory:"
    if is_file and not Path(file).exists():
        raise NotReady("no_schema")  # looking would make an empty file
    try:
        with engine.connect() as connection:
            connection.execute(REVISION).one()
    except (OperationalError, ProgrammingError) as error:
        raise NotReady("no_schema" if _names_something_missing(error) else "unreachable", reason(error)) from error
    except DBAPIError as error:  # a file that is no database
        raise NotReady("unreachable", reason(error)) from error


def _names_something_missing(error: DBAPIError) -> bool:
    """Whether the database lacks a table or a column."""
    code = getattr(error.orig, "sqlstate", None)
    return code in ("42P01", "42703") or str(error.orig).startswith(("no such table", "no such column"))


def _make_folder(folder: Path) -> None:
    """The folder of the database file; only its owner may look into it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NotReady("unreachable", f"{folder}: {os.strerror(error.errno or 0)}") from error
