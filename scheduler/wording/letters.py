"""Letters in words. The subject tells how much changed, never what: it is read over shoulders and on locked phones."""

from datetime import tzinfo

from scheduler.core.ground.spans import Span
from scheduler.core.mail.letters import Entry, Letter, Purpose, Told
from scheduler.core.mail.news import NewsKind
from scheduler.wording.labels import label
from scheduler.wording.times import moment_text, span_text
from scheduler.wording.vocabularies import told

_LINKS = {
    Purpose.COME: ("我会参加", "I will be there"),
    Purpose.PROPOSE: ("提议换时间", "Propose another time"),
    Purpose.HELD: ("谈过之后：确认已谈", "Afterwards: confirm that it was held"),
}
_KINDS = {
    NewsKind.ADDED: ("新增", "New"),
    NewsKind.CHANGED: ("有变", "Changed"),
    NewsKind.REMOVED: ("取消", "Cancelled"),
}


def sender_name(lang: str) -> str:
    """Who writes."""
    return "Tanxin" if lang == "en" else told("谈心", lang)


def subject(letter: Letter) -> str:
    """`日程变动：2 项`, `日程提醒：明天…` would tell too much: a reminder says that it is one."""
    if letter.reminder:
        return "Calendar reminder" if letter.language == "en" else "日程提醒"
    count = len(letter.told)
    if letter.language == "en":
        return f"Calendar: {count} {'change' if count == 1 else 'changes'}"
    return f"日程变动：{count} 项"


def title(entry: Entry, lang: str) -> str:
    """What an entry is called: a talk of two by the other one's name, never by a topic."""
    kind = label(entry.kind, lang)
    if entry.others:
        names = (", " if lang == "en" else "、").join(entry.others)
        return f"{kind}: {names}" if lang == "en" else f"{kind}：{names}"
    return entry.title or kind


def text(letter: Letter) -> str:
    """The whole letter."""
    is_english = letter.language == "en"
    greeting = f"{letter.name}," if is_english else f"{letter.name}："
    body = _reminder(letter, letter.reminder) if letter.reminder else [_line(told, letter) for told in letter.told]
    links = [line for purpose, address in letter.links for line in ("", _link(purpose, letter.language), address)]
    end = "This is an automatic message; do not pass it on." if is_english else "此邮件由系统自动发出，请勿转发。"
    return "\n".join([greeting, "", *body, *links, "", end, ""])


def _link(purpose: Purpose, lang: str) -> str:
    """What a link does, above its address."""
    return f"{_LINKS[purpose][lang == 'en']}{':' if lang == 'en' else '：'}"


def _reminder(letter: Letter, entry: Entry) -> list[str]:
    """What is reminded of."""
    return [f"{_span(entry.span, letter)}  {title(entry, letter.language)}{_at(entry.place, letter.language)}"]


def _line(told: Told, letter: Letter) -> str:
    """One piece of news: what, from when to when, where."""
    lang, entry = letter.language, told.entry
    head = f"[{_KINDS[told.kind][1]}] " if lang == "en" else f"【{_KINDS[told.kind][0]}】"
    when = _span(entry.span, letter)
    if told.kind is NewsKind.REMOVED:
        return f"{head}{when}  {title(entry, lang)}"
    if told.before and told.before != entry.span:
        when = f"{_start(told.before, letter)} → {when}"
    place = _at(entry.place, lang)
    if told.kind is NewsKind.CHANGED and told.before_place != entry.place:
        place = _moved(told.before_place, entry.place, lang)
    return f"{head}{when}  {title(entry, lang)}{place}"


def _at(place: str, lang: str) -> str:
    """Where, if that is known."""
    return (f", {place}" if lang == "en" else f"，{place}") if place else ""


def _moved(before: str, after: str, lang: str) -> str:
    """From one place to another; no place is a dash."""
    return f"{', ' if lang == 'en' else '，'}{before or '—'} → {after or '—'}"


def _span(span: Span, letter: Letter) -> str:
    """A stretch in the reader's zone."""
    zone: tzinfo = letter.zone
    return span_text(span.start.astimezone(zone), span.end.astimezone(zone), letter.language)


def _start(span: Span, letter: Letter) -> str:
    """When a stretch begins, in the reader's zone."""
    return moment_text(span.start.astimezone(letter.zone), letter.language)
