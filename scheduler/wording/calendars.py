"""Calendars kept elsewhere: why one cannot be used, and why an entry became no busy time."""

from collections.abc import Mapping

ERRORS = {
    "calendar_unfetchable": (
        "取不到这个日历；请检查地址，或过一会儿再试",
        "the calendar cannot be fetched; check the address, or try again later",
    ),
    "calendar_no_calendar": ("不是日历（.ics）文件", "it is no calendar (.ics)"),
    "calendar_cut_off": ("日历文件不完整", "the calendar is cut off"),
    "calendar_broken": ("日历文件已损坏", "the calendar is broken"),
    "calendar_too_large": ("日历文件超过 5 MB", "the calendar is larger than 5 MB"),
    "calendar_too_many_lines": ("日历内容过多", "the calendar has too many lines"),
    "calendar_too_many_entries": ("日历条目超过 5000 条", "the calendar has more than 5,000 entries"),
    "calendar_nested_too_deep": ("日历嵌套过深", "the calendar nests too deep"),
    "calendar_too_slow": ("日历太复杂，未能在 5 秒内读完", "the calendar takes too long to read"),
    "calendar_uploaded": ("这是上传的文件，要更新请重新上传", "it was uploaded; to renew it, upload it again"),
    "calendar_just_fetched": ("刚刚取过，请过一分钟再试", "it was fetched just now; try again in a minute"),
    "too_many_calendars": ("每人最多 {last} 个日历", "one person may have {last} calendars"),
}
"""Why a calendar cannot be read, or not now."""
SKIPPED = {
    "cancelled": ("已取消", "cancelled"),
    "transparent": ("标为空闲", "shown as free"),
    "own_booking": ("来自本系统的日程", "bookings of ours"),
    "ends_before_it_starts": ("结束早于开始", "ends before it starts"),
    "no_length": ("没有时长", "without a length"),
    "no_start": ("没有开始时间", "without a start"),
    "unreadable": ("日期或时长看不懂", "dates or lengths that cannot be understood"),
    "rule_too_fine": ("每分钟或每秒重复", "repeats each minute or second"),
    "rule_unreadable": ("重复规则看不懂", "a rule of repetition that cannot be understood"),
    "rule_too_large": ("重复规则过大", "a rule of repetition beyond all measure"),
    "too_many_dates": ("列出的日期过多", "lists too many dates"),
    "too_many_occurrences": ("重复次数过多", "repeats too often"),
    "too_slow": ("算起来太久", "takes too long to follow"),
    "exception_rule_dropped": ("例外规则未采用（条目仍计）", "exception rules are not followed (the entries count)"),
}
"""Why an entry became no busy time."""


def sentence(kind: str, details: Mapping[str, object], *, is_zh: bool) -> str:
    """What is wrong with a calendar; empty when the kind is none of these."""
    return ERRORS[kind][0 if is_zh else 1].format_map(dict(details)) if kind in ERRORS else ""


def error_text(error: str, *, is_zh: bool) -> str:
    """Why a calendar could not be read the last time."""
    return ERRORS[f"calendar_{error}"][0 if is_zh else 1]


def skipped_text(reason: str, lang: str) -> str:
    """Why an entry became no busy time."""
    return SKIPPED[reason][0 if lang == "zh" else 1]
