"""Series of sessions as people read them: half-days, why not all can be placed, what would help."""

from collections.abc import Callable, Iterable
from datetime import date

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.people import Room
from scheduler.core.sessions.series import NUMBER, HalfDay, RepairKind, SeriesRepair
from scheduler.wording.labels import label
from scheduler.wording.times import day_text, weekday_text

_MONDAY = date(2024, 1, 1)
_HALVES = {"am": ("上午", "morning"), "pm": ("下午", "afternoon")}


def half_day_text(half_day: HalfDay, lang: str = "zh") -> str:
    """The halves of a weekday: `周三下午`, `Wed afternoon`."""
    day = weekday_text(_MONDAY.replace(day=1 + half_day.weekday), lang)
    chinese, english = _HALVES[half_day.half]
    return f"{day}{chinese}" if lang == "zh" else f"{day} {english}"


def series_title(kind: str) -> str:
    """What the sessions of a series are called if nobody says otherwise: `第{n}次集中学习`."""
    return f"第{NUMBER}次{label(kind, 'zh')}"


def half_days_text(some: Iterable[HalfDay], lang: str = "zh") -> str:
    """Several of them, in the order of the week."""
    return ("、" if lang == "zh" else ", ").join(half_day_text(one, lang) for one in sorted(some))


def repair_text(repair: SeriesRepair, lang: str = "zh") -> str:
    """What to ask differently, and how well attended it would be: `间隔改为 3 天（缺席 2 人次）`."""
    chinese, english = _REPAIRS[repair.kind]
    value = repair.value
    if isinstance(value, HalfDay):
        shown = half_day_text(value, lang)
    elif isinstance(value, date):
        shown = f"{day_text(value, lang)}{'' if lang == 'zh' else ' '}{_in_brackets(weekday_text(value, lang), lang)}"
    else:
        shown = str(value)
    said = (chinese if lang == "zh" else english).format(shown)
    if not repair.missed:
        return said
    missed = f"缺席 {repair.missed} 人次" if lang == "zh" else f"{repair.missed} missed"
    return f"{said}{'' if lang == 'zh' else ' '}{_in_brackets(missed, lang)}"


def _in_brackets(text: str, lang: str) -> str:
    return f"（{text}）" if lang == "zh" else f"({text})"


_REPAIRS = {
    RepairKind.HALF_DAY: ("加上{}", "Take {}s too"),
    RepairKind.APART: ("间隔改为至少 {} 天", "At least {} days apart"),
    RepairKind.PER_WEEK: ("每周至多改为 {} 次", "At most {} a week"),
    RepairKind.LAST: ("截止日期延到{}", "Until {}"),
    RepairKind.COUNT: ("只排 {} 次", "Only {} sessions"),
}


class _Details(dict[str, object]):
    """Details of a finding; a number that did not come along is a question mark."""

    def __missing__(self, key: str) -> str:
        return "?"


def _said(chinese: str, english: str) -> Callable[[Finding, str], str]:
    """A sentence in both languages; details are filled in, and `{name}`."""

    def say(finding: Finding, lang: str) -> str:
        name = str(finding.details.get("name") or finding.subject)
        return (chinese if lang == "zh" else english).format_map(_Details(finding.details, name=name))

    return say


def _room(finding: Finding, lang: str) -> str:
    """How seldom the room asked for, or any, is free."""
    room = finding.details.get("name")
    if not isinstance(room, Room):
        return _any_room(finding, lang)
    name = room.name if lang == "zh" else room.name_en or room.name
    return _this_room(Finding(finding.kind, finding.subject, {**finding.details, "name": name}), lang)


_any_room = _said("{of} 天中只有 {days} 天有场地", "There is a room on only {days} of {of} days")
_this_room = _said("{name}：{of} 天中只有 {days} 天空着", "{name} is free on only {days} of {of} days")
SENTENCES: dict[str, Callable[[Finding, str], str]] = {
    "series_days": _said("可选的日子只有 {most} 天", "There are only {most} possible days"),
    "series_apart": _said(
        "至少间隔 {apart} 天，只排得下 {most} 次", "At least {apart} days apart leaves room for only {most}"
    ),
    "series_per_week": _said(
        "每周至多 {per_week} 次，只排得下 {most} 次", "At most {per_week} a week leaves room for only {most}"
    ),
    "series_both": _said(
        "至少间隔 {apart} 天且每周至多 {per_week} 次，只排得下 {most} 次",
        "At least {apart} days apart and at most {per_week} a week leave room for only {most}",
    ),
    "series_people": _said(
        "{of} 个可选日子中，必须到会的人都在、且无人另有安排的只有 {days} 天",
        "On only {days} of {of} possible days are all who must come there, and nobody is booked elsewhere",
    ),
    "series_person": _said("{name}：{of} 天中有 {days} 天排不开", "{name} is not free on {days} of {of} days"),
    "series_room": _room,
    "series_no_room": _said("没有容得下的场地", "No room is large enough"),
}
"""Every kind of reason, with how to say it."""
