"""Forms that are sent twice, by a double click or a reload: the second goes where the first led, and nothing is done again."""

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.core.ground.access import Actor
from scheduler.core.ground.clock import Clock
from scheduler.services.ground import idempotency, journal, secrets
from scheduler.store import writing
from scheduler.store.accounts.rows import IdempotencyRow
from scheduler.store.upserts import upsert

UNDER_WAY = 0
"""The status of a form that is being dealt with; what it led to is not known yet."""
MAX_WORK = timedelta(seconds=30)
"""After that, whoever dealt with it has died."""
MAX_TOKEN_LENGTH = 64


def claim(session: Session, actor: Actor, form: str, clock: Clock) -> bool:
    """Take a form on, unless that was done before; `form` is everything that was sent, its token included."""
    writing.begin(session)
    key, who = _key(form), journal.name_of(actor)
    session.execute(
        delete(IdempotencyRow).where(
            IdempotencyRow.account == who,
            IdempotencyRow.key == key,
            IdempotencyRow.at <= clock.real - idempotency.KEPT,
        )
    )
    abandoned = clock.real - MAX_WORK
    session.execute(
        delete(IdempotencyRow).where(
            IdempotencyRow.account == who,
            IdempotencyRow.key == key,
            IdempotencyRow.status == UNDER_WAY,
            IdempotencyRow.at <= abandoned,
        )
    )
    row = {"account": who, "key": key, "request_hash": key, "status": UNDER_WAY, "answer": {}, "at": clock.real}
    made = upsert(session, IdempotencyRow).values(row).on_conflict_do_nothing().returning(IdempotencyRow.key)
    is_ours = session.execute(made).first() is not None
    session.commit()
    return is_ours


def led_to(session: Session, actor: Actor, form: str) -> str | None:
    """Where a form led that was taken on before; empty while it is under way; None if it is not known (any more)."""
    session.rollback()
    row = session.get(IdempotencyRow, (journal.name_of(actor), _key(form)), populate_existing=True)
    return None if row is None else str(row.answer.get("location", ""))


def settle(session: Session, actor: Actor, form: str, location: str, clock: Clock) -> None:
    """Keep where a form led; with no location nothing was done, and it may be sent again."""
    writing.begin(session)
    row = session.get(IdempotencyRow, (journal.name_of(actor), _key(form)), populate_existing=True)
    if row is not None and location:
        row.status, row.answer, row.at = 303, {"location": location}, clock.real
    elif row is not None:
        session.delete(row)
    session.commit()


def _key(form: str) -> str:
    """What a form is known by."""
    return f"form {secrets.digest(form)}"
