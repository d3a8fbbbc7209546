"""A member's own talk: proposed to the other one, and booked when they accept.

Whoever arranges for others books at once; so `book` is what doors call for a new booking of anybody's.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from scheduler.core.bookings import proposals as core
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.bookings.proposals import ProposalState, TalkProposal
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Draft
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.findings import Finding, Findings
from scheduler.core.ground.ids import PersonId, ProposalId
from scheduler.services.bookings import acts, asking, belonging, drafts
from scheduler.services.bookings.acts import Booked
from scheduler.services.ground import journal
from scheduler.services.ground.open_campaigns import require_open
from scheduler.store import writing
from scheduler.store.bookings import proposals as store


@dataclass(frozen=True, slots=True)
class Proposed:
    """A talk that was proposed, and what is to be said about it."""

    proposal: TalkProposal
    findings: Findings


Done = Booked | Proposed
Keep = Callable[[Done], None]
"""What a caller wants kept in the same transaction."""


def book(session: Session, actor: Actor, draft: Draft, clock: Clock, *, keep: Keep | None = None) -> Done:
    """Put a booking on the calendar; a talk of one's own is proposed to the other one. Raises Refused with the reasons."""
    draft = drafts.tidy(draft)
    booking_rights.require_arrange(actor, draft.kind, drafts.named_in(draft), draft.audience)
    if booking_rights.books_only_own(actor, draft.people, draft.audience):
        asking.note(session, actor, drafts.named_in(draft), draft.audience, clock)
        return _propose(session, actor, draft, clock, keep=keep)
    return acts.book(session, actor, draft, clock, keep=keep)


@writing.verb
def _propose(session: Session, actor: Actor, draft: Draft, clock: Clock, *, keep: Keep | None = None) -> Proposed:
    """Propose a talk of one's own; it takes nobody and nothing until the other one accepts."""
    if draft.guests:
        booking_rights.require_invite(actor)
    writing.begin(session)
    draft = belonging.placed(session, replace(draft, replaces=None))
    proposal = core.proposed(draft, _person(actor), clock.now.replace(microsecond=0))
    _close_over(session, actor, clock)
    findings = acts.said_of(session, actor, draft, clock)
    if findings.blocking:
        raise Refused(findings.blocking, findings.warnings, findings.hints)
    require_open(session, draft.campaign)
    standing = [p for p in store.open_ones(session, proposal.proposer) if set(p.people) == set(proposal.people)]
    if standing:
        raise Refused([Finding("proposal_open", str(standing[0].id))])
    saved = store.new(session, proposal)
    _note(session, actor, saved, "talk_proposed", clock)
    done = Proposed(saved, findings)
    if keep:
        keep(done)
    return done


def accept(session: Session, actor: Actor, proposal_id: ProposalId, clock: Clock) -> TalkProposal:
    """Agree to a talk that was proposed: it is booked in the same transaction.

    Raises Outdated if it is over, Refused if it cannot be any more (somebody or the room was taken, it was held meanwhile):
    then the proposal is over.
    """
    try:
        return _accept(session, actor, proposal_id, clock)
    except Refused:
        _expire(session, actor, proposal_id, clock)
        raise


@writing.verb
def _accept(session: Session, actor: Actor, proposal_id: ProposalId, clock: Clock) -> TalkProposal:
    """The yes of the one who is asked."""
    proposal = _locked(session, actor, proposal_id)
    core.require_accept(proposal, actor, clock.now)
    booked = acts.put_agreed(session, actor, proposal.draft, clock)
    changed = store.write(session, core.accepted(proposal, booked.booking, clock.now.replace(microsecond=0)))
    return _note(session, actor, changed, "talk_accepted", clock)


@writing.verb
def decline(session: Session, actor: Actor, proposal_id: ProposalId, clock: Clock) -> TalkProposal:
    """Say no to a talk that was proposed; an organizer may for the one who is asked."""
    changed = core.declined(_locked(session, actor, proposal_id), actor, clock.now.replace(microsecond=0))
    return _note(session, actor, store.write(session, changed), "talk_declined", clock)


@writing.verb
def withdraw(session: Session, actor: Actor, proposal_id: ProposalId, clock: Clock) -> TalkProposal:
    """Take one's own proposal back."""
    changed = core.withdrawn(_locked(session, actor, proposal_id), actor, clock.now.replace(microsecond=0))
    return _note(session, actor, store.write(session, changed), "talk_withdrawn", clock)


def listing(session: Session, actor: Actor, clock: Clock) -> list[TalkProposal]:
    """The proposals that can be answered: one's own and those one is asked; organizers see all."""
    access.require(actor, Action.BOOK, Action.BOOK_OWN_TALK)
    proposals = store.open_ones(session, None if actor.arranges_all else _person(actor))
    return [proposal for proposal in proposals if core.stands(proposal, clock.now)]


def own(session: Session, actor: Actor, clock: Clock) -> list[TalkProposal]:
    """The proposals that one made or is asked, organizer or not."""
    proposals = store.open_ones(session, actor.person) if actor.person else []
    return [proposal for proposal in proposals if core.stands(proposal, clock.now)]


def _person(actor: Actor) -> PersonId:
    """Who they are; nobody else books a talk of their own."""
    access.require(actor, Action.BOOK_OWN_TALK)
    return actor.person or PersonId("")


def _locked(session: Session, actor: Actor, proposal_id: ProposalId) -> TalkProposal:
    """A proposal as it stands now, and nobody else changes it until we are done."""
    access.require(actor, Action.BOOK, Action.BOOK_OWN_TALK)
    writing.begin(session)
    proposal = store.one(session, proposal_id)
    core.require_know(actor, proposal)
    return proposal


@writing.verb
def _expire(session: Session, actor: Actor, proposal_id: ProposalId, clock: Clock) -> None:
    """End a proposal that cannot be booked any more."""
    _end(session, actor, _locked(session, actor, proposal_id), clock)


def _close_over(session: Session, actor: Actor, clock: Clock) -> None:
    """Note of what somebody proposed, and nobody answered in time, that it is over."""
    for proposal in store.open_ones(session, actor.person):
        if proposal.span.start <= clock.now:
            _end(session, actor, proposal, clock)


def _end(session: Session, actor: Actor, proposal: TalkProposal, clock: Clock) -> None:
    if proposal.state is ProposalState.OPEN:
        store.write(session, core.closed(proposal, ProposalState.EXPIRED, clock.now.replace(microsecond=0)))
        _note(session, actor, proposal, "talk_expired", clock)


def _note(session: Session, actor: Actor, proposal: TalkProposal, action: str, clock: Clock) -> TalkProposal:
    """Write it into the journal."""
    journal.note(session, actor, action, "talk_proposal", str(proposal.id), clock)
    return proposal
