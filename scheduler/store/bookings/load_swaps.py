"""Proposals of other times, read from rows."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.bookings.swaps import USUAL_MOVES, SwapProposal, SwapState
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import BookingId, PersonId, RoomId, SwapId
from scheduler.store.base import HIGHEST
from scheduler.store.bookings.rows import ParticipantRow
from scheduler.store.bookings.swap_rows import SwapProposalRow, SwapRuleRow


def proposal(session: Session, swap_id: SwapId) -> SwapProposal:
    """One proposal. Raises NotFound."""
    row = session.get(SwapProposalRow, swap_id, populate_existing=True) if swap_id <= HIGHEST else None
    if row is None:
        raise NotFound("swap", str(swap_id))
    return _proposal(row)


def proposals(session: Session, booking: BookingId) -> list[SwapProposal]:
    """All proposals there were for a talk, the latest first."""
    query = select(SwapProposalRow).where(SwapProposalRow.booking_id == booking).order_by(SwapProposalRow.id.desc())
    return [_proposal(row) for row in session.scalars(query.execution_options(populate_existing=True))]


def open_proposals(session: Session, person: PersonId) -> list[SwapProposal]:
    """The open proposals for talks that somebody is in, by the time proposed."""
    theirs = select(ParticipantRow.booking_id).where(ParticipantRow.person_id == person)
    query = select(SwapProposalRow).where(
        SwapProposalRow.state == SwapState.OPEN.value, SwapProposalRow.booking_id.in_(theirs)
    )
    query = query.order_by(SwapProposalRow.starts_at, SwapProposalRow.id)
    return [_proposal(row) for row in session.scalars(query.execution_options(populate_existing=True))]


def moves_allowed(session: Session) -> int:
    """How many moves one person may make of one talk."""
    row = session.get(SwapRuleRow, 1, populate_existing=True)
    return USUAL_MOVES if row is None else row.moves


def _proposal(row: SwapProposalRow) -> SwapProposal:
    """One proposal from its row."""
    return SwapProposal(
        SwapId(row.id),
        BookingId(row.booking_id),
        PersonId(row.proposer_id),
        row.starts_at,
        RoomId(row.room) if row.room else None,
        row.version,
        row.made_at,
        tuple(map(PersonId, row.agreed)),
        SwapState(row.state),
        row.closed_at,
    )
