"""The one way to write: take the lock, then read the facts, then decide, then save, then commit."""

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session, SessionTransaction, configure_mappers

from scheduler.core.ground.errors import Busy
from scheduler.store.engine import BUSY_SECONDS, WRITES
from scheduler.store.guards import REFUSAL
from scheduler.store.operations import turns

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 5
_LOCK = "tanxin_lock"
"""Where a session keeps its place at the head of the queue: a descriptor, or None on PostgreSQL."""
_TRY_AGAIN = {"40P01", "40001"}
"""PostgreSQL: a deadlock was broken; the transaction could not be serialised."""
_TOOK_TOO_LONG = {"55P03", "57014", "57P01", "57P02", "57P03"}
"""PostgreSQL: the lock was not had in time; the statement was ended; the server goes down or comes up."""


def begin(session: Session) -> None:
    """Begin a transaction that is going to write, before any fact is read; inside such a transaction, nothing.

    SQLite: writers take turns in the order in which they came (SQLite's own lock lets some wait for many seconds) and
    then begin with BEGIN IMMEDIATE. PostgreSQL: a plain transaction; its guards and row locks do the rest. What was only read before is
    let go, because it may be old. Raises Busy when the lock is not had in time.
    """
    if _writes(session):
        return
    if session.in_transaction():
        if session.new or session.dirty or session.deleted:
            raise RuntimeError("Something was changed before writing.begin(session).")
        session.rollback()
    configure_mappers()  # once in a process, and not while others wait: it takes as long as several bookings
    session.info[_LOCK] = _queue(session.get_bind())
    try:
        session.connection(execution_options={WRITES: True})
    except DBAPIError as error:
        session.rollback()
        if _is_busy(error):
            raise Busy from error
        raise


def retrying(session: Session, verb: Callable[[], T]) -> T:
    """Run a whole verb, from its `begin` to its commit, and again when somebody got in between, five times at most.

    That is when the database broke a deadlock, or its guard refused what our own check had let pass a moment before:
    the second time the check sees why. Whatever goes wrong, nothing of it stays. Raises Busy when it is of no use to
    try on now.
    """
    for _ in range(ATTEMPTS):
        try:
            return verb()
        except DBAPIError as error:
            session.rollback()
            if _is_busy(error):
                raise Busy from error
            if not (_code(error) in _TRY_AGAIN or is_double_booking(error)):
                raise
        except BaseException:
            session.rollback()
            raise
    raise Busy


def verb(function: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
    """A function that is one whole verb, run as `retrying` does: what was written since its `begin` is committed at its end."""

    @wraps(function)
    def whole(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> T:
        def run() -> T:
            result = function(session, *args, **kwargs)
            if _writes(session):
                session.commit()
            return result

        return retrying(session, run)

    return whole


def _writes(session: Session) -> bool:
    """Whether a transaction has begun that is going to write."""
    return session.in_transaction() and bool(session.connection().get_execution_options().get(WRITES))


def is_double_booking(error: DBAPIError) -> bool:
    """Whether the database refused because somebody or some room would have been in two places."""
    return isinstance(error, IntegrityError) and REFUSAL in str(error.orig)


def _code(error: DBAPIError) -> str:
    """PostgreSQL's code of an error; empty on SQLite."""
    return str(getattr(error.orig, "sqlstate", None) or "")


def _is_busy(error: DBAPIError) -> bool:
    """Whether somebody else has what we want, or the database is away for a while."""
    if _code(error) in _TOOK_TOO_LONG or error.connection_invalidated:
        return True
    return getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _queue(bind: Engine | Connection) -> int | None:
    """Wait for our turn to write to an SQLite file; the descriptor holds the lock. None: there is nothing to queue at."""
    path = bind.engine.url.database
    if bind.dialect.name != "sqlite" or not path or path == ":memory:" or path.startswith("file:"):
        return None
    return turns.take(Path(f"{path}.lock"), BUSY_SECONDS)


@event.listens_for(Session, "after_transaction_end")
def _let_go(session: Session, transaction: SessionTransaction) -> None:
    """Let the next writer in when a writing transaction is over, however it ended."""
    if transaction.parent is None and (lock := session.info.pop(_LOCK, None)) is not None:
        os.close(lock)
