"""The tables of bookings: who is in them, what they take, and who was there."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.core.ground.bookings import MAX_BOOKING_MINUTES
from scheduler.store.base import Base, MomentType

MAX_LENGTH_SECONDS = MAX_BOOKING_MINUTES * 60
"""No booking is longer, so that those that may overlap a moment can be found by index."""


class BookingRow(Base):
    """A booking. There is no column for what is said in a talk, and a talk has no title."""

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint(f"ends_at - starts_at <= {MAX_LENGTH_SECONDS}", name="at_most_14_days"),
        CheckConstraint("kind <> 'talk' OR title = ''", name="talk_has_no_title"),
        Index("ix_booking_starts_at", "starts_at"),
        Index("ix_booking_kind", "kind", "starts_at"),
        Index("ix_booking_room_id", "room_id", "starts_at"),
        Index("ix_booking_campaign_id", "campaign_id"),
        Index("ix_booking_series", "series"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime] = mapped_column(MomentType)
    ends_at: Mapped[datetime] = mapped_column(MomentType)
    room_id: Mapped[str | None] = mapped_column(ForeignKey("room.id"))
    is_off_site: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[list[str]] = mapped_column(JSON, default=list)
    host_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    mode: Mapped[str] = mapped_column(default="face_to_face")
    size: Mapped[str] = mapped_column(default="one_to_one")
    rule_set_id: Mapped[str | None] = mapped_column(ForeignKey("rule_set.id"))
    recorded_at: Mapped[datetime | None] = mapped_column(MomentType)
    is_cancelled: Mapped[bool] = mapped_column(default=False)
    cancelled_at: Mapped[datetime | None] = mapped_column(MomentType)
    is_held: Mapped[bool] = mapped_column(default=False)
    is_awaiting: Mapped[bool] = mapped_column(default=False)
    awaiting_since: Mapped[datetime | None] = mapped_column(MomentType)
    version: Mapped[int] = mapped_column(default=1)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(MomentType)
    revised_at: Mapped[datetime] = mapped_column(MomentType)
    shown_sequence: Mapped[int] = mapped_column(default=0)
    shown_revised_at: Mapped[datetime | None] = mapped_column(MomentType)
    busy_sequence: Mapped[int] = mapped_column(default=0)
    busy_revised_at: Mapped[datetime | None] = mapped_column(MomentType)
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaign.id"))
    hours: Mapped[float | None]
    guests: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    agenda: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    remark: Mapped[str] = mapped_column(default="", server_default="")
    link: Mapped[str] = mapped_column(default="", server_default="")
    series: Mapped[str] = mapped_column(default="", server_default="")


class ParticipantRow(Base):
    """Who is in a booking."""

    __tablename__ = "participant"
    __table_args__ = (Index("ix_participant_person_id", "person_id"),)
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    place: Mapped[int] = mapped_column(default=0)
    part: Mapped[str] = mapped_column(default="attendee")
    is_named: Mapped[bool] = mapped_column(default=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(MomentType)
    entered: Mapped[int] = mapped_column(default=0, server_default="0")
    entered_at: Mapped[datetime | None] = mapped_column(MomentType)


class LeftRoomRow(Base):
    """A booking that was in a room and is elsewhere now: the room's feed says so for a while. It goes by what calendars call it."""

    __tablename__ = "left_room"
    uid: Mapped[str] = mapped_column(primary_key=True)
    room_id: Mapped[str] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(MomentType)
    ends_at: Mapped[datetime] = mapped_column(MomentType)
    sequence: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(MomentType)
    left_at: Mapped[datetime] = mapped_column(MomentType, index=True)


class TalkLinkRow(Base):
    """A talk that an organizer lets count for a further rule set."""

    __tablename__ = "talk_link"
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    rule_set_id: Mapped[str] = mapped_column(ForeignKey("rule_set.id"), primary_key=True)


class AllocationRow(Base):
    """Who and what a standing booking takes: a row per person (`p:ID`) and per room (`r:ID`), half-open; of what lasts several
    days a row for each stretch of working time.

    The guards of `store.guards` refuse two rows of one resource that overlap. Cancelling deletes the rows.
    """

    __tablename__ = "allocation"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint(f"ends_at - starts_at <= {MAX_LENGTH_SECONDS}", name="at_most_14_days"),
        Index("ix_allocation_resource_starts_at", "resource", "starts_at"),
    )
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True)
    resource: Mapped[str] = mapped_column(primary_key=True)
    starts_at: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ends_at: Mapped[int] = mapped_column(BigInteger)


class AttendanceRow(Base):
    """Who was at a booking, and when it was made up; why somebody was on leave, in a word."""

    __tablename__ = "attendance"
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    status: Mapped[str]
    makeup_date: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")


class GuestAttendanceRow(Base):
    """How a guest was at a booking; guests who are of the roster stand among the others (`attendance`)."""

    __tablename__ = "guest_attendance"
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]


class ArrivalRow(Base):
    """Somebody signed in at a booking; `number` is what an organizer compares, and until `accepted_at` it does not count."""

    __tablename__ = "arrival"
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    arrived_at: Mapped[datetime] = mapped_column(MomentType)
    number: Mapped[str] = mapped_column(default="")
    accepted_at: Mapped[datetime | None] = mapped_column(MomentType)


class GuestArrivalRow(Base):
    """The same of a guest from outside."""

    __tablename__ = "guest_arrival"
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    arrived_at: Mapped[datetime] = mapped_column(MomentType)
    number: Mapped[str] = mapped_column(default="")
    accepted_at: Mapped[datetime | None] = mapped_column(MomentType)
