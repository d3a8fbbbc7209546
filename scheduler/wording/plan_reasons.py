"""The sentences for why a talk found no place, and for what would help; names are put in for ids."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.people import Room
from scheduler.core.plans.placements import Repair
from scheduler.wording.labels import label
from scheduler.wording.times import day_text, time_text

NameOf = Callable[[str], str]
"""The name of a person or a room by id."""
NAMED = ("name", "tightest", "person", "other", "room", "people", "rooms", "pool_people")
"""Details that hold ids."""
REASONS = {
    "never_free_together": (
        "{people} 在 {until} 之前没有共同的空闲时间",
        "{people} are never free together until {until}",
    ),
    "pair_never_free": (
        "{people} 在 {until} 之前没有共同的空闲时间（{tightest} 空闲 {free} 格，需要 {needed} 格，每格 {minutes} 分钟）",
        "{people} are never free together until {until} ({tightest}: {free} free steps of {minutes} minutes, {needed} are needed)",
    ),
    "never_free_with_any": (
        "{people} 在 {until} 之前与 {pool_people} 中任何一人都没有共同的空闲时间（{tightest} 空闲 {free} 格，需要 {needed} 格，每格 {minutes} 分钟）",
        "{people} is never free together with any of {pool_people} until {until} ({tightest}: {free} free steps of {minutes} minutes, {needed} are needed)",
    ),
    "rooms_taken_then": (
        "{people} 都有空时 {rooms} 均被占用（截至 {until} 共空闲 {free} 格，需要 {needed} 格，每格 {minutes} 分钟）",
        "{rooms}: taken whenever {people} are free ({free} free steps of {minutes} minutes until {until}, {needed} are needed)",
    ),
    "no_room_free": (
        "{people} 有共同的空闲时间，但在 {until} 之前那时没有空的场地",
        "{people} are free together, but never at a time when a room is, until {until}",
    ),
    "no_room_large_enough": ("没有能容纳 {size} 人的场地", "No room holds {size} people"),
    "rooms_full": (
        "{rooms} 截至 {until} 只有 {free} 格空闲，谈话需要 {needed} 格（每格 {minutes} 分钟）",
        "{rooms}: {free} steps are free until {until}, and the talks need {needed} ({minutes} minutes each)",
    ),
    "person_overfull": (
        "{name} 有 {talks} 次谈话，需要 {needed} 格，截至 {until} 只有 {free} 格空闲（每格 {minutes} 分钟）",
        "{name} has {talks} talks that need {needed} steps, and {free} free until {until} ({minutes} minutes each)",
    ),
    "day_maximum": (
        "{name} 有 {talks} 次谈话，每天最多 {limit} 次，截至 {until} 只能安排 {most} 次",
        "{name} has {talks} talks; with {limit} a day at most, {most} fit until {until}",
    ),
    "person_does_not_fit": (
        "{name} 的 {talks} 次谈话（需要 {needed} 格）排不进截至 {until} 的 {free} 格空闲时间（每格 {minutes} 分钟）",
        "{name}: {talks} talks (needing {needed} steps) do not fit into the {free} free ones until {until} ({minutes} minutes each)",
    ),
    "crowded_out": (
        "{people} 可用的时间都要留给别的谈话：{name} 有 {talks} 次谈话，需要 {needed} 格，截至 {until} 有 {free} 格空闲（每格 {minutes} 分钟）",
        "Other talks need every time that {people} have: {name} has {talks} talks that need {needed} steps, and {free} free until {until} ({minutes} minutes each)",
    ),
    "all_ways_tried": (
        "所有排法都已试过：到 {until} 为止不可能全部排完",
        "All ways were tried: not everything can be over by {until}",
    ),
    "window_empty": ("{people} 的谈话窗口期内没有可用时间", "There is no time for {people} within the window"),
    "no_time_left": (
        "{people} 的谈话窗口期（{window}）在所排时间内没有工作时间",
        "The window of {people} ({window}) has no working time left in the days that are arranged",
    ),
    "too_few_days": (
        "{people} 还需在 {needed} 个不同的日子谈话，双方都有空的只有 {days} 天",
        "{people} need {needed} different days, and are free together on {days}",
    ),
    "too_few_of_pool": (
        "{name} 须与 {k} 名不同的人谈话，可选的只有 {pool} 人",
        "{name} has to talk with {k} different people, and there are {pool} to choose from",
    ),
}
"""Kind → its sentence in Chinese and in English; what was not given is left out."""
REPAIRS = {
    "more_time": ("{name} 于{day}再空出 {minutes} 分钟", "{minutes} more minutes of {name} on {day}"),
    "more_rooms": ("再增加 {count} 个场地", "{count} more room(s)"),
    "later_day": ("延至{day}", "Until {day}"),
    "lift_day_maximum": ("{name} 每天最多谈话 {limit} 次", "{limit} talks a day for {name}"),
    "unfix": ("松开固定的安排：{talk}", "Let go of what is fixed: {talk}"),
}
_USUAL = {"count": 1}


class _Details(dict[str, str]):
    """Details of a sentence; what was not given stays empty."""

    def __missing__(self, key: str) -> str:
        return ""


def sentence(finding: Finding, name_of: NameOf = str, lang: str = "zh") -> str:
    """Why something has no place, or what binds a plan; the kind is one of `SENTENCES`."""
    if finding.kind == "double_booked":
        return _double_booked(finding, lang)
    return _filled(REASONS[finding.kind], finding.details, name_of, lang)


def repair_text(repair: Repair, name_of: NameOf = str, lang: str = "zh") -> str:
    """What would make room for a talk."""
    said = REPAIRS.get(repair.kind)
    if said is None:
        return label(repair.kind, lang)
    return _filled(said, _USUAL | dict(repair.details), name_of, lang)


def _filled(sentence: tuple[str, str], details: Mapping[str, object], name_of: NameOf, lang: str) -> str:
    shown = _Details({key: _shown(key, value, name_of, lang) for key, value in details.items()})
    shown["window"] = _window(details, lang)
    return re.sub(r" {2,}", " ", sentence[0 if lang == "zh" else 1].format_map(shown)).strip()


def _shown(key: str, value: object, name_of: NameOf, lang: str) -> str:
    """A detail as people read it."""
    if isinstance(value, (tuple, list)):
        names = [name_of(str(one)) if key in NAMED else str(one) for one in value]
        return "、".join(names) if lang == "zh" else " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    if key in NAMED:
        return name_of(str(value))
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value):
        moment = datetime.fromisoformat(value)
        return f"{day_text(moment.date(), lang)} {time_text(moment.time())}"
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return day_text(date.fromisoformat(value), lang)
    return day_text(value, lang) if isinstance(value, date) else str(value)


def _window(details: Mapping[str, object], lang: str) -> str:
    """From when to when a window lies; an end that it does not have is left out."""
    first, last = (details.get(key) for key in ("first", "last"))
    ends = [day_text(day, lang) for day in (first, last) if isinstance(day, date)]
    return ("至" if lang == "zh" else " to ").join(ends)


def _double_booked(finding: Finding, lang: str) -> str:
    """Two bookings that contradict each other."""
    named, found = finding.details.get("name"), finding.details.get("bookings")
    name = named or finding.subject
    if isinstance(named, Room):
        name = named.name if lang == "zh" else named.name_en or named.name
    ids = (" 与 " if lang == "zh" else " and ").join(map(str, found)) if isinstance(found, tuple) else ""
    return f"{name} 同时有 {ids}" if lang == "zh" else f"{name} has {ids} at the same time"


def _with_ids(finding: Finding, lang: str) -> str:
    return sentence(finding, lang=lang)


SENTENCES: dict[str, Callable[[Finding, str], str]] = dict.fromkeys((*REASONS, "double_booked"), _with_ids)
"""Every kind, with how to say it where no names are at hand."""
