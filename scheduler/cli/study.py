"""study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import click

from scheduler import shapes
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import Roster
from scheduler.core.sessions.mending import Mending
from scheduler.services.organisation import people as people_service
from scheduler.services.sessions import making_up
from scheduler.services.sessions import study as service
from scheduler.services.sessions.study import StudyOverview, StudyReport


@click.command("study", cls=Command, help="集中学习学时")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天）")
@option("--make-up", is_flag=True, help="把能补上的补课一次登记：到期会差学时的人补上缺的那几次")
@option("--people", default="", help="--make-up：只登记这些人（缺省：全部）")
@option("--on", type=ADAY, default=None, help="--make-up：哪一天补（缺省：下一个工作日）")
@click.pass_obj
def study(call: Call, as_of: date | None, make_up: bool, people: str, on: date | None) -> None:
    """Hours held against hours asked, target by target; or enter the make-ups that would mend what will be missing."""
    if (people or on) and not make_up:
        raise Misused(call.say("--people、--on 只与 --make-up 同用。"))
    if make_up:
        _make_up(call, [PersonId(person) for person in people.split(",") if person], on)
        return
    with call.opened() as (session, actor):
        overview = service.report(session, actor, as_of, call.clock, call.campaign_on(session, as_of))
        roster = people_service.roster(session, OPERATOR, as_of, call.clock)
        call.answer(lambda: shapes.sessions.StudyModel.of(overview), lambda: _overview(overview, roster, call))


def _make_up(call: Call, people: list[PersonId], on: date | None) -> None:
    """Enter the make-ups, and say which."""
    with call.opened() as (session, actor):
        made = making_up.make_up(session, actor, people, on, call.clock, call.campaign_on(session))
        roster = people_service.roster(session, OPERATOR, None, call.clock)
    call.answer(
        lambda: [shapes.sessions.MakeUpModel.of(each) for each in made],
        lambda: printing.table(
            call.heads("编号 | 姓名 | 补哪一次 | 补课日期"),
            [(each.person, roster.name(each.person), each.session, each.makeup_date) for each in made],
        ),
    )


def _overview(overview: StudyOverview, roster: Roster, call: Call) -> Iterator[str]:
    """Every target, with its name if it has one."""
    for studied in overview.targets:
        if studied.target.id:
            yield from ("", studied.target.id) if studied is not overview.targets[0] else (studied.target.id,)
        yield from _lines(studied.report, studied.will_miss, roster, call)
        yield from (_mending(each, roster, call) for each in studied.mendings)


def _lines(report: StudyReport, will_miss: Mapping[PersonId, float], roster: Roster, call: Call) -> Iterator[str]:
    """Hours by person."""
    yield call.say(
        "要求 %(asked_hours)s 学时，已组织 %(offered_hours)s 学时；%(met)s/%(of)s 人达到",
        asked_hours=f"{report.asked_hours:g}",
        offered_hours=f"{report.offered_hours:g}",
        met=report.met,
        of=report.of,
    )
    if will_miss:
        yield call.say(
            "到期还会差：%(who)s",
            who=call.joined(f"{p} {roster.name(p)} {hours:g}" for p, hours in will_miss.items()),
        )
    if report.exempt:
        yield call.say("全部免除：%(names)s", names=call.joined(f"{p} {roster.name(p)}" for p in report.exempt))
    yield ""
    yield from printing.table(
        call.heads("编号 | 姓名 | 学时 | 要求 | 缺 | 达到"),
        [
            (
                person,
                roster.name(person),
                f"{line.hours:g}",
                f"{line.required:g}",
                f"{line.missing:g}",
                "✓" if line.met else "✗",
            )
            for person, line in report.people.items()
        ],
    )


def _mending(mending: Mending, roster: Roster, call: Call) -> str:
    """What would mend that somebody lacks hours."""
    name = roster.name(mending.person)
    parts = [call.say("补 %(session)s（%(hours)s）", session=m.session, hours=f"{m.hours:g}") for m in mending.make_ups]
    if mending.left:
        parts.append(call.say("再排 %(hours)s 学时", hours=f"{mending.left:g}"))
    words = "%(day)s前：%(name)s 差 %(hours)s，%(how)s"
    return call.say(words, day=mending.by, name=name, hours=f"{mending.missing:g}", how=call.joined(parts))
