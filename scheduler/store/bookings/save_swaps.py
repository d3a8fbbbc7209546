"""Proposals of other times in, rows out. Nothing here commits."""

from dataclasses import replace

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from scheduler.core.bookings.swaps import SwapProposal
from scheduler.core.ground.ids import SwapId
from scheduler.store.bookings.swap_rows import SwapProposalRow, SwapRuleRow
from scheduler.store.upserts import table_of, upsert


def new_proposal(session: Session, proposal: SwapProposal) -> SwapProposal:
    """Write a proposal that was just made; its id is given here."""
    row = table_of(SwapProposalRow)
    given = session.execute(insert(row).values(_columns(proposal)).returning(row.c.id)).scalar_one()
    return replace(proposal, id=SwapId(given))


def proposal(session: Session, changed: SwapProposal) -> SwapProposal:
    """Write what became of a proposal."""
    row = table_of(SwapProposalRow)
    session.execute(update(row).where(row.c.id == changed.id).values(_columns(changed)))
    return changed


def moves_allowed(session: Session, moves: int) -> None:
    """Write how many moves one person may make of one talk."""
    given = upsert(session, SwapRuleRow).values(id=1, moves=moves)
    session.execute(given.on_conflict_do_update(index_elements=["id"], set_={"moves": moves}))


def _columns(proposal: SwapProposal) -> dict[str, object]:
    return {
        "booking_id": proposal.booking,
        "proposer_id": proposal.proposer,
        "starts_at": proposal.start,
        "room": proposal.room,
        "version": proposal.version,
        "made_at": proposal.made_at,
        "agreed": list(proposal.agreed),
        "state": proposal.state.value,
        "closed_at": proposal.closed_at,
    }
