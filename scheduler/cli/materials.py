"""materials list, materials step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.cli.parsing import ADAY, OneOf
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.people import Roster
from scheduler.core.programme.materials import STEPS, MaterialLine, MaterialState
from scheduler.services.organisation import people as people_service
from scheduler.services.programme import materials as service
from scheduler.wording.programme import MATERIAL_STATES
from scheduler.wording.texts import say


@click.group("materials", cls=CommandGroup, help="对照检查材料（只记环节，不存内容）")
def materials() -> None:
    """Where each material stands."""


@materials.command("list", cls=Command, help="每份材料的状态与轮次")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天）")
@click.pass_obj
def list_(call: Call, as_of: date | None) -> None:
    """All materials."""
    with call.opened() as (session, actor):
        listed = service.listing(session, actor, as_of, call.clock, call.campaign_on(session, as_of))
        roster = people_service.roster(session, OPERATOR, as_of, call.clock)
    call.answer(
        lambda: [shapes.programme.MaterialModel.of(line) for line in listed], lambda: _table(listed, roster, call)
    )


@materials.command("step", cls=Command, help="登记一个环节：submitted、returned、reviewed、signed_off")
@click.argument("material", metavar="MATERIAL")
@click.argument("step", metavar="STEP", type=OneOf(STEPS))
@option("--on", type=ADAY, default=None, help="哪一天（缺省：今天）")
@click.pass_obj
def step_(call: Call, material: str, step: str, on: date | None) -> None:
    """One step of one material."""
    with call.opened() as (session, actor):
        line = service.take_step(session, actor, material, MaterialState(step), call.clock, on)
        roster = people_service.roster(session, OPERATOR, None, call.clock)
    call.answer(lambda: shapes.programme.MaterialModel.of(line), lambda: _table([line], roster, call))


def _table(lines: Iterable[MaterialLine], roster: Roster, call: Call) -> list[str]:
    return printing.table(
        call.heads("编号 | 材料 | 状态 | 轮次 | 最近一次"),
        [
            (
                line.material.id,
                roster.name(line.material.person) if line.material.person else call.say("班子"),
                say(MATERIAL_STATES[line.state], call.lang),
                line.rounds,
                line.last or "—",
            )
            for line in lines
        ],
    )
