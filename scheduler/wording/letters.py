"""Letters in words. The subject tells how much changed, never what: it is read over shoulders and on locked phones."""

from datetime import tzinfo

from scheduler.core.ground.spans import Span
from scheduler.core.mail.letters import Entry, Letter, Purpose, Told
from scheduler.core.mail.news import NewsKind
from scheduler.wording.labels import label
from scheduler.wording.texts import listed, say, say_number, within, words
from scheduler.wording.times import moment_text, span_text

_LINKS = {Purpose.COME: "我会参加", Purpose.PROPOSE: "提议换时间", Purpose.HELD: "谈过之后：确认已谈"}
_KINDS = words("news", {NewsKind.ADDED: "新增", NewsKind.CHANGED: "有变", NewsKind.REMOVED: "取消"})


def sender_name(lang: str) -> str:
    """Who writes."""
    return say(within("sender", "谈心"), lang)


def subject(letter: Letter) -> str:
    """`日程变动：2 项`, `日程提醒：明天…` would tell too much: a reminder says that it is one."""
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
    body = _reminder(letter, letter.reminder) if letter.reminder else [_line(told, letter) for told in letter.told]
    links = [line for purpose, address in letter.links for line in ("", _link(purpose, letter.language), address)]
    end = say("此邮件由系统自动发出，请勿转发。", letter.language)
    return "\n".join([greeting, "", *body, *links, "", end, ""])


def _link(purpose: Purpose, lang: str) -> str:
    """What a link does, above its address."""
    return say("%(name)s：", lang, name=say(_LINKS[purpose], lang))


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
