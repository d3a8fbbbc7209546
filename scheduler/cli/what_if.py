"""what-if."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.coverage import requirement_cells
from scheduler.cli.imports import answers_in, error_lines, uploads_of
from scheduler.cli.parsing import ADAY
from scheduler.core.coverage.report import Coverage, RequirementState
from scheduler.core.organisation.appointments import Appointment, AppointmentKind
from scheduler.services.coverage.report import Report
from scheduler.services.ground import organisation
from scheduler.services.imports import what_if as service
from scheduler.services.imports.what_if import Effect, NewTalk, OrgChange, WhatIf

if TYPE_CHECKING:
    from scheduler.services.ground.schema import Session


@click.command(
    "what-if", cls=Command, help="任免、调动、离任或整份名册若成真：哪些必谈不再要求、哪些新增，什么也不保存"
)
@click.argument("paths", metavar="[PATH...]", nargs=-1)
@option("--head", multiple=True, metavar="UNIT=PERSON", help="某人任负责人；UNIT= 为空缺")
@option("--acting-head", multiple=True, metavar="UNIT=PERSON", help="某人主持工作；UNIT= 为空缺")
@option("--in-charge", multiple=True, metavar="UNIT=PERSON", help="改由某人分管；UNIT= 为无人分管")
@option("--move", multiple=True, metavar="UNIT=PERSON", help="某人调到这个部门")
@option("--join", multiple=True, metavar="GROUP=PERSON", help="某人进入小组，如 leadership_team=p12")
@option("--quit", multiple=True, metavar="GROUP=PERSON", help="某人退出小组")
@option("--leave", multiple=True, metavar="PERSON", help="某人离开本单位")
@option("--valid-from", type=ADAY, default=None, help="自某日起（任免缺省：今天）")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天，或更晚的生效日）")
@option("--answers", type=click.Path(path_type=Path), default=None, help="JSON 文件：对问题的回答，{编号: 选择}")
@click.pass_obj
def what_if(
    call: Call,
    /,
    paths: tuple[str, ...],
    valid_from: date | None,
    as_of: date | None,
    answers: Path | None,
    **appointed: tuple[str, ...],
) -> int:
    """What an org change would do to everything that is required; nothing is written."""
    uploads = uploads_of(paths, call)
    answered = answers_in(answers, call) if answers else None
    if not uploads and not any(appointed.values()):
        raise Misused(call.say("请写出要导入的文件，或任免，如 --head D03=p05。"))
    with call.opened() as (session, actor):
        appointments = tuple(
            _appointment(AppointmentKind(name), word, call, session)
            for name, words in appointed.items()
            for word in words
        )
        change = OrgChange(uploads, answered, appointments, valid_from)
        shown = service.look(session, actor, change, call.clock, as_of=as_of, campaign=call.campaign(session))
        zone = organisation.zone(session)
    call.answer(lambda: shapes.imports.WhatIfModel.of(shown, call.reader(zone)), lambda: _lines(shown, zone, call))
    return 1 if shown.report.errors else 0


def _appointment(what: AppointmentKind, word: str, call: Call, session: Session) -> Appointment:
    """What one option says."""
    place, equals, person = word.rpartition("=")
    if what is not AppointmentKind.LEAVE and not (equals and place):
        text = "--%(option)s 应写如 %(place)s=%(person)s，不能是“%(word)s”。"
        raise Misused(call.say(text, option=what.value.replace("_", "-"), place="D03", person="p05", word=word))
    return Appointment(what, call.person(session, person) if person else None, place)


# ── What is said ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _lines(shown: WhatIf, zone: ZoneInfo, call: Call) -> Iterator[str]:
    """What is wrong with the files, or what would become of each rule set."""
    if shown.report.errors:
        yield from error_lines(shown.report, call)
        return
    for finding in shown.report.warnings:
        yield call.say("提醒：%(what)s", what=wording.text(finding, call.lang))
    for effect in shown.effects:
        yield from _effect(effect, zone, call)
        yield ""
    yield call.say("这是设想，什么也没有保存。")


def _effect(effect: Effect, zone: ZoneInfo, call: Call) -> Iterator[str]:
    """One rule set: before and after, then what comes, falls and stands elsewhere."""
    applied = effect.after.rule_set
    yield call.say(
        "%(day)s  %(id)s %(preset)s  覆盖 %(before)s → %(after)s  新增 %(comes)s  不再要求 %(falls)s  不变 %(stays)s",
        day=effect.after.as_of.day,
        id=applied.id,
        preset=applied.preset,
        before=_covered(effect.before.coverage),
        after=_covered(effect.after.coverage),
        comes=len(effect.comes),
        falls=len(effect.falls),
        stays=effect.stays,
    )
    rows = [("+", *_waiting(talk.state, effect.after, call), _free(talk, zone)) for talk in effect.comes]
    rows += [("−", *_waiting(state, effect.before, call), "") for state in effect.falls]
    rows += [
        ("→", *_waiting(change.after, effect.after, call), wording.label(change.kind, call.lang))
        for change in effect.changes
        if change.after
    ]
    if rows:
        yield from printing.table(call.heads("变化 | 谁 | 与谁 | 依据 | 状态 | 谈话 | 最早可谈"), rows)


def _covered(coverage: Coverage) -> str:
    """How many of how many, and the rate."""
    rate = "—" if coverage.rate is None else f"{coverage.rate} %"
    return f"{coverage.covered}/{coverage.required} = {rate}"


def _waiting(state: RequirementState, report: Report, call: Call) -> tuple[str, ...]:
    return requirement_cells(state, report.roster, call)


def _free(talk: NewTalk, zone: ZoneInfo) -> str:
    """The first time at which both and a room are free."""
    time = talk.first_free
    return f"{time.span.start.astimezone(zone):%Y-%m-%d %H:%M} {time.room or ''}".rstrip() if time else ""
