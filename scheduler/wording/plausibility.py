"""What is odd about talks that were held, as sentences: facts, and no verdict."""

from collections.abc import Callable

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.people import Room
from scheduler.wording.texts import named, say


def _name(finding: Finding, lang: str) -> str:
    """Who or which room; the bare id if no name came along."""
    owner = finding.details.get("name") or finding.subject
    return named(lang, owner.name, owner.name_en) if isinstance(owner, Room) else str(owner)


def _many_in_a_day(finding: Finding, lang: str) -> str:
    return say(
        "%(name)s 当天谈了 %(count)s 次", lang, name=_name(finding, lang), count=finding.details.get("count", "")
    )


def _was_taken(finding: Finding, lang: str) -> str:
    other = finding.details.get("other", "")
    return say("%(name)s 同一时间另有安排（%(other)s）", lang, name=_name(finding, lang), other=other)


def _was_away(finding: Finding, lang: str) -> str:
    return say("%(name)s 当时登记为不在岗", lang, name=_name(finding, lang))


def _entered_late(finding: Finding, lang: str) -> str:
    return say("谈后 %(days)s 天才登记", lang, days=finding.details.get("days", ""))


SENTENCES: dict[str, Callable[[Finding, str], str]] = {
    "many_in_a_day": _many_in_a_day,
    "was_taken": _was_taken,
    "was_away": _was_away,
    "entered_late": _entered_late,
}
