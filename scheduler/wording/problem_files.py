"""What is wrong in a problem or plan file, as sentences."""

from collections.abc import Mapping

from scheduler.core.ground.findings import Finding
from scheduler.wording.findings import text

SENTENCES = {
    "object_wanted": ("“{value}”不是对象，此处应写 {{…}}", "“{value}” is no object; write {{…}} here"),
    "list_wanted": ("“{value}”不是列表，此处应写 […]", "“{value}” is no list; write […] here"),
    "list_empty": ("不能为空，至少要写一项", "must not be empty; write one at least"),
    "pair_wanted": ("“{value}”不是一对时间，此处应写 [开始, 结束]", "“{value}” is no pair; write [start, end] here"),
    "word_wanted": (
        "“{value}”不能用，应为 1–{most} 个可显示的字符",
        "“{value}” cannot be used; write a text of 1 to {most} characters that can be shown",
    ),
    "whole_wanted": (
        "“{value}”应为 {least}–{most} 的整数",
        "“{value}” must be a whole number from {least} to {most}",
    ),
    "number_wanted": ("“{value}”不是数字", "“{value}” is no number"),
    "truth_wanted": ("“{value}”只能是 true 或 false", "“{value}” must be true or false"),
    "not_a_day": ("“{value}”不是日期，应写如 2026-03-02", "“{value}” is no day; write it like 2026-03-02"),
    "not_a_clock_time": ("“{value}”不是时刻，应写如 08:30", "“{value}” is no time of day; write it like 08:30"),
    "not_a_moment": (
        "“{value}”不是时间，应写如 2026-03-02T09:00",
        "“{value}” is no time; write it like 2026-03-02T09:00",
    ),
    "zoned_moment": (
        "“{value}”带有时区；请写当地时间，不带时区，如 2026-03-02T09:00",
        "“{value}” has a zone; write local time without one, like 2026-03-02T09:00",
    ),
    "ends_too_soon": ("结束须晚于开始", "must end after it starts"),
    "not_ascending": ("“{value}”应晚于前面的 {before}", "“{value}” must come after {before}, which stands before it"),
    "blocks_overlap": ("与前一个时段重叠，请按先后写、互不重叠", "overlaps the block before it; write blocks one after the other"),
    "block_without_step": (
        "比一个时间格（{grid} 分钟）还短，请加长或把 grid_minutes 写小",
        "is shorter than one grid step ({grid} minutes); make it longer, or grid_minutes smaller",
    ),
    "too_many_steps": (
        "共有 {count} 个时间格，最多 {most} 个；请把时间格写大或减少日期",
        "makes {count} steps, and {most} are the most; use a coarser grid or fewer days",
    ),
    "too_many_items": ("有 {count} 项，最多 {most} 项", "has {count} items, and {most} are the most"),
    "stands_twice": ("“{value}”出现了两次（前一次在 {first}）", "“{value}” stands there twice (first at {first})"),
    "unknown_person": ("people 里没有“{value}”", "there is no “{value}” among the people"),
    "unknown_room": ("rooms 里没有“{value}”", "there is no “{value}” among the rooms"),
    "unknown_talk": ("talks 里没有“{value}”", "there is no “{value}” among the talks"),
    "talk_alone": ("谈话至少要有两个人", "a talk needs two people at least"),
    "latest_too_soon": ("须晚于 earliest", "must lie after `earliest`"),
    "nobody_to_choose": ("除谈话本人外没有可选的人", "has nobody to choose besides the people of the talk"),
    "nobody_left_to_choose": (
        "各组备选须由不同的人担任，人数不够",
        "must be met by different people, and there are not enough of them",
    ),
    "fixed_room_unneeded": (
        "固定在“{value}”，却写明不需要场地（room: false）",
        "fixes it in “{value}”, though it says that it needs no room (room: false)",
    ),
    "fixed_room_small": (
        "“{value}”只能容纳 {capacity} 人，谈话有 {count} 人",
        "“{value}” holds {capacity}, and the talk has {count} people",
    ),
}  # fmt: skip
"""Kind → what is said after the place."""


def sentence(kind: str, details: Mapping[str, object], *, is_zh: bool) -> str | None:
    """What is said of a kind of mistake in a problem file; None if it is no such kind."""
    found = details.get("finding")
    if kind == "contradiction_asked" and isinstance(found, Finding):
        return text(found, "zh" if is_zh else "en")
    words = SENTENCES.get(kind)
    return None if words is None else words[0 if is_zh else 1].format_map(_Details(details))


class _Details(dict[str, object]):
    """Details of a sentence; what was not given stays empty."""

    def __missing__(self, key: str) -> str:
        return ""
