"""Copies of the whole database: made while others work, put back as a whole, and looked through before anybody relies on them."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from scheduler.store import engine as engines
from scheduler.store import guards, schema

POSTGRESQL_MAGIC, SQLITE_MAGIC = b"PGDMP", b"SQLite format 3\0"
"""How a copy of each kind begins."""
_DUMPED = ("--format=custom", "--no-owner")
_RESTORED = ("--no-owner", "--single-transaction", "--exit-on-error")
_OVERLAPS = text(
    """
    SELECT DISTINCT resource FROM (
        SELECT resource, starts_at, MAX(ends_at) OVER (
            PARTITION BY resource ORDER BY starts_at, ends_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS taken_until FROM allocation
    ) AS rows_before WHERE taken_until > starts_at ORDER BY resource LIMIT 5"""
)


class CopyFailed(RuntimeError):
    """A copy could not be made or put back; `kind` says why, `detail` what the tool said."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind, self.detail = kind, detail


def write(database: URL, path: Path) -> None:
    """Write the whole database into a new file that only its owner may read, as of one moment, while others go on writing.

    SQLite: its own backup; PostgreSQL: `pg_dump`. Raises CopyFailed, and leaves no half file behind.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        if database.get_backend_name() == "sqlite":
            _copy_sqlite(Path(str(database.database)), draft)
        else:
            _run("pg_dump", database, *_DUMPED, f"--file={draft}")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def take_over(database: URL, tried: Engine) -> None:
    """Let what was tried take the place of everything, in one step: whoever reads meanwhile sees all of the one or all of the other.

    Raises CopyFailed, and then nothing is changed.
    """
    tried.dispose()
    if database.get_backend_name() == "sqlite":
        _copy_sqlite(Path(str(tried.url.database)), Path(str(database.database)))
        return
    with TemporaryDirectory() as folder:
        dump = Path(folder) / "dump"
        _run("pg_dump", tried.url, *_DUMPED, f"--file={dump}")
        _run("pg_restore", database, "--clean", "--if-exists", *_RESTORED, str(dump))


def kind_of(path: Path) -> str:
    """Of which kind of database a file is a copy: `sqlite`, `postgresql`, or nothing. Raises OSError."""
    with path.open("rb") as file:
        begin = file.read(len(SQLITE_MAGIC))
    kinds = {"sqlite": SQLITE_MAGIC, "postgresql": POSTGRESQL_MAGIC}
    return next((kind for kind, magic in kinds.items() if begin.startswith(magic)), "")


@contextmanager
def tried(database: URL, path: Path) -> Iterator[Engine]:
    """A database of its own that holds the copy, brought up to the schema of this program; it is gone afterwards.

    SQLite: a file; PostgreSQL: a database on the same server, which the role must be allowed to make. Raises CopyFailed.
    """
    with _place_of_its_own(database) as trial:
        if trial.get_backend_name() == "sqlite":
            _copy_sqlite(path, Path(str(trial.database)))
        else:
            _run("pg_restore", trial, *_RESTORED, str(path))
        engine = engines.make(trial)
        try:
            schema.upgrade(engine)
            yield engine
        except (DBAPIError, CommandError, schema.SchemaError) as error:
            raise CopyFailed("damaged", str(error).partition("\n")[0]) from error
        finally:
            engine.dispose()


@contextmanager
def _place_of_its_own(database: URL) -> Iterator[URL]:
    """Where a copy can be tried without touching anything."""
    if database.get_backend_name() == "sqlite":
        with TemporaryDirectory(dir=Path(str(database.database)).parent) as folder:
            yield URL.create("sqlite", database=f"{folder}/tried.sqlite")
        return
    trial = database.set(database=f"{database.database}_tried_{os.getpid()}")
    _on_server(database, f'CREATE DATABASE "{trial.database}"')
    try:
        yield trial
    finally:
        _on_server(database, f'DROP DATABASE IF EXISTS "{trial.database}"')


def damages(connection: Connection) -> tuple[str, ...]:
    """What is wrong inside a database: damaged pages, rows that point nowhere, missing guards, somebody in two places at once."""
    wrong = []
    if connection.dialect.name == "sqlite":
        integrity = connection.execute(text("PRAGMA integrity_check(5)")).scalars().all()
        wrong += [line for line in integrity if line != "ok"]
        wrong += [f"foreign key: {row[0]}" for row in connection.execute(text("PRAGMA foreign_key_check")).fetchmany(5)]
    wrong += [f"guard: {name}" for name in guards.missing(connection)]
    wrong += [f"overlap: {resource}" for resource in connection.execute(_OVERLAPS).scalars()]
    return tuple(wrong)


def is_empty(engine: Engine) -> bool:
    """Whether a database holds nothing that could be lost: no tables, or an organisation that nobody set up."""
    if not inspect(engine).has_table("booking"):
        return True
    with engine.connect() as connection:
        return not any(
            connection.execute(text(f"SELECT 1 FROM {table} LIMIT 1")).first()  # noqa: S608 - our own names
            for table in ("booking", "person", "journal")
        )


def _copy_sqlite(source: Path, target: Path) -> None:
    """All pages of one file into another, under the locks of both."""
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as read,
            closing(sqlite3.connect(target, timeout=engines.BUSY_SECONDS)) as written,
        ):
            read.backup(written)
    except sqlite3.Error as error:
        raise CopyFailed("failed", str(error)) from error


def _run(program: str, database: URL, *words: str) -> None:
    """Run one of PostgreSQL's own programs; the password goes by the environment, where no list of processes shows it."""
    plain = database.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environ = dict(os.environ) | ({"PGPASSWORD": str(database.password)} if database.password else {})
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            [program, f"--dbname={plain}", *words], env=environ, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise CopyFailed("no_program", program) from None
    if done.returncode:
        raise CopyFailed("failed", done.stderr.strip().partition("\n")[0])


def _on_server(database: URL, statement: str) -> None:
    """Do something that no transaction may hold."""
    engine = engines.make(database)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(statement)
    except DBAPIError as error:
        raise CopyFailed("failed", str(error.orig).partition("\n")[0]) from error
    finally:
        engine.dispose()
