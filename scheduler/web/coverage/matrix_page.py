"""What the matrix page prints: numbers, cards, choices, squares, and what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for

from scheduler import edge, wording
from scheduler.core.coverage.changes import CoverageChange
from scheduler.core.coverage.former_requirements import NoLongerRequired
from scheduler.core.coverage.matrix import MAX_PEOPLE, Filter, MatrixLayout
from scheduler.core.coverage.report import CoverageState, RequirementState
from scheduler.core.coverage.verdicts import verdicts
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PersonId, RuleId, RuleSetId
from scheduler.core.ground.person_orders import PersonOrder
from scheduler.core.rules.requirements import Requirement, Severity
from scheduler.services.coverage.report import Report
from scheduler.web.coverage.changes import Changes, changed_since, changes_of
from scheduler.web.coverage.days import Days, days_of
from scheduler.web.coverage.drawings import Drawing
from scheduler.web.coverage.folds import units_of
from scheduler.web.coverage.grids import PersonList, Square, SquareGrid
from scheduler.web.page import facts
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.paging import here, kept_args
from scheduler.web.page.texts import _


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
    days: Days
    changes: Changes | None
    order: PersonOrder
    rate: float | None
    covered: int
    required: int
    before_merging: int
    distinct: int
    held: int
    dropped: NoLongerRequired
    dropped_href: str
    """Where the talks of the pairs are listed that are no longer required."""
    linkable: Sequence[BookingId]
    """Talks of other rule sets that this one asks for as well; of the leading one none."""
    optional: int
    overdue: int
    open: int
    """What is still to be arranged, optional talks left aside."""
    rules: list[RuleCard]
    legend: list[StateCount]
    unresolved: Sequence[Finding]
    matrix: SquareGrid
    people: list[PersonList]
    rule_sets: list[Choice]
    rule_choices: list[Choice]
    people_choices: list[Choice]
    state_choices: list[Choice]
    period_choices: list[Choice]
    order_choices: list[Choice]
    kept: list[tuple[str, str]]
    """What the filters' form sends along: what is unfolded, and the day it is compared with."""
    exports: list[Choice]
    """Addresses of what can be taken along."""
    args: list[tuple[str, str]]
    """What the days' form sends along: everything else that the address says."""
    with_optional: bool
    is_filtered: bool
    may_arrange: bool
    todo: list[Square]
    """What is not covered yet, the most pressing first."""
    todo_left: int


def filter_of(fields: Fields, report: Report) -> Filter:
    """What the address wants to see of the matrix."""
    return Filter(
        rule=RuleId(fields.one_of("rule", report.resolution.by_rule)) or None,
        person=fields.person("person", report.roster),
        state=fields.choice("state", CoverageState),
        period=fields.text("period"),
        with_optional=fields.typed("optional") == "1",
    )


def arrangement_of(fields: Fields) -> MatrixLayout:
    """How the address wants the matrix laid out."""
    order = fields.choice("order", PersonOrder, PersonOrder.RANK) or PersonOrder.RANK
    return MatrixLayout(order, units_of(fields.values.getlist("unfold")), MAX_PEOPLE, facts.strokes(order))


# ── The page ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def page_of(report: Report, names: Names, fields: Fields) -> MatrixPage:
    """Everything that the address wants to see."""
    coverage, resolution = report.coverage, report.resolution
    days = days_of(fields, report)
    changed = changed_since(report, days)
    drawing = drawing_of(report, names, fields, changed)
    selection = drawing.wanted
    todo, todo_left = drawing.todo()
    return MatrixPage(
        name=facts.rule_set_name(report.rule_set, names),
        subtitle=_subtitle(report),
        rule_set=report.rule_set.id,
        as_of=coverage.as_of.day,
        days=days,
        changes=changes_of(changed, selection, days.since, names, report) if days.since else None,
        order=PersonOrder.UNIT if drawing.is_folded else drawing.arrangement.order,
        rate=coverage.rate,
        covered=coverage.covered,
        required=coverage.required,
        before_merging=resolution.before_merging,
        distinct=resolution.distinct,
        held=sum(verdict.counts for verdict in verdicts(report.coverage, report.earlier)),
        dropped=report.no_longer_required,
        dropped_href=_dropped_href(report),
        linkable=() if report.rule_set.is_leading else report.linkable,
        optional=resolution.optional,
        overdue=_overdue_count(coverage.requirements),
        rules=_cards(report, selection),
        legend=_legend(report, selection),
        unresolved=resolution.unresolved,
        matrix=drawing.grid(),
        people=drawing.lists(),
        rule_sets=[
            (rule_set.id, facts.rule_set_name(rule_set, names))
            for rule_set in facts.rule_sets_of(report.rule_set.campaign)
        ],
        rule_choices=[(rule, facts.rule_name(report.spec, rule)) for rule in resolution.by_rule],
        people_choices=_people_choices(report, names),
        state_choices=[(state.value, wording.label(state, edge.lang())) for state in CoverageState],
        period_choices=_periods(resolution.requirements),
        order_choices=facts.order_choices(),
        kept=_args("campaign", "unfold", "since"),
        exports=_exports(report, drawing.arrangement.order),
        args=_args(*(name for name in kept_args() if name not in ("as_of", "since"))),
        with_optional=selection.with_optional,
        is_filtered=bool(selection.rule or selection.person or selection.state or selection.period),
        open=_open_count(coverage.requirements),
        may_arrange=facts.may_arrange(report.rule_set),
        todo=todo,
        todo_left=todo_left,
    )


def drawing_of(report: Report, names: Names, fields: Fields, changed: Sequence[CoverageChange] = ()) -> Drawing:
    """The squares that the address wants, and how it wants them laid out."""
    kinds = {change.requirement.key: change.kind for change in changed}
    return Drawing(report, names, filter_of(fields, report), arrangement_of(fields), kinds)


def _dropped_href(report: Report) -> str:
    """The talks in the ledger that were required on their own day and are no longer."""
    day = report.coverage.as_of.day.isoformat()
    return url_for("coverage.ledger", rule_set=report.rule_set.id, as_of=day, verdict="no_longer_required")


def _overdue_count(states: Sequence[RequirementState]) -> int:
    """How many are overdue of those that must be."""
    return sum(state.is_overdue and state.requirement.severity is Severity.MUST for state in states)


def _open_count(states: Sequence[RequirementState]) -> int:
    """How many are still to be arranged, optional ones left aside."""
    return sum(
        state.state is CoverageState.OPEN and state.requirement.severity is not Severity.OPTIONAL for state in states
    )


def _exports(report: Report, order: PersonOrder) -> list[Choice]:
    """Where the matrix can be taken along, as it is filtered, and its papers, which are of the whole rule set."""

    def paper(name: str, as_format: str) -> str:
        whole, day = report.rule_set.id, report.as_of.day.isoformat()
        return url_for("papers.download", name=name, as_format=as_format, subject=whole, as_of=day, order=order)

    return [
        (paper("matrix", "pdf"), _("A3 大表（PDF）")),
        (paper("arrangement", "docx"), _("谈话安排表（Word）")),
        (url_for("coverage.matrix_workbook", **kept_args()), _("Excel 工作簿")),
        (url_for("coverage.matrix_picture", **kept_args()), _("图片（SVG）")),
    ]


def _args(*names: str) -> list[tuple[str, str]]:
    """What this address says under these names."""
    kept = kept_args()
    return [(name, value) for name in names for value in kept.get(name, ()) if value]


def _legend(report: Report, selection: Filter) -> list[StateCount]:
    """An entry for each state."""
    return [
        StateCount(
            state,
            report.coverage.states[state],
            here(state=None if selection.state is state else state.value, square=None),
            selection.state is state,
        )
        for state in CoverageState
    ]


def _people_choices(report: Report, names: Names) -> list[Choice]:
    """Everybody whom a requirement names; nobody if there are too many to choose from a list."""
    people = _people_in(report.resolution.requirements)
    if len(people) > MAX_PEOPLE:
        return []
    return [(person, names.person(person)) for person in report.roster.in_rank_order(people)]


def _people_in(requirements: Sequence[Requirement]) -> set[PersonId]:
    """Everybody whom a requirement names."""
    return {person for requirement in requirements for person in (*requirement.bearers, *requirement.pool)}


def _periods(requirements: Sequence[Requirement]) -> list[Choice]:
    """The periods that occur, by time."""
    periods = sorted({requirement.period for requirement in requirements if requirement.period})
    return [(period, wording.period_text(period, edge.lang())) for period in periods]


def _cards(report: Report, selection: Filter) -> list[RuleCard]:
    """A card for each rule."""
    return [
        RuleCard(
            facts.rule_name(report.spec, rule),
            report.resolution.severity_of.get(rule, Severity.MUST),
            covered,
            required,
            here(rule=None if selection.rule == rule else rule, square=None),
            selection.rule == rule,
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
        return _(
            "%(first_in_full)s%(first).0s — %(last)s%(last_in_full).0s",
            first=wording.day_text(first, lang),
            last=wording.day_text(last, lang),
            first_in_full=wording.date_text(first, lang),
            last_in_full=wording.date_text(last, lang),
        )
    return f"{wording.date_text(first, lang)} — {wording.date_text(last, lang)}"
