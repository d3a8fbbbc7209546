"""imports, undo-import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.findings import Finding
from scheduler.services.ground import organisation
from scheduler.services.imports import undoing as service
from scheduler.wording.labels import label
from scheduler.wording.times import stamp_text

REFUSED = 1


@click.group("imports", cls=CommandGroup, help="做过的导入")
def imports() -> None:
    """Imports that were made."""


@imports.command("list", cls=Command, help="做过的导入，新的在前")
@click.pass_obj
def imports_list(call: Call) -> None:
    """The latest imports that changed anything."""
    with call.opened() as (session, actor):
        entries, zone = service.entries(session, actor, call.clock), organisation.zone(session)
    call.answer(
        lambda: [shapes.imports.ImportEntryModel.of(entry).document() for entry in entries],
        lambda: printing.table(
            call.heads("编号 | 时间 | 操作人 | 文件 | 新增 | 更新 | 状态"),
            [
                (
                    entry.id,
                    stamp_text(entry.at.astimezone(zone), call.lang),
                    label(entry.actor, call.lang),
                    call.joined(entry.files),
                    entry.created,
                    entry.updated,
                    call.say("已撤销") if entry.undone_at else "",
                )
                for entry in entries
            ],
        ),
    )


@click.command("undo-import", cls=Command, help="整批撤销一次导入；仍有关联记录或此后修改过的逐项列出，不撤销")
@click.argument("number", metavar="ID", type=int)
@option("--dry-run", is_flag=True, help="只看会怎样，不写入")
@click.pass_obj
def undo_import(call: Call, number: int, *, dry_run: bool) -> int:
    """Take a whole import back, or tell what stands in the way."""
    in_the_way: Sequence[Finding] = ()
    with call.opened() as (session, actor):
        try:
            if dry_run:
                in_the_way = service.look(session, actor, number, call.clock)
            else:
                service.undo(session, actor, number, call.clock)
        except Refused as refused:
            in_the_way = refused.blocking

    def lines() -> Iterator[str]:
        if in_the_way:
            yield call.say("第 %(number)s 次导入不能撤销：", number=number)
            yield from (f"  {wording.text(finding, call.lang)}" for finding in in_the_way)
        elif dry_run:
            yield call.say("第 %(number)s 次导入可以撤销：没有关联记录。", number=number)
        else:
            yield call.say("第 %(number)s 次导入已整批撤销。", number=number)

    from scheduler.shapes.ground import FindingModel

    told = [FindingModel.of(finding, call.reader()).document() for finding in in_the_way]
    call.answer({"id": number, "undone": not in_the_way and not dry_run, "hanging": told}, lines)
    return REFUSED if in_the_way else 0
