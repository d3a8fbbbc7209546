"""The tables of campaigns: phases, milestones, and what befalls people in them."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base


class CampaignRow(Base):
    """A campaign."""

    __tablename__ = "campaign"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    starts: Mapped[date]
    ends: Mapped[date]
    talk_window: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    report_before_days: Mapped[int | None]
    report_after_days: Mapped[int | None]
    signed_off_by: Mapped[str] = mapped_column(default="")
    study_days: Mapped[float] = mapped_column(default=7.0)
    lists: Mapped[dict[str, list[list[str]]]] = mapped_column(JSON, default=dict)
    is_open: Mapped[bool] = mapped_column(default=True)
    place: Mapped[int] = mapped_column(default=0)
    """Of several campaigns on one day, the one with the smallest number leads."""
    quorum: Mapped[str] = mapped_column(default="2/3", server_default="2/3")
    notice_workdays: Mapped[int] = mapped_column(default=1, server_default="1")


class PhaseRow(Base):
    """A phase of a campaign."""

    __tablename__ = "phase"
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]


class MilestoneRow(Base):
    """A day that windows and due dates hang on."""

    __tablename__ = "milestone"
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date]


class StudyTargetRow(Base):
    """Hours of study that are asked of an audience, less another."""

    __tablename__ = "study_target"
    id: Mapped[str] = mapped_column(primary_key=True)
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaign.id"))
    audience: Mapped[list[str]] = mapped_column(JSON, default=list)
    minus: Mapped[list[str]] = mapped_column(JSON, default=list)
    hours: Mapped[float]
    first: Mapped[date]
    last: Mapped[date]
    is_pro_rata: Mapped[bool] = mapped_column(default=False)


class StudyExemptionRow(Base):
    """Hours of a study target that are not asked of somebody."""

    __tablename__ = "study_exemption"
    target_id: Mapped[str] = mapped_column(ForeignKey("study_target.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    hours: Mapped[float]
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    day: Mapped[date | None]


class OccurrenceRow(Base):
    """An occurrence that event rules react to."""

    __tablename__ = "occurrence"
    __table_args__ = (UniqueConstraint("kind", "person_id", "day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    day: Mapped[date]
    partner_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """Who was chosen to talk with them."""
