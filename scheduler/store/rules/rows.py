"""The table of rule sets."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base, MomentType


class RuleSetRow(Base):
    """Rules applied in a campaign; `document` is the preset as it was applied, with `extends` carried out."""

    __tablename__ = "rule_set"
    __table_args__ = (UniqueConstraint("campaign_id", "preset", "branch"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaign.id"))
    preset: Mapped[str]
    branch: Mapped[str] = mapped_column(default="")
    """The branch named by `--for`; empty: none was named."""
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_leading: Mapped[bool] = mapped_column(default=False)
    applied_at: Mapped[datetime] = mapped_column(MomentType)
