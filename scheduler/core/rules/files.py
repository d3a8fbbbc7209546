"""Rule files: presets as plain data (from YAML or JSON) → a rule set that is read and understood."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from scheduler.core.campaigns.windows import Window
from scheduler.core.ground.bookings import Mode
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import RuleId
from scheduler.core.rules import parts
from scheduler.core.rules.parts import MOST_TALKS, PAIRING_KEYS
from scheduler.core.rules.requirements import Severity
from scheduler.core.rules.resolution import ALREADY_MET, SAME_UNIT, Names, Rule, RuleSetSpec
from scheduler.core.rules.words import Fields, choice, choices, items, mapping, text, whole

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
WORDS = {
    "direction": ("mutual", "a_to_b", "b_to_a"),
    "credit": ("one_talk_counts_for_every_matching_rule",),
    "self_pair": ("exclude",),
    "unresolved": ("warn",),
    "initiator": ("a", "b", "either"),
}
"""Keys that take one of these words."""
LIMITS = ("a_max_partners", "b_max_partners", "a_max_per_day", "b_max_per_day")
PLANNER = ("initiator", "limits", "location", "hours", "preferences", "slot_minutes")
"""Keys that only the planner needs."""
SHARED = (*DEFAULTS, *PLANNER, "exclude")
"""Keys that may stand in the defaults, in a preset, or in a rule; the nearest holds."""
PRESET_KEYS = ("id", "name", "note", "source", "extends", "drop", "for_each", "window", "rules", *SHARED)
RULE_KEYS = ("id", "name", "note", "source", "pairing", "order", "after", "window", *SHARED, *PAIRING_KEYS)
ANY = "any"
ANY_MODES = (*Mode, ANY)
MOST_RULES = 500


@dataclass(frozen=True)
class RuleFile:
    """A file of presets: what stands in each, and the defaults that they share."""

    presets: Mapping[str, Plain]
    defaults: Plain

    @classmethod
    def of(cls, raw: object) -> "RuleFile":
        """From plain data: `{presets: […]}`, or one preset by itself. Raises Malformed."""
        if isinstance(raw, Mapping) and "presets" not in raw and ("rules" in raw or "extends" in raw):
            around = ("schema_version", "defaults")
            preset = {key: value for key, value in raw.items() if key not in around}
            raw = {**{key: raw[key] for key in around if key in raw}, "presets": [preset]}
        fields = Fields.of(raw, "", ("schema_version", "defaults", "presets"))
        if fields.values.get("schema_version", SCHEMA_VERSION) != SCHEMA_VERSION:
            raise Malformed("unknown_choice", "schema_version", value=str(fields.values["schema_version"]))
        presets: dict[str, Plain] = {}
        for place, item in enumerate(items(fields.needed("presets"), "presets"), start=1):
            preset_id = Fields.of(item, f"presets[{place}]").word("id")
            if preset_id in presets:
                raise Malformed("duplicate", preset_id, key=preset_id)
            presets[preset_id] = Fields.of(item, preset_id, PRESET_KEYS).values
        defaults = fields.values.get("defaults")
        return cls(presets, Fields.of({} if defaults is None else defaults, "defaults", SHARED).values)

    def only(self) -> str:
        """The id of its one preset. Raises Malformed when there are several, and says which."""
        if not self.presets:
            raise Malformed("missing", "presets", key="presets")
        if len(self.presets) > 1:
            raise Malformed("several_presets", "presets", presets=tuple(self.presets))
        return next(iter(self.presets))


NOTHING_SHIPPED = RuleFile({}, {})


def carried_out(file: RuleFile, preset_id: str, shipped: RuleFile = NOTHING_SHIPPED) -> dict[str, Any]:
    """One preset with `extends` and `drop` carried out, as a document that stands by itself.

    `shipped` holds the presets that any file may extend. Raises NotFound, Malformed.
    """
    if preset_id not in file.presets:
        raise NotFound("preset", preset_id)
    chain = list(_chain(file, preset_id, shipped))
    document: dict[str, Any] = {}
    rules: dict[str, Plain] = {}
    dropped: set[str] = set()
    for raw in reversed(chain):
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
    while (wanted := seen[-1].get("extends")) is not None:
        place = f"{preset_id}.extends"
        parent_id = text(wanted, place)
        found = [source.presets[parent_id] for source in (file, shipped) if parent_id in source.presets]
        if not found:
            raise Malformed("unknown_choice", place, value=parent_id, allowed=(*file.presets, *shipped.presets))
        new = [preset for preset in found if not any(preset is known for known in seen)]
        if not new:
            raise Malformed("cyclic_extends", place, value=parent_id)
        seen.append(new[0])
        yield new[0]


def _rules_of(preset: Plain) -> dict[str, Plain]:
    """The rules that stand in a preset itself, by id."""
    preset_id = str(preset["id"])
    if "rules" not in preset and "extends" not in preset:
        raise Malformed("missing", f"{preset_id}.rules", key="rules")
    found: dict[str, Plain] = {}
    for place, item in enumerate(items(preset.get("rules", []), f"{preset_id}.rules"), start=1):
        rule_id = Fields.of(item, f"{preset_id}.rules[{place}]").word("id")
        if rule_id in found:
            raise Malformed("duplicate", f"{preset_id}.{rule_id}", key=rule_id)
        found[rule_id] = mapping(item, rule_id)
    if len(found) > MOST_RULES:
        raise Malformed("too_many", f"{preset_id}.rules", most=MOST_RULES)
    return found


def _drop(preset: Plain, rules: dict[str, Plain]) -> set[str]:
    """Take the rules away that a preset drops from those it extends."""
    place = f"{preset['id']}.drop"
    dropped = [text(rule, place) for rule in items(preset.get("drop") or [], place)]
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


def spec(document: object) -> RuleSetSpec:
    """The rule set that a carried-out document holds. Raises Malformed."""
    file = RuleFile.of(document)
    preset_id = file.only()
    preset = file.presets[preset_id]
    settings = _Settings(file.defaults, preset, preset_id)
    rules = tuple(settings.rule(rule) for rule in _rules_of(preset).values())
    for rule in rules:
        _check_after(rule, {other.id for other in rules})
    window = settings.window(Fields(preset, preset_id))
    for_each = preset.get("for_each")
    return RuleSetSpec(
        preset_id,
        rules,
        names(preset.get("name"), f"{preset_id}.name"),
        window if isinstance(window, Window) else None,
        parts.per(settings.common["per"], f"{preset_id}.per"),
        modes(settings.common["modes"], f"{preset_id}.modes"),
        group_ok(settings.common["size"], f"{preset_id}.size"),
        for_each is not None and choice(for_each, f"{preset_id}.for_each", ("branch",)) == "branch",
        mapping(document, ""),
    )


def read(raw: object, preset_id: str | None = None, shipped: RuleFile = NOTHING_SHIPPED) -> RuleSetSpec:
    """One preset of a file: the one named, or the only one. Raises NotFound, Malformed."""
    file = RuleFile.of(raw)
    return spec(carried_out(file, preset_id or file.only(), shipped))


def check(raw: object, shipped: RuleFile = NOTHING_SHIPPED) -> tuple[RuleSetSpec, ...]:
    """Every preset of a file. Raises Malformed for the first mistake in any of them."""
    file = RuleFile.of(raw)
    return tuple(spec(carried_out(file, preset_id, shipped)) for preset_id in file.presets)


class _Settings:
    """What a preset and the defaults say for every rule that does not say otherwise."""

    def __init__(self, defaults: Plain, preset: Plain, preset_id: str) -> None:
        said = {key: value for key, value in preset.items() if key in SHARED and value is not None}
        _check(Fields(defaults, "defaults"))
        _check(Fields(preset, preset_id))
        self.common: Plain = {**DEFAULTS, **defaults, **said}
        self.word = preset.get("window")

    def rule(self, raw: Plain) -> Rule:
        """One rule, what it leaves unsaid filled in."""
        rule_id = str(raw["id"]).strip()
        own = Fields.of(raw, rule_id, RULE_KEYS)
        said = {key: value for key, value in raw.items() if value is not None}
        fields = Fields({**self.common, **said}, rule_id)
        _check(own)
        window = self.window(own)
        return Rule(
            RuleId(rule_id),
            parts.pairing(own),
            names(raw.get("name"), own.place("name")),
            severity(fields.values["severity"], fields.place("severity")),
            count(fields.values["min_count"], fields.place("min_count")),
            parts.per(fields.values["per"], fields.place("per")),
            modes(fields.values["modes"], fields.place("modes")),
            group_ok(fields.values["size"], fields.place("size")),
            window if isinstance(window, Window) else None,
            exclusions(fields.values.get("exclude"), fields.place("exclude")),
            whole(raw["order"], own.place("order"), -1_000_000, 1_000_000) if own.has("order") else None,
            self._extras(fields, window),
        )

    def window(self, fields: Fields) -> Window | str | None:
        """The window that a preset or a rule names itself."""
        return parts.window(fields.values["window"], fields.place("window")) if fields.has("window") else None

    def _extras(self, fields: Fields, window: Window | str | None) -> dict[str, object]:
        """What only the planner needs, and what is said differently from what is usual."""
        kept = {key: fields.values[key] for key in ("after", *PLANNER) if fields.has(key)}
        unusual = {key: fields.values[key] for key in ("direction", "credit") if fields.values[key] != DEFAULTS[key]}
        word = window if isinstance(window, str) else self.word if window is None else None
        return {**kept, **unusual, **({"window": word} if isinstance(word, str) and "." not in word else {})}


def _check(fields: Fields) -> None:
    """Refuse what is said in the defaults, a preset or a rule, and nobody could understand later."""
    for key, raw in fields.values.items():
        if raw is not None and key in _CHECKS:
            _CHECKS[key](raw, fields.place(key))


def _limits(raw: object, where: str) -> None:
    fields = Fields.of(raw, where, LIMITS)
    for key in fields.values:
        fields.number(key, 1, 1, MOST_TALKS)


def _check_after(rule: Rule, known: set[RuleId]) -> None:
    """Refuse a rule that comes after one that is not there."""
    if "after" in rule.extras:
        choices(rule.extras["after"], f"{rule.id}.after", sorted(known))


def names(raw: object, where: str) -> Names:
    """What something is called: a text, or `{zh: …, en: …}`."""
    if raw is None:
        return Names()
    if isinstance(raw, str):
        return Names(zh=text(raw, where))
    fields = Fields.of(_with_commas(mapping(raw, where)), where, ("zh", "en"))
    return Names(*(fields.word(key) if fields.has(key) else "" for key in ("zh", "en")))


def _with_commas(raw: Plain) -> Plain:
    """`{en: Between members, yearly}` as it was meant: YAML takes what follows the comma for a key without a value."""
    found: dict[str, object] = {}
    for key, value in raw.items():
        last = next(reversed(found), "")
        if value is None and key not in ("zh", "en") and isinstance(found.get(last), str):
            found[last] = f"{found[last]}, {key}"
        else:
            found[key] = value
    return found


def modes(raw: object, where: str) -> frozenset[Mode]:
    """The ways of talking that count; `any` is all of them."""
    found = choices(raw, where, ANY_MODES)
    return frozenset(Mode) if ANY in found else frozenset(map(Mode, found))


def group_ok(raw: object, where: str) -> bool:
    """Whether a talk of several at once counts."""
    return choice(raw, where, ("one_to_one", "group_ok")) == "group_ok"


def exclusions(raw: object, where: str) -> frozenset[str]:
    """Who is left out."""
    return frozenset(choices(raw, where, (SAME_UNIT, ALREADY_MET))) if raw not in (None, []) else frozenset()


def severity(raw: object, where: str) -> Severity:
    """How much a rule weighs."""
    return Severity(choice(raw, where, tuple(Severity)))


def count(raw: object, where: str) -> int:
    """A number of talks."""
    return whole(raw, where, 1, MOST_TALKS)


_CHECKS: Mapping[str, Callable[[object, str], object]] = {
    "min_count": count,
    "per": parts.per,
    "modes": modes,
    "size": group_ok,
    "severity": severity,
    "exclude": exclusions,
    **{key: partial(choice, allowed=allowed) for key, allowed in WORDS.items()},
    **dict.fromkeys(("location", "hours", "preferences", "note", "source"), text),
    "slot_minutes": partial(whole, least=1, most=24 * 60),
    "limits": _limits,
}
