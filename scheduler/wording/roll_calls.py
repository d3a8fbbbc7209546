"""What is to be looked at in a roll call, as sentences."""

from collections.abc import Callable, Iterator

from scheduler.core.ground.ids import PersonId
from scheduler.core.sessions.roll_calls import Miscount, RollCall
from scheduler.wording.labels import label
from scheduler.wording.texts import listed, say, within, words

NameOf = Callable[[PersonId], str]
_COUNTS = words("roll call", {"expected": "应到", "present": "实到"})


def oddities(roll_call: RollCall, name_of: NameOf, lang: str = "zh") -> list[str]:
    """Everything that a roll call leaves open, most pressing first."""
    return list(_oddities(roll_call, name_of, lang))


def _oddities(roll_call: RollCall, name_of: NameOf, lang: str) -> Iterator[str]:
    for question in roll_call.questions:
        text = "“%(text)s”（%(status)s）是谁？可能是%(names)s，请在表里选"
        names, status = listed(map(name_of, question.candidates), lang), label(question.status, lang)
        yield say(text, lang, text=question.text, status=status, names=names)
    for twice in roll_call.twice:
        statuses = listed((label(status, lang) for status in twice.statuses), lang)
        yield say("%(name)s写了两处：%(statuses)s", lang, name=name_of(twice.person), statuses=statuses)
    if roll_call.unknown:
        texts = listed((say(within("quoted", "“%(text)s”"), lang, text=text) for text in roll_call.unknown), lang)
        yield say("不认识：%(names)s", lang, names=texts)
    if roll_call.not_called:
        names = listed(map(name_of, roll_call.not_called), lang)
        yield say("不在这次的参加范围，不登记：%(names)s", lang, names=names)
    yield from (_miscount(miscount, lang) for miscount in roll_call.miscounts)


def _miscount(miscount: Miscount, lang: str) -> str:
    what = say(_COUNTS[miscount.of], lang) if miscount.of in _COUNTS else label(miscount.of, lang)
    text = "%(what)s写的是 %(said)s 人，按名单是 %(counted)s 人"
    return say(text, lang, what=what, said=miscount.said, counted=miscount.counted)
