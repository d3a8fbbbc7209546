"""How we speak with the two databases: the settings that every connection gets."""

from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 15
"""How long a writer waits for another before it is told to try again."""
WRITES = "tanxin_writes"
"""Execution option of a connection whose transaction is going to write."""
_IS_CONFIGURED = "tanxin_is_configured"

_DRIVERS = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
_SQLITE_SETTINGS = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # with NORMAL, a power cut takes acknowledged bookings away
    "PRAGMA foreign_keys = ON",
)
_POSTGRESQL_SETTINGS = (
    f"SET lock_timeout = '{BUSY_SECONDS}s'",
    "SET idle_in_transaction_session_timeout = '10min'",
)


def url_of(text: str | URL) -> URL:
    """The address of a database, with the driver that we ship."""
    url = make_url(text)
    return url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))


def make(address: str | URL) -> Engine:
    """An engine for a database, ready to use."""
    engine = create_engine(url_of(address), pool_pre_ping=url_of(address).get_backend_name() == "postgresql")
    configure(engine)
    return engine


def configure(engine: Engine) -> None:
    """Give every connection of an engine our settings; before its first connection, and harmless when done twice.

    SQLite: readers never wait (WAL), a commit is on the disk when it is acknowledged, foreign keys hold, and
    transactions begin where we say so: Python's own habit begins none before a SELECT, and then eight bookers who look
    at one free room get eight bookings.
    """
    if getattr(engine, _IS_CONFIGURED, False):
        return
    setattr(engine, _IS_CONFIGURED, True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _set_up_postgresql)


def _set_up_sqlite(connection: "DBAPIConnection", _: "ConnectionPoolEntry") -> None:
    """Our settings, and no transactions of Python's own making."""
    connection.isolation_level = None
    for setting in _SQLITE_SETTINGS:
        connection.cursor().execute(setting)


def _begin_sqlite(connection: Connection) -> None:
    """Begin for real; whoever is going to write takes the lock before reading any fact."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _set_up_postgresql(connection: "DBAPIConnection", _: "ConnectionPoolEntry") -> None:
    """Nobody waits for ever, and a forgotten transaction ends."""
    for setting in _POSTGRESQL_SETTINGS:
        connection.cursor().execute(setting)
    connection.commit()
