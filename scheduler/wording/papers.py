"""What was corrected since a paper was made, as people read it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import cast

from scheduler.core.ground.ids import PersonId
from scheduler.core.papers.known import FactChange, Said
from scheduler.wording.labels import label
from scheduler.wording.programme import TASK_STATES
from scheduler.wording.texts import bracketed, listed, say, words
from scheduler.wording.times import date_text, day_text, stamp_text

HANDED_OUT = words(
    "paper", {"notice": "会议通知", "sign-in": "签到表", "name-list": "参会名单", "correction": "更正通知"}
)
NOUNS = words("changed", {"task": "整改任务", "milestone": "时间节点"})
WORDS = words(
    "changed",
    {
        "state": "状态",
        "start": "时间",
        "minutes": "时长",
        "people": "人员",
        "kind": "类别",
        "mode": "方式",
        "size": "形式",
        "hours": "学时",
        "rule_sets": "谈话方案",
        "status": "出勤",
        "makeup_date": "补课日期",
        "due": "完成时限",
        "day": "日期",
    },
)
"""What of a fact was corrected."""
TELLING = ("state", "status", "start", "due", "day")
"""What of a new fact, or of one that is gone, is told: the rest says nothing by itself."""


def change_text(change: FactChange, name: Callable[[PersonId], str], lang: str = "zh") -> str:
    """What a fact said on a day and says now: `T012 谈心谈话（6月13日，沈维岳、温雅）：状态 已排 → 已完成`."""
    what = _what(change, name, lang)
    if change.before is None:
        return say(
            "%(what)s：后来登记（%(said)s）", lang, what=what, said=_said(change.after or {}, change, name, lang)
        )
    if change.after is None:
        return say("%(what)s：后来删去（%(said)s）", lang, what=what, said=_said(change.before, change, name, lang))
    parts = (
        say(
            "%(word)s %(before)s → %(after)s", lang,
            word=say(WORDS[key], lang), before=_value(key, change.before[key], change, name, lang), after=_value(key, now, change, name, lang),
        )
        for key, now in change.after.items()
    )  # fmt: skip
    return say("%(what)s：%(changes)s", lang, what=what, changes=listed(parts, lang))


def _what(change: FactChange, name: Callable[[PersonId], str], lang: str) -> str:
    """Which fact it is."""
    if change.noun == "milestone":
        return say("%(noun)s %(key)s", lang, noun=say(NOUNS["milestone"], lang), key=label(change.subject, lang))
    word = say(NOUNS["task"], lang) if change.noun == "task" else label(change.kind or "", lang)
    about = [day_text(change.day, lang)] if change.day else []
    about += [listed(map(name, change.people), lang)] if change.people else []
    text = say("%(noun)s %(key)s", lang, noun=change.subject, key=word)
    return bracketed(text, listed(about, lang), lang) if about else text


def _said(said: Said, change: FactChange, name: Callable[[PersonId], str], lang: str) -> str:
    """What a fact says by itself."""
    return listed((_value(key, said[key], change, name, lang) for key in TELLING if said.get(key)), lang)


def _value(key: str, value: object, change: FactChange, name: Callable[[PersonId], str], lang: str) -> str:  # noqa: PLR0911 - one return for each kind of value
    """One thing said of a fact."""
    if value is None or value == []:
        return say("无", lang)
    match key:
        case "people":
            return listed((name(person) for person in cast("Iterable[PersonId]", value)), lang)
        case "rule_sets":
            return listed(cast("Iterable[str]", value), lang)
        case "start":
            return stamp_text(datetime.fromisoformat(str(value)), lang)
        case "makeup_date" | "due" | "day":
            return date_text(date.fromisoformat(str(value)), lang)
        case "minutes":
            return say("%(minutes)s 分钟", lang, minutes=value)
        case "hours":
            return f"{value:g}"
        case "state" if change.noun == "task":
            return say(TASK_STATES[str(value)], lang)
        case _:
            return label(str(value), lang)
