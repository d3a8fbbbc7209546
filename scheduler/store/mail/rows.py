"""The tables of the mail: where people want it, what waits to be sent, what it tells, its links, and answers to it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base, MomentType


class MailContactRow(Base):
    """Somebody's mail address, and whether they live with a feed or with mail. Nobody else is shown it."""

    __tablename__ = "mail_contact"
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    address: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="auto")


class MailMessageRow(Base):
    """A message that waits, was sent, or was given up. It is written out only when it is sent."""

    __tablename__ = "mail_message"
    __table_args__ = (
        Index("ix_mail_message_state_due_at", "state", "due_at"),
        Index("ix_mail_message_person_id", "person_id", "state"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    """A UUID; the Message-ID of every attempt."""
    key: Mapped[str] = mapped_column(unique=True)
    """What there is one message of: `release:RUN:PERSON`, `reminder:BOOKING:START:PERSON`, `page:WHAT:MOMENT:PERSON`, else its own id."""
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    booking_id: Mapped[str | None] = mapped_column(ForeignKey("booking.id"))
    """The talk that is reminded of; None: the message tells news."""
    state: Mapped[str] = mapped_column(default="waiting")
    made_at: Mapped[datetime] = mapped_column(MomentType)
    due_at: Mapped[datetime] = mapped_column(MomentType)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(MomentType)
    lease: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None] = mapped_column(MomentType)
    why: Mapped[str] = mapped_column(default="")


class MailNewsRow(Base):
    """One change to one booking that one person is told of: once, whatever happens."""

    __tablename__ = "mail_news"
    __table_args__ = (Index("ix_mail_news_message_id", "message_id"), Index("ix_mail_news_person_id", "person_id"))
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    message_id: Mapped[str] = mapped_column(ForeignKey("mail_message.id"))
    kind: Mapped[str]
    before_start: Mapped[datetime | None] = mapped_column(MomentType)
    before_end: Mapped[datetime | None] = mapped_column(MomentType)
    before_room: Mapped[str] = mapped_column(default="")


class MailLinkRow(Base):
    """A link in a message that does one thing, for one person, without a sign-in; only its digest is kept."""

    __tablename__ = "mail_link"
    __table_args__ = (Index("ix_mail_link_expires_at", "expires_at"),)
    digest: Mapped[str] = mapped_column(primary_key=True)
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(MomentType)
    used_at: Mapped[datetime | None] = mapped_column(MomentType)


class InvitationReplyRow(Base):
    """What somebody answered to an invitation, last."""

    __tablename__ = "invitation_reply"
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    answer: Mapped[str]
    sequence: Mapped[int]
    answered_at: Mapped[datetime] = mapped_column(MomentType)
