"""Study hours: held against those asked, and who was at which session."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import AsOf, Booking, Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.people import LEADERSHIP_TEAM
from scheduler.core.ground.spans import midnight
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.sessions import roll_calls, study
from scheduler.core.sessions.roll_calls import RollCall
from scheduler.core.sessions.study import Attendance, Attended, Studied, StudyReport, sessions_needed
from scheduler.services.ground import journal
from scheduler.store import load, save, writing

__all__ = [
    "AttendedSession",
    "GivenAttendance",
    "Studied",
    "StudyReport",
    "attend",
    "attend_all",
    "attendance",
    "lacking",
    "own",
    "report",
    "roll_call",
    "sessions_needed",
]

MAX_ROLL_CALL_LENGTH = 20_000
USUAL_DAYS = 7
"""Days of study asked when there is no campaign that says so."""


@dataclass(frozen=True, slots=True)
class AttendedSession:
    """What was recorded of one person at one session."""

    session: BookingId
    person: PersonId
    status: Attended
    makeup_date: date | None
    hours: float
    """What it counts for, from its day on."""


@dataclass(frozen=True, slots=True)
class GivenAttendance:
    """What is to be recorded of one person; `makeup` None: none."""

    status: Attended
    makeup: date | None = None


def report(session: Session, actor: Actor, day: date | None, clock: Clock) -> StudyReport:
    """The study hours of the leadership team as of a day (today when None)."""
    access.require(actor, Action.SEE_STUDY)
    as_of = load.as_of(session, day, clock)
    return _report(session, load.roster(session, as_of.day).members(LEADERSHIP_TEAM), as_of)


def own(session: Session, actor: Actor, day: date | None, clock: Clock) -> StudyReport:
    """The viewer's own study hours; a report about nobody if none are asked of them."""
    access.require(actor, Action.SEE_OWN_ROW)
    as_of = load.as_of(session, day, clock)
    team = load.roster(session, as_of.day).members(LEADERSHIP_TEAM)
    return _report(session, [person for person in team if person == actor.person], as_of)


def lacking(
    session: Session, people: Iterable[PersonId], day: date, clock: Clock
) -> tuple[float, dict[PersonId, float]]:
    """The hours asked, and those that each of these people will lack on a day if they come to all that is booked."""
    as_of = load.as_of(session, day, clock)
    campaign = load.campaign(session, as_of.day)
    sessions = _since(load.bookings(session, kinds=(Kind.STUDY_SESSION,)), campaign, as_of)
    time = load.working_time(session)
    hours = _required_hours(campaign, time)
    return hours, study.lacking(people, sessions, load.attendance(session), hours, as_of, clock.now, time)


def attendance(session: Session, actor: Actor, session_id: BookingId | None, clock: Clock) -> list[Attendance]:
    """Who was at one session, or (None) at all of them."""
    del clock  # every verb is given one
    access.require(actor, Action.SEE_STUDY)
    return load.attendance(session, session_id)


@writing.verb
def attend(
    session: Session,
    actor: Actor,
    session_id: BookingId,
    person: PersonId,
    status: Attended,
    makeup: date | None,
    clock: Clock,
) -> AttendedSession:
    """Record how somebody was at a study session; a make-up without a day was made today.

    Raises NotFound for what is no study session, Malformed for somebody who is not in it, or a make-up of what was
    not missed; Refused before it has begun, and for a make-up before its day.
    """
    access.require(actor, Action.EDIT_ATTENDANCE)
    writing.begin(session)
    held = _study_session(session, session_id)
    entry = _entry(session, held, person, GivenAttendance(status, makeup), clock)
    save.attendance(session, [entry])
    journal.note(session, actor, "attended", "study_session", session_id, clock, person=person, status=status.value)
    return AttendedSession(
        session_id, person, status, entry.makeup_date, study.worth(entry, held, load.working_time(session))
    )


@writing.verb
def attend_all(
    session: Session, actor: Actor, session_id: BookingId, given: Mapping[PersonId, GivenAttendance], clock: Clock
) -> Mapping[PersonId, Malformed | Refused]:
    """Record how several people were at a study session, or nothing: then what is wrong, by person.

    Raises NotFound for what is no study session.
    """
    access.require(actor, Action.EDIT_ATTENDANCE)
    writing.begin(session)
    held = _study_session(session, session_id)
    entries: list[Attendance] = []
    wrong: dict[PersonId, Malformed | Refused] = {}
    for person, attendance in given.items():
        try:
            entries.append(_entry(session, held, person, attendance, clock))
        except (Malformed, Refused) as error:
            wrong[person] = error
    if wrong:
        session.rollback()
        return wrong
    save.attendance(session, entries)
    for entry in entries:
        details = {"person": entry.person, "status": entry.status.value}
        journal.note(session, actor, "attended", "study_session", session_id, clock, **details)
    return {}


def roll_call(session: Session, actor: Actor, session_id: BookingId, text: str, clock: Clock) -> RollCall:
    """What a roll call says of the people of a study session; nothing is recorded. Raises NotFound, Malformed."""
    access.require(actor, Action.EDIT_ATTENDANCE)
    if len(text) > MAX_ROLL_CALL_LENGTH:
        raise Malformed("too_long", "roll_call", longest=MAX_ROLL_CALL_LENGTH)
    held = _study_session(session, session_id)
    day = held.day(load.organisation(session).zone)
    del clock  # every verb is given one
    return roll_calls.understand(text, held.people, load.roster(session, day))


def _report(session: Session, people: Iterable[PersonId], as_of: AsOf) -> StudyReport:
    campaign = load.campaign(session, as_of.day)
    sessions = load.bookings(session, kinds=(Kind.STUDY_SESSION,))
    time = load.working_time(session)
    hours = _required_hours(campaign, time)
    return study.report(people, _since(sessions, campaign, as_of), load.attendance(session), hours, as_of, time)


def _required_hours(campaign: Campaign | None, time: WorkingTime) -> float:
    """The days of study that a campaign asks, in hours."""
    return (campaign.study_days if campaign else USUAL_DAYS) * time.day_hours


def _since(sessions: Iterable[Booking], campaign: Campaign | None, as_of: AsOf) -> list[Booking]:
    """The sessions since the campaign began: what was studied in an earlier one does not count again."""
    if campaign is None or campaign.starts > as_of.day:
        return list(sessions)
    begins = midnight(campaign.starts, as_of.zone)
    return [held for held in sessions if held.span.start >= begins]


def _study_session(session: Session, session_id: BookingId) -> Booking:
    try:
        booking = load.booking(session, session_id)
    except NotFound:
        raise NotFound("study_session", session_id) from None
    if booking.kind is not Kind.STUDY_SESSION:
        raise NotFound("study_session", session_id)
    return booking


def _entry(session: Session, held: Booking, person: PersonId, given: GivenAttendance, clock: Clock) -> Attendance:
    """What is to be recorded; a make-up that was entered without a day was made today. Raises Malformed, Refused."""
    if person not in held.people:
        raise Malformed("not_in_session", "person", value=person)
    if given.makeup and given.status in study.IN_FULL:
        raise Malformed("makeup_not_missed", "makeup", value=given.makeup.isoformat())
    zone = load.organisation(session).zone
    today = clock.today(zone) if given.status is Attended.MADE_UP else None
    entry = Attendance(held.id, person, given.status, given.makeup or today)
    if finding := study.refused(entry, held, clock.now, zone):
        raise Refused((finding,))
    return entry
