"""milestone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from scheduler import shapes
from scheduler.cli.call import Call
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY
from scheduler.services.campaigns import programme as service
from scheduler.services.ground import organisation


@click.command("milestone", cls=Command, help="移动时间节点；挂在其上的窗口期与期限随之移动")
@click.argument("key")
@click.argument("day", metavar="DATE", type=ADAY)
@option("--dry-run", is_flag=True, help="只预览，不保存")
@click.pass_obj
def milestone(call: Call, key: str, day: date, dry_run: bool) -> None:
    """Move a milestone: windows and due dates follow, bookings stay and are listed where they lie outside now."""
    with call.opened() as (session, actor):
        moved = service.move_milestone(
            session, actor, key, day, call.clock, dry_run=dry_run, campaign=call.campaign_on(session)
        )
        zone = organisation.zone(session)

    def lines() -> Iterator[str]:
        yield call.say(
            "谈话窗口期：%(opens)s 至 %(closes)s；报告期限：%(report)s",
            opens=moved.window_opens or "—",
            closes=moved.window_closes or "—",
            report=moved.report_due or "—",
        )
        for booking in moved.bookings_outside:
            start = booking.span.start.astimezone(zone)
            yield call.say("现已不在范围内：%(id)s %(start)s", id=booking.id, start=f"{start:%Y-%m-%d %H:%M}")
        if dry_run:
            yield call.say("这是预览，什么也没有保存。")

    call.answer(lambda: shapes.campaigns.MilestoneMovedModel.of(moved, call.reader(zone)), lines)
