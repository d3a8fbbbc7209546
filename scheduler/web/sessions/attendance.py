"""Who was at a booking: recorded person by person, filled in at once, or read from a roll call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.bookings import rights
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Kind, Part, State
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.sessions.roll_calls import RollCall
from scheduler.core.sessions.study import IN_FULL, Attended, hours_of
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import guests
from scheduler.services.bookings.guests import GUEST_STATUSES, GuestLine
from scheduler.services.sessions import attendance as service
from scheduler.services.sessions.attendance import AttendanceLine, AttendanceSheet, GivenAttendance
from scheduler.web.page import facts
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed, local, when
from scheduler.web.sessions import arrivals, pages
from scheduler.web.sessions.arrivals import SignInCard
from scheduler.wording.roll_calls import miscount, oddities

USUAL = {
    Part.ATTENDEE: (
        Attended.ATTENDED, Attended.LATE, Attended.LEFT_EARLY, Attended.ON_LEAVE, Attended.ABSENT,
    ),
    Part.OBSERVER: (Attended.OBSERVER, Attended.ABSENT),
    Part.GUEST: GUEST_STATUSES,
}  # fmt: skip
"""What is chosen from; whatever else was recorded of somebody is offered to them besides."""


@dataclass(frozen=True, slots=True)
class PersonAtSession:
    """Somebody at a booking; `status` is empty when nothing was recorded."""

    id: PersonId
    name: str
    position: str
    choices: list[Choice]
    status: str
    makeup: str
    reason: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class RollCallPage:
    """What a roll call says, as far as the grid does not."""

    count: int
    fresh: frozenset[PersonId]
    """Those of whom something else was recorded so far, or nothing."""
    undecided: frozenset[PersonId]
    """Those of whom something is to be decided."""
    odd: list[str]
    """What is to be looked at, as sentences."""
    aside: str
    said: dict[str, str]
    """What the text says of a number above the list that does not agree with its names, by the number's name."""


@pages.get("/study/<session_id>")
@edge.policy(Action.SEE_STUDY)
def study_session(session_id: str) -> ResponseReturnValue:
    """Where a study session was shown before it had a page like any other booking."""
    return redirect(url_for("sessions.attendance", booking_id=session_id), 301)


@pages.get("/bookings/<booking_id>/attendance")
@edge.policy(Action.SEE_STUDY, Action.EDIT_ATTENDANCE)
def attendance(booking_id: str) -> ResponseReturnValue:
    """Who was at one booking."""
    return _page(_sheet(booking_id), {})


def _sheet(booking_id: str) -> AttendanceSheet:
    return service.sheet(edge.session(), edge.actor(), BookingId(booking_id), edge.clock())


def _page(
    sheet: AttendanceSheet,
    errors: Mapping[PersonId, str],
    typed: Fields | None = None,
    roll_call: RollCallPage | None = None,
    filled: int = 0,
) -> str:
    seen = bookings.seen_booking(edge.session(), edge.actor(), sheet.booking.id, edge.clock())
    names = facts.names(local(seen.span.start).date())
    in_order = [sheet.lines[person] for person in names.roster.in_rank_order(sheet.lines)]
    return render_template(
        "sessions/attendance.html",
        seen=seen,
        name=names.booking(seen),
        is_session=seen.kind == Kind.STUDY_SESSION,
        under_title=_under_title(seen, names),
        turnout=sheet.turnout,
        counts=_counts(sheet),
        groups=[
            [_person_line(line, names, errors.get(line.person, ""), typed) for line in in_order if line.part is part]
            for part in (Part.ATTENDEE, Part.OBSERVER, Part.GUEST)
        ],
        guests=[_guest_line(line) for line in sheet.guests],
        roll_call=roll_call,
        filled=filled,
        fields=typed or Fields({}),
        has_begun=sheet.has_begun,
        sign_in=_sign_in(sheet),
        may_record=sheet.may_record and seen.state != State.CANCELLED,
    )


def _sign_in(sheet: AttendanceSheet) -> SignInCard | None:
    """What there is of signing in by code, for those who may record."""
    return arrivals.card(sheet.booking) if rights.may_record_attendance(edge.actor(), sheet.booking) else None


def _under_title(seen: SeenBooking, names: Names) -> list[str]:
    """When and where it is, who leads it, and what it counts."""
    parts = [when(seen.span), names.room(seen.room)]
    if seen.host:
        parts.append(_("主持 %(name)s", name=names.person(seen.host)))
    if seen.kind == Kind.STUDY_SESSION:
        parts.append(_("%(hours)s 学时", hours=f"{hours_of(seen, facts.working_time()):g}"))
    return [part for part in parts if part]


def _counts(sheet: AttendanceSheet) -> list[tuple[str, int, str]]:
    """The numbers above the list: what, how many, and a remark."""
    turnout, lang = sheet.turnout, edge.lang()
    marked = [
        f"{wording.label(status, lang)} {turnout.count(status)}"
        for status in (Attended.LATE, Attended.LEFT_EARLY)
        if turnout.count(status)
    ]
    counts = [
        (_("应到"), turnout.expected, ""),
        (_("实到"), turnout.present, " ".join(marked)),
        (wording.label(Attended.ON_LEAVE, lang), turnout.count(Attended.ON_LEAVE), ""),
        (wording.label(Attended.ABSENT, lang), turnout.count(Attended.ABSENT), ""),
    ]
    made_up = turnout.count(Attended.MADE_UP)
    return [*counts, (wording.label(Attended.MADE_UP, lang), made_up, "")] if made_up else counts


def _person_line(line: AttendanceLine, names: Names, error: str, typed: Fields | None) -> PersonAtSession:
    person = line.person
    status, makeup = (line.status or "", line.makeup_date.isoformat() if line.makeup_date else "")
    reason = line.reason or ""
    if typed:
        status, makeup, reason = (typed.typed(f"{field}-{person}") for field in ("status", "makeup", "reason"))
    offered = dict.fromkeys((*USUAL[line.part], *([Attended(status)] if status in set(Attended) else [])))
    choices = [(key.value, wording.label(key, edge.lang())) for key in offered]
    return PersonAtSession(person, names.person(person), names.position(person), choices, status, makeup, reason, error)


def _guest_line(line: GuestLine) -> PersonAtSession:
    """A guest whom the roster does not know."""
    guest = line.guest
    choices = [(key.value, wording.label(key, edge.lang())) for key in GUEST_STATUSES]
    where = " ".join(filter(None, (guest.unit, guest.post)))
    return PersonAtSession(PersonId(guest.id), guest.name, where, choices, line.status or "", "", "")


@pages.post("/bookings/<booking_id>/guest-attendance")
@edge.policy(Action.EDIT_ATTENDANCE)
def record_guests(booking_id: str) -> ResponseReturnValue:
    """Record how guests from outside were there."""
    fields, sheet = Fields(request.form), _sheet(booking_id)
    said = {line.guest.id: fields.choice(f"status-{line.guest.id}", Attended) for line in sheet.guests}
    given = {guest: status for guest, status in said.items() if status}
    try:
        if fields.is_valid:
            guests.attend(edge.session(), edge.actor(), sheet.booking.id, given, edge.clock())
            flash(_("已保存 %(count)s 位来宾的出勤。", count=len(given)), "good")
    except (Malformed, Refused) as error:
        flash(wording.error(error, edge.lang()), "bad")
    return redirect(url_for("sessions.attendance", booking_id=booking_id), 303)


@pages.post("/bookings/<booking_id>/attendance")
@edge.policy(Action.EDIT_ATTENDANCE)
def record_attendance(booking_id: str) -> ResponseReturnValue:
    """Record what changed in the list, all of it or nothing; what cannot be is told beside its person."""
    sheet, fields = _sheet(booking_id), Fields(request.form)
    if fields.typed("fill"):
        return _filled(sheet, fields)
    errors: dict[PersonId, str] = {}
    given: dict[PersonId, GivenAttendance] = {}
    for person, line in sheet.lines.items():
        try:
            if entry := _given(line, fields):
                given[person] = entry
        except Malformed as error:
            errors[person] = fields.errors.get(error.field) or wording.error(error, edge.lang())
    if not errors:
        wrong = service.attend_all(edge.session(), edge.actor(), BookingId(booking_id), given, edge.clock())
        errors = {person: wording.error(error, edge.lang()) for person, error in wrong.items()}
    if errors:
        return _page(sheet, errors, fields), 422
    flash(_("已保存 %(count)s 人的出勤。", count=len(given)) if given else _("没有变化。"), "good")
    return redirect(url_for("sessions.attendance", booking_id=booking_id), 303)


def _given(line: AttendanceLine, fields: Fields) -> GivenAttendance | None:
    """What is to be recorded of somebody, if it is another than before. Raises Malformed about a field of theirs."""
    person = line.person
    status = fields.choice(f"status-{person}", Attended)
    makeup = fields.day(f"makeup-{person}")
    reason = fields.text(f"reason-{person}")
    for field in ("status", "makeup", "reason"):
        if f"{field}-{person}" in fields.errors:
            raise Malformed("unknown", f"{field}-{person}")
    if not status:
        if makeup:
            fields.refuse(f"makeup-{person}", _("请选择出勤情况，再填补课日期。"))
            raise Malformed("missing", f"makeup-{person}")
        return None
    reason = reason if status is Attended.ON_LEAVE else ""  # typed for a leave that it was not
    before = (line.status, line.makeup_date, line.reason or "")
    return GivenAttendance(status, makeup, reason) if before != (status, makeup, reason) else None


def _filled(sheet: AttendanceSheet, fields: Fields) -> ResponseReturnValue:
    """Everybody of whom nothing is said yet was there: filled into the list to be looked at, not saved."""
    values = {key: fields.typed(key) for key in fields.values if key != "fill"}
    count = 0
    for person, line in sheet.lines.items():
        if not values.get(f"status-{person}"):
            values[f"status-{person}"] = Attended.OBSERVER if line.part is Part.OBSERVER else Attended.ATTENDED
            count += 1
    return _page(sheet, {}, Fields(values), filled=count)


@pages.post("/bookings/<booking_id>/roll-call")
@edge.policy(Action.EDIT_ATTENDANCE)
def read_roll_call(booking_id: str) -> ResponseReturnValue:
    """What a roll call says, filled into the list to be looked at; nothing is recorded before it is saved."""
    sheet, fields = _sheet(booking_id), Fields(request.form)
    text = fields.typed("roll_call")
    if not text.strip():
        fields.refuse("roll_call", _("请粘贴点名，如：出席：张三、李四。请假：王五。"))
        return _page(sheet, {}, fields), 422
    try:
        roll_call = service.roll_call(edge.session(), edge.actor(), sheet.booking.id, text, edge.clock())
    except Malformed as error:
        fields.take(error, "roll_call")
        return _page(sheet, {}, fields), 422
    names = facts.names(sheet.booking.day(edge.zone()))
    values: dict[str, str] = {"roll_call": text}
    fresh: set[PersonId] = set()
    for person, line in sheet.lines.items():
        status = roll_call.statuses.get(person, line.status)
        values[f"status-{person}"] = status or ""
        if line.makeup_date and status not in IN_FULL:  # a roll call says that nothing was missed
            values[f"makeup-{person}"] = line.makeup_date.isoformat()
        if status is Attended.ON_LEAVE and (reason := line.reason or roll_call.reasons.get(person)):
            values[f"reason-{person}"] = reason
        if status is not line.status:
            fresh.add(person)
    return _page(sheet, {}, Fields(values), _roll_call_page(roll_call, fresh, names))


def _roll_call_page(roll_call: RollCall, fresh: set[PersonId], names: Names) -> RollCallPage:
    return RollCallPage(
        len(roll_call.statuses),
        frozenset(fresh),
        frozenset(
            {person for question in roll_call.questions for person in question.people}
            | {entry.person for entry in roll_call.twice}
        ),
        [
            *(miscount(odd, edge.lang()) for odd in roll_call.miscounts),
            *oddities(roll_call, lambda person: facts.person_text(names, person), edge.lang()),
        ],
        listed(roll_call.aside),
        {
            _COUNT_NAMES[odd.of](): _("点名写 %(said)s，按名单 %(counted)s", said=odd.said, counted=odd.counted)
            for odd in roll_call.miscounts
            if odd.of in _COUNT_NAMES
        },
    )


_COUNT_NAMES: dict[str, Callable[[], str]] = {
    "expected": lambda: _("应到"),
    "present": lambda: _("实到"),
    "on_leave": lambda: wording.label(Attended.ON_LEAVE, edge.lang()),
    "absent": lambda: wording.label(Attended.ABSENT, edge.lang()),
}
