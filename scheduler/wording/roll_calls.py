"""What is to be looked at in a roll call, as sentences."""

from collections.abc import Callable, Iterable, Iterator

from scheduler.core.ground.ids import PersonId
from scheduler.core.sessions.roll_calls import Miscount, RollCall
from scheduler.wording.labels import label

NameOf = Callable[[PersonId], str]
_COUNTS = {"expected": ("应到", "Expected"), "present": ("实到", "Present")}


def oddities(found: RollCall, name_of: NameOf, lang: str = "zh") -> list[str]:
    """Everything that a roll call leaves open, most pressing first."""
    return list(_oddities(found, name_of, is_zh=lang == "zh"))


def _oddities(found: RollCall, name_of: NameOf, *, is_zh: bool) -> Iterator[str]:
    lang = "zh" if is_zh else "en"
    for question in found.questions:
        names, said = _listed(map(name_of, question.candidates), is_zh=is_zh), label(question.status, lang)
        yield (
            f"“{question.text}”（{said}）是谁？可能是{names}，请在表里选"
            if is_zh
            else f"Who is “{question.text}” ({said})? Perhaps {names}; choose in the table"
        )
    for one in found.twice:
        both = _listed((label(status, lang) for status in one.statuses), is_zh=is_zh)
        yield f"{name_of(one.person)}写了两处：{both}" if is_zh else f"{name_of(one.person)} stands twice: {both}"
    if found.unknown:
        texts = _listed((f"“{text}”" for text in found.unknown), is_zh=is_zh)
        yield f"不认识：{texts}" if is_zh else f"Nobody is called {texts}"
    if found.not_called:
        names = _listed(map(name_of, found.not_called), is_zh=is_zh)
        yield (
            f"不在这次的参加范围，不登记：{names}"
            if is_zh
            else f"Not called to this study session, not recorded: {names}"
        )
    yield from (_miscount(one, lang) for one in found.miscounts)


def _miscount(one: Miscount, lang: str) -> str:
    zh, en = _COUNTS.get(one.of) or (label(one.of, "zh"), label(one.of, "en"))
    if lang == "zh":
        return f"{zh}写的是 {one.said} 人，按名单是 {one.found} 人"
    return f"{en}: the text says {one.said}, by the names it is {one.found}"


def _listed(texts: Iterable[str], *, is_zh: bool) -> str:
    return ("、" if is_zh else ", ").join(texts)
