"""What is required, as a list: the one that the figures of the matrix, of reports and of all campaigns count."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.coverage.report import CoverageState, RequirementState
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import BookingId, PersonId, RuleId
from scheduler.core.rules.requirements import Severity
from scheduler.services.coverage.report import Report
from scheduler.web.coverage import pages, squares
from scheduler.web.coverage.home import report_of
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.paging import kept_args, page_of
from scheduler.web.page.words import listed


class RequiredPart(StrEnum):
    """Which requirements are listed."""

    MUST = "must"
    """Those that the rate counts."""
    DISTINCT = "distinct"
    """Must and should, each once."""
    BY_RULE = "by_rule"
    """Must and should, once for each rule that asks."""
    OPTIONAL = "optional"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class RequiredLine:
    """A requirement as the list prints it."""

    href: str
    what: str
    reason: str
    state: CoverageState
    is_overdue: bool
    until: str
    talks: tuple[BookingId, ...]


@pages.get("/requirements")
@edge.policy(Action.SEE_COVERAGE)
def requirements() -> ResponseReturnValue:
    """The requirements of a rule set as of a day, filtered, fifty to a page."""
    fields = Fields(request.args)
    report = report_of(fields)
    if report is None:
        return render_template("coverage/no_ledger.html")
    names = Names(report.roster, edge.lang(), facts.rooms())
    pager = page_of(list(_wanted(fields, report)))
    return render_template(
        "coverage/requirements.html",
        fields=fields,
        pager=pager,
        lines=[_line(state, rules, report, names) for state, rules in pager.lines],
        name=facts.rule_set_name(report.rule_set, names),
        rule_set=report.rule_set.id,
        as_of=report.as_of.day,
        parts=[(part.value, wording.label(f"part:{part}", edge.lang())) for part in RequiredPart],
        states=[(state.value, wording.label(state, edge.lang())) for state in CoverageState],
        rules=[(rule, facts.rule_name(report.spec, rule)) for rule in report.resolution.by_rule],
        people=[(person, names.person(person)) for person in report.roster.in_rank_order(_bearers(report))],
    )


def _bearers(report: Report) -> set[PersonId]:
    return {person for state in report.coverage.requirements for person in state.requirement.bearers}


def _wanted(fields: Fields, report: Report) -> Iterator[tuple[RequirementState, tuple[RuleId, ...]]]:
    """The requirements that the address means, each with the rules that a line of it names."""
    part = fields.choice("of", RequiredPart, RequiredPart.MUST)
    state, rule = fields.choice("state", CoverageState), fields.one_of("rule", report.resolution.by_rule)
    person = fields.one_of("person", _bearers(report))
    for standing in report.coverage.requirements:
        requirement = standing.requirement
        if state not in (None, standing.state) or (person and person not in requirement.bearers):
            continue
        if (rule and rule not in requirement.rules) or not _is_of(part or RequiredPart.MUST, requirement.severity):
            continue
        if part is not RequiredPart.BY_RULE:
            yield standing, requirement.rules
            continue
        for each in requirement.rules:
            if report.resolution.severity_of[each] is not Severity.OPTIONAL and rule in ("", each):
                yield standing, (each,)


def _is_of(part: RequiredPart, severity: Severity) -> bool:
    """Whether a requirement belongs to a part."""
    match part:
        case RequiredPart.MUST:
            return severity is Severity.MUST
        case RequiredPart.OPTIONAL:
            return severity is Severity.OPTIONAL
        case RequiredPart.ALL:
            return True
        case _:
            return severity is not Severity.OPTIONAL


def _line(state: RequirementState, rules: tuple[RuleId, ...], report: Report, names: Names) -> RequiredLine:
    requirement = state.requirement
    return RequiredLine(
        href=url_for("coverage.square", key=requirement.key, **kept_args()),
        what=squares.heading(requirement, names),
        reason=listed(facts.rule_name(report.spec, rule) for rule in rules),
        state=state.state,
        is_overdue=state.is_overdue,
        until=squares.window_text(requirement),
        talks=state.talks,
    )
