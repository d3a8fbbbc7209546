"""gate: may a meeting be held?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY, OneOf
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.ids import BookingId
from scheduler.services.programme import gates as service
from scheduler.services.programme.gates import AfterMeeting, Gate
from scheduler.wording.findings import text
from scheduler.wording.programme import CONDITIONS, GATE_STATES, GATE_STEPS
from scheduler.wording.texts import say

ON_ITEMS = ("tick", "untick", "submit", "return")
ACTIONS = ("show", *ON_ITEMS, "confirm", "withdraw", "after")


@click.command("gate", cls=Command, help="会议召开条件：谁还差什么，能否召开")
@click.argument("meeting", metavar="MEETING")
@click.argument("action", metavar="[ACTION]", type=OneOf(ACTIONS), default="show")
@click.argument("item", metavar="[ITEM]", default="")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天）")
@option("--on", type=ADAY, default=None, help="tick、submit、return：哪一天（缺省：今天）")
@option("--override", default=None, help="confirm：条件未齐而召开的理由")
@option("--person-times", type=int, default=None, help="after：批评人次")
@option("--items", type=int, default=None, help="after：意见条数")
@option("--present", type=int, default=None, help="after：实到人数")
@option("--reported", type=ADAY, default=None, help="after：上报日期")
@click.pass_obj
def gate(  # noqa: PLR0913, PLR0917 - one for each option
    call: Call,
    meeting: str,
    action: str,
    item: str,
    as_of: date | None,
    on: date | None,
    override: str | None,
    person_times: int | None,
    items: int | None,
    present: int | None,
    reported: date | None,
) -> int:
    """Show a gate, tick or sign a condition, confirm, override, and what came after."""
    if (action in ON_ITEMS) != bool(item):
        raise Misused(call.say("gate MEETING tick|untick|submit|return ITEM：写明是哪一项，如 c5、c6。"))
    booking = BookingId(meeting)
    with call.opened() as (session, actor):
        try:
            match action:
                case "show":
                    shown = service.show(session, actor, booking, as_of, call.clock)
                case "tick" | "untick":
                    shown = service.tick(session, actor, booking, item, call.clock, on, is_ticked=action == "tick")
                case "submit" | "return":
                    is_back = action == "return"
                    shown = service.send(session, actor, booking, item, call.clock, on, is_back=is_back)
                case "confirm":
                    shown = service.confirm(session, actor, booking, call.clock, override)
                case "withdraw":
                    shown = service.withdraw(session, actor, booking, call.clock)
                case _:
                    given = AfterMeeting(person_times, items, present, reported)
                    shown = service.after(session, actor, booking, given, call.clock)
        except Refused as no:
            if action != "confirm" or any(finding.kind != "gate_item_missing" for finding in no.blocking):
                raise
            shown = service.show(session, actor, booking, None, call.clock)
            _tell(call, shown)
            return 1
    _tell(call, shown)
    return 0


def _tell(call: Call, shown: Gate) -> None:
    call.answer(lambda: shapes.programme.GateModel.of(shown, call.reader()), lambda: _lines(call, shown))


def _lines(call: Call, shown: Gate) -> Iterator[str]:
    state = say(GATE_STATES[shown.state], call.lang)
    words = "%(id)s %(title)s：%(state)s；应到 %(expected)s 人，法定 %(needed)s 人"
    booking, quorum = shown.booking, shown.quorum
    yield call.say(
        words, id=booking.id, title=booking.title, state=state, expected=quorum.expected, needed=quorum.needed
    )
    if shown.override:
        yield call.say("例外召开的理由：%(reason)s（%(by)s）", reason=shown.override.reason, by=shown.override.by)
    if shown.no_longer_holds:
        yield call.say("确认后不再具备：%(items)s", items=call.joined(shown.no_longer_holds))
    yield from (text(finding, call.lang) for finding in (*shown.findings, *shown.hints))
    yield ""
    yield from printing.table(
        call.heads("项 | 条件 | 具备 | 已 | 应 | 期限 | 登记"),
        [
            (
                item.key,
                item.name or say(CONDITIONS[item.what], call.lang),
                "✓" if item.ok else "✗",
                "" if item.have is None else item.have,
                "" if item.of is None else item.of,
                item.due or "",
                f"{item.on} {item.by} {say(GATE_STEPS[item.step], call.lang)}" if item.step else "",
            )
            for item in shown.items
        ],
    )
    yield call.say("会后报告期限：%(due)s；已报：%(on)s", due=shown.report_due, on=shown.reported_on or "—")
