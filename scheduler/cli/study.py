"""study and attend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY, OneOf
from scheduler.core.access import OPERATOR
from scheduler.core.ids import BookingId
from scheduler.core.people import Roster
from scheduler.core.study import Attended
from scheduler.services import people as people_service
from scheduler.services import study as service
from scheduler.services.study import StudyReport

_WORDS = "、".join(f"{status.value} {wording.label(status.value)}" for status in Attended)
ATTEND_HELP = (
    f"登记某人某次集中学习的出勤。STATUS：{_WORDS}。"
    f" | Record how somebody attended a study session. STATUS: {', '.join(Attended)}."
)


@click.command("study", cls=Command, help="集中学习学时 | Study hours")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天） | As of a day (default: today)")
@click.pass_obj
def study(call: Call, as_of: date | None) -> None:
    """Hours held against hours asked, of each member of the leadership team."""
    with call.opened() as (session, actor):
        report = service.report(session, actor, as_of, call.clock)
        roster = people_service.roster(session, OPERATOR, as_of, call.clock)
        call.answer(shapes.study(report), lambda: _lines(report, roster, call))


@click.command("attend", cls=Command, help=ATTEND_HELP)
@click.argument("session_id", metavar="SESSION")
@click.argument("person")
@click.argument("status", type=OneOf(Attended), metavar="STATUS")
@option("--makeup", type=ADAY, default=None, help="补课日期 | The day it is made up")
@click.pass_obj
def attend(call: Call, session_id: str, person: str, status: str, makeup: date | None) -> None:
    """Record attendance; a make-up may lie ahead and counts from its day on."""
    with call.opened() as (session, actor):
        someone = call.person(session, person)
        done = service.attend(session, actor, BookingId(session_id), someone, Attended(status), makeup, call.clock)
    hours = f"{done.hours:g}"
    made_up = call.say(f"，补课 {done.makeup_date}", f", made up on {done.makeup_date}") if done.makeup_date else ""
    said = wording.label(done.status, call.lang)
    call.answer(
        shapes.attended(done),
        lambda: [f"{done.session} {done.person} {said}{made_up}" + call.say(f"，计 {hours} 学时", f": {hours} h")],
    )


def _lines(report: StudyReport, roster: Roster, call: Call) -> Iterator[str]:
    """Hours by person."""
    yield call.say(
        f"要求 {report.asked_hours:g} 学时，已组织 {report.offered_hours:g} 学时；{report.met}/{report.of} 人达到",
        f"{report.asked_hours:g} h asked, {report.offered_hours:g} h offered; met by {report.met} of {report.of}",
    )
    yield ""
    yield from printing.table(
        call.say("编号 姓名 学时 缺 达到", "Id Name Hours Missing Met").split(),
        [
            (person, roster.name(person), f"{one.hours:g}", f"{one.missing:g}", "✓" if one.met else "✗")
            for person, one in report.people.items()
        ],
    )
