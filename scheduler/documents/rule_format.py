"""The format of rule files: what may stand in them, and the values that are made of it.

What the keys mean to people stands in docs/reference/rules.md. Names in capitals are descriptions of a piece of a file.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError, SchemaValidator, core_schema
from pydantic_core.core_schema import CoreSchema

from scheduler.core.campaigns.definitions import WindowEdge
from scheduler.core.campaigns.windows import TALK_WINDOW, Edge, EveryDays, Per, PlanDay, Window
from scheduler.core.ground.bookings import Mode
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import GroupId, PersonId
from scheduler.core.ground.relations import Path, Post
from scheduler.core.rules.pairings import AllPairs, AnyOf, EachEach, Listed, OnEvent, Pairing, Relation
from scheduler.core.rules.requirements import Severity
from scheduler.core.rules.resolution import ALREADY_MET, SAME_UNIT, RuleName
from scheduler.core.rules.selectors import (
    FIELDS,
    BranchPart,
    BranchRole,
    EventPerson,
    GroupMembers,
    Minus,
    Related,
    RoleHolders,
    Selector,
    Tagged,
    Where,
    needs_event,
)
from scheduler.documents.formats import (
    ANYTHING,
    NOTHING,
    Format,
    Keys,
    by,
    either,
    first,
    items,
    mapping,
    says,
    then,
)

MAX_DAYS = 3_660
"""Ten years."""
MAX_TALKS = 1_000
"""The largest `k` and `min_count`."""
POSTS = {
    "in_charge": Post.IN_CHARGE,
    "head": Post.HEAD,
    "acting_head": Post.ACTING_HEAD,
    "contact": Post.CONTACT,
    "contacts": Post.CONTACT,
    "member": Post.MEMBER,
    "members": Post.MEMBER,
}
AFTER_EVENT = {
    "leader_in_charge_of(event.person)": Path(starts_at_unit=False, post=Post.IN_CHARGE),
    "head_of(event.person)": Path(starts_at_unit=False, post=Post.HEAD),
    "manager_of(event.person)": Path(starts_at_unit=False, managers=1),
}
"""Relations of the person of an occurrence, in words."""
_PATH = re.compile(r"(?:event\.)?person((?:\.manager){0,20})(?:\.unit\.([a-z_]+))?")

RULE_FILES = Format(
    {
        "dict_type": ("not_a_mapping",),
        "tuple_type": ("not_a_list",),
        "missing": ("missing", "key"),
        "too_short": ("missing", "key"),
        "too_long": ("too_many", "most"),
        "invalid_key": ("unknown_key", "key"),
    },
    place=lambda way: ".".join(step for step in way if isinstance(step, str)) or "file",
)


# ── words and numbers ────────────────────────────────────────────────────────────────────────────────────────────────
TEXT = says(core_schema.str_schema(strict=True, strip_whitespace=True, min_length=1, max_length=2_000), "not_a_text")


def one_of(words: Iterable[str], make: Callable[[str], object] = str) -> CoreSchema:
    """One of some words."""
    allowed = tuple(words)
    choice = says(core_schema.literal_schema(list(allowed)), "unknown_choice", "value", allowed=allowed)
    return then(core_schema.chain_schema([TEXT, choice]), make)


def whole(least: int, most: int) -> CoreSchema:
    """A whole number within bounds."""
    number = says(core_schema.int_schema(strict=True), "not_a_number", "value")
    bounds = says(core_schema.int_schema(ge=least, le=most), "out_of_range", "value", first=least, last=most)
    return core_schema.chain_schema([number, bounds])


def some(of: CoreSchema, make: Callable[[Any], object] = tuple) -> CoreSchema:
    """A list that is not empty, or one item alone."""
    return then(first(_listed, items(of, least=1)), make)


def keys(of: Keys, *needed: str, others: CoreSchema | None = None) -> CoreSchema:
    """A mapping; a needed key is missing when it is null. Other keys are unknown, unless something else is said of them."""
    unknown = others or says(NOTHING, "unknown_key", "key", allowed=tuple(of))
    read = {key: first(_not_null, schema) if key in needed else schema for key, schema in of.items()}
    return mapping(read, needed, unknown)


def _listed(raw: object) -> object:
    return raw if isinstance(raw, list) else [raw]


def _not_null(raw: object) -> object:
    if raw is None:
        raise PydanticCustomError("missing", "missing", {"told": ("key",)})
    return raw


DAYS, TALKS = whole(0, MAX_DAYS), whole(1, MAX_TALKS)


# ── whom ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def path(raw: str) -> Path:
    """A way through the org chart: `unit.head`, `person`, `person.manager.manager`, `person.unit.in_charge`."""
    if raw.startswith("unit.") and raw[5:] in POSTS:
        return Path(starts_at_unit=True, post=POSTS[raw[5:]])
    match = _PATH.fullmatch(raw)
    if not match or (match[2] and match[2] not in POSTS):
        raise Malformed("unknown_choice", "", value=raw, allowed=(*(f"unit.{p}" for p in POSTS), "person.manager"))
    return Path(False, match[1].count(".manager"), POSTS[match[2]] if match[2] else None)


def _related(raw: str) -> Related:
    """A way from the person of an occurrence."""
    if raw in AFTER_EVENT:
        return Related(AFTER_EVENT[raw])
    way = path(f"person.{raw}" if raw.startswith("unit.") else raw)
    if way.is_oneself:
        raise Malformed("unknown_choice", "", value=raw, allowed=tuple(AFTER_EVENT))
    return Related(way)


def _fields(raw: object) -> object:
    """Fields of the roster, one at least, each with the values that it may have; numbers may be written as numbers."""
    if not isinstance(raw, dict):
        return raw
    if not raw:
        raise Malformed("missing", "", key="where")
    for key in raw:
        if key not in WHERE_FIELDS:
            raise Malformed("unknown_key", str(key), key=key, allowed=tuple(WHERE_FIELDS))
    listed = {key: values if isinstance(values, list) else [values] for key, values in raw.items()}
    return {key: [str(v) if type(v) is int else v for v in values] for key, values in listed.items()}


def _where_of(fields: Mapping[str, frozenset[str]]) -> Where:
    return Where(tuple((WHERE_FIELDS[key], values) for key, values in fields.items()))


WHERE_FIELDS = {name: name for name in FIELDS} | {"tag": "tags", "group": "party_group"}
WAYS = {
    "group": then(TEXT, lambda group: GroupMembers(GroupId(group))),
    "role": then(TEXT, RoleHolders),
    "branch": then(TEXT, lambda branch: BranchPart(None if branch == "self" else GroupId(branch))),
    "tag": then(TEXT, Tagged),
    "where": then(first(_fields, core_schema.dict_schema(values_schema=some(TEXT, frozenset))), _where_of),
    "relation": then(TEXT, _related),
}
"""The ways to say who is meant."""


def selector(raw: object) -> Selector:
    """Who is meant; `event.person` may stand as a plain word."""
    who: Selector = EventPerson() if raw == "event.person" else _SELECTOR.validate_python(raw)
    return who


def _one_way(raw: object) -> object:
    """One way to say who is meant, and no other."""
    if not isinstance(raw, dict) or not raw.keys() <= {*WAYS, "part", "minus"}:
        return raw
    named = [key for key in WAYS if key in raw]
    if len(named) != 1:
        raise Malformed("one_selector", "", allowed=tuple(WAYS))
    if "part" in raw and named != ["branch"]:
        raise Malformed("unknown_key", "part", key="part")
    for key in (*named, "minus"):
        if raw.get(key, key) is None:
            raise Malformed("missing", key, key=key)
    return raw


def _selector_of(keys: Mapping[str, Any]) -> Selector:
    (base,) = (keys[way] for way in WAYS if way in keys)
    if "part" in keys:
        base = replace(base, part=keys["part"])
    return Minus(base, keys["minus"]) if "minus" in keys else base


def _without_event(who: Selector) -> Selector:
    if needs_event(who):
        raise PydanticCustomError("needs_event", "needs_event", {"told": ("key",)})
    return who


WHO, PATH = by(selector), then(TEXT, path)
SIDE = then(WHO, _without_event)
"""Who is meant where nothing befell anybody."""
_SELECTOR = SchemaValidator(
    then(first(_one_way, keys({**WAYS, "part": one_of(BranchRole, BranchRole), "minus": WHO})), _selector_of)
)


# ── when ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _day(raw: str | date) -> Edge:
    """A day, or one of the campaign (`plan.…`)."""
    if isinstance(raw, date):
        return WindowEdge(day=date(raw.year, raw.month, raw.day))
    if raw.startswith("plan."):
        if raw.strip() not in tuple(PlanDay):
            raise Malformed("unknown_choice", "", value=raw.strip(), allowed=tuple(PlanDay))
        return PlanDay(raw.strip())
    try:
        return WindowEdge(day=date.fromisoformat(raw.strip()))
    except ValueError:
        raise Malformed("not_a_date", "", value=raw) from None


def _before_milestone(keys: Mapping[str, Any]) -> WindowEdge:
    if "workdays" in keys and "days" in keys:
        raise Malformed("either_or", "days", key="days", other="workdays")
    return WindowEdge(**keys)


def _window_of(keys: Mapping[str, Edge]) -> Window:
    first_day, last_day = (getattr(keys.get(key), "day", None) for key in ("opens", "closes"))
    if first_day and last_day and first_day > last_day:
        raise Malformed("closes_before_it_opens", "", opens=first_day.isoformat(), closes=last_day.isoformat())
    return Window(**keys)


def is_text(raw: object) -> bool:
    """Whether a value is written as a plain word."""
    return isinstance(raw, str)


PER = either(
    lambda raw: isinstance(raw, dict),
    then(keys({"every_days": whole(1, MAX_DAYS)}, "every_days"), lambda keys: EveryDays(keys["every_days"])),
    one_of(Per, Per),
)
MILESTONE = then(
    keys({"before_milestone": TEXT, "workdays": DAYS, "days": DAYS}, "before_milestone"), _before_milestone
)
EDGE = either(lambda raw: isinstance(raw, (str, date)), by(_day), MILESTONE)
WINDOW = either(
    is_text,
    one_of(("plan.talk_window", "one_day", "half_day"), lambda word: TALK_WINDOW if word.startswith("plan.") else word),
    then(keys({"opens": EDGE, "closes": EDGE}), _window_of),
)
"""A window with its two ends, or a word that only the planner can fix (`one_day`)."""


# ── what rules share ─────────────────────────────────────────────────────────────────────────────────────────────────
def _with_commas(raw: object) -> object:
    """`{en: Between members, yearly}` as it was meant: YAML takes what follows the comma for a key without a value."""
    if not isinstance(raw, dict):
        return raw
    together: dict[Any, object] = {}
    for key, value in raw.items():
        last = next(reversed(together), "")
        if value is None and key not in ("zh", "en") and isinstance(together.get(last), str):
            together[last] = f"{together[last]}, {key}"
        else:
            together[key] = value
    return together


NAME = either(
    is_text,
    then(TEXT, RuleName),
    then(first(_with_commas, keys({"zh": TEXT, "en": TEXT})), lambda keys: RuleName(**keys)),
)
DESCRIBED: Keys = {"name": NAME, "note": TEXT, "source": TEXT}
LIMITS = tuple(f"{side}_max_{what}" for what in ("partners", "per_half_day", "per_day", "per_week") for side in "ab")
FOR_THE_PLANNER: Keys = {
    "initiator": one_of(("a", "b", "either")),
    "limits": keys(dict.fromkeys(LIMITS, TALKS)),
    "location": TEXT,
    "hours": TEXT,
    "preferences": TEXT,
    "slot_minutes": whole(1, 24 * 60),
}
"""What only the planner needs."""
SHARED: Keys = {
    "min_count": TALKS,
    "per": PER,
    "modes": some(
        one_of((*Mode, "any")), lambda modes: frozenset(Mode) if "any" in modes else frozenset(map(Mode, modes))
    ),
    "size": one_of(("one_to_one", "group_ok")),
    "direction": one_of(("mutual", "a_to_b", "b_to_a")),
    "severity": one_of(Severity, Severity),
    "credit": one_of(("one_talk_counts_for_every_matching_rule",)),
    "self_pair": one_of(("exclude",)),
    "unresolved": one_of(("warn",)),
    **FOR_THE_PLANNER,
    "exclude": then(first(_listed, items(one_of((SAME_UNIT, ALREADY_MET)))), frozenset),
}
"""Keys that may stand in the defaults, in a preset, or in a rule; the nearest holds."""


# ── pairings ─────────────────────────────────────────────────────────────────────────────────────────────────────────
class PairingKind(NamedTuple):
    """How a pairing is written: what is made of its keys, in their order, and which of them may be missing."""

    make: Callable[..., Pairing]
    keys: Keys
    may_be_missing: str = ""


def _relation(source: Path, target: Path, fallback: Path | None) -> Relation:
    """A pairing over the org chart; all its paths start alike."""
    for key, other in (("to", target), ("fallback", fallback)):
        if other and other.starts_at_unit is not source.starts_at_unit:
            raise Malformed("paths_start_apart", key, key=key)
    return Relation(source, target, fallback)


def _list_name(raw: str) -> Listed:
    """A list of pairs of the campaign, `plan.X`."""
    name = raw.removeprefix("plan.")
    if name in ("", raw):
        raise Malformed("unknown_choice", "", value=raw, allowed=("plan.…",))
    return Listed(name)


def _two(raw: tuple[str, ...]) -> tuple[PersonId, PersonId]:
    if len(raw) != 2:
        raise Malformed("not_a_pair", "", value=", ".join(raw))
    return PersonId(raw[0]), PersonId(raw[1])


def _trigger_of(keys: Mapping[str, Any]) -> tuple[frozenset[str], tuple[int, ...]]:
    """What befell somebody, and the days after it by which talks are due, the first one first."""
    if ("within_days" in keys) is ("offsets_days" in keys):
        raise Malformed("missing", "within_days", key="within_days", allowed=("offsets_days",))
    return keys["event"], tuple(sorted(set(keys.get("offsets_days") or [keys["within_days"]])))


TWO = then(items(TEXT, least=1), _two)
LIST = either(
    lambda raw: isinstance(raw, list), then(items(TWO), lambda pairs: Listed(pairs=pairs)), then(TEXT, _list_name)
)
TRIGGER = then(
    keys({"event": some(TEXT, frozenset), "within_days": DAYS, "offsets_days": items(DAYS, least=1)}, "event"),
    _trigger_of,
)
PAIRINGS = {
    "each_each": PairingKind(EachEach, {"a": SIDE, "b": SIDE}),
    "all_pairs": PairingKind(AllPairs, {"a": SIDE}),
    "relation": PairingKind(_relation, {"from": PATH, "to": PATH, "fallback": PATH}, "fallback"),
    "a_any_b": PairingKind(lambda a, b, k: AnyOf(a, b, k or 1), {"a": SIDE, "b": SIDE, "k": TALKS}, "k"),
    "b_any_a": PairingKind(lambda a, b, k: AnyOf(b, a, k or 1), {"a": SIDE, "b": SIDE, "k": TALKS}, "k"),
    "explicit": PairingKind(lambda listed: listed, {"list": LIST}),
    "event": PairingKind(
        lambda trigger, a, b: OnEvent(trigger[0], trigger[1], a, b), {"trigger": TRIGGER, "a": WHO, "b": WHO}
    ),
}


# ── rules and presets ────────────────────────────────────────────────────────────────────────────────────────────────
RULE: Keys = {
    "id": TEXT,
    **DESCRIBED,
    "pairing": one_of(PAIRINGS),
    "order": whole(-1_000_000, 1_000_000),
    "after": some(TEXT),
    "window": WINDOW,
    **SHARED,
}
PRESET: Keys = {
    "id": TEXT,
    **DESCRIBED,
    "extends": ANYTHING,
    "drop": ANYTHING,
    "for_each": one_of(("branch",)),
    "window": WINDOW,
    "rules": ANYTHING,
    **SHARED,
}
RULE_KEYS = tuple(dict.fromkeys((*RULE, *(key for kind in PAIRINGS.values() for key in kind.keys))))
FILE: Keys = {"schema_version": ANYTHING, "defaults": keys(SHARED), "presets": items(ANYTHING)}


def rule_of(word: str) -> CoreSchema:
    """A rule of one pairing; keys of other pairings are named as such."""
    kind = PAIRINGS[word]
    others = says(NOTHING, "key_not_for_pairing", "key", pairing=word)
    needed = (key for key in kind.keys if key != kind.may_be_missing)
    rule = keys({**RULE, **kind.keys}, "id", *needed, others=others)
    return then(rule, lambda read: {**read, "pairing": kind.make(*map(read.get, kind.keys))})
