"""leave."""

from __future__ import annotations

from collections.abc import Iterator

import click

from scheduler.cli.call import Call
from scheduler.cli.command import Command, option
from scheduler.services.organisation import leaving as service


@click.command("leave", cls=Command, help="某人离任：取消其今后的谈话，退出指名的会议，账号、订阅全部停用")
@click.argument("person")
@option("--dry-run", is_flag=True, help="只看会怎样，不写入")
@click.pass_obj
def leave(call: Call, person: str, *, dry_run: bool) -> None:
    """Let somebody leave, or see what that would do."""
    with call.opened() as (session, actor):
        someone = call.person(session, person)
        verb = service.look if dry_run else service.leave
        leaving = verb(session, actor, someone, call.clock)
    told: dict[str, list[str]] = {
        "cancelled": [booking.id for booking in leaving.off],
        "without": [booking.id for booking in leaving.without],
        "standing": [booking.id for booking in leaving.standing],
        "groups": list(leaving.groups),
        "tasks": list(leaving.tasks),
    }

    def lines() -> Iterator[str]:
        names = {
            "cancelled": call.say("取消"),
            "without": call.say("照常举行，不再包括此人"),
            "standing": call.say("随组织参加，调整组织机构后更新"),
            "groups": call.say("仍在这些组织里"),
            "tasks": call.say("不再有责任领导的整改任务"),
        }
        yield from (f"{names[key]}: {' '.join(ids)}" for key, ids in told.items() if ids)
        if not any(told.values()):
            yield call.say("今后没有此人的日程。")

    call.answer({"person": someone, **told}, lines)
