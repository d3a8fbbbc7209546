"""How a study target that somebody will miss can still be reached: by making up sessions that they missed, and by further ones."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.sessions.study import IN_FULL, Attendance, Attended, hours_of


@dataclass(frozen=True, slots=True)
class MissedSession:
    """A session that somebody missed and has not made up, and its hours."""

    session: BookingId
    status: Attended
    hours: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Mending:
    """What would mend that somebody lacks hours: sessions to make up, and the hours that are left even so."""

    person: PersonId
    missing: float
    make_ups: tuple[MissedSession, ...]
    left: float
    by: date
    """When it is held against the target: the target's last day, or the meeting before which it must hold."""


def mending(
    person: PersonId,
    missing: float,
    sessions: Sequence[Booking],
    attendance: Collection[Attendance],
    days: tuple[date, date],
    time: WorkingTime,
) -> Mending:
    """The fewest sessions that somebody would have to make up, and the hours that further sessions would have to give.

    `days` are today and the day by which it has to be mended.
    """
    left, rest, chosen = missing, missed(person, sessions, attendance, days[0], time), []
    while left > 0 and rest:
        enough = [session for session in rest if session.hours >= left]
        best = min(enough, key=_hours) if enough else max(rest, key=_hours)
        rest.remove(best)
        chosen.append(best)
        left = round(left - best.hours, 2)
    return Mending(person, missing, tuple(chosen), max(left, 0.0), days[1])


def _hours(session: MissedSession) -> float:
    return session.hours


def missed(
    person: PersonId, sessions: Sequence[Booking], attendance: Collection[Attendance], day: date, time: WorkingTime
) -> list[MissedSession]:
    """The sessions up to a day that somebody missed and for which no make-up is entered, in their order."""
    held = {session.id: session for session in sessions if not session.is_cancelled and session.day(time.zone) <= day}
    return [
        MissedSession(entry.session, entry.status, hours_of(held[entry.session], time), entry.reason)
        for entry in attendance
        if entry.person == person
        and entry.session in held
        and entry.makeup_date is None
        and entry.status not in IN_FULL | {Attended.MADE_UP, Attended.OBSERVER}
    ]
