"""The programme page: three urgent cards, and every lane on one time line, as of any day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import GroupId, PersonId
from scheduler.core.programme.conditions import What
from scheduler.core.programme.lanes import Lane, LaneKey, LaneState, MarkKind, NextStep, workdays_left
from scheduler.services.programme import lanes as service
from scheduler.services.programme import own_duties
from scheduler.services.programme.lanes import Programme
from scheduler.web.coverage.days import Slider, slider_over
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _, pgettext
from scheduler.web.programme import pages
from scheduler.wording.programme import CONDITIONS, LANE_STATES, LANES, NEXT_STEPS
from scheduler.wording.texts import say

WIDTH = 420
"""Of the time line, in its own units."""
URGENT = 3
SHOWN_WHO = 3
TIGHT = 3
"""So few workdays before its day, a card is red."""
TONES = {
    LaneState.DONE: ("held", "✓"),
    LaneState.ON_TRACK: ("booked", "●"),
    LaneState.DUE: ("awaiting_confirmation", "◐"),
    LaneState.LATE: ("bad", "!"),
    LaneState.NOT_ASKED: ("", "·"),
}


@dataclass(frozen=True, slots=True)
class MarkView:
    """A mark on the time line: a dot, a ring, or a line."""

    x: float
    kind: MarkKind
    day: str


@dataclass(frozen=True, slots=True)
class LaneView:
    """A lane as the page prints it."""

    key: str
    name: str
    href: str
    done: int
    of: int
    unit: str
    state: str
    tone: str
    sign: str
    marks: list[MarkView]
    before: str
    """What lies before the time line begins."""
    who: str
    next: str
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class UrgentCard:
    """One of the three things that cannot wait."""

    kind: str
    until: str
    left: str
    is_bad: bool
    says: str
    href: str
    act: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The time line that all lanes share."""

    first: date
    last: date
    months: list[tuple[float, str]]
    today: float | None
    meeting: float | None
    meeting_day: str

    def x(self, day: date) -> float:
        """Where a day lies."""
        return round(WIDTH * (day - self.first).days / max((self.last - self.first).days, 1), 1)


@pages.get("/progress")
@edge.policy(Action.SEE_PROGRAMME)
def lanes() -> ResponseReturnValue:
    """The programme of the campaign as of a day."""
    fields = Fields(request.args)
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    try:
        told = service.programme(session, actor, fields.day("as_of"), clock, seen_campaign.named())
    except NotFound:
        return render_template("programme/none.html")
    axis = _axis(told)
    return render_template(
        "programme/lanes.html",
        told=told,
        as_of=told.as_of.day,
        under_title=_under_title(told),
        axis=axis,
        width=WIDTH,
        lanes=[_lane(lane, told, axis) for lane in told.lanes],
        urgent=urgent(told),
        slider=_slider(told),
        is_today=told.as_of.day == facts.today(),
    )


@pages.get("/progress/urgent")
@edge.policy(Action.SEE_PROGRAMME)
def urgent_cards() -> ResponseReturnValue:
    """The three things that cannot wait, for the home page to fetch once it stands; nothing where there are none."""
    try:
        told = service.programme(edge.session(), edge.actor(), None, edge.clock(), seen_campaign.named())
    except NotFound:
        return ""
    return render_template("programme/urgent.html", urgent=urgent(told))


def _under_title(told: Programme) -> list[str]:
    lang, day = edge.lang(), told.as_of.day
    parts = [wording.days_text(told.campaign.starts, told.campaign.ends, lang)]
    if told.phase:
        parts.append(_("“%(name)s”第 %(count)s 天", name=told.phase.name, count=(day - told.phase.first).days + 1))
    meeting = _meeting_day(told)
    if meeting and meeting > day:
        left = workdays_left(day, meeting, facts.working_time())
        parts.append(_("距民主生活会 %(count)s 个工作日", count=left))
    return parts


def _meeting_day(told: Programme) -> date | None:
    return told.gate.booking.day(told.as_of.zone) if told.gate else None


def _axis(told: Programme) -> Axis:
    first, last = told.campaign.starts, told.campaign.ends
    meeting = _meeting_day(told)
    axis = Axis(first, last, [], None, None, "")
    month, months = (first.replace(day=1) + timedelta(days=32)).replace(day=1), []
    while month <= last:
        months.append((axis.x(month), wording.month_text(month, edge.lang())[:3]))
        month = (month + timedelta(days=32)).replace(day=1)
    day = told.as_of.day
    return Axis(
        first,
        last,
        months,
        axis.x(day) if first <= day <= last else None,
        axis.x(meeting) if meeting and first <= meeting <= last else None,
        wording.day_text(meeting, edge.lang()) if meeting else "",
    )


def _slider(told: Programme) -> Slider | None:
    campaign, lang = told.campaign, edge.lang()
    named = [(facts.today(), _("今天"), "today")]
    named += [(phase.first, phase.name, "phase") for phase in campaign.phases]
    named += [(day, wording.label(key, lang), "milestone") for key, day in campaign.milestones.items()]
    return slider_over(told.as_of.day, campaign.starts, campaign.ends, named)


def _lane(lane: Lane, told: Programme, axis: Axis) -> LaneView:
    details, lang = lane.facts, edge.lang()
    inside = [mark for mark in details.marks if axis.first <= mark.day <= axis.last]
    earlier = [mark.day for mark in details.marks if mark.day < axis.first]
    tone, sign = TONES[lane.state]
    return LaneView(
        lane.key,
        say(LANES[lane.key], lang),
        _href(lane.key, told),
        details.done,
        details.of,
        _units()[lane.key],
        say(LANE_STATES[lane.state], lang),
        tone,
        sign,
        [MarkView(axis.x(mark.day), mark.kind, wording.day_text(mark.day, lang)) for mark in inside],
        _("更早：%(day)s", day=wording.date_text(earlier[-1], lang)) if earlier and not inside else "",
        _who(lane),
        _following(lane, told),
        lane.state in (LaneState.DONE, LaneState.NOT_ASKED),
    )


def _units() -> Mapping[str, str]:
    """What each lane counts."""
    talks, meetings, people, papers, items = _("次"), pgettext("meetings", "次"), _("人"), _("份"), _("项")
    return {
        LaneKey.STUDY: people,
        LaneKey.OPINIONS: papers,
        LaneKey.MATERIALS: papers,
        LaneKey.GATE: items,
        LaneKey.TASKS: items,
        LaneKey.BATCHES: people,
        LaneKey.REPORTS: papers,
        **dict.fromkeys((LaneKey.TALKS, LaneKey.EXTENDED, LaneKey.BRANCH_TALKS), talks),
        **dict.fromkeys((LaneKey.LECTURES, LaneKey.SYMPOSIUMS, LaneKey.VISITS, LaneKey.MEETINGS), meetings),
    }


def _href(key: LaneKey, told: Programme) -> str:
    """Where the list of a lane is."""
    gate = url_for("programme.gate", booking_id=told.gate.booking.id) if told.gate else ""
    return {
        LaneKey.STUDY: url_for("sessions.study"),
        LaneKey.LECTURES: url_for("bookings.bookings", view="list", kind="party_lecture", first=told.campaign.starts),
        LaneKey.SYMPOSIUMS: url_for("bookings.bookings", view="list", kind="symposium", first=told.campaign.starts),
        LaneKey.VISITS: url_for("programme.visits"),
        LaneKey.OPINIONS: url_for("programme.opinions"),
        LaneKey.TALKS: url_for("coverage.home"),
        LaneKey.EXTENDED: url_for("coverage.home", optional=1),
        LaneKey.BRANCH_TALKS: url_for("rules.rules"),
        LaneKey.MATERIALS: url_for("programme.materials"),
        LaneKey.GATE: gate,
        LaneKey.MEETINGS: url_for("programme.frequencies"),
        LaneKey.TASKS: url_for("programme.tasks"),
        LaneKey.BATCHES: url_for("programme.batches"),
        LaneKey.REPORTS: gate,
    }[key]


def _who(lane: Lane) -> str:
    """Who is missing; of many, the first few and how many there are."""
    names = [_named(who, lane.key) for who in lane.facts.who]
    told = facts.names().listed(names[:SHOWN_WHO])
    return _("%(names)s 等 %(count)s", names=told, count=len(names)) if len(names) > SHOWN_WHO else told


def _named(who: str, key: LaneKey) -> str:
    names, roster = facts.names(), facts.roster()
    if key is LaneKey.GATE:
        return say(CONDITIONS[who], edge.lang()) if who in CONDITIONS else who
    if key is LaneKey.MEETINGS:
        return names.group(GroupId(who))
    if PersonId(who) in roster.people:
        return names.person(PersonId(who))
    return _("班子") if key is LaneKey.MATERIALS else who


def _following(lane: Lane, told: Programme) -> str:
    """What comes next in a lane, with its day."""
    lang = edge.lang()
    coming = min((mark.day for mark in lane.facts.marks if mark.kind is MarkKind.WILL), default=None)
    if lane.state in (LaneState.DONE, LaneState.NOT_ASKED):
        return ""
    if coming and lane.key in (LaneKey.LECTURES, LaneKey.SYMPOSIUMS, LaneKey.VISITS):
        return _("下一次 %(day)s", day=wording.dated_text(coming, lang))
    due = lane.facts.due
    if due is None:
        return ""
    if due < told.as_of.day:
        return _("期限 %(day)s 已过", day=wording.day_text(due, lang))
    return _("%(day)s前", day=wording.dated_text(due, lang))


# ── What cannot wait ─────────────────────────────────────────────────────────────────────────────────────────────────
def urgent(told: Programme) -> list[UrgentCard]:
    """The first three of what is next and concerns the visitor; milestones themselves take no card."""
    steps = [step for step in told.next if step.what != "milestone" and _concerns(step)]
    return [_card(step, told) for step in steps[:URGENT]]


def _concerns(step: NextStep) -> bool:
    """Whether somebody who only watches has a part in it: the signing group reads, signs and is talked with."""
    return access.may(edge.actor(), Action.OVERRIDE_GATE) or step.what in (What.PLAN, What.MATERIALS, What.TALKS)


def own_cards() -> list[UrgentCard]:
    """The first three of what is due of the visitor's own."""
    steps = own_duties.own(edge.session(), edge.actor(), edge.clock())
    return [_dated_card(step, facts.today(), *_own(step)) for step in steps[:URGENT]]


def _own(step: NextStep) -> tuple[str, str, str]:
    """What the visitor has to do, the word of its button, and where it leads."""
    cards: dict[str, tuple[str, str, str]] = {
        LaneKey.TALKS: (_("还差 %(count)s 次谈话", count=step.name), _("查看"), "#asked"),
        LaneKey.STUDY: (_("学时还差 %(hours)s", hours=step.name), _("查看学时"), "#study"),
        LaneKey.MATERIALS: (_("本人的对照检查材料待提交"), _("查看材料"), url_for("programme.materials")),
        LaneKey.TASKS: (step.name, _("查看台账"), url_for("programme.tasks")),
    }
    return cards[step.what]


def _card(step: NextStep, told: Programme) -> UrgentCard:
    return _dated_card(step, told.as_of.day, *_says(step, told))


def _dated_card(step: NextStep, day: date, says: str, act: str, href: str) -> UrgentCard:
    lang = edge.lang()
    left = workdays_left(day, step.day, facts.working_time())
    is_late = step.day < day
    until = wording.day_text(step.day, lang)
    return UrgentCard(
        say(NEXT_STEPS[step.what], lang),
        _("期限 %(day)s", day=until) if is_late else _("%(day)s前", day=until),
        _("已过期") if is_late else _("还有 %(count)s 个工作日", count=left),
        is_late or left < TIGHT,
        says,
        href,
        act,
    )


def _says(step: NextStep, told: Programme) -> tuple[str, str, str]:
    """What there is to do, the word of its button, and where it leads."""
    gate = url_for("programme.gate", booking_id=told.gate.booking.id) if told.gate else url_for("programme.lanes")
    missing = {lane.key: lane.facts.of - lane.facts.done for lane in told.lanes}
    behind = next(lane.facts.who for lane in told.lanes if lane.key is LaneKey.STUDY)
    cards: dict[str, tuple[str, str, str]] = {
        What.REPORT: (_("会前报告尚未发出"), _("登记已发出"), gate),
        What.PLAN: (_("会议方案待督导组同意"), _("查看条件"), gate),
        What.STUDY: (
            _("%(names)s学时未达标", names=facts.names().people(map(PersonId, behind))),
            _("查看学时"),
            url_for("sessions.study"),
        ),
        What.TALKS: (
            _("还差 %(count)s 次谈话", count=missing[LaneKey.TALKS]),
            _("自动排期"),
            url_for("arranging.new_plan"),
        ),
        What.MATERIALS: (
            _("还有 %(count)s 份材料未签署", count=missing[LaneKey.MATERIALS]),
            _("查看材料"),
            url_for("programme.materials"),
        ),
        What.OPINIONS: (
            _("还有 %(count)s 份意见未收回", count=missing[LaneKey.OPINIONS]),
            _("查看名单"),
            url_for("programme.opinions"),
        ),
        LaneKey.TASKS: (
            _("整改任务 %(id)s 未完成", id=step.subject),
            _("查看台账"),
            url_for("programme.tasks"),
        ),
        LaneKey.REPORTS: (_("会后情况报告尚未上报"), _("登记上报"), gate),
        LaneKey.MEETINGS: (_("有支部本期会议还没有安排"), _("查看"), url_for("programme.frequencies")),
        What.OTHER: (step.name, _("查看条件"), gate),
    }
    if step.what in cards:
        return cards[step.what]
    name = say(NEXT_STEPS[step.what], edge.lang())
    return _("%(name)s还没有全部完成", name=name), _("查看"), _href(LaneKey(step.what), told)
