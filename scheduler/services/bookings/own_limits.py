"""The limits of talks that somebody books for themself, held against the facts."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.bookings import conflicts, own_limits, taken_times
from scheduler.core.bookings.proposals import stands
from scheduler.core.bookings.snapshot import Snapshot
from scheduler.core.ground.access import Actor
from scheduler.core.ground.bookings import Booking, Draft
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.findings import Findings
from scheduler.core.ground.spans import coarse
from scheduler.services.bookings import belonging, drafts
from scheduler.services.bookings import facts as booking_facts
from scheduler.services.ground import journal, notice_time
from scheduler.store import load
from scheduler.store.accounts.rows import JournalRow
from scheduler.store.bookings import proposals
from scheduler.store.bookings.rows import BookingRow


def findings(session: Session, actor: Actor, draft: Draft, facts: Snapshot, clock: Clock) -> Findings:
    """Everything that is to be said of a talk that somebody books for themself.

    Any rule set of its campaign may ask for it; the one that does says in which window.
    """
    facts = _asking(session, draft, facts, clock)
    return own_limits.limited(
        _coarse(session, actor, draft, conflicts.find(draft, facts)),
        draft,
        notice_time.earliest(session, draft.campaign, clock),
        _standing(session, actor, clock),
        is_required=own_limits.is_asked(facts.requirements),
    )


def agreed(session: Session, draft: Draft, facts: Snapshot, clock: Clock) -> Findings:
    """The same when the other accepts it."""
    facts = _asking(session, draft, facts, clock)
    is_required = own_limits.is_asked(facts.requirements)
    return own_limits.agreed(conflicts.find(draft, facts), draft, is_required=is_required)


def moved(session: Session, actor: Actor, old: Booking, draft: Draft, findings: Findings, clock: Clock) -> Findings:
    """The same of one that stands, at another time."""
    findings = _coarse(session, actor, draft, findings)
    return own_limits.moved(findings, old.span, draft, notice_time.earliest(session, old.campaign, clock))


def is_asked(session: Session, draft: Draft, clock: Clock) -> bool:
    """Whether any rule set asks for a talk of these people that was not held yet, around its day."""
    draft = belonging.placed(session, draft)
    facts = _asking(session, draft, booking_facts.around(session, draft, clock), clock)
    return own_limits.is_asked(facts.requirements)


def _coarse(session: Session, actor: Actor, draft: Draft, findings: Findings) -> Findings:
    """The findings, told by the half hours that it touches to somebody who may not see the bookings of others."""
    zone = load.working_time(session).zone
    wide = replace(draft, span=coarse(draft.span, taken_times.STEP, zone))
    if actor.sees_all or wide.span == draft.span:
        return findings
    return own_limits.coarsened(findings, conflicts.find(wide, drafts.facts(session, wide)), actor.person)


def _asking(session: Session, draft: Draft, facts: Snapshot, clock: Clock) -> Snapshot:
    """The facts as the first rule set sees them that asks for the talk; as they are when none does."""
    if draft.rule_set or own_limits.is_asked(facts.requirements):
        return facts
    for applied in load.rule_set_rows(session):
        if applied.campaign == draft.campaign:
            theirs = booking_facts.around(session, replace(draft, rule_set=applied.id), clock)
            if own_limits.is_asked(theirs.requirements):
                return theirs
    return facts


def _standing(session: Session, actor: Actor, clock: Clock) -> int:
    """How many talks that lie ahead somebody proposed or, as the journal knows, booked for themself."""
    own = select(JournalRow.noun_id).where(
        JournalRow.noun == "booking", JournalRow.action == "booked", JournalRow.actor == journal.name_of(actor)
    )
    ahead = (BookingRow.starts_at > clock.now, BookingRow.is_cancelled.is_(False), BookingRow.id.in_(own))
    booked = {*session.scalars(select(BookingRow.id).where(*ahead))}
    if actor.person is None:
        return len(booked)
    proposed = [p for p in proposals.open_ones(session, actor.person) if p.proposer == actor.person]
    waiting = sum(stands(proposal, clock.now) for proposal in proposed)
    return waiting + len(booked | proposals.talks_ahead(session, actor.person, clock.now))
