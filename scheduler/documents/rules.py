"""Rule files: presets as plain data (from YAML or JSON) → a rule set that is read and understood."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import SchemaValidator

from scheduler.core.campaigns.windows import Window
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import RuleId
from scheduler.core.rules.resolution import Rule, RuleName, RuleSetSpec
from scheduler.documents import rule_format
from scheduler.documents.formats import ANYTHING, items, said
from scheduler.documents.rule_format import FOR_THE_PLANNER, PAIRINGS, PRESET, RULE_FILES, RULE_KEYS, SHARED, TEXT, keys

Plain = Mapping[str, Any]
"""What YAML or JSON gave, before it is read."""

SCHEMA_VERSION = 1
DEFAULTS: Plain = {
    "min_count": 1,
    "per": "window",
    "modes": ["face_to_face"],
    "size": "one_to_one",
    "direction": "mutual",
    "severity": "must",
    "credit": "one_talk_counts_for_every_matching_rule",
    "self_pair": "exclude",
    "unresolved": "warn",
}
"""What holds where neither a file nor the shipped presets say."""
MAX_RULES = 500

_read = RULE_FILES.read
_FILE = SchemaValidator(keys(rule_format.FILE, "presets"))
_NAMED = SchemaValidator(keys({"id": TEXT}, "id", others=ANYTHING))
_TEXT, _TEXTS, _LIST = (SchemaValidator(of) for of in (TEXT, items(TEXT), items(ANYTHING)))
_PRESET = SchemaValidator(keys(PRESET, "id"))
_PRESET_KEYS = SchemaValidator(keys(dict.fromkeys(PRESET, ANYTHING)))
_PAIRED = SchemaValidator(
    keys({**dict.fromkeys(RULE_KEYS, ANYTHING), "pairing": rule_format.RULE["pairing"]}, "pairing")
)
_RULES = {word: SchemaValidator(rule_format.rule_of(word)) for word in PAIRINGS}
_NAME = SchemaValidator(rule_format.NAME)


@dataclass(frozen=True)
class RuleFile:
    """A file of presets: what stands in each, and the defaults that they share."""

    presets: Mapping[str, Plain]
    defaults: Plain

    @classmethod
    def of(cls, raw: Any) -> "RuleFile":
        """From plain data: `{presets: […]}`, or one preset by itself. Raises Malformed."""
        if isinstance(raw, Mapping) and "presets" not in raw and ("rules" in raw or "extends" in raw):
            around = {key: raw[key] for key in ("schema_version", "defaults") if key in raw}
            raw = {**around, "presets": [{key: value for key, value in raw.items() if key not in around}]}
        file = _read(_FILE, raw)
        if raw.get("schema_version", SCHEMA_VERSION) != SCHEMA_VERSION:
            raise Malformed("unknown_choice", "schema_version", value=str(raw["schema_version"]))
        presets = _by_id(file["presets"], "presets")
        for preset_id, preset in presets.items():
            _read(_PRESET_KEYS, preset, preset_id)
        return cls(presets, said(raw.get("defaults") or {}))

    def only(self) -> str:
        """The id of its one preset. Raises Malformed when there are several, and says which."""
        if not self.presets:
            raise Malformed("missing", "presets", key="presets")
        if len(self.presets) > 1:
            raise Malformed("several_presets", "presets", presets=tuple(self.presets))
        return next(iter(self.presets))


NOTHING_SHIPPED = RuleFile({}, {})


def read(raw: object, preset_id: str | None = None, shipped: RuleFile = NOTHING_SHIPPED) -> RuleSetSpec:
    """One preset of a file: the one named, or the only one. Raises NotFound, Malformed."""
    file = RuleFile.of(raw)
    return spec(carried_out(file, preset_id or file.only(), shipped))


def check(raw: object, shipped: RuleFile = NOTHING_SHIPPED) -> tuple[RuleSetSpec, ...]:
    """Every preset of a file. Raises Malformed for the first mistake in any of them."""
    file = RuleFile.of(raw)
    return tuple(spec(carried_out(file, preset_id, shipped)) for preset_id in file.presets)


def names(raw: object, where: str) -> RuleName:
    """What something is called: a text, or `{zh: …, en: …}`. Raises Malformed."""
    return RuleName() if raw is None else _read(_NAME, raw, where)


# ── what is extended ─────────────────────────────────────────────────────────────────────────────────────────────────
def carried_out(file: RuleFile, preset_id: str, shipped: RuleFile = NOTHING_SHIPPED) -> dict[str, Any]:
    """One preset with `extends` and `drop` carried out, as a document that stands by itself.

    `shipped` holds the presets that any file may extend. Raises NotFound, Malformed.
    """
    if preset_id not in file.presets:
        raise NotFound("preset", preset_id)
    document: dict[str, Any] = {}
    rules: dict[str, Plain] = {}
    dropped: set[str] = set()
    for raw in reversed(list(_chain(file, preset_id, shipped))):
        dropped |= _drop(raw, rules)
        rules |= _rules_of(raw)
        document |= {key: value for key, value in raw.items() if key not in ("extends", "drop", "rules")}
    document["rules"] = [_without(rule, dropped - rules.keys()) for rule in rules.values()]
    defaults = {**DEFAULTS, **shipped.defaults, **file.defaults}
    return {"schema_version": SCHEMA_VERSION, "defaults": defaults, "presets": [document]}


def _chain(file: RuleFile, preset_id: str, shipped: RuleFile) -> Iterator[Plain]:
    """A preset, the one it extends, the one that extends … a file's own presets come before the shipped ones."""
    seen = [file.presets[preset_id]]
    yield seen[0]
    while (parent := seen[-1].get("extends")) is not None:
        place = f"{preset_id}.extends"
        parent_id = _read(_TEXT, parent, place)
        parents = [source.presets[parent_id] for source in (file, shipped) if parent_id in source.presets]
        if not parents:
            raise Malformed("unknown_choice", place, value=parent_id, allowed=(*file.presets, *shipped.presets))
        new = [preset for preset in parents if not any(preset is other for other in seen)]
        if not new:
            raise Malformed("cyclic_extends", place, value=parent_id)
        seen.append(new[0])
        yield new[0]


def _rules_of(preset: Plain) -> dict[str, Plain]:
    """The rules that stand in a preset itself, by id."""
    place = f"{preset['id']}.rules"
    if "rules" not in preset and "extends" not in preset:
        raise Malformed("missing", place, key="rules")
    rules = _by_id(_read(_LIST, preset.get("rules", []), place), place, f"{preset['id']}.")
    if len(rules) > MAX_RULES:
        raise Malformed("too_many", place, most=MAX_RULES)
    return rules


def _by_id(raw: Iterable[Any], place: str, before: str = "") -> dict[str, Plain]:
    """Mappings of a list by their ids, each there once."""
    by_id: dict[str, Plain] = {}
    for number, item in enumerate(raw, start=1):
        item_id = _read(_NAMED, item, f"{place}[{number}]")["id"]
        if item_id in by_id:
            raise Malformed("duplicate", f"{before}{item_id}", key=item_id)
        by_id[item_id] = item
    return by_id


def _drop(preset: Plain, rules: dict[str, Plain]) -> set[str]:
    """Take the rules away that a preset drops from those it extends."""
    place = f"{preset['id']}.drop"
    dropped = _read(_TEXTS, preset.get("drop") or [], place)
    for rule in dropped:
        if rules.pop(rule, None) is None:
            raise Malformed("unknown_choice", place, value=rule, allowed=tuple(rules))
    return set(dropped)


def _without(rule: Plain, dropped: set[str]) -> dict[str, Any]:
    """A rule that does not come after rules that were dropped."""
    after = rule.get("after")
    if not dropped or not isinstance(after, (str, list)):
        return dict(rule)
    left = [other for other in ([after] if isinstance(after, str) else after) if other not in list(dropped)]
    kept = {key: value for key, value in rule.items() if key != "after"}
    return {**kept, "after": left} if left else kept


# ── what is meant ────────────────────────────────────────────────────────────────────────────────────────────────────
def spec(document: Plain) -> RuleSetSpec:
    """The rule set that a carried-out document holds. Raises Malformed."""
    file = RuleFile.of(document)
    preset_id = file.only()
    raw = file.presets[preset_id]
    common = {**DEFAULTS, **file.defaults, **said({key: raw.get(key) for key in SHARED})}
    preset = _read(_PRESET, {**raw, **common}, preset_id)
    raw_rules = _rules_of(raw)
    rules = tuple(
        _rule({**rule, **common, **said(rule)}, preset.get("window"), raw_rules) for rule in raw_rules.values()
    )
    return RuleSetSpec(
        preset_id,
        rules,
        **_terms(preset, "name", "per", "modes"),
        for_each_branch="for_each" in preset,
        document=document,
    )


TURNED = "b_any_a"
"""The pairing whose subjects are written second."""


def _rule(raw: Plain, usual_window: Window | str | None, others: Collection[str]) -> Rule:
    """One rule, what it leaves unsaid filled in."""
    rule_id = str(raw["id"]).strip()
    pairing = _read(_PAIRED, raw, rule_id)["pairing"]
    rule = _read(_RULES[pairing], {**raw, "pairing": pairing}, rule_id)
    for other in rule.get("after", ()):
        if other not in others:
            raise Malformed("unknown_choice", f"{rule_id}.after", value=other, allowed=tuple(sorted(others)))
    window = rule.get("window", usual_window)
    extras = {key: raw[key] for key in ("after", *FOR_THE_PLANNER) if raw.get(key) is not None}
    extras |= {key: raw[key] for key in ("direction", "credit") if raw[key] != DEFAULTS[key]}
    extras |= {key: rule[key] for key in ("slot_minutes", "limits") if rule.get(key) is not None}
    if "after" in extras:
        extras["after"] = list(rule["after"])
    if pairing == TURNED and "limits" in extras:
        extras["limits"] = {_other_side(key): most for key, most in extras["limits"].items()}
    if isinstance(window, str):
        extras["window"] = window
    given = _terms(rule, "pairing", "name", "severity", "min_count", "per", "modes", "exclude", "order")
    return Rule(RuleId(rule_id), **given, extras=extras)


def _other_side(key: str) -> str:
    """Of a pairing that is written the other way round, `a` stands for `b`: the subjects are its first side."""
    return f"{'b' if key[0] == 'a' else 'a'}{key[1:]}"


def _terms(keys: Plain, *names: str) -> dict[str, Any]:
    """What a preset or a rule says, by the names that values have."""
    window = keys.get("window")
    kept = {name: keys[name] for name in names if name in keys}
    return {**kept, "group_ok": keys["size"] == "group_ok", "window": window if isinstance(window, Window) else None}
