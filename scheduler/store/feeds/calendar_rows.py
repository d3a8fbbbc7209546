"""The tables of calendars that people keep elsewhere: where they are fetched from, and when their owners are busy."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base, MomentType


class OutsideCalendarRow(Base):
    """A calendar of one person. Whoever knows its address can read it, so nothing shows it again."""

    __tablename__ = "outside_calendar"
    __table_args__ = (
        Index("ix_outside_calendar_person_id", "person_id"),
        Index("ix_outside_calendar_next_at", "next_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    address: Mapped[str | None]
    """None: it was uploaded."""
    host: Mapped[str] = mapped_column(default="")
    is_on: Mapped[bool] = mapped_column(default=True)
    added_at: Mapped[datetime] = mapped_column(MomentType)
    good_at: Mapped[datetime | None] = mapped_column(MomentType)
    tried_at: Mapped[datetime | None] = mapped_column(MomentType)
    failures: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    next_at: Mapped[datetime | None] = mapped_column(MomentType)
    skipped: Mapped[list[tuple[str, int]]] = mapped_column(JSON, default=list)
    zone_guesses: Mapped[list[tuple[str, str]]] = mapped_column(JSON, default=list)


class OutsideBusyRow(Base):
    """A stretch of time that a calendar shows as busy; the calendar's name for it is not kept."""

    __tablename__ = "outside_busy"
    calendar_id: Mapped[int] = mapped_column(ForeignKey("outside_calendar.id", ondelete="CASCADE"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(MomentType, primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(MomentType)
