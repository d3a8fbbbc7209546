"""The table of heartbeats."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base, MomentType


class HeartbeatRow(Base):
    """When a background process last said that it lives (real time)."""

    __tablename__ = "heartbeat"
    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(MomentType)
