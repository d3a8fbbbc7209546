"""merge."""

from __future__ import annotations

from collections.abc import Iterator

import click

from scheduler import wording
from scheduler.cli.call import Call
from scheduler.cli.command import Command, option
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.findings import Finding
from scheduler.services.organisation import merging as service

REFUSED = 1


@click.command("merge", cls=Command, help="同一人录成了两条：把 GONE 名下的一切并到 KEEP，GONE 不再保留")
@click.argument("keep", metavar="KEEP")
@click.argument("gone", metavar="GONE")
@option("--dry-run", is_flag=True, help="只看会怎样，不写入")
@click.pass_obj
def merge(call: Call, keep: str, gone: str, *, dry_run: bool) -> int:
    """Make two entries of one person one, or see what that would do."""
    with call.opened() as (session, actor):
        staying, going = call.person(session, keep), call.person(session, gone)
        merging = service.look(session, actor, staying, going, call.clock)
        if not dry_run and not merging.blocking:
            try:
                merging = service.merge(session, actor, staying, going, call.clock)
            except Refused as refused:
                merging = service.Merging(staying, going, merging.moving, refused.blocking)
    is_done = not dry_run and not merging.blocking

    def lines() -> Iterator[str]:
        if merging.blocking:
            yield call.say("%(gone)s 与 %(keep)s 不能合并：", gone=going, keep=staying)
            yield from (f"  {wording.text(finding, call.lang)}" for finding in merging.blocking)
            return
        said = "已把 %(gone)s 并入 %(keep)s：" if is_done else "把 %(gone)s 并入 %(keep)s，会转过去的有："
        yield call.say(said, gone=going, keep=staying)
        yield from (f"  {wording.text(finding, call.lang)}" for finding in merging.moving)

    from scheduler.shapes.ground import FindingModel

    def told(findings: tuple[Finding, ...]) -> list[object]:
        return [FindingModel.of(finding, call.reader()).document() for finding in findings]

    answer = {
        "keep": staying,
        "gone": going,
        "merged": is_done,
        "moving": told(merging.moving),
        "blocking": told(merging.blocking),
    }
    call.answer(answer, lines)
    return REFUSED if merging.blocking else 0
