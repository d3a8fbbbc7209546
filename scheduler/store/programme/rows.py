"""The tables of the programme: light records with days, and no text of an opinion, a talk or a material."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base


class TaskRow(Base):
    """A task of the rectification ledger."""

    __tablename__ = "task"
    id: Mapped[str] = mapped_column(primary_key=True)
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaign.id"))
    title: Mapped[str]
    due: Mapped[date | None]
    leader_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    lead_unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    supporting: Mapped[list[str]] = mapped_column(JSON, default=list)
    opened_on: Mapped[date | None]
    started_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(default="")


class MaterialRow(Base):
    """A material: whose it is, and nothing of what it says."""

    __tablename__ = "material"
    id: Mapped[str] = mapped_column(primary_key=True)
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaign.id"))
    kind: Mapped[str]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class MaterialStepRow(Base):
    """A step of a material; `turn` counts the same step on the same day."""

    __tablename__ = "material_step"
    material_id: Mapped[str] = mapped_column(ForeignKey("material.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int]
    by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class OpinionRow(Base):
    """A body outside that is asked for its opinion in writing."""

    __tablename__ = "opinion"
    id: Mapped[str] = mapped_column(primary_key=True)
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaign.id"))
    contact_id: Mapped[str] = mapped_column(ForeignKey("external_contact.id"))
    sent_on: Mapped[date]
    due: Mapped[date | None]
    received_on: Mapped[date | None]
    waived_on: Mapped[date | None]


class OpinionTallyRow(Base):
    """So many opinions from a source in an area."""

    __tablename__ = "opinion_tally"
    source: Mapped[str] = mapped_column(primary_key=True)
    booking_ref: Mapped[str] = mapped_column(primary_key=True, default="")
    """A booking's id, or nothing."""
    day: Mapped[date] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    """Counts entries that are alike in all else."""
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaign.id"))
    items: Mapped[int]


class BatchRow(Base):
    """A batch of a training."""

    __tablename__ = "batch"
    id: Mapped[str] = mapped_column(primary_key=True)
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaign.id"))
    name: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    cap: Mapped[int | None]


class BatchPersonRow(Base):
    """Somebody in a batch: from a body outside, by name as far as it is known."""

    __tablename__ = "batch_person"
    batch_id: Mapped[str] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("external_contact.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True, default="")
    post: Mapped[str] = mapped_column(default="")


class MeetingResultRow(Base):
    """The numbers of a meeting that was held, and when it was reported."""

    __tablename__ = "meeting_result"
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    expected: Mapped[int | None]
    present: Mapped[int | None]
    observers: Mapped[int | None]
    person_times: Mapped[int | None]
    items: Mapped[int | None]
    reported_on: Mapped[date | None]


class FrequencyRuleRow(Base):
    """How often a kind of meeting is to be held, and by whom."""

    __tablename__ = "frequency_rule"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    per: Mapped[str]
    least: Mapped[int] = mapped_column(default=1)
    attendees: Mapped[str]
    first: Mapped[date | None]
    last: Mapped[date | None]


class DutyExemptionRow(Base):
    """A period in which a rule is not asked of somebody, why, and since when."""

    __tablename__ = "duty_exemption"
    rule_id: Mapped[str] = mapped_column(ForeignKey("frequency_rule.id", ondelete="CASCADE"), primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    """As it is called: 2014-08, 2014-Q3, 2014."""
    reason: Mapped[str]
    day: Mapped[date]
    by: Mapped[str]


class VisitRow(Base):
    """Which body outside a visit was to."""

    __tablename__ = "visit"
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("external_contact.id"))


class OutsidePointRow(Base):
    """A body outside that is somebody's contact point, both days included."""

    __tablename__ = "outside_contact_point"
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("external_contact.id"), primary_key=True)
    first: Mapped[date | None]
    last: Mapped[date | None]


class GateRow(Base):
    """A meeting that was confirmed, or is held although something is missing; its conditions as they were then."""

    __tablename__ = "gate"
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    day: Mapped[date]
    by: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    """Of an override; empty: it was confirmed."""
    items: Mapped[list[list[object]]] = mapped_column(JSON, default=list)


class GateConditionsRow(Base):
    """What must hold before a kind of meeting in a campaign, where an office has set that itself."""

    __tablename__ = "gate_conditions"
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    conditions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class GateTickRow(Base):
    """A condition that somebody ticked or signed, sent to be signed, or sent back."""

    __tablename__ = "gate_tick"
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date]
    by: Mapped[str]
    step: Mapped[str] = mapped_column(default="done")
