"""The tables of chat groups: their robots, and what each was told last."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base, MomentType


class ChatRobotRow(Base):
    """A robot of a chat group. Its address and secret must be used, so they are kept as they are; they are shown to nobody again."""

    __tablename__ = "chat_robot"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    address: Mapped[str]
    secret: Mapped[str] = mapped_column(default="")
    readers: Mapped[str]
    """Who reads the group, as a selector of audiences."""
    on_since: Mapped[datetime | None] = mapped_column(MomentType)
    """What changed from then on is told; None: it is off."""
    is_tried: Mapped[bool] = mapped_column(default=False)
    """Whether a message for trying it waits."""
    sent_at: Mapped[datetime | None] = mapped_column(MomentType)
    next_at: Mapped[datetime | None] = mapped_column(MomentType)
    failures: Mapped[int] = mapped_column(default=0)
    why: Mapped[str] = mapped_column(default="")


class ChatToldRow(Base):
    """Where and when a booking was when a chat group was last told of it."""

    __tablename__ = "chat_told"
    robot_id: Mapped[int] = mapped_column(ForeignKey("chat_robot.id"), primary_key=True)
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    title: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(MomentType)
    ends_at: Mapped[datetime] = mapped_column(MomentType)
    room_id: Mapped[str] = mapped_column(default="")
    is_cancelled: Mapped[bool] = mapped_column(default=False)
