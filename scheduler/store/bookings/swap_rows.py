"""The tables of swaps: proposals of another time for a talk, and how many moves are allowed."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base, MomentType

_OPEN = text("state = 'open'")


class SwapProposalRow(Base):
    """Another start for a talk, proposed by one of its people. Of a talk, one is open at a time."""

    __tablename__ = "swap_proposal"
    __table_args__ = (
        Index("ix_swap_proposal_booking_id", "booking_id"),
        Index("uq_swap_proposal_open", "booking_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"))
    proposer_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    starts_at: Mapped[datetime] = mapped_column(MomentType)
    room: Mapped[str | None]
    """A room's id, or off site."""
    version: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(MomentType)
    agreed: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(default="open")
    closed_at: Mapped[datetime | None] = mapped_column(MomentType)


class SwapRuleRow(Base):
    """How many moves organizers allow one person of one talk; a single row."""

    __tablename__ = "swap_rule"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    moves: Mapped[int]
