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


@click.command(
    "milestone",
    cls=Command,
    help="移动时间节点；挂在其上的窗口期与期限随之移动 | Move a milestone, and what hangs on it",
)
@click.argument("key")
@click.argument("day", metavar="DATE", type=ADAY)
@option("--dry-run", is_flag=True, help="只预览，不保存 | Preview, keep nothing")
@click.pass_obj
def milestone(call: Call, key: str, day: date, dry_run: bool) -> None:
    """Move a milestone: windows and due dates follow, bookings stay and are listed where they lie outside now."""
    with call.opened() as (session, actor):
        moved = service.move_milestone(session, actor, key, day, call.clock, dry_run=dry_run)
        zone = organisation.zone(session)
        document = shapes.milestone_moved(moved, zone)

    def lines() -> Iterator[str]:
        yield call.say(
            f"谈话窗口期：{moved.window_opens or '—'} 至 {moved.window_closes or '—'}；报告期限：{moved.report_due or '—'}",
            f"Talk window: {moved.window_opens or '—'} to {moved.window_closes or '—'}; report due {moved.report_due or '—'}",
        )
        for booking in moved.bookings_outside:
            start = booking.span.start.astimezone(zone)
            yield call.say(
                f"现已不在范围内：{booking.id} {start:%Y-%m-%d %H:%M}",
                f"Outside now: {booking.id} {start:%Y-%m-%d %H:%M}",
            )
        if dry_run:
            yield call.say("这是预览，什么也没有保存。", "A preview: nothing was kept.")

    call.answer(document, lines)
