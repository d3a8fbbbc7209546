"""Pictures of a report, each with the table that says the same: coverage over time, load of each week, hours of everybody, tasks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler import wording
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.rates import percent
from scheduler.core.papers.trends import BurnUp, WeekLoad
from scheduler.core.programme.tasks import TaskState
from scheduler.documents.graphs import AxisMark, Bar, BarPart, Graph, Level, Line, Tone, Upright
from scheduler.documents.papers import Value
from scheduler.services.papers.reports import PeriodReport
from scheduler.wording.programme import TASK_STATES
from scheduler.wording.texts import say

MOST_MARKS = 10
MOST_BARS = 60
TASK_TONES = {
    TaskState.OPEN: Tone.BAD,
    TaskState.UNDER_WAY: Tone.WARN,
    TaskState.DONE: Tone.GOOD,
    TaskState.STANDING: Tone.SOFT,
}


@dataclass(frozen=True, slots=True)
class ReportPicture:
    """A picture, what is to be said of it, and its figures."""

    title: str
    about: str
    graph: Graph
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Value]]


def pictures(told: PeriodReport, lang: str) -> list[ReportPicture]:
    """The pictures that a report has anything to show on."""
    trends = told.trends
    drawn = [
        _coverage(trends.burn_up, lang) if trends.burn_up else None,
        _weeks(trends.weeks, lang) if trends.weeks else None,
        _hours(told, told.roster.name, lang) if trends.hours else None,
        _tasks(told, lang) if told.tasks else None,
    ]
    return [picture for picture in drawn if picture]


def _coverage(burn_up: BurnUp, lang: str) -> ReportPicture:
    """How far the talks came week by week, and where that leads by the end of their window."""
    days, last, required = burn_up.days, burn_up.days[-1], burn_up.required
    now, closes, done_by = burn_up.covered[-1], burn_up.closes, burn_up.done_by
    end = max(day for day in (last, closes, min(done_by, closes or done_by) if done_by else None) if day)
    first = min(days[0], end)
    length = max((end - first).days, 1)

    def place(day: date) -> float:
        return (day - first).days / length

    lines = [Line(tuple((place(day), float(count)) for day, count in zip(days, burn_up.covered, strict=True)))]
    if done_by:
        until = min(done_by, end)
        there = now + (required - now) * (until - last).days / (done_by - last).days
        lines.append(Line(((place(last), float(now)), (place(until), there)), Tone.MAIN, is_dashed=True))
    graph = Graph(
        _marks([(place(day), _short(day)) for day in sorted({first, last, *([closes] if closes else []), *days})]),
        tuple(lines),
        levels=(Level(float(required), Tone.GOOD),),
        uprights=(Upright(place(closes)),) if closes and closes >= first else (),
    )
    rows = [
        (wording.date_text(day, lang), count, required, percent(count, required))
        for day, count in zip(days, burn_up.covered, strict=True)
    ]
    heads = (say("截至", lang), say("已谈（次）", lang), say("应谈（次）", lang), say("覆盖率（%）", lang))
    return ReportPicture(say("必谈覆盖进度", lang), _leads_to(burn_up, lang), graph, heads, rows)


def _leads_to(burn_up: BurnUp, lang: str) -> str:
    """Until when the window is, and when all would be covered."""
    if burn_up.covered[-1] >= burn_up.required:
        ahead = say("已全部谈完", lang)
    elif burn_up.done_by:
        ahead = say("按近四周的进度，%(day)s谈完", lang, day=wording.date_text(burn_up.done_by, lang))
    else:
        ahead = say("近四周没有新谈的，按这个进度谈不完", lang)
    if burn_up.closes is None:
        return say("绿线：应谈；虚线：预计。%(ahead)s。", lang, ahead=ahead)
    day = wording.date_text(burn_up.closes, lang)
    return say("绿线：应谈；竖线：谈话期限（%(day)s）；虚线：预计。%(ahead)s。", lang, day=day, ahead=ahead)


def _weeks(weeks: Sequence[WeekLoad], lang: str) -> ReportPicture:
    """How much stands in each week."""
    count = len(weeks)
    bars = [
        _bar(number, count, (BarPart(float(week.talks)), BarPart(float(week.others), Tone.SOFT)))
        for number, week in enumerate(weeks)
    ]
    marks = [((number + 0.5) / count, _short(week.monday)) for number, week in enumerate(weeks)]
    rows = [(wording.date_text(week.monday, lang), week.talks, week.others) for week in weeks]
    heads = (say("周一", lang), say("谈话（次）", lang), say("会议等（次）", lang))
    about = say("蓝：谈话；灰：会议等。取消的不计。", lang)
    return ReportPicture(say("每周安排", lang), about, Graph(_marks(marks), bars=tuple(bars)), heads, rows)


def _hours(told: PeriodReport, name: Callable[[PersonId], str], lang: str) -> ReportPicture:
    """What everybody has, numbered as in the table beside it."""
    hours = told.trends.hours or {}
    people = told.roster.in_rank_order(hours)[:MOST_BARS]
    count = len(people)
    bars = [_bar(number, count, (BarPart(hours[person], Tone.GOOD),)) for number, person in enumerate(people)]
    marks = [((number + 0.5) / count, str(number + 1)) for number in range(count)]
    rows = [(number, name(person), hours[person]) for number, person in enumerate(people, 1)]
    about = say("图中的数字是序号。", lang)
    if len(hours) > count:
        about = say("图中的数字是序号。只列前 %(count)s 人，共 %(total)s 人。", lang, count=count, total=len(hours))
    heads = (say("序号", lang), say("姓名", lang), say("学时", lang))
    return ReportPicture(say("每人学时", lang), about, Graph(_marks(marks), bars=tuple(bars)), heads, rows)


def _tasks(told: PeriodReport, lang: str) -> ReportPicture:
    """How many tasks are how far."""
    states = list(TaskState)
    bars = [
        _bar(number, len(states), (BarPart(float(told.tasks[state]), TASK_TONES[state]),))
        for number, state in enumerate(states)
    ]
    marks = tuple(AxisMark((number + 0.5) / len(states), str(number + 1)) for number in range(len(states)))
    rows = [(number, say(TASK_STATES[state], lang), told.tasks[state]) for number, state in enumerate(states, 1)]
    about = say("图中的数字是序号。逾期 %(count)s 项。", lang, count=told.tasks["late"])
    heads = (say("序号", lang), say("状态", lang), say("项数", lang))
    return ReportPicture(say("整改任务", lang), about, Graph(marks, bars=tuple(bars)), heads, rows)


def _bar(number: int, count: int, parts: tuple[BarPart, ...]) -> Bar:
    return Bar((number + 0.2) / count, (number + 0.8) / count, parts)


def _marks(marks: Sequence[tuple[float, str]]) -> tuple[AxisMark, ...]:
    """As many of them as can be read beside one another."""
    kept: list[AxisMark] = []
    for place, label in marks:
        if not kept or place - kept[-1].place >= 1 / MOST_MARKS:
            kept.append(AxisMark(place, label))
    return tuple(kept)


def _short(day: date) -> str:
    return f"{day.month}.{day.day}"
