"""report: what a month came to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY, AMONTH
from scheduler.services.papers import reports
from scheduler.services.papers.reports import PeriodReport


@click.command("report", cls=Command, help="月度情况：谈话次数、人次、学习、会议、覆盖率及变化")
@click.argument("month", type=AMONTH, default=None, required=False, metavar="YYYY-MM")
@option("--from", "first", type=ADAY, default=None, help="第一天")
@option("--to", "last", type=ADAY, default=None, help="最后一天")
@click.pass_obj
def report(call: Call, month: date | None, first: date | None, last: date | None) -> None:
    """What a month, or any days, came to."""
    if (month is None) == (first is None and last is None) or (first is None) != (last is None):
        raise Misused(call.say("写一个月份（如 2014-06），或者 --from 与 --to 两个日期。"))
    if month:
        first, last = reports.month(month)
    with call.opened() as (session, actor):
        assert first is not None and last is not None  # noqa: S101, PT018 - tells the types
        told = reports.report(session, actor, first, last, call.clock, call.campaign_on(session, last))
    call.answer(lambda: shapes.papers.PeriodReportModel.of(told), lambda: _lines(told, call))


def _lines(told: PeriodReport, call: Call) -> Iterator[str]:
    """The figures one below the other, then everybody who talked."""
    talks, study, covered = told.talks, told.study, told.coverage
    yield call.say(
        "%(first)s 至 %(last)s  %(campaign)s",
        first=told.first,
        last=told.last,
        campaign=told.campaign.name if told.campaign else call.say("不属于任何活动"),
    )
    yield call.say(
        "谈心谈话 %(times)s 次，%(pairs)s 对，%(people)s 人，%(total)s 人次；计划外 %(extra)s 次",
        times=talks.times,
        pairs=talks.pairs,
        people=talks.people,
        total=talks.person_times_total,
        extra=talks.extra,
    )
    for reason, count in talks.not_counted.items():
        yield call.say("不计入 %(count)s 次：%(why)s", count=count, why=wording.label(reason, call.lang))
    yield call.say(
        "必谈覆盖 %(covered)s/%(required)s = %(rate)s，本期 %(change)s",
        covered=covered.covered,
        required=covered.required,
        rate="—" if covered.rate is None else f"{covered.rate} %",
        change=f"{covered.change:+d}",
    )
    yield call.say(
        "集中学习 %(sessions)s 次，%(hours)s 学时，出勤 %(attended)s/%(recorded)s = %(rate)s，补课 %(made_up)s 人次",
        sessions=study.sessions,
        hours=f"{study.hours:g}",
        attended=study.attended,
        recorded=study.recorded,
        rate="—" if study.attendance_rate is None else f"{study.attendance_rate} %",
        made_up=study.made_up,
    )
    if study.sessions_unrecorded:
        yield call.say("其中 %(count)s 次没有登记出勤", count=study.sessions_unrecorded)
    for kind, count in told.meetings.items():
        yield call.say("%(kind)s %(count)s 次", kind=wording.label(kind, call.lang), count=count)
    if told.visits:
        yield call.say("%(kind)s %(count)s 次", kind=wording.label("visit", call.lang), count=told.visits)
    for due in told.reports:
        yield call.say("%(due)s 前报送%(what)s", due=due.due, what=wording.label(due.key, call.lang))
    if talks.person_times:
        yield ""
        people = told.roster.in_rank_order(talks.person_times)
        yield from printing.table(
            call.heads("编号 | 姓名 | 人次"), [(p, told.roster.name(p), talks.person_times[p]) for p in people]
        )
