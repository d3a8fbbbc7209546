"""Files of preconditions: lists like those in `meeting_rule_presets.yaml`, or as `conditions` prints them."""

import re
from collections.abc import Mapping
from typing import TypeVar, cast

from scheduler.core.ground.errors import Malformed
from scheduler.core.programme.conditions import KINDS, MOST_DAYS, Condition, ItemKind, What

Word = TypeVar("Word")
_KINDS = {
    **{kind.value: kind for kind in ItemKind},
    "manual": ItemKind.TICK,
    "manual_signoff": ItemKind.SIGN_OFF,
}
_CHECKS: tuple[tuple[re.Pattern[str], What], ...] = tuple(
    (re.compile(pattern), what)
    for pattern, what in (
        (r"study_hours\b.*?(?:\bfor all (?P<target>\S+))?\s*$", What.STUDY),
        (r"coverage\(\s*(?P<target>[^)\s]*)\s*\)", What.TALKS),
        (r"materials\b", What.MATERIALS),
        (r"opinions\b", What.OPINIONS),
        (r"tasks\b", What.TASKS),
        (r"report_date\s*<=\s*meeting_date(?:\s*-\s*(?P<days>\d{1,3})\b.*)?$", What.REPORT),
    )
)
"""How a check begins that the program computes, and what it is about."""
CUSTOMARY = (
    "study_hours(person) >= 49 for all leadership_team", "coverage(cn.four-must-talks) == 100 %", "opinions.all",
    "materials.all(status == signed_off)", "tasks.all", "report_date <= meeting_date - 15 calendar days",
)  # fmt: skip
_USUAL_NAMES = {
    "征求意见已汇总反馈": What.OPINIONS,
    "会议方案报经督导组同意": What.PLAN,
    "会前报告上级": What.REPORT,
}
"""What the usual ones are called where a file says no more of them than that."""
_KEYS = ("id", "key", "zh", "en", "name", "check", "what", "kind", "target", "days_before")


def read(name: str, content: object, chosen: str | None = None) -> list[Condition]:
    """The conditions in a file, of the list that is `chosen` where there are several. Raises Malformed, naming the place."""
    where, items = _checklist(name, content, chosen)
    if not isinstance(items, list):
        raise Malformed("not_a_list", where)
    return [_condition(f"{where}[{number}]", item) for number, item in enumerate(cast("list[object]", items), start=1)]


def _checklist(name: str, content: object, chosen: str | None) -> tuple[str, object]:
    """The list itself, and where it stands."""
    if not isinstance(content, dict):
        return name, content
    told = cast("dict[str, object]", content)
    for key in ("conditions", "checklist"):
        if key in told:
            return key, told[key]
    lists = told.get("preconditions")
    if not isinstance(lists, list):
        raise Malformed("unknown_key", name, key=str(next(iter(told), "")), known=("preconditions", "conditions"))
    sets = {str(each.get("id", "")): each for each in cast("list[object]", lists) if isinstance(each, dict)}
    if chosen is None and len(sets) == 1:
        chosen = next(iter(sets))
    if chosen not in sets:
        raise Malformed("several_presets", name, presets=tuple(sets))
    return f"preconditions.{chosen}.checklist", sets[chosen].get("checklist")


def _condition(where: str, node: object) -> Condition:
    if not isinstance(node, dict):
        raise Malformed("not_a_mapping", where)
    item: Mapping[str, object] = {str(key): value for key, value in node.items()}
    if unread := next((key for key in item if key not in _KEYS), None):
        raise Malformed("unknown_key", f"{where}.{unread}", key=unread, known=_KEYS)
    name, target, days = (_text(item, key) for key in ("name", "target", "days_before"))
    name = name or _text(item, "zh") or _text(item, "en")
    what, found_target, found_days = _what(where, item, name)
    kinds = KINDS[what]
    kind = _chosen(f"{where}.kind", _text(item, "kind"), _KINDS) if what is What.OTHER and "kind" in item else kinds[0]
    if kind not in kinds:
        raise Malformed("check_missing", f"{where}.check", customary=CUSTOMARY)
    days = days or found_days
    if days and not (days.isdecimal() and int(days) <= MOST_DAYS):
        raise Malformed("out_of_range", f"{where}.days_before", value=days, first=0, last=MOST_DAYS)
    return Condition("", what, kind, name, target or found_target, int(days) if days else None)


def _what(where: str, item: Mapping[str, object], name: str) -> tuple[What, str, str]:
    """What a condition is about, what it refers to, and how many days ahead."""
    if text := _text(item, "what"):
        return _chosen(f"{where}.what", text, {what.value: what for what in What}), "", ""
    if check := _text(item, "check"):
        for pattern, what in _CHECKS:
            if told := pattern.match(check):
                groups = told.groupdict()
                return what, groups.get("target") or "", groups.get("days") or ""
        raise Malformed("check_not_understood", f"{where}.check", value=check, customary=CUSTOMARY)
    return _USUAL_NAMES.get(name, What.OTHER), "", ""


def _text(item: Mapping[str, object], key: str) -> str:
    value = item.get(key)
    return "" if value is None else str(value).strip()


def _chosen(where: str, text: str, words: Mapping[str, Word]) -> Word:
    if text not in words:
        raise Malformed("unknown_choice", where, value=text, known=tuple(words))
    return words[text]
