"""coverage, ledger, link, unlink."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY
from scheduler.core.coverage.report import CoverageState, RequirementState
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, RuleSetId
from scheduler.core.ground.people import Roster
from scheduler.core.rules.requirements import Severity
from scheduler.services.bookings import acts
from scheduler.services.coverage import links, plausibility
from scheduler.services.coverage import report as service
from scheduler.services.coverage.links import Links
from scheduler.services.coverage.plausibility import OddLine
from scheduler.services.coverage.report import LedgerLine, Report
from scheduler.services.organisation import people as people_service

RULE_SET_HELP = "谈话方案编号（缺省：主方案）"
FEW = 4
"""So many of a pool are named."""
AS_OF_HELP = "截至某日（缺省：今天）"


@click.command("coverage", cls=Command, help="必谈覆盖情况（任意一天）")
@option("--rule-set", default=None, help=RULE_SET_HELP)
@option("--as-of", type=ADAY, default=None, help=AS_OF_HELP)
@click.pass_obj
def coverage(call: Call, rule_set: str | None, as_of: date | None) -> None:
    """How far the required talks have come."""
    with call.opened() as (session, actor):
        campaign = call.campaign(session) if rule_set else call.campaign_on(session, as_of)
        report = service.report(session, actor, _id(rule_set), as_of, call.clock, campaign)
        call.answer(lambda: shapes.coverage.CoverageModel.of(report, call.reader()), lambda: _report(report, call))


@click.command("ledger", cls=Command, help="谈心谈话台账：每条是否计入、为什么不计")
@option("--rule-set", default=None, help=RULE_SET_HELP)
@option("--as-of", type=ADAY, default=None, help=AS_OF_HELP)
@option("--odd", is_flag=True, help="只列值得核对的：一天谈得太多、同一时间另有安排、当时不在岗、很久以后才登记")
@click.pass_obj
def ledger(call: Call, rule_set: str | None, as_of: date | None, *, odd: bool) -> None:
    """Every talk, whether it counts, and if not why; or those that one would ask about."""
    with call.opened() as (session, actor):
        campaign = call.campaign(session) if rule_set else call.campaign_on(session, as_of)
        if odd:
            report = service.report(session, actor, _id(rule_set), as_of, call.clock, campaign)
            talks = plausibility.odd_lines(session, actor, report)
            call.answer(
                lambda: [shapes.coverage.OddTalkModel.of(both, call.reader()) for both in talks],
                lambda: _odd(talks, report.roster, call),
            )
            return
        lines = service.ledger(session, actor, _id(rule_set), as_of, call.clock, campaign)
        roster = people_service.roster(session, OPERATOR, as_of, call.clock)
        call.answer(
            lambda: [shapes.coverage.LedgerLineModel.of(line, call.reader()) for line in lines],
            lambda: _ledger(lines, roster, call),
        )


def _odd(talks: list[OddLine], roster: Roster, call: Call) -> Iterator[str]:
    """What one would ask about, a line for each."""
    rows = [
        (line.id, line.day.isoformat(), call.joined(map(roster.name, line.people)), wording.text(finding, call.lang))
        for line, findings in talks
        for finding in findings
    ]
    yield from (
        printing.table(call.heads("编号 | 日期 | 人员 | 值得核对"), rows) if rows else [call.say("没有值得核对的")]
    )


@click.command("link", cls=Command, help="让谈话也计入另一套方案")
@click.argument("words", nargs=-1, required=True, metavar="[TALK] RULE_SET")
@option("--all-in-window", is_flag=True, help="方案窗口内所有符合其规则的谈话")
@click.pass_obj
def link(call: Call, words: tuple[str, ...], *, all_in_window: bool) -> None:
    """Let a talk count for a further rule set, or all talks in its window that it asks for."""
    *talks, rule_set = words
    if len(talks) > 1 or not (talks or all_in_window):
        raise Misused(call.say("link 后面写一条谈话的编号和方案编号，或者方案编号加 --all-in-window。"))
    with call.opened() as (session, actor):
        for talk in talks:
            acts.link(session, actor, BookingId(talk), RuleSetId(rule_set), call.clock)
        every = links.link_all_in_window(session, actor, RuleSetId(rule_set), call.clock) if all_in_window else None
    linked = tuple(dict.fromkeys((*map(BookingId, talks), *(every.talks if every else ()))))
    _links(call, Links(RuleSetId(rule_set), linked), "已计入 %(rule_set)s：%(talks)s")


@click.command("unlink", cls=Command, help="不再让谈话计入另一套方案")
@click.argument("talk")
@click.argument("rule_set", metavar="RULE_SET")
@click.pass_obj
def unlink(call: Call, talk: str, rule_set: str) -> None:
    """Let a talk count for a rule set no more that it was linked to."""
    with call.opened() as (session, actor):
        acts.link(session, actor, BookingId(talk), RuleSetId(rule_set), call.clock, is_linked=False)
    _links(call, Links(RuleSetId(rule_set), (BookingId(talk),)), "不再计入 %(rule_set)s：%(talks)s")


def _links(call: Call, changed: Links, text: str) -> None:
    """Say which talks count for a rule set now, or no more."""
    told = call.joined(changed.talks) if changed.talks else call.say("没有可以计入的谈话")
    call.answer(
        lambda: shapes.coverage.LinksModel.of(changed), lambda: [call.say(text, rule_set=changed.rule_set, talks=told)]
    )


def _id(text: str | None) -> RuleSetId | None:
    """A rule set's id, if one was named."""
    return RuleSetId(text) if text else None


# ── What is said ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _report(report: Report, call: Call) -> Iterator[str]:
    """The rate, then by rule, by person, and what is still open."""
    coverage, roster = report.coverage, report.roster
    rate = "—" if coverage.rate is None else f"{coverage.rate} %"
    yield call.say(
        "%(day)s  %(id)s %(preset)s  已谈 %(covered)s/%(required)s = %(rate)s",
        day=coverage.as_of.day,
        id=report.rule_set.id,
        preset=report.rule_set.preset,
        covered=coverage.covered,
        required=coverage.required,
        rate=rate,
    )
    dropped = report.no_longer_required
    if dropped.pairs:
        yield call.say(
            "另有 %(pairs)s 对不再要求（人员或岗位有变动），其中 %(held)s 对已谈",
            pairs=dropped.pairs,
            held=dropped.held,
        )
    states = "  ".join(f"{wording.label(state, call.lang)} {coverage.states.get(state, 0)}" for state in CoverageState)
    extended = call.say("扩大谈话")
    yield states + (f"  {extended} {coverage.optional[0]}/{coverage.optional[1]}" if coverage.optional[1] else "")
    yield ""
    yield from printing.table(
        call.heads("规则 | 已谈/应谈"), [(rule, _share(both)) for rule, both in coverage.by_rule.items()]
    )
    yield ""
    people = roster.in_rank_order(set(coverage.rows))
    yield from printing.table(
        call.heads("编号 | 姓名 | 已谈/应谈"),
        [(person, roster.name(person), _share(coverage.rows[person])) for person in people],
    )
    waiting = [standing for standing in coverage.requirements if _is_waiting(standing)]
    if waiting:
        yield ""
        yield from printing.table(
            call.heads("谁 | 与谁 | 依据 | 状态 | 谈话"),
            [requirement_cells(standing, roster, call) for standing in waiting],
        )
    for finding in coverage.resolution.unresolved:
        yield call.say("未能确定：%(what)s", what=wording.text(finding, call.lang))


def _share(both: tuple[int, int]) -> str:
    """Covered out of required."""
    return f"{both[0]}/{both[1]}"


def _is_waiting(standing: RequirementState) -> bool:
    """Whether a must-requirement is not covered."""
    return standing.state is not CoverageState.COVERED and standing.requirement.severity is Severity.MUST


def requirement_cells(standing: RequirementState, roster: Roster, call: Call) -> tuple[str, ...]:
    """A line on a requirement that is not covered."""
    requirement = standing.requirement
    first, second = _sides(standing, roster, call)
    mark = call.say("（逾期）") if standing.is_overdue else ""
    return (
        first,
        second,
        call.joined(requirement.rules),
        wording.label(standing.state, call.lang) + mark,
        " ".join(standing.talks),
    )


def _sides(standing: RequirementState, roster: Roster, call: Call) -> tuple[str, str]:
    """Both of a pair, or the subject and its pool."""
    requirement = standing.requirement
    if requirement.pair:
        return roster.name(requirement.pair[0]), roster.name(requirement.pair[1])
    names = call.joined(roster.name(person) for person in requirement.pool[:FEW]) + (
        "……" if len(requirement.pool) > FEW else ""
    )
    any_of = call.say("任 %(k)s 人：", k=requirement.k)
    return (roster.name(requirement.subject) if requirement.subject else ""), any_of + names


def _ledger(lines: list[LedgerLine], roster: Roster, call: Call) -> Iterator[str]:
    """Talks as a table."""
    rows = []
    for line in lines:
        verdict = wording.label(line.why_not, call.lang) if line.why_not else wording.label("counts", call.lang)
        remarks = [wording.text(finding, call.lang) for finding in line.warnings]
        if line.is_extra:
            remarks.insert(0, wording.label("extra", call.lang))
        if line.is_no_longer_required:
            remarks.insert(0, wording.label("no_longer_required", call.lang))
        people = call.joined(roster.name(person) for person in line.people)
        rows.append((line.id, str(line.day), people, verdict, " ".join(line.covers), "；".join(remarks)))
    yield from printing.table(call.heads("编号 | 日期 | 人员 | 计入 | 覆盖规则 | 备注"), rows)
    counting = sum(line.counts for line in lines)
    yield call.say("共 %(count)s 条，计入 %(counting)s 次。", count=len(lines), counting=counting)
