"""study and attend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TextIO

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY, OneOf
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId
from scheduler.core.ground.people import Roster
from scheduler.core.sessions.study import Attended
from scheduler.services.organisation import people as people_service
from scheduler.services.sessions import study as service
from scheduler.services.sessions.study import GivenAttendance, StudyReport
from scheduler.wording.roll_calls import oddities

ATTEND_HELP = "登记某人某次集中学习的出勤。STATUS：attended 出席、observer 列席、on_leave 请假、absent 缺席、late 迟到、left_early 早退、made_up 补课。"


@click.command("study", cls=Command, help="集中学习学时")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天）")
@click.pass_obj
def study(call: Call, as_of: date | None) -> None:
    """Hours held against hours asked, of each member of the leadership team."""
    with call.opened() as (session, actor):
        report = service.report(session, actor, as_of, call.clock)
        roster = people_service.roster(session, OPERATOR, as_of, call.clock)
        call.answer(lambda: shapes.sessions.StudyModel.of(report), lambda: _lines(report, roster, call))


@click.command("attend", cls=Command, help=ATTEND_HELP)
@click.argument("session_id", metavar="SESSION")
@click.argument("person", required=False)
@click.argument("status", type=OneOf(Attended), metavar="STATUS", required=False)
@option("--makeup", type=ADAY, default=None, help="补课日期")
@option(
    "--roll-call",
    "roll_call",
    type=click.File(encoding="utf-8-sig"),
    default=None,
    help="读点名文字（- 为标准输入），全部认得才登记",
)
@option("--dry-run", is_flag=True, help="只看认出了谁")
@click.pass_obj
def attend(
    call: Call,
    session_id: str,
    person: str | None,
    status: str | None,
    makeup: date | None,
    roll_call: TextIO | None,
    dry_run: bool,
) -> int:
    """Record attendance; a make-up may lie ahead and counts from its day on."""
    if roll_call:
        if person or status or makeup:
            raise Misused(call.say("--roll-call 不能与人名、STATUS、--makeup 同用。"))
        return _roll_call(call, BookingId(session_id), _text(roll_call, call), is_dry=dry_run)
    if not person or not status or dry_run:
        raise Misused(call.say("要写 PERSON 和 STATUS，或 --roll-call。"))
    with call.opened() as (session, actor):
        someone = call.person(session, person)
        done = service.attend(session, actor, BookingId(session_id), someone, Attended(status), makeup, call.clock)
    status_text, hours = wording.label(done.status, call.lang), f"{done.hours:g}"
    text = "%(session)s %(person)s %(status)s，计 %(hours)s 学时"
    if done.makeup_date:
        text = "%(session)s %(person)s %(status)s，补课 %(makeup)s，计 %(hours)s 学时"
    values = {"session": done.session, "person": done.person, "makeup": done.makeup_date}
    call.answer(
        lambda: shapes.sessions.AttendedModel.of(done),
        lambda: [call.say(text, status=status_text, hours=hours, **values)],
    )
    return 0


def _text(file: TextIO, call: Call) -> str:
    """What stands in a file."""
    try:
        return file.read(service.MAX_ROLL_CALL_LENGTH + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise Misused(call.say("点名文件读不出来，应为 UTF-8 文本。")) from error


def _roll_call(call: Call, session_id: BookingId, text: str, *, is_dry: bool) -> int:
    """Record a roll call if all of it is clear; else say what is not, and record nothing."""
    with call.opened() as (session, actor):
        roll_call = service.roll_call(session, actor, session_id, text, call.clock)
        roster = people_service.roster(session, OPERATOR, None, call.clock)
        is_recorded = roll_call.is_clear and not is_dry
        if is_recorded:
            given = {person: GivenAttendance(status) for person, status in roll_call.statuses.items()}
            service.attend_all(session, actor, session_id, given, call.clock)
    odd = oddities(roll_call, lambda person: f"{roster.name(person)} {person}", call.lang)
    document = {"session": session_id, "recorded": is_recorded, "found": dict(roll_call.statuses), "odd": odd}

    def lines() -> Iterator[str]:
        rows = [(p, roster.name(p), wording.label(status, call.lang)) for p, status in roll_call.statuses.items()]
        yield from printing.table(call.heads("编号 | 姓名 | 出勤"), rows)
        yield from odd
        yield call.say("已登记 %(count)s 人。", count=len(rows)) if is_recorded else call.say("什么也没有登记。")

    call.answer(document, lines)
    return 0 if roll_call.is_clear or is_dry else 1


def _lines(report: StudyReport, roster: Roster, call: Call) -> Iterator[str]:
    """Hours by person."""
    yield call.say(
        "要求 %(asked_hours)s 学时，已组织 %(offered_hours)s 学时；%(met)s/%(of)s 人达到",
        asked_hours=f"{report.asked_hours:g}",
        offered_hours=f"{report.offered_hours:g}",
        met=report.met,
        of=report.of,
    )
    yield ""
    yield from printing.table(
        call.heads("编号 | 姓名 | 学时 | 缺 | 达到"),
        [
            (person, roster.name(person), f"{line.hours:g}", f"{line.missing:g}", "✓" if line.met else "✗")
            for person, line in report.people.items()
        ],
    )
