"""The outbox: messages are leased, sent, and marked; whoever does this may be killed at any moment.

A message is lost never, and sent twice only when we were killed after it was taken and before that was noted: then with
the same Message-ID.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.mail.letters import PageNews
from scheduler.core.mail.times import wait_after
from scheduler.services.ground import journal
from scheduler.store import writing
from scheduler.store.mail import save as save_mail
from scheduler.store.mail.rows import MailMessageRow

LEASE = timedelta(minutes=5)
"""After so long whoever took a message is taken for dead; longer than sending may take."""


@dataclass(frozen=True, slots=True)
class Leased:
    """A message that is ours to send, until the lease ends."""

    id: str
    person: PersonId
    reminds_of: BookingId | None
    attempts: int
    """This one included."""
    lease: str
    page: tuple[PageNews, datetime] | None = None
    """What befell the person's subscription page, and when."""


@writing.verb
def lease(session: Session, clock: Clock) -> Leased | None:
    """Take the message that has been due longest, if there is one that nobody is sending."""
    writing.begin(session)
    row = MailMessageRow
    is_free = or_(row.leased_until.is_(None), row.leased_until <= clock.real)
    query = select(row).where(row.state == "waiting", row.due_at <= clock.real, is_free)
    message = session.scalars(
        query.order_by(row.due_at, row.id).limit(1).with_for_update(skip_locked=True)
    ).one_or_none()
    if message is None:
        session.rollback()
        return None
    message.attempts += 1
    message.lease, message.leased_until = str(uuid4()), clock.real + LEASE
    page_news = save_mail.page_news(message.key)
    return Leased(
        message.id,
        PersonId(message.person_id),
        BookingId(message.booking_id) if message.booking_id else None,
        message.attempts,
        message.lease,
        (page_news, message.made_at) if page_news else None,
    )


def sent(session: Session, message: Leased, clock: Clock) -> None:
    """Note that a message was taken by the server."""
    _close(session, message, "sent", "", clock)


def needless(session: Session, message: Leased, clock: Clock) -> None:
    """Note that there is nothing to say any more: what was changed was changed back, or somebody has no address now."""
    _close(session, message, "needless", "", clock)


def failed(session: Session, message: Leased, why: str, clock: Clock, *, is_permanent: bool) -> None:
    """Note that a message was not taken: it is tried again after a while, or given up with a line in the journal."""
    wait = None if is_permanent else wait_after(message.attempts)
    if wait is None:
        _close(session, message, "failed", why, clock)
        return
    later: dict[str, object] = {"due_at": clock.real + wait, "leased_until": None, "lease": "", "why": why}
    _write(session, message, later, clock)


def _close(session: Session, message: Leased, state: str, why: str, clock: Clock) -> None:
    """Write how a message ended."""
    _write(session, message, {"state": state, "closed_at": clock.real, "why": why, "leased_until": None}, clock)


@writing.verb
def _write(session: Session, message: Leased, values: dict[str, object], clock: Clock) -> None:
    """Write what became of a message, if it is still ours."""
    writing.begin(session)
    row = MailMessageRow
    mine = (row.id == message.id, row.lease == message.lease, row.state == "waiting")
    written = session.execute(update(row).where(*mine).values(values).returning(row.id)).all()
    if written and values.get("state") == "failed":
        why = str(values["why"])
        journal.note(session, OPERATOR, "given_up", "mail", message.id, clock, why=why, attempts=message.attempts)
