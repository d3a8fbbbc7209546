"""Robots of chat groups: added, tried, switched on and off, removed; and what their groups are told by the background process.

A group is told of what every one of its readers is in, of no talk, and of nothing that befell before its robot was switched on.
"""

import itertools
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from scheduler.core.ground import access, audiences
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import BookingId, RoomId
from scheduler.core.ground.spans import Span
from scheduler.core.ground.vocabulary import Vocabulary
from scheduler.core.mail.notices import Notice, may_be_told
from scheduler.core.mail.times import is_quiet, wait_after
from scheduler.outside import addresses, robots
from scheduler.outside.errors import Unfetchable
from scheduler.outside.robots import RobotKind
from scheduler.services.ground import journal, organisation
from scheduler.services.mail import notices
from scheduler.store import load, writing
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.mail.chat_rows import ChatRobotRow, ChatToldRow

MAX_NAME, MAX_SECRET, MAX_ROBOTS = 60, 200, 20
MOST_AT_ONCE = 20
"""Notices in one message; further ones wait for the next round."""
Told = tuple[str, Span, str, bool]
"""Of a booking: its title, when and where it is, and whether it was cancelled."""


@dataclass(frozen=True, slots=True)
class ChatRobot:
    """A robot, without what it is reached by."""

    id: int
    kind: RobotKind
    name: str
    readers: str
    is_on: bool
    sent_at: datetime | None
    why: str
    """Why the last message was not taken; empty: it was."""


@dataclass(frozen=True, slots=True)
class NewRobot:
    """A robot as somebody types it."""

    kind: RobotKind
    name: str
    address: str
    secret: str
    readers: str


@dataclass(frozen=True, slots=True)
class Telling:
    """How groups are told: where robots may be, when nobody is told anything, and in which words."""

    allowed: Collection[str]
    quiet: tuple[time, time] | None
    language: str
    text: Callable[[Sequence[Notice], str], str]
    trial: Callable[[str], str]
    """What is said for trying."""
    speaking: Callable[[Vocabulary], AbstractContextManager[None]]
    is_stopping: Callable[[], bool] = lambda: False


def listing(session: Session, actor: Actor, clock: Clock) -> list[ChatRobot]:
    """All robots."""
    del clock  # every verb is given one
    access.require(actor, Action.EDIT_FEEDS)
    return [_robot(row) for row in session.scalars(select(ChatRobotRow).order_by(ChatRobotRow.id))]


@writing.verb
def add(session: Session, actor: Actor, new: NewRobot, clock: Clock, allowed: Collection[str]) -> ChatRobot:
    """Add a robot, which is off until it is switched on. Raises Malformed naming the field."""
    access.require(actor, Action.EDIT_FEEDS)
    writing.begin(session)
    _check(session, new, clock, allowed)
    row = ChatRobotRow(
        kind=new.kind.value, name=new.name, address=new.address, secret=new.secret, readers=new.readers, is_tried=False
    )
    session.add(row)
    session.flush()
    journal.note(session, actor, "added", "chat_robot", str(row.id), clock, kind=new.kind.value)
    return _robot(row)


@writing.verb
def switch(session: Session, actor: Actor, number: int, clock: Clock, *, is_on: bool) -> None:
    """Let a group be told of what changes from now on, or no longer. Raises NotFound."""
    row = _writing(session, actor, number)
    row.on_since = clock.real if is_on else None
    row.failures, row.next_at, row.why = 0, None, ""
    journal.note(session, actor, "switched", "chat_robot", str(number), clock, is_on=is_on)


@writing.verb
def try_out(session: Session, actor: Actor, number: int, clock: Clock) -> None:
    """Let the background process send one message that says only that this is a trial. Raises NotFound."""
    row = _writing(session, actor, number)
    row.is_tried, row.next_at, row.failures, row.why = True, None, 0, ""
    journal.note(session, actor, "tried", "chat_robot", str(number), clock)


@writing.verb
def remove(session: Session, actor: Actor, number: int, clock: Clock) -> None:
    """Forget a robot: its address, its secret, and what it told. Raises NotFound."""
    row = _writing(session, actor, number)
    session.execute(delete(ChatToldRow).where(ChatToldRow.robot_id == number))
    session.delete(row)
    journal.note(session, actor, "removed", "chat_robot", str(number), clock)


# ── For the background process ───────────────────────────────────────────────────────────────────────────────────────
def tell(session: Session, how: Telling, clock: Clock) -> int:
    """Tell every group what is new for it; how many messages were taken."""
    zone, spoken = load.organisation(session).zone, organisation.spoken(session)
    is_silent = is_quiet(clock.real, how.quiet, zone)
    row = ChatRobotRow
    is_due = or_(row.next_at.is_(None), row.next_at <= clock.real)
    numbers = list(session.scalars(select(row.id).where(or_(row.on_since.is_not(None), row.is_tried), is_due)))
    session.rollback()
    with how.speaking(spoken):
        language = spoken.language or how.language
        due = itertools.takewhile(lambda _: not how.is_stopping(), numbers)
        return sum(_tell(session, number, how, language, clock, is_silent=is_silent) for number in due)


def _tell(session: Session, number: int, how: Telling, language: str, clock: Clock, *, is_silent: bool) -> bool:
    """Tell one group; whether its robot took a message. Nothing of the database is held on to meanwhile."""
    row = session.get(ChatRobotRow, number)
    if row is None:
        return False
    news = [] if is_silent or row.on_since is None else _news(session, row, clock)[:MOST_AT_ONCE]
    told = [notices.of_row(session, booking, *before) for booking, before in news]
    text = how.trial(language) if row.is_tried else how.text(told, language) if told else ""
    kind, address, secret, is_trial = RobotKind(row.kind), row.address, row.secret, row.is_tried
    session.rollback()
    if not text:
        return False
    try:
        robots.send(kind, address, secret, text, clock.real, how.allowed)
    except Unfetchable as error:
        _note(session, number, clock, why=error.kind if error.kind == "refused" else "unfetchable")
        return False
    _note(session, number, clock, told=[] if is_trial else [booking for booking, _before in news])
    return True


def _news(
    session: Session, robot: ChatRobotRow, clock: Clock
) -> list[tuple[Booking, tuple[Span | None, RoomId | None]]]:
    """The bookings to come that changed since the robot was switched on, as its group may know them, and where they were."""
    zone, row = load.organisation(session).zone, BookingRow
    fresh = select(row.id).where(row.ends_at > clock.now, row.revised_at >= robot.on_since, row.kind != Kind.TALK.value)
    kept = session.scalars(select(ChatToldRow).where(ChatToldRow.robot_id == robot.id))
    told: dict[str, Told] = {
        t.booking_id: (t.title, Span(t.starts_at, t.ends_at), t.room_id, t.is_cancelled) for t in kept
    }
    news: list[tuple[Booking, tuple[Span | None, RoomId | None]]] = []
    for booking in load.bookings(session, ids=[BookingId(name) for name in session.scalars(fresh)]):
        before = told.get(booking.id)
        readers = frozenset(audiences.select(robot.readers, load.roster(session, booking.day(zone))))
        is_new = before is None or before[3]
        if before == _told(booking) or (is_new and booking.is_cancelled) or not may_be_told(booking, readers):
            continue
        stood = (None, None) if before is None or is_new else (before[1], RoomId(before[2]) if before[2] else None)
        news.append((booking, stood))
    return news


@writing.verb
def _note(session: Session, number: int, clock: Clock, *, told: Sequence[Booking] = (), why: str = "") -> None:
    """Write what became of a message: what was told is not told again; what failed is tried again after a while, and given up."""
    writing.begin(session)
    row = session.get(ChatRobotRow, number)
    if row is None:
        return
    if why:
        row.failures, row.why = row.failures + 1, why
        wait = wait_after(row.failures)
        row.next_at = clock.real + wait if wait else None
        if wait is None:
            row.on_since, row.is_tried = None, False
        return
    row.failures, row.why, row.next_at, row.sent_at, row.is_tried = 0, "", None, clock.real, False
    for booking in told:
        title, span, room, is_cancelled = _told(booking)
        session.merge(
            ChatToldRow(
                robot_id=number, booking_id=booking.id, title=title, starts_at=span.start, ends_at=span.end,
                room_id=room, is_cancelled=is_cancelled,
            )
        )  # fmt: skip


def _told(booking: Booking) -> Told:
    return booking.title, booking.span, booking.room or "", booking.is_cancelled


def _check(session: Session, new: NewRobot, clock: Clock, allowed: Collection[str]) -> None:
    """Raise Malformed for what a robot cannot be."""
    if not new.name.strip():
        raise Malformed("missing", "name")
    for field, value, longest in (("name", new.name, MAX_NAME), ("secret", new.secret, MAX_SECRET)):
        if len(value) > longest:
            raise Malformed("too_long", field, longest=longest)
    try:
        target = addresses.target(new.address, allowed)
    except Unfetchable:
        raise Malformed("not_a_robot", "address") from None
    if target.scheme != "https" and not target.is_allowed:
        raise Malformed("not_a_robot", "address")
    roster = load.roster(session, clock.today(load.organisation(session).zone))
    if not audiences.select(new.readers, roster):
        raise Malformed("unknown", "readers", value=new.readers)
    if len(session.scalars(select(ChatRobotRow.id)).all()) >= MAX_ROBOTS:
        raise Malformed("too_many_robots", "name", most=MAX_ROBOTS)


def _writing(session: Session, actor: Actor, number: int) -> ChatRobotRow:
    access.require(actor, Action.EDIT_FEEDS)
    writing.begin(session)
    row = session.get(ChatRobotRow, number)
    if row is None:
        raise NotFound("chat_robot", str(number))
    return row


def _robot(row: ChatRobotRow) -> ChatRobot:
    return ChatRobot(row.id, RobotKind(row.kind), row.name, row.readers, row.on_since is not None, row.sent_at, row.why)
