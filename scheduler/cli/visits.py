"""visits: whose contact points nobody was at."""

from __future__ import annotations

from datetime import date

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY
from scheduler.services.programme import visits as service
from scheduler.wording.programme import VISIT_STATES
from scheduler.wording.texts import say


@click.command("visits", cls=Command, help="联系点走访：谁去过、谁还没去")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天）")
@click.pass_obj
def visits(call: Call, as_of: date | None) -> None:
    """The contact points of everybody, and the visits to them."""
    with call.opened() as (session, actor):
        listed = service.listing(session, actor, as_of, call.clock, call.campaign_on(session, as_of))
    call.answer(
        lambda: [shapes.programme.VisitedPointModel.of(point) for point in listed],
        lambda: printing.table(
            call.heads("人员 | 联系点 | 状态 | 去过 | 已排"),
            [
                (
                    each.point.person,
                    each.point.contact,
                    say(VISIT_STATES[each.state], call.lang),
                    call.joined(each.held),
                    call.joined(each.booked),
                )
                for each in listed
            ],
        ),
    )
