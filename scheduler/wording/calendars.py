"""Calendars kept elsewhere: why one cannot be used, and why an entry became no busy time."""

from collections.abc import Mapping

from scheduler.wording.texts import filled, say, words

ERRORS = {
    "calendar_unfetchable": "取不到这个日历；请检查地址，或过一会儿再试",
    "calendar_no_calendar": "不是日历（.ics）文件",
    "calendar_cut_off": "日历文件不完整",
    "calendar_broken": "日历文件已损坏",
    "calendar_too_large": "日历文件超过 20 MB",
    "calendar_too_many_lines": "日历内容过多",
    "calendar_too_many_entries": "这段时间里的日历条目超过 5000 条",
    "calendar_nested_too_deep": "日历嵌套过深",
    "calendar_too_slow": "日历太复杂，未能在 5 秒内读完",
    "calendar_uploaded": "这是上传的文件，要更新请重新上传",
    "calendar_just_fetched": "刚刚取过，请过一分钟再试",
    "too_many_calendars": "每人最多 %(last)s 个日历",
}
"""Why a calendar cannot be read, or not now."""
SKIPPED = words(
    "left out",
    {
        "cancelled": "已取消",
        "transparent": "标为空闲",
        "own_booking": "来自本系统的日程",
        "ends_before_it_starts": "结束早于开始",
        "no_length": "没有时长",
        "no_start": "没有开始时间",
        "unreadable": "日期或时长无法识别",
        "rule_too_fine": "每分钟或每秒重复",
        "rule_unreadable": "重复规则无法识别",
        "rule_too_large": "重复规则过大",
        "too_many_dates": "列出的日期过多",
        "too_many_occurrences": "重复次数过多",
        "too_slow": "算起来太久",
        "stray_line": "无法识别的行（已略过）",
        "exception_rule_dropped": "例外规则未采用（条目仍计）",
    },
)
"""Why an entry became no busy time."""


def sentence(kind: str, details: Mapping[str, object], lang: str) -> str:
    """What is wrong with a calendar; empty when the kind is none of these."""
    return filled(ERRORS[kind], lang, details) if kind in ERRORS else ""


def error_text(error: str, lang: str) -> str:
    """Why a calendar could not be read the last time."""
    return say(ERRORS[f"calendar_{error}"], lang)


def skipped_text(reason: str, lang: str) -> str:
    """Why an entry became no busy time."""
    return say(SKIPPED[reason], lang)
