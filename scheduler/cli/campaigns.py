"""campaigns list, show, rollup, add, lead, close, reopen, quorum, notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.cli.imports import SHOWN, uploads_of
from scheduler.cli.parsing import ADAY, SHARE
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.campaigns.notice import MAX_NOTICE
from scheduler.core.campaigns.rollup import CampaignLine, Total
from scheduler.core.ground.ids import CampaignId
from scheduler.core.organisation.facts import Became, ImportReport, Subject
from scheduler.services.campaigns import programme, register, rollup
from scheduler.services.imports import run as imports
from scheduler.wording.errors import row_text


@click.group("campaigns", cls=CommandGroup, help="活动")
def campaigns() -> None:
    """Campaigns: any number at once, overlapping too."""


@campaigns.command("list", cls=Command, help="全部活动")
@click.pass_obj
def list_(call: Call) -> None:
    """All campaigns, by the day they start."""
    with call.opened() as (session, actor):
        listed = register.listing(session, actor, call.clock)
    _tell(call, listed)


@campaigns.command("show", cls=Command, help="一个活动：起止、时间节点、谈话窗口期")
@click.argument("campaign", metavar="C")
@click.pass_obj
def show(call: Call, campaign: str) -> None:
    """One campaign with its milestones and windows."""
    with call.opened() as (session, actor):
        view = programme.campaign(session, actor, None, call.clock, register.named(session, campaign).id)
    if view is None:  # it was there a moment ago
        raise Misused(call.say("还没有活动。"))
    shown = view

    def lines() -> Iterator[str]:
        yield from _table(call, [shown.campaign])
        yield ""
        window = shown.window
        yield call.say("谈话窗口期：%(opens)s 至 %(closes)s", opens=window.first or "—", closes=window.last or "—")
        yield call.say("至少提前 %(count)s 个工作日通知", count=shown.campaign.notice_workdays)
        for phase in shown.campaign.phases:
            yield f"{phase.first} – {phase.last}  {phase.name}"
        for key, day in shown.campaign.milestones.items():
            yield f"{day}  {key}"

    call.answer(lambda: shapes.campaigns.CampaignViewModel.of(shown, call.reader()), lines)


@campaigns.command("rollup", cls=Command, help="全部活动一览：覆盖、学习、日程和下一个时间节点，并合计")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省今天）")
@click.pass_obj
def roll_up(call: Call, as_of: date | None) -> None:
    """All campaigns side by side, and what they come to."""
    with call.opened() as (session, actor):
        told = rollup.roll_up(session, actor, as_of, call.clock)

    def cells(line: CampaignLine | Total) -> tuple[str, str, str, str]:
        talks, study = line.talks, line.study
        return (
            f"{talks.done}/{talks.of}" if talks else "—",
            f"{talks.rate}%" if talks and talks.rate is not None else "—",
            f"{study.done}/{study.of}" if study else "—",
            str(line.bookings),
        )

    def lines() -> Iterator[str]:
        rows = [(str(line.campaign.id), line.campaign.name, *cells(line), _next(line, call)) for line in told.lines]
        rows.append(("", call.say("合计"), *cells(told.total), ""))
        yield from printing.table(call.heads("编号 | 名称 | 谈话覆盖 | 覆盖率 | 学习达标 | 日程 | 下一个节点"), rows)

    call.answer(lambda: shapes.campaigns.RollUpModel.of(told, call.reader()), lines)


def _next(line: CampaignLine, call: Call) -> str:
    """The milestone that comes next."""
    ahead = line.next_milestone
    return f"{ahead.day} {wording.label(ahead.key, call.lang)}" if ahead else ""


@campaigns.command("add", cls=Command, help="从文件新增一个活动（org.yaml 的 activity 部分）")
@click.argument("path", metavar="FILE")
@click.pass_obj
def add(call: Call, path: str) -> int:
    """Add the campaigns of a file; one that stands is brought up to date."""
    uploads = uploads_of([path], call)
    with call.opened() as (session, actor):
        report = imports.run(session, actor, uploads, None, dry_run=False, clock=call.clock)
        touched = [change.key for change in report.changes if change.subject is Subject.CAMPAIGN]
        new = [change.key for change in report.changes if change.became is Became.CREATED]
        listed = [c for c in register.listing(session, actor, call.clock) if c.id in touched]
    if report.errors:
        call.answer(lambda: shapes.imports.ImportedModel.of(report, call.reader()), lambda: _errors(call, report))
        return 1
    if not any(campaign.id in new for campaign in listed):
        printing.note(call.say("文件里没有新的活动。"))
    for told in report.told:
        printing.note(wording.text(told, call.lang))
    _tell(call, listed)
    return 0


@campaigns.command("lead", cls=Command, help="设为主活动：同一天有几个活动时以它为准")
@click.argument("campaign", metavar="C")
@click.pass_obj
def lead(call: Call, campaign: str) -> None:
    """Let a campaign lead."""
    with call.opened() as (session, actor):
        name = register.named(session, campaign).id
        _tell(call, [register.lead(session, actor, name, call.clock)], is_one=True)


@campaigns.command("close", cls=Command, help="结束归档：此后只能查看，不能更改")
@click.argument("campaign", metavar="C")
@click.pass_obj
def close(call: Call, campaign: str) -> None:
    """Close a campaign."""
    _set_open(call, campaign, is_open=False)


@campaigns.command("reopen", cls=Command, help="重新开放已归档的活动")
@click.argument("campaign", metavar="C")
@click.pass_obj
def reopen(call: Call, campaign: str) -> None:
    """Open a campaign again."""
    _set_open(call, campaign, is_open=True)


@campaigns.command("quorum", cls=Command, help="会议的法定人数比例")
@click.argument("campaign", metavar="C")
@click.argument("share", metavar="SHARE", type=SHARE)
@click.pass_obj
def quorum(call: Call, campaign: str, share: Fraction) -> None:
    """Say what share of those expected has to be at its meetings."""
    with call.opened() as (session, actor):
        changed = register.set_terms(session, actor, register.named(session, campaign).id, call.clock, quorum=share)
    _tell(call, [changed], is_one=True)


@campaigns.command("notice", cls=Command, help="至少提前几个工作日通知：排谈话、找时间、换时间都从那天起")
@click.argument("campaign", metavar="C")
@click.argument("workdays", metavar="WORKDAYS", type=click.IntRange(0, MAX_NOTICE))
@click.pass_obj
def notice(call: Call, campaign: str, workdays: int) -> None:
    """Say how many workdays of notice people have of what is arranged in it."""
    with call.opened() as (session, actor):
        name = register.named(session, campaign).id
        changed = register.set_terms(session, actor, name, call.clock, notice_workdays=workdays)
    _tell(call, [changed], is_one=True)


def _set_open(call: Call, campaign: str, *, is_open: bool) -> None:
    with call.opened() as (session, actor):
        name: CampaignId = register.named(session, campaign).id
        changed = register.set_open(session, actor, name, call.clock, is_open=is_open)
    _tell(call, [changed], is_one=True)


def _tell(call: Call, listed: Iterable[Campaign], *, is_one: bool = False) -> None:
    """The campaigns as a document or a table."""
    rows = list(listed)
    documents = [shapes.campaigns.CampaignModel.of(campaign, call.reader()) for campaign in rows]
    call.answer(documents[0] if is_one else documents, lambda: _table(call, rows))


def _table(call: Call, listed: Iterable[Campaign]) -> list[str]:
    rows = [
        (
            campaign.id,
            campaign.name,
            str(campaign.starts),
            str(campaign.ends),
            call.say("进行中") if campaign.is_open else call.say("已归档"),
            call.say("是") if campaign.is_leading else "",
        )
        for campaign in listed
    ]
    return list(printing.table(call.heads("编号 | 名称 | 开始 | 结束 | 状态 | 主活动"), rows))


def _errors(call: Call, report: ImportReport) -> Iterator[str]:
    for error in report.errors[:SHOWN]:
        yield call.say("%(file)s  %(text)s", file=error.file, text=row_text(error, call.lang))
    yield call.say("有错误，什么也没有导入。")
