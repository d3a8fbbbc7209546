"""Findings as sentences. A finding that was stripped for the viewer says who or what, and nothing else."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, tzinfo

from scheduler.core.ground.bookings import Absence, Booking
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.people import SUPERVISION_GROUP, Room
from scheduler.core.ground.spans import Span
from scheduler.wording import occurrences, plan_findings, plan_reasons, plans, plausibility, programme, readings, series
from scheduler.wording.labels import audience_text, label
from scheduler.wording.texts import filled, listed, named, say, within, words
from scheduler.wording.times import (
    date_text,
    dated_text,
    day_text,
    days_text,
    hours_text,
    span_text,
    time_text,
    weekday_text,
)

TEXTS = {
    "extra": "计划外谈话：没有规则要求这些人谈话",
    "already_covered": "规则要求的谈话均已完成",
    "not_yet_begun": "尚未开始，开始以后才能确认或登记",
    "campaign_closed": "活动“%(name)s”已归档，不能再更改；需要更改时请先重新开放",
    "asked_of_many": "一小时内查看的人太多，请过一会儿再查，或联系组织者",
    "own_talk_not_asked": "没有规则要求您与对方谈话，或者已经约好、谈过了；需要另约的，请联系组织者",
    "title_dropped": "谈心谈话不记录主题，标题未保存",
    "remark_dropped": "谈心谈话不记录议程和备注，未保存",
    "no_room": "未指定地点",
    "no_study_hours": "在工作时间以外，不计学时；如要计入，请写明学时",
    "group_talk": "集体谈话不计入必谈",
    "mode_not_allowed": "此谈话方式不计入必谈",
    "in_charge_is_head": "%(name)s：分管领导兼任负责人",
    "head_vacant": "%(name)s：负责人空缺",
    "hours_not_counted": "“%(subject)s”不是集中学习，不计学时，所填的 %(hours)s 没有用到",
    "room_unknown": "地点“%(subject)s”不在场地表中",
    "same_name": "有重名人员：%(name)s",
    "self_pair": "%(name)s：谈话双方为同一人，不列入",
    "no_committee": "%(name)s：没有登记支委会成员",
    "audience_unknown": "参加范围“%(subject)s”没有对应的人员",
    "page_taken": "本页已经启用过了",
    "swap_over": "谈话已经开始、确认或取消，不能再换时间",
    "swap_open": "已有一个换时间的提议在等答复",
    "proposal_open": "与对方已有一个约谈提议在等答复",
    "swap_not_free": "这个时间已经不空了，请另选一个",
    "link_too_early": "谈话开始以后才能确认",
    "reply_too_large": "邮件太大，没有读",
    "reply_unreadable": "读不懂这封邮件里的日历",
    "reply_no_calendar": "这封邮件里没有日历回复",
    "reply_not_a_reply": "不是对邀请的回复（METHOD:REPLY）",
    "reply_no_answer": "回复里没有接受、拒绝或暂定",
    "reply_odd_sender": "发件人写法有歧义（From 中不止一个地址），没有登记",
    "reply_by_deputy": "由他人代为回复（SENT-BY），没有登记：本人已有答复，或提议了别的时间。请本人回复，或与组织者联系",
    "reply_no_proposal": "这项日程不能由参加人另提时间，仍按原时间；请联系组织者",
    "reply_not_theirs": "发件人与回复人不是同一个邮箱",
    "reply_unknown_booking": "回复的日程不是从这里发出的",
    "reply_unknown_attendee": "回复人不在这项日程中",
    "no_paper_fonts": "这台机器上没有可以嵌入的中文字体，不能生成 PDF：请安装 fonts-noto-cjk，或改用 docx、xlsx",
    "year_not_published": "%(subject)s年放假安排待公布，工作日按周一至周五推算",
    "merge_own_talk": "%(subject)s 是这两条记录之间的谈话",
    "merge_attendance": "%(subject)s：两条记录的出勤不一样",
    "merge_accounts": "两条记录各有一个账号，先停用其中一个",
    "import_undone": "这次导入已经撤销过",
    "code_expired": "二维码已经更换，请重新扫描屏幕上的二维码",
    "reply_outdated": "日程后来又改过，这个回复已过时",
}
"""Kinds that need no more than `name` and `subject`."""
MISSING = {
    "committee": "%(name)s：没有登记支委会成员",
    "members": "%(name)s：没有登记党员",
    "in_charge": "%(name)s：没有登记分管领导",
    "manager": "%(name)s：没有登记上级",
    "person": "%(name)s：在规则的名单里，但不在人员名册里",
}
"""What a relation lacks."""
HANGING = words(
    "hangs on it",
    {
        "absence": "不在岗登记",
        "external_contact": "外部联系人",
        "mail_contact": "邮箱",
        "milestone": "时间节点",
        "organisation": "单位资料",
        "people_group": "小组",
        "people_group_version": "小组的名称",
        "person": "人员",
        "phase": "阶段",
        "room": "场地",
        "study_target": "学时要求",
        "unit": "部门单位",
        "unit_version": "部门单位的记录",
        "workday": "工作日历",
        "workday_year": "放假安排",
        "account": "账号",
        "allocation": "占用",
        "arrival": "签到",
        "attendance": "出勤",
        "booking": "日程",
        "campaign": "活动里的名单",
        "draft_placement": "排期草案",
        "feed": "订阅",
        "mail_link": "邮件里的链接",
        "mail_message": "寄出的邮件",
        "membership": "班子、小组或支委会",
        "occurrence": "情形",
        "invitation_reply": "邮件答复",
        "outside_calendar": "其他日历",
        "participant": "日程",
        "person_version": "人员的记录",
        "post": "分管、负责或联系点",
        "rule_set": "已启用的谈话方案",
        "subscription_page": "订阅页面",
        "task": "整改任务",
        "material": "对照检查材料",
        "material_step": "材料的环节",
        "opinion": "征求意见",
        "batch_person": "培训批次",
        "visit": "走访",
        "outside_contact_point": "联系点",
        "study_exemption": "免修",
        "swap_proposal": "换时间的提议",
        "talk_proposal": "约谈提议",
    },
)
"""What can name somebody or something that is to be removed, by its table."""
_USES = words("use", {"all": "通用", "meeting": "会议", "talk": "谈话"})
"""What a room is for, within a sentence."""


def text(finding: Finding, lang: str = "zh") -> str:
    """The sentence for a finding; a kind that has no sentence yet is told by its name and subject."""
    sentence = occurrences.sentence if "occurrence" in finding.details else SENTENCES.get(finding.kind)
    if sentence is None:
        return " ".join(filter(None, (label(finding.kind, lang), finding.subject)))
    return sentence(finding, lang)


def _plain(finding: Finding, lang: str) -> str:
    return filled(TEXTS[finding.kind], lang, {"name": _name(finding, lang), "subject": finding.subject})


def _name(finding: Finding, lang: str) -> str:
    """Who or what it is about; the bare id if no name came along."""
    owner, details = finding.details.get("name"), finding.details
    if isinstance(owner, Room):
        return named(lang, owner.name, owner.name_en)
    return named(lang, str(owner or finding.subject), str(details.get("name_en") or ""))


def _day(finding: Finding) -> date:
    day = finding.details.get("day")
    return day if isinstance(day, date) else date.fromisoformat(finding.subject)


def _new_campaign(finding: Finding, lang: str) -> str:
    details = {key: str(finding.details.get(key, "")) for key in ("starts", "ends")}
    text = "新的活动：%(name)s（%(id)s，%(starts)s 至 %(ends)s）"
    return say(text, lang, name=_name(finding, lang), id=finding.subject, **details)


def _outside_campaign(finding: Finding, lang: str) -> str:
    """A milestone's day that lies before the campaign begins or after it ends."""
    days = _days(finding, lang)
    if not {"day", "starts", "ends"} <= days.keys():
        return say("这一天不在活动的起止日期内", lang)
    text = "%(day)s不在活动“%(campaign)s”的起止日期内（%(starts)s至%(ends)s）；请换一天，或先修改活动的起止日期"
    return say(text, lang, **days, campaign=finding.details.get("campaign"))


_FOLLOWS = "时间节点“%(milestone)s”一并移到%(day)s，谈话窗口期为%(opens)s至%(closes)s"
_STAYS = {
    "outside_campaign": "时间节点“%(milestone)s”仍在%(stays_on)s：%(day)s不在活动的起止日期内（%(starts)s至%(ends)s）",
    "other_meeting": "时间节点“%(milestone)s”仍在%(stays_on)s：当天还有一场同类会议",
    "not_allowed": "时间节点“%(milestone)s”仍在%(stays_on)s：移动节点请找组织者",
}
"""Why a milestone does not follow its meeting."""


def _milestone_follows(finding: Finding, lang: str) -> str:
    days, key = _days(finding, lang), label(finding.subject, lang)
    if {"day", "opens", "closes"} <= days.keys():
        return say(_FOLLOWS, lang, milestone=key, **days)
    return say("时间节点“%(milestone)s”一并移动", lang, milestone=key)


def _milestone_stays(finding: Finding, lang: str) -> str:
    text, key = _STAYS.get(str(finding.details.get("why"))), label(finding.subject, lang)
    if text is None:
        return say("时间节点“%(milestone)s”不动", lang, milestone=key)
    return say(text, lang, milestone=key, **_days(finding, lang))


def _meeting_cannot_follow(finding: Finding, lang: str) -> str:
    return say("会议日程 %(id)s 不能一并改期；可换一天，或只移动节点", lang, id=finding.subject)


def _days(finding: Finding, lang: str) -> dict[str, str]:
    """All days that came along, written out."""
    return {key: date_text(day, lang) for key, day in finding.details.items() if isinstance(day, date)}


def _unavailable(finding: Finding, lang: str) -> str:
    return say("%(name)s 不可用", lang, name=_name(finding, lang))


def _shared(finding: Finding, lang: str) -> str:
    """The time of a clash; the day is named when it is not the draft's."""
    start, end, day = (finding.details.get(key) for key in ("start", "end", "day"))
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return ""
    if start.date() != end.date() and (end.hour, end.minute) != (0, 0):
        return span_text(start, end, lang)
    hours = hours_text(start, end)
    return hours if start.date() == day else f"{day_text(start, lang)} {hours}"


def _empty_audience(finding: Finding, lang: str) -> str:
    """Which part of an audience nobody is in."""
    group = str(finding.details.get("group") or "")
    audience = audience_text(finding.subject, lambda name: group or label(name, lang), lang)
    return say("“%(audience)s”当天没有人员，请改选参加范围，或先补全花名册", lang, audience=audience)


def _person_taken(finding: Finding, lang: str) -> str:
    if finding.details.get("is_private"):
        return _unavailable(finding, lang)
    name, when = _name(finding, lang), _shared(finding, lang)
    return (
        say("%(name)s %(when)s 已有安排", lang, name=name, when=when)
        if when
        else say("%(name)s 已有安排", lang, name=name)
    )


def _room_taken(finding: Finding, lang: str) -> str:
    if finding.details.get("is_private"):
        return _unavailable(finding, lang)
    name, when = _name(finding, lang), _shared(finding, lang)
    return (
        say("%(name)s %(when)s 已被占用", lang, name=name, when=when)
        if when
        else say("%(name)s 已被占用", lang, name=name)
    )


def _away(finding: Finding, lang: str) -> str:
    absence = finding.details.get("absence")
    if finding.details.get("is_private") or not isinstance(absence, Absence):
        return _unavailable(finding, lang)
    name = _name(finding, lang)
    if absence.only_weekdays:
        return _only(name, absence, lang)
    if absence.busy:
        return _busy(name, absence.busy, finding.details.get("zone"), lang)
    days, reason = days_text(absence.first, absence.last, lang), reason_text(absence.reason, lang)
    if reason:
        return say("%(name)s %(days)s %(reason)s", lang, name=name, days=days, reason=reason)
    return say("%(name)s %(days)s 不在岗", lang, name=name, days=days)


def _absence_hits(finding: Finding, lang: str) -> str:
    """Which booking somebody who is away was expected at."""
    booking, zone = finding.details.get("booking"), finding.details.get("zone")
    if not isinstance(booking, Booking) or not isinstance(zone, tzinfo):
        return _away(finding, lang)
    when = span_text(booking.span.start.astimezone(zone), booking.span.end.astimezone(zone), lang)
    kind, away = label(booking.kind, lang), _away(finding, lang)
    text = "%(away)s，而 %(when)s 已安排%(kind)s（%(id)s）：请另排这一项"
    return say(text, lang, away=away, when=when, kind=kind, id=booking.id)


def _no_such_group(finding: Finding, lang: str) -> str:
    """A group that rules name and nobody has set."""
    if finding.subject == SUPERVISION_GROUP:
        return say("尚未设督导组：请在“支部与小组”里设置，或选择“我们没有督导组”", lang)
    name = label(finding.subject, lang)
    if name != finding.subject:
        return say("尚未设置“%(name)s”：请在“支部与小组”里填写", lang, name=name)
    return say("没有名为“%(subject)s”的组", lang, subject=finding.subject)


def _sign_in_closed(finding: Finding, lang: str) -> str:
    """From when to when one may sign in."""
    span, zone = finding.details.get("span"), finding.details.get("zone")
    if not isinstance(span, Span) or not isinstance(zone, tzinfo):
        return say("现在不能签到", lang)
    when = span_text(span.start.astimezone(zone), span.end.astimezone(zone), lang)
    return say("现在不能签到。签到时间：%(when)s", lang, when=when)


def _busy(name: str, span: Span, zone: object, lang: str) -> str:
    """Busy in another calendar; when, if the zone is known."""
    if not isinstance(zone, tzinfo):
        return say("%(name)s 另有安排（本人的其他日历）", lang, name=name)
    when = span_text(span.start.astimezone(zone), span.end.astimezone(zone), lang)
    return say("%(name)s %(when)s 另有安排（本人的其他日历）", lang, name=name, when=when)


def reason_text(reason: str, lang: str = "zh") -> str:
    """A reason written in Chinese and then in English (`党校脱产培训 training`), in one of them; any other as it stands."""
    both = re.fullmatch(r"([^a-zA-Z]*[^\x00-\x7f]) +([a-z][a-z /-]*)", reason)
    return named(lang, both[1], both[2]) if both else reason


_LAST = time(23, 59)


def _only(name: str, absence: Absence, lang: str) -> str:
    """When alone somebody can be had; whoever is away for a part of a day is said to be away."""
    monday, (opens, closes) = date(2024, 1, 1), absence.hours
    if absence.first == absence.last and (opens == time.min or closes >= _LAST):
        days = days_text(absence.first, absence.last, lang)
        if opens == time.min:
            return say("%(name)s %(days)s %(hour)s 起不在岗", lang, name=name, days=days, hour=time_text(closes))
        return say("%(name)s %(days)s %(hour)s 以前不在岗", lang, name=name, days=days, hour=time_text(opens))
    days = listed((weekday_text(monday.replace(day=1 + weekday), lang) for weekday in absence.only_weekdays), lang)
    hours = hours_text(*absence.hours)
    return say("%(name)s 仅%(days)s %(hours)s 可安排", lang, name=name, days=days, hours=hours)


def _room_too_small(finding: Finding, lang: str) -> str:
    capacity, count = finding.details.get("capacity"), finding.details.get("count")
    text = "%(name)s 可容纳 %(capacity)s 人，参加 %(count)s 人"
    return say(text, lang, name=_name(finding, lang), capacity=capacity, count=count)


def _room_use(finding: Finding, lang: str) -> str:
    use = str(finding.details.get("use"))
    return say("%(name)s 用途为%(use)s", lang, name=_name(finding, lang), use=say(_USES.get(use, use), lang))


def _weekend(finding: Finding, lang: str) -> str:
    return say(within("weekend", "%(day)s"), lang, day=dated_text(_day(finding), lang))


def _holiday(finding: Finding, lang: str) -> str:
    day, note = _day(finding), finding.details.get("note")
    values = {"day": day_text(day, lang), "dated": dated_text(day, lang)}
    if note:
        return say("%(day)s%(dated).0s %(note)s", lang, note=note, **values)
    return say("%(day)s%(dated).0s 放假", lang, **values)


def _hanging(finding: Finding, lang: str) -> str:
    """What hangs on something, by the table in which it stands."""
    what = str(finding.details.get("what"))
    return say(HANGING.get(what, "其他记录"), lang)


def _still_used(finding: Finding, lang: str) -> str:
    count, told = finding.details.get("count"), _hanging(finding, lang)
    return told if count is None else say("%(what)s %(count)s 处", lang, what=told, count=count)


def _goes_over(finding: Finding, lang: str) -> str:
    return say("%(what)s %(count)s 处", lang, what=_hanging(finding, lang), count=finding.details.get("count"))


def _merge_overlap(finding: Finding, lang: str) -> str:
    return say("%(one)s 与 %(other)s 时间重叠", lang, one=finding.subject, other=finding.details.get("other", ""))


def _changed_since_import(finding: Finding, lang: str) -> str:
    return say("%(name)s：%(what)s在导入后又改过", lang, name=_name(finding, lang), what=_hanging(finding, lang))


def _hangs_on_import(finding: Finding, lang: str) -> str:
    count, bookings = finding.details.get("count"), finding.details.get("bookings")
    text = say(
        "%(name)s：%(what)s %(count)s 处", lang, name=_name(finding, lang), what=_hanging(finding, lang), count=count
    )
    return f"{text} {' '.join(map(str, bookings))}" if isinstance(bookings, tuple) and bookings else text


def _place_taken_since(finding: Finding, lang: str) -> str:
    """What stands where a booking stood before an import moved it."""
    others = finding.details.get("bookings")
    told = listed(map(str, others), lang) if isinstance(others, tuple) else ""
    return say("%(id)s 改不回导入前的样子：%(others)s 已占用那时的人员或场地", lang, id=finding.subject, others=told)


def _import_too_old(finding: Finding, lang: str) -> str:
    return say("导入超过 %(days)s 天，不能再整批撤销", lang, days=finding.details.get("days", ""))


def _at_most(finding: Finding, lang: str) -> str:
    """How long a talk may be that somebody books for themself, or how many of them."""
    is_long, most = finding.kind == "own_talk_too_long", finding.details.get("most")
    if most is None:
        return say("自己约的谈话太长" if is_long else "您自己约的谈话太多，谈过或取消以后再约", lang)
    text = "自己约的谈话最长 %(most)s 分钟" if is_long else "您自己约的谈话还有 %(most)s 次没有谈，谈过或取消以后再约"
    return say(text, lang, most=most)


def _swaps_full(finding: Finding, lang: str) -> str:
    """How many proposals of other times may wait for an answer."""
    return say(
        "等答复的换时间提议最多 %(most)s 个，请等对方答复，或撤回一些", lang, most=finding.details.get("most", "")
    )


def _notice_too_short(finding: Finding, lang: str) -> str:
    """From which day on there is notice enough."""
    earliest = finding.details.get("earliest")
    if not isinstance(earliest, datetime):
        return say("太急，对方来不及安排", lang)
    return say("太急，对方来不及安排：最早约在%(day)s", lang, day=dated_text(earliest.date(), lang))


def _lunch(finding: Finding, lang: str) -> str:
    return say("跨午休（%(hours)s）", lang, hours=_hours(finding))


def _outside_hours(finding: Finding, lang: str) -> str:
    return say("不在工作时间内（%(hours)s）", lang, hours=_hours(finding))


def _hours(finding: Finding) -> str:
    hours = finding.details.get("hours")
    return (
        "–".join(time_text(moment) for moment in hours if isinstance(moment, time)) if isinstance(hours, tuple) else ""
    )


def _outside_window(finding: Finding, lang: str) -> str:
    first, last, day = (finding.details.get(key) for key in ("first", "last", "day"))
    if isinstance(first, date) and isinstance(day, date) and day < first:
        return say("谈话窗口期%(day)s开始", lang, day=day_text(first, lang))
    if isinstance(last, date):
        return say("超出谈话窗口期（%(day)s截止）", lang, day=day_text(last, lang))
    return say("不在谈话窗口期内", lang)


def _makeup_before(finding: Finding, lang: str) -> str:
    if isinstance(day := finding.details.get("day"), date):
        return say("补课日期不能早于当次日期（%(day)s）", lang, day=day_text(day, lang))
    return say("补课日期不能早于当次日期", lang)


def _unread(finding: Finding, lang: str) -> str:
    """Columns or keys of a file that mean nothing here."""
    names = finding.details.get("columns") or finding.details.get("keys")
    told = listed(map(str, names), lang) if isinstance(names, (tuple, list)) else ""
    return say("%(file)s：未识别、未导入的内容：%(names)s", lang, file=finding.subject, names=told)


def _meeting_left_behind(finding: Finding, lang: str) -> str:
    """Whither its milestone moved, and where the meeting still is, or that it goes there too."""
    key, day, stood = (finding.details.get(name) for name in ("key", "day", "stood"))
    days = (dated_text(on, lang) if isinstance(on, date) else "" for on in (day, stood))
    told = dict(zip(("day", "stood"), days, strict=True))
    text = "时间节点“%(name)s”改到%(day)s，日程 %(id)s 仍在%(stood)s，请另排"
    if finding.kind == "meeting_follows":
        text = "时间节点“%(name)s”由%(stood)s改到%(day)s，日程 %(id)s 一同移到那天"
    return say(text, lang, name=label(str(key), lang) if key else "", id=finding.subject, **told)


def _empty_pool(finding: Finding, lang: str) -> str:
    """What a branch lacks; otherwise that nobody is there to talk with."""
    missing = MISSING.get(str(finding.details.get("missing")))
    return say(missing or "%(name)s：无可谈对象", lang, name=_name(finding, lang))


def _relation_unknown(finding: Finding, lang: str) -> str:
    if missing := finding.details.get("missing"):
        return say(MISSING[str(missing)], lang, name=_name(finding, lang))
    rules = finding.details.get("rules")
    told = listed(map(str, rules), lang) if isinstance(rules, tuple) else finding.subject
    return say("规则 %(rules)s：组织资料中没有登记所需的上下级关系", lang, rules=told)


def _stroke_unknown(finding: Finding, lang: str) -> str:
    text = "%(name)s：“%(character)s”没有笔画数据，暂按拼音排在有笔画数据的字之后，可由组织者设定笔画"
    return say(text, lang, name=_name(finding, lang), character=finding.details.get("character", ""))


def _no_moves(finding: Finding, lang: str) -> str:
    """How many moves there were to be had."""
    if allowed := finding.details.get("allowed"):
        return say("每次谈话每人最多换 %(allowed)s 次时间，您已用完", lang, allowed=allowed)
    return say("组织者没有开放自行换时间", lang)


SENTENCES: dict[str, Callable[[Finding, str], str]] = {
    **dict.fromkeys(TEXTS, _plain),
    "person_taken": _person_taken,
    "room_taken": _room_taken,
    "absence": _away,
    "person_unavailable": _unavailable,
    "empty_audience": _empty_audience,
    "outside_campaign": _outside_campaign,
    "milestone_follows": _milestone_follows,
    "milestone_stays": _milestone_stays,
    "meeting_cannot_follow": _meeting_cannot_follow,
    "new_campaign": _new_campaign,
    "attendee_unavailable": _away,
    "absence_hits": _absence_hits,
    "sign_in_closed": _sign_in_closed,
    "no_such_group": _no_such_group,
    "room_too_small": _room_too_small,
    "room_use": _room_use,
    "weekend": _weekend,
    "holiday": _holiday,
    "lunch": _lunch,
    "own_talk_too_long": _at_most,
    "own_talks_full": _at_most,
    "notice_too_short": _notice_too_short,
    "still_used": _still_used,
    "changed_since_import": _changed_since_import,
    "hangs_on_import": _hangs_on_import,
    "goes_over": _goes_over,
    "merge_overlap": _merge_overlap,
    "import_too_old": _import_too_old,
    "place_taken_since": _place_taken_since,
    "outside_hours": _outside_hours,
    "outside_window": _outside_window,
    "makeup_before_session": _makeup_before,
    "relation_unknown": _relation_unknown,
    "unknown_column": _unread,
    "unknown_key": _unread,
    "stroke_unknown": _stroke_unknown,
    "empty_pool": _empty_pool,
    "meeting_follows": _meeting_left_behind,
    "meeting_left_behind": _meeting_left_behind,
    "swap_no_moves": _no_moves,
    "swaps_full": _swaps_full,
    **series.SENTENCES,
    **plan_reasons.SENTENCES,
    **plan_findings.SENTENCES,
    **plans.SENTENCES,
    **plausibility.SENTENCES,
    **programme.SENTENCES,
    **readings.SENTENCES,
}
"""Every kind of finding, with how to say it."""
