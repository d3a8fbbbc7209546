"""Things to test with: each takes what matters to the test, and has boring defaults for the rest."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.core.bookings.snapshot import Snapshot
from scheduler.core.coverage.report import RequirementState
from scheduler.core.ground.access import Actor, Role
from scheduler.core.ground.bookings import Absence, AsOf, Booking, Draft, Kind, Mode, Participant, Size
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import BookingId, GroupId, PersonId, RoomId, RuleSetId, UnitId
from scheduler.core.ground.people import Group, Person, Room, Roster, Unit
from scheduler.core.ground.spans import DayRange, Span, next_midnight
from scheduler.core.ground.working_time import Workday, WorkingTime

ZONE = ZoneInfo("Asia/Shanghai")
REAL = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
"""Real time in tests, unless a test says otherwise."""


def at(text: str) -> datetime:
    """A local time such as `2014-08-20T09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def a_span(start: str = "2014-07-01T09:00", minutes: int = 45) -> Span:
    return Span(at(start), at(start) + timedelta(minutes=minutes))


def a_clock(now: str = "2014-08-01T08:00", real: datetime = REAL) -> Clock:
    return Clock(at(now), real)


def an_as_of(day: str = "2014-08-01", moment: str | None = None) -> AsOf:
    """A day; up to its end, unless a moment of it is named."""
    that_day = date.fromisoformat(day)
    return AsOf(that_day, at(moment) if moment else next_midnight(that_day, ZONE), ZONE)


def people(*ids: str) -> tuple[PersonId, ...]:
    return tuple(PersonId(name) for name in ids)


def a_person(person_id: str = "p01", name: str = "", *, rank: int | None = None, **known: object) -> Person:
    """A person; by default called `人p01` and ranked by the number in the id."""
    digits = "".join(filter(str.isdigit, person_id))
    known.setdefault("category", "staff")
    known.setdefault("party_status", "正式党员")
    return Person(
        PersonId(person_id),
        name or f"人{person_id}",
        rank=rank if rank is not None else int(digits) if digits else None,
        **known,  # type: ignore[arg-type]
    )


def a_unit(unit_id: str = "D01", name: str = "", *, in_charge: Collection[str] = (), **known: object) -> Unit:
    return Unit(UnitId(unit_id), name or f"单位{unit_id}", in_charge=people(*in_charge), **known)  # type: ignore[arg-type]


def a_group(
    group_id: str = "leadership_team",
    members: Collection[str] = (),
    *,
    kind: str = "team",
    name: str = "",
    secretary: str | None = None,
    committee: Collection[str] = (),
) -> Group:
    head = PersonId(secretary) if secretary else None
    return Group(GroupId(group_id), name or group_id, kind, people(*members), head, people(*committee))


def a_roster(
    *persons: Person | str, on: str = "2014-07-01", units: Collection[Unit] = (), groups: Collection[Group] = ()
) -> Roster:
    """A roster of these people, given whole or by id; nobody named: p01 to p04."""
    known = [p if isinstance(p, Person) else a_person(p) for p in persons or ("p01", "p02", "p03", "p04")]
    return Roster(date.fromisoformat(on), {p.id: p for p in known}, {u.id: u for u in units}, {g.id: g for g in groups})


def a_room(
    room_id: str = "R04", name: str = "", *, capacity: int | None = None, use: str = "all", name_en: str = ""
) -> Room:
    return Room(room_id, name or f"场地{room_id}", name_en, capacity, use)


def a_booking(
    booking_id: str = "E01",
    kind: Kind = Kind.MEETING,
    start: str = "2014-07-01T09:00",
    minutes: int = 45,
    who: Collection[str | Participant] = ("p01", "p02"),
    room: str | None = None,
    **known: object,
) -> Booking:
    """A booking of these people, named one by one."""
    participants = tuple(p if isinstance(p, Participant) else Participant(PersonId(p)) for p in who)
    known.setdefault("title", "" if kind is Kind.TALK else "会议")
    return Booking(
        BookingId(booking_id),
        kind,
        span=a_span(start, minutes),
        room=RoomId(room) if room else None,
        participants=participants,
        **known,  # type: ignore[arg-type]
    )


def a_talk(
    booking_id: str = "T001",
    start: str = "2014-07-01T09:00",
    who: Collection[str | Participant] = ("p01", "p02"),
    **known: object,
) -> Booking:
    return a_booking(booking_id, Kind.TALK, start, who=who, **known)  # type: ignore[arg-type]


def a_draft(
    kind: Kind = Kind.TALK,
    start: str = "2014-07-01T09:00",
    minutes: int = 45,
    who: Collection[str] = ("p01", "p02"),
    room: str | None = None,
    *,
    audience: Collection[str] = (),
    title: str = "",
    mode: Mode = Mode.FACE_TO_FACE,
    size: Size = Size.ONE_TO_ONE,
    rule_set: str | None = None,
    replaces: str | None = None,
    hours: float | None = None,
) -> Draft:
    return Draft(
        kind,
        a_span(start, minutes),
        people(*who),
        tuple(audience),
        RoomId(room) if room else None,
        title,
        mode,
        size,
        RuleSetId(rule_set) if rule_set else None,
        replaces=BookingId(replaces) if replaces else None,
        hours=hours,
    )


def an_absence(
    person_id: str = "p01", first: str = "2014-07-01", last: str = "2014-07-01", reason: str = "", number: int = 1
) -> Absence:
    return Absence(number, PersonId(person_id), date.fromisoformat(first), date.fromisoformat(last), reason)


def a_working_time(days: Mapping[str, Workday] | None = None, years: Collection[int] = (2014,)) -> WorkingTime:
    return WorkingTime(ZONE, {date.fromisoformat(d): w for d, w in (days or {}).items()}, frozenset(years))


def a_snapshot(
    roster: Roster | None = None,
    *,
    working_time: WorkingTime | None = None,
    rooms: Collection[Room] = (),
    absences: Collection[Absence] = (),
    bookings: Collection[Booking] = (),
    window: DayRange | None = None,
    window_subject: str = "RS1",
    requirements: tuple[RequirementState, ...] | None = None,
) -> Snapshot:
    return Snapshot(
        roster or a_roster(),
        working_time or a_working_time(),
        {RoomId(room.id): room for room in rooms},
        (),
        tuple(absences),
        tuple(bookings),
        window,
        window_subject,
        requirements,
    )


def an_actor(
    person: str | None = "p01", *roles: Role, branches: Collection[str] = (), members: Collection[str] = ()
) -> Actor:
    """Somebody; a member unless roles are named."""
    return Actor(
        PersonId(person) if person else None,
        frozenset(roles or {Role.MEMBER}),
        frozenset(GroupId(b) for b in branches),
        frozenset(people(*members)),
        account=person or "",
    )
