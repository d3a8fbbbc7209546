"""Notices in words, short and without formatting, so that any chat and any telephone shows them as they are."""

from collections.abc import Sequence
from datetime import date

from scheduler.core.ground.spans import Span
from scheduler.core.mail.news import NewsKind
from scheduler.core.mail.notices import Notice
from scheduler.wording.labels import label
from scheduler.wording.texts import listed, say, within, words
from scheduler.wording.times import days_text, span_text

_KINDS = words("notice", {NewsKind.ADDED: "通知", NewsKind.CHANGED: "变更", NewsKind.REMOVED: "取消"})


def title(notice: Notice, lang: str = "zh") -> str:
    """What it is about: a talk by those in it, anything else by its title."""
    kind = label(notice.what, lang)
    if notice.others:
        return say("%(kind)s：%(names)s", lang, kind=kind, names=listed(notice.others, lang))
    return notice.title or kind


def text(notice: Notice, lang: str = "zh") -> str:
    """The whole notice, a line for each thing."""
    is_gone = notice.kind is NewsKind.REMOVED
    is_moved = notice.before is not None and notice.before != notice.span
    news = say(within("notice", "改期"), lang) if is_moved and not is_gone else say(_KINDS[notice.kind], lang)
    head = say("【%(news)s】", lang, news=news) + title(notice, lang)
    if is_gone:
        return "\n".join((head, say("原定时间：%(when)s", lang, when=_span(notice, notice.span, lang))))
    return "\n".join((head, *_facts(notice, lang)))


def _facts(notice: Notice, lang: str) -> list[str]:
    """When, where, who leads it, how to join it, and what else is to be known."""
    lines = [say("时间：%(when)s", lang, when=_when(notice, lang))]
    if notice.place or notice.before_place:
        lines.append(say("地点：%(where)s", lang, where=_where(notice, lang)))
    if notice.host:
        lines.append(say("主持：%(name)s", lang, name=notice.host))
    if notice.link:
        lines.append(say("视频：%(link)s", lang, link=notice.link))
    return [*lines, *(line for line in notice.remark.splitlines() if line.strip())]


def _when(notice: Notice, lang: str) -> str:
    when = _span(notice, notice.span, lang)
    if notice.before is None or notice.before == notice.span:
        return when
    return say("%(new)s（原定 %(old)s）", lang, new=when, old=_span(notice, notice.before, lang))


def _where(notice: Notice, lang: str) -> str:
    if notice.before is None or notice.before_place == notice.place:
        return notice.place
    nowhere = say("未定", lang)
    return say("%(new)s（原定 %(old)s）", lang, new=notice.place or nowhere, old=notice.before_place or nowhere)


def several(notices: Sequence[Notice], lang: str = "zh") -> str:
    """Several notices in one message."""
    return "\n\n".join(text(notice, lang) for notice in notices)


def week(name: str, days: tuple[date, date], notices: Sequence[Notice], address: str = "", lang: str = "zh") -> str:
    """What somebody has in some days, and, where it is their own, the address by which a calendar subscribes to it."""
    head = say("%(name)s %(days)s的日程", lang, name=name, days=days_text(*days, lang))
    lines = [_line(notice, lang) for notice in notices] or [say("这几天没有日程。", lang)]
    end = ["", say("订阅本人日程（只发给本人）：%(address)s", lang, address=address)] if address else []
    return "\n".join((head, *lines, *end))


def _line(notice: Notice, lang: str) -> str:
    place = say(within("place", "，%(place)s"), lang, place=notice.place) if notice.place else ""
    return f"{_span(notice, notice.span, lang)} {title(notice, lang)}{place}"


def release(count: int, days: tuple[date, date], lang: str = "zh") -> str:
    """That talks were arranged: how many and between which days, never whose."""
    told = "【谈话安排】%(days)s的谈心谈话已经排好，共 %(count)s 次。请各位在本人的日历或“我的”页面查看时间和地点；时间不合适的，请尽早在页面上提议换时间。"
    return say(told, lang, days=days_text(*days, lang), count=count)


def _span(notice: Notice, span: Span, lang: str) -> str:
    return span_text(span.start.astimezone(notice.zone), span.end.astimezone(notice.zone), lang)


def trial(lang: str = "zh") -> str:
    """What a robot says when it is tried."""
    return say("这是一条试发消息：会议的新增、改期、取消以后会发到这个群。", lang)


_FAILURES = {
    "refused": "平台没有接受：请核对地址、密钥和机器人的安全设置",
    "unfetchable": "连接不上这个地址；内网地址须列入 FETCH_ALLOW",
}


def robot_failure(kind: str, lang: str = "zh") -> str:
    """Why a message did not reach a chat group."""
    return say(_FAILURES[kind], lang)
