"""Study: hours of each person, the sessions, and who was at one."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core import access
from scheduler.core.access import Action
from scheduler.core.bookings import Kind, State
from scheduler.core.errors import Malformed, NotFound
from scheduler.core.ids import BookingId, PersonId
from scheduler.core.study import IN_FULL, Attendance, Attended, Studied
from scheduler.core.visibility import SeenBooking
from scheduler.services import bookings
from scheduler.services import study as service
from scheduler.services.bookings import Query
from scheduler.web import facts, pages
from scheduler.web.facts import Choice
from scheduler.web.fields import Fields
from scheduler.web.names import Names
from scheduler.web.texts import _
from scheduler.web.words import local, when

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
        one
        for one in bookings.listing(session, actor, Query(kind=Kind.STUDY_SESSION), clock)
        if one.state != State.CANCELLED
    ]
    by_session: dict[BookingId, list[Attendance]] = {}
    for entry in service.attendance(session, actor, None, clock):
        by_session.setdefault(entry.session, []).append(entry)
    return render_template(
        "study/study.html",
        fields=fields,
        as_of=day or facts.today(),
        report=report,
        people=[PersonHours(p, names.person(p), names.position(p), studied) for p, studied in report.people.items()],
        sessions=[_line(one, by_session.get(BookingId(one.id or ""), []), names) for one in sessions],
    )


def _line(one: SeenBooking, entries: list[Attendance], names: Names) -> SessionLine:
    return SessionLine(
        BookingId(one.id or ""),
        one.title,
        when(one.span),
        names.room(one.room),
        one.span.hours,
        sum(entry.status in PRESENT or entry.makeup_date is not None for entry in entries),
        len(entries),
    )


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
    seen = bookings.one(edge.session(), edge.actor(), BookingId(session_id), edge.clock())
    if seen.kind != Kind.STUDY_SESSION:
        raise NotFound("study_session", session_id)
    return seen


def _session_page(seen: SeenBooking, errors: dict[PersonId, str], typed: Fields | None = None) -> str:
    names = facts.names(local(seen.span.start).date())
    kept = {entry.person: entry for entry in _kept(seen)}
    return render_template(
        "study/session.html",
        seen=seen,
        when=when(seen.span),
        where=names.room(seen.room),
        lines=[
            _person_line(person, kept.get(person), names, errors.get(person, ""), typed)
            for person in names.roster.in_rank_order(seen.people)
        ],
        statuses=_statuses(),
        may_edit=access.may(edge.actor(), Action.EDIT_ATTENDANCE),
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
    """Record what changed in the grid; what cannot be is told beside its person, and the rest is kept."""
    seen, fields = _session(session_id), Fields(request.form)
    kept = {entry.person: entry for entry in _kept(seen)}
    errors: dict[PersonId, str] = {}
    count = 0
    for person in seen.people:
        status = fields.choice(f"status-{person}", Attended)
        makeup = fields.day(f"makeup-{person}")
        before = kept.get(person)
        if f"status-{person}" in fields.errors or f"makeup-{person}" in fields.errors:
            errors[person] = fields.errors.get(f"status-{person}") or fields.errors[f"makeup-{person}"]
        elif status and (before is None or (before.status, before.makeup_date) != (status, makeup)):
            try:
                service.attend(
                    edge.session(), edge.actor(), BookingId(session_id), person, status, makeup, edge.clock()
                )
                count += 1
            except Malformed as error:
                errors[person] = wording.error(error, edge.lang())
    if errors:
        return _session_page(seen, errors, fields), 422
    flash(_("已保存 %(count)s 人的出勤。", count=count) if count else _("没有变化。"), "good")
    return redirect(url_for("pages.study_session", session_id=session_id), 303)
