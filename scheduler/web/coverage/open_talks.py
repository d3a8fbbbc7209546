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
from scheduler.web.bookings import deputies, proposals
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
    talks = [_talk(state, report, names, back) for state in _open(report, person)] if report else []
    part = "_open.html" if "HX-Request" in request.headers else "open.html"
    return render_template(
        f"bookings/{part}",
        talks=talks,
        proposals=proposals.waiting(names, back),
        deputies=deputies.waiting(names),
        back=back,
        rule_set=report.rule_set.id if report else "",
        rule_sets=[
            (rule_set.id, facts.rule_set_name(rule_set, names))
            for rule_set in facts.rule_sets_of(report.rule_set.campaign if report else None)
        ],
    )


def _open(report: Report, person: PersonId | None) -> list[RequirementState]:
    """What is open and may be booked by who asks."""
    states = [
        state
        for state in report.coverage.requirements
        if state.state is CoverageState.OPEN and squares.may_book(state.requirement)
    ]
    if person:
        states = [state for state in states if person in state.requirement.bearers]
    order = list(Severity)
    return sorted(
        states, key=lambda state: (not state.is_overdue, order.index(state.requirement.severity), _last(state))
    )


def _last(state: RequirementState) -> str:
    last = state.requirement.window.last
    return last.isoformat() if last else "9999"


def _talk(state: RequirementState, report: Report, names: Names, back: str) -> OpenTalk:
    requirement = state.requirement
    rules = listed(facts.rule_name(report.spec, rule) for rule in requirement.rules)
    pool = (
        []
        if requirement.pair
        else [p for p in names.roster.in_rank_order(requirement.pool) if p not in requirement.bearers]
    )
    rule_set = report.rule_set.id
    return OpenTalk(
        name=squares.heading(requirement, names),
        why=told((rules, squares.window_text(requirement))),
        is_overdue=state.is_overdue,
        severity=requirement.severity,
        people=list(requirement.pair or requirement.bearers),
        partners=[(person, names.person(person)) for person in pool],
        rule_set=rule_set,
        minutes=squares.MINUTES,
        href=url_for(
            "bookings.new_booking",
            kind="talk",
            people=requirement.pair or requirement.bearers,
            rule_set=rule_set,
            next=back,
        ),
    )
