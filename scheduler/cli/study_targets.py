"""study-targets list, add, change, remove, exempt, unexempt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.cli.parsing import ADAY, HOURS, WORDS
from scheduler.services.sessions import study_targets as service
from scheduler.services.sessions.study_targets import SetTarget, StudyExemption, StudyTarget

AUDIENCE_HELP = "范围，如 all_party、leadership_team、branch:B1"


@click.group("study-targets", cls=CommandGroup, help="学时要求和免除")
def study_targets() -> None:
    """How many hours of study are asked of whom."""


@study_targets.command("list", cls=Command, help="各项要求，免除的人")
@click.pass_obj
def list_(call: Call) -> None:
    """The targets of a campaign."""
    with call.opened() as (session, actor):
        listed = service.listing(session, actor, call.clock, call.campaign(session))
    call.answer(
        lambda: [shapes.sessions.SetTargetModel.of(each, call.reader()) for each in listed],
        lambda: _table(call, listed),
    )


@study_targets.command("add", cls=Command, help="新增一项要求")
@option("--audience", type=WORDS, required=True, help=AUDIENCE_HELP)
@option("--minus", type=WORDS, default=(), help="除外的范围")
@option("--hours", type=HOURS, required=True, help="学时")
@option("--from", "first", type=ADAY, required=True, help="自某日起")
@option("--by", "last", type=ADAY, required=True, help="至某日止（含）")
@option("--pro-rata", is_flag=True, help="后来的人按工作日折算")
@click.pass_obj
def add(
    call: Call,
    *,
    audience: tuple[str, ...],
    minus: tuple[str, ...],
    hours: float,
    first: date,
    last: date,
    pro_rata: bool,
) -> None:
    """Set another target."""
    with call.opened() as (session, actor):
        target = StudyTarget("", hours, first, last, audience, minus, pro_rata, call.campaign(session))
        made = service.put(session, actor, target, call.clock)
        _tell(call, service.named(session, actor, made.id, call.clock))


@study_targets.command("change", cls=Command, help="修改一项要求；不写的不变")
@click.argument("target", metavar="ID")
@option("--audience", type=WORDS, default=None, help=AUDIENCE_HELP)
@option("--minus", type=WORDS, default=None, help="除外的范围")
@option("--hours", type=HOURS, default=None, help="学时")
@option("--from", "first", type=ADAY, default=None, help="自某日起")
@option("--by", "last", type=ADAY, default=None, help="至某日止（含）")
@option("--pro-rata/--whole", default=None, help="后来的人按工作日折算，或要求全部")
@click.pass_obj
def change(  # noqa: PLR0913 - one argument per option
    call: Call,
    *,
    target: str,
    audience: tuple[str, ...] | None,
    minus: tuple[str, ...] | None,
    hours: float | None,
    first: date | None,
    last: date | None,
    pro_rata: bool | None,
) -> None:
    """Set a target anew; what is left out stays."""
    with call.opened() as (session, actor):
        old = service.named(session, actor, target, call.clock).target
        given = {
            "audience": audience,
            "minus": minus,
            "hours": hours,
            "first": first,
            "last": last,
            "is_pro_rata": pro_rata,
        }
        new = replace(old, **{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]  # each of its own type
        service.put(session, actor, new, call.clock)
        _tell(call, service.named(session, actor, target, call.clock))


@study_targets.command("remove", cls=Command, help="删除一项要求和它的免除")
@click.argument("target", metavar="ID")
@click.pass_obj
def remove(call: Call, target: str) -> None:
    """Take a target away."""
    with call.opened() as (session, actor):
        _tell(call, service.remove(session, actor, target, call.clock))


@study_targets.command("exempt", cls=Command, help="免除某人的学时")
@click.argument("target", metavar="ID")
@click.argument("person", metavar="PERSON")
@option("--hours", type=HOURS, default=None, help="免除几学时（缺省：全部）")
@option("--reason", default="", help="原因类别，如 产假")
@option("--by", default=None, help="批准人")
@option("--date", "day", type=ADAY, default=None, help="批准日期，从这天起算")
@click.pass_obj
def exempt(
    call: Call, *, target: str, person: str, hours: float | None, reason: str, by: str | None, day: date | None
) -> None:
    """Do not ask hours of a target of somebody."""
    with call.opened() as (session, actor):
        standing = service.named(session, actor, target, call.clock).target
        who, granted = call.person(session, person), call.person(session, by) if by else None
        exemption = StudyExemption(target, who, standing.hours if hours is None else hours, reason, granted, day)
        service.exempt(session, actor, exemption, call.clock)
        _tell(call, service.named(session, actor, target, call.clock))


@study_targets.command("unexempt", cls=Command, help="取消某人的免除")
@click.argument("target", metavar="ID")
@click.argument("person", metavar="PERSON")
@click.pass_obj
def unexempt(call: Call, target: str, person: str) -> None:
    """Ask the whole of somebody again."""
    with call.opened() as (session, actor):
        service.unexempt(session, actor, target, call.person(session, person), call.clock)
        _tell(call, service.named(session, actor, target, call.clock))


def _tell(call: Call, target: SetTarget) -> None:
    """One target."""
    call.answer(lambda: shapes.sessions.SetTargetModel.of(target, call.reader()), lambda: _table(call, [target]))


def _table(call: Call, listed: Iterable[SetTarget]) -> Iterator[str]:
    """Targets as a table."""
    rows = [
        (
            each.target.id,
            "、".join(each.target.audience),
            "、".join(each.target.minus),
            f"{each.target.hours:g}",
            each.target.first,
            each.target.last,
            "✓" if each.target.is_pro_rata else "",
            call.joined(f"{exemption.person} {exemption.hours:g}" for exemption in each.exemptions),
        )
        for each in listed
    ]
    yield from printing.table(call.heads("编号 | 范围 | 除外 | 学时 | 起 | 止 | 按比例 | 免除"), rows)
