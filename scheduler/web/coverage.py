"""The first page: the coverage matrix, and what its squares say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core import access
from scheduler.core.access import Action
from scheduler.core.coverage import CoverageState, RequirementState
from scheduler.core.errors import NotAllowed, NotFound
from scheduler.core.findings import Finding
from scheduler.core.ids import PersonId, RuleId, RuleSetId
from scheduler.core.requirements import Requirement, Severity
from scheduler.core.verdicts import verdicts
from scheduler.services import coverage as service
from scheduler.services.coverage import Report
from scheduler.web import facts, first_steps, pages, squares
from scheduler.web.facts import Choice
from scheduler.web.fields import Fields
from scheduler.web.grids import Drawing, Grid, PersonList, Square, asked_for
from scheduler.web.matrix import Filter, key_of
from scheduler.web.names import Names
from scheduler.web.paging import here
from scheduler.web.plan_forms import may_arrange
from scheduler.web.texts import _


@dataclass(frozen=True, slots=True)
class RuleCard:
    """How far a rule has come; the card filters by it."""

    name: str
    severity: Severity
    covered: int
    required: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class StateCount:
    """An entry of the legend; it filters by its state."""

    state: CoverageState
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """Everything the first page prints."""

    name: str
    subtitle: str
    rule_set: RuleSetId
    as_of: date
    rate: float | None
    covered: int
    required: int
    before_merging: int
    distinct: int
    held: int
    optional: int
    overdue: int
    open: int
    """What is still to be arranged, optional talks left aside."""
    rules: list[RuleCard]
    legend: list[StateCount]
    unresolved: Sequence[Finding]
    matrix: Grid
    people: list[PersonList]
    rule_sets: list[Choice]
    rule_choices: list[Choice]
    people_choices: list[Choice]
    state_choices: list[Choice]
    period_choices: list[Choice]
    with_optional: bool
    is_filtered: bool
    may_arrange: bool
    todo: list[Square]
    """What is not covered yet, the most pressing first."""
    todo_left: int


@pages.get("/")
@edge.for_signed_in
def home() -> ResponseReturnValue:
    """The matrix, for those who may see it; everybody else's own page."""
    actor = edge.actor()
    if not access.may(actor, Action.SEE_COVERAGE):
        return redirect(url_for("pages.me" if actor.person else "pages.accounts"))
    fields = Fields(request.args)
    report = report_of(fields)
    if report is None:
        if access.may(actor, Action.IMPORT) and not facts.rule_sets():
            return first_steps.start_page()
        return render_template("coverage/first.html", has_rules=bool(facts.rule_sets()))
    names = Names(report.roster, edge.lang(), facts.rooms())
    wanted = _filter(fields, report)
    chosen = _chosen(report, fields.typed("square"))
    panel = squares.square_page(report, chosen, names, _back(chosen), here(square=None)) if chosen else None
    return render_template(
        "coverage/matrix.html",
        page=_page(report, names, wanted),
        fields=fields,
        square_page=panel,
        chosen_key=fields.typed("square"),
    )


@pages.get("/squares/<key>")
@edge.policy(Action.SEE_COVERAGE)
def square(key: str) -> ResponseReturnValue:
    """What one square says: the panel for a script, a page of its own otherwise."""
    report = report_of(Fields(request.args))
    chosen = _chosen(report, key) if report else None
    if report is None or chosen is None:
        raise NotFound("requirement", key)
    names = Names(report.roster, edge.lang(), facts.rooms())
    page = squares.square_page(report, chosen, names, _back(chosen), url_for("pages.home", **asked_for()))
    if "HX-Request" in request.headers:
        return render_template("coverage/panel.html", square=page)
    return render_template("coverage/square.html", square=page)


def report_of(fields: Fields) -> Report | None:
    """Coverage of the rule set and the day that the address names; else as of today, and of the leading one.

    Who may not see that one (a branch organizer) gets the first that they may see; None: there is none.
    """
    wanted = fields.text("rule_set")
    day = fields.day("as_of")
    if wanted:
        return service.report(edge.session(), edge.actor(), RuleSetId(wanted), day, edge.clock())
    for one in sorted(facts.rule_sets(), key=lambda applied: not applied.is_leading):
        try:
            return service.report(edge.session(), edge.actor(), one.id, day, edge.clock())
        except NotAllowed:
            continue
    return None


def _chosen(report: Report, key: str) -> RequirementState | None:
    """The requirement that a square stands for."""
    return next((one for one in report.coverage.requirements if key and key_of(one.requirement) == key), None)


def _back(chosen: RequirementState) -> str:
    """The matrix with this square open."""
    return url_for("pages.home", square=key_of(chosen.requirement), **asked_for())


def _filter(fields: Fields, report: Report) -> Filter:
    """What the address wants to see of the matrix."""
    return Filter(
        rule=RuleId(fields.one_of("rule", report.resolution.by_rule)) or None,
        person=PersonId(fields.one_of("person", report.roster.people)) or None,
        state=fields.choice("state", CoverageState),
        period=fields.text("period"),
        with_optional=fields.typed("optional") == "1",
    )


# ── The page ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def _page(report: Report, names: Names, wanted: Filter) -> MatrixPage:
    found, resolution = report.coverage, report.resolution
    drawing = Drawing(report, names, wanted)
    todo, todo_left = drawing.todo()
    return MatrixPage(
        name=facts.rule_set_name(report.rule_set, names),
        subtitle=_subtitle(report),
        rule_set=report.rule_set.id,
        as_of=found.as_of.day,
        rate=found.rate,
        covered=found.covered,
        required=found.required,
        before_merging=resolution.before_merging,
        distinct=resolution.distinct,
        held=sum(verdict.counts for verdict in verdicts(report.coverage)),
        optional=resolution.optional,
        overdue=sum(one.is_overdue for one in found.requirements if one.requirement.severity is Severity.MUST),
        rules=_cards(report, wanted),
        legend=[
            StateCount(
                state,
                found.states[state],
                here(state=None if wanted.state is state else state.value, square=None),
                wanted.state is state,
            )
            for state in CoverageState
        ],
        unresolved=resolution.unresolved,
        matrix=drawing.grid(),
        people=drawing.lists(),
        rule_sets=[(one.id, facts.rule_set_name(one, names)) for one in facts.rule_sets()],
        rule_choices=[(rule, facts.rule_name(report.spec, rule)) for rule in resolution.by_rule],
        people_choices=[(p, names.person(p)) for p in report.roster.in_rank_order(_people_in(resolution.requirements))],
        state_choices=[(state.value, wording.label(state, edge.lang())) for state in CoverageState],
        period_choices=_periods(resolution.requirements),
        with_optional=wanted.with_optional,
        is_filtered=bool(wanted.rule or wanted.person or wanted.state or wanted.period),
        open=sum(
            one.state is CoverageState.OPEN and one.requirement.severity is not Severity.OPTIONAL
            for one in found.requirements
        ),
        may_arrange=may_arrange(report.rule_set),
        todo=todo,
        todo_left=todo_left,
    )


def _people_in(requirements: Sequence[Requirement]) -> set[PersonId]:
    """Everybody whom a requirement names."""
    return {person for one in requirements for person in (*one.bearers, *one.pool)}


def _periods(requirements: Sequence[Requirement]) -> list[Choice]:
    """The periods that occur, by time."""
    found = sorted({one.period for one in requirements if one.period})
    return [(period, wording.period_text(period, edge.lang())) for period in found]


def _cards(report: Report, wanted: Filter) -> list[RuleCard]:
    """A card for each rule."""
    return [
        RuleCard(
            facts.rule_name(report.spec, rule),
            report.resolution.severity_of.get(rule, Severity.MUST),
            covered,
            required,
            here(rule=None if wanted.rule == rule else rule, square=None),
            wanted.rule == rule,
        )
        for rule, (covered, required) in report.coverage.by_rule.items()
    ]


def _subtitle(report: Report) -> str:
    """From when to when, and how much of it is left."""
    window, today = report.resolution.window, report.coverage.as_of.day
    if window.first is None or window.last is None:
        return ""
    parts = [_days_in_full(window.first, window.last)]
    left = (window.last - today).days
    if left >= 0 and today >= window.first:
        workdays = (
            sum(1 for _day in report.working_time.workdays_between(today + timedelta(days=1), window.last))
            if left
            else 0
        )
        parts.append(_("距窗口期结束还有 %(days)s 天（%(workdays)s 个工作日）", days=left, workdays=workdays))
    elif left < 0:
        parts.append(_("窗口期已结束"))
    return " · ".join(parts)


def _days_in_full(first: date, last: date) -> str:
    """From a day to a day, with the year once if it is one."""
    lang = edge.lang()
    if first.year == last.year:
        start = wording.date_text(first, lang) if lang == "zh" else wording.day_text(first, lang)
        return f"{start} — {wording.day_text(last, lang) if lang == 'zh' else wording.date_text(last, lang)}"
    return f"{wording.date_text(first, lang)} — {wording.date_text(last, lang)}"
