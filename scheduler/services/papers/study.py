"""Papers of study: the plan of its sessions (集中学习计划), and hours with who was there (学时统计表)."""

from collections.abc import Sequence
from datetime import date

from scheduler import wording
from scheduler.core.campaigns import choosing
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground import written
from scheduler.core.ground.bookings import Kind, State
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import BookingId
from scheduler.core.sessions.study import IN_FULL, Attendance, hours_of
from scheduler.documents.papers import LineKind, Paper, PaperLine, PaperTable, Part, Value
from scheduler.services.bookings import lists as bookings
from scheduler.services.ground.booking_changes import Query
from scheduler.services.papers.calendars import attending, days_of, title
from scheduler.services.papers.desk import WritingDesk
from scheduler.services.sessions import study as studies
from scheduler.services.sessions.study import StudiedTarget
from scheduler.store import load
from scheduler.wording.texts import listed, say, words


# ── The plan ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def plan(desk: WritingDesk, subject: str) -> Paper:
    """集中学习计划: session by session when, what, who leads it, where, how many hours and for whom, as far as the viewer may know.

    Of a study target, of a month or a year, or of the campaign: the whole of it, also what still lies ahead.
    """
    lang = desk.lang
    first, last = _plan_days(desk, subject)
    sessions, time = _sessions(desk, first, last), load.working_time(desk.session)
    hours = [hours_of(seen, time) for seen in sessions]
    is_one_year = len({desk.local(seen.span.start).year for seen in sessions}) <= 1
    heads = [
        say("序号", lang), say("日期", lang), say("星期", lang), say("时间", lang), say("学习内容", lang), say("主持", lang), say("地点", lang),
        say("学时", lang), say("参加人员", lang), say("备注", lang),
    ]  # fmt: skip
    rows: list[Sequence[Value]] = [
        [number, *_when(desk, seen, is_one_year), *_what(desk, seen, count), _remark(desk, seen)]
        for number, (seen, count) in enumerate(zip(sessions, hours, strict=True), 1)
    ]
    widths = [12, 22, 14, 26, 52, 22, 32, 14, 45, 18] if is_one_year else [12, 36, 14, 26, 42, 22, 30, 14, 43, 18]
    table = PaperTable(say("学习计划", lang), heads, rows, widths, frozenset({0, 1, 2, 3, 5, 7, 9}), least_height=9)
    about = say(
        "%(name)s　%(first)s—%(last)s　共 %(count)s 次，%(hours)s 学时", lang, name=desk.name, first=wording.date_text(first, lang),
        last=wording.date_text(last, lang), count=len(sessions), hours=f"{sum(hours):g}",
    )  # fmt: skip
    return desk.paper(say("集中学习计划", lang), [PaperLine(about, LineKind.REMARK), table], is_landscape=True)


def _plan_days(desk: WritingDesk, subject: str) -> tuple[date, date]:
    """The days of a study target, of a month or year, or of the whole campaign. Raises Malformed, NotAllowed for a target."""
    if subject and not (written.month(subject) or written.whole(subject, 1900, 2999)):
        target = _target(desk, subject).target
        return target.first, target.last
    campaign = load.campaign(desk.session, desk.as_of.day, desk.campaign)
    return (campaign.starts, campaign.ends) if campaign and not subject else days_of(desk, subject)


def _when(desk: WritingDesk, seen: SeenBooking, is_one_year: bool) -> list[str]:
    start, end = desk.local(seen.span.start), desk.local(seen.span.end)
    day = wording.day_text(start.date(), desk.lang) if is_one_year else wording.date_text(start.date(), desk.lang)
    times = f"{wording.time_text(start)}–{wording.time_text(end)}"
    return [day, wording.weekday_text(start.date(), desk.lang), times]


def _what(desk: WritingDesk, seen: SeenBooking, hours: float) -> list[Value]:
    return [title(desk, seen), desk.person(seen.host), desk.place(seen.room), hours, attending(desk, seen)]


def _remark(desk: WritingDesk, seen: SeenBooking) -> str:
    """已完成 of what is over; of what lies ahead nothing."""
    return wording.label(seen.state, desk.lang) if seen.span.end <= desk.clock.now else ""


# ── Study hours ──────────────────────────────────────────────────────────────────────────────────────────────────────
def hours(desk: WritingDesk, subject: str) -> Paper:
    """学时和出勤: a row for each person, a column for each session, what they have and whether it is enough."""
    lang = desk.lang
    studied = _target(desk, subject)
    sessions = [
        seen
        for seen in _sessions(desk, studied.target.first, studied.target.last)
        if desk.local(seen.span.start).date() <= desk.as_of.day
    ]
    entries = {(e.session, e.person): e for e in studies.attendance(desk.session, desk.actor, desk.clock)}
    time = load.working_time(desk.session)
    heads = [say("姓名", lang), *(_session_head(desk, seen, hours_of(seen, time)) for seen in sessions)]
    heads += [say("合计学时", lang), say("要求", lang), say("达标", lang)]
    people = desk.in_order(studied.report.people)
    rows: list[Sequence[Value]] = []
    for person in people:
        theirs = studied.report.people[person]
        marks = [_mark(desk, entries.get((BookingId(seen.id or ""), person)), desk.as_of.day) for seen in sessions]
        rows.append([desk.person(person), *marks, theirs.hours, theirs.required, "√" if theirs.met else "×"])
    columns = len(sessions)
    width = max(7.5, min(16.0, (380 - 24 - 54) / max(columns, 1)))
    table = PaperTable(
        say("学时", lang),
        heads,
        rows,
        [24, *[width] * columns, 18, 18, 18],
        frozenset(range(columns + 4)),
        least_height=9,
    )
    about = say(
        "截至%(day)s　要求 %(asked)s 学时，已组织 %(offered)s 学时，%(met)s/%(of)s 人达标", lang, day=desk.today,
        asked=f"{studied.report.asked_hours:g}", offered=f"{studied.report.offered_hours:g}", met=studied.report.met, of=studied.report.of,
    )  # fmt: skip
    legend = say("√ 出席　迟 迟到　退 早退　请 请假　缺 缺席　补 已补课　列 列席；空格：没有登记", lang)
    parts: list[Part] = [PaperLine(about, LineKind.REMARK), table, PaperLine(legend, LineKind.REMARK)]
    if studied.report.exempt:
        parts.append(PaperLine(say("免除：%(names)s", lang, names=desk.people(studied.report.exempt)), LineKind.REMARK))
    if line := desk.order_line():
        parts.append(PaperLine(line, LineKind.REMARK))
    return desk.paper(say("集中学习学时统计表", lang), parts, is_landscape=True, is_a3=True)


def _session_head(desk: WritingDesk, seen: SeenBooking, count: float) -> str:
    start = desk.local(seen.span.start)
    return f"{start.month}.{start.day}\n{count:g}"


def _mark(desk: WritingDesk, entry: Attendance | None, day: date) -> str:
    """What was recorded, in one sign; made up once its day has come."""
    if entry is None:
        return ""
    if entry.status not in IN_FULL and entry.makeup_date and entry.makeup_date <= day:
        return say(_MARKS["made_up"], desk.lang)
    return say(_MARKS[entry.status.value], desk.lang)


_MARKS = words(
    "mark",
    {
        "attended": "√",
        "late": "迟",
        "left_early": "退",
        "on_leave": "请",
        "absent": "缺",
        "made_up": "补",
        "observer": "列",
    },
)


# ── Sessions and targets ─────────────────────────────────────────────────────────────────────────────────────────────
def _sessions(desk: WritingDesk, first: date, last: date) -> list[SeenBooking]:
    """The study sessions of the campaign on some days, as far as the viewer may know of them, without what was cancelled."""
    campaign = load.campaign(desk.session, desk.as_of.day, desk.campaign)
    return [
        seen
        for seen in bookings.listing(desk.session, desk.actor, Query(kind=Kind.STUDY_SESSION), desk.clock)
        if seen.state != State.CANCELLED
        and choosing.holds(campaign, seen)
        and first <= desk.local(seen.span.start).date() <= last
    ]


def _overview(desk: WritingDesk) -> Sequence[StudiedTarget]:
    return studies.report(desk.session, desk.actor, desk.day, desk.clock, desk.campaign).targets


def _target(desk: WritingDesk, subject: str) -> StudiedTarget:
    """The study target that is named, or the first. Raises Malformed with the ones that there are."""
    overview = _overview(desk)
    chosen = next((studied for studied in overview if not subject or studied.target.id == subject), None)
    if chosen is None:
        targets = listed((studied.target.id for studied in overview if studied.target.id), desk.lang)
        raise Malformed("unknown_target" if targets else "no_targets", "subject", value=subject[:20], targets=targets)
    return chosen
