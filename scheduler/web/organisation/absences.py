"""Absences and "available only" times: the list, a new one, taking one away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Absence, Booking
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.services.bookings import absence_hits
from scheduler.services.organisation import people as service
from scheduler.web.bookings.lines import other_times_href
from scheduler.web.organisation import pages
from scheduler.web.page import facts, undo
from scheduler.web.page.fields import Fields
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.wording.findings import reason_text

WEEK = 7


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """An absence as the list prints it."""

    id: int
    person: PersonId
    name: str
    position: str
    days: str
    reason: str
    only: str
    is_past: bool
    hits: tuple["BookingHit", ...] = ()
    """The bookings it keeps the person from."""


@dataclass(frozen=True, slots=True)
class BookingHit:
    """A booking that somebody who is away was expected at, and where another time is found for it."""

    text: str
    href: str


@pages.get("/absences")
@edge.policy(Action.SEE_ABSENCES)
def absences() -> ResponseReturnValue:
    """All absences, those to come first; the form of a new one."""
    fields = Fields(request.args)
    person = fields.typed("person")
    if person and PersonId(person) in facts.roster().people:
        fields.values["person"] = facts.person_text(facts.names(), PersonId(person))
    return _page(fields)


def _page(fields: Fields) -> str:
    names, today, lang = facts.names(), facts.today(), edge.lang()
    absences = service.absences(edge.session(), edge.actor(), edge.clock())
    hits = _hits(absences)
    ordered = sorted(absences, key=lambda absence: (absence.last < today, absence.first))
    lines = [_line(absence, hits.get(absence.id, ())) for absence in ordered]
    monday = today - timedelta(days=today.weekday())
    weekdays = [(str(n), wording.weekday_text(monday + timedelta(days=n), lang), "") for n in range(WEEK)]
    return render_template(
        "organisation/absences.html",
        fields=fields,
        lines=[line for line in lines if not line.is_past],
        past=[line for line in lines if line.is_past],
        people=facts.person_options(names),
        weekdays=weekdays,
    )


def _hits(absences: Sequence[Absence]) -> dict[int, tuple[BookingHit, ...]]:
    """By absence, the bookings still to come that it hits; for those who may edit these."""
    hits: dict[int, tuple[BookingHit, ...]] = {}
    if access.may(edge.actor(), Action.BOOK):
        for finding in absence_hits.hits(edge.session(), absences, edge.clock()):
            absence = finding.details["absence"]
            if isinstance(absence, Absence):
                booking = finding.details["booking"]
                is_talk = isinstance(booking, Booking) and booking.is_talk
                href = other_times_href(finding.subject, is_talk=is_talk)
                hit = BookingHit(wording.text(finding, edge.lang()), href)
                hits[absence.id] = (*hits.get(absence.id, ()), hit)
    return hits


def _line(absence: Absence, hits: tuple[BookingHit, ...]) -> AbsenceLine:
    names, lang = facts.names(), edge.lang()
    return AbsenceLine(
        absence.id,
        absence.person,
        names.person(absence.person),
        names.position(absence.person),
        wording.days_text(absence.first, absence.last, lang),
        reason_text(absence.reason, lang),
        facts.only_text(absence),
        absence.last < facts.today(),
        hits,
    )


@pages.post("/absences")
@edge.policy(Action.EDIT_ABSENCES)
@once
def add_absence() -> ResponseReturnValue:
    """Enter an absence."""
    fields, roster = Fields(request.form), facts.roster()
    person = fields.person("person", roster, required=True)
    first, last = fields.day("first", required=True), fields.day("last")
    weekdays = tuple(int(number) for number in fields.several_of("weekdays", [str(n) for n in range(WEEK)]))
    begins, ends = fields.clock("only_from", required=bool(weekdays)), fields.clock("only_to", required=bool(weekdays))
    if fields.is_valid and person and first:
        absence = Absence(
            0, person, first, last or first, fields.text("reason"), weekdays,
            f"{begins:%H:%M}" if weekdays and begins else "", f"{ends:%H:%M}" if weekdays and ends else "",
        )  # fmt: skip
        try:
            entered = service.add_absence(edge.session(), edge.actor(), absence, edge.clock())
            if hits := _hits([entered]).get(entered.id):
                flash(
                    _(
                        "已登记。与 %(count)s 项已有安排冲突，列在下面：请逐项另排，或用“重新排期（改动最少）”统一调整。",
                        count=len(hits),
                    ),
                    "warn",
                )
            else:
                flash(_("已登记，与已有安排不冲突；新排的日程将避开。"), "good")
            return redirect(url_for("organisation.absences"), 303)
        except (Malformed, NotFound) as error:
            fields.refuse(error.field if isinstance(error, Malformed) else "person", wording.error(error, edge.lang()))
    return _page(fields), 422


def _values_of(absence: Absence) -> dict[str, object]:
    """An absence as the values of the form."""
    return {
        "person": absence.person,
        "first": absence.first,
        "last": absence.last,
        "reason": absence.reason,
        "weekdays": absence.only_weekdays,
        "only_from": absence.only_from,
        "only_to": absence.only_to,
    }


@pages.post("/absences/<int:number>/remove")
@edge.policy(Action.EDIT_ABSENCES)
@once
def remove_absence(number: int) -> ResponseReturnValue:
    """Take an absence away."""
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    gone = next((absence for absence in service.absences(session, actor, clock) if absence.id == number), None)
    service.remove_absence(session, actor, number, clock)
    if gone:
        undo.offer(_("已删除。"), url_for("organisation.add_absence"), _values_of(gone))
    return redirect(url_for("organisation.absences"), 303)
