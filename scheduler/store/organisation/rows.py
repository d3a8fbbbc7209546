"""The tables of people, units, posts and groups, and of when somebody is away.

Facts that change in time stand in versions, `valid_from` included, `valid_to` not; None is open.
"""

from datetime import date

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base


class Dated:
    """A fact that holds from a day on (included) until another (not included)."""

    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


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
    grade: Mapped[str] = mapped_column(default="", server_default="")


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


class RoomRow(Base):
    """A room."""

    __tablename__ = "room"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int | None]
    use: Mapped[str] = mapped_column(default="all")


class CharacterStrokesRow(Base):
    """The strokes of a character, as the office has set them."""

    __tablename__ = "character_strokes"
    character: Mapped[str] = mapped_column(primary_key=True)
    strokes: Mapped[str]


class ExternalContactRow(Base):
    """Somebody outside who is invited."""

    __tablename__ = "external_contact"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    use: Mapped[str] = mapped_column(default="")
