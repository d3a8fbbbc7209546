"""Findings of the programme as sentences: tasks, materials, opinions, training."""

from collections.abc import Callable, Mapping
from datetime import date

from scheduler.core.ground.findings import Finding
from scheduler.wording.texts import listed, say, words
from scheduler.wording.times import day_text

TASK_STATES = words("task", {"open": "未开始", "under_way": "推进中", "done": "已完成", "standing": "长期坚持"})
MATERIAL_STATES = words(
    "material",
    {"missing": "未提交", "submitted": "已提交", "returned": "已退回", "reviewed": "已审阅", "signed_off": "已同意"},
)
MATERIAL_STEPS = words(
    "material step", {"submitted": "提交", "returned": "退回", "reviewed": "审阅", "signed_off": "同意"}
)
SOURCES = words(
    "source of opinions",
    {
        "written": "书面征求",
        "symposium": "座谈会",
        "visit": "走访",
        "box_physical": "实体意见箱",
        "box_network": "网络意见箱",
    },
)


CONDITIONS = words(
    "condition",
    {
        "study": "集中学习达到规定学时",
        "opinions": "征求意见已汇总反馈",
        "talks": "必谈全部完成",
        "materials": "班子和个人对照检查材料经督导组审核同意",
        "tasks": "整改任务全部完成",
        "plan": "会议方案报经督导组同意",
        "report": "会前报告上级",
        "other": "自定的条件",
    },
)
GATE_STATES = words(
    "gate",
    {
        "open": "条件未齐",
        "ready": "条件已齐",
        "confirmed": "已确认召开",
        "overridden": "例外召开",
        "held": "已召开",
        "reported": "已上报",
    },
)
VISIT_STATES = words("visit", {"open": "未去", "booked": "已排", "visited": "去过"})
GATE_STEPS = words("gate item", {"submitted": "已报送", "returned": "已退回", "done": "已登记"})
ITEM_KINDS = words("gate item", {"computed": "系统核算", "tick": "组织者登记", "sign_off": "签署同意"})
DUTY_STATES = words(
    "duty",
    {"held": "已开", "booked": "已排", "due": "应开", "late": "逾期", "not_yet": "未到", "exempt": "免"},
)


LANES = words(
    "lane",
    {
        "study": "集中学习",
        "lectures": "党课",
        "symposiums": "座谈会",
        "visits": "联系点走访",
        "opinions": "征求意见",
        "talks": "谈心谈话",
        "extended": "扩大谈话",
        "branch_talks": "支部谈心谈话",
        "materials": "对照检查材料",
        "gate": "召开条件",
        "meetings": "定期会议",
        "tasks": "整改任务",
        "batches": "培训",
        "reports": "情况报告",
    },
)
LANE_STATES = words(
    "lane", {"done": "完成", "on_track": "进行中", "due": "将到期", "late": "逾期", "not_asked": "不要求"}
)
NEXT_STEPS = LANES | words(
    "next", {"plan": "会议方案", "report": "会前报告", "other": "自定的召开条件", "milestone": "时间节点"}
)


def _told(table: Mapping[str, str], key: str, lang: str) -> str:
    """A word of a table; of what is not in it, the key."""
    return say(table[key], lang) if key in table else key


def _day(finding: Finding, lang: str) -> str:
    day = finding.details.get("day")
    return day_text(day, lang) if isinstance(day, date) else ""


def _not_open_yet(finding: Finding, lang: str) -> str:
    text = "任务 %(id)s 于%(day)s立项，在此之前不能登记状态"
    return say(text, lang, id=finding.subject, day=_day(finding, lang))


def _stands(finding: Finding, lang: str) -> str:
    return say("任务 %(id)s 是长期坚持的，不销号；要有期限，请先改完成时限", lang, id=finding.subject)


def _closed_by_leader(finding: Finding, lang: str) -> str:
    return say("责任领导不能为自己负责的任务 %(id)s 销号，请由他人核实后销号", lang, id=finding.subject)


def _not_there_yet(finding: Finding, lang: str) -> str:
    state, step = (str(finding.details.get(key, "")) for key in ("state", "step"))
    text = "材料 %(id)s 现在是“%(state)s”，还不能“%(step)s”：提交之后审阅，审阅之后同意"
    return say(
        text,
        lang,
        id=finding.subject,
        state=_told(MATERIAL_STATES, state, lang),
        step=_told(MATERIAL_STEPS, step, lang),
    )


def _tally_differs(finding: Finding, lang: str) -> str:
    by_source, by_area = (finding.details.get(key, "") for key in ("by_source", "by_area"))
    text = "按来源合计 %(by_source)s 条，按领域合计 %(by_area)s 条，两者不符，请核对"
    return say(text, lang, by_source=by_source, by_area=by_area)


def _in_another_batch(finding: Finding, lang: str) -> str:
    return say(
        "%(id)s 已在 %(batch)s 中，一人只参加一期", lang, id=finding.subject, batch=finding.details.get("batch", "")
    )


def _batch_full(finding: Finding, lang: str) -> str:
    text = "%(id)s 没有名额：%(batch)s 上限 %(cap)s 人，已满"
    return say(
        text, lang, id=finding.subject, batch=finding.details.get("batch", ""), cap=finding.details.get("cap", "")
    )


def _without_leader(finding: Finding, lang: str) -> str:
    title = str(finding.details.get("title", ""))
    return say("整改任务 %(id)s %(title)s 没有责任领导，请指定", lang, id=finding.subject, title=title)


def _item_missing(finding: Finding, lang: str) -> str:
    """What is missing, how much of it, and by when."""
    have, of, due = (finding.details.get(key) for key in ("have", "of", "due"))
    told = _told(CONDITIONS, str(finding.details.get("what", finding.subject)), lang)
    if of is not None:
        told = say("%(what)s：%(have)s/%(of)s", lang, what=told, have=have, of=of)
    if isinstance(due, date):
        return say("还差 %(what)s（%(day)s前）", lang, what=told, day=day_text(due, lang))
    return say("还差 %(what)s", lang, what=told)


def _item_computed(finding: Finding, lang: str) -> str:
    what = _told(CONDITIONS, str(finding.details.get("what", finding.subject)), lang)
    return say("“%(what)s”由系统核算，不能手工勾选", lang, what=what)


def _item_not_signed(finding: Finding, lang: str) -> str:
    what = _told(CONDITIONS, str(finding.details.get("what", finding.subject)), lang)
    return say("“%(what)s”不是要签署的，不能报送或退回", lang, what=what)


def _item_not_sent(finding: Finding, lang: str) -> str:
    what = _told(CONDITIONS, str(finding.details.get("what", finding.subject)), lang)
    return say("“%(what)s”还没有报送，不能退回", lang, what=what)


def _reference_unknown(finding: Finding, lang: str) -> str:
    what = _told(CONDITIONS, str(finding.details.get("what", finding.subject)), lang)
    text = "召开条件“%(what)s”所指的“%(target)s”不存在，因此不会具备；请在“召开条件”里改"
    return say(text, lang, what=what, target=finding.details.get("target", ""))


def _over(finding: Finding, lang: str) -> str:
    return say("%(id)s 已经召开，不再确认", lang, id=finding.subject)


def _more_criticism(finding: Finding, lang: str) -> str:
    text = "批评 %(person_times)s 人次，多于 %(present)s 人相互批评的 %(most)s 人次，请核对（已保存）"
    details = {key: finding.details.get(key, "") for key in ("person_times", "present", "most")}
    return say(text, lang, **details)


def _duty_over(finding: Finding, lang: str) -> str:
    return say("%(subject)s %(period)s 这一期已经过了，排不上了；开过的请补登", lang, **finding.details)


def _duty_not_missing(finding: Finding, lang: str) -> str:
    text = "%(subject)s %(period)s 这一期不缺会：%(meetings)s"
    meetings = finding.details.get("meetings")
    names = listed(map(str, meetings), lang) if isinstance(meetings, tuple) and meetings else say("免", lang)
    return say(text, lang, **{**finding.details, "meetings": names})


def _no_time_in_period(finding: Finding, lang: str) -> str:
    text = "%(subject)s %(period)s 这一期里找不到大家都有空的时间，请换个时长或地点自己排"
    return say(text, lang, **finding.details)


SENTENCES: dict[str, Callable[[Finding, str], str]] = {
    "task_without_leader": _without_leader,
    "task_not_open_yet": _not_open_yet,
    "task_stands": _stands,
    "task_closed_by_leader": _closed_by_leader,
    "material_not_there_yet": _not_there_yet,
    "tally_differs": _tally_differs,
    "in_another_batch": _in_another_batch,
    "batch_full": _batch_full,
    "gate_item_missing": _item_missing,
    "gate_item_computed": _item_computed,
    "gate_item_not_signed": _item_not_signed,
    "gate_item_not_sent": _item_not_sent,
    "gate_reference_unknown": _reference_unknown,
    "gate_over": _over,
    "more_criticism_than_pairs": _more_criticism,
    "duty_over": _duty_over,
    "duty_not_missing": _duty_not_missing,
    "no_time_in_period": _no_time_in_period,
}
"""Every kind of finding about the programme, with how to say it."""
