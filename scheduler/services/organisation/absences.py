"""Absences and hours outside of which somebody cannot be had. Organizers see and edit all, everybody sees their own."""

import re
from collections.abc import Collection
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.core.ground import access, written
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.services.ground import journal
from scheduler.store import load, writing
from scheduler.store.base import HIGHEST
from scheduler.store.organisation.rows import AbsenceRow

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def absences(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    people: Collection[PersonId] | None = None,
    first: date | None = None,
    last: date | None = None,
) -> tuple[Absence, ...]:
    """Absences that touch some days: of these people or of all, as far as the asker may know; others see their own."""
    del clock  # every verb is given one
    if access.may(actor, Action.SEE_ABSENCES):
        return load.absences(session, people, first, last)
    if actor.person is None:
        raise NotAllowed(Action.SEE_ABSENCES)
    own = {actor.person} if people is None else {actor.person} & set(people)
    return load.absences(session, own, first, last) if own else ()


@writing.verb
def add_absence(session: Session, actor: Actor, absence: Absence, clock: Clock) -> Absence:
    """Enter an absence (its id is given here); bookings stay, and say so when somebody looks at them.

    Raises NotFound for an unknown person, Malformed naming the field.
    """
    access.require(actor, Action.EDIT_ABSENCES)
    _check(absence)
    writing.begin(session)
    if absence.person not in load.roster(session, absence.first).people:
        raise NotFound("person", absence.person)
    row = AbsenceRow(
        person_id=absence.person,
        first=absence.first,
        last=absence.last,
        reason=absence.reason,
        only_weekdays=list(absence.only_weekdays),
        only_from=absence.only_from,
        only_to=absence.only_to,
    )
    session.add(row)
    session.flush()
    journal.note(session, actor, "added", "absence", str(row.id), clock)
    number = row.id
    return Absence(
        number, absence.person, absence.first, absence.last, absence.reason, absence.only_weekdays,
        absence.only_from, absence.only_to,
    )  # fmt: skip


@writing.verb
def remove_absence(session: Session, actor: Actor, absence_id: int, clock: Clock) -> None:
    """Take an absence away. Raises NotFound."""
    access.require(actor, Action.EDIT_ABSENCES)
    writing.begin(session)
    row = AbsenceRow
    gone = absence_id <= HIGHEST and session.scalars(delete(row).where(row.id == absence_id).returning(row.id)).all()
    if not gone:
        raise NotFound("absence", str(absence_id))
    journal.note(session, actor, "removed", "absence", str(absence_id), clock)


def _check(absence: Absence) -> None:
    """Raise Malformed for the first field that cannot be."""
    if absence.last < absence.first:
        raise Malformed("ends_before_it_starts", "last")
    if len(absence.reason) > written.MAX_LINE:
        raise Malformed("too_long", "reason", longest=written.MAX_LINE)
    if not absence.only_weekdays:
        return
    for field in ("only_from", "only_to"):
        if not _TIME.fullmatch(text := getattr(absence, field)):
            raise Malformed("not_a_time", field, value=text)
    if absence.only_to <= absence.only_from:
        raise Malformed("ends_before_it_starts", "only_to")
