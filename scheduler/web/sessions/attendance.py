"""Who was at a booking: recorded person by person, filled in at once, or read from a roll call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Kind, Part, State
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import BookingId, GuestId, PersonId
from scheduler.core.sessions.roll_calls import RollCall
from scheduler.core.sessions.study import IN_FULL, MAX_REASON, Attended, hours_of
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import guests
from scheduler.services.sessions import attendance as service
from scheduler.services.sessions.attendance import AttendanceLine, AttendanceSheet, GivenAttendance
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed, local, when
from scheduler.web.sessions import arrivals, attendance_lines, pages
from scheduler.wording.roll_calls import miscount, oddities


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


@dataclass(frozen=True, slots=True)
class Filled:
    """How many were filled in as having been there, and as being away."""

    there: int
    away: int


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
    filled: Filled | None = None,
) -> str:
    seen = bookings.seen_booking(edge.session(), edge.actor(), sheet.booking.id, edge.clock())
    names = facts.names(local(seen.span.start).date())
    screen = arrivals.screen_of(sheet.booking)
    return render_template(
        "sessions/attendance.html",
        seen=seen,
        name=names.booking(seen),
        is_session=seen.kind == Kind.STUDY_SESSION,
        under_title=_under_title(seen, names),
        turnout=sheet.turnout,
        counts=_counts(sheet),
        groups=(groups := attendance_lines.groups(sheet, names, screen, errors, typed)),
        has_hours=any(line.hours for group in groups for line in group),
        roll_call=roll_call,
        filled=filled,
        fields=typed or Fields({}),
        has_begun=sheet.has_begun,
        sign_in=arrivals.card(screen) if screen else None,
        may_record=sheet.may_record and seen.state != State.CANCELLED,
    )


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
    of_guests = _given_guests(sheet, fields)
    if not errors and fields.is_valid:
        wrong = service.attend_all(edge.session(), edge.actor(), BookingId(booking_id), given, edge.clock())
        errors = {person: wording.error(error, edge.lang()) for person, error in wrong.items()}
    if errors or not fields.is_valid:
        return _page(sheet, errors, fields), 422
    if of_guests:
        guests.attend(edge.session(), edge.actor(), sheet.booking.id, of_guests, edge.clock())
    count = len(given) + len(of_guests)
    flash(_("已保存 %(count)s 人的出勤。", count=count) if count else _("没有变化。"), "good")
    return redirect(url_for("sessions.attendance", booking_id=booking_id), 303)


def _given_guests(sheet: AttendanceSheet, fields: Fields) -> dict[GuestId, Attended]:
    """What is to be recorded of guests whom the roster does not know, where it is another than before."""
    said = {line: fields.choice(f"status-{line.guest.id}", Attended) for line in sheet.guests}
    for line, status in said.items():
        if status and status not in guests.GUEST_STATUSES:
            no = Malformed("not_of_guests", "status", value=status.value)
            fields.refuse(f"status-{line.guest.id}", wording.error(no, edge.lang()))
    return {line.guest.id: status for line, status in said.items() if status and status is not line.status}


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
    """Everybody of whom nothing is said yet was there, but those who are known to be away: to be looked at, not saved."""
    values = {key: fields.typed(key) for key in fields.values if key != "fill"}
    gone, filled = attendance_lines.away(sheet), Filled(0, 0)
    for who, part in [(line.person, line.part) for line in sheet.lines.values()] + [
        (line.guest.id, Part.GUEST) for line in sheet.guests
    ]:
        if values.get(f"status-{who}"):
            continue
        if absence := gone.get(PersonId(who)):
            values |= {f"status-{who}": Attended.ON_LEAVE, f"reason-{who}": absence.reason[:MAX_REASON]}
            filled = Filled(filled.there, filled.away + 1)
        else:
            values[f"status-{who}"] = Attended.OBSERVER if part is Part.OBSERVER else Attended.ATTENDED
            filled = Filled(filled.there + 1, filled.away)
    return _page(sheet, {}, Fields(values), filled=filled)


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
