"""Putting down a talk that was held, from its square: when it was, and of a pool with whom."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Draft, Kind, Mode
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.findings import Findings
from scheduler.core.ground.ids import PersonId
from scheduler.core.rules.requirements import Requirement
from scheduler.services.bookings import drafts as booking_drafts
from scheduler.services.bookings import held_talks
from scheduler.services.coverage.report import Report
from scheduler.web.coverage import home, pages, squares
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _


@pages.post("/squares/<key>/held")
@edge.policy(Action.CONFIRM_FOR_ALL)
def record_held(key: str) -> ResponseReturnValue:
    """Put it down and go back to the matrix; show the square again with the reasons if it cannot be."""
    report = home.report_of(Fields(request.args))
    chosen = home.chosen_of(report, key) if report else None
    if report is None or chosen is None:
        raise NotFound("requirement", key)
    fields, findings, status = Fields(request.form), None, 422
    draft = _draft(fields, chosen.requirement, report)
    try:
        if draft:
            held_talks.record(edge.session(), edge.actor(), draft, edge.clock())
            flash(_("已登记：这次谈话已谈。"), "good")
            return redirect(edge.local_path(request.form.get("next"), url_for("coverage.home")), 303)
    except Refused as no:
        findings, status = Findings(no.blocking, no.warnings, no.hints), 409
    except Malformed as error:
        fields.take(error, "day")
    names = Names(report.roster, edge.lang(), facts.rooms())
    back = edge.local_path(request.form.get("next"), url_for("coverage.home"))
    page = replace(squares.square_page(report, chosen, names, back, back), is_recording=True)
    return render_template("coverage/square.html", square=page, held_fields=fields, held_findings=findings), status


def _draft(fields: Fields, requirement: Requirement, report: Report) -> Draft | None:
    """The talk that is put down; None if something could not be read."""
    start = fields.moment("day", "start", edge.zone())
    mode = fields.choice("mode", Mode, squares.first_mode(requirement))
    partner = () if requirement.pair else (fields.one_of("partner", requirement.pool, required=True),)
    if not fields.is_valid or start is None or mode is None:
        return None
    people = (*requirement.bearers, *filter(None, partner))
    span = booking_drafts.span_of(start, squares.MINUTES)
    return Draft(Kind.TALK, span, tuple(map(PersonId, people)), mode=mode, rule_set=report.rule_set.id)
