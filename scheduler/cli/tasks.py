"""tasks list, tasks set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.cli.parsing import ADAY, OneOf
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.people import Roster
from scheduler.core.programme import tasks as core
from scheduler.core.programme.tasks import TaskLedger, TaskLine, TaskState
from scheduler.services.organisation import people as people_service
from scheduler.services.programme import tasks as service
from scheduler.services.programme.tasks import TaskEntry
from scheduler.wording.findings import text
from scheduler.wording.programme import TASK_STATES
from scheduler.wording.texts import say


@click.group("tasks", cls=CommandGroup, help="整改台账")
def tasks() -> None:
    """The rectification ledger."""


@tasks.command("list", cls=Command, help="整改任务与进度")
@option("--late", is_flag=True, help="只看逾期")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天）")
@click.pass_obj
def list_(call: Call, late: bool, as_of: date | None) -> None:
    """The tasks, and how far they are."""
    with call.opened() as (session, actor):
        ledger = service.ledger(session, actor, as_of, call.clock, call.campaign_on(session, as_of))
        roster = people_service.roster(session, OPERATOR, as_of, call.clock)
    shown = core.only_late(ledger) if late else ledger
    call.answer(lambda: shapes.programme.TaskLedgerModel.of(shown, call.reader()), lambda: _lines(shown, roster, call))


@tasks.command("set", cls=Command, help="登记进度：open、under_way、done、standing")
@click.argument("task", metavar="TASK")
@click.argument("state", metavar="STATE", type=OneOf(TaskState))
@option("--note", default=None, help="进展，一句话")
@option("--on", type=ADAY, default=None, help="哪一天（缺省：今天）")
@option("--by", default=None, help="销号人（编号或姓名；缺省：执行命令的人）")
@click.pass_obj
def set_(call: Call, task: str, state: str, note: str | None, on: date | None, by: str | None) -> None:
    """Set how far a task is."""
    with call.opened() as (session, actor):
        closer = call.person(session, by) if by else None
        line = service.set_state(session, actor, task, TaskEntry(TaskState(state), on, closer, note), call.clock)
        roster = people_service.roster(session, OPERATOR, None, call.clock)
    call.answer(lambda: shapes.programme.TaskModel.of(line), lambda: _table([line], roster, call))


@tasks.command("lead", cls=Command, help="指定责任领导")
@click.argument("task", metavar="TASK")
@click.argument("person", metavar="PERSON")
@click.pass_obj
def lead(call: Call, task: str, person: str) -> None:
    """Say who leads a task."""
    with call.opened() as (session, actor):
        line = service.assign(session, actor, task, call.person(session, person), call.clock)
        roster = people_service.roster(session, OPERATOR, None, call.clock)
    call.answer(lambda: shapes.programme.TaskModel.of(line), lambda: _table([line], roster, call))


def _lines(ledger: TaskLedger, roster: Roster, call: Call) -> Iterator[str]:
    """How many are how far, and each."""
    count = (f"{say(TASK_STATES[state], call.lang)} {number}" for state, number in ledger.by_state.items())
    yield call.joined(count)
    if ledger.late:
        yield call.say("逾期 %(count)s：%(ids)s", count=len(ledger.late), ids=call.joined(ledger.late))
    yield from (text(finding, call.lang) for finding in ledger.findings)
    yield ""
    yield from _table(ledger.lines, roster, call)


def _table(lines: tuple[TaskLine, ...] | list[TaskLine], roster: Roster, call: Call) -> list[str]:
    return printing.table(
        call.heads("编号 | 整改任务 | 责任领导 | 牵头部门 | 时限 | 状态"),
        [
            (
                line.task.id,
                line.task.title,
                roster.name(line.task.leader) if line.task.leader else "",
                _unit(line, roster),
                f"{line.task.due:%Y-%m}" if line.task.due else "",
                say(TASK_STATES[line.state], call.lang) + (call.say("（逾期）") if line.is_late else ""),
            )
            for line in lines
        ],
    )


def _unit(line: TaskLine, roster: Roster) -> str:
    unit = roster.units.get(line.task.lead_unit) if line.task.lead_unit else None
    return unit.name if unit else line.task.lead_unit or ""
