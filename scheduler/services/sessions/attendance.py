"""Who was at a booking of any kind: recorded one by one, all at once or from a roll call, and whether it was a quorum."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from scheduler.core.bookings import rights as booking_rights
from scheduler.core.campaigns.definitions import USUAL_QUORUM
from scheduler.core.ground import access, guests
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Booking, Kind, Part
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, Refused
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.sessions import roll_calls, study
from scheduler.core.sessions.roll_calls import RollCall
from scheduler.core.sessions.sign_in_tables import NoSuchDay
from scheduler.core.sessions.study import MAX_REASON, Attendance, Attended
from scheduler.core.sessions.turnout import Turnout, turnout
from scheduler.services.bookings import guests as booking_guests
from scheduler.services.bookings.guests import GuestLine
from scheduler.services.ground import journal
from scheduler.store import load, save, writing

__all__ = [
    "AttendanceLine",
    "AttendanceSheet",
    "Attended",
    "AttendedSession",
    "GivenAttendance",
    "Turnout",
    "attend",
    "attend_all",
    "own_attendance",
    "roll_call",
    "sheet",
    "sheet_if_seen",
]

MAX_ROLL_CALL_LENGTH = 20_000


@dataclass(frozen=True, slots=True)
class GivenAttendance:
    """What is to be recorded of one person; `makeup` None: none."""

    status: Attended
    makeup: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AttendedSession:
    """What was recorded of one person at one booking."""

    session: BookingId
    person: PersonId
    status: Attended
    makeup_date: date | None
    hours: float
    """Study hours that it counts for, from its day on."""


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """Somebody at a booking, and what was recorded of them if anything was."""

    person: PersonId
    part: Part
    status: Attended | None = None
    makeup_date: date | None = None
    reason: str | None = None
    """None for those who may not know it."""
    hours: float = 0.0


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """Who is in a booking, who was there, and what that makes."""

    booking: Booking
    turnout: Turnout
    lines: Mapping[PersonId, AttendanceLine]
    may_record: bool
    """Whether the viewer may record more of it; before it begins, nobody."""
    has_begun: bool
    guests: tuple[GuestLine, ...] = ()
    """Those whom the roster does not know."""


def sheet(session: Session, actor: Actor, booking_id: BookingId, clock: Clock) -> AttendanceSheet:
    """Who was at a booking. Raises NotFound for what the viewer may not know of, NotAllowed."""
    seen = sheet_if_seen(session, actor, booking_id, clock)
    if seen is None:
        raise NotAllowed(Action.SEE_STUDY)
    return seen


def sheet_if_seen(session: Session, actor: Actor, booking_id: BookingId, clock: Clock) -> AttendanceSheet | None:
    """Who was at a booking; None if the viewer may know the booking but not that. Raises NotFound."""
    booking = _booking(session, actor, booking_id)
    if not booking_rights.may_see_attendance(actor, booking):
        return None
    begun = booking.span.start <= clock.now
    kept = (load.attendance if begun else load.recorded_attendance)(
        session, booking_id
    )  # a sign-in counts from the start
    entries = {entry.person: entry for entry in kept}
    may_record = booking_rights.may_record_attendance(actor, booking)
    time = load.working_time(session)

    def line(person: PersonId, part: Part) -> AttendanceLine:
        if not (entry := entries.get(person)):
            return AttendanceLine(person, part)
        reason = entry.reason if may_record or person == actor.person else None
        worth = study.worth(entry, booking, time)
        return AttendanceLine(person, part, entry.status, entry.makeup_date, reason, worth)

    persons = guests.persons(booking.guests)
    lines = {p.person: line(p.person, Part.GUEST if p.person in persons else p.part) for p in booking.participants}
    lines |= {person: line(person, Part.GUEST) for person in sorted(persons - lines.keys())}
    all_guests = booking_guests.lines_of(session, booking, clock, may_see_status=True)
    outside = tuple(line for line in all_guests if line.guest.is_from_outside)
    return AttendanceSheet(
        booking, turnout(booking, kept, _share(session, booking)), lines, may_record and begun, begun, outside
    )


def own_attendance(session: Session, actor: Actor, booking_id: BookingId, clock: Clock) -> Attendance | None:
    """What was recorded of the viewer at a booking, the reason included."""
    has_begun = load.booking(session, booking_id).span.start <= clock.now
    entries = (load.attendance if has_begun else load.recorded_attendance)(session, booking_id) if actor.person else []
    return next((entry for entry in entries if entry.person == actor.person), None)


@writing.verb
def attend(
    session: Session, actor: Actor, booking_id: BookingId, person: PersonId, given: GivenAttendance, clock: Clock
) -> AttendedSession:
    """Record how somebody was at a booking; a make-up without a day was made today.

    Raises NotFound for what is not there, Malformed for somebody who is not in it, a make-up of what was not missed, or a
    reason where nobody was on leave; Refused before it has begun, and for a make-up before its day.
    """
    writing.begin(session)
    held = _recorded(session, actor, booking_id)
    entry = _entry(session, held, person, given, clock)
    before = _statuses(session, booking_id)
    save.attendance(session, [entry], clock)
    _note(session, actor, held, entry, before, clock)
    worth = study.worth(entry, held, load.working_time(session))
    return AttendedSession(booking_id, person, entry.status, entry.makeup_date, worth)


@writing.verb
def attend_all(
    session: Session, actor: Actor, booking_id: BookingId, given: Mapping[PersonId, GivenAttendance], clock: Clock
) -> Mapping[PersonId, Malformed | Refused]:
    """Record how several people were at a booking, or nothing: then what is wrong, by person. Raises NotFound."""
    writing.begin(session)
    held = _recorded(session, actor, booking_id)
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
    before = _statuses(session, booking_id)
    save.attendance(session, entries, clock)
    for entry in entries:
        _note(session, actor, held, entry, before, clock)
    return {}


def roll_call(session: Session, actor: Actor, booking_id: BookingId, text: str, clock: Clock) -> RollCall:
    """What a roll call says of the people of a booking; nothing is recorded. Raises NotFound, Malformed."""
    if len(text) > MAX_ROLL_CALL_LENGTH:
        raise Malformed("too_long", "roll_call", longest=MAX_ROLL_CALL_LENGTH)
    held = _recorded(session, actor, booking_id)
    day = held.day(load.organisation(session).zone)
    del clock  # every verb is given one
    expected = [p.person for p in held.participants if p.part is Part.ATTENDEE]
    observers = [p.person for p in held.participants if p.part is not Part.ATTENDEE]
    try:
        return roll_calls.understand(text, expected, load.roster(session, day), observers, day)
    except NoSuchDay as no:
        raise Malformed("no_such_day", "roll_call", days="、".join(no.days)) from no


def _share(session: Session, booking: Booking) -> Fraction:
    """The share of those expected that makes a quorum: as the campaign of a booking says."""
    campaigns = {campaign.id: campaign for campaign in load.campaigns(session)} if booking.campaign else {}
    campaign = campaigns.get(booking.campaign) if booking.campaign else None
    return campaign.quorum if campaign else USUAL_QUORUM


def _booking(session: Session, actor: Actor, booking_id: BookingId) -> Booking:
    """A booking that the viewer may know of. Raises NotFound."""
    booking = load.booking(session, booking_id)
    booking_rights.require_see(actor, booking)
    return booking


def _recorded(session: Session, actor: Actor, booking_id: BookingId) -> Booking:
    """A booking whose attendance the actor may record. Raises NotAllowed, NotFound, Malformed for a cancelled one."""
    access.require(actor, Action.EDIT_ATTENDANCE)
    booking = _booking(session, actor, booking_id)
    if not booking_rights.may_record_attendance(actor, booking):
        raise NotAllowed(Action.EDIT_ATTENDANCE)
    if booking.is_cancelled:
        raise Malformed("already_cancelled", "id", value=booking_id)
    return booking


def _entry(session: Session, held: Booking, person: PersonId, given: GivenAttendance, clock: Clock) -> Attendance:
    """What is to be recorded; a make-up that was entered without a day was made today. Raises Malformed, Refused."""
    if person not in held.people and person not in guests.persons(held.guests):
        raise Malformed("not_in_session", "person", value=person)
    if given.makeup and given.status in study.IN_FULL:
        raise Malformed("makeup_not_missed", "makeup", value=given.makeup.isoformat())
    reason = given.reason.strip()
    if reason and given.status is not Attended.ON_LEAVE:
        raise Malformed("reason_without_leave", "reason", value=reason)
    if len(reason) > MAX_REASON:
        raise Malformed("too_long", "reason", longest=MAX_REASON)
    zone = load.organisation(session).zone
    today = clock.today(zone) if given.status is Attended.MADE_UP else None
    entry = Attendance(held.id, person, given.status, given.makeup or today, reason)
    if finding := study.refused(entry, held, clock.now, zone):
        raise Refused((finding,))
    return entry


def _statuses(session: Session, booking_id: BookingId) -> dict[PersonId, Attended]:
    """What was recorded so far."""
    return {entry.person: entry.status for entry in load.attendance(session, booking_id)}


def _note(
    session: Session, actor: Actor, held: Booking, entry: Attendance, before: Mapping[PersonId, Attended], clock: Clock
) -> None:
    """Put it into the journal, without the reason; with what was recorded before, if that was another."""
    noun = "study_session" if held.kind is Kind.STUDY_SESSION else "booking"
    details: dict[str, str] = {"person": entry.person, "status": entry.status.value}
    if (stood := before.get(entry.person)) and stood is not entry.status:
        details["stood"] = stood.value
    journal.note(session, actor, "attended", noun, held.id, clock, **details)
