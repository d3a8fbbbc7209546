"""Series of sessions as people read them: half-days, why not all can be placed, what would help."""

from collections.abc import Callable, Iterable
from datetime import date

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.people import Room
from scheduler.core.sessions.series import NUMBER, HalfDay, RepairKind, SeriesRepair
from scheduler.wording.labels import label
from scheduler.wording.texts import SOURCE, filled, listed, named, say, words
from scheduler.wording.times import day_text, weekday_text

_MONDAY = date(2024, 1, 1)
_HALVES = words("half day", {"am": "上午", "pm": "下午"})


_REPAIRS = {
    RepairKind.HALF_DAY: "加上%(value)s",
    RepairKind.APART: "间隔改为至少 %(value)s 天",
    RepairKind.PER_WEEK: "每周至多改为 %(value)s 次",
    RepairKind.LAST: "截止日期延到%(value)s",
    RepairKind.COUNT: "只排 %(value)s 次",
}
TEXTS = {
    "series_days": "可选的日子只有 %(most)s 天",
    "series_apart": "至少间隔 %(apart)s 天，只排得下 %(most)s 次",
    "series_per_week": "每周至多 %(per_week)s 次，只排得下 %(most)s 次",
    "series_both": "至少间隔 %(apart)s 天且每周至多 %(per_week)s 次，只排得下 %(most)s 次",
    "series_people": "%(of)s 个可选日子中，必须到会的人都在、且无人另有安排的只有 %(days)s 天",
    "series_person": "%(name)s：%(of)s 天中有 %(days)s 天排不开",
    "series_no_room": "没有容得下的场地",
}


def half_day_text(half_day: HalfDay, lang: str = "zh") -> str:
    """The halves of a weekday: `周三下午`, `Wed afternoon`."""
    weekday, half = weekday_text(_MONDAY.replace(day=1 + half_day.weekday), lang), say(_HALVES[half_day.half], lang)
    return say("%(weekday)s%(half)s", lang, weekday=weekday, half=half)


def series_title(kind: str) -> str:
    """What the sessions of a series are called if nobody says otherwise: `第{n}次集中学习`."""
    return say("第%(number)s次%(kind)s", SOURCE, number=NUMBER, kind=label(kind, SOURCE))


def half_days_text(half_days: Iterable[HalfDay], lang: str = "zh") -> str:
    """Several of them, in the order of the week."""
    return listed((half_day_text(half_day, lang) for half_day in sorted(half_days)), lang)


def repair_text(repair: SeriesRepair, lang: str = "zh") -> str:
    """What to ask differently, and how well attended it would be: `间隔改为 3 天（缺席 2 人次）`."""
    change = say(_REPAIRS[repair.kind], lang, value=_shown(repair.value, lang))
    return (
        say("%(change)s（缺席 %(count)s 人次）", lang, change=change, count=repair.missed) if repair.missed else change
    )


def _shown(value: int | date | HalfDay, lang: str) -> str:
    if isinstance(value, HalfDay):
        return half_day_text(value, lang)
    if isinstance(value, date):
        return say("%(day)s（%(weekday)s）", lang, day=day_text(value, lang), weekday=weekday_text(value, lang))
    return str(value)


def _reason(finding: Finding, lang: str) -> str:
    return _filled(TEXTS[finding.kind], finding, lang)


def _room(finding: Finding, lang: str) -> str:
    """How seldom the room asked for, or any, is free."""
    room = finding.details.get("name")
    if not isinstance(room, Room):
        return _filled("%(of)s 天中只有 %(days)s 天有场地", finding, lang)
    return _filled(
        "%(name)s：%(of)s 天中只有 %(days)s 天空着", finding, lang, name=named(lang, room.name, room.name_en)
    )


def _filled(text: str, finding: Finding, lang: str, name: str = "") -> str:
    """Details are filled in, and the name; a number that did not come along is a question mark."""
    name = name or str(finding.details.get("name") or finding.subject)
    return filled(text, lang, {**finding.details, "name": name}, lacking="?")


SENTENCES: dict[str, Callable[[Finding, str], str]] = {**dict.fromkeys(TEXTS, _reason), "series_room": _room}
"""Every kind of reason, with how to say it."""
