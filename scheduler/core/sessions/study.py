"""Study hours held against hours asked, make-ups."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import ceil
from typing import Protocol
from zoneinfo import ZoneInfo

from scheduler.core.ground.bookings import STUDIED_KINDS, AsOf, Booking, Part, State
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import Span, local_days
from scheduler.core.ground.working_time import WorkingTime


class Attended(StrEnum):
    """How somebody was at a session."""

    ATTENDED = "attended"
    OBSERVER = "observer"
    ON_LEAVE = "on_leave"
    ABSENT = "absent"
    LATE = "late"
    LEFT_EARLY = "left_early"
    MADE_UP = "made_up"


IN_FULL = frozenset({Attended.ATTENDED, Attended.LATE, Attended.LEFT_EARLY})
"""These count all hours of the session; late and left early are only marked."""


MAX_REASON = 40
"""Characters of a reason for leave: a word or two (病假, 出差), no report."""


MAX_HOURS_A_DAY = 24
"""More hours than this no session may state for each day that it touches."""


class Timed(Protocol):
    """What has a time, and may state its study hours."""

    @property
    def span(self) -> Span:
        """From when to when."""

    @property
    def hours(self) -> float | None:
        """The hours that it states, if any."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person at one booking; `makeup_date` is the day a missed one is or will be made up."""

    session: BookingId
    person: PersonId
    status: Attended
    makeup_date: date | None = None
    reason: str = ""
    """Why somebody was on leave, in a word; for organizers and the person only."""


@dataclass(frozen=True, slots=True)
class Studied:
    """Somebody's study hours on a day."""

    hours: float
    missing: float
    """Hours still to go; 0 when met."""
    met: bool
    required: float
    """What is asked of this person."""


@dataclass(frozen=True, slots=True)
class StudyReport:
    """The study hours of those who are asked for them, on a day."""

    asked_hours: float
    """What is asked of who was there from the beginning."""
    offered_hours: float
    """Hours of all sessions held by then."""
    people: Mapping[PersonId, Studied]
    exempt: tuple[PersonId, ...] = ()
    """Of whom nothing is asked; they are not counted."""

    @property
    def met(self) -> int:
        """How many have the hours."""
        return sum(studied.met for studied in self.people.values())

    @property
    def of(self) -> int:
        """How many are asked."""
        return len(self.people)


def report(
    people: Iterable[PersonId],
    sessions: Sequence[Booking],
    attendance: Iterable[Attendance],
    asked_hours: float,
    as_of: AsOf,
    time: WorkingTime,
    hours_by_person: Mapping[PersonId, float] | None = None,
) -> StudyReport:
    """How far each of these people is, given all study sessions and all attendance.

    `hours_by_person` says of whom another number of hours is asked; of whom none are asked is exempt.
    """
    hours_by_person = hours_by_person or {}
    everybody = list(people)
    exempt = tuple(person for person in everybody if hours_by_person.get(person, asked_hours) <= 0 < asked_hours)
    people = [person for person in everybody if person not in exempt]
    by_id = {session.id: session for session in sessions if _stands(session, as_of)}
    hours = dict.fromkeys(people, 0.0)
    for entry in attendance:
        if entry.person in hours and (session := by_id.get(entry.session)):
            hours[entry.person] += credited_hours(entry, session, as_of, time)
    offered = sum(hours_of(session, time) for session in by_id.values() if _is_past(session, as_of))
    studied = {
        person: _studied(round(count, 2), hours_by_person.get(person, asked_hours)) for person, count in hours.items()
    }
    return StudyReport(asked_hours, round(offered, 2), studied, exempt)


def lacking(  # noqa: PLR0913, PLR0917 - all that is known of study, and two moments
    people: Iterable[PersonId],
    sessions: Sequence[Booking],
    attendance: Collection[Attendance],
    asked_hours: float,
    as_of: AsOf,
    now: datetime,
    time: WorkingTime,
    hours_by_person: Mapping[PersonId, float] | None = None,
) -> dict[PersonId, float]:
    """The hours that each of these people will lack on a day if they come to every session that lies ahead by then.

    What was recorded already (such as leave granted) goes before coming. Whoever lacks nothing is left out.
    """
    studies = report(people, sessions, attendance, asked_hours, as_of, time, hours_by_person)
    recorded = {(entry.session, entry.person) for entry in attendance}
    missing = {person: studied.missing for person, studied in studies.people.items()}
    ahead = (
        session
        for session in sessions
        if session.span.start >= now and _is_past(session, as_of) and _stands(session, as_of)
    )
    for session in ahead:
        for participant in session.participants:
            person = participant.person
            if person in missing and participant.part is Part.ATTENDEE and (session.id, person) not in recorded:
                missing[person] = round(missing[person] - hours_of(session, time), 2)
    return {person: hours for person, hours in missing.items() if hours > 0}


def sessions_needed(lacking: Mapping[PersonId, float], minutes: int) -> int:
    """How many sessions of so many minutes somebody has to come to who lacks the most of these hours."""
    return ceil(round(max(lacking.values(), default=0) * 60, 2) / minutes)


def hours_of(session: Timed, time: WorkingTime) -> float:
    """The study hours of a session: those that it states, else those of its time (contract 7)."""
    return time.hours_of(session.span) if session.hours is None else session.hours


def most_hours(span: Span, zone: ZoneInfo) -> int:
    """The most study hours that a session at this time may state."""
    return MAX_HOURS_A_DAY * len(list(local_days(span, zone)))


def worth(entry: Attendance, session: Booking, time: WorkingTime) -> float:
    """The hours that somebody has, or will have, of a study session: all or none. Other bookings give none."""
    if session.kind not in STUDIED_KINDS:
        return 0.0
    counts = entry.status in IN_FULL or entry.status is Attended.MADE_UP or entry.makeup_date
    return hours_of(session, time) if counts else 0.0


def credited_hours(entry: Attendance, session: Booking, as_of: AsOf, time: WorkingTime) -> float:
    """The hours of a session that count for somebody on a day: attended by then, or made up by then.

    Nobody has hours of a session that was not held yet, whatever was recorded of it.
    """
    if not _is_past(session, as_of):
        return 0.0
    is_made_up_later = entry.status not in IN_FULL and entry.makeup_date is not None and entry.makeup_date > as_of.day
    return 0.0 if is_made_up_later else worth(entry, session, time)


def refused(entry: Attendance, session: Booking, now: datetime, zone: ZoneInfo) -> Finding | None:
    """What speaks against recording this: the session has not begun, or would be made up before its day (contract 7)."""
    if session.span.start > now:
        return Finding("not_yet_begun", session.id)
    if is_before(entry.makeup_date, session.day(zone)):
        return Finding("makeup_before_session", session.id, {"day": session.day(zone)})
    return None


def is_before(makeup: date | None, session_day: date) -> bool:
    """Whether a make-up lies before the day of what it makes up."""
    return makeup is not None and makeup < session_day


def _studied(hours: float, required: float) -> Studied:
    return Studied(hours, max(0.0, round(required - hours, 2)), hours >= required, required)


def _is_past(session: Booking, as_of: AsOf) -> bool:
    """Dated by the day asked for, that day included, whatever the clock says."""
    return session.span.start < as_of.day_ends


def _stands(session: Booking, as_of: AsOf) -> bool:
    return session.kind in STUDIED_KINDS and session.state(as_of) is not State.CANCELLED
