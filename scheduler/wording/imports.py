"""What is wrong in a file that somebody wants to import, as sentences. Details are filled in where braces stand."""

from collections.abc import Mapping
from datetime import datetime

from scheduler.core.ground.findings import Finding
from scheduler.wording.findings import text

FILES = {
    "empty": ("文件是空的", "the file is empty"),
    "too_large": ("文件超过 {limit_mb} MB", "the file is larger than {limit_mb} MB"),
    "too_large_inside": ("工作簿展开后过大", "the workbook unpacks to more than can be meant"),
    "old_workbook": ("是旧版 .xls，请另存为 .xlsx 或 .csv", "an old .xls; save it as .xlsx or .csv"),
    "not_a_workbook": ("工作簿已损坏或不是 .xlsx", "a broken workbook, or none"),
    "not_text": ("不是 UTF-8 或 GB18030 文本", "neither UTF-8 nor GB18030 text"),
    "not_utf8": ("不是 UTF-8 文本", "no UTF-8 text"),
    "json_too_deep": ("JSON 嵌套过深", "the JSON nests too deep"),
    "odd_number": (
        "有不能用的数字（如 NaN 或位数过多）",
        "a number in it cannot be used (NaN, or one of too many digits)",
    ),
    "not_csv": ("不是可读的 csv", "not a csv that can be read"),
    "not_yaml": ("不是可读的 YAML（第 {line} 行）", "not a YAML file that can be read (line {line})"),
    "too_deep": ("YAML 嵌套过深或引用自身", "the YAML nests too deep or refers to itself"),
}
"""Why a file cannot be read."""

ROWS = {
    "unknown_table": (
        "认不出这是哪张表。上面要有一行表头，如：姓名、部门、职务、职务排序（读到的是：{header}）",
        "no table that is known: it wants a row of headings such as name, unit, position, rank (it begins: {header})",
    ),
    "contradiction": (
        "{key}：此处为“{after}”，而 {file}{at} 为“{before}”",
        "{key}: “{after}” here, but “{before}” in {file}{at}",
    ),
    "duplicate_id": (
        "编号 {key} 重复且内容不同（{at}：“{before}”）",
        "id {key} stands twice with different content ({at}: “{before}”)",
    ),
    "same_name_ask": (
        "“{value}”有 {count} 人（{people}），请填写编号",
        "“{value}” may be any of {people}: give the id",
    ),
    "unknown_person": ("没有“{value}”这个人", "nobody is called “{value}”"),
    "name_mismatch": ("“{value}”与编号 {person}（{name}）不符", "“{value}” is not {person}, who is {name}"),
    "unknown_unit": ("没有“{value}”这个单位", "there is no unit “{value}”"),
    "unknown_session": ("没有“{value}”这次集中学习", "there is no study session “{value}”"),
    "not_a_study_session": ("“{value}”不是集中学习", "“{value}” is no study session"),
    "unknown_word": ("看不懂“{value}”；可填：{known}", "“{value}” means nothing here; known are {known}"),
    "unknown_rule": (
        "看不懂规则“{value}”；只能写 AVAILABLE_ONLY weekday in (Tue,Thu) and 13:30-17:30，或留空",
        "“{value}” is no rule; write AVAILABLE_ONLY weekday in (Tue,Thu) and 13:30-17:30, or nothing",
    ),
    "unknown_window": ("看不懂窗口期“{value}”", "“{value}” is no window"),
    "unknown_zone": ("没有“{value}”这个时区", "there is no time zone “{value}”"),
    "not_a_time_of_day": ("“{value}”不是时刻（如 08:30）", "“{value}” is no time of day (such as 08:30)"),
    "not_in_order": ("时段须先后相接、互不重叠", "the blocks must follow each other"),
    "end_before_start": ("结束须晚于开始", "must be after the beginning"),
    "too_few_people": ("至少两人", "needs two people at least"),
    "not_an_address": ("“{value}”不是邮箱地址", "“{value}” is no mail address"),
    "bad_id": ("“{value}”不能用作编号", "“{value}” cannot be an id"),
    "reserved_id": ("编号“{value}”另有用途", "the id “{value}” means something else"),
    "wrong_shape": ("此处应为文字或列表", "should be a text or a list here"),
    "no_campaign": ("还没有活动（activity）", "there is no campaign (activity) yet"),
    "audience_unknown": ("“{value}”没有对应的人员", "“{value}” names nobody"),
    "not_found": ("没有“{name}”", "there is no “{name}”"),
}
"""Kind → what is said after the name of the field."""


def sentence(kind: str, details: Mapping[str, object], *, is_zh: bool) -> str | None:
    """What is said of a kind of error in a file; None if it is no such kind."""
    if kind in ("person_taken", "room_taken"):
        return _clash(kind, details, is_zh=is_zh)
    words = FILES.get(str(details.get("reason"))) if kind == "unreadable_file" else ROWS.get(kind)
    if words is None:
        return None
    return words[0 if is_zh else 1].format_map(_Shown(details, is_zh=is_zh))


def _clash(kind: str, details: Mapping[str, object], *, is_zh: bool) -> str:
    """Who or which room would be in two places, and with which booking."""
    said = text(Finding(kind, str(details.get("person") or details.get("room")), details), "zh" if is_zh else "en")
    return f"{said}（{details.get('other')}）" if is_zh else f"{said} ({details.get('other')})"


class _Shown(dict[str, object]):
    """Details as a sentence shows them; what was not given stays empty."""

    def __init__(self, details: Mapping[str, object], *, is_zh: bool) -> None:
        super().__init__({key: _shown(value, is_zh=is_zh) for key, value in details.items()})
        row, people = details.get("row"), details.get("people")
        self["at"] = "" if row is None else f" 第 {row} 行" if is_zh else f" row {row}"
        self["count"] = len(people) if isinstance(people, tuple) else ""

    def __missing__(self, key: str) -> str:
        return ""


def _shown(value: object, *, is_zh: bool) -> str:
    """A value as people write it in a table."""
    match value:
        case None:
            return ""
        case bool():
            return ("是" if value else "否") if is_zh else ("yes" if value else "no")
        case tuple() | list():
            return ("、" if is_zh else ", ").join(_shown(part, is_zh=is_zh) for part in value)
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case _:
            return str(value)
