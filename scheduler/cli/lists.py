"""units and rooms: what there is."""

from __future__ import annotations

from datetime import date

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.cli.parsing import ADAY
from scheduler.services.organisation import lists
from scheduler.services.organisation import people as service


@click.group("units", cls=CommandGroup, help="部门（单位）")
def units() -> None:
    """Units."""


@units.command("list", cls=Command, help="部门（单位）与负责人、分管领导")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天）")
@click.pass_obj
def units_list(call: Call, as_of: date | None) -> None:
    """All units and their posts."""
    with call.opened() as (session, actor):
        listed = lists.units(session, actor, as_of, call.clock)
    call.answer(
        lambda: [shapes.organisation.UnitModel.of(unit).document() for unit in listed],
        lambda: printing.table(
            call.heads("编号 | 名称 | 负责人 | 主持工作 | 分管领导 | 人员"),
            [
                (
                    unit.id,
                    unit.name,
                    unit.head.name if unit.head else call.say("空缺") if unit.vacant else "",
                    unit.acting_head.name if unit.acting_head else "",
                    " ".join(leader.name for leader in unit.in_charge),
                    unit.members,
                )
                for unit in listed
            ],
        ),
    )


@click.group("rooms", cls=CommandGroup, help="场地")
def rooms() -> None:
    """Rooms."""


@rooms.command("list", cls=Command, help="场地与容量")
@click.pass_obj
def rooms_list(call: Call) -> None:
    """All rooms."""
    with call.opened() as (session, actor):
        listed = service.rooms(session, actor, call.clock)
    call.answer(
        lambda: [shapes.organisation.RoomModel.of(room).document() for room in listed],
        lambda: printing.table(
            call.heads("编号 | 名称 | 容量 | 用途"),
            [(room.id, room.name, "" if room.capacity is None else room.capacity, room.use) for room in listed],
        ),
    )
