"""people, strokes."""

from __future__ import annotations

from datetime import date

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY, OneOf
from scheduler.core.ground.ids import BookingId
from scheduler.core.ground.person_orders import PersonOrder
from scheduler.services.organisation import person_lists

ORDER_HELP = "次序：职务、姓氏笔画、姓名笔画、拼音、部门（缺省：rank）"


@click.command("people", cls=Command, help="人员名单：姓名、职务、部门、政治面貌；可按姓氏笔画等排序")
@option("--group", default="", help="只列这个组，或范围，如 all_staff、committee:B1")
@option("--branch", default="", help="只列这个党支部")
@option("--booking", default="", help="只列参加这项日程的人")
@option("--order", type=OneOf(PersonOrder), default=PersonOrder.RANK.value, help=ORDER_HELP)
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天；--booking 为其当天）")
@click.pass_obj
def people(call: Call, *, group: str, branch: str, booking: str, order: str, as_of: date | None) -> None:
    """People in an order, with post and unit."""
    if sum(map(bool, (group, branch, booking))) > 1:
        raise Misused(call.say("--group、--branch、--booking 只能写一个。"))
    with call.opened() as (session, actor):
        listed = person_lists.people(
            session,
            actor,
            as_of,
            call.clock,
            PersonOrder(order),
            group=f"branch:{branch}" if branch else group,
            booking=BookingId(booking) if booking else None,
        )
    call.answer(
        lambda: shapes.organisation.PersonListModel.of(listed, call.reader()),
        lambda: [
            *printing.table(
                call.heads("编号 | 姓名 | 职务 | 部门"), [(p.id, p.name, p.position, p.unit) for p in listed.people]
            ),
            wording.order_line(listed.order, call.lang),
            *(wording.text(finding, call.lang) for finding in listed.findings),
        ],
    )


@click.command("strokes", cls=Command, help="设定一个字的笔画，供按笔画排序；不写字则列出已设定的")
@click.argument("character", default="")
@click.argument("strokes", default="")
@option("--clear", is_flag=True, help="取消设定，仍按国家标准排")
@click.pass_obj
def strokes(call: Call, character: str, strokes: str, *, clear: bool) -> None:
    """Set the strokes of a character (their kinds, their number, or which character it follows), or tell what was set."""
    if bool(character) != bool(strokes or clear) or (strokes and clear):
        raise Misused(
            call.say("字后面写笔顺（如 3235511 或 撇竖撇折折横横）、笔画数（如 7）、排在其后的字，或 --clear。")
        )
    with call.opened() as (session, actor):
        if character:
            person_lists.set_strokes(session, actor, character, strokes, call.clock)
        kept = person_lists.strokes(session, actor, call.clock)
    call.answer(
        lambda: [shapes.organisation.StrokesModel.of({"character": c, "strokes": kept[c]}) for c in kept],
        lambda: printing.table(call.heads("字 | 笔画"), kept.items()) if kept else [call.say("没有设定过笔画。")],
    )
