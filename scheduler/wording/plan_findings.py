"""What is wrong with a plan, as sentences."""

from collections.abc import Callable
from datetime import date

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.problems import MINUTES_A_DAY, Wall, day_of
from scheduler.wording.texts import filled, listed, say, words
from scheduler.wording.times import day_text

MOMENTS = ("start", "end", "earliest", "latest", "asked_start")
"""Details that are moments of the wall clock."""
GOALS = words("goal", {"unplaced": "未排的谈话", "moved": "改期的谈话", "makespan": "完成所需格数", "breaks": "空档"})
"""What the goals of a plan are called."""

MAX_SHOWN = 10
"""Of talks in a circle."""

TEXTS = {
    "talk_unknown": "问题里没有谈话 %(subject)s",
    "talk_missing": "谈话 %(subject)s 既没有排定，也没有列入未排",
    "talk_twice": "谈话 %(subject)s 出现了不止一次",
    "talk_placed_and_unplaced": "谈话 %(subject)s 已排定，又列入未排",
    "session_unknown": "问题里没有集中活动 %(subject)s",
    "session_missing": "集中活动 %(subject)s 没有排定",
    "session_twice": "集中活动 %(subject)s 出现了不止一次",
    "off_grid": "%(subject)s 于 %(start)s 开始，不在 %(grid)s 分钟的时间格上",
    "outside_blocks": "%(subject)s（%(start)s 至 %(end)s）不在一个工作时段之内",
    "too_early": "谈话 %(subject)s 于 %(start)s 开始，最早应为 %(earliest)s",
    "too_late": "谈话 %(subject)s 于 %(end)s 结束，最迟应为 %(latest)s",
    "out_of_order": "谈话 %(subject)s 于 %(start)s 开始，而 %(after)s 到 %(end)s 才结束",
    "fixed_moved": "谈话 %(subject)s 固定在 %(asked_start)s，却排在 %(start)s",
    "fixed_room_changed": "谈话 %(subject)s 固定在 %(asked_room)s，却排在 %(room)s",
    "outside_windows": "集中活动 %(subject)s 于 %(start)s 开始，不是它可选的时间",
    "person_unknown": "问题里没有人员 %(subject)s（谈话 %(talk)s）",
    "people_missing": "谈话 %(subject)s 缺少 %(people)s",
    "people_unasked": "谈话 %(subject)s 不应有 %(people)s",
    "any_of_unmet": "谈话 %(subject)s 的每组备选须各有一名不同的人，实为：%(people)s",
    "room_missing": "%(subject)s 没有场地",
    "no_such_room": "%(subject)s 的场地 %(room)s 不存在",
    "room_small": "%(subject)s 有 %(count)s 人，%(room)s 只能容纳 %(capacity)s 人",
    "person_twice": "%(subject)s 在 %(start)s 至 %(end)s 同时有 %(first)s 和 %(second)s",
    "person_busy": "%(subject)s 在 %(start)s 至 %(end)s 没有空（%(in)s）",
    "room_twice": "场地 %(subject)s 在 %(start)s 至 %(end)s 同时有 %(first)s 和 %(second)s",
    "room_busy": "场地 %(subject)s 在 %(start)s 至 %(end)s 已被占用（%(in)s）",
    "morning_too_full": "%(subject)s 在 %(day)s 上午有 %(count)s 次谈话，最多 %(most)s 次",
    "afternoon_too_full": "%(subject)s 在 %(day)s 下午有 %(count)s 次谈话，最多 %(most)s 次",
    "week_too_full": "%(subject)s 在 %(day)s 起的一周有 %(count)s 次谈话，最多 %(most)s 次",
    "day_too_full": "%(subject)s 在 %(day)s 有 %(count)s 次谈话，最多 %(most)s 次",
    "breaks_apart": "%(subject)s 有 %(count)s 个空档，%(other)s 有 %(other_count)s 个，相差不得超过 %(most)s",
    "in_circles": "这些谈话互相等待：%(circle)s",
    "window_unusable": "集中活动 %(subject)s 不能于 %(start)s 开始：须在时间格上，且 %(minutes)s 分钟都在一个工作时段之内",
    "not_optimal": "方案称最优，却没有排全（谈话还差 %(count)s 次）",
    "not_impossible": "方案称不可能全部排定，却已全部排定",
    "value_untrue": "方案称“%(goal)s”为 %(stated)s，实为 %(value)s",
    "bound_untrue": "方案称“%(goal)s”不可能小于 %(bound)s，实为 %(value)s",
}  # fmt: skip
"""Kind → its sentence, with the subject and the details."""


def wall_text(moment: Wall, lang: str = "zh") -> str:
    """A moment of the wall clock: `3月2日 9:00`, `2 Mar 9:00`."""
    hour, minute = divmod(moment % MINUTES_A_DAY, 60)
    return f"{day_text(day_of(moment), lang)} {hour}:{minute:02}"


def goal_text(goal: str, lang: str = "zh") -> str:
    """What a goal is called."""
    return say(GOALS[goal], lang)


def _shown(key: str, value: object, lang: str) -> str:
    """A detail as people read it."""
    if key in MOMENTS and isinstance(value, int):
        return wall_text(Wall(value), lang)
    if isinstance(value, date):
        return day_text(value, lang)
    return listed(map(str, value), lang) if isinstance(value, (tuple, list)) else str(value)


def _sentence(finding: Finding, lang: str) -> str:
    details = {key: _shown(key, value, lang) for key, value in finding.details.items()} | {"subject": finding.subject}
    if isinstance(talks := finding.details.get("talks"), tuple):
        details["circle"] = " → ".join([*talks[:MAX_SHOWN], *(["…"] if len(talks) > MAX_SHOWN else [])])
    if finding.subject in GOALS:
        details["goal"] = goal_text(finding.subject, lang)
    return filled(TEXTS[finding.kind], lang, details)


SENTENCES: dict[str, Callable[[Finding, str], str]] = dict.fromkeys(TEXTS, _sentence)
"""Every kind of finding about a plan, with how to say it."""
