"""The sentences for why a talk found no place, and for what would help; names are put in for ids."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.people import Room
from scheduler.core.plans.placements import TOGETHER, Repair, parts_of
from scheduler.wording.labels import label
from scheduler.wording.texts import filled, listed, named, say, within
from scheduler.wording.times import day_text, time_text

NameOf = Callable[[str], str]
"""The name of a person or a room by id."""
NAMED = ("name", "tightest", "person", "other", "room", "people", "rooms", "pool_people", "other_people")
"""Details that hold ids."""
REASONS = {
    "never_free_together": "%(people)s 在 %(until)s 之前没有共同的空闲时间",
    "never_free_alone": "%(people)s 在 %(until)s 之前没有足够长的空闲时间",
    "longer_than_blocks": "没有够长的工作时段：谈话要 %(minutes)s 分钟，最长的时段只有 %(longest)s 分钟",
    "window_too_short": "谈话可用的时间窗口只有 %(span)s 分钟，比谈话的 %(minutes)s 分钟还短",
    "not_by_then": "%(people)s 的谈话因时长、时间窗口或固定安排，不可能在 %(until)s 之前结束",
    "order_too_early": "%(talk)s 最早到 %(first_end)s 才结束，而排在其后的 %(before)s 最晚从 %(last_start)s 起就要开始，否则 %(until)s 以前谈不完",
    "order_too_late": "%(talk)s 须在 %(after)s 之后，而 %(after)s 最早到 %(first_end)s 才结束；此后到 %(until)s 没有可用的时间",
    "people_too_late": "%(people)s 的谈话须在 %(other_people)s 之间的谈话之后，而后者最早到 %(first_end)s 才结束；此后到 %(until)s 没有可用的时间",
    "people_too_early": "%(people)s 的谈话最早到 %(first_end)s 才结束，而排在其后的 %(other_people)s 之间的谈话最晚从 %(last_start)s 起就要开始，否则 %(until)s 以前谈不完",
    "enough_stand": "%(people)s 都有空的时间里，已有人的谈话达到次数上限",
    "pair_never_free": "%(people)s 在 %(until)s 之前没有共同的空闲时间（%(tightest)s 空闲 %(free)s 格，需要 %(needed)s 格，每格 %(minutes)s 分钟）",
    "never_free_with_any": "%(people)s 在 %(until)s 之前与 %(pool_people)s 中任何一人都没有共同的空闲时间（%(tightest)s 空闲 %(free)s 格，需要 %(needed)s 格，每格 %(minutes)s 分钟）",
    "rooms_taken_then": "%(people)s 都有空时 %(rooms)s 均被占用（截至 %(until)s 共空闲 %(free)s 格，需要 %(needed)s 格，每格 %(minutes)s 分钟）",
    "no_room_free": "%(people)s 有共同的空闲时间，但在 %(until)s 之前那时没有空的场地",
    "no_room_large_enough": "没有能容纳 %(size)s 人的场地",
    "rooms_full": "%(rooms)s 截至 %(until)s 只有 %(free)s 格空闲，谈话需要 %(needed)s 格（每格 %(minutes)s 分钟）",
    "rooms_chopped": "%(rooms)s 场地截至 %(until)s 有 %(free)s 格空闲，放得下最短谈话（%(shortest)s 分钟）的只有 %(usable)s 格，谈话需要 %(needed)s 格（每格 %(minutes)s 分钟）",
    "rooms_idle": "场地截至 %(until)s 有 %(free)s 格空闲，其中 %(idle)s 格因 %(session)s 占用人员而无人可用；谈话需要 %(needed)s 格（每格 %(minutes)s 分钟）",
    "person_overfull": "%(name)s 有 %(talks)s 次谈话，需要 %(needed)s 格，截至 %(until)s 只有 %(free)s 格空闲（每格 %(minutes)s 分钟）",
    "day_maximum": "%(name)s 有 %(talks)s 次谈话，每天最多 %(limit)s 次，截至 %(until)s 只能安排 %(most)s 次",
    "half_day_maximum": "%(name)s 有 %(talks)s 次谈话，每半天最多 %(limit)s 次，截至 %(until)s 只能安排 %(most)s 次",
    "week_maximum": "%(name)s 有 %(talks)s 次谈话，每周最多 %(limit)s 次，截至 %(until)s 只能安排 %(most)s 次",
    "person_does_not_fit": "%(name)s 的 %(talks)s 次谈话（需要 %(needed)s 格）排不进截至 %(until)s 的 %(free)s 格空闲时间（每格 %(minutes)s 分钟）",
    "crowded_out": "%(people)s 可用的时间都要留给别的谈话：%(name)s 有 %(talks)s 次谈话，需要 %(needed)s 格，截至 %(until)s 有 %(free)s 格空闲（每格 %(minutes)s 分钟）",
    "day_maximum_in_the_way": "%(name)s 的 %(talks)s 次谈话（需要 %(needed)s 格）在截至 %(until)s 的 %(free)s 格空闲时间里排得下，但每天最多 %(limit)s 次时排不下（每格 %(minutes)s 分钟）",
    "not_found": "%(people)s 还有可用的时间，但在所给的计算时间内没有排上",
    "session_in_the_way": "%(people)s 同时要参加 %(session)s",
    "session_never": "%(people)s 在任何一个候选时间都不能到齐",
    "all_ways_tried": "%(until)s 以前不能全部排完（已验证）",
    "window_empty": "%(people)s 的谈话窗口期内没有可用时间",
    "no_time_left": "%(people)s 的谈话窗口期（%(window)s）在所排时间内没有工作时间",
    "too_few_days": "%(people)s 还需在 %(needed)s 个不同的日子谈话，双方都有空的只有 %(days)s 天",
    "too_few_of_pool": "%(name)s 须与 %(k)s 名不同的人谈话，可选的只有 %(pool)s 人",
}
"""Kind → its sentence; what was not given is left out."""
BETWEEN = {
    "never_free_together": "%(people)s 在 %(since)s 至 %(until)s 之间没有共同的空闲时间",
    "never_free_alone": "%(people)s 在 %(since)s 至 %(until)s 之间没有足够长的空闲时间",
    "no_room_free": "%(people)s 在 %(since)s 至 %(until)s 之间有共同的空闲时间，但那时没有空的场地",
    "pair_never_free": "%(people)s 在 %(since)s 至 %(until)s 之间没有共同的空闲时间（%(tightest)s 空闲 %(free)s 格，需要 %(needed)s 格，每格 %(minutes)s 分钟）",
    "never_free_with_any": "%(people)s 在 %(since)s 至 %(until)s 之间与 %(pool_people)s 中任何一人都没有共同的空闲时间（%(tightest)s 空闲 %(free)s 格，需要 %(needed)s 格，每格 %(minutes)s 分钟）",
    "person_overfull": "%(name)s 在 %(since)s 至 %(until)s 之间有 %(talks)s 次谈话，需要 %(needed)s 格，只有 %(free)s 格空闲（每格 %(minutes)s 分钟）",
    "day_maximum": "%(name)s 在 %(since)s 至 %(until)s 之间有 %(talks)s 次谈话，每天最多 %(limit)s 次，只能安排 %(most)s 次",
    "half_day_maximum": "%(name)s 在 %(since)s 至 %(until)s 之间有 %(talks)s 次谈话，每半天最多 %(limit)s 次，只能安排 %(most)s 次",
    "week_maximum": "%(name)s 在 %(since)s 至 %(until)s 之间有 %(talks)s 次谈话，每周最多 %(limit)s 次，只能安排 %(most)s 次",
    "day_maximum_in_the_way": "%(name)s 的 %(talks)s 次谈话（需要 %(needed)s 格）在 %(since)s 至 %(until)s 的 %(free)s 格空闲时间里排得下，但每天最多 %(limit)s 次时排不下（每格 %(minutes)s 分钟）",
    "person_does_not_fit": "%(name)s 的 %(talks)s 次谈话（需要 %(needed)s 格）排不进 %(since)s 至 %(until)s 的 %(free)s 格空闲时间（每格 %(minutes)s 分钟）",
}
"""The same where it is counted from a moment on."""
TAKEN = {
    "by_people": "%(count)s 个时间本人另有安排",
    "by_maximum": "%(count)s 个时间已到次数上限",
    "by_rooms": "%(count)s 个时间没有空的场地",
    "by_order": "%(count)s 个时间不合先后次序",
    "by_pools": "%(count)s 个时间没有可选的人",
    "by_breaks": "%(count)s 个时间会使各人的空档相差过多",
}
"""By what the starts of a talk are taken."""
STARTS_TAKEN = "在此方案中，%(people)s 可用的 %(starts)s 个开始时间都已占用：%(causes)s"
REPAIRS = {
    "more_time": "%(name)s 于%(day)s再空出 %(minutes)s 分钟",
    "more_rooms": "再增加 %(count)s 个场地",
    "larger_room": "增加一个能容纳 %(size)s 人的场地",
    "drop_order": "不要求在 %(after)s 之后",
    "drop_order_of": "不要求在 %(other_people)s 之间的谈话之后",
    "shorten": "缩短到 %(minutes)s 分钟",
    "later_day": "延至%(day)s",
    "later_window": "延至%(day)s，须先把谈话窗口期（到%(closes)s为止）延长",
    "lift_half_day_maximum": "%(name)s 每半天最多谈话 %(limit)s 次",
    "lift_week_maximum": "%(name)s 每周最多谈话 %(limit)s 次",
    "lift_day_maximum": "%(name)s 每天最多谈话 %(limit)s 次",
    "unfix": "松开固定的安排：%(talk)s",
    "more_time_from": "%(name)s 于%(day)s %(time)s 起再空出 %(minutes)s 分钟",
    "larger_rooms": "增加 %(count)s 个能容纳 %(size)s 人的场地",
    "shorten_of": "%(people)s 的谈话缩短到 %(minutes)s 分钟",
    "later_end_of": "%(people)s 的谈话可到 %(until)s 才结束",
    "drop_order_for": "%(people)s 的谈话不要求在 %(other_people)s 之间的谈话之后",
    "unfix_of": "%(people)s 的谈话不再固定在原定的时间和场地",
    "other_window": "%(session)s 改在 %(start)s 开始",
}
ALL_TOGETHER = "这样 %(talks)s 项都能排定：%(parts)s"
_USUAL = {"count": 1}


def sentence(finding: Finding, name_of: NameOf = str, lang: str = "zh") -> str:
    """Why something has no place, or what binds a plan; the kind is one of `SENTENCES`."""
    if finding.kind == "double_booked":
        return _double_booked(finding, lang)
    if finding.kind == "starts_taken":
        return _starts_taken(finding.details, name_of, lang)
    text = (BETWEEN if "since" in finding.details else REASONS).get(finding.kind, REASONS[finding.kind])
    return _filled(text, finding.details, name_of, lang)


def repair_text(repair: Repair, name_of: NameOf = str, lang: str = "zh") -> str:
    """What would make room for a talk."""
    if repair.kind == TOGETHER:
        parts = [repair_text(part, name_of, lang) for part in parts_of(repair)]
        return say(ALL_TOGETHER, lang, talks=repair.details["talks"], parts=say(within("list", "；"), lang).join(parts))
    text = REPAIRS.get(repair.kind)
    return _filled(text, _USUAL | dict(repair.details), name_of, lang) if text else label(repair.kind, lang)


def _starts_taken(details: Mapping[str, object], name_of: NameOf, lang: str) -> str:
    """Every start that a talk could have, and by what it is taken."""
    causes = [say(text, lang, count=details[cause]) for cause, text in TAKEN.items() if details.get(cause)]
    return _filled(STARTS_TAKEN, {**details, "causes": listed(causes, lang)}, name_of, lang)


def _filled(text: str, details: Mapping[str, object], name_of: NameOf, lang: str) -> str:
    shown = {key: _shown(key, value, name_of, lang) for key, value in details.items()}
    shown["window"] = _window(details, lang)
    return re.sub(r" {2,}", " ", filled(text, lang, shown)).strip()


def _shown(key: str, value: object, name_of: NameOf, lang: str) -> str:
    """A detail as people read it."""
    if isinstance(value, (tuple, list)):
        return _together([name_of(str(item)) if key in NAMED else str(item) for item in value], lang)
    if key in NAMED:
        return name_of(str(value))
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value):
        moment = datetime.fromisoformat(value)
        return f"{day_text(moment.date(), lang)} {time_text(moment.time())}"
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return day_text(date.fromisoformat(value), lang)
    return day_text(value, lang) if isinstance(value, date) else str(value)


def _together(names: Sequence[str], lang: str) -> str:
    """All of them: `甲、乙、丙`, `A, B and C`."""
    if len(names) < 2:
        return "".join(names)
    return say("%(others)s、%(last)s", lang, others=listed(names[:-1], lang), last=names[-1])


def _window(details: Mapping[str, object], lang: str) -> str:
    """From when to when a window lies; an end that it does not have is left out."""
    ends = [day_text(day, lang) for day in (details.get("first"), details.get("last")) if isinstance(day, date)]
    return say("%(first)s至%(last)s", lang, first=ends[0], last=ends[1]) if len(ends) == 2 else "".join(ends)


def _double_booked(finding: Finding, lang: str) -> str:
    """Two bookings that contradict each other."""
    owner, bookings = finding.details.get("name"), finding.details.get("bookings")
    name = named(lang, owner.name, owner.name_en) if isinstance(owner, Room) else owner or finding.subject
    ids = say(within("list", " 与 "), lang).join(map(str, bookings)) if isinstance(bookings, tuple) else ""
    return say("%(name)s 同时有 %(bookings)s", lang, name=name, bookings=ids)


def _with_ids(finding: Finding, lang: str) -> str:
    return sentence(finding, lang=lang)


SENTENCES: dict[str, Callable[[Finding, str], str]] = dict.fromkeys(
    (*REASONS, "starts_taken", "double_booked"), _with_ids
)
"""Every kind, with how to say it where no names are at hand."""
