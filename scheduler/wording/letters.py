"""Letters in words. The subject tells how much changed, never what: it is read over shoulders and on locked phones."""

from datetime import datetime, tzinfo

from scheduler.core.ground.spans import Span
from scheduler.core.mail.letters import Entry, Letter, PageNews, Purpose, Told
from scheduler.core.mail.news import NewsKind
from scheduler.wording.labels import label
from scheduler.wording.texts import listed, say, say_number, within, words
from scheduler.wording.times import moment_text, span_text

_LINKS = {Purpose.COME: "我会参加", Purpose.PROPOSE: "提议换时间", Purpose.HELD: "谈过之后：确认已谈"}
_PAGES = {
    PageNews.ISSUED: "%(when)s，组织者为您生成了日历订阅页，打印后交给您本人。凭它可以查看您的日程、订阅日历；您本人启用之前，不能凭它代您确认谈话。几天内没有收到，或落入他人之手，请告诉组织者作废重发。",
    PageNews.TAKEN_OVER: "%(when)s，您的日历订阅页已启用，在启用它的那台设备上可以代表您确认谈话、提议换时间。如果不是您本人启用的，请马上告诉组织者作废重发。",
    PageNews.ENDED: "%(when)s，您的日历订阅页已作废，原来的链接和二维码不能再用。需要新的，请告诉组织者。",
}
_KINDS = words("news", {NewsKind.ADDED: "新增", NewsKind.CHANGED: "有变", NewsKind.REMOVED: "取消"})


def sender_name(lang: str) -> str:
    """Who writes."""
    return say(within("sender", "谈心"), lang)


def subject(letter: Letter) -> str:
    """`日程变动：2 项`, `日程提醒：明天…` would tell too much: a reminder says that it is one."""
    if letter.page:
        return say("您的日历订阅页有变动", letter.language)
    if letter.reminder:
        return say("日程提醒", letter.language)
    return say_number("日程变动：%(num)s 项", len(letter.told), letter.language)


def title(entry: Entry, lang: str) -> str:
    """What an entry is called: a talk of two by the other one's name, never by a topic."""
    kind = label(entry.kind, lang)
    if entry.others:
        return say("%(kind)s：%(names)s", lang, kind=kind, names=listed(entry.others, lang))
    return entry.title or kind


def text(letter: Letter) -> str:
    """The whole letter."""
    greeting = say(within("greeting", "%(name)s："), letter.language, name=letter.name)
    links = [line for purpose, address in letter.links for line in ("", _link(purpose, letter.language), address)]
    end = say("此邮件由系统自动发出，请勿转发。", letter.language)
    return "\n".join([greeting, "", *_body(letter), *links, "", end, ""])


def _body(letter: Letter) -> list[str]:
    """What the letter is about."""
    if letter.page:
        return _page(letter, *letter.page)
    return _reminder(letter, letter.reminder) if letter.reminder else [_line(told, letter) for told in letter.told]


def _link(purpose: Purpose, lang: str) -> str:
    """What a link does, above its address."""
    return say("%(name)s：", lang, name=say(_LINKS[purpose], lang))


def _page(letter: Letter, news: PageNews, at: datetime) -> list[str]:
    """What befell the reader's subscription page, and what to do if that was not to be. No link: nobody is to be led to one by a mail like this."""
    return [say(_PAGES[news], letter.language, when=moment_text(at.astimezone(letter.zone), letter.language))]


def _reminder(letter: Letter, entry: Entry) -> list[str]:
    """What is reminded of."""
    return [f"{_span(entry.span, letter)}  {title(entry, letter.language)}{_at(entry.place, letter.language)}"]


def _line(told: Told, letter: Letter) -> str:
    """One piece of news: what, from when to when, where."""
    lang, entry = letter.language, told.entry
    head = say("【%(news)s】", lang, news=say(_KINDS[told.kind], lang))
    when = _span(entry.span, letter)
    if told.kind is NewsKind.REMOVED:
        return f"{head}{when}  {title(entry, lang)}"
    if told.before and told.before != entry.span:
        when = f"{_start(told.before, letter)} → {when}"
    place = _at(entry.place, lang)
    if told.kind is NewsKind.CHANGED and told.before_place != entry.place:
        place = _at(f"{told.before_place or '—'} → {entry.place or '—'}", lang)
    return f"{head}{when}  {title(entry, lang)}{place}"


def _at(place: str, lang: str) -> str:
    """Where, if that is known."""
    return say(within("place", "，%(place)s"), lang, place=place) if place else ""


def _span(span: Span, letter: Letter) -> str:
    """A stretch in the reader's zone."""
    zone: tzinfo = letter.zone
    return span_text(span.start.astimezone(zone), span.end.astimezone(zone), letter.language)


def _start(span: Span, letter: Letter) -> str:
    """When a stretch begins, in the reader's zone."""
    return moment_text(span.start.astimezone(letter.zone), letter.language)
