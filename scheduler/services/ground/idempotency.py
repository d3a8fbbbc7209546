"""Requests that are sent twice because an answer got lost: the second gets the answer of the first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.core.ground.access import Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.services.ground import journal, secrets
from scheduler.store import writing
from scheduler.store.accounts.rows import IdempotencyRow

KEPT = timedelta(hours=24)
MAX_KEY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was given: the HTTP status and the document."""

    status: int
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeyedRequest:
    """A request that its sender can tell from others: by whom, under which key, and what it asks."""

    key: str
    request: str
    """All of the request; only its digest is kept."""


Keeper = Callable[[KeptAnswer], None]
"""Keeps an answer within the transaction that made it true."""


def once(
    session: Session, actor: Actor, request: KeyedRequest, clock: Clock, verb: Callable[[Keeper], KeptAnswer]
) -> KeptAnswer:
    """Do a thing once: the kept answer if there is one, else whatever `verb` answers.

    `verb` is handed a function with which it keeps its answer in its own transaction; a no is never kept. Raises
    Malformed when the key was used for another request.
    """
    writing.begin(session)
    if kept := _find(session, actor, request, clock):
        session.rollback()
        return kept
    try:
        return verb(lambda answer: _keep(session, actor, request, answer, clock))
    except (Refused, IntegrityError):
        # The same request may have been under way at the same moment; then its booking is what refused this one.
        session.rollback()
        if kept := _find(session, actor, request, clock):
            return kept
        raise


def purge(session: Session, clock: Clock) -> None:
    """Forget answers that are too old to be asked for again."""
    writing.begin(session)
    session.execute(delete(IdempotencyRow).where(IdempotencyRow.at <= clock.real - KEPT))
    session.commit()


def _find(session: Session, actor: Actor, request: KeyedRequest, clock: Clock) -> KeptAnswer | None:
    """The answer kept under a key."""
    row = session.get(IdempotencyRow, (journal.name_of(actor), request.key))
    if row is None or row.at <= clock.real - KEPT:
        return None
    if row.request_hash != secrets.digest(request.request):
        raise Malformed("key_reused", "Idempotency-Key")
    return KeptAnswer(row.status, row.answer)


def _keep(session: Session, actor: Actor, request: KeyedRequest, answer: KeptAnswer, clock: Clock) -> None:
    """Keep an answer; one that has expired gives way."""
    session.merge(
        IdempotencyRow(
            account=journal.name_of(actor),
            key=request.key,
            request_hash=secrets.digest(request.request),
            status=answer.status,
            answer=dict(answer.document),
            at=clock.real,
        )
    )
    session.flush()
