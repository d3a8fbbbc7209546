"""Of whose time somebody asks who may not see it: noted in the journal, and of so many people an hour only."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.bookings import rights as booking_rights
from scheduler.core.ground.access import Actor
from scheduler.core.ground.bookings import Draft
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.spans import Span
from scheduler.services.bookings import own_limits
from scheduler.services.ground import journal
from scheduler.store import load, writing
from scheduler.store.accounts.rows import JournalRow
from scheduler.store.organisation.rows import PersonRow

AN_HOUR = timedelta(hours=1)
MOST_PEOPLE = 20
"""Whoever books talks of their own only asks for the time of so many people in an hour."""
ASKED = "asked_time"


@writing.verb
def note(session: Session, actor: Actor, people: Collection[PersonId], audience: Collection[str], clock: Clock) -> None:
    """Note whose time somebody asks for, once an hour for each person; raises Refused when these are too many.

    Nothing is noted of those who see every booking, nor of one's own time.
    """
    if actor.sees_all:
        return
    others = set(people) - {actor.person}
    within_hour = (JournalRow.at > clock.real - AN_HOUR, JournalRow.actor == journal.name_of(actor))
    looked_at = set(session.scalars(select(JournalRow.noun_id).where(*within_hour, JournalRow.action == ASKED)))
    new = set(session.scalars(select(PersonRow.id).where(PersonRow.id.in_(others - looked_at))))
    if not new:
        return
    if booking_rights.books_only_own(actor, people, audience) and len(looked_at | new) > MOST_PEOPLE:
        raise Refused([Finding("asked_of_many", "")])
    writing.begin(session)
    for person in sorted(new):
        journal.note(session, actor, ASKED, "person", person, clock)


def require_asked(session: Session, actor: Actor, draft: Draft, days: Iterable[date], clock: Clock) -> None:
    """Raise Refused unless a rule asks for the talk on one of these days, where somebody may book it as their own only."""
    if actor.sees_all or not booking_rights.books_only_own(actor, draft.people, draft.audience):
        return
    zone = load.working_time(session).zone
    for day in dict.fromkeys(days):
        noon = datetime.combine(day, time(12), zone)
        if own_limits.is_asked(session, replace(draft, span=Span(noon, noon + timedelta(minutes=1))), clock):
            return
    raise Refused([Finding("own_talk_not_asked", "")])
