"""What is wrong with a plan, as sentences."""

from collections.abc import Callable, Mapping
from datetime import date

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.problems import MINUTES_A_DAY, Wall, day_of
from scheduler.wording.times import day_text

MOMENTS = ("start", "end", "earliest", "latest", "asked_start")
"""Details that are moments of the wall clock."""
GOALS = {
    "unplaced": ("未排的谈话", "unplaced"),
    "moved": ("改期的谈话", "moved"),
    "makespan": ("完成所需格数", "makespan"),
    "breaks": ("空档", "breaks"),
}
"""What the goals of a plan are called."""

MOST_SHOWN = 10
"""Of talks in a circle."""

TEXTS = {
    "talk_unknown": ("问题里没有谈话 {subject}", "The problem has no talk {subject}"),
    "talk_missing": ("谈话 {subject} 既没有排定，也没有列入未排", "Talk {subject} is neither placed nor listed as unplaced"),
    "talk_twice": ("谈话 {subject} 出现了不止一次", "Talk {subject} is there more than once"),
    "talk_placed_and_unplaced": ("谈话 {subject} 已排定，又列入未排", "Talk {subject} is placed, and listed as unplaced too"),
    "session_unknown": ("问题里没有集中活动 {subject}", "The problem has no session {subject}"),
    "session_missing": ("集中活动 {subject} 没有排定", "Session {subject} is not placed"),
    "session_twice": ("集中活动 {subject} 出现了不止一次", "Session {subject} is there more than once"),
    "off_grid": (
        "{subject} 于 {start} 开始，不在 {grid} 分钟的时间格上",
        "{subject} starts at {start}, which is not on the grid of {grid} minutes",
    ),
    "outside_blocks": (
        "{subject}（{start} 至 {end}）不在一个工作时段之内",
        "{subject} ({start} to {end}) does not lie within one working block",
    ),
    "too_early": (
        "谈话 {subject} 于 {start} 开始，最早应为 {earliest}",
        "Talk {subject} starts at {start}, and must not start before {earliest}",
    ),
    "too_late": (
        "谈话 {subject} 于 {end} 结束，最迟应为 {latest}",
        "Talk {subject} ends at {end}, and must be over by {latest}",
    ),
    "out_of_order": (
        "谈话 {subject} 于 {start} 开始，而 {after} 到 {end} 才结束",
        "Talk {subject} starts at {start}, before {after} is over at {end}",
    ),
    "fixed_moved": (
        "谈话 {subject} 固定在 {asked_start}，却排在 {start}",
        "Talk {subject} is fixed at {asked_start}, and was placed at {start}",
    ),
    "fixed_room_changed": (
        "谈话 {subject} 固定在 {asked_room}，却排在 {room}",
        "Talk {subject} is fixed in {asked_room}, and was placed in {room}",
    ),
    "outside_windows": (
        "集中活动 {subject} 于 {start} 开始，不是它可选的时间",
        "Session {subject} starts at {start}, which is none of its windows",
    ),
    "person_unknown": ("问题里没有人员 {subject}（谈话 {talk}）", "The problem has no person {subject} (talk {talk})"),
    "people_missing": ("谈话 {subject} 缺少 {people}", "Talk {subject} lacks {people}"),
    "people_unasked": ("谈话 {subject} 不应有 {people}", "Talk {subject} has {people}, who were not asked for"),
    "any_of_unmet": (
        "谈话 {subject} 的每组备选须各有一名不同的人，实为：{people}",
        "Talk {subject} needs a different person from each of its lists, and has: {people}",
    ),
    "room_missing": ("{subject} 没有场地", "{subject} has no room"),
    "no_such_room": ("{subject} 的场地 {room} 不存在", "{subject} is in {room}, and there is no such room"),
    "room_small": (
        "{subject} 有 {count} 人，{room} 只能容纳 {capacity} 人",
        "{subject} has {count} people, and {room} holds {capacity}",
    ),
    "person_twice": (
        "{subject} 在 {start} 至 {end} 同时有 {first} 和 {second}",
        "{subject} is in {first} and in {second} from {start} to {end}",
    ),
    "person_busy": ("{subject} 在 {start} 至 {end} 没有空（{in}）", "{subject} is busy between {start} and {end} ({in})"),
    "room_twice": (
        "场地 {subject} 在 {start} 至 {end} 同时有 {first} 和 {second}",
        "Room {subject} holds {first} and {second} from {start} to {end}",
    ),
    "room_busy": (
        "场地 {subject} 在 {start} 至 {end} 已被占用（{in}）",
        "Room {subject} is taken between {start} and {end} ({in})",
    ),
    "day_too_full": (
        "{subject} 在 {day} 有 {count} 次谈话，最多 {most} 次",
        "{subject} has {count} talks on {day}, and {most} at most",
    ),
    "breaks_apart": (
        "{subject} 有 {count} 个空档，{other} 有 {other_count} 个，相差不得超过 {most}",
        "{subject} has {count} breaks and {other} has {other_count}; they may differ by {most}",
    ),
    "in_circles": ("这些谈话互相等待：{circle}", "These talks wait for each other: {circle}"),
    "window_unusable": (
        "集中活动 {subject} 不能于 {start} 开始：须在时间格上，且 {minutes} 分钟都在一个工作时段之内",
        "Session {subject} cannot start at {start}: that must be on the grid, with {minutes} minutes left in its block",
    ),
    "not_optimal": (
        "方案称最优，却没有排全（谈话还差 {count} 次）",
        "The plan calls itself optimal, and not everything is placed ({count} talks are not)",
    ),
    "not_impossible": (
        "方案称不可能全部排定，却已全部排定",
        "The plan says that not everything can be placed, and everything is",
    ),
    "value_untrue": (
        "方案称“{goal}”为 {stated}，实为 {value}",
        "The plan states {stated} for “{goal}”, and it is {value}",
    ),
    "bound_untrue": (
        "方案称“{goal}”不可能小于 {bound}，实为 {value}",
        "The plan states that “{goal}” cannot be below {bound}, and it is {value}",
    ),
}  # fmt: skip
"""Kind → its sentence in Chinese and in English, with the subject and the details where braces stand."""


class _Details(dict[str, str]):
    """Details of a sentence; what was not given stays empty."""

    def __missing__(self, key: str) -> str:
        return ""


def wall_text(moment: Wall, lang: str = "zh") -> str:
    """A moment of the wall clock: `3月2日 9:00`, `2 Mar 9:00`."""
    hour, minute = divmod(moment % MINUTES_A_DAY, 60)
    return f"{day_text(day_of(moment), lang)} {hour}:{minute:02}"


def goal_text(goal: str, lang: str = "zh") -> str:
    """What a goal is called."""
    return GOALS[goal][0 if lang == "zh" else 1]


def _shown(key: str, value: object, lang: str) -> str:
    """A detail as people read it."""
    if key in MOMENTS and isinstance(value, int):
        return wall_text(Wall(value), lang)
    if isinstance(value, date):
        return day_text(value, lang)
    if isinstance(value, (tuple, list)):
        return ("、" if lang == "zh" else ", ").join(map(str, value))
    return str(value)


def _filled(details: Mapping[str, object], lang: str) -> _Details:
    return _Details({key: _shown(key, value, lang) for key, value in details.items()})


def _said(kind: str) -> Callable[[Finding, str], str]:
    """How a finding of a kind is said."""

    def say(finding: Finding, lang: str) -> str:
        details = _filled(finding.details, lang) | {"subject": finding.subject}
        if isinstance(talks := finding.details.get("talks"), tuple):
            details["circle"] = " → ".join([*talks[:MOST_SHOWN], *(["…"] if len(talks) > MOST_SHOWN else [])])
        if finding.subject in GOALS:
            details["goal"] = goal_text(finding.subject, lang)
        return TEXTS[kind][0 if lang == "zh" else 1].format_map(_Details(details))

    return say


SENTENCES: dict[str, Callable[[Finding, str], str]] = {kind: _said(kind) for kind in TEXTS}
"""Every kind of finding about a plan, with how to say it."""
