"""A small organisation for tests of the doors: somebody of every role, two rooms, a meeting, and talks of every fate."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.bookings import Booking, Kind, Participant, Size
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.ground.spans import Span
from scheduler.services.accounts import register as accounts
from scheduler.store import save, writing
from scheduler.store.organisation.rows import (
    GroupRow,
    GroupVersionRow,
    MembershipRow,
    OrganisationRow,
    PersonRow,
    PersonVersionRow,
    RoomRow,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2014, 8, 1, 8, 0, tzinfo=SHANGHAI)
REAL = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
CLOCK = Clock(NOW, REAL)
PEOPLE = {
    "p01": "沈维岳",
    "p02": "陈国梁",
    "p03": "文静",
    "p12": "何晓岚",
    "p22": "高富",
    "p27": "白雪",
    "s01": "曹振东",
}
GROUPS = {
    "principal": ("role", ["p01"]),
    "organizers": ("role", ["p22"]),
    "supervisors": ("role", ["s01"]),
    "B1": ("branch", ["p12", "p27", "p03"]),
    "leadership_team": ("team", ["p01", "p02", "p03"]),
}


GOOD = "songshu-baiyun-1234"
"""A password that will do."""


def an_account(session: Session, person: str = "p03", role: Role | None = None) -> str:
    """An account of a person with that password; its name."""
    accounts.add(session, OPERATOR, CLOCK, person=PersonId(person), role=role)
    accounts.set_password(session, OPERATOR, person, GOOD, CLOCK)
    return person


def later(seconds: float) -> Clock:
    """The clock, so many seconds on."""
    return Clock(NOW + timedelta(seconds=seconds), REAL + timedelta(seconds=seconds))


def make(session: Session) -> None:
    """Write it all."""
    writing.begin(session)
    session.add(
        OrganisationRow(
            id=1, name="工会", name_en="Union", zone="Asia/Shanghai", blocks=[["08:30", "17:30"]], lunch=None
        )
    )
    for number, (person, name) in enumerate(PEOPLE.items()):
        session.add(PersonRow(id=person))
        session.flush()
        session.add(PersonVersionRow(person_id=person, name=name, rank=number, manager=None))
    for group, (kind, members) in GROUPS.items():
        _group(session, group, kind, members)
    session.add(MembershipRow(group_id="B1", person_id="p12", part="secretary"))
    session.add_all(
        [
            RoomRow(id="R02", name="谈话室", name_en="", capacity=4, use="talk"),
            RoomRow(id="R04", name="第一会议室", name_en="", capacity=40, use="all"),
        ]
    )
    session.flush()
    save.bookings(session, bookings(), CLOCK)
    save.ids_given(session, [b.id for b in bookings()])
    session.commit()


def _group(session: Session, group: str, kind: str, members: list[str]) -> None:
    session.add(GroupRow(id=group))
    session.flush()
    session.add(GroupVersionRow(group_id=group, name=group, kind=kind))
    session.add_all(MembershipRow(group_id=group, person_id=p, part="member", place=n) for n, p in enumerate(members))


def span(day: int, hour: int, minutes: int = 60) -> Span:
    """A stretch of August 2014, local time."""
    start = datetime(2014, 8, day, hour, tzinfo=SHANGHAI).astimezone(UTC)
    return Span(start, start + timedelta(minutes=minutes))


def a_talk(booking_id: str, day: int, people: list[str], **more: object) -> Booking:
    """A talk at nine."""
    return Booking(
        BookingId(booking_id),
        Kind.TALK,
        "",
        span(day, 9, 45),
        participants=tuple(Participant(PersonId(p)) for p in people),
        **more,  # type: ignore[arg-type]
    )


def bookings() -> list[Booking]:
    """A meeting of all, and four talks: held, booked, cancelled, of a group."""
    return [
        Booking(
            BookingId("E01"),
            Kind.MEETING,
            "动员大会",
            span(5, 14),
            RoomId("R04"),
            tuple(Participant(PersonId(p)) for p in PEOPLE),
        ),
        a_talk("T001", 4, ["p02", "p03"], room=RoomId("R02"), is_held=True),
        a_talk("T002", 6, ["p01", "p03"], room=RoomId("R02")),
        a_talk("T003", 7, ["p03", "p27"], is_cancelled=True),
        a_talk("T004", 8, ["p01", "p02", "p03"], size=Size.GROUP, is_held=True),
    ]
