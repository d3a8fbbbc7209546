"""The table of talks that were proposed and wait for the other one."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base, MomentType

_OPEN = text("state = 'open'")


class TalkProposalRow(Base):
    """A talk that one of its two people proposed to the other. Between the same two, one is open at a time."""

    __tablename__ = "talk_proposal"
    __table_args__ = (
        Index("ix_talk_proposal_proposer_id", "proposer_id"),
        Index("ix_talk_proposal_other_id", "other_id"),
        Index(
            "uq_talk_proposal_open", "proposer_id", "other_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposer_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    other_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    starts_at: Mapped[datetime] = mapped_column(MomentType)
    ends_at: Mapped[datetime] = mapped_column(MomentType)
    room: Mapped[str | None]
    """A room's id, or off site."""
    mode: Mapped[str] = mapped_column(default="face_to_face")
    rule_set_id: Mapped[str | None] = mapped_column(ForeignKey("rule_set.id"))
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaign.id"))
    made_at: Mapped[datetime] = mapped_column(MomentType)
    state: Mapped[str] = mapped_column(default="open")
    closed_at: Mapped[datetime | None] = mapped_column(MomentType)
    booking_id: Mapped[str | None] = mapped_column(ForeignKey("booking.id"))
