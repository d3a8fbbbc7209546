"""The tables of the organisation: its workdays, campaigns, rooms and rule sets; and its counters and heartbeats."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base, Moment


class OrganisationRow(Base):
    """The one organisation of this database, and its working time."""

    __tablename__ = "organisation"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    name_en: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="Asia/Shanghai")
    vocabulary: Mapped[str] = mapped_column(default="zh-party")
    blocks: Mapped[list[list[str]]] = mapped_column(JSON)
    lunch: Mapped[list[str] | None] = mapped_column(JSON)
    day_hours: Mapped[float] = mapped_column(default=7.0)


class WorkdayRow(Base):
    """A day that the workday table names."""

    __tablename__ = "workday"
    day: Mapped[date] = mapped_column(primary_key=True)
    is_workday: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")


class WorkdayYearRow(Base):
    """A year whose holidays are published."""

    __tablename__ = "workday_year"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(default="")


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


class RoomRow(Base):
    """A room."""

    __tablename__ = "room"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int | None]
    use: Mapped[str] = mapped_column(default="all")


class ExternalContactRow(Base):
    """Somebody outside who is invited."""

    __tablename__ = "external_contact"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    use: Mapped[str] = mapped_column(default="")


class OccurrenceRow(Base):
    """An occurrence that event rules react to."""

    __tablename__ = "occurrence"
    __table_args__ = (UniqueConstraint("kind", "person_id", "day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    day: Mapped[date]


class RuleSetRow(Base):
    """Rules applied in a campaign; `document` is the preset as it was applied, with `extends` carried out."""

    __tablename__ = "rule_set"
    __table_args__ = (UniqueConstraint("preset", "branch"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaign.id"))
    preset: Mapped[str]
    branch: Mapped[str] = mapped_column(default="")
    """The branch named by `--for`; empty: none was named."""
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_leading: Mapped[bool] = mapped_column(default=False)
    applied_at: Mapped[datetime] = mapped_column(Moment)


class CounterRow(Base):
    """The last number given to an id of each letter."""

    __tablename__ = "counter"
    prefix: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class HeartbeatRow(Base):
    """When a background process last said that it lives (real time)."""

    __tablename__ = "heartbeat"
    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
