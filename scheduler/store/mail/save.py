"""News in, rows out: what is to be mailed is written in the transaction of the change itself."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import PersonId
from scheduler.core.mail.letters import PageNews
from scheduler.core.mail.news import News, news
from scheduler.store.mail import load
from scheduler.store.mail.rows import MailMessageRow, MailNewsRow
from scheduler.store.upserts import portions, upsert

_QUEUEING = "tanxin_mail"
"""Where a session keeps that mail is sent at all."""
_PAGE = "page:"
"""What the key of a message begins with that tells of a subscription page."""


@dataclass(frozen=True, slots=True)
class Queueing:
    """How what a session changes is queued."""

    bundle: timedelta
    """How long changes by hand are gathered into one message."""
    release: str = ""
    """The release of which everybody gets one message."""


def queue(session: Session, bundle: timedelta | None) -> None:
    """Let a session queue mail for what it changes; None: it queues none, as every session does unless it is told."""
    if bundle is None:
        session.info.pop(_QUEUEING, None)
    else:
        session.info[_QUEUEING] = Queueing(bundle)


@contextmanager
def one_release(session: Session, name: str) -> Iterator[None]:
    """Let everything that changes meanwhile be told to each person in one message."""
    before = session.info.get(_QUEUEING)
    if before:
        session.info[_QUEUEING] = replace(before, release=name)
    try:
        yield
    finally:
        if before:
            session.info[_QUEUEING] = before


def tell(session: Session, changes: Iterable[tuple[Booking | None, Booking]], clock: Clock) -> None:
    """Queue what people have to be told of changes to bookings, for those who get mail."""
    queueing: Queueing | None = session.info.get(_QUEUEING)
    if queueing is None:
        return
    all_news = [piece for old, new in changes for piece in news(old, new, clock.now)]
    readers = load.readers(session, {piece.person for piece in all_news}, clock)
    told = [piece for piece in all_news if piece.person in readers]
    if told:
        messages = _messages(session, sorted({piece.person for piece in told}), queueing, clock)
        _write(session, told, messages)


def tell_of_pages(session: Session, people: Collection[PersonId], news: PageNews, clock: Clock) -> None:
    """Queue what befell the subscription pages of these people, for all whose address is known: whoever has only a feed, too.

    That a page of theirs is in other hands is not learnt from a feed.
    """
    if session.info.get(_QUEUEING) is None:
        return
    moment = int(clock.real.timestamp())
    reached = load.reachable(session, people)
    add_messages(session, [_message(person, f"{_PAGE}{news}:{moment}:{person}", clock) for person in reached])


def page_news(key: str) -> PageNews | None:
    """What befell a page, if a message with this key tells of that."""
    return PageNews(key.split(":")[1]) if key.startswith(_PAGE) else None


def _messages(session: Session, people: Sequence[PersonId], queueing: Queueing, clock: Clock) -> dict[PersonId, str]:
    """The message in which each is told: of this release, or one that waits, or a new one."""
    if queueing.release:
        keys = {f"release:{queueing.release}:{person}": person for person in people}
        add_messages(session, [_message(person, key, clock) for key, person in keys.items()])
        row = MailMessageRow
        query = select(row.person_id, row.id).where(row.key.in_(keys))
        return {PersonId(person): message for person, message in session.execute(query)}
    waiting = load.gathering(session, people)
    new = {person: str(uuid4()) for person in people if person not in waiting}
    due = {"due_at": clock.real + queueing.bundle}
    add_messages(session, [_message(person, name, clock) | {"id": name} | due for person, name in new.items()])
    return waiting | new


def _message(person: PersonId, key: str, clock: Clock) -> dict[str, object]:
    """A message that waits from now on."""
    return {
        "id": str(uuid4()), "key": key, "person_id": person, "booking_id": None, "state": "waiting",
        "made_at": clock.real, "due_at": clock.real, "attempts": 0, "lease": "", "why": "",
    }  # fmt: skip


def add_messages(session: Session, rows: list[dict[str, object]]) -> None:
    """Write messages; one of a key that is there already is left as it is."""
    for portion in portions(rows):
        session.execute(upsert(session, MailMessageRow).values(portion).on_conflict_do_nothing(index_elements=["key"]))


def reminder(booking: Booking, person: PersonId, clock: Clock) -> dict[str, object]:
    """The one reminder of a talk at a time, for one person."""
    key = f"reminder:{booking.id}:{int(booking.span.start.timestamp())}:{person}"
    return _message(person, key, clock) | {"booking_id": booking.id}


def _write(session: Session, told: Sequence[News], messages: dict[PersonId, str]) -> None:
    """The news themselves."""
    rows: list[dict[str, object]] = [
        {
            "booking_id": piece.booking,
            "sequence": piece.sequence,
            "person_id": piece.person,
            "message_id": messages[piece.person],
            "kind": piece.kind.value,
            "before_start": piece.before.start if piece.before else None,
            "before_end": piece.before.end if piece.before else None,
            "before_room": piece.before_room or "",
        }
        for piece in told
    ]
    for portion in portions(rows):
        session.execute(upsert(session, MailNewsRow).values(portion).on_conflict_do_nothing())
