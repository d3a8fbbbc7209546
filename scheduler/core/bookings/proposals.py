"""Proposals: a talk that one of its two people would like to have, which the other one has to accept before it is booked.

Until then it takes nobody and no room, stands in no calendar and covers nothing. It is over when it is answered or taken
back, and without an answer when its time has come.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.core.bookings.swaps import SwapState
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Booking, Draft, Kind, Mode
from scheduler.core.ground.errors import NotAllowed, NotFound, Outdated
from scheduler.core.ground.ids import BookingId, CampaignId, PersonId, ProposalId, RoomId, RuleSetId
from scheduler.core.ground.spans import Span

ProposalState = SwapState
"""What became of a proposal: the same as of one for another time."""


@dataclass(frozen=True, slots=True)
class TalkProposal:
    """A talk of two as one of them proposed it."""

    id: ProposalId
    proposer: PersonId
    other: PersonId
    """Who is asked."""
    span: Span
    room: RoomId | None
    """A room, off site, or None."""
    made_at: datetime
    mode: Mode = Mode.FACE_TO_FACE
    rule_set: RuleSetId | None = None
    campaign: CampaignId | None = None
    state: ProposalState = ProposalState.OPEN
    closed_at: datetime | None = None
    booking: BookingId | None = None
    """The talk that came of it."""

    @property
    def people(self) -> tuple[PersonId, PersonId]:
        """The two who would meet."""
        return self.proposer, self.other

    @property
    def draft(self) -> Draft:
        """The booking that it would be."""
        return Draft(
            Kind.TALK, self.span, self.people, room=self.room, mode=self.mode, rule_set=self.rule_set,
            campaign=self.campaign,
        )  # fmt: skip


def proposed(draft: Draft, proposer: PersonId, now: datetime) -> TalkProposal:
    """The proposal that a draft of one's own talk comes to; its id is given when it is kept."""
    (other,) = (person for person in draft.people if person != proposer)
    return TalkProposal(
        ProposalId(0), proposer, other, draft.span, draft.room, now, draft.mode, draft.rule_set, draft.campaign
    )


def may_know(actor: Actor, proposal: TalkProposal) -> bool:
    """Whether somebody may know of a proposal: its two people and organizers, nobody else."""
    return actor.arranges_all or actor.person in proposal.people


def require_know(actor: Actor, proposal: TalkProposal) -> None:
    """Raise NotFound unless they may know of a proposal."""
    if not may_know(actor, proposal):
        raise NotFound("proposal", str(proposal.id))


def stands(proposal: TalkProposal, now: datetime) -> bool:
    """Whether a proposal can still be answered: nobody has, and its time lies ahead."""
    return proposal.state is ProposalState.OPEN and proposal.span.start > now


def accepted(proposal: TalkProposal, booking: Booking, now: datetime) -> TalkProposal:
    """The proposal that became a talk."""
    return replace(closed(proposal, ProposalState.ACCEPTED, now), booking=booking.id)


def require_accept(proposal: TalkProposal, actor: Actor, now: datetime) -> None:
    """Raise Outdated if it does not stand any more, NotAllowed for whoever is not asked."""
    _require_standing(proposal, now)
    if actor.person != proposal.other:
        raise NotAllowed(Action.BOOK_OWN_TALK)


def declined(proposal: TalkProposal, actor: Actor, now: datetime) -> TalkProposal:
    """The proposal after the one who is asked said no, or an organizer did for them."""
    _require_standing(proposal, now)
    if actor.person != proposal.other and not access.may(actor, Action.BOOK):
        raise NotAllowed(Action.BOOK_OWN_TALK)
    return closed(proposal, ProposalState.DECLINED, now)


def withdrawn(proposal: TalkProposal, actor: Actor, now: datetime) -> TalkProposal:
    """The proposal taken back by the one who made it."""
    _require_standing(proposal, now)
    if actor.person != proposal.proposer:
        raise NotAllowed(Action.BOOK_OWN_TALK)
    return closed(proposal, ProposalState.WITHDRAWN, now)


def closed(proposal: TalkProposal, state: ProposalState, now: datetime) -> TalkProposal:
    """The proposal with what became of it."""
    return replace(proposal, state=state, closed_at=now)


def _require_standing(proposal: TalkProposal, now: datetime) -> None:
    if not stands(proposal, now):
        raise Outdated("proposal", str(proposal.id))
