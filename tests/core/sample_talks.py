"""The sample's talks, meetings, attendance, rooms and absences as core knows them, without a database."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache

from scheduler.core.bookings.snapshot import Snapshot
from scheduler.core.ground import audiences
from scheduler.core.ground.bookings import Absence, AsOf, Booking, Kind, Mode, Participant, Size
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.ground.people import ExternalContact, Room
from scheduler.core.ground.spans import DayRange, Span, next_midnight
from scheduler.core.sessions.study import Attendance, Attended
from tests.builders import ZONE
from tests.core.sample import SAMPLE, campaign, roster, working_time

KINDS = {
    "动员大会": Kind.MEETING,
    "总结大会": Kind.MEETING,
    "集中学习": Kind.STUDY_SESSION,
    "党课": Kind.PARTY_LECTURE,
    "座谈会": Kind.SYMPOSIUM,
    "参观": Kind.VISIT,
    "学习交流会": Kind.EXCHANGE_MEETING,
    "支委会": Kind.COMMITTEE_MEETING,
    "组织生活会": Kind.ORGANIZATIONAL_LIFE_MEETING,
    "民主生活会": Kind.DEMOCRATIC_LIFE_MEETING,
}
MODES = {"面谈": Mode.FACE_TO_FACE, "电话": Mode.PHONE, "集体谈话": Mode.FACE_TO_FACE}
ATTENDED = {"出席": Attended.ATTENDED, "请假": Attended.ON_LEAVE, "缺席": Attended.ABSENT}
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def as_of(day: date) -> AsOf:
    """The whole of a day."""
    return AsOf(day, next_midnight(day, ZONE), ZONE)


def _rows(name: str) -> Iterator[list[str]]:
    with (SAMPLE / name).open(encoding="utf-8-sig") as file:
        _, *rows = csv.reader(file)
    yield from rows


def _span(day: str, start: str, end: str) -> Span:
    return Span(*(datetime.fromisoformat(f"{day}T{moment}").replace(tzinfo=ZONE) for moment in (start, end)))


@cache
def talks() -> tuple[Booking, ...]:
    """The 50 records of talk_log.csv."""
    return tuple(
        Booking(
            BookingId(name),
            Kind.TALK,
            "",
            _span(day, start, end),
            RoomId(room) if room else None,
            tuple(Participant(PersonId(person)) for person in people.split(";")),
            mode=MODES[mode],
            size=Size.GROUP if mode == "集体谈话" else Size.ONE_TO_ONE,
            is_held=state == "已完成",
            is_awaiting=state == "待确认",
            is_cancelled=state == "已取消",
        )
        for name, day, start, end, room, people, mode, state, _ in _rows("talk_log.csv")
    )


def talk(name: str) -> Booking:
    """One of them."""
    return next(found for found in talks() if found.id == name)


@cache
def events() -> tuple[Booking, ...]:
    """The 40 meetings of events.csv."""
    return tuple(
        Booking(
            BookingId(name),
            KINDS[kind],
            title,
            _span(day, start, end),
            RoomId(room) if room else None,
            audiences.participants((), audience.split(";"), roster()),
            tuple(audience.split(";")),
            PersonId(host) if host else None,
        )
        for name, kind, title, day, start, end, room, audience, host, _ in _rows("events.csv")
    )


def event(name: str) -> Booking:
    """One of them."""
    return next(found for found in events() if found.id == name)


@cache
def attendance() -> tuple[Attendance, ...]:
    """attendance.csv."""
    return tuple(
        Attendance(BookingId(name), PersonId(person), ATTENDED[status], date.fromisoformat(makeup) if makeup else None)
        for name, _, _, person, _, status, makeup in _rows("attendance.csv")
    )


@cache
def rooms() -> dict[RoomId, Room]:
    """rooms.csv."""
    return {RoomId(name): Room(name, zh, en, int(capacity), use) for name, zh, en, capacity, use in _rows("rooms.csv")}


@cache
def contacts() -> tuple[ExternalContact, ...]:
    """external_contacts.csv."""
    return tuple(ExternalContact(*row) for row in _rows("external_contacts.csv"))


@cache
def absences() -> tuple[Absence, ...]:
    """unavailability.csv."""
    return tuple(
        Absence(place, PersonId(person), date.fromisoformat(first), date.fromisoformat(last), reason, *_only(rule))
        for place, (people, first, last, reason, rule) in enumerate(_rows("unavailability.csv"))
        for person in people.split(";")
    )


def _only(rule: str) -> Iterable[object]:
    if not rule:
        return ()
    days, hours = rule.removeprefix("AVAILABLE_ONLY weekday in (").split(") and ")
    return (tuple(WEEKDAYS.index(day) for day in days.split(",")), *hours.split("-"))


def snapshot(around: Span) -> Snapshot:
    """What is true around a time in the sample."""
    closes = working_time().workdays_before(campaign().milestones["democratic_life_meeting"], 3)
    return Snapshot(
        roster(),
        working_time(),
        rooms(),
        contacts(),
        absences(),
        tuple(found for found in (*events(), *talks()) if found.span.overlaps(around)),
        DayRange(date(2014, 6, 16), closes),
        "c1",
    )


def span(start: str, minutes: int) -> Span:
    """A stretch from a local time on."""
    begins = datetime.fromisoformat(start).replace(tzinfo=ZONE)
    return Span(begins, begins + timedelta(minutes=minutes))
