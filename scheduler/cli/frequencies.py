"""frequencies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.bookings import tell
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY, OneOf
from scheduler.core.ground.ids import GroupId
from scheduler.services.ground import organisation
from scheduler.services.programme import frequencies as service
from scheduler.services.programme.frequencies import Duty
from scheduler.wording.programme import DUTY_STATES
from scheduler.wording.texts import say

ACTIONS = ("show", "exempt", "ask", "book")
PARTS = 3


@click.command("frequencies", cls=Command, help="按期应开的会议：每个支部、每个周期；缺的可以直接排，不要求的写明理由")
@click.argument("action", metavar="[ACTION]", type=OneOf(ACTIONS), default="show")
@click.argument("duty", metavar="[RULE BRANCH PERIOD]", nargs=-1)
@option("--year", type=int, default=None, help="哪一年（缺省：截至日所在年份）")
@option("--branch", default=None, help="只看一个支部")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天）")
@option("--reason", default=None, help="exempt：为什么这一期不要求")
@click.pass_obj
def frequencies(
    call: Call,
    action: str,
    duty: tuple[str, ...],
    year: int | None,
    branch: str | None,
    as_of: date | None,
    reason: str | None,
) -> None:
    """What is asked in a year, and what became of it; or say that a period is not asked, or book the meeting it lacks."""
    if action == "show":
        _show(call, year, GroupId(branch) if branch else None, as_of)
        return
    if len(duty) != PARTS or (action == "exempt") != (reason is not None):
        raise Misused(
            call.say(
                "frequencies exempt|ask|book RULE BRANCH PERIOD：写明哪一条、哪个支部、哪一期；exempt 另写 --reason。"
            )
        )
    rule, subject, period = duty
    key = rule, subject, period
    if action == "book":
        _book(call, key)
        return
    with call.opened() as (session, actor):
        changed = service.exempt(session, actor, key, reason, call.clock)
    call.answer(lambda: shapes.programme.DutyModel.of(changed), lambda: _table(call, [changed]))


def _book(call: Call, key: tuple[str, str, str]) -> None:
    """Book the meeting that a period lacks, and say when."""
    with call.opened() as (session, actor):
        booked = service.book(session, actor, key, call.clock)
        start = booked.booking.span.start.astimezone(organisation.zone(session))
    line = call.say("已排：%(id)s %(start)s", id=booked.booking.id, start=f"{start:%Y-%m-%d %H:%M}")
    tell(call, booked.booking.id, booked.findings, line)


def _show(call: Call, year: int | None, branch: GroupId | None, as_of: date | None) -> None:
    with call.opened() as (session, actor):
        told = service.duties(session, actor, year, as_of, call.clock, branch)
    call.answer(lambda: [shapes.programme.DutyModel.of(duty) for duty in told], lambda: _table(call, told))


def _table(call: Call, told: Sequence[Duty]) -> list[str]:
    return printing.table(
        call.heads("编号 | 会议 | 支部 | 周期 | 状态 | 日程 | 期限 | 备注"),
        [
            (
                duty.rule.id,
                duty.rule.name,
                duty.subject,
                duty.period.label,
                say(DUTY_STATES[duty.state], call.lang),
                call.joined((*duty.held, *duty.booked)),
                duty.due,
                duty.reason,
            )
            for duty in told
        ],
    )
