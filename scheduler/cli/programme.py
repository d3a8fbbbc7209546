"""programme, milestone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY
from scheduler.core.ground.bookings import Booking
from scheduler.core.programme.moves import GateMoved
from scheduler.services.ground import organisation
from scheduler.services.programme import lanes as lane_service
from scheduler.services.programme import moves as service
from scheduler.services.programme.moves import MilestoneMove
from scheduler.wording.papers import HANDED_OUT
from scheduler.wording.programme import CONDITIONS, LANE_STATES, LANES, NEXT_STEPS
from scheduler.wording.texts import say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@click.command("milestone", cls=Command, help="移动时间节点；窗口期、期限和会议日程随之移动")
@click.argument("key")
@click.argument("day", metavar="DATE", type=ADAY)
@option("--dry-run", is_flag=True, help="只预览，不保存")
@option("--only-milestone", is_flag=True, help="只移动节点，会议日程不动")
@click.pass_obj
def milestone(call: Call, key: str, day: date, dry_run: bool, only_milestone: bool) -> int:
    """Move a milestone with its windows, due dates and its own meeting; bookings that lie outside then are listed."""
    with call.opened() as (session, actor):
        move = service.move_milestone(
            session,
            actor,
            key,
            day,
            call.clock,
            dry_run=dry_run,
            only_milestone=only_milestone,
            campaign=call.campaign_on(session),
        )
        zone = organisation.zone(session)
    document = shapes.campaigns.MilestoneMovedModel.of
    call.answer(lambda: document(move, call.reader(zone)), lambda: _lines(call, move, zone, dry_run=dry_run))
    return 1 if move.moved.findings.blocking else 0


def _lines(call: Call, move: MilestoneMove, zone: ZoneInfo, *, dry_run: bool) -> Iterator[str]:
    """What moves, what it comes to, and what is to be minded."""
    moved = move.moved
    yield call.say(
        "谈话窗口期：%(opens)s 至 %(closes)s；报告期限：%(report)s",
        opens=moved.window_opens or "—",
        closes=moved.window_closes or "—",
        report=moved.report_due or "—",
    )
    if coverage := moved.coverage:
        before, after = ("/".join(map(str, counted)) for counted in (coverage.before, coverage.after))
        yield call.say("谈话覆盖：原 %(before)s，移动后 %(after)s", before=before, after=after)
    yield from _gate(call, move.gate)
    for booking in moved.moved_along:
        yield call.say("会议日程一并改期：%(id)s %(start)s", id=booking.id, start=_start(booking, zone))
    for booking in moved.left_outside:
        yield call.say("现已不在范围内：%(id)s %(start)s", id=booking.id, start=_start(booking, zone))
    for finding in moved.findings.blocking:
        yield call.say("不能移动：%(what)s", what=wording.text(finding, call.lang))
    for finding in moved.findings.warnings:
        yield call.say("提醒：%(what)s", what=wording.text(finding, call.lang))
    for paper in move.printed:
        name = say(HANDED_OUT[paper.paper], call.lang)
        yield call.say(
            "已印的要更正：%(id)s %(paper)s 第%(version)s版", id=paper.booking, paper=name, version=paper.version
        )
    if dry_run:
        yield call.say("这是预览，什么也没有保存。")


def _gate(call: Call, gate: GateMoved | None) -> Iterator[str]:
    """How many conditions hold before and after, and which change."""
    if gate is None:
        return
    before, after = ("/".join(map(str, counted)) for counted in (gate.before, gate.after))
    yield call.say("召开条件：原 %(before)s，移动后 %(after)s", before=before, after=after)
    for each in gate.conditions:
        name = each.name or say(CONDITIONS[each.what], call.lang)
        was, then = ("✓" if ok else "✗" for ok in (each.was_ok, each.ok))
        yield f"  {name}  {was} {each.was_due or ''} → {then} {each.due or ''}".rstrip()


def _start(booking: Booking, zone: ZoneInfo) -> str:
    return f"{booking.span.start.astimezone(zone):%Y-%m-%d %H:%M}"


@click.command("programme", cls=Command, help="活动进度：各任务项完成多少、还差谁、下一步")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天）")
@click.pass_obj
def programme(call: Call, as_of: date | None) -> None:
    """Every lane with what is done, and what is next."""
    with call.opened() as (session, actor):
        told = lane_service.programme(session, actor, as_of, call.clock, call.campaign_on(session, as_of))

    def lines() -> Iterator[str]:
        yield f"{told.campaign.name}  {told.as_of.day}  {told.phase_name or ''}".rstrip()
        yield ""
        yield from printing.table(
            call.heads("任务项 | 完成 | 状态 | 期限 | 还差"),
            [
                (
                    say(LANES[lane.key], call.lang),
                    f"{lane.facts.done}/{lane.facts.of}" if lane.facts.of else "—",
                    say(LANE_STATES[lane.state], call.lang),
                    lane.facts.due or "",
                    call.joined(lane.facts.who),
                )
                for lane in told.lanes
            ],
        )
        yield ""
        yield call.say("下一步：")
        for step in told.next:
            yield f"{step.day}  {say(NEXT_STEPS[step.what], call.lang)}  {step.subject}"

    call.answer(lambda: shapes.programme.ProgrammeModel.of(told, call.reader()), lines)
