"""What is wrong in a problem or plan file, as sentences."""

from collections.abc import Mapping

from scheduler.core.ground.findings import Finding
from scheduler.wording.findings import text
from scheduler.wording.texts import filled, within

SENTENCES = {
    "object_wanted": "“%(value)s”不是对象，此处应写 {…}",
    "list_wanted": "“%(value)s”不是列表，此处应写 […]",
    "list_empty": "不能为空，至少要写一项",
    "pair_wanted": "“%(value)s”不是一对时间，此处应写 [开始, 结束]",
    "word_wanted": "“%(value)s”不能用，应为 1–%(most)s 个可显示的字符",
    "whole_wanted": "“%(value)s”应为 %(least)s–%(most)s 的整数",
    "number_wanted": "“%(value)s”不是数字",
    "truth_wanted": "“%(value)s”只能是 true 或 false",
    "not_a_day": "“%(value)s”不是日期，应写如 2026-03-02",
    "not_a_clock_time": "“%(value)s”不是时刻，应写如 08:30",
    "not_a_moment": "“%(value)s”不是时间，应写如 2026-03-02T09:00",
    "zoned_moment": "“%(value)s”带有时区；请写当地时间，不带时区，如 2026-03-02T09:00",
    "ends_too_soon": within("problem file", "结束须晚于开始"),
    "not_ascending": "“%(value)s”应晚于前面的 %(before)s",
    "blocks_overlap": "与前一个时段重叠，请按先后写、互不重叠",
    "block_without_step": "比一个时间格（%(grid)s 分钟）还短，请加长或把 grid_minutes 写小",
    "too_many_steps": "共有 %(count)s 个时间格，最多 %(most)s 个；请把时间格写大或减少日期",
    "too_many_items": "有 %(count)s 项，最多 %(most)s 项",
    "stands_twice": "“%(value)s”出现了两次（前一次在 %(first)s）",
    "unknown_person": "people 里没有“%(value)s”",
    "unknown_room": "rooms 里没有“%(value)s”",
    "unknown_talk": "talks 里没有“%(value)s”",
    "talk_alone": "谈话至少要有两个人",
    "latest_too_soon": "须晚于 earliest",
    "nobody_to_choose": "除谈话本人外没有可选的人",
    "nobody_left_to_choose": "各组备选须由不同的人担任，人数不够",
    "fixed_room_unneeded": "固定在“%(value)s”，却写明不需要场地（room: false）",
    "fixed_room_small": "“%(value)s”只能容纳 %(capacity)s 人，谈话有 %(count)s 人",
}  # fmt: skip
"""Kind → what is said after the place."""


def sentence(kind: str, details: Mapping[str, object], lang: str) -> str | None:
    """What is said of a kind of mistake in a problem file; None if it is no such kind."""
    finding = details.get("finding")
    if kind == "contradiction_asked" and isinstance(finding, Finding):
        return text(finding, lang)
    return filled(SENTENCES[kind], lang, details) if kind in SENTENCES else None
