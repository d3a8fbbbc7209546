"""Papers that an office files: data of a democratic life meeting, a branch's record, somebody's days, blank records of many talks."""

from collections.abc import Iterator, Sequence
from datetime import date

from scheduler import wording
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import Action, require
from scheduler.core.ground.bookings import Kind, State
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import BookingId, GroupId, PersonId
from scheduler.core.sessions.study import Attended
from scheduler.documents.papers import LineKind, PageBreak, Paper, PaperLine, PaperTable, Part, Value
from scheduler.services.bookings import lists as bookings
from scheduler.services.ground.booking_changes import Query
from scheduler.services.papers import reports
from scheduler.services.papers.bookings import record_form
from scheduler.services.papers.calendars import days_of, title
from scheduler.services.papers.desk import WritingDesk
from scheduler.services.papers.reports import ReportQuery
from scheduler.services.programme import gates, materials, opinions
from scheduler.services.programme.gates import Gate
from scheduler.services.sessions import attendance
from scheduler.store import load
from scheduler.store.programme import load as records
from scheduler.wording.programme import GATE_STATES
from scheduler.wording.texts import listed, say

MISSED = (Attended.ON_LEAVE, Attended.ABSENT, Attended.MADE_UP)
"""How somebody was not there, as a branch's record names them; why they were on leave is nobody's business."""
OF_A_BRANCH = frozenset(
    {
        Kind.BRANCH_GENERAL_MEETING,
        Kind.COMMITTEE_MEETING,
        Kind.ORGANIZATIONAL_LIFE_MEETING,
        Kind.PARTY_LECTURE,
        Kind.THEME_DAY,
    }
)
"""Kinds of meeting that are a branch's own when nobody but its members comes; others are when it was invited as such."""
MOST_FORMS = 300
"""More talks than anybody prints at once."""


# ── The democratic life meeting ──────────────────────────────────────────────────────────────────────────────────────
def life_meeting(desk: WritingDesk, subject: str) -> Paper:
    """民主生活会情况表: the numbers of a meeting and of what came before it; of the campaign's own one when none is named."""
    lang = desk.lang
    gate = gates.show(desk.session, desk.actor, _life_meeting(desk, subject), desk.day, desk.clock)
    booking, turnout = gate.booking, gate.turnout
    when = wording.long_span_text(desk.local(booking.span.start), desk.local(booking.span.end), lang)
    held = min(gate.as_of.day, booking.day(gate.as_of.zone))
    observers = gate.result.observers if gate.result and gate.result.observers is not None else turnout.observers
    expected = gate.result.expected if gate.result and gate.result.expected is not None else turnout.expected
    rows: list[Sequence[Value]] = [
        [say("会议", lang), booking.title or wording.label(booking.kind, lang)],
        [say("时间", lang), when],
        [say("地点", lang), desk.place(booking.room), say("主持", lang), desk.person(booking.host)],
        [say("应到（人）", lang), expected, say("实到（人）", lang), gate.present],
        [say("列席（人）", lang), observers, say("召开条件", lang), say(GATE_STATES[gate.state], lang)],
        *_before(desk, gate, held),
        [say("批评（人次）", lang), gate.person_times, say("批评意见（条）", lang), gate.opinions],
        [say("应报时间", lang), gate.report_due, say("实报时间", lang), gate.reported_on],
    ]
    table = PaperTable(
        say("民主生活会", lang),
        (),
        rows,
        [45, 40, 45, 40],
        frozenset({1, 3}),
        least_height=11,
        labels=frozenset({0, 2}),
    )
    about = PaperLine(say("%(name)s　截至%(day)s", lang, name=desk.name, day=desk.today), LineKind.REMARK)
    return desk.paper(say("民主生活会情况表", lang), [about, table])


def _life_meeting(desk: WritingDesk, subject: str) -> BookingId:
    """The meeting that is meant. Raises NotFound, Malformed for a booking of another kind."""
    if subject:
        if (
            bookings.seen_booking(desk.session, desk.actor, BookingId(subject), desk.clock).kind
            != Kind.DEMOCRATIC_LIFE_MEETING
        ):
            raise Malformed("no_life_meeting", "subject", value=subject[:20])
        return BookingId(subject)
    campaign = load.campaign(desk.session, desk.as_of.day, desk.campaign)
    query = Query(kind=Kind.DEMOCRATIC_LIFE_MEETING, campaign=campaign.id if campaign else None)
    meetings = [b for b in bookings.listing(desk.session, desk.actor, query, desk.clock) if b.state != State.CANCELLED]
    if not meetings or meetings[-1].id is None:
        raise NotFound("booking", wording.label(Kind.DEMOCRATIC_LIFE_MEETING, desk.lang))
    return meetings[-1].id


def _before(desk: WritingDesk, gate: Gate, held: date) -> list[Sequence[Value]]:
    """What was done for the meeting until its day: opinions, talks, materials, tasks."""
    lang, campaign = desk.lang, gate.campaign
    about = campaign.id if campaign else None
    overview = opinions.overview(desk.session, desk.actor, held, desk.clock, about)
    lines = materials.listing(desk.session, desk.actor, held, desk.clock, about)
    first = min(campaign.starts, held) if campaign else held.replace(month=1, day=1)
    told = reports.report(desk.session, desk.actor, ReportQuery(first, held, about), desk.clock)
    return [
        [say("征求意见渠道", lang), len(overview.tally.by_source), say("征求意见（条）", lang), overview.tally.items],
        [say("谈心谈话（次）", lang), told.talks.times, say("谈心谈话（人次）", lang), told.talks.person_times_total],
        [say("对照检查材料（份）", lang), len(lines), say("修改轮次（合计）", lang), sum(line.rounds for line in lines)],
        [say("整改任务（项）", lang), sum(told.tasks.get(state, 0) for state in ("open", "under_way", "done", "standing")), say("已完成（项）", lang), told.tasks.get("done", 0)],
    ]  # fmt: skip


# ── The record of a branch ───────────────────────────────────────────────────────────────────────────────────────────
def branch_record(desk: WritingDesk, subject: str) -> Paper:
    """支部工作纪实表: each meeting of a branch in a month or a quarter, who was expected and there, who was not, and what it was of.

    `B1`, `B1:2014-06`, `B1:2014-Q3`, `B1:2014`. Raises Malformed, NotFound.
    """
    lang = desk.lang
    require(desk.actor, Action.SEE_PROGRAMME, Action.BOOK_IN_BRANCH)
    key, _colon, period = subject.partition(":")
    branches = {branch.id: branch for branch in desk.roster.branches()}
    if not key:
        raise Malformed("missing", "subject")
    if GroupId(key) not in branches:
        raise NotFound("branch", key)
    first, last = days_of(desk, period or f"{desk.as_of.day:%Y-%m}")
    meetings = [seen for seen in _of_branch(desk, GroupId(key), first, last) if _is_over(desk, seen)]
    rows = [_recorded(desk, number, seen) for number, seen in enumerate(meetings, 1)]
    heads = [
        say("序号", lang), say("时间", lang), say("地点", lang), say("类型", lang), say("主题", lang), say("主持", lang), say("应到", lang),
        say("实到", lang), say("缺席人员", lang), say("内容", lang),
    ]  # fmt: skip
    table = PaperTable(
        say("纪实", lang),
        heads,
        rows,
        [12, 34, 28, 28, 44, 20, 14, 14, 34, 34],
        frozenset({0, 1, 3, 5, 6, 7}),
        least_height=12,
    )
    about = say(
        "%(name)s　%(first)s—%(last)s　共 %(count)s 次", lang, name=desk.group(key), first=wording.date_text(first, lang),
        last=wording.date_text(last, lang), count=len(meetings),
    )  # fmt: skip
    notes = [PaperLine(say("填表人：　　　　　　支部书记签字：　　　　　　　日期：", lang), LineKind.REMARK)]
    return desk.paper(
        say("%(name)s工作纪实表", lang, name=desk.group(key)),
        [PaperLine(about, LineKind.REMARK), table, *notes],
        is_landscape=True,
    )


def _of_branch(desk: WritingDesk, branch: GroupId, first: date, last: date) -> Iterator[SeenBooking]:
    """The meetings of a branch: it or its committee was invited, or nobody but its members comes."""
    members = set(desk.roster.members(branch))
    for seen in bookings.listing(desk.session, desk.actor, Query(first=first, last=last), desk.clock):
        invited = {f"branch:{branch}", f"committee:{branch}"} & set(seen.audience)
        is_theirs = invited or (seen.kind in OF_A_BRANCH and seen.people and members.issuperset(seen.people))
        if is_theirs and seen.kind != Kind.TALK and not seen.is_busy and seen.state != State.CANCELLED:
            yield seen


def _is_over(desk: WritingDesk, seen: SeenBooking) -> bool:
    return desk.local(seen.span.start).date() <= desk.as_of.day and seen.span.end <= desk.clock.now


def _recorded(desk: WritingDesk, number: int, seen: SeenBooking) -> Sequence[Value]:
    """One meeting; who was there only as far as the viewer may know it."""
    lang, start = desk.lang, desk.local(seen.span.start)
    when = f"{wording.day_text(start.date(), lang)} {wording.time_text(start)}"
    sheet = attendance.sheet_if_seen(desk.session, desk.actor, BookingId(seen.id or ""), desk.clock)
    expected: Value = sheet.turnout.expected if sheet else None
    present: Value = (sheet.turnout.present or _in_all(desk, seen)) if sheet else None
    missed = [(line.person, line.status) for line in sheet.lines.values() if line.status in MISSED] if sheet else []
    names = listed((desk.remarked(desk.person(p), wording.label(str(status), lang)) for p, status in missed), lang)
    points = listed((point.title for point in seen.agenda), lang)
    kind = wording.label(seen.kind, lang)
    return [
        number,
        when,
        desk.place(seen.room),
        kind,
        title(desk, seen),
        desk.person(seen.host),
        expected,
        present,
        names,
        points,
    ]


def _in_all(desk: WritingDesk, seen: SeenBooking) -> int | None:
    """How many were there, where only their number was recorded."""
    meeting = BookingId(seen.id or "")
    result = records.results(desk.session, [meeting]).get(meeting)
    return result.present if result else None


# ── The days of one person ───────────────────────────────────────────────────────────────────────────────────────────
def itinerary(desk: WritingDesk, subject: str) -> Paper:
    """个人日程表: what somebody has, day by day, as far as the viewer may know it; what they may not know is left out.

    `p03`, `p03:2014-08`, `p03:2014-08-04/2014-08-08`; nobody named: the viewer. Raises Malformed, NotFound.
    """
    lang = desk.lang
    key, _colon, period = subject.partition(":")
    person = PersonId(key) if key else desk.actor.person
    if person is None:
        raise Malformed("missing", "subject")
    if person not in desk.roster.people:
        raise NotFound("person", person)
    first, last = days_of(desk, period or f"{desk.as_of.day:%Y-%m}")
    query = Query(person=person, first=first, last=last)
    theirs = [
        seen
        for seen in bookings.listing(desk.session, desk.actor, query, desk.clock)
        if not seen.is_busy and seen.state != State.CANCELLED
    ]
    heads = [
        say("日期", lang),
        say("星期", lang),
        say("时间", lang),
        say("事项", lang),
        say("地点", lang),
        say("备注", lang),
    ]
    rows = [_item(desk, person, seen) for seen in theirs]
    table = PaperTable(
        say("日程", lang),
        heads,
        rows,
        [24, 18, 28, 56, 30, 26],
        frozenset({0, 1, 2, 5}),
        least_height=10,
        joined=frozenset({0, 1}),
    )
    about = say(
        "%(name)s　%(first)s—%(last)s", lang, name=desk.remarked(desk.person(person), desk.unit_and_post(person)),
        first=wording.date_text(first, lang), last=wording.date_text(last, lang),
    )  # fmt: skip
    parts: list[Part] = [PaperLine(about, LineKind.REMARK), table]
    if not rows:
        parts = [PaperLine(about, LineKind.REMARK), PaperLine(say("这段时间没有安排。", lang))]
    return desk.paper(say("个人日程表", lang), parts)


def _item(desk: WritingDesk, person: PersonId, seen: SeenBooking) -> Sequence[Value]:
    """One thing somebody has; a talk says with whom."""
    lang, start, end = desk.lang, desk.local(seen.span.start), desk.local(seen.span.end)
    what = title(desk, seen)
    if seen.kind == Kind.TALK:
        others = [desk.person(p) for p in seen.people if p != person] + [guest.name for guest in seen.guests]
        what = desk.remarked(what, listed(others, lang))
    times = f"{wording.time_text(start)}–{wording.time_text(end)}"
    remark = say("主持", lang) if seen.host == person else say("列席", lang) if person in seen.observers else ""
    day = start.date()
    return [wording.day_text(day, lang), wording.weekday_text(day, lang), times, what, desk.place(seen.room), remark]


# ── Blank records of many talks ──────────────────────────────────────────────────────────────────────────────────────
def record_forms(desk: WritingDesk, subject: str) -> Paper:
    """谈心谈话记录表, one for each talk of some days that the viewer may know of: each on a page of its own.

    Raises NotFound where there is none, Malformed for too many.
    """
    require(desk.actor, Action.SEE_LEDGER, Action.SEE_OWN_ROW)
    first, last = days_of(desk, subject)
    campaign = load.campaign(desk.session, desk.as_of.day, desk.campaign)
    if not subject and campaign:
        last = campaign.ends
    talks = [
        seen
        for seen in bookings.listing(
            desk.session, desk.actor, Query(kind=Kind.TALK, first=first, last=last), desk.clock
        )
        if not seen.is_busy and seen.state != State.CANCELLED
    ]
    if not talks:
        raise NotFound("booking", wording.label(Kind.TALK, desk.lang))
    if len(talks) > MOST_FORMS:
        raise Malformed("too_many_bookings", "subject", most=MOST_FORMS)
    heading = say("谈心谈话记录表", desk.lang)
    parts: list[Part] = []
    for seen in talks:
        parts += [*([PageBreak()] if parts else []), PaperLine(heading, LineKind.TITLE), *record_form(desk, seen).parts]
    return desk.paper("", parts)
