"""The table of how guests were at bookings; who they are stands in a booking's row."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base


class GuestAttendanceRow(Base):
    """How a guest was at a booking; guests who are of the roster stand among the others (`attendance`)."""

    __tablename__ = "guest_attendance"
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]
