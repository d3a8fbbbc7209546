"""Occurrences that event rules react to. Organizers see and enter all; a person sees what befell them.

Whoever has to talk with them learns of it where the required talk is shown, and nowhere else.
"""

import re
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.services.ground import journal
from scheduler.store import load, writing
from scheduler.store.base import HIGHEST
from scheduler.store.campaigns.rows import OccurrenceRow

_KIND = re.compile(r"\w[\w\- ]{0,39}")


def occurrences(
    session: Session, actor: Actor, clock: Clock, *, person: PersonId | None = None
) -> tuple[Occurrence, ...]:
    """What befell a person, or anybody, by day; those who arrange nothing are told only of themselves."""
    del clock  # every verb is given one
    if access.may(actor, Action.SEE_OCCURRENCES):
        return load.occurrences(session, None if person is None else [person])
    if actor.person is None or person not in (None, actor.person):
        raise NotAllowed(Action.SEE_OCCURRENCES)
    return load.occurrences(session, [actor.person])


@writing.verb
def add_occurrence(session: Session, actor: Actor, kind: str, person: PersonId, day: date, clock: Clock) -> Occurrence:
    """Enter what befell somebody; entering it again gives the one that stands. Raises NotFound, Malformed."""
    access.require(actor, Action.EDIT_OCCURRENCES)
    if not _KIND.fullmatch(kind):
        raise Malformed("unknown_choice", "kind", value=kind[:40])
    writing.begin(session)
    if not _is_known(session, person, day):
        raise NotFound("person", person)
    row = OccurrenceRow
    same = (row.kind == kind, row.person_id == person, row.day == day)
    stands = session.scalars(select(row.id).where(*same)).first()
    if stands is not None:
        session.rollback()
        return Occurrence(stands, kind, person, day)
    new = OccurrenceRow(kind=kind, person_id=person, day=day)
    session.add(new)
    session.flush()
    number = new.id
    journal.note(session, actor, "added", "occurrence", str(number), clock)
    return Occurrence(number, kind, person, day)


def _is_known(session: Session, person: PersonId, day: date) -> bool:
    """Whether somebody is in the roster of a day."""
    return person in load.roster(session, day).people


@writing.verb
def remove_occurrence(session: Session, actor: Actor, occurrence_id: int, clock: Clock) -> None:
    """Take an occurrence away, and with it what rules ask for because of it. Raises NotFound."""
    access.require(actor, Action.EDIT_OCCURRENCES)
    writing.begin(session)
    row = OccurrenceRow
    gone = (
        occurrence_id <= HIGHEST and session.scalars(delete(row).where(row.id == occurrence_id).returning(row.id)).all()
    )
    if not gone:
        raise NotFound("occurrence", str(occurrence_id))
    journal.note(session, actor, "removed", "occurrence", str(occurrence_id), clock)
