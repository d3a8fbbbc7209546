"""Meetings that are to be held by frequency: what is asked in a year, what became of it, and booking one that is missing."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.core.ground import access, written
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Draft, usual_minutes
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import GroupId
from scheduler.core.ground.spans import Span, midnight
from scheduler.core.programme import frequencies
from scheduler.core.programme.frequencies import Duty, DutyChart, DutyExemption, DutyState
from scheduler.services.bookings import acts, free_times
from scheduler.services.bookings.free_times import TimeQuery
from scheduler.services.ground import journal
from scheduler.services.ground.booking_changes import Booked
from scheduler.services.ground.rosters import Rosters
from scheduler.store import load, writing
from scheduler.store.programme import load as records
from scheduler.store.programme import save

__all__ = ["Duty", "DutyState", "book", "duties", "exempt", "free_time", "may_exempt"]

DutyKey = tuple[str, str, str]
"""A rule, whom it asks, and the period by its name: `F1`, `B1`, `2014-08`."""


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
    kinds = {rule.kind for rule in rules}
    bookings = load.bookings(session, kinds=kinds, span=_span_of(year, as_of.zone))
    chart = DutyChart(rosters.on, load.working_time(session))
    told = tuple(frequencies.duties(rules, year, bookings, as_of, chart, records.duty_exemptions(session)))
    there = {b.id for b in rosters.on(as_of.day).branches()} | {GroupId(duty.subject) for duty in told}
    if branch is not None and branch not in there:
        raise NotFound("branch", branch)
    own = None if access.may(actor, Action.SEE_PROGRAMME) else actor.branches
    return tuple(
        duty for duty in told if branch in (None, duty.subject) and (own is None or GroupId(duty.subject) in own)
    )


def may_exempt(actor: Actor) -> bool:
    """Whether somebody may say that a period is not asked."""
    return access.may(actor, Action.EDIT_PROGRAMME)


@writing.verb
def exempt(session: Session, actor: Actor, key: DutyKey, reason: str | None, clock: Clock) -> Duty:
    """Say why a period is not asked, from today on, or (None) that it is asked again.

    Raises NotFound for a duty that there is not, Malformed for a reason that is empty or too long.
    """
    access.require(actor, Action.EDIT_PROGRAMME)
    words = " ".join((reason or "").split())
    if reason is not None and not words:
        raise Malformed("missing", "reason")
    if len(words) > written.MAX_LINE:
        raise Malformed("too_long", "reason", longest=written.MAX_LINE)
    writing.begin(session)
    standing = _duty(session, actor, key, clock)
    if reason is not None and standing.meetings:
        raise Refused((frequencies.not_missing(standing),))
    today = load.as_of(session, None, clock).day
    given = DutyExemption(*key, words, today, journal.name_of(actor)) if words else None
    save.duty_exemption(session, key, given)
    deed = "exempted" if given else "asked_again"
    journal.note(session, actor, deed, "frequency_rule", key[0], clock, branch=key[1], period=key[2])
    return _duty(session, actor, key, clock)


def free_time(session: Session, actor: Actor, key: DutyKey, clock: Clock) -> Draft:
    """The meeting that is missing in a period, at the best time that is left in it for all who have to be invited.

    Raises NotFound, NotAllowed, Refused for a period that is over, that has its meeting, or has no free time left.
    """
    duty = _duty(session, actor, key, clock)
    today = load.as_of(session, None, clock).day
    if objection := frequencies.objection(duty, today):
        raise Refused((objection,))
    rule, first = duty.rule, duty.period.days.first
    query = TimeQuery(
        rule.kind,
        usual_minutes(rule.kind),
        audience=(frequencies.selector(rule, duty.subject),),
        first=first if first and first > today else None,
        last=duty.due,
    )
    time = next(iter(free_times.find(session, actor, query, clock, limit=1)), None)
    if time is None:
        raise Refused((Finding("no_time_in_period", rule.id, {"subject": key[1], "period": key[2]}),))
    return Draft(rule.kind, time.span, audience=query.audience, room=time.room, title=rule.name)


def book(session: Session, actor: Actor, key: DutyKey, clock: Clock) -> Booked:
    """Book the meeting that is missing in a period, at the best time that is left in it. Raises as `free_time` and `book` do."""
    return acts.book(session, actor, free_time(session, actor, key, clock), clock)


def _duty(session: Session, actor: Actor, key: DutyKey, clock: Clock) -> Duty:
    """What a rule asks of somebody in a period, as of today. Raises NotFound."""
    rule, subject, period = key
    year = int(period[:4]) if period[:4].isdecimal() else 0
    listed = duties(session, actor, year, None, clock) if year in written.YEARS else ()
    duty = next((duty for duty in listed if duty.key == key), None)
    if duty is None:
        raise NotFound("duty", " ".join((rule, subject, period)))
    return duty


def _span_of(year: int, zone: ZoneInfo) -> Span:
    """The year, from midnight to midnight."""
    return Span(midnight(date(year, 1, 1), zone), midnight(date(year + 1, 1, 1), zone))
