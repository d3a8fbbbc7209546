"""When the database cannot be asked: which errors mean that, what is said, and how it is logged."""

import logging
import time

from flask import g, has_app_context
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from scheduler.core.ground.access import NOBODY
from scheduler.extensions import login

LOG_EVERY = 60.0
"""Seconds between two lines in the log that say the same, however many ask meanwhile."""
_BUGS = (DataError, IntegrityError, ProgrammingError)
"""What the database says when it is there, and we asked for something wrong."""
_NO_ROOM = ("database or disk is full", "disk full", "No space left on device")

log = logging.getLogger("scheduler.database")
_logged: dict[str, float] = {}


def is_away(error: BaseException | None) -> bool:
    """Whether an error says that the database cannot be asked, or keeps nothing more."""
    return isinstance(error, DBAPIError) and not isinstance(error, _BUGS)


def is_full(error: BaseException | None) -> bool:
    """Whether the disk is full."""
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", "")
    return code in ("53100", "SQLITE_FULL") or any(words in str(error.orig) for words in _NO_ROOM)


def do_without() -> None:
    """From here on, this request asks the database for nothing more: the answer is made of what is in the house."""
    g.without_database = True
    g.actor = NOBODY
    g._login_user = login.anonymous_user()  # noqa: SLF001 - where Flask-Login keeps it


def is_done_without() -> bool:
    """Whether this request does without the database."""
    return has_app_context() and bool(g.get("without_database"))


def note(error: DBAPIError) -> None:
    """One line in the log for a kind of trouble, once a minute."""
    kind = "the disk is full" if is_full(error) else "the database cannot be asked"
    now = time.monotonic()
    if kind not in _logged or now - _logged[kind] >= LOG_EVERY:
        _logged[kind] = now
        log.error("%s: %s", kind, str(error.orig).strip().partition("\n")[0])
