"""The tables. Facts that change in time stand in versions, `valid_from` included, `valid_to` not; None is open."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base, Moment

MAX_LENGTH_SECONDS = 14 * 24 * 3600
"""No booking is longer than 14 days, so that those that may overlap a moment can be found by index."""


class Dated:
    """A fact that holds from a day on (included) until another (not included)."""

    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


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


class PersonRow(Base):
    """A person's identity; everything else is dated."""

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(primary_key=True)


class PersonVersionRow(Dated, Base):
    """What is known of a person for some time."""

    __tablename__ = "person_version"
    __table_args__ = (Index("ix_person_version_person_id", "person_id"), Index("ix_person_version_name", "name"))
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    gender: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(default="")
    rank: Mapped[int | None]
    category: Mapped[str] = mapped_column(default="")
    party_status: Mapped[str] = mapped_column(default="")
    branch: Mapped[str] = mapped_column(default="")
    party_group: Mapped[str] = mapped_column(default="")
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    manager: Mapped[str | None]


class UnitRow(Base):
    """A unit's identity."""

    __tablename__ = "unit"
    id: Mapped[str] = mapped_column(primary_key=True)


class UnitVersionRow(Dated, Base):
    """A unit's name and kind for some time."""

    __tablename__ = "unit_version"
    __table_args__ = (Index("ix_unit_version_unit_id", "unit_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="other")


class PostRow(Dated, Base):
    """Who holds which post of a unit: `in_charge`, `head`, `acting_head` or `contact`."""

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_unit_id", "unit_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    post: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    place: Mapped[int] = mapped_column(default=0)
    """Order among several holders."""


class GroupRow(Base):
    """A group's identity."""

    __tablename__ = "people_group"
    id: Mapped[str] = mapped_column(primary_key=True)


class GroupVersionRow(Dated, Base):
    """A group's name and kind for some time."""

    __tablename__ = "people_group_version"
    __table_args__ = (Index("ix_people_group_version_group_id", "group_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("people_group.id"))
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="team")


class MembershipRow(Dated, Base):
    """Who is in a group, as `member`, `secretary` or on the `committee`."""

    __tablename__ = "membership"
    __table_args__ = (
        Index("ix_membership_group_id", "group_id"),
        Index("ix_membership_person_id", "person_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("people_group.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    part: Mapped[str] = mapped_column(default="member")
    place: Mapped[int] = mapped_column(default=0)


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


class AbsenceRow(Base):
    """An absence, or an "available only" time."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_person_id", "person_id", "last"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    first: Mapped[date]
    last: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    only_weekdays: Mapped[list[int]] = mapped_column(JSON, default=list)
    only_from: Mapped[str] = mapped_column(default="")
    only_to: Mapped[str] = mapped_column(default="")


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
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    room_id: Mapped[str | None] = mapped_column(ForeignKey("room.id"))
    is_off_site: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[list[str]] = mapped_column(JSON, default=list)
    host_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    mode: Mapped[str] = mapped_column(default="face_to_face")
    size: Mapped[str] = mapped_column(default="one_to_one")
    rule_set_id: Mapped[str | None] = mapped_column(ForeignKey("rule_set.id"))
    recorded_at: Mapped[datetime | None] = mapped_column(Moment)
    is_cancelled: Mapped[bool] = mapped_column(default=False)
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    is_held: Mapped[bool] = mapped_column(default=False)
    is_awaiting: Mapped[bool] = mapped_column(default=False)
    awaiting_since: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    revised_at: Mapped[datetime] = mapped_column(Moment)
    shown_sequence: Mapped[int] = mapped_column(default=0)
    shown_revised_at: Mapped[datetime | None] = mapped_column(Moment)
    busy_sequence: Mapped[int] = mapped_column(default=0)
    busy_revised_at: Mapped[datetime | None] = mapped_column(Moment)


class ParticipantRow(Base):
    """Who is in a booking."""

    __tablename__ = "participant"
    __table_args__ = (Index("ix_participant_person_id", "person_id"),)
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    place: Mapped[int] = mapped_column(default=0)
    part: Mapped[str] = mapped_column(default="attendee")
    is_named: Mapped[bool] = mapped_column(default=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)


class TalkLinkRow(Base):
    """A talk that an organizer lets count for a further rule set."""

    __tablename__ = "talk_link"
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    rule_set_id: Mapped[str] = mapped_column(ForeignKey("rule_set.id"), primary_key=True)


class AllocationRow(Base):
    """Who and what a standing booking takes: one row per person (`p:ID`) and per room (`r:ID`), half-open.

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
    starts_at: Mapped[int] = mapped_column(BigInteger)
    ends_at: Mapped[int] = mapped_column(BigInteger)


class AttendanceRow(Base):
    """Who was at a study session, and when it was made up."""

    __tablename__ = "attendance"
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    status: Mapped[str]
    makeup_date: Mapped[date | None]


class CounterRow(Base):
    """The last number given to an id of each letter."""

    __tablename__ = "counter"
    prefix: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class AccountRow(Base):
    """Who may sign in."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str | None]
    """A role given to the account besides those that follow from the org chart."""
    password_hash: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(Moment)


class SignInRow(Base):
    """A signed-in browser or script; only the digest of its secret is kept."""

    __tablename__ = "sign_in"
    digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    is_token: Mapped[bool] = mapped_column(default=False)
    """A token for scripts (Bearer) instead of a browser's cookie."""


class PasswordLinkRow(Base):
    """A one-time link where a password is set; only its digest is kept."""

    __tablename__ = "password_link"
    digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class JournalRow(Base):
    """Who did what, when (real time). No titles, no names, no secrets: ids only."""

    __tablename__ = "journal"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    actor: Mapped[str]
    action: Mapped[str]
    noun: Mapped[str]
    noun_id: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class IdempotencyRow(Base):
    """An answer that was given to a request with an Idempotency-Key, kept for 24 hours."""

    __tablename__ = "idempotency"
    account: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    status: Mapped[int]
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)


class HeartbeatRow(Base):
    """When a background process last said that it lives (real time)."""

    __tablename__ = "heartbeat"
    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
