"""Swaps: one of the people of a talk proposes another start, and when all others agree the talk moves."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Outdated, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PersonId, RoomId, SwapId

MAX_OPEN_SWAPS = 10
"""Proposals of one person that wait for an answer."""
USUAL_MOVES, MAX_MOVES = 2, 20
"""How many moves one person may make of one talk, as long as organizers say nothing else; and at most."""


class SwapState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    """The talk changed or was held, the proposed time is over, or it was taken before everybody had agreed."""


@dataclass(frozen=True, slots=True)
class SwapProposal:
    """Another start for a talk, as one of its people proposed it."""

    id: SwapId
    booking: BookingId
    proposer: PersonId
    start: datetime
    room: RoomId | None
    """Where the talk would be then."""
    version: int
    """The version of the talk that it was proposed for."""
    made_at: datetime
    agreed: tuple[PersonId, ...] = ()
    """The others who agreed so far."""
    state: SwapState = SwapState.OPEN
    closed_at: datetime | None = None


def may_know(actor: Actor, talk: Booking) -> bool:
    """Whether somebody may know of the proposals for a talk: its people and organizers, nobody else."""
    return actor.arranges_all or (actor.person is not None and actor.person in talk.people)


def require_know(actor: Actor, proposal: SwapProposal, talk: Booking) -> None:
    """Raise NotFound unless they may know of a proposal."""
    if not may_know(actor, talk):
        raise NotFound("swap", str(proposal.id))


def is_over(talk: Booking, now: datetime) -> bool:
    """Whether a talk cannot be moved by its people any more: cancelled, held, confirmed by one side, or begun."""
    return talk.is_cancelled or talk.is_held or talk.is_awaiting or talk.span.start <= now


def moves_left(person: PersonId, proposals: Iterable[SwapProposal], allowed: int) -> int:
    """How many moves of a talk one of its people still has, given all proposals there were for it."""
    made = sum(proposal.proposer == person and proposal.state is SwapState.ACCEPTED for proposal in proposals)
    return max(0, allowed - made)


def stands(proposal: SwapProposal, talk: Booking, now: datetime) -> bool:
    """Whether a proposal can still be accepted: it is open, the talk is as it was then, and the time lies ahead."""
    is_as_it_was = proposal.version == talk.version and not is_over(talk, now)
    return proposal.state is SwapState.OPEN and is_as_it_was and proposal.start > now


def hindrance(
    person: PersonId, talk: Booking, proposals: Iterable[SwapProposal], allowed: int, now: datetime
) -> Finding | None:
    """What keeps one of the people of a talk from proposing another time, if anything."""
    made = list(proposals)
    if is_over(talk, now):
        return Finding("swap_over", talk.id)
    if any(stands(proposal, talk, now) for proposal in made):
        return Finding("swap_open", talk.id)
    if not moves_left(person, made, allowed):
        return Finding("swap_no_moves", talk.id, {"allowed": allowed})
    return None


def require_propose(
    actor: Actor, talk: Booking, proposals: Iterable[SwapProposal], allowed: int, now: datetime
) -> PersonId:
    """Who proposes; raises unless they are in the talk and may propose another time for it."""
    access.require(actor, Action.SWAP_OWN_TALK)
    if actor.person is None or actor.person not in talk.people:
        raise NotFound("booking", talk.id)
    if not talk.is_talk:
        raise Malformed("not_a_talk", "id", value=talk.id)
    if finding := hindrance(actor.person, talk, proposals, allowed, now):
        raise Refused([finding])
    return actor.person


def require_fewer(person: PersonId, standing: Iterable[SwapProposal]) -> None:
    """Raise Refused for somebody who has as many proposals that wait for an answer as one may have."""
    if sum(proposal.proposer == person for proposal in standing) >= MAX_OPEN_SWAPS:
        raise Refused([Finding("swaps_full", "", {"most": MAX_OPEN_SWAPS})])


def waiting(proposal: SwapProposal, talk: Booking) -> tuple[PersonId, ...]:
    """The people of the talk who have yet to agree."""
    return tuple(person for person in talk.people if person != proposal.proposer and person not in proposal.agreed)


def agreed(proposal: SwapProposal, talk: Booking, person: PersonId | None, now: datetime) -> SwapProposal:
    """The proposal after one more agreed: accepted when nobody is left to ask.

    Raises Outdated if it does not stand any more, NotAllowed for those who are not asked.
    """
    _require_standing(proposal, talk, now)
    if person is None or person not in waiting(proposal, talk):
        raise NotAllowed(Action.SWAP_OWN_TALK)
    now_agreed = replace(proposal, agreed=(*proposal.agreed, person))
    return now_agreed if waiting(now_agreed, talk) else closed(now_agreed, SwapState.ACCEPTED, now)


def declined(proposal: SwapProposal, talk: Booking, person: PersonId | None, now: datetime) -> SwapProposal:
    """The proposal after one of the others said no, be it that they had agreed before."""
    _require_standing(proposal, talk, now)
    if person is None or person == proposal.proposer or person not in talk.people:
        raise NotAllowed(Action.SWAP_OWN_TALK)
    return closed(proposal, SwapState.DECLINED, now)


def withdrawn(proposal: SwapProposal, talk: Booking, person: PersonId | None, now: datetime) -> SwapProposal:
    """The proposal taken back by the one who made it."""
    _require_standing(proposal, talk, now)
    if person != proposal.proposer:
        raise NotAllowed(Action.SWAP_OWN_TALK)
    return closed(proposal, SwapState.WITHDRAWN, now)


def closed(proposal: SwapProposal, state: SwapState, now: datetime) -> SwapProposal:
    """The proposal with what became of it."""
    return replace(proposal, state=state, closed_at=now)


def _require_standing(proposal: SwapProposal, talk: Booking, now: datetime) -> None:
    if not stands(proposal, talk, now):
        raise Outdated("swap", str(proposal.id))
