"""The filters of templates: values → words, through `wording`, in the visitor's language and the organisation's zone."""

from collections.abc import Iterable
from datetime import date, datetime

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from scheduler import edge, wording
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.rates import percent
from scheduler.core.ground.spans import Span
from scheduler.web.page import pages
from scheduler.web.page.texts import lazy_pgettext, pgettext
from scheduler.wording import texts


def label(word: object) -> str:
    """What people read for a word of the code."""
    return wording.label(str(word), edge.lang())


@pages.app_template_filter("label")
@pass_context  # so that Jinja does not tell `"extra"|label` once for all, in the language of whoever came first
def _label(_: Context, word: object) -> str:
    """The same in a template."""
    return label(word)


@pages.app_template_filter("order_line")
def order_line(order: str) -> str:
    """What stands under a list of people: （按姓氏笔画排序）."""
    return wording.order_line(order, edge.lang())


@pages.app_template_filter("party")
def party(status: str) -> str:
    """What somebody is in politics."""
    return wording.party_text(status, edge.lang())


@pages.app_template_filter("sentence")
def sentence(finding: Finding) -> str:
    """A finding as a sentence."""
    return wording.text(finding, edge.lang())


@pages.app_template_filter("sentence_short")
def sentence_short(finding: Finding) -> str:
    """The same beside the thing it is about: without its name."""
    told = sentence(finding)
    return told.replace("：", ": ").partition(": ")[2] or told


@pages.app_template_filter("day")
def day(value: date) -> str:
    """A day within the year: 8月15日."""
    return wording.day_text(_local_day(value), edge.lang())


@pages.app_template_filter("weekday")
def weekday(value: date) -> str:
    """周二."""
    return wording.weekday_text(_local_day(value), edge.lang())


@pages.app_template_filter("dated")
def dated(value: date, *, with_year: bool = False) -> str:
    """A day with its name: 8月15日 周五."""
    return wording.dated_text(_local_day(value), edge.lang(), with_year=with_year)


@pages.app_template_filter("date")
def whole_date(value: date) -> str:
    """A day with its year: 2014年8月15日."""
    return wording.date_text(_local_day(value), edge.lang())


@pages.app_template_filter("iso")
def iso(value: date | datetime) -> str:
    """A day as fields and addresses write it: 2014-08-15."""
    return _local_day(value).isoformat()


@pages.app_template_filter("clocktime")
def clock_time(value: datetime) -> str:
    """A time of day: 9:00."""
    return wording.time_text(local(value))


@pages.app_template_filter("hours")
def hours(span: Span) -> str:
    """From a time to a time: 9:00–9:45."""
    return wording.hours_text(local(span.start), local(span.end))


@pages.app_template_filter("when")
def when(span: Span) -> str:
    """A stretch of time, short: 8月5日 周二 9:00–9:45."""
    return wording.span_text(local(span.start), local(span.end), edge.lang())


@pages.app_template_filter("moment")
def moment(value: datetime) -> str:
    """A moment, short: 8月5日 周二 9:00."""
    return wording.moment_text(local(value), edge.lang())


def listed(parts: Iterable[str]) -> str:
    """Things in a row: 甲、乙; empty ones are left out."""
    return texts.listed(filter(None, parts), edge.lang())


@pages.app_template_filter("sentences")
def sentences(parts: Iterable[str]) -> Markup:
    """Whole sentences one after the other, without a space between Chinese ones; empty ones are left out."""
    between = pgettext("sentences", "%(first)s%(next)s", first="", next="")
    return escape(between).join(filter(None, parts))


def told(parts: Iterable[str]) -> str:
    """Remarks in a row: 甲，乙; empty ones are left out."""
    return pgettext("list", "，").join(filter(None, parts))


def local(value: datetime) -> datetime:
    """A moment on the organisation's wall clock."""
    return value.astimezone(edge.zone())


def days(first: date, last: date) -> str:
    """From a day to a day: 7月7日—18日."""
    return wording.days_text(first, last, edge.lang())


def number(value: float) -> str:
    """A number without a useless `.0`."""
    return f"{value:g}"


def rate(value: float | None) -> str:
    """A rate with one decimal; a dash when nothing is required."""
    return "—" if value is None else f"{value:.1f}%"


pages.add_app_template_global(days, "days_text")
pages.add_app_template_filter(number, "number")
pages.add_app_template_filter(rate, "rate")
pages.add_app_template_global(percent, "percent")


def _local_day(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


# ── The journal's words ──────────────────────────────────────────────────────────────────────────────────────────────
DEEDS = {
    "second_factor_set": lazy_pgettext("deed", "开启两步登录"), "second_factor_ended": lazy_pgettext("deed", "关闭两步登录"), "second_factor_refused": lazy_pgettext("deed", "验证码不对"),
    "recovery_used": lazy_pgettext("deed", "用恢复码登录"), "recovery_renewed": lazy_pgettext("deed", "换恢复码"),
    "asked_time": lazy_pgettext("deed", "查看空闲时间"), "handed_out": lazy_pgettext("deed", "印发"),
    "switched": lazy_pgettext("deed", "开关"), "tried": lazy_pgettext("deed", "试发"),
    "arrived": lazy_pgettext("deed", "扫码签到"), "announced": lazy_pgettext("deed", "扫码报名签到"), "arrival_accepted": lazy_pgettext("deed", "核对签到"), "arrival_refused": lazy_pgettext("deed", "退回签到"),
    "asked_accepted": lazy_pgettext("deed", "收到代为回复：会参加"), "asked_declined": lazy_pgettext("deed", "收到代为回复：不能参加"), "asked_tentative": lazy_pgettext("deed", "收到代为回复：暂定参加"), "answer_refused": lazy_pgettext("deed", "不采纳代为回复"),
    "taken_back": lazy_pgettext("deed", "撤销导入"), "merged": lazy_pgettext("deed", "合并"),
    "activated": lazy_pgettext("deed", "恢复"), "added": lazy_pgettext("deed", "新增"), "applied": lazy_pgettext("deed", "启用"), "attended": lazy_pgettext("deed", "登记出勤"),
    "booked": lazy_pgettext("deed", "排定"), "moved": lazy_pgettext("deed", "改期"), "changed": lazy_pgettext("deed", "修改"), "cancelled": lazy_pgettext("deed", "取消"),
    "confirmed": lazy_pgettext("deed", "确认已谈"), "deactivated": lazy_pgettext("deed", "停用"), "imported": lazy_pgettext("deed", "导入"), "issued": lazy_pgettext("deed", "生成"),
    "left": lazy_pgettext("deed", "离任"), "language_set": lazy_pgettext("deed", "改语言"), "link_renewed": lazy_pgettext("deed", "重设密码链接"), "made_leading": lazy_pgettext("deed", "设为主方案"),
    "password_set": lazy_pgettext("deed", "设置密码"), "revoked": lazy_pgettext("deed", "停止"), "role_set": lazy_pgettext("deed", "改职责"), "rotated": lazy_pgettext("deed", "换新链接"),
    "closed": lazy_pgettext("deed", "归档"), "reopened": lazy_pgettext("deed", "重新开放"), "made_first": lazy_pgettext("deed", "设为主活动"),
    "linked": lazy_pgettext("deed", "计入另一方案"), "unlinked": lazy_pgettext("deed", "不再计入另一方案"), "signed_in": lazy_pgettext("deed", "登录"),
    "sign_in_failed": lazy_pgettext("deed", "登录失败"), "signed_out": lazy_pgettext("deed", "退出"), "removed": lazy_pgettext("deed", "删除"), "edited": lazy_pgettext("deed", "修改"),
    "ended": lazy_pgettext("deed", "结束"), "published": lazy_pgettext("deed", "标为公布"), "withdrawn": lazy_pgettext("deed", "标为未公布"), "reserved": lazy_pgettext("deed", "预留编号"),
    "asked": lazy_pgettext("deed", "请求排期"), "arranged": lazy_pgettext("deed", "排期"), "pinned": lazy_pgettext("deed", "固定"), "unpinned": lazy_pgettext("deed", "松开"),
    "set_open": lazy_pgettext("deed", "登记未开始"), "set_under_way": lazy_pgettext("deed", "登记推进中"), "set_done": lazy_pgettext("deed", "销号"), "set_standing": lazy_pgettext("deed", "登记长期坚持"),
    "submitted": lazy_pgettext("deed", "提交"), "returned": lazy_pgettext("deed", "退回"), "reviewed": lazy_pgettext("deed", "审阅"), "signed_off": lazy_pgettext("deed", "同意"),
    "exempted": lazy_pgettext("deed", "免去一期"), "asked_again": lazy_pgettext("deed", "恢复一期的要求"), "received": lazy_pgettext("deed", "登记收回"), "waived": lazy_pgettext("deed", "不再征求"), "put": lazy_pgettext("deed", "编入"), "ticked": lazy_pgettext("deed", "登记条件"), "unticked": lazy_pgettext("deed", "撤回条件"),
    "gate_confirmed": lazy_pgettext("deed", "确认召开"), "overridden": lazy_pgettext("deed", "例外召开"), "recorded": lazy_pgettext("deed", "登记会后数字"),
    "released": lazy_pgettext("deed", "发布"), "discarded": lazy_pgettext("deed", "放弃"), "restored": lazy_pgettext("deed", "恢复"), "printed": lazy_pgettext("deed", "重印"), "taken_over": lazy_pgettext("deed", "本人启用"),
}  # fmt: skip
NOUNS = {
    "strokes": lazy_pgettext("noun", "笔画"), "chat_robot": lazy_pgettext("noun", "群机器人"),
    "account": lazy_pgettext("noun", "账号"), "absence": lazy_pgettext("noun", "不在岗"), "booking": lazy_pgettext("noun", "日程"), "feed": lazy_pgettext("noun", "订阅"),
    "file": lazy_pgettext("noun", "文件"), "milestone": lazy_pgettext("noun", "时间节点"), "occurrence": lazy_pgettext("noun", "情形"), "person": lazy_pgettext("noun", "人员"),
    "room": lazy_pgettext("noun", "场地"), "rule_set": lazy_pgettext("noun", "谈话方案"), "study_session": lazy_pgettext("noun", "集中学习"), "unit": lazy_pgettext("noun", "部门单位"),
    "talk_proposal": lazy_pgettext("noun", "约谈提议"), "swap_rule": lazy_pgettext("noun", "换时间"), "workday": lazy_pgettext("noun", "工作日"), "organisation": lazy_pgettext("noun", "单位"), "campaign": lazy_pgettext("noun", "活动"), "working_time": lazy_pgettext("noun", "工作时间"),
    "group": lazy_pgettext("noun", "小组"), "external_contact": lazy_pgettext("noun", "外部联系人"), "contact_point": lazy_pgettext("noun", "联系点"),
    "mail_contact": lazy_pgettext("noun", "邮箱"), "mail": lazy_pgettext("noun", "邮件"),
    "attendance": lazy_pgettext("noun", "出勤"), "workday_year": lazy_pgettext("noun", "工作日表"), "import": lazy_pgettext("noun", "导入"),
    "plan": lazy_pgettext("noun", "排期"), "calendar": lazy_pgettext("noun", "其他日历"), "subscription_page": lazy_pgettext("noun", "订阅页面"), "database": lazy_pgettext("noun", "数据库"),
    "task": lazy_pgettext("noun", "整改任务"), "material": lazy_pgettext("noun", "对照检查材料"), "material_step": lazy_pgettext("noun", "材料环节"), "opinion": lazy_pgettext("noun", "征求意见"),
    "opinion_tally": lazy_pgettext("noun", "意见统计"), "batch": lazy_pgettext("noun", "培训批次"), "batch_person": lazy_pgettext("noun", "培训人员"), "meeting_result": lazy_pgettext("noun", "会议结果"),
    "frequency_rule": lazy_pgettext("noun", "会议频次"), "visit": lazy_pgettext("noun", "走访"), "outside_point": lazy_pgettext("noun", "外部联系点"), "gate": lazy_pgettext("noun", "召开条件"),
    "study_target": lazy_pgettext("noun", "学时要求"), "study_exemption": lazy_pgettext("noun", "学时免除"),
}  # fmt: skip
DETAILS = {
    "notice_workdays": lazy_pgettext("detail", "提前工作日"), "paper": lazy_pgettext("detail", "文件"), "strokes": lazy_pgettext("detail", "笔画"),
    "span": lazy_pgettext("detail", "时间"), "room": lazy_pgettext("detail", "地点"), "host": lazy_pgettext("detail", "主持"), "joined": lazy_pgettext("detail", "加入"), "left": lazy_pgettext("detail", "移出"),
    "invited": lazy_pgettext("detail", "加入来宾"), "uninvited": lazy_pgettext("detail", "移出来宾"),
    "gone": lazy_pgettext("detail", "并入的编号"), "moved": lazy_pgettext("detail", "转过来的"),
    "attempts": lazy_pgettext("detail", "次数"), "by": lazy_pgettext("detail", "由"), "day": lazy_pgettext("detail", "日期"), "feeds": lazy_pgettext("detail", "订阅"),
    "files": lazy_pgettext("detail", "文件"), "is_on": lazy_pgettext("detail", "开启"), "is_workday": lazy_pgettext("detail", "上班"), "is_token": lazy_pgettext("detail", "令牌"),
    "kind": lazy_pgettext("detail", "种类"), "moves": lazy_pgettext("detail", "次数"), "person": lazy_pgettext("detail", "人员"), "preset": lazy_pgettext("detail", "方案"),
    "proposal": lazy_pgettext("detail", "提议"), "role": lazy_pgettext("detail", "职责"), "rule_set": lazy_pgettext("detail", "谈话方案"), "status": lazy_pgettext("detail", "状态"),
    "valid_from": lazy_pgettext("detail", "生效"), "version": lazy_pgettext("detail", "版本"), "vocabulary": lazy_pgettext("detail", "用语"), "what": lazy_pgettext("detail", "内容"), "why": lazy_pgettext("detail", "原因"),
    "branch": lazy_pgettext("detail", "支部"), "people": lazy_pgettext("detail", "人员"), "units": lazy_pgettext("detail", "部门单位"), "rooms": lazy_pgettext("detail", "场地"),
    "created": lazy_pgettext("detail", "新增"), "updated": lazy_pgettext("detail", "更新"), "unchanged": lazy_pgettext("detail", "无变化"), "booking": lazy_pgettext("detail", "日程"), "guest": lazy_pgettext("detail", "来宾"), "stood": lazy_pgettext("detail", "原为"), "along": lazy_pgettext("detail", "随之改期"), "quorum": lazy_pgettext("detail", "法定人数"),
    "contact": lazy_pgettext("detail", "外部联系人"), "item": lazy_pgettext("detail", "条件"), "person_times": lazy_pgettext("detail", "批评人次"), "items": lazy_pgettext("detail", "意见条数"), "present": lazy_pgettext("detail", "实到"), "reported_on": lazy_pgettext("detail", "上报日期"),
    "period": lazy_pgettext("detail", "周期"), "hours": lazy_pgettext("detail", "学时"), "campaign": lazy_pgettext("detail", "活动"),
}  # fmt: skip
"""What stands beside an entry of the journal."""


@pages.app_template_filter("deed")
def deed(action: str) -> str:
    """What was done, in a word; the code's own word if there is none."""
    told = str(DEEDS.get(action) or label(action))
    return told[:1].lower() + told[1:]


@pages.app_template_filter("noun")
def noun(name: str) -> str:
    """To what it was done."""
    return str(NOUNS.get(name, name))


def detail(name: str) -> str:
    """What a detail of an entry of the journal is about."""
    return str(DETAILS.get(name, name))


# ── The columns of tables that are imported ──────────────────────────────────────────────────────────────────────────
COLUMNS = {
    "id": lazy_pgettext("column", "编号"), "name": lazy_pgettext("column", "姓名或名称"), "name_en": lazy_pgettext("column", "英文名称"), "gender": lazy_pgettext("column", "性别"),
    "unit": lazy_pgettext("column", "部门"), "position": lazy_pgettext("column", "职务"), "rank": lazy_pgettext("column", "职务排序"), "grade": lazy_pgettext("column", "级别"), "category": lazy_pgettext("column", "类别"),
    "party_status": lazy_pgettext("column", "政治面貌"), "branch": lazy_pgettext("column", "党支部"), "party_group": lazy_pgettext("column", "党小组"), "group": lazy_pgettext("column", "党小组"),
    "tags": lazy_pgettext("column", "标签"), "manager": lazy_pgettext("column", "上级"), "kind": lazy_pgettext("column", "类型"), "in_charge": lazy_pgettext("column", "分管领导"),
    "head": lazy_pgettext("column", "负责人"), "acting_head": lazy_pgettext("column", "主持工作"), "members": lazy_pgettext("column", "成员"), "secretary": lazy_pgettext("column", "书记"),
    "committee": lazy_pgettext("column", "委员"), "capacity": lazy_pgettext("column", "容量"), "use": lazy_pgettext("column", "用途"), "person": lazy_pgettext("column", "人员"),
    "people": lazy_pgettext("column", "参加人"), "participants": lazy_pgettext("column", "参加人"), "from": lazy_pgettext("column", "起"), "to": lazy_pgettext("column", "止"),
    "first": lazy_pgettext("column", "起"), "last": lazy_pgettext("column", "止"), "reason": lazy_pgettext("column", "原因类别"), "rule": lazy_pgettext("column", "规则"), "date": lazy_pgettext("column", "日期"),
    "day": lazy_pgettext("column", "日期"), "start": lazy_pgettext("column", "开始"), "end": lazy_pgettext("column", "结束"), "room": lazy_pgettext("column", "地点"), "audience": lazy_pgettext("column", "范围"),
    "host": lazy_pgettext("column", "主持"), "title": lazy_pgettext("column", "名称"), "mode": lazy_pgettext("column", "方式"), "status": lazy_pgettext("column", "状态"), "session": lazy_pgettext("column", "会次"),
    "makeup_date": lazy_pgettext("column", "补课日期"), "workday": lazy_pgettext("column", "工作日"), "is_workday": lazy_pgettext("column", "工作日"), "note": lazy_pgettext("column", "说明"),
    "starts": lazy_pgettext("column", "开始"), "ends": lazy_pgettext("column", "结束"), "phases": lazy_pgettext("column", "阶段"), "milestones": lazy_pgettext("column", "时间节点"),
    "talk_window": lazy_pgettext("column", "谈话窗口期"), "lists": lazy_pgettext("column", "名单"), "zone": lazy_pgettext("column", "时区"), "span": lazy_pgettext("column", "时间"),
    "agenda": lazy_pgettext("column", "议程"), "remark": lazy_pgettext("column", "通知备注"), "link": lazy_pgettext("column", "链接"),
    "email": lazy_pgettext("column", "邮箱"), "address": lazy_pgettext("column", "邮箱"),
}  # fmt: skip


@pages.app_template_filter("field")
def field_name(name: str) -> str:
    """What a column or field is called; the code's own word if it has no other."""
    return str(COLUMNS.get(name, name))
