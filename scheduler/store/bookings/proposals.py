"""Proposed talks in and out of rows. Nothing here commits."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from scheduler.core.bookings.proposals import ProposalState, TalkProposal
from scheduler.core.ground.bookings import Mode
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import BookingId, CampaignId, PersonId, ProposalId, RoomId, RuleSetId
from scheduler.core.ground.spans import Span
from scheduler.store.base import HIGHEST
from scheduler.store.bookings.proposal_rows import TalkProposalRow
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.upserts import table_of

_Row = TalkProposalRow


def new(session: Session, made: TalkProposal) -> TalkProposal:
    """Write a proposal that was just made; its id is given here."""
    row = table_of(_Row)
    given = session.execute(insert(row).values(_columns(made)).returning(row.c.id)).scalar_one()
    return replace(made, id=ProposalId(given))


def write(session: Session, changed: TalkProposal) -> TalkProposal:
    """Write what became of a proposal."""
    row = table_of(_Row)
    session.execute(update(row).where(row.c.id == changed.id).values(_columns(changed)))
    return changed


def one(session: Session, proposal_id: ProposalId) -> TalkProposal:
    """One proposal. Raises NotFound."""
    row = session.get(_Row, proposal_id, populate_existing=True) if proposal_id <= HIGHEST else None
    if row is None:
        raise NotFound("proposal", str(proposal_id))
    return _proposal(row)


def open_ones(session: Session, person: PersonId | None = None) -> list[TalkProposal]:
    """The open ones by their time: of everybody, or those that somebody made or is asked."""
    query = select(_Row).where(_Row.state == ProposalState.OPEN.value).order_by(_Row.starts_at, _Row.id)
    if person is not None:
        query = query.where(or_(_Row.proposer_id == person, _Row.other_id == person))
    return [_proposal(row) for row in session.scalars(query.execution_options(populate_existing=True))]


def talks_ahead(session: Session, person: PersonId, now: datetime) -> set[BookingId]:
    """The talks ahead that came of what somebody proposed."""
    query = select(_Row.booking_id).join(BookingRow, BookingRow.id == _Row.booking_id)
    ahead = (_Row.proposer_id == person, BookingRow.starts_at > now, BookingRow.is_cancelled.is_(False))
    return {BookingId(booking) for booking in session.scalars(query.where(*ahead)) if booking}


def _proposal(row: TalkProposalRow) -> TalkProposal:
    """One proposal from its row."""
    return TalkProposal(
        ProposalId(row.id),
        PersonId(row.proposer_id),
        PersonId(row.other_id),
        Span(row.starts_at, row.ends_at),
        RoomId(row.room) if row.room else None,
        row.made_at,
        Mode(row.mode),
        RuleSetId(row.rule_set_id) if row.rule_set_id else None,
        CampaignId(row.campaign_id) if row.campaign_id else None,
        ProposalState(row.state),
        row.closed_at,
        BookingId(row.booking_id) if row.booking_id else None,
    )


def _columns(proposal: TalkProposal) -> dict[str, object]:
    return {
        "proposer_id": proposal.proposer,
        "other_id": proposal.other,
        "starts_at": proposal.span.start,
        "ends_at": proposal.span.end,
        "room": proposal.room,
        "mode": proposal.mode.value,
        "rule_set_id": proposal.rule_set,
        "campaign_id": proposal.campaign,
        "made_at": proposal.made_at,
        "state": proposal.state.value,
        "closed_at": proposal.closed_at,
        "booking_id": proposal.booking,
    }
