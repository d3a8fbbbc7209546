"""What became of mail: how much waits, what was given up and why. No contents, no addresses."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import PersonId
from scheduler.store.mail import load as load_mail
from scheduler.store.mail.rows import MailMessageRow

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that was not taken yet, or was given up; in real time."""

    id: str
    person: PersonId
    made_at: datetime
    attempts: int
    why: str
    next_at: datetime | None
    """When it is tried again; None: it was given up."""


@dataclass(frozen=True, slots=True)
class MailStatus:
    """How many messages wait, were sent, were given up or became needless; and the latest that failed at least once."""

    waiting: int
    sent: int
    failed: int
    needless: int
    undelivered: tuple[Undelivered, ...]


def status(session: Session, actor: Actor, clock: Clock) -> MailStatus:
    """The state of the outbox."""
    del clock  # every verb is given one
    access.require(actor, Action.SEE_FEEDS)
    count = dict(load_mail.counts(session))
    row = MailMessageRow
    query = select(row).where(row.state.in_(("waiting", "failed")), row.why != "").order_by(row.made_at.desc(), row.id)
    undelivered = tuple(
        Undelivered(
            message.id,
            PersonId(message.person_id),
            message.made_at,
            message.attempts,
            message.why,
            message.due_at if message.state == "waiting" else None,
        )
        for message in session.scalars(query.limit(SHOWN))
    )
    waiting, sent, failed, needless = (count.get(state, 0) for state in ("waiting", "sent", "failed", "needless"))
    return MailStatus(waiting, sent, failed, needless, undelivered)
