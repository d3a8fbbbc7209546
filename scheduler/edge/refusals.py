"""How a no is told: its status, its sentence, and when to ask again."""

from dataclasses import dataclass

from flask import Response
from limits.errors import StorageError
from sqlalchemy.exc import DatabaseError, DataError, InterfaceError
from werkzeug.exceptions import HTTPException

from scheduler import wording
from scheduler.core.ground.errors import Busy, Malformed, NotAllowed, NotFound, Outdated, Refused
from scheduler.edge.database import is_away, is_full
from scheduler.edge.languages import lang
from scheduler.edge.limits import TooMany
from scheduler.edge.policies import NotSignedIn
from scheduler.wording.errors import WHOSE
from scheduler.wording.statuses import away_text, status_text

SAID_NO: tuple[type[Exception], ...] = (
    Malformed, NotFound, NotAllowed, Refused, Outdated, Busy, TooMany, DatabaseError, InterfaceError, StorageError
)  # fmt: skip
"""What every door translates; anything else is a bug and loud."""


AWAY = 5
"""Seconds after which to ask a database again that is away."""


@dataclass(frozen=True, slots=True)
class No:
    """A no in the words of HTTP: the status, a sentence for people, and when to come back if that helps."""

    status: int
    sentence: str
    headers: tuple[tuple[str, str], ...] = ()


def no_of(error: Exception) -> No:
    """How a no is told, whatever door it was asked at."""
    status = status_of(error)
    says_whose = isinstance(error, NotAllowed) and error.action in WHOSE
    spoken = says_whose or isinstance(error, (Malformed, NotFound, Refused, Outdated, Busy))
    sentence = wording.error(error, lang()) if spoken else status_text(status, lang())
    if is_away(error):
        sentence = away_text(lang(), is_full=is_full(error))
    headers = tuple(error.get_headers()) if isinstance(error, HTTPException) else ()
    kept = tuple((name, value) for name, value in headers if name in ("Allow", "Retry-After"))
    wait = retry_after(error)
    return No(status, sentence, (*kept, ("Retry-After", str(wait))) if wait is not None else kept)


_STATUSES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], int], ...] = (
    (NotSignedIn, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    ((Refused, Outdated), 409),
    ((Malformed, DataError), 422),
    (TooMany, 429),
    ((Busy, StorageError), 503),
)


def status_of(error: Exception) -> int:
    """The HTTP status of a no."""
    if isinstance(error, HTTPException):
        return error.code or 500
    if is_away(error):
        return 503
    return next((status for kinds, status in _STATUSES if isinstance(error, kinds)), 500)


def retry_after(error: Exception) -> int | None:
    """Seconds after which to ask again, when that is what helps."""
    match error:
        case TooMany() | Busy():
            return error.retry_after
        case StorageError():
            return 5
        case _:
            return AWAY if is_away(error) else None


def with_retry(response: Response, error: Exception) -> Response:
    """The answer, saying when to come back if that helps."""
    if (seconds := retry_after(error)) is not None:
        response.headers["Retry-After"] = str(seconds)
    return response
