"""A PostgreSQL server for the tests: the one that TEST_DATABASE_URL names, or a throw-away one of their own."""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.pool import NullPool

FOLDER = "TANXIN_TEST_CLUSTER"
"""Environment variable: where the throw-away server of this run lives, for all of its processes."""
SETTINGS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' -c max_connections=100"
)


class NoServer(Exception):
    """There is no PostgreSQL here."""


@contextmanager
def on_call() -> Iterator[None]:
    """Within, a throw-away server is started when it is asked for; the process that came first takes it away again."""
    if FOLDER in os.environ:
        yield
        return
    folder = Path(tempfile.mkdtemp(prefix="tanxin-pg-", dir=quick_place()))
    os.environ[FOLDER] = str(folder)
    try:
        yield
    finally:
        _stop(folder)
        del os.environ[FOLDER]
        server.cache_clear()


@cache
def server() -> URL:
    """The address of a server on which databases can be made; it is started by whoever asks first."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return make_url(given).set(drivername="postgresql+psycopg")
    folder = Path(os.environ[FOLDER])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "data" / "postmaster.pid").exists():
            _start(folder)
    return URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(folder)})


def make_database(name: str, template: str | None = None) -> URL:
    """A new database, empty or a copy of another to which nobody is connected."""
    on_server(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"{_quickly()}' if template else ""))
    return server().set(database=name)


def drop_database(name: str) -> None:
    on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def on_server(statement: str) -> None:
    """Say something to the server itself."""
    engine = create_engine(server(), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))


@cache
def _quickly() -> str:
    """How a small database is copied in half the time, where the server knows it."""
    engine = create_engine(server(), poolclass=NullPool)
    with engine.connect() as connection:
        version: int = connection.execute(text("SELECT current_setting('server_version_num')::int")).scalar_one()
    return " STRATEGY FILE_COPY" if version >= 150_000 else ""


def _start(folder: Path) -> None:
    data = folder / "data"
    if os.geteuid() == 0:
        shutil.chown(folder, _user())
    _run(folder, "initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"{SETTINGS} -k {folder}"
    _run(folder, "pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "-o", options, "start")


def _stop(folder: Path) -> None:
    """Stop the throw-away server, if it was started, and take its folder away."""
    if (folder / "data" / "postmaster.pid").exists():
        _run(folder, "pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, program: str, *arguments: str) -> None:
    """Run one of the server's programs; as somebody else than root, whom they refuse."""
    command = [_find(program), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", _user(), "--", *command]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=folder)


def quick_place() -> str | None:
    """A folder in memory, where a database is copied ten times as quickly and nothing waits for a disk, if there is room."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 2_000_000_000 else None


def _user() -> str:
    """Whom a server may run as."""
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def _find(program: str) -> str:
    if found := shutil.which(program):
        return found
    for candidate in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True):
        return str(candidate)
    raise NoServer(f"{program} was not found: PostgreSQL is not installed, and TEST_DATABASE_URL names no server")
