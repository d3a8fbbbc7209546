"""What is wrong in a file that somebody wants to import, as sentences."""

from collections.abc import Mapping
from datetime import datetime

from scheduler.core.ground.findings import Finding
from scheduler.wording import readings
from scheduler.wording.findings import text
from scheduler.wording.texts import bracketed, filled, listed, say, within

FILES = {
    "empty": "文件是空的",
    "too_large": "文件超过 %(limit_mb)s MB",
    "too_large_inside": "工作簿展开后过大",
    "not_a_workbook": "工作簿已损坏，或不是 .xlsx、.xls",
    "not_text": "不是 UTF-8 或 GB18030 文本",
    "not_utf8": "不是 UTF-8 文本",
    "json_too_deep": "JSON 嵌套过深",
    "odd_number": "有不能用的数字（如 NaN 或位数过多）",
    "not_csv": "不是可读的 csv",
    "not_yaml": "不是可读的 YAML（第 %(line)s 行）",
    "too_deep": "YAML 嵌套过深或引用自身",
}
"""Why a file cannot be read."""

ROWS = {
    "unknown_table": "无法识别这是哪张表。上面要有一行表头，如：姓名、部门、职务、职务排序（读到的是：%(header)s）",
    "unknown_keys": "不认识的键：%(keys)s（可用：%(known)s）",
    "contradiction": "%(key)s：此处为“%(after)s”，而 %(file)s%(at)s 为“%(before)s”",
    "duplicate_id": "编号 %(key)s 重复且内容不同（%(at)s：“%(before)s”）",
    "same_name_ask": "“%(value)s”有重名，请选择并填写编号：%(people)s",
    "unknown_person": "没有“%(value)s”这个人",
    "name_mismatch": "“%(value)s”与编号 %(person)s（%(name)s）不符",
    "unknown_unit": "没有“%(value)s”这个单位",
    "unknown_session": "没有“%(value)s”这项日程",
    "unknown_word": "无法识别“%(value)s”；可填：%(known)s",
    "unknown_rule": "无法识别规则“%(value)s”；只能写 AVAILABLE_ONLY weekday in (Tue,Thu) and 13:30-17:30，或留空",
    "unknown_window": "无法识别窗口期“%(value)s”",
    "unknown_zone": "没有“%(value)s”这个时区",
    "not_a_time_of_day": "“%(value)s”不是时刻（如 08:30）",
    "skipped_moment": "没有 %(value)s 这一时刻（这一天时钟拨快）",
    "not_in_order": "时段须先后相接、互不重叠",
    "end_before_start": "结束须晚于开始",
    "not_a_span": "无法识别起止时间“%(value)s”（如 12月1日至3日、2026.9.1—2027.2.28、12月9日上午）",
    "column_twice": "“%(other)s”和“%(value)s”两列都对应为它，请只留一列",
    "column_lacking": "%(table)s要有这一列：请在“列的对应”里指定，或改选表的种类",
    "part_of_a_day": "只能写一天之内的半天或几小时：从上班起，或到下班止（也可写“2014-08-12 上午”）；跨天的另写一行",
    "too_few_people": "至少两人",
    "not_an_address": "“%(value)s”不是邮箱地址",
    "long_number": "“%(value)s”不能用作编号：10 位以上的数字会被当作身份证号或电话。请换成较短的工号，或删去这一列（按姓名和部门辨认）",
    "bad_id": "“%(value)s”不能用作编号",
    "reserved_id": "编号“%(value)s”另有用途",
    "wrong_shape": "此处应为文字或列表",
    "no_campaign": "还没有活动（activity）",
    "empty_audience": "“%(value)s”当天没有人员，会议不能没有人参加；请改写范围，或先导入花名册",
    "another_campaign": "编号“%(value)s”已是活动“%(name)s”（%(starts)s 至 %(ends)s）的编号，两者日期没有重合；请给新的活动另取编号",
    "campaign_closed": "活动“%(name)s”已归档，不能再更改；需要更改时请先重新开放",
    "another_organisation": "这份文件是“%(value)s”的，而这里是“%(name)s”；若只是更名，请先在活动设置中修改单位名称",
    "audience_unknown": "“%(value)s”没有对应的人员",
    "contact_or_person": "来宾要么由外部联系人派来，要么是花名册上的人，不能两者都填",
    "unknown_contact": "没有“%(value)s”这个外部联系人",
    "makeup_before_session": "补课日期“%(value)s”不能早于当次日期（%(day)s）",
    "not_found": "没有“%(name)s”",
    "not_a_due_month": "无法识别完成时限“%(value)s”；请写到月，如：%(forms)s",
    "before_opening": "“%(value)s”早于立项日期（%(day)s）",
    "closed_by_leader": "责任领导不能为自己负责的任务销号，请写核实销号的人",
    "standing_with_month": "状态是长期坚持，完成时限却是“%(value)s”，请改其中一个",
    "done_without_day": "状态是已完成，请填写销号日期",
    "closed_but_not_done": "有销号日期，状态却是“%(value)s”，请改其中一个",
    "started_but_open": "有开始日期，状态却是“%(value)s”，请改其中一个",
    "under_way_without_day": "状态是推进中，请填写开始日期或立项日期",
    "team_has_no_person": "班子材料不写人员（此处为“%(value)s”）",
    "before_asking": "“%(value)s”早于发出日期（%(day)s）",
    "before_meeting": "“%(value)s”早于会议日期（%(day)s）",
    "more_than_expected": "实到“%(value)s”多于应到（%(expected)s）",
    "in_two_batches": "“%(value)s”已在 %(batch)s 中，一人只参加一期",
    "batch_over_cap": "%(value)s 超过人数上限（%(cap)s）",
}
"""Kind → what is said after the name of the field."""


def sentence(kind: str, details: Mapping[str, object], lang: str) -> str | None:
    """What is said of a kind of error in a file; None if it is no such kind."""
    if kind in ("person_taken", "room_taken"):
        return _clash(kind, details, lang)
    text = FILES.get(str(details.get("reason"))) if kind == "unreadable_file" else ROWS.get(kind)
    return filled(text, lang, _details(details, lang)) if text else None


def _clash(kind: str, details: Mapping[str, object], lang: str) -> str:
    """Who or which room would be in two places, and with which booking."""
    said = text(Finding(kind, str(details.get("person") or details.get("room")), details), lang)
    return bracketed(said, str(details.get("other")), lang)


def _details(details: Mapping[str, object], lang: str) -> dict[str, object]:
    """Details as a sentence shows them."""
    row, people = details.get("row"), details.get("people")
    return {
        **{key: _shown(value, lang) for key, value in details.items()},
        "at": "" if row is None else say(" 第 %(row)s 行", lang, row=row),
        "count": len(people) if isinstance(people, tuple) else "",
        "table": readings.table(str(details.get("table", "")), lang),
    }


def _shown(value: object, lang: str) -> str:
    """A value as people write it in a table."""
    match value:
        case None:
            return ""
        case bool():
            return say(within("cell", "是") if value else within("cell", "否"), lang)
        case tuple() | list():
            return listed((_shown(part, lang) for part in value), lang)
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case _:
            return str(value)
