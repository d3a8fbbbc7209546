"""frequencies."""

from __future__ import annotations

from datetime import date

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY
from scheduler.core.ground.ids import GroupId
from scheduler.services.programme import frequencies as service
from scheduler.wording.programme import DUTY_STATES
from scheduler.wording.texts import say


@click.command("frequencies", cls=Command, help="按期应开的会议：每个支部、每个周期")
@option("--year", type=int, default=None, help="哪一年（缺省：截至日所在年份）")
@option("--branch", default=None, help="只看一个支部")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天）")
@click.pass_obj
def frequencies(call: Call, year: int | None, branch: str | None, as_of: date | None) -> None:
    """What is asked in a year, and what became of it."""
    with call.opened() as (session, actor):
        named = GroupId(branch) if branch else None
        told = service.duties(session, actor, year, as_of, call.clock, named)
    call.answer(
        lambda: [shapes.programme.DutyModel.of(duty) for duty in told],
        lambda: printing.table(
            call.heads("会议 | 支部 | 周期 | 状态 | 日程 | 期限"),
            [
                (
                    duty.rule.name,
                    duty.subject,
                    duty.period.label,
                    say(DUTY_STATES[duty.state], call.lang),
                    call.joined((*duty.held, *duty.booked)),
                    duty.due,
                )
                for duty in told
            ],
        ),
    )
