"""What hangs on a person, a unit, a group, a room or a contact: every row that names it, whatever table it stands in."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Table, Text, cast, delete, func, select
from sqlalchemy.orm import Session

from scheduler.store.accounts.rows import AccountRow
from scheduler.store.arranging.rows import DraftPlacementRow
from scheduler.store.base import Base
from scheduler.store.bookings.proposal_rows import TalkProposalRow
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.bookings.swap_rows import SwapProposalRow
from scheduler.store.campaigns.rows import CampaignRow
from scheduler.store.feeds.calendar_rows import OutsideCalendarRow
from scheduler.store.feeds.rows import FeedRow
from scheduler.store.mail.chat_rows import ChatToldRow
from scheduler.store.mail.rows import MailContactRow, MailNewsRow
from scheduler.store.operations import former
from scheduler.store.operations.former import FormerFactRow
from scheduler.store.organisation.rows import (
    ExternalContactRow,
    GroupRow,
    GroupVersionRow,
    MembershipRow,
    PersonRow,
    PersonVersionRow,
    PostRow,
    RoomRow,
    UnitRow,
    UnitVersionRow,
)
from scheduler.store.rules.rows import RuleSetRow
from scheduler.store.upserts import portions, table_of

_ALL = (AccountRow, SwapProposalRow, TalkProposalRow, OutsideCalendarRow, FeedRow, ChatToldRow)
"""Tables that must be known here because they name people, rooms or bookings; those of other rooms come along with them."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of thing that can be taken out: its table, what goes with it, and who names it without a foreign key."""

    row: type[Base]
    own: tuple[type[Base], ...] = ()
    """Rows that say what it is; they go with it."""
    named: tuple[tuple[type[Base], str], ...] = ()
    """Columns that hold its id as plain text."""
    listed: tuple[tuple[type[Base], str], ...] = ()
    """Columns of JSON in which its id may stand."""


THINGS = {
    "person": Thing(
        PersonRow,
        (PersonVersionRow, MembershipRow, MailContactRow, MailNewsRow, FormerFactRow),
        ((PersonVersionRow, "manager"),),
        (
            (CampaignRow, "lists"),
            (RuleSetRow, "document"),
            (DraftPlacementRow, "people"),
            (BookingRow, "guests"),
            (BookingRow, "agenda"),
        ),
    ),
    "unit": Thing(UnitRow, (UnitVersionRow, PostRow), ((PersonVersionRow, "unit"),), ((RuleSetRow, "document"),)),
    "group": Thing(
        GroupRow,
        (GroupVersionRow,),
        ((PersonVersionRow, "branch"), (PersonVersionRow, "party_group")),
        ((BookingRow, "audience"), (RuleSetRow, "document"), (DraftPlacementRow, "audience")),
    ),
    "room": Thing(RoomRow, (), ((DraftPlacementRow, "room_id"),)),
    "external_contact": Thing(ExternalContactRow, listed=((BookingRow, "guests"),)),
}
"""By what the journal calls them."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """Rows of one table that name a thing: how many there are, and of which bookings."""

    table: str
    count: int
    bookings: tuple[str, ...] = ()


def exists(session: Session, noun: str, key: str) -> bool:
    """Whether there is such a thing."""
    return session.get(THINGS[noun].row, key) is not None


def on(session: Session, noun: str, key: str) -> list[Hanging]:
    """What hangs on a thing, table by table; what only says what it is does not count."""
    thing = THINGS[noun]
    conditions: dict[str, tuple[Table, list[ColumnElement[bool]]]] = {}
    for column, condition in _places(thing, key):
        conditions.setdefault(column.table.name, (column.table, []))[1].append(condition)
    hanging = [_count(session, table, some) for table, some in conditions.values()]
    return [rows for rows in hanging if rows.count]


def named_elsewhere(session: Session, table: str, keys: list[str]) -> Iterator[tuple[str, str, int]]:
    """What names rows of a table without a foreign key, as plain text or within a document: id, table, how often."""
    thing = next((thing for thing in THINGS.values() if table_of(thing.row).name == table), None)
    for row, name in thing.named if thing else ():
        column = table_of(row).c[name]
        for portion in portions(keys):
            query = select(column, func.count()).where(column.in_(portion)).group_by(column).order_by(column)
            for key, count in session.execute(query):
                yield key, column.table.name, count
    for row, name in thing.listed if thing else ():
        texts = session.scalars(select(cast(table_of(row).c[name], Text))).all()
        for key in keys:
            if count := sum(f'"{key}"' in text for text in texts if text):
                yield key, table_of(row).name, count


def seats(session: Session, person: str) -> list[Hanging]:
    """The places of somebody in teams, roles and committees; to be asked before `take_out`."""
    held = _count(session, table_of(MembershipRow), [_seated(person)])
    return [held] if held.count else []


def _places(thing: Thing, key: str) -> Iterator[tuple[Column[object], ColumnElement[bool]]]:
    """Every column that can name a thing, with the condition that it does."""
    own = {table_of(row).name for row in thing.own}
    target = table_of(thing.row)
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if table.name not in own and any(reference.column.table is target for reference in column.foreign_keys):
                yield column, column == key
    for row, name in thing.named:
        column = table_of(row).c[name]
        yield column, column == key
    for row, name in thing.listed:
        column = table_of(row).c[name]
        yield column, cast(column, Text).contains(f'"{key}"', autoescape=True)


def _seated(person: str) -> ColumnElement[bool]:
    """Places in teams, roles and committees, which others look to; a branch or a tag is only said of somebody."""
    row = table_of(MembershipRow).c
    teams = select(GroupVersionRow.group_id).where(GroupVersionRow.kind.in_(("team", "role")))
    return (row.person_id == person) & ((row.part != "member") | row.group_id.in_(teams))


def _count(session: Session, table: Table, conditions: Collection[ColumnElement[bool]]) -> Hanging:
    """How many rows of a table name it."""
    any_of = next(iter(conditions))
    for condition in conditions:
        any_of |= condition
    which = table.c["id"] if table.name == "booking" else table.c.get("booking_id")
    count = session.scalar(select(func.count()).select_from(table).where(any_of)) or 0
    if which is None or not count:
        return Hanging(table.name, count)
    query = select(which).where(any_of, which.is_not(None)).distinct().order_by(which)
    return Hanging(table.name, count, tuple(session.scalars(query)))


def take_out(session: Session, noun: str, key: str) -> None:
    """Take a thing's own rows away; its identity stays until `end`."""
    for row in THINGS[noun].own:
        table, target = table_of(row), table_of(THINGS[noun].row)
        for column in table.columns:
            if any(reference.column.table is target for reference in column.foreign_keys):
                session.execute(delete(table).where(column == key))


def end(session: Session, noun: str, key: str) -> None:
    """Take a thing's identity away: nothing names it any more."""
    if noun == "person":
        former.forget(session, key)
    table = table_of(THINGS[noun].row)
    session.execute(delete(table).where(table.c["id"] == key))
