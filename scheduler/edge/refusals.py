"""How a no is told: its status, its sentence, and when to ask again."""

from dataclasses import dataclass

from flask import Response
from limits.errors import StorageError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from scheduler import wording
from scheduler.core.ground.errors import Busy, Malformed, NotAllowed, NotFound, Outdated, Refused
from scheduler.edge.languages import lang
from scheduler.edge.limits import TooMany
from scheduler.edge.policies import NotSignedIn
from scheduler.wording.statuses import status_text

SAID_NO: tuple[type[Exception], ...] = (
    Malformed, NotFound, NotAllowed, Refused, Outdated, Busy, TooMany, OperationalError, DataError, StorageError
)  # fmt: skip
"""What every door translates; anything else is a bug and loud."""


@dataclass(frozen=True, slots=True)
class No:
    """A no in the words of HTTP: the status, a sentence for people, and when to come back if that helps."""

    status: int
    sentence: str
    headers: tuple[tuple[str, str], ...] = ()


def no_of(error: Exception) -> No:
    """How a no is told, whatever door it was asked at."""
    status = status_of(error)
    spoken = isinstance(error, (Malformed, NotFound, Refused, Outdated, Busy))
    sentence = wording.error(error, lang()) if spoken else status_text(status, lang())
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
    ((Busy, OperationalError, StorageError), 503),
)


def status_of(error: Exception) -> int:
    """The HTTP status of a no."""
    if isinstance(error, HTTPException):
        return error.code or 500
    return next((status for kinds, status in _STATUSES if isinstance(error, kinds)), 500)


def retry_after(error: Exception) -> int | None:
    """Seconds after which to ask again, when that is what helps."""
    match error:
        case TooMany() | Busy():
            return error.retry_after
        case OperationalError() | StorageError():
            return 5
        case _:
            return None


def with_retry(response: Response, error: Exception) -> Response:
    """The answer, saying when to come back if that helps."""
    if (seconds := retry_after(error)) is not None:
        response.headers["Retry-After"] = str(seconds)
    return response
