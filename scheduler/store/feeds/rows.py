"""The tables of calendar feeds: whose they are, what stands in them, who fetched them, and the pages that lead to them."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base, MomentType


class FeedRow(Base):
    """A calendar feed: one owner, one secret address of which only the digest is kept; and its revision."""

    __tablename__ = "feed"
    __table_args__ = (Index("ix_feed_subject", "subject"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    room_id: Mapped[str | None] = mapped_column(ForeignKey("room.id"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    """Of the token in its address; of a device's password."""
    language: Mapped[str] = mapped_column(default="zh")
    created_at: Mapped[datetime] = mapped_column(MomentType)
    revoked_at: Mapped[datetime | None] = mapped_column(MomentType)
    subject: Mapped[str] = mapped_column(default="")
    """Its owner: `p:ID`, `r:ID`, `g:ID` or `c:ID`."""
    alarm_minutes: Mapped[int | None]
    hides_names: Mapped[bool] = mapped_column(default=False)
    back_days: Mapped[int | None]
    ahead_days: Mapped[int | None]
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    """To which it is limited; a campaign's own feed has it in its subject."""
    reach_start: Mapped[datetime | None] = mapped_column(MomentType)
    reach_end: Mapped[datetime | None] = mapped_column(MomentType)
    revision: Mapped[int] = mapped_column(default=1)
    """Raised by everything its readers may see; with `changed_at` it is all that a 304 looks at."""
    changed_at: Mapped[datetime] = mapped_column(MomentType)
    is_stale: Mapped[bool] = mapped_column(default=True)
    """The body kept is not of this revision."""
    form: Mapped[str] = mapped_column(default="")
    """How the kept body was written: another form of ours is another revision."""
    device: Mapped[str] = mapped_column(default="")
    """What reads it as a calendar account (CalDAV); empty: it has an address instead."""
    from_page: Mapped[bool] = mapped_column(default=False)
    """Of a device: added on the subscription page, with which it ends."""
    synced_from: Mapped[int] = mapped_column(default=0)
    """Of a device: what was removed is known since this revision."""


class FeedBodyRow(Base):
    """The bytes of a feed as of a revision, plain and packed."""

    __tablename__ = "feed_body"
    feed_id: Mapped[str] = mapped_column(ForeignKey("feed.id"), primary_key=True)
    revision: Mapped[int]
    form: Mapped[str]
    """Entries are taken over from a body of the same form; of another they are written anew."""
    data: Mapped[bytes] = mapped_column(LargeBinary)
    packed: Mapped[bytes] = mapped_column(LargeBinary)
    left_out: Mapped[int] = mapped_column(default=0)
    """The oldest entries that no longer fitted."""
    odd: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Bookings that could not be written."""


class FeedEntryRow(Base):
    """An entry of a device's feed: as of which bytes, and since which revision; also one that is there no more."""

    __tablename__ = "feed_entry"
    feed_id: Mapped[str] = mapped_column(ForeignKey("feed.id"), primary_key=True)
    uid: Mapped[str] = mapped_column(primary_key=True)
    tag: Mapped[str]
    """Of its bytes; empty: it was removed."""
    revision: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(MomentType)


class FeedFetchRow(Base):
    """That a kind of client got a revision of a feed: when first, when last, how often. No address, no name of a device."""

    __tablename__ = "feed_fetch"
    feed_id: Mapped[str] = mapped_column(ForeignKey("feed.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    client: Mapped[str] = mapped_column(primary_key=True)
    shown_at: Mapped[datetime] = mapped_column(MomentType)
    """As of when the revision is."""
    first_at: Mapped[datetime] = mapped_column(MomentType)
    last_at: Mapped[datetime] = mapped_column(MomentType)
    fetches: Mapped[int] = mapped_column(default=1)


class SubscriptionPageRow(Base):
    """The page where somebody subscribes without signing in, at a secret address of its own."""

    __tablename__ = "subscription_page"
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    feed_id: Mapped[str | None] = mapped_column(ForeignKey("feed.id"))
    turn: Mapped[int] = mapped_column(default=1)
    """Raised when the feed's address is renewed: the address is derived from the page's secret and this."""
    created_at: Mapped[datetime] = mapped_column(MomentType)
    taken_at: Mapped[datetime | None] = mapped_column(MomentType)
    """When its person took it over; until then it shows and subscribes, and acts for nobody."""
    own_digest: Mapped[str | None] = mapped_column(unique=True)
    """Of what the person got by that and nobody else has; None although it is taken: they made the page themselves."""


class CalendarRevisionRow(Base):
    """How often, and when last, the calendar of a resource (`p:ID`, `r:ID`) changed; never goes back."""

    __tablename__ = "calendar_revision"
    resource: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(MomentType)
