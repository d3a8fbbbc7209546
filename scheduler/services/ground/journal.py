"""The journal: who did what, when. Ids only; no names, no titles, no secrets."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.store.accounts.rows import JournalRow

Detail = str | int | float | bool | None | list[str]
"""What may stand in an entry's details: plain words and numbers."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of the journal, in real time."""

    id: int
    at: datetime
    actor: str
    action: str
    noun: str
    noun_id: str
    details: Mapping[str, Detail]


def name_of(actor: Actor) -> str:
    """How the journal calls somebody: by account, else by person, else `anonymous`."""
    return actor.account or actor.person or "anonymous"


def note(session: Session, actor: Actor, action: str, noun: str, noun_id: str, clock: Clock, **details: Detail) -> None:
    """Write one line; it is kept if and only if the caller's transaction is."""
    session.add(
        JournalRow(at=clock.real, actor=name_of(actor), action=action, noun=noun, noun_id=str(noun_id), details=details)
    )


def latest(session: Session, action: str, noun: str) -> datetime | None:
    """When something was last done to a noun; None: never."""
    query = select(JournalRow.at).where(JournalRow.noun == noun, JournalRow.action == action)
    return session.scalars(query.order_by(JournalRow.id.desc()).limit(1)).first()


def last_of(session: Session, noun: str, noun_id: str, actions: Collection[str]) -> JournalEntry | None:
    """The latest of some deeds to one thing, for verbs that go on from it; None: there is none."""
    row = JournalRow
    query = select(row).where(row.noun == noun, row.noun_id == noun_id, row.action.in_(actions))
    entry = session.scalars(query.order_by(row.id.desc()).limit(1)).first()
    return _entry(entry) if entry else None


def recent(
    session: Session, actor: Actor, clock: Clock, *, noun: str = "", before: int | None = None, limit: int = 200
) -> list[JournalEntry]:
    """The latest lines, newest first: of one noun if it is given, older than line `before` if that is."""
    del clock  # every verb is given one
    access.require(actor, Action.SEE_JOURNAL)
    query = select(JournalRow).order_by(JournalRow.id.desc()).limit(limit)
    if noun:
        query = query.where(JournalRow.noun == noun)
    if before is not None:
        query = query.where(JournalRow.id < before)
    return [_entry(row) for row in session.scalars(query)]


def _entry(row: JournalRow) -> JournalEntry:
    return JournalEntry(row.id, row.at, row.actor, row.action, row.noun, row.noun_id, dict(row.details))
