"""The talks that are asked for and not arranged yet, beside the calendar on which they are dropped; a page of its own without script."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.core.coverage.report import CoverageState, RequirementState
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import PersonId
from scheduler.core.rules.requirements import Severity
from scheduler.services.coverage.report import Report
from scheduler.web.coverage import pages, squares
from scheduler.web.coverage.home import report_of
from scheduler.web.page import facts
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.words import listed, told


@dataclass(frozen=True, slots=True)
class OpenTalk:
    """A talk that could be dropped: whom it needs, or one person and a choice of others."""

    name: str
    why: str
    is_overdue: bool
    severity: str
    people: list[PersonId]
    partners: list[Choice]
    """One of these besides; empty when it is said who."""
    rule_set: str
    minutes: int
    href: str
    """The form that books it."""


@pages.get("/bookings/open")
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
def open_talks() -> ResponseReturnValue:
    """What a rule set still asks for, the most pressing first."""
    fields = Fields(request.args)
    report = report_of(fields)
    back = edge.local_path(fields.typed("next"), url_for("bookings.bookings"))
    names = Names(report.roster, edge.lang(), facts.rooms()) if report else facts.names()
    person = fields.person("person", names.roster)
    found = [_talk(one, report, names, back) for one in _open(report, person)] if report else []
    part = "_open.html" if "HX-Request" in request.headers else "open.html"
    return render_template(
        f"bookings/{part}",
        talks=found,
        back=back,
        rule_set=report.rule_set.id if report else "",
        rule_sets=[(one.id, facts.rule_set_name(one, names)) for one in facts.rule_sets()],
    )


def _open(report: Report, person: PersonId | None) -> list[RequirementState]:
    """What is open and may be booked by who asks."""
    found = [
        one
        for one in report.coverage.requirements
        if one.state is CoverageState.OPEN and squares.may_book(one.requirement)
    ]
    if person:
        found = [one for one in found if person in one.requirement.bearers]
    order = list(Severity)
    return sorted(found, key=lambda one: (not one.is_overdue, order.index(one.requirement.severity), _last(one)))


def _last(one: RequirementState) -> str:
    last = one.requirement.window.last
    return last.isoformat() if last else "9999"


def _talk(one: RequirementState, report: Report, names: Names, back: str) -> OpenTalk:
    asked = one.requirement
    rules = listed(facts.rule_name(report.spec, rule) for rule in asked.rules)
    pool = [] if asked.pair else [p for p in names.roster.in_rank_order(asked.pool) if p not in asked.bearers]
    rule_set = report.rule_set.id
    return OpenTalk(
        name=squares.heading(asked, names),
        why=told((rules, squares.window_text(asked))),
        is_overdue=one.is_overdue,
        severity=asked.severity,
        people=list(asked.pair or asked.bearers),
        partners=[(person, names.person(person)) for person in pool],
        rule_set=rule_set,
        minutes=squares.MINUTES,
        href=url_for(
            "bookings.new_booking", kind="talk", people=asked.pair or asked.bearers, rule_set=rule_set, next=back
        ),
    )
