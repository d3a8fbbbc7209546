"""What is to be looked at in a roll call, as sentences."""

from collections.abc import Callable, Iterator, Sequence

from scheduler.core.ground.ids import PersonId
from scheduler.core.sessions.roll_calls import Asks, Miscount, Question, RollCall
from scheduler.wording.labels import label
from scheduler.wording.texts import listed, say, within, words

NameOf = Callable[[PersonId], str]
FEW = 8
"""More people than this are counted rather than named."""
_COUNTS = words(
    "roll call", {"expected": "应到", "present": "实到", "rest": "其余", "away": "未到", "uncalled": "不在应到之列"}
)


def oddities(roll_call: RollCall, name_of: NameOf, lang: str = "zh") -> list[str]:
    """Everything that a roll call leaves open, most pressing first; numbers are told beside their fields."""
    return list(_oddities(roll_call, name_of, lang))


def miscount(odd: Miscount, lang: str = "zh") -> str:
    """A number in the text that is another one by its names."""
    what = say(_COUNTS[odd.of], lang) if odd.of in _COUNTS else label(odd.of, lang)
    text = "%(what)s写的是 %(said)s 人，按名单是 %(counted)s 人"
    return say(text, lang, what=what, said=odd.said, counted=odd.counted)


def _oddities(roll_call: RollCall, name_of: NameOf, lang: str) -> Iterator[str]:
    for question in roll_call.questions:
        yield _question(question, name_of, lang, agrees=not roll_call.miscounts)
    for twice in roll_call.twice:
        statuses = listed((label(status, lang) for status in twice.statuses), lang)
        yield say("%(name)s写了两处：%(statuses)s，请在表里选", lang, name=name_of(twice.person), statuses=statuses)
    if roll_call.unknown:
        yield say("不认识：%(names)s", lang, names=listed((_quoted(text, lang) for text in roll_call.unknown), lang))
    if roll_call.not_called:
        names = _names(roll_call.not_called, name_of, lang)
        yield say("不在这次的参加范围，不登记：%(names)s", lang, names=names)
    if roll_call.unsaid:
        yield say("没有说到，也没有填：%(names)s", lang, names=_names(roll_call.unsaid, name_of, lang))
    if roll_call.remote:
        yield say("视频或电话参加，按出席填：%(names)s", lang, names=_names(roll_call.remote, name_of, lang))


def _question(question: Question, name_of: NameOf, lang: str, *, agrees: bool) -> str:
    """Something that is to be chosen in the list; where the numbers agree it is a name that keeps the rest open."""
    text, names = _quoted(question.text, lang), _names(question.people, name_of, lang)
    if question.asks is Asks.WHO:
        return say("%(text)s是谁？可能是%(names)s，请在表里选", lang, text=text, names=names)
    if question.asks is Asks.EACH:
        return say("%(text)s没有写是谁，请在表里选：%(names)s", lang, text=text, names=names)
    if question.asks is Asks.REST:
        rest = text if question.text else say("没有说到的", lang)
        sentence = "有人员未写清，%(rest)s未填写：%(names)s" if agrees else "人数不一致，%(rest)s未填写：%(names)s"
        return say(sentence, lang, rest=rest, names=names)
    readings = [label(reading, lang) for reading in question.readings]
    if question.or_uncalled:
        readings.append(say(_COUNTS["uncalled"], lang))
    either = say(within("choice", "，还是"), lang).join(readings)
    return say("%(text)s：%(names)s算%(readings)s？请在表里选", lang, text=text, names=names, readings=either)


def _quoted(text: str, lang: str) -> str:
    return say(within("quoted", "“%(text)s”"), lang, text=text)


def _names(people: Sequence[PersonId], name_of: NameOf, lang: str) -> str:
    """A few names, or the first ones and how many there are."""
    names = listed(map(name_of, people[:FEW]), lang)
    return say("%(names)s等 %(count)s 人", lang, names=names, count=len(people)) if len(people) > FEW else names
