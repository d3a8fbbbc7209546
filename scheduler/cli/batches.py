"""batches list, batches put."""

from __future__ import annotations

from collections.abc import Iterable

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.services.programme import batches as service
from scheduler.services.programme.batches import Batch, BatchPerson


@click.group("batches", cls=CommandGroup, help="培训批次")
def batches() -> None:
    """Training in batches."""


@batches.command("list", cls=Command, help="各期人数与余额")
@click.pass_obj
def list_(call: Call) -> None:
    """The batches, and how many places are left."""
    with call.opened() as (session, actor):
        listed = service.listing(session, actor, call.clock, call.campaign_on(session))
    call.answer(lambda: [shapes.programme.BatchModel.of(batch) for batch in listed], lambda: _table(listed, call))


@batches.command("put", cls=Command, help="把外部联系人编入一期；有人没有名额时谁也不编入")
@click.argument("batch", metavar="BATCH")
@click.argument("contacts", metavar="CONTACT...", nargs=-1, required=True)
@option("--name", default="", help="参加人姓名（只编入一人时）")
@option("--post", default="", help="参加人职务（只编入一人时）")
@click.pass_obj
def put(call: Call, batch: str, contacts: tuple[str, ...], name: str, post: str) -> None:
    """Put people into a batch: all of them, or nobody."""
    if (name or post) and len(contacts) > 1:
        raise Misused(call.say("--name、--post 只用于一人。"))
    people = [BatchPerson(contact, name.strip(), post.strip()) for contact in contacts]
    with call.opened() as (session, actor):
        changed = service.put(session, actor, batch, people, call.clock)
    call.answer(lambda: shapes.programme.BatchModel.of(changed), lambda: _table([changed], call))


def _table(listed: Iterable[Batch], call: Call) -> list[str]:
    return printing.table(
        call.heads("编号 | 名称 | 开始 | 结束 | 人数 | 上限 | 余额"),
        [
            (b.id, b.name, b.first, b.last, b.count, "—" if b.cap is None else b.cap, "—" if b.left is None else b.left)
            for b in listed
        ],
    )
