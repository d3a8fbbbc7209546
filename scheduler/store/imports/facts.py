"""What is known, for an import to hold its facts against. A fixed number of queries, however much there is."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.ids import BookingId, GroupId, PersonId, RoomId, UnitId
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.campaigns import load
from scheduler.store.organisation.load import holds_on
from scheduler.store.organisation.rows import (
    ExternalContactRow,
    GroupVersionRow,
    MembershipRow,
    PersonRow,
    PersonVersionRow,
    PostRow,
    RoomRow,
    UnitRow,
    UnitVersionRow,
)

_IMPORTS = 7_268_402
"""Number of the PostgreSQL lock that imports take turns by."""
_DATED = (PersonVersionRow, UnitVersionRow, GroupVersionRow, PostRow, MembershipRow)


class ExistingNames(NamedTuple):
    """All ids that files may refer to, with what they are or were called."""

    people: list[tuple[PersonId, str, str]]
    """Id, name and unit, once for each version; a person's latest comes last."""
    units: dict[UnitId, str]
    groups: dict[GroupId, str]
    rooms: dict[RoomId, str]
    contacts: dict[str, tuple[str, str]]
    """Kind and name."""
    campaigns: tuple[Campaign, ...]
    posts: dict[UnitId, dict[str, PersonId]]
    """Who holds the posts of each unit by its latest version; of several in charge, the first."""


def names(session: Session) -> ExistingNames:
    """Everybody and everything there is, by name."""
    version, unit, group, contact = PersonVersionRow, UnitVersionRow, GroupVersionRow, ExternalContactRow
    oldest_first = (version.valid_from.is_not(None), version.valid_from)
    people = select(version.person_id, version.name, version.unit).order_by(version.person_id, *oldest_first)
    units = select(unit.unit_id, unit.name).order_by(unit.valid_from.is_not(None), unit.valid_from)
    groups = select(group.group_id, group.name).order_by(group.valid_from.is_not(None), group.valid_from)
    return ExistingNames(
        [(PersonId(person), name, of) for person, name, of in session.execute(people)],
        {UnitId(key): name for key, name in session.execute(units)},
        {GroupId(key): name for key, name in session.execute(groups)},
        {RoomId(key): name for key, name in session.execute(select(RoomRow.id, RoomRow.name))},
        {key: (kind, name) for key, kind, name in session.execute(select(contact.id, contact.kind, contact.name))},
        campaigns=load.campaigns(session),
        posts=_posts(session),
    )


def _posts(session: Session) -> dict[UnitId, dict[str, PersonId]]:
    """Who holds which post, as far as no end of it is known."""
    row = PostRow
    query = select(row.unit_id, row.post, row.person_id).where(row.valid_to.is_(None)).order_by(row.unit_id, row.place)
    posts: dict[UnitId, dict[str, PersonId]] = {}
    for unit, post, person in session.execute(query):
        posts.setdefault(UnitId(unit), {}).setdefault(post, PersonId(person))
    return posts


def bookings_named(session: Session, ids: Iterable[BookingId]) -> dict[BookingId, tuple[Kind, datetime]]:
    """The kinds of these bookings and when they start, as far as they are known."""
    row = BookingRow
    query = select(row.id, row.kind, row.starts_at).where(row.id.in_(list(ids)))
    return {BookingId(booking_id): (Kind(kind), starts_at) for booking_id, kind, starts_at in session.execute(query)}


def bookings_with_audience(session: Session) -> dict[BookingId, date]:
    """The standing bookings whose people come in through groups, each with the (UTC) day it starts on."""
    row = BookingRow
    query = select(row.id, row.audience, row.starts_at).where(row.is_cancelled.is_(False), row.kind != Kind.TALK)
    return {BookingId(key): start.date() for key, audience, start in session.execute(query) if audience}


def change_days(session: Session) -> list[date]:
    """The days on which anything in the org chart begins or ends, in order; between two of them nothing changes."""
    edges = [column for row in _DATED for column in (row.valid_from, row.valid_to)]
    return sorted(day for day in session.scalars(union(*map(select, edges))) if day)


def names_on(session: Session, day: date) -> list[tuple[PersonId, str]]:
    """Who is called what on a day."""
    row = PersonVersionRow
    query = select(row.person_id, row.name).where(holds_on(row, day))
    return [(PersonId(person), name) for person, name in session.execute(query)]


def take_turns(session: Session) -> None:
    """Let one import run at a time, until its transaction is over; on SQLite writers take turns in any case."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_IMPORTS)))


class Counts(NamedTuple):
    """How much the database holds."""

    people: int
    units: int
    rooms: int
    branches: dict[GroupId, int]


def counts(session: Session, day: date) -> Counts:
    """How many people, units and rooms there are, and how many members each branch has on a day."""
    group, member = GroupVersionRow, MembershipRow
    branches = session.scalars(
        select(group.group_id).where(group.kind == "branch", holds_on(group, day)).order_by(group.group_id)
    ).all()
    members = (
        select(member.group_id, func.count(member.person_id.distinct()))
        .where(member.group_id.in_(branches), member.part == "member", holds_on(member, day))
        .group_by(member.group_id)
    )
    count_of = {key: number for key, number in session.execute(members)}  # noqa: C416 - rows are no pairs for the types
    return Counts(
        _count(session, PersonRow),
        _count(session, UnitRow),
        _count(session, RoomRow),
        {GroupId(branch): count_of.get(branch, 0) for branch in branches},
    )


def _count(session: Session, row: type[PersonRow | UnitRow | RoomRow]) -> int:
    """How many rows a table has."""
    return session.scalar(select(func.count()).select_from(row)) or 0
