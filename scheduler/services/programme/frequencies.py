"""Meetings that are to be held by frequency: what is asked in a year, and what became of it."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.core.ground import access, written
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import GroupId
from scheduler.core.ground.spans import Span, midnight
from scheduler.core.programme import frequencies
from scheduler.core.programme.frequencies import Duty, DutyState
from scheduler.services.ground.rosters import Rosters
from scheduler.store import load
from scheduler.store.programme import load as records

__all__ = ["Duty", "DutyState", "duties"]


def duties(
    session: Session,
    actor: Actor,
    year: int | None,
    day: date | None,
    clock: Clock,
    branch: GroupId | None = None,
) -> tuple[Duty, ...]:
    """What the rules ask in a year (the day's when None), as of a day (today when None); of one branch, or of all.

    A branch organizer is told of the own branches. Raises NotFound for a branch that there is not, Malformed.
    """
    access.require(actor, Action.SEE_PROGRAMME, Action.BOOK_IN_BRANCH)
    as_of = load.as_of(session, day, clock)
    year = as_of.day.year if year is None else year
    if year not in written.YEARS:
        raise Malformed("not_a_date", "year", value=str(year))
    if not (rules := records.frequency_rules(session)):
        return ()
    rosters = Rosters(session)
    if branch is not None and branch not in {b.id for b in rosters.on(as_of.day).branches()}:
        raise NotFound("branch", branch)
    kinds = {rule.kind for rule in rules}
    bookings = load.bookings(session, kinds=kinds, span=_span_of(year, as_of.zone))
    told = frequencies.duties(rules, year, bookings, as_of, rosters.on)
    own = None if access.may(actor, Action.SEE_PROGRAMME) else actor.branches
    return tuple(
        duty for duty in told if branch in (None, duty.subject) and (own is None or GroupId(duty.subject) in own)
    )


def _span_of(year: int, zone: ZoneInfo) -> Span:
    """The year, from midnight to midnight."""
    return Span(midnight(date(year, 1, 1), zone), midnight(date(year + 1, 1, 1), zone))
