"""Findings as sentences. A finding that was stripped for the viewer says who or what, and nothing else."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, tzinfo

from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.people import Room
from scheduler.wording import plan_findings, plan_reasons, plans, series, vocabularies
from scheduler.wording.labels import label
from scheduler.wording.times import (
    dated_text,
    day_text,
    days_text,
    hours_text,
    span_text,
    time_text,
    weekday_text,
)


def text(finding: Finding, lang: str = "zh") -> str:
    """The sentence for a finding; a kind that has no sentence yet is told by its name and subject."""
    sentence = SENTENCES.get(finding.kind)
    if sentence is None:
        return " ".join(filter(None, (label(finding.kind, lang), finding.subject)))
    return sentence(finding, lang)


def _name(finding: Finding, lang: str) -> str:
    """Who or what it is about; the bare id if no name came along."""
    named = finding.details.get("name")
    if isinstance(named, Room):
        return (named.name_en or named.name) if lang != "zh" else named.name
    if lang != "zh" and finding.details.get("name_en"):
        return str(finding.details["name_en"])
    return str(named or finding.subject)


def _day(finding: Finding) -> date:
    found = finding.details.get("day")
    return found if isinstance(found, date) else date.fromisoformat(finding.subject)


def _unavailable(finding: Finding, lang: str) -> str:
    return f"{_name(finding, lang)} {'不可用' if lang == 'zh' else 'is not available'}"


def _shared(finding: Finding, lang: str) -> str:
    """The time of a clash; the day is named when it is not the draft's."""
    start, end, day = (finding.details.get(key) for key in ("start", "end", "day"))
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return ""
    if start.date() != end.date() and (end.hour, end.minute) != (0, 0):
        return span_text(start, end, lang)
    hours = hours_text(start, end)
    return hours if start.date() == day else f"{day_text(start, lang)} {hours}"


def _person_taken(finding: Finding, lang: str) -> str:
    if finding.details.get("is_private"):
        return _unavailable(finding, lang)
    said = "已有安排" if lang == "zh" else "is already booked"
    return _join(_name(finding, lang), _shared(finding, lang), said, lang)


def _room_taken(finding: Finding, lang: str) -> str:
    if finding.details.get("is_private"):
        return _unavailable(finding, lang)
    said = "已被占用" if lang == "zh" else "is taken"
    return _join(_name(finding, lang), _shared(finding, lang), said, lang)


def _join(name: str, when: str, said: str, lang: str) -> str:
    words = (name, when, said) if lang == "zh" else (name, said, when)
    return " ".join(filter(None, words))


def _away(finding: Finding, lang: str) -> str:
    absence = finding.details.get("absence")
    if finding.details.get("is_private") or not isinstance(absence, Absence):
        return _unavailable(finding, lang)
    if absence.only_weekdays:
        return f"{_name(finding, lang)} {_only(absence, lang)}"
    if absence.busy:
        said = "另有安排（本人的其他日历）" if lang == "zh" else "is busy in another calendar"
        zone = finding.details.get("zone")
        start, end = absence.busy.start, absence.busy.end
        when = span_text(start.astimezone(zone), end.astimezone(zone), lang) if isinstance(zone, tzinfo) else ""
        return _join(_name(finding, lang), when, said, lang)
    days = days_text(absence.first, absence.last, lang)
    reason = reason_text(absence.reason, lang)
    if lang == "zh":
        return f"{_name(finding, lang)} {days} {reason or '不在岗'}"
    return f"{_name(finding, lang)} is away {days}{f' ({reason})' if reason else ''}"


def reason_text(reason: str, lang: str = "zh") -> str:
    """A reason written in Chinese and then in English (`党校脱产培训 training`), in one of them; any other as it stands."""
    both = re.fullmatch(r"([^a-zA-Z]*[^\x00-\x7f]) +([a-z][a-z /-]*)", reason)
    if not both:
        return reason
    return both[1 if lang == "zh" else 2]


def _only(absence: Absence, lang: str) -> str:
    monday = date(2024, 1, 1)
    days = [weekday_text(monday.replace(day=1 + weekday), lang) for weekday in absence.only_weekdays]
    start, end = time.fromisoformat(absence.only_from), time.fromisoformat(absence.only_to)
    if lang == "zh":
        return f"仅{'、'.join(days)} {hours_text(start, end)} 可安排"
    return f"is available only {', '.join(days)} {hours_text(start, end)}"


def _room_too_small(finding: Finding, lang: str) -> str:
    capacity, count = finding.details.get("capacity"), finding.details.get("count")
    if lang == "zh":
        return f"{_name(finding, lang)} 可容纳 {capacity} 人，参加 {count} 人"
    return f"{_name(finding, lang)} holds {capacity}, {count} take part"


def _room_use(finding: Finding, lang: str) -> str:
    use = label(f"room:{finding.details.get('use')}", lang)
    if lang == "zh":
        return f"{_name(finding, lang)} 用途为{use}"
    return f"{_name(finding, lang)} is meant for {use.lower()}"


def _weekend(finding: Finding, lang: str) -> str:
    day = _day(finding)
    if lang == "zh":
        return dated_text(day)
    return f"{dated_text(day, lang)} is a weekend day"


def _holiday(finding: Finding, lang: str) -> str:
    day, note = _day(finding), str(finding.details.get("note") or "")
    if lang == "zh":
        return f"{day_text(day)} {note or '放假'}"
    return f"{dated_text(day, lang)} is a day off{f' ({note})' if note else ''}"


def _lunch(finding: Finding, lang: str) -> str:
    hours = _hours(finding)
    return f"跨午休（{hours}）" if lang == "zh" else f"Runs over lunch ({hours})"


def _outside_hours(finding: Finding, lang: str) -> str:
    hours = _hours(finding)
    return f"不在工作时间内（{hours}）" if lang == "zh" else f"Outside working hours ({hours})"


def _hours(finding: Finding) -> str:
    found = finding.details.get("hours")
    return (
        "–".join(time_text(moment) for moment in found if isinstance(moment, time)) if isinstance(found, tuple) else ""
    )


def _outside_window(finding: Finding, lang: str) -> str:
    first, last, day = (finding.details.get(key) for key in ("first", "last", "day"))
    if isinstance(first, date) and isinstance(day, date) and day < first:
        return (
            f"谈话窗口期{day_text(first)}开始" if lang == "zh" else f"The talk window opens on {day_text(first, lang)}"
        )
    if isinstance(last, date):
        return (
            f"超出谈话窗口期（{day_text(last)}截止）"
            if lang == "zh"
            else f"Outside the talk window (closed on {day_text(last, lang)})"
        )
    return "不在谈话窗口期内" if lang == "zh" else "Outside the talk window"


def _year_not_published(finding: Finding, lang: str) -> str:
    if lang == "zh":
        return f"{finding.subject}年放假安排待公布，工作日按周一至周五推算"
    return f"The holidays of {finding.subject} are not published yet; Monday to Friday are taken as workdays"


def _unread(finding: Finding, lang: str) -> str:
    """Columns or keys of a file that mean nothing here."""
    found = finding.details.get("columns") or finding.details.get("keys")
    names = ("、" if lang == "zh" else ", ").join(map(str, found)) if isinstance(found, (tuple, list)) else ""
    if lang == "zh":
        return f"{finding.subject}：未识别、未导入的内容：{names}"
    return f"{finding.subject}: not understood and left out: {names}"


def _relation_unknown(finding: Finding, lang: str) -> str:
    rules = finding.details.get("rules")
    name = ("、" if lang == "zh" else ", ").join(map(str, rules)) if isinstance(rules, tuple) else finding.subject
    if lang == "zh":
        return f"规则 {name}：组织资料中没有登记所需的上下级关系"
    return f"Rule {name}: the organisation has not recorded the relation it needs"


def _no_moves(finding: Finding, lang: str) -> str:
    """How many moves there were to be had."""
    allowed = finding.details.get("allowed")
    if not allowed:
        return "组织者没有开放自行换时间" if lang == "zh" else "Organizers let nobody change times by themselves"
    if lang == "zh":
        return f"每次谈话每人最多换 {allowed} 次时间，您已用完"
    return f"Each person may move a talk {allowed} times at most, and you have"


def _said(chinese: str, english: str) -> Callable[[Finding, str], str]:
    """A sentence in both languages; `{name}` and `{subject}` are filled in."""

    def say(finding: Finding, lang: str) -> str:
        sentence = vocabularies.told(chinese if lang == "zh" else english, lang)
        return sentence.format(name=_name(finding, lang), subject=finding.subject)

    return say


SENTENCES: dict[str, Callable[[Finding, str], str]] = {
    "person_taken": _person_taken,
    "room_taken": _room_taken,
    "absence": _away,
    "attendee_unavailable": _away,
    "room_too_small": _room_too_small,
    "room_use": _room_use,
    "weekend": _weekend,
    "holiday": _holiday,
    "lunch": _lunch,
    "outside_hours": _outside_hours,
    "outside_window": _outside_window,
    "year_not_published": _year_not_published,
    "extra": _said("计划外谈话：没有规则要求这些人谈话", "An extra talk: no rule asks for these people"),
    "already_covered": _said("规则要求的谈话均已完成", "What the rules ask of these people is covered already"),
    "not_yet_held": _said("尚未到谈话日期，到期后计入", "It lies ahead and counts from its day on"),
    "title_dropped": _said("谈心谈话不记录主题，标题未保存", "A talk keeps no title; it was left out"),
    "no_room": _said("未指定地点", "No room is set"),
    "group_talk": _said("集体谈话不计入必谈", "A group talk will not count here"),
    "mode_not_allowed": _said("此谈话方式不计入必谈", "A talk in this mode will not count here"),
    "in_charge_is_head": _said("{name}：分管领导兼任负责人", "{name}: the leader in charge is the head"),
    "head_vacant": _said("{name}：负责人空缺", "{name}: no head"),
    "room_unknown": _said("地点“{subject}”不在场地表中", "There is no room “{subject}”"),
    "same_name": _said("有重名人员：{name}", "Several people are called {name}"),
    "self_pair": _said("{name}：谈话双方为同一人，不列入", "{name}: both sides are one person; left out"),
    "empty_pool": _said("{name}：无可谈对象", "{name}: nobody to talk with"),
    "no_such_group": _said("没有名为“{subject}”的组", "There is no group “{subject}”"),
    "relation_unknown": _relation_unknown,
    "audience_unknown": _said("参加范围“{subject}”没有对应的人员", "The audience “{subject}” names nobody"),
    "unknown_column": _unread,
    "unknown_key": _unread,
    "swap_over": _said(
        "谈话已经开始、确认或取消，不能再换时间",
        "The talk has begun, was confirmed or cancelled: its time cannot change",
    ),
    "swap_open": _said("已有一个换时间的提议在等答复", "Another time is proposed already and waits for an answer"),
    "swap_no_moves": _no_moves,
    "swap_not_free": _said("这个时间已经不空了，请另选一个", "That time is not free any more; pick another one"),
    "link_too_early": _said("谈话开始以后才能确认", "It can be confirmed once the talk has begun"),
    "reply_too_large": _said("邮件太大，没有读", "The message is too large and was not read"),
    "reply_unreadable": _said("读不懂这封邮件里的日历", "The calendar in this message cannot be read"),
    "reply_no_calendar": _said("这封邮件里没有日历回复", "There is no calendar in this message"),
    "reply_not_a_reply": _said("不是对邀请的回复（METHOD:REPLY）", "This is no answer to an invitation (METHOD:REPLY)"),
    "reply_no_answer": _said("回复里没有接受、拒绝或暂定", "It neither accepts, declines nor is tentative"),
    "reply_not_theirs": _said(
        "发件人与回复人不是同一个邮箱", "It was sent from another address than the one that answers"
    ),
    "reply_unknown_booking": _said("回复的日程不是从这里发出的", "It answers a booking that is not ours"),
    "reply_unknown_attendee": _said("回复人不在这项日程中", "Whoever answers is not in that booking"),
    "reply_outdated": _said("日程后来又改过，这个回复已过时", "The booking has changed since: the answer is outdated"),
    **series.SENTENCES,
    **plan_reasons.SENTENCES,
    **plan_findings.SENTENCES,
    **plans.SENTENCES,
}
"""Every kind of finding, with how to say it."""
