"""Guests as a booking's row keeps them, and the table of how they were there."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.core.ground.guests import Guest
from scheduler.store.base import Base

_FIELDS = tuple(field.name for field in fields(Guest))


class GuestAttendanceRow(Base):
    """How a guest was at a booking; guests who are of the roster stand among the others (`attendance`)."""

    __tablename__ = "guest_attendance"
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]


def kept(guests: Iterable[Guest]) -> list[dict[str, Any]]:
    """Guests as JSON, without what is not known of them."""
    return [{name: value for name in _FIELDS if (value := getattr(guest, name))} for guest in guests]


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[Guest, ...]:
    """Guests from JSON."""
    return tuple(Guest(**row) for row in rows)
