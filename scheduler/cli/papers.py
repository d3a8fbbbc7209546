"""report, export: what a month came to, and papers to take along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.files import Target, read_bytes
from scheduler.cli.parsing import ADAY, AMONTH, OneOf
from scheduler.core.ground.ids import BookingId, GroupId, UnitId
from scheduler.core.ground.person_orders import PersonOrder
from scheduler.core.papers.known import KnownOn
from scheduler.documents import templates
from scheduler.documents.papers import PaperFormat
from scheduler.services.ground import organisation
from scheduler.services.papers import bundles, exports, printed, reports
from scheduler.services.papers.desk import WritingDesk
from scheduler.services.papers.own_templates import OwnTemplate
from scheduler.services.papers.reports import PeriodReport, ReportQuery


@click.command("report", cls=Command, help="月度情况：谈话次数、人次、学习、会议、覆盖率及变化")
@click.argument("month", type=AMONTH, default=None, required=False, metavar="YYYY-MM")
@option("--from", "first", type=ADAY, default=None, help="第一天")
@option("--to", "last", type=ADAY, default=None, help="最后一天")
@option("--person", default="", help="只看这个人")
@option("--unit", default="", help="只看这个部门")
@option("--branch", default="", help="只看这个支部")
@option("--known-on", type=ADAY, default=None, help="按这一天当时所知；并列出后来更正了什么")
@click.pass_obj
def report(  # noqa: PLR0913 - one argument per option
    call: Call,
    *,
    month: date | None,
    first: date | None,
    last: date | None,
    person: str,
    unit: str,
    branch: str,
    known_on: date | None,
) -> None:
    """What a month, or any days, came to."""
    if (month is None) == (first is None and last is None) or (first is None) != (last is None):
        raise Misused(call.say("写一个月份（如 2014-06），或者 --from 与 --to 两个日期。"))
    if month:
        first, last = reports.month(month)
    with call.opened() as (session, actor):
        assert first is not None and last is not None  # noqa: S101, PT018 - tells the types
        query = ReportQuery(
            first,
            last,
            call.campaign_on(session, last),
            call.person(session, person) if person else None,
            UnitId(unit) if unit else None,
            GroupId(branch) if branch else None,
            known_on,
        )
        told = reports.report(session, actor, query, call.clock)
        zone = organisation.zone(session)
    call.answer(lambda: shapes.papers.PeriodReportModel.of(told, call.reader(zone)), lambda: _lines(told, call))


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
    if told.as_known:
        yield ""
        yield from _changes(told, told.as_known, call)


def _changes(told: PeriodReport, since: KnownOn, call: Call) -> Iterator[str]:
    """As known when, and what was corrected since."""
    count = len(since.changes)
    yield call.say("以上按 %(day)s 当时所知；此后更正 %(count)s 处。", day=since.day, count=count)
    if since.kept_since and since.day < since.kept_since:
        yield call.say("%(day)s 以前的更正没有留底，按现在的记录计。", day=since.kept_since)
    for change in since.changes:
        yield wording.change_text(change, told.roster.name, call.lang)


BUNDLE = "bundle"
EXPORT_HELP = (
    "生成文件：notice 会议通知、reply-slip 回执、sign-in 签到表、name-list 名单、record-form 谈话记录表（SUBJECT 为日程编号）；"
    "arrangement 谈话安排表、ledger 台账、matrix 矩阵（方案编号，可不写）；week 一周安排（日期）；report 月报、chronology 大事记（月份）；hours 学时表、study-plan 学习计划（学时要求编号或月份）；tasks 整改台账、opinions 征求意见情况表；life-meeting 民主生活会情况表（日程编号，可不写）；branch-record 支部纪实表（支部:月份，如 B1:2014-06、B1:2014-Q3）；itinerary 个人日程表（人员:月份）；record-forms 一批谈话记录表（月份）；bundle 全部打包（zip）。"
)


@click.command("export", cls=Command, help=EXPORT_HELP)
@click.argument("kind", metavar="PAPER")
@click.argument("subject", default="")
@option("--order", type=OneOf(PersonOrder), default=None, help="名单次序")
@option("--as-of", type=ADAY, default=None, help="截至某日（缺省：今天）")
@option(
    "--format", "as_format", type=OneOf(PaperFormat), default=None, help="格式（缺省：按文件名，或此文件常用的格式）"
)
@option("--known-on", type=ADAY, default=None, help="按这一天当时所知")
@option("--person", default="", help="report：只看这个人")
@option("--unit", default="", help="report：只看这个部门")
@option("--branch", default="", help="report：只看这个支部")
@option(
    "--template",
    type=click.Path(),
    default="",
    metavar="FILE",
    help="用自备的 .docx 模板（占位符如 {{ title }}、{{ time }}）",
)
@option("--handed-out", is_flag=True, help="并记为已印发：日程再变时提醒更正")
@option("-o", "--output", required=True, metavar="FILE", help="写到哪个文件")
@click.pass_obj
def export(  # noqa: PLR0913 - one argument per option
    call: Call,
    *,
    kind: str,
    subject: str,
    order: str | None,
    as_of: date | None,
    as_format: str | None,
    known_on: date | None,
    person: str,
    unit: str,
    branch: str,
    template: str,
    handed_out: bool,
    output: str,
) -> None:
    """Write a paper, as far as the caller may see what stands in it."""
    kinds = (*exports.KINDS, BUNDLE)
    if kind not in kinds:
        raise Misused(call.say("没有“%(kind)s”这种文件，可用：%(kinds)s。", kind=kind, kinds=call.joined(kinds)))
    if template and kind == BUNDLE:
        raise Misused(call.say("全部打包不用模板，请逐个生成。"))
    target = Target.of(output, call, apart_from=template)
    own = OwnTemplate(template, read_bytes(template, templates.MAX_BYTES)) if template else None
    chosen = PaperFormat(as_format) if as_format else _format_of(target)
    with call.opened() as (session, actor):
        placed = PersonOrder(order) if order else None
        campaign, who = call.campaign_on(session, as_of), call.person(session, person) if person else ""
        desk = WritingDesk(
            session, actor, call.clock, call.lang, as_of, placed, campaign, known_on, _part(call, who, unit, branch)
        )
        if kind == BUNDLE:
            _bundle(desk, target, output, call)
            return
        made = exports.export(desk, kind, subject, chosen, own)
        if handed_out:
            printed.note_printed(session, actor, BookingId(subject), kind, call.clock)
    target.write_bytes(made.data)
    call.answer(
        lambda: shapes.papers.ExportedModel.of_file(made, output, call.reader()),
        lambda: [
            call.say("已生成 %(file)s：%(title)s", file=output, title=made.title),
            *(wording.text(finding, call.lang) for finding in made.findings),
        ],
    )


def _part(call: Call, person: str, unit: str, branch: str) -> tuple[str, str]:
    """Whom a report is of: one at most."""
    named = [(noun, key) for noun, key in (("person", person), ("unit", unit), ("branch", branch)) if key]
    if len(named) > 1:
        raise Misused(call.say("--person、--unit、--branch 只能写一个。"))
    return named[0] if named else ("", "")


def _bundle(desk: WritingDesk, target: Target, output: str, call: Call) -> None:
    """Write all papers of the campaign into one file, and say what is in it."""
    made = bundles.bundle(desk)
    target.write_bytes(made.data)
    call.answer(
        {
            "paper": BUNDLE,
            "title": made.title,
            "file": output,
            "files": list(made.files),
            "left_out": list(made.left_out),
        },
        lambda: [call.say("已生成 %(file)s：%(title)s", file=output, title=made.title), *made.files],
    )


def _format_of(target: Target) -> PaperFormat | None:
    """The format that the name of a file means, if it means one."""
    ending = target.path.suffix.lower().lstrip(".")
    return next((chosen for chosen in PaperFormat if chosen == ending), None)
