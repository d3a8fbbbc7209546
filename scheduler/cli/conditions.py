"""conditions: what must hold before a kind of meeting, in a campaign."""

from __future__ import annotations

from collections.abc import Iterator

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.bookings import kind_of
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.services.programme import conditions as service
from scheduler.services.programme.conditions import MeetingConditions
from scheduler.wording.findings import text
from scheduler.wording.programme import CONDITIONS, ITEM_KINDS
from scheduler.wording.texts import say


@click.command("conditions", cls=Command, help="某类会议要具备哪些召开条件；可以自定")
@click.argument("kind", metavar="KIND")
@option(
    "--file",
    "source",
    metavar="FILE[#id]",
    default=None,
    help="换成文件（YAML、JSON）里的，如 meeting_rule_presets.yaml",
)
@option("--usual", is_flag=True, help="恢复常用的")
@click.pass_obj
def conditions(call: Call, kind: str, source: str | None, usual: bool) -> None:
    """Show the conditions of a kind of meeting, set them from a file, or as usual again."""
    if source is not None and usual:
        raise Misused(call.say("--file 与 --usual 只用一个。"))
    of = kind_of(kind, call)
    with call.opened() as (session, actor):
        campaign = call.campaign_on(session)
        if source is None and not usual:
            told = service.show(session, actor, of, call.clock, campaign)
        else:
            given = None if source is None else service.from_file(source)
            told = service.change(session, actor, of, given, call.clock, campaign)
    call.answer(lambda: shapes.programme.MeetingConditionsModel.of(told, call.reader()), lambda: _lines(call, told))


def _lines(call: Call, told: MeetingConditions) -> Iterator[str]:
    rows = [
        (
            each.key,
            each.name or say(CONDITIONS[each.what], call.lang),
            say(ITEM_KINDS[each.kind], call.lang),
            each.target,
            "" if each.days_before is None else each.days_before,
        )
        for each in told.conditions
    ]
    yield from printing.table(call.heads("项 | 条件 | 如何具备 | 指哪个 | 提前天数"), rows)
    yield from (text(finding, call.lang) for finding in told.findings)
