"""Study: hours of each person, and the sessions."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Kind, State
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.sessions.mending import Mending
from scheduler.core.sessions.study import IN_FULL, Attendance, Attended, Studied, StudyReport, hours_of
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import Query
from scheduler.services.sessions import making_up
from scheduler.services.sessions import study as service
from scheduler.services.sessions.study import StudiedTarget
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed, when
from scheduler.web.sessions import pages

PRESENT = IN_FULL | {Attended.MADE_UP}


@dataclass(frozen=True, slots=True)
class PersonHours:
    """Somebody's hours as a bar."""

    id: PersonId
    name: str
    position: str
    studied: Studied


@dataclass(frozen=True, slots=True)
class MissingHours:
    """Somebody who will lack hours, and what would mend it."""

    id: PersonId
    says: str
    mends: str
    can_make_up: bool


@dataclass(frozen=True, slots=True)
class TargetHours:
    """A target, and everybody whom it concerns."""

    name: str
    days: str
    """From when by when; empty where no target is set."""
    report: StudyReport
    people: list[PersonHours]
    exempt: str
    """Of whom nothing is asked, by name."""
    id: str = ""
    will_miss: tuple[MissingHours, ...] = ()
    """Who will not have the hours by the last day, and how many they will lack, if they come to all that is booked."""
    by: str = ""


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
    fields = Fields(request.args)
    day = fields.day("as_of")
    names = facts.names(max(day or facts.today(), facts.today()))  # who joins by then is named too
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    campaign = seen_campaign.id_on(day or facts.today())
    seen_campaign.show(campaign)
    overview = service.report(session, actor, day, clock, campaign)
    sessions = [
        booking
        for booking in bookings.listing(session, actor, Query(kind=Kind.STUDY_SESSION), clock)
        if booking.state != State.CANCELLED and booking.campaign in (campaign, None)
    ]
    by_session: dict[BookingId, list[Attendance]] = {}
    for entry in service.attendance(session, actor, clock):
        by_session.setdefault(entry.session, []).append(entry)
    return render_template(
        "sessions/study.html",
        fields=fields,
        as_of=day or facts.today(),
        report=overview.first,
        targets=[_target(studied, names) for studied in overview.targets],
        sessions=[_line(booking, by_session.get(BookingId(booking.id or ""), []), names) for booking in sessions],
    )


def _target(studied: StudiedTarget, names: Names) -> TargetHours:
    target, report = studied.target, studied.report
    audience = listed(names.audience(selector) for selector in target.audience)
    if target.minus:
        left_out = listed(names.audience(selector) for selector in target.minus)
        audience = _("%(audience)s（不含%(left_out)s）", audience=audience, left_out=left_out)
    by = next((mending.by for mending in studied.mendings), target.last if target.id else None)
    return TargetHours(
        audience,
        wording.days_text(target.first, target.last, edge.lang()) if target.id else "",
        report,
        [PersonHours(p, names.person(p), names.position(p), hours) for p, hours in report.people.items()],
        listed(names.person(person) for person in report.exempt),
        target.id,
        tuple(_missing(mending, names) for mending in studied.mendings),
        wording.day_text(by, edge.lang()) if by else "",
    )


def _missing(mending: Mending, names: Names) -> MissingHours:
    """Who will lack hours; which sessions they would make up, and what is left even so."""
    parts = [_("补 %(session)s（%(hours)s）", session=m.session, hours=f"{m.hours:g}") for m in mending.make_ups]
    if mending.left:
        parts.append(_("再排 %(hours)s 学时", hours=f"{mending.left:g}"))
    says = _("%(name)s 差 %(hours)s", name=names.person(mending.person), hours=f"{mending.missing:g}")
    return MissingHours(mending.person, says, listed(parts), bool(mending.make_ups))


@pages.post("/study/make-ups")
@edge.policy(Action.EDIT_ATTENDANCE)
def make_up() -> ResponseReturnValue:
    """Enter the make-ups by which somebody, or everybody, will reach the target."""
    people = [PersonId(person) for person in request.form.getlist("person")]
    made = making_up.make_up(edge.session(), edge.actor(), people, None, edge.clock(), seen_campaign.named())
    names, lang = facts.names(), edge.lang()
    for each in made:
        told = _(
            "%(name)s %(day)s补 %(session)s。",
            name=names.person(each.person),
            day=wording.day_text(each.makeup_date, lang),
            session=each.session,
        )
        flash(told, "good")
    return redirect(url_for("sessions.study"), 303)


def _line(booking: SeenBooking, entries: list[Attendance], names: Names) -> SessionLine:
    return SessionLine(
        BookingId(booking.id or ""),
        booking.title,
        when(booking.span),
        names.room(booking.room),
        hours_of(booking, facts.working_time()),
        sum(entry.status in PRESENT or entry.makeup_date is not None for entry in entries),
        len(entries),
    )
