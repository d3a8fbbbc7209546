"""The table of papers that were handed out."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base, MomentType


class PrintedPaperRow(Base):
    """A paper of a booking that was handed out (by the organisation's clock), and what stood in it of when and where."""

    __tablename__ = "printed_paper"
    __table_args__ = (Index("ix_printed_paper_booking_id", "booking_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"))
    paper: Mapped[str]
    printed_at: Mapped[datetime] = mapped_column(MomentType)
    printed_by: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(MomentType)
    ends_at: Mapped[datetime] = mapped_column(MomentType)
    place: Mapped[str]
    title: Mapped[str]
