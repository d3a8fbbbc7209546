"""Papers of days: the plan of a week, what happened (大事记), a month summed up."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import zip_longest

from scheduler import wording
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground import written
from scheduler.core.ground.bookings import Kind, State
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.papers.known import KnownOn
from scheduler.core.papers.periods import ReportPart
from scheduler.documents.papers import LineKind, Paper, PaperLine, PaperPicture, PaperTable, Part, Value
from scheduler.services.bookings import lists as bookings
from scheduler.services.ground.booking_changes import Query
from scheduler.services.papers import pictures, reports
from scheduler.services.papers.desk import WritingDesk
from scheduler.services.papers.pictures import ReportPicture
from scheduler.services.papers.reports import PeriodReport, ReportQuery
from scheduler.store import load
from scheduler.wording.texts import listed, say

NOON = 12
SHORT = 6
"""So many people are named; of more, the audience or their number is told."""


# ── The plan of a week ───────────────────────────────────────────────────────────────────────────────────────────────
def week(desk: WritingDesk, subject: str) -> Paper:
    """一周会议安排: each half-day with its meetings; talks do not stand in it, nor what the viewer may not know."""
    lang = desk.lang
    day = _day(subject) or desk.as_of.day
    monday = day - timedelta(days=day.weekday())
    listed_ = _meetings(desk, monday, monday + timedelta(days=6))
    heads = [
        say("日期", lang), say("星期", lang), say("时段", lang), say("时间", lang), say("会议名称", lang), say("地点", lang), say("主持", lang),
        say("参加人员", lang),
    ]  # fmt: skip
    rows: list[Sequence[Value]] = []
    for offset in range(7):
        on = monday + timedelta(days=offset)
        theirs = [seen for seen in listed_ if desk.local(seen.span.start).date() == on]
        rows += [[*_when(desk, on), *_about(desk, seen)] for seen in theirs]
        if not theirs and offset < 5:
            rows.append([*_when(desk, on), "", "", "", "", "", ""])
    table = PaperTable(
        say("一周安排", lang), heads, rows, [24, 17, 16, 26, 66, 32, 22, 54], frozenset({0, 1, 2, 3, 6}),
        least_height=11, joined=frozenset({0, 1}),
    )  # fmt: skip
    days = wording.days_text(monday, monday + timedelta(days=6), lang)
    note = say(
        "此表一经发布，原则上不再调整；确需调整的，请提前联系%(names)s。", lang, names=desk.contacts() or desk.name
    )
    about = PaperLine(say("%(year)s年%(days)s", lang, year=monday.year, days=days), LineKind.REMARK)
    return desk.paper(say("一周会议安排", lang), [about, table, PaperLine(note, LineKind.REMARK)], is_landscape=True)


def _when(desk: WritingDesk, on: date) -> list[str]:
    return [wording.day_text(on, desk.lang), wording.weekday_text(on, desk.lang)]


def _about(desk: WritingDesk, seen: SeenBooking) -> list[str]:
    start, end = desk.local(seen.span.start), desk.local(seen.span.end)
    half = say("上午", desk.lang) if start.hour < NOON else say("下午", desk.lang)
    times = f"{wording.time_text(start)}–{wording.time_text(end)}"
    return [half, times, title(desk, seen), desk.place(seen.room), desk.person(seen.host), attending(desk, seen)]


def attending(desk: WritingDesk, seen: SeenBooking) -> str:
    """Who comes: the audience that was invited, else the names, else how many they are."""
    if seen.audience:
        return desk.audience(seen.audience)
    return (
        desk.people(seen.people)
        if len(seen.people) <= SHORT
        else say("%(count)s 人", desk.lang, count=len(seen.people))
    )


def title(desk: WritingDesk, seen: SeenBooking) -> str:
    """What a booking is called; of one without a title, its kind."""
    return seen.title or wording.label(seen.kind, desk.lang)


def _meetings(desk: WritingDesk, first: date, last: date) -> list[SeenBooking]:
    """What is on the calendar and the viewer may know of, without talks and what was cancelled."""
    query = Query(first=first, last=last)
    return [
        seen
        for seen in bookings.listing(desk.session, desk.actor, query, desk.clock)
        if not seen.is_busy and seen.kind != Kind.TALK and seen.state != State.CANCELLED
    ]


# ── What happened ────────────────────────────────────────────────────────────────────────────────────────────────────
def chronology(desk: WritingDesk, subject: str) -> Paper:
    """大事记: one line for each thing that happened, day by day: of a month, of a year, or of the campaign until the day asked."""
    lang = desk.lang
    first, last = days_of(desk, subject)
    last = min(last, desk.as_of.day)
    parts: list[Part] = []
    month = ""
    for seen in _meetings(desk, first, last) if first <= last else ():
        start = desk.local(seen.span.start)
        its_month = wording.period_text(f"{start:%Y-%m}", lang)
        if its_month != month:
            parts.append(PaperLine(its_month, LineKind.HEADING))
            month = its_month
        parts.append(PaperLine(_event(desk, seen)))
    if not parts:
        parts.append(PaperLine(say("这段时间没有记录。", lang)))
    parts += [PaperLine(""), PaperLine(desk.name, LineKind.SIGNATURE), PaperLine(desk.today, LineKind.SIGNATURE)]
    return desk.paper(say("大事记", lang), parts, is_letter=True)


def _event(desk: WritingDesk, seen: SeenBooking) -> str:
    """8月20日　召开党的群众路线专题民主生活会。沈维岳主持，地点第一会议室。"""
    lang = desk.lang
    day = wording.day_text(desk.local(seen.span.start).date(), lang)
    told = say("%(day)s　%(what)s。", lang, day=day, what=title(desk, seen))
    if seen.host:
        told += say("%(host)s主持。", lang, host=desk.person(seen.host))
    if place := desk.place(seen.room):
        told += say("地点：%(place)s。", lang, place=place)
    return told


# ── A month ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def month_report(desk: WritingDesk, subject: str) -> Paper:
    """月度情况: the figures of `report`, and how often everybody talked."""
    lang = desk.lang
    first, last = days_of(desk, subject)
    query = ReportQuery(first, last, desk.campaign, **reports.part_named(*desk.part), known_on=desk.known_on)
    told = reports.report(desk.session, desk.actor, query, desk.clock)
    days = wording.date_text(first, lang), wording.date_text(last, lang)
    about = say("%(first)s—%(last)s", lang, first=days[0], last=days[1])
    whose = _whose(desk, told.of)
    parts: list[Part] = [
        PaperLine(
            listed(filter(None, (about, told.campaign.name if told.campaign else "", whose)), lang), LineKind.REMARK
        ),
        _figures(desk, told),
    ]
    if told.talks.person_times:
        people = desk.in_order(told.talks.person_times)
        rows: list[Sequence[Value]] = [
            [number, desk.person(p), desk.unit_and_post(p), told.talks.person_times[p]]
            for number, p in enumerate(people, 1)
        ]
        heads = [say("序号", lang), say("姓名", lang), say("单位及职务", lang), say("谈话次数", lang)]
        parts += [
            PaperLine("", LineKind.REMARK),
            PaperTable(say("谈话次数", lang), heads, rows, [16, 30, 94, 30], frozenset({0, 1, 3})),
        ]
        if line := desk.order_line():
            parts.append(PaperLine(line, LineKind.REMARK))
    for picture in pictures.pictures(told, lang):
        parts += _picture(picture)
    if told.as_known:
        parts += _corrected(desk, told.as_known)
    return desk.paper(say("月度情况报告", lang), parts)


def _picture(picture: ReportPicture) -> list[Part]:
    """A picture with its figures below it."""
    widths = [160 / len(picture.heads)] * len(picture.heads)
    table = PaperTable(picture.title, picture.heads, picture.rows, widths, frozenset(range(len(widths))))
    lines = [PaperLine("", LineKind.REMARK), PaperLine(picture.title, LineKind.HEADING)]
    return [*lines, PaperPicture(picture.graph), PaperLine(picture.about, LineKind.REMARK), table]


def _whose(desk: WritingDesk, part: ReportPart | None) -> str:
    """The person, unit or branch whose figures these are."""
    match part:
        case None:
            return ""
        case ReportPart("person"):
            return desk.person(PersonId(part.id))
        case ReportPart("unit"):
            return desk.unit(UnitId(part.id))
        case _:
            return desk.group(part.id)


def _corrected(desk: WritingDesk, since: KnownOn) -> list[Part]:
    """What was corrected since the day whose knowledge the figures are."""
    head = say("此后更正 %(count)s 处", desk.lang, count=len(since.changes))
    lines = [wording.change_text(change, desk.person, desk.lang) for change in since.changes]
    if since.kept_since and since.day < since.kept_since:
        day = wording.date_text(since.kept_since, desk.lang)
        lines.append(say("%(day)s 以前的更正没有留底，按现在的记录计。", desk.lang, day=day))
    return [PaperLine(text, LineKind.REMARK) for text in ("", head, *lines)]


def _figures(desk: WritingDesk, told: PeriodReport) -> PaperTable:
    """Every figure with its word."""
    lang, talks, study, covered = desk.lang, told.talks, told.study, told.coverage
    rows: list[Sequence[Value]] = [
        [say("谈心谈话（次）", lang), talks.times, say("谈话对数", lang), talks.pairs],
        [say("参加谈话（人）", lang), talks.people, say("谈话（人次）", lang), talks.person_times_total],
        [say("计划外谈话（次）", lang), talks.extra, say("不计入（次）", lang), sum(talks.not_counted.values())],
        [say("必谈应谈（次）", lang), covered.required, say("已谈（次）", lang), covered.covered],
        [say("覆盖率（%）", lang), covered.rate, say("本期新增（次）", lang), covered.change],
        [say("集中学习（次）", lang), study.sessions, say("学时", lang), study.hours],
        [say("出勤率（%）", lang), study.attendance_rate, say("补课（人次）", lang), study.made_up],
    ]
    counts = {**told.meetings, **({Kind.VISIT: told.visits} if told.visits else {})}
    squares: list[list[Value]] = [
        [say("%(kind)s（次）", lang, kind=wording.label(kind, lang)), count] for kind, count in counts.items()
    ]
    rows += [[*left, *right] for left, right in zip_longest(squares[::2], squares[1::2], fillvalue=["", ""])]
    rows += [
        [wording.label(due.key, lang), say("%(day)s 前报送", lang, day=wording.date_text(due.due, lang))]
        for due in told.reports
    ]
    return PaperTable(
        say("月度情况", lang), (), rows, [50, 35, 50, 35], frozenset({1, 3}), least_height=9, labels=frozenset({0, 2})
    )


# ── Days ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _day(subject: str) -> date | None:
    """A day that was named. Raises Malformed for what is none."""
    if not subject:
        return None
    if (read := written.day(subject)) is None:
        raise Malformed("not_a_date", "subject", value=subject[:20])
    return read


def days_of(desk: WritingDesk, subject: str) -> tuple[date, date]:
    """`2014-06`, `2014-Q3`, `2014`, `2014-06-01/2014-07-15`, or nothing: the campaign until the day asked. Raises Malformed."""
    if month := written.month(subject):
        return reports.month(month)
    year_of_quarter, _dash, quarter = subject.upper().partition("-Q")
    if quarter in ("1", "2", "3", "4") and (year := written.whole(year_of_quarter, 1900, 2999)):
        return date(year, 3 * int(quarter) - 2, 1), reports.month(date(year, 3 * int(quarter), 1))[1]
    if year := written.whole(subject, 1900, 2999):
        return date(year, 1, 1), date(year, 12, 31)
    first, last = (written.day(part) for part in (subject.split("/") if subject.count("/") == 1 else ("", "")))
    if first and last:
        return first, last
    if subject:
        raise Malformed("not_a_month", "subject", value=subject[:20])
    campaign = load.campaign(desk.session, desk.as_of.day, desk.campaign)
    if campaign is None:
        return reports.month(desk.as_of.day.replace(day=1))
    return campaign.starts, max(campaign.starts, min(campaign.ends, desk.as_of.day))
