"""The ledger: every talk, whether it counts, and why not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.coverage.plausibility import Oddities
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import State
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, RuleId
from scheduler.services.bookings import absence_hits
from scheduler.services.coverage import plausibility
from scheduler.services.coverage import report as service
from scheduler.services.coverage.report import LedgerLine, Report
from scheduler.web.bookings import choices
from scheduler.web.bookings.lines import absent_text, many_acts
from scheduler.web.coverage import pages
from scheduler.web.coverage.home import report_of
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.paging import page_of
from scheduler.web.page.words import when

COUNTS, COUNTS_NOT, EXTRA, NO_LONGER, ODD = "counts", "counts_not", "extra", "no_longer_required", "odd"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One talk as the ledger prints it."""

    number: str
    href: str
    when: str
    people: list[tuple[str, str]]
    """Name and post of each."""
    where: str
    mode: str
    state: State
    counts: bool
    why_not: str
    covers: list[str]
    is_extra: bool
    is_no_longer_required: bool
    warnings: tuple[Finding, ...]
    absent: str
    """Who of the two cannot be had then, as far as the viewer may know; empty: nobody."""
    oddities: Sequence[Finding]
    """What one would ask about, of talks that were held."""


@pages.get("/ledger")
@edge.policy(Action.SEE_LEDGER)
def ledger() -> ResponseReturnValue:
    """The talks of a rule set as of a day, filtered, fifty to a page."""
    fields = Fields(request.args)
    report = report_of(fields)
    if report is None:
        return render_template("coverage/no_ledger.html")
    lines = service.ledger_lines(edge.actor(), report)
    names = Names(report.roster, edge.lang(), facts.rooms())
    odd = plausibility.oddities(edge.session(), edge.actor(), report, lines)
    is_shown = _filter(fields, report, odd)
    pager = page_of([line for line in lines if is_shown(line)])
    absent = absence_hits.absent(edge.session(), edge.actor(), [line.talk for line in pager.lines], edge.clock())
    return render_template(
        "coverage/ledger.html",
        fields=fields,
        pager=pager,
        lines=[
            _line(line, report, names, absent_text(absent.get(line.id, ()), names), odd.get(line.id, ()))
            for line in pager.lines
        ],
        odd=len(odd),
        total=len(lines),
        unconfirmed=sum(line.why_not == "unconfirmed" for line in lines),
        acts=many_acts(),
        rooms=choices.room_groups(names),
        is_all_ticked=bool(fields.typed("tick")),
        counting=sum(line.counts for line in lines),
        shown=pager.total,
        as_of=report.as_of.day,
        name=facts.rule_set_name(report.rule_set, names),
        rule_set=report.rule_set.id,
        rule_sets=[
            (rule_set.id, facts.rule_set_name(rule_set, names))
            for rule_set in facts.rule_sets_of(report.rule_set.campaign)
        ],
        rules=[(rule, facts.rule_name(report.spec, rule)) for rule in report.resolution.by_rule],
        people=[(p, names.person(p)) for p in report.roster.in_rank_order({p for line in lines for p in line.people})],
        verdicts=_verdicts(),
        is_filtered=any(fields.typed(name) for name in ("person", "rule", "verdict", "first", "last")),
    )


def _verdicts() -> list[tuple[str, str]]:
    """What can be asked of the column 是否计入."""
    kinds = (
        COUNTS,
        COUNTS_NOT,
        EXTRA,
        NO_LONGER,
        ODD,
        "cancelled",
        "not_yet_held",
        "unconfirmed",
        "outside_window",
        "group_talk",
        "mode_not_allowed",
    )
    return [(kind, wording.label(kind, edge.lang())) for kind in kinds]


def _filter(fields: Fields, report: Report, odd: Oddities) -> Callable[[LedgerLine], bool]:
    """Whether a line is asked for."""
    person = PersonId(fields.one_of("person", report.roster.people))
    rule = RuleId(fields.one_of("rule", report.resolution.by_rule))
    verdict = fields.text("verdict")
    first, last = fields.day("first") or date.min, fields.day("last") or date.max

    def is_shown(line: LedgerLine) -> bool:
        return (
            (not verdict or _is_judged(line, verdict, odd))
            and (not person or person in line.people)
            and (not rule or rule in line.covers)
            and first <= line.day <= last
        )

    return is_shown


def _is_judged(line: LedgerLine, verdict: str, odd: Oddities) -> bool:
    """Whether a line is of the kind that the column 是否计入 was filtered by."""
    if verdict == ODD:
        return line.id in odd
    if verdict == EXTRA:
        return line.is_extra
    if verdict == NO_LONGER:
        return line.is_no_longer_required
    if verdict in (COUNTS, COUNTS_NOT):
        return line.counts == (verdict == COUNTS)
    return line.why_not == verdict


def _line(line: LedgerLine, report: Report, names: Names, absent: str, oddities: Sequence[Finding]) -> LedgerEntry:
    talk = line.talk
    return LedgerEntry(
        number=talk.id,
        href=url_for("bookings.booking", booking_id=talk.id),
        when=when(talk.span),
        people=[(names.person(person), names.position(person)) for person in talk.people],
        where=names.room(talk.room),
        mode=talk.size if talk.is_group_talk else talk.mode,
        state=line.state,
        counts=line.counts,
        why_not=line.why_not or "",
        covers=[facts.rule_name(report.spec, rule) for rule in line.covers],
        is_extra=line.is_extra,
        is_no_longer_required=line.is_no_longer_required,
        warnings=line.warnings,
        absent=absent,
        oddities=oddities,
    )
