"""Study: hours of each person, the sessions, and who was at one."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Kind, State
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.sessions.roll_calls import RollCall
from scheduler.core.sessions.study import IN_FULL, Attendance, Attended, Studied
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import Query
from scheduler.services.sessions import study as service
from scheduler.services.sessions.study import GivenAttendance
from scheduler.web.page import facts
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed, local, when
from scheduler.web.sessions import pages
from scheduler.wording.roll_calls import oddities

PRESENT = IN_FULL | {Attended.MADE_UP}


@dataclass(frozen=True, slots=True)
class PersonHours:
    """Somebody's hours as a bar."""

    id: PersonId
    name: str
    position: str
    studied: Studied


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session as the list prints it."""

    id: BookingId
    title: str
    when: str
    where: str
    hours: float
    present: int
    recorded: int


@pages.get("/study")
@edge.policy(Action.SEE_STUDY)
def study() -> ResponseReturnValue:
    """Who has the hours, and all sessions."""
    fields, names = Fields(request.args), facts.names()
    day = fields.day("as_of")
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    report = service.report(session, actor, day, clock)
    sessions = [
        booking
        for booking in bookings.listing(session, actor, Query(kind=Kind.STUDY_SESSION), clock)
        if booking.state != State.CANCELLED
    ]
    by_session: dict[BookingId, list[Attendance]] = {}
    for entry in service.attendance(session, actor, None, clock):
        by_session.setdefault(entry.session, []).append(entry)
    return render_template(
        "sessions/study.html",
        fields=fields,
        as_of=day or facts.today(),
        report=report,
        people=[PersonHours(p, names.person(p), names.position(p), studied) for p, studied in report.people.items()],
        sessions=[_line(booking, by_session.get(BookingId(booking.id or ""), []), names) for booking in sessions],
    )


def _line(booking: SeenBooking, entries: list[Attendance], names: Names) -> SessionLine:
    return SessionLine(
        BookingId(booking.id or ""),
        booking.title,
        when(booking.span),
        names.room(booking.room),
        facts.working_time().hours_of(booking.span),
        sum(entry.status in PRESENT or entry.makeup_date is not None for entry in entries),
        len(entries),
    )


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


@dataclass(frozen=True, slots=True)
class PersonAtSession:
    """Somebody at a session; `status` is empty when nothing was recorded."""

    id: PersonId
    name: str
    position: str
    status: str
    makeup: str
    error: str = ""


@pages.get("/study/<session_id>")
@edge.policy(Action.SEE_STUDY)
def study_session(session_id: str) -> ResponseReturnValue:
    """Who was at one session."""
    return _session_page(_session(session_id), {})


def _session(session_id: str) -> SeenBooking:
    seen = bookings.seen_booking(edge.session(), edge.actor(), BookingId(session_id), edge.clock())
    if seen.kind != Kind.STUDY_SESSION:
        raise NotFound("study_session", session_id)
    return seen


def _session_page(
    seen: SeenBooking,
    errors: Mapping[PersonId, str],
    typed: Fields | None = None,
    roll_call: RollCallPage | None = None,
) -> str:
    names = facts.names(local(seen.span.start).date())
    kept = {entry.person: entry for entry in _kept(seen)}
    has_begun = seen.span.start <= edge.clock().now
    return render_template(
        "sessions/session.html",
        seen=seen,
        when=when(seen.span),
        where=names.room(seen.room),
        lines=[
            _person_line(person, kept.get(person), names, errors.get(person, ""), typed)
            for person in names.roster.in_rank_order(seen.people)
        ],
        statuses=_statuses(),
        roll_call=roll_call,
        fields=typed or Fields({}),
        may_edit=access.may(edge.actor(), Action.EDIT_ATTENDANCE) and (has_begun or bool(errors)),
        has_begun=has_begun,
    )


def _kept(seen: SeenBooking) -> list[Attendance]:
    return service.attendance(edge.session(), edge.actor(), BookingId(seen.id or ""), edge.clock())


def _person_line(
    person: PersonId, kept: Attendance | None, names: Names, error: str, typed: Fields | None
) -> PersonAtSession:
    status = kept.status.value if kept else ""
    makeup = kept.makeup_date.isoformat() if kept and kept.makeup_date else ""
    if typed:
        status, makeup = typed.typed(f"status-{person}"), typed.typed(f"makeup-{person}")
    return PersonAtSession(person, names.person(person), names.position(person), status, makeup, error)


def _statuses() -> list[Choice]:
    return [(status.value, wording.label(status, edge.lang())) for status in Attended]


@pages.post("/study/<session_id>")
@edge.policy(Action.EDIT_ATTENDANCE)
def record_attendance(session_id: str) -> ResponseReturnValue:
    """Record what changed in the grid, all of it or nothing; what cannot be is told beside its person."""
    seen, fields = _session(session_id), Fields(request.form)
    kept = {entry.person: entry for entry in _kept(seen)}
    errors: dict[PersonId, str] = {}
    given: dict[PersonId, GivenAttendance] = {}
    for person in seen.people:
        status = fields.choice(f"status-{person}", Attended)
        makeup = fields.day(f"makeup-{person}")
        before = kept.get(person)
        if f"status-{person}" in fields.errors or f"makeup-{person}" in fields.errors:
            errors[person] = fields.errors.get(f"status-{person}") or fields.errors[f"makeup-{person}"]
        elif makeup and not status:
            errors[person] = _("请选择出勤情况，再填补课日期。")
        elif status and (before is None or (before.status, before.makeup_date) != (status, makeup)):
            given[person] = GivenAttendance(status, makeup)
    if not errors:
        wrong = service.attend_all(edge.session(), edge.actor(), BookingId(session_id), given, edge.clock())
        errors = {person: wording.error(error, edge.lang()) for person, error in wrong.items()}
    if errors:
        return _session_page(seen, errors, fields), 422
    flash(_("已保存 %(count)s 人的出勤。", count=len(given)) if given else _("没有变化。"), "good")
    return redirect(url_for("sessions.study_session", session_id=session_id), 303)


# ── Roll calls ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pages.post("/study/<session_id>/roll-call")
@edge.policy(Action.EDIT_ATTENDANCE)
def read_roll_call(session_id: str) -> ResponseReturnValue:
    """What a pasted roll call says, filled into the grid to be looked at; nothing is recorded before it is saved."""
    seen, fields = _session(session_id), Fields(request.form)
    text = fields.typed("roll_call")
    if not text.strip():
        fields.refuse("roll_call", _("请粘贴点名，如：出席：张三、李四。请假：王五。"))
        return _session_page(seen, {}, fields), 422
    try:
        roll_call = service.roll_call(edge.session(), edge.actor(), BookingId(session_id), text, edge.clock())
    except Malformed as error:
        fields.take(error, "roll_call")
        return _session_page(seen, {}, fields), 422
    names = facts.names(local(seen.span.start).date())
    kept = {entry.person: entry for entry in _kept(seen)}
    values = {f"status-{p}": status.value for p, status in roll_call.statuses.items()}
    values |= {f"makeup-{p}": _makeup_kept(entry, roll_call) for p, entry in kept.items()}
    values |= {f"status-{p}": entry.status.value for p, entry in kept.items() if p not in roll_call.statuses}
    fresh = {p for p, status in roll_call.statuses.items() if p not in kept or kept[p].status is not status}
    return _session_page(seen, {}, Fields({**values, "roll_call": text}), _roll_call_page(roll_call, fresh, names))


def _makeup_kept(entry: Attendance, roll_call: RollCall) -> str:
    """The make-up that was entered, unless a roll call says that nothing was missed."""
    is_missed = roll_call.statuses.get(entry.person, entry.status) not in IN_FULL
    return entry.makeup_date.isoformat() if entry.makeup_date and is_missed else ""


def _roll_call_page(roll_call: RollCall, fresh: set[PersonId], names: Names) -> RollCallPage:
    return RollCallPage(
        len(roll_call.statuses),
        frozenset(fresh),
        frozenset(
            {person for question in roll_call.questions for person in question.candidates}
            | {entry.person for entry in roll_call.twice}
        ),
        oddities(roll_call, lambda person: facts.person_text(names, person), edge.lang()),
        listed(roll_call.aside),
    )
