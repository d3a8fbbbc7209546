"""The tables of the planner: runs, and the draft plans that they made."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base, MomentType


class PlanRunRow(Base):
    """A run of the planner; moments are real time."""

    __tablename__ = "plan_run"
    __table_args__ = (Index("ix_plan_run_state", "state"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    rule_set_id: Mapped[str | None] = mapped_column(ForeignKey("rule_set.id"))
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(MomentType)
    attempt: Mapped[int] = mapped_column(default=0)
    is_cancelling: Mapped[bool] = mapped_column(default=False)
    claimed_at: Mapped[datetime | None] = mapped_column(MomentType)
    heartbeat_at: Mapped[datetime | None] = mapped_column(MomentType)
    finished_at: Mapped[datetime | None] = mapped_column(MomentType)
    seconds: Mapped[float] = mapped_column(default=0.0)
    placed: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    reached: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    bounds: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    error: Mapped[str] = mapped_column(default="")


class DraftPlanRow(Base):
    """What a run proposes. Nothing of it is on the calendar before it is released."""

    __tablename__ = "draft_plan"
    run_id: Mapped[str] = mapped_column(ForeignKey("plan_run.id"), primary_key=True)
    status: Mapped[str] = mapped_column(default="draft")
    plan_status: Mapped[str]
    unplaced: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    reached: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    bounds: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    binding: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    seconds: Mapped[float] = mapped_column(default=0.0)
    version: Mapped[int] = mapped_column(default=1)
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(MomentType)


class DraftPlacementRow(Base):
    """One booking that a draft plan proposes."""

    __tablename__ = "draft_placement"
    run_id: Mapped[str] = mapped_column(ForeignKey("draft_plan.run_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    people: Mapped[list[str]] = mapped_column(JSON)
    audience: Mapped[list[str]] = mapped_column(JSON, default=list)
    starts_at: Mapped[datetime] = mapped_column(MomentType)
    minutes: Mapped[int]
    room_id: Mapped[str | None]
    mode: Mapped[str]
    rules: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_pinned: Mapped[bool] = mapped_column(default=False)
    moves_id: Mapped[str | None] = mapped_column(ForeignKey("booking.id"))
    booking_id: Mapped[str | None] = mapped_column(ForeignKey("booking.id"))
    """What it became when the plan was released."""
