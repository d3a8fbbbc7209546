"""The journal: who did what, when. Ids only; no names, no titles, no secrets."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Text, cast, or_, select
from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.spans import Span
from scheduler.store.accounts.rows import JournalRow

CHANGED = "tanxin_facts_changed"
"""Stands in a database session's `info` when something was written that talks or their people depend on, until asked."""
_FACTS = frozenset(
    {"booking", "campaign", "file", "group", "import", "milestone", "occurrence", "person", "plan", "rule_set", "unit"}
)
_PRESENCE = frozenset({"announced", "arrival_accepted", "arrival_refused", "arrived", "attended"})
"""What is done to bookings by the hundred, and changes none of it."""
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
    if noun in _FACTS and action not in _PRESENCE:
        session.info[CHANGED] = True


def was_changed(session: Session) -> bool:
    """Whether this database session wrote something that talks or their people depend on; asked once."""
    return bool(session.info.pop(CHANGED, False))


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


@dataclass(frozen=True, slots=True)
class JournalQuery:
    """Which lines are looked for; what is empty does not narrow."""

    noun: str = ""
    person: str = ""
    """Somebody whom it concerns: who did it, to whom it was done, who stands in its details."""
    actor: str = ""
    """Who did it, as the journal calls them."""
    span: Span | None = None


def recent(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    noun: str = "",
    before: int | None = None,
    limit: int = 200,
    query: JournalQuery | None = None,
) -> list[JournalEntry]:
    """The latest lines, newest first: of one noun if it is given, older than line `before` if that is, and as `query` asks."""
    del clock  # every verb is given one
    access.require(actor, Action.SEE_JOURNAL)
    rows = select(JournalRow).order_by(JournalRow.id.desc()).limit(limit)
    narrowed = query or JournalQuery()
    conditions = _conditions(replace(narrowed, noun=noun) if noun else narrowed)
    if before is not None:
        conditions.append(JournalRow.id < before)
    return [_entry(row) for row in session.scalars(rows.where(*conditions))]


def actors(session: Session, actor: Actor) -> list[str]:
    """Everybody who did something, as the journal calls them."""
    access.require(actor, Action.SEE_JOURNAL)
    return list(session.scalars(select(JournalRow.actor).distinct().order_by(JournalRow.actor)))


def _conditions(query: JournalQuery) -> list[ColumnElement[bool]]:
    row = JournalRow
    conditions: list[ColumnElement[bool]] = []
    if query.noun:
        conditions.append(row.noun == query.noun)
    if query.actor:
        conditions.append(row.actor == query.actor)
    if query.span:
        conditions += [row.at >= query.span.start, row.at < query.span.end]
    if query.person:
        is_named = cast(row.details, Text).contains(f'"{query.person}"', autoescape=True)
        is_them = (row.noun == "person") & (row.noun_id == query.person)
        conditions.append(or_(is_named, is_them, row.actor.in_((query.person, f"page:{query.person}"))))
    return conditions


def _entry(row: JournalRow) -> JournalEntry:
    return JournalEntry(row.id, row.at, row.actor, row.action, row.noun, row.noun_id, dict(row.details))
