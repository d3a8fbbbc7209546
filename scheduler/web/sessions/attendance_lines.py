"""The rows of an attendance: who, how, from where that is known, and how many hours of study they have."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler import edge, wording
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Absence, Kind, Part
from scheduler.core.ground.ids import GuestId, PersonId
from scheduler.core.organisation.absences import hindering
from scheduler.core.sessions import arrivals
from scheduler.core.sessions.arrivals import Arrival, Arriver
from scheduler.core.sessions.study import Attended
from scheduler.services.bookings.guests import GUEST_STATUSES, GuestLine
from scheduler.services.organisation import absences
from scheduler.services.sessions import study
from scheduler.services.sessions.arrivals import SignInScreen
from scheduler.services.sessions.attendance import AttendanceLine, AttendanceSheet
from scheduler.web.page import facts
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import clock_time

USUAL = {
    Part.ATTENDEE: (
        Attended.ATTENDED, Attended.LATE, Attended.LEFT_EARLY, Attended.ON_LEAVE, Attended.ABSENT,
    ),
    Part.OBSERVER: (Attended.OBSERVER, Attended.ABSENT),
    Part.GUEST: GUEST_STATUSES,
}  # fmt: skip
"""What is chosen from; whatever else was recorded of somebody is offered to them besides."""


@dataclass(frozen=True, slots=True)
class KnownFrom:
    """From where it is known how somebody was there."""

    text: str = ""
    number: str = ""
    """Two digits that wait to be compared; empty: nothing waits."""
    who: str = ""
    """What a form says of whose sign-in waits."""
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class PersonAtSession:
    """Somebody at a booking; `status` is empty when nothing was recorded."""

    id: PersonId | GuestId
    name: str
    position: str
    choices: list[Choice]
    status: str
    source: KnownFrom
    makeup: str = ""
    reason: str = ""
    hours: str = ""
    error: str = ""
    is_outside: bool = False
    """Whether the roster does not know them: they make nothing up."""


def groups(
    sheet: AttendanceSheet,
    names: Names,
    screen: SignInScreen | None,
    errors: Mapping[PersonId, str],
    typed: Fields | None,
) -> list[list[PersonAtSession]]:
    """Those who are expected, those who observe, and guests, each by rank."""
    gone, hours = away(sheet), _hours(sheet)
    signed = {arrival.seat: arrival for arrival in screen.arrivals} if screen else {}
    rows: dict[Part, list[PersonAtSession]] = {part: [] for part in (Part.ATTENDEE, Part.OBSERVER, Part.GUEST)}
    for person in names.roster.in_rank_order(sheet.lines):
        line = sheet.lines[person]
        arrival = signed.get(Arriver(person=person))
        source = _source(sheet, line.status, arrival, gone.get(person), has_signed=bool(signed), part=line.part)
        row = _person_line(line, names, source, hours.get(person, ""), errors.get(person, ""), typed)
        rows[line.part].append(row)
    for guest in sheet.guests:
        arrival = signed.get(Arriver(guest=guest.guest.id))
        rows[Part.GUEST].append(
            _guest_line(guest, _source(sheet, guest.status, arrival, None, has_signed=bool(signed)), typed)
        )
    return list(rows.values())


def away(sheet: AttendanceSheet) -> dict[PersonId, Absence]:
    """Who cannot be had while it lasts, as far as the viewer may know, for those who fill in the list."""
    if not sheet.may_record or not access.may(edge.actor(), Action.SEE_ABSENCES):
        return {}
    span, zone = sheet.booking.span, edge.zone()
    first, last = span.start.astimezone(zone).date(), span.end.astimezone(zone).date()
    by_person: dict[PersonId, list[Absence]] = {}
    during = absences.absences(
        edge.session(), edge.actor(), edge.clock(), people=sheet.lines.keys(), first=first, last=last
    )
    for absence in during:
        by_person.setdefault(absence.person, []).append(absence)
    hindered = {person: hindering(theirs, (span,), zone) for person, theirs in by_person.items()}
    return {person: absence for person, absence in hindered.items() if absence}


def _hours(sheet: AttendanceSheet) -> dict[PersonId, str]:
    """The hours of study that each has today, of those asked; for a session of study."""
    if sheet.booking.kind is not Kind.STUDY_SESSION or not access.may(edge.actor(), Action.SEE_STUDY):
        return {}
    overview = study.report(edge.session(), edge.actor(), None, edge.clock(), sheet.booking.campaign)
    return {
        person: f"{studied.hours:g} / {studied.required:g}"
        for target in reversed(overview.targets)  # the first that concerns somebody is theirs
        for person, studied in target.report.people.items()
        if person in sheet.lines
    }


def _source(
    sheet: AttendanceSheet,
    status: Attended | None,
    arrival: Arrival | None,
    gone: Absence | None,
    *,
    has_signed: bool,
    part: Part | None = None,
) -> KnownFrom:
    span = sheet.booking.span
    if arrival and not arrival.is_accepted:
        seat = arrival.seat
        who = f"p:{seat.person}" if seat.person else f"g:{seat.guest}"
        return KnownFrom(_("%(time)s 按姓名签到，待核对", time=clock_time(arrival.at)), arrival.number, who)
    if arrival and arrivals.counts(arrival.at, span) and status in (None, arrivals.status(arrival.at, span, part)):
        at = clock_time(arrival.at)
        return KnownFrom(_("%(time)s 按姓名签到，已核对", time=at) if arrival.number else _("%(time)s 扫码", time=at))
    if status:
        return KnownFrom(_("已登记"))
    if gone:
        return KnownFrom(_("不在岗：%(what)s", what=facts.absence_text(gone)))
    return KnownFrom(_("未签到"), is_unsure=True) if has_signed and sheet.has_begun else KnownFrom()


def _person_line(
    line: AttendanceLine, names: Names, source: KnownFrom, hours: str, error: str, typed: Fields | None
) -> PersonAtSession:
    person = line.person
    status, makeup = (line.status or "", line.makeup_date.isoformat() if line.makeup_date else "")
    reason = line.reason or ""
    if typed:
        status, makeup, reason = (typed.typed(f"{field}-{person}") for field in ("status", "makeup", "reason"))
    offered = dict.fromkeys((*USUAL[line.part], *([Attended(status)] if status in set(Attended) else [])))
    choices = [(key.value, wording.label(key, edge.lang())) for key in offered]
    name, position = names.person(person), names.position(person)
    return PersonAtSession(person, name, position, choices, status, source, makeup, reason, hours, error)


def _guest_line(line: GuestLine, source: KnownFrom, typed: Fields | None) -> PersonAtSession:
    """A guest whom the roster does not know."""
    guest = line.guest
    choices = [(key.value, wording.label(key, edge.lang())) for key in GUEST_STATUSES]
    where = " ".join(filter(None, (guest.unit, guest.post)))
    field = f"status-{guest.id}"
    status, error = (typed.typed(field), typed.errors.get(field, "")) if typed else (line.status or "", "")
    return PersonAtSession(guest.id, guest.name, where, choices, status, source, error=error, is_outside=True)
