"""One rule of the editor: as a sentence with its choices, and what the form made of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from scheduler import edge, wording
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import RuleId
from scheduler.core.rules.requirements import Resolution, Severity
from scheduler.documents import rules as documents
from scheduler.services.rules import trying
from scheduler.services.rules.trying import Trial
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed
from scheduler.web.rules import choices

Plain = Mapping[str, Any]
Options = list[tuple[str, str]]
MOST_RULES_TRIED = 14
"""With more rules than this, a choice does not show its result before it is taken."""
MAX_DAYS = 3_660
SIDES = {"each_each": "ab", "all_pairs": "a", "a_any_b": "ab", "b_any_a": "ba"}
"""Which sides a sentence names, in its order."""


@dataclass(frozen=True)
class Wording:
    """What rules are told and read with."""

    preset: Plain
    defaults: Plain
    trial: Trial
    names: Names

    def of(self, rule: Plain, key: str) -> Any:
        """What holds for a rule: its own word, the preset's, or the default."""
        return next((level[key] for level in (rule, self.preset, self.defaults) if level.get(key) is not None), None)


@dataclass(frozen=True, slots=True)
class Often:
    """One answer to how often, with what it comes to."""

    code: str
    text: str
    is_chosen: bool
    items: int | None = None
    talks: int | None = None


@dataclass(frozen=True, slots=True)
class EditedRule:
    """One rule as the page prints it."""

    id: str
    name: str
    is_on: bool
    mark: str
    """`new`, `changed`, or empty."""
    kind: str
    sides: list[tuple[str, str, Options]]
    """Field, what stands there now, and what can."""
    told: str
    """What the sentence says where nothing can be chosen."""
    k: int
    days: int | None
    often: list[Often]
    modes: Options
    mode: str
    severity: str
    severities: Options
    gives: int
    gaps: int
    """How much of it could not be resolved."""


def changed(rule: Plain, fields: Fields, words: Wording) -> Plain:
    """A rule as the form says it; what was not sent for it stays as it is."""
    key, made = str(rule["id"]), dict(rule)
    for side in SIDES.get(str(rule["pairing"]), ""):
        allowed = {code for code, _text in choices.who_choices(rule[side], words.trial, words.names)}
        if (sent := fields.typed(f"{key}.{side}")) and sent != choices.code(rule[side]):
            if sent in allowed:
                made[side] = json.loads(sent)
            else:
                fields.refuse("on", _("没有这样的人员范围，请重新选一个。"))
    if often := fields.one_of(f"{key}.often", [code for code, _per, _count in _often_codes(rule, words)]):
        per, count = next((per, count) for code, per, count in _often_codes(rule, words) if code == often)
        if (per, count) != (words.of(rule, "per"), words.of(rule, "min_count")):
            made |= {"per": per, "min_count": count}
    mode = fields.one_of(f"{key}.mode", [*choices.MODES])
    if mode and mode != _mode(rule, words):
        made["modes"], made["size"] = choices.MODES[mode]
    severity = fields.one_of(f"{key}.severity", [*Severity])
    if severity and severity != words.of(rule, "severity"):
        made["severity"] = severity
    if (k := fields.number(f"{key}.k", 1, choices.MOST_MEMBERS)) and k != rule.get("k", 1):
        made["k"] = k
    within = fields.number(f"{key}.days", 0, MAX_DAYS)
    if within is not None and "within_days" in rule.get("trigger", {}) and within != rule["trigger"]["within_days"]:
        made["trigger"] = {**rule["trigger"], "within_days": within}
    return made


def _often_codes(rule: Plain, words: Wording) -> list[tuple[str, Any, int]]:
    """How often a rule can ask: the usual answers, and its own if that is another."""
    now = (words.of(rule, "per"), words.of(rule, "min_count"))
    own = [] if now in choices.FREQUENCIES else [now]
    return [(choices.code([per, count]), per, count) for per, count in (*own, *choices.FREQUENCIES)]


def _mode(rule: Plain, words: Wording) -> str:
    modes = words.of(rule, "modes")
    return choices.mode_key([modes] if isinstance(modes, str) else list(modes), str(words.of(rule, "size")))


def cards(document: Plain, base: Plain, words: Wording, after: Resolution | None) -> list[EditedRule]:
    """All rules: those of the document, and those that could be ticked."""
    standing = {str(rule["id"]): rule for rule in trying.preset_of(base)["rules"]}
    ticked = {str(rule["id"]): rule for rule in trying.preset_of(document)["rules"]}
    offered = [rule for rule in (*standing.values(), *trying.more_rules(base)) if str(rule["id"]) not in ticked]
    made = [_card(rule, document, standing, words, after) for rule in ticked.values()]
    return [*made, *(_off(rule, document, words, after) for rule in offered)]


def _card(
    rule: Plain, document: Plain, standing: Mapping[str, Plain], words: Wording, after: Resolution | None
) -> EditedRule:
    """A rule that is ticked."""
    key, pairing = str(rule["id"]), str(rule["pairing"])
    mark = "new" if key not in standing else "changed" if dict(standing[key]) != dict(rule) else ""
    sides = [
        (f"{key}.{side}", choices.code(rule[side]), choices.who_choices(rule[side], words.trial, words.names))
        for side in SIDES.get(pairing, "")
    ]
    mode, weight = _mode(rule, words), str(words.of(rule, "severity"))
    gaps = sum(key in _rules_of(finding.details.get("rules")) for finding in after.unresolved) if after else 0
    return EditedRule(
        key,
        _name(rule),
        is_on=True,
        mark=mark,
        kind=pairing,
        sides=sides,
        told=_told(rule, words.names),
        k=int(rule.get("k") or 1),
        days=rule.get("trigger", {}).get("within_days"),
        often=[] if pairing == "event" else _often(rule, document, words, after),
        modes=[*([] if mode else [("", choices.mode_text(""))]), *((each, choices.mode_text(each)) for each in choices.MODES)],
        mode=mode,
        severity=weight,
        severities=[(each.value, wording.label(each.value, edge.lang())) for each in Severity],
        gives=after.by_rule.get(RuleId(key), 0) if after else 0,
        gaps=gaps,
    )  # fmt: skip


def _rules_of(rules: object) -> tuple[object, ...]:
    return tuple(rules) if isinstance(rules, (tuple, list)) else ()


def _off(rule: Plain, document: Plain, words: Wording, after: Resolution | None) -> EditedRule:
    """A rule that is not ticked: one line, and how much it would add."""
    plain = _card(rule, document, {}, replace(words), None)
    preset = trying.preset_of(document)
    gives = 0
    if after:
        more = _tried(trying.with_rules(document, [*preset["rules"], rule]), words.trial)
        gives = _weight(more) - _weight(after) if more else 0
    return replace(plain, is_on=False, mark="", gives=gives, often=[])


def _weight(resolution: Resolution) -> int:
    """How many talks are asked for, optional ones included."""
    return resolution.distinct + resolution.optional


def _tried(document: Plain, trial: Trial) -> Resolution | None:
    """What a document would ask for; None when it cannot be."""
    try:
        return trial.resolution(document)
    except (Malformed, NotFound):
        return None


def _often(rule: Plain, document: Plain, words: Wording, after: Resolution | None) -> list[Often]:
    """The answers to how often, each with what it comes to."""
    rules = trying.preset_of(document)["rules"]
    now = choices.code([words.of(rule, "per"), words.of(rule, "min_count")])
    made = []
    for code, per, count in _often_codes(rule, words):
        answer = Often(code, choices.frequency_text(per, count), is_chosen=code == now)
        if after and len(rules) <= MOST_RULES_TRIED:
            other = {**rule, "per": per, "min_count": count}
            tried = _tried(
                trying.with_rules(document, [other if each is rule else each for each in rules]), words.trial
            )
            if tried:
                answer = replace(answer, items=tried.by_rule[RuleId(str(rule["id"]))], talks=_weight(tried))
        made.append(answer)
    return made


def _name(rule: Plain) -> str:
    """What a rule is called; what it asks for if it has no name."""
    return documents.names(rule.get("name"), "name").text(edge.lang()) or _("没有名称的规则")


def _told(rule: Plain, names: Names) -> str:
    """The sentence of a rule in which nobody can be chosen."""
    match rule["pairing"]:
        case "relation":
            ways = {
                "unit.in_charge": _("分管领导"),
                "unit.head": _("部门负责人"),
                "unit.acting_head": _("主持工作的人"),
                "unit.contacts": _("联系领导"),
                "unit.members": _("部门的人"),
                "person": _("本人"),
                "person.manager": _("直接上级"),
                "person.manager.manager": _("上级的上级"),
            }
            first, second = (ways.get(str(rule[key]), _("有关的人")) for key in ("from", "to"))
            if rule.get("fallback"):
                stand_in = ways.get(str(rule["fallback"]), _("有关的人"))
                return _("%(first)s与%(second)s，空缺时与%(other)s", first=first, second=second, other=stand_in)
            return _("%(first)s与%(second)s", first=first, second=second)
        case "explicit":
            return _("按活动里的名单，一对一对地谈")
        case "event":
            raw = rule.get("trigger", {}).get("event", [])
            kinds = listed(wording.label(str(kind), edge.lang()) for kind in ([raw] if isinstance(raw, str) else raw))
            who, whom = (choices.who_text(rule[side], names) for side in "ab")
            return _("%(kinds)s时，%(who)s与%(whom)s谈", kinds=kinds, who=who, whom=whom)
        case _:
            sides = [choices.who_text(rule[side], names) for side in SIDES.get(str(rule["pairing"]), "")]
            return _("%(first)s与%(second)s", first=sides[0], second=sides[-1]) if sides else ""
