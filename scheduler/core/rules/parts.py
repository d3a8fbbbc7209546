"""The parts of a rule as a file writes them: selectors, relations, pairings, windows, periods."""

import re
from collections.abc import Callable
from datetime import date

from scheduler.core.campaigns.definitions import WindowEdge
from scheduler.core.campaigns.windows import TALK_WINDOW, Edge, EveryDays, Per, PlanDay, Window
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import GroupId, PersonId
from scheduler.core.ground.relations import Path, Post
from scheduler.core.rules.pairings import AllPairs, AnyOf, EachEach, Listed, OnEvent, Pairing, Relation
from scheduler.core.rules.selectors import (
    FIELDS,
    BranchPart,
    EventPerson,
    GroupMembers,
    Minus,
    Part,
    Related,
    RoleHolders,
    Selector,
    Tagged,
    Where,
    needs_event,
)
from scheduler.core.rules.words import Fields, choice, items, text, texts, whole

SELECTORS = ("group", "role", "branch", "tag", "where", "relation")
EVENT_PERSON = "event.person"
PLAN = "plan."
WINDOW_WORDS = ("one_day", "half_day")
"""Windows that only the planner can fix: which day it will be."""
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
MOST_DAYS = 3_660
"""Ten years."""
MOST_TALKS = 1_000
"""The largest `k` and `min_count`."""
WHERE_FIELDS = {name: name for name in FIELDS} | {"tag": "tags", "group": "party_group"}


def selector(raw: object, where: str) -> Selector:
    """A selector; `event.person` may stand as a plain word."""
    if raw == EVENT_PERSON:
        return EventPerson()
    fields = Fields.of(raw, where, (*SELECTORS, "part", "minus"))
    named = [key for key in SELECTORS if key in fields.values]
    if len(named) != 1:
        raise Malformed("one_selector", where, allowed=SELECTORS)
    if "part" in fields.values and named != ["branch"]:
        raise Malformed("unknown_key", fields.place("part"), key="part")
    base = _READERS[named[0]](fields)
    return Minus(base, selector(fields.needed("minus"), fields.place("minus"))) if "minus" in fields.values else base


def _group(fields: Fields) -> Selector:
    return GroupMembers(GroupId(fields.word("group")))


def _role(fields: Fields) -> Selector:
    return RoleHolders(fields.word("role"))


def _tag(fields: Fields) -> Selector:
    return Tagged(fields.word("tag"))


def _branch(fields: Fields) -> Selector:
    named = fields.word("branch")
    part = choice(fields.values.get("part", Part.MEMBERS), fields.place("part"), tuple(Part))
    return BranchPart(None if named == "self" else GroupId(named), Part(part))


def _where(fields: Fields) -> Selector:
    asked = Fields.of(fields.needed("where"), fields.place("where"), WHERE_FIELDS)
    if not asked.values:
        raise Malformed("missing", asked.where, key="where")
    return Where(tuple((WHERE_FIELDS[key], _values(raw, asked.place(key))) for key, raw in asked.values.items()))


def _values(raw: object, where: str) -> frozenset[str]:
    """The values that a field may have; numbers may be written as numbers."""
    listed = raw if isinstance(raw, list) else [raw]
    plain = [str(value) if isinstance(value, int) and not isinstance(value, bool) else value for value in listed]
    return frozenset(texts(plain, where))


def _relation(fields: Fields) -> Selector:
    written, place = fields.word("relation"), fields.place("relation")
    if written in AFTER_EVENT:
        return Related(AFTER_EVENT[written])
    found = path(f"person.{written}" if written.startswith("unit.") else written, place)
    if found.is_oneself:
        raise Malformed("unknown_choice", place, value=written, allowed=tuple(AFTER_EVENT))
    return Related(found)


_READERS: dict[str, Callable[[Fields], Selector]] = {
    "group": _group,
    "role": _role,
    "branch": _branch,
    "tag": _tag,
    "where": _where,
    "relation": _relation,
}


def path(raw: object, where: str) -> Path:
    """A way through the org chart: `unit.head`, `person`, `person.manager.manager`, `person.unit.in_charge`."""
    written = text(raw, where)
    if written.startswith("unit.") and written[5:] in POSTS:
        return Path(starts_at_unit=True, post=POSTS[written[5:]])
    match = _PATH.fullmatch(written)
    if not match or (match[2] and match[2] not in POSTS):
        raise Malformed(
            "unknown_choice", where, value=written, allowed=(*(f"unit.{p}" for p in POSTS), "person.manager")
        )
    return Path(False, match[1].count(".manager"), POSTS[match[2]] if match[2] else None)


KEYS_BY_PAIRING = {
    "each_each": ("a", "b"),
    "all_pairs": ("a",),
    "relation": ("from", "to", "fallback"),
    "a_any_b": ("a", "b", "k"),
    "b_any_a": ("a", "b", "k"),
    "explicit": ("list",),
    "event": ("trigger", "a", "b"),
}
"""The keys that belong to each pairing, and to no other rule."""
PAIRING_KEYS = tuple(dict.fromkeys(key for keys in KEYS_BY_PAIRING.values() for key in keys))


def pairing(fields: Fields) -> Pairing:
    """The pairing of a rule."""
    kind = choice(fields.needed("pairing"), fields.place("pairing"), tuple(KEYS_BY_PAIRING))
    for key in PAIRING_KEYS:
        if key in fields.values and key not in KEYS_BY_PAIRING[kind]:
            raise Malformed("key_not_for_pairing", fields.place(key), key=key, pairing=kind)
    match kind:
        case "each_each":
            return EachEach(_side(fields, "a"), _side(fields, "b"))
        case "all_pairs":
            return AllPairs(_side(fields, "a"))
        case "a_any_b":
            return AnyOf(_side(fields, "a"), _side(fields, "b"), fields.number("k", 1, 1, MOST_TALKS))
        case "b_any_a":
            return AnyOf(_side(fields, "b"), _side(fields, "a"), fields.number("k", 1, 1, MOST_TALKS))
        case "relation":
            return _walk(fields)
        case "explicit":
            return _list(fields)
        case _:
            return _event(fields)


def _side(fields: Fields, key: str) -> Selector:
    """One side of a pairing that follows nothing."""
    found = selector(fields.needed(key), fields.place(key))
    if needs_event(found):
        raise Malformed("needs_event", fields.place(key), key=key)
    return found


def _walk(fields: Fields) -> Relation:
    """A pairing over the org chart; all its paths start alike."""
    source = path(fields.needed("from"), fields.place("from"))
    target = path(fields.needed("to"), fields.place("to"))
    fallback = path(fields.needed("fallback"), fields.place("fallback")) if fields.has("fallback") else None
    for key, other in (("to", target), ("fallback", fallback)):
        if other and other.starts_at_unit is not source.starts_at_unit:
            raise Malformed("paths_start_apart", fields.place(key), key=key)
    return Relation(source, target, fallback)


def _list(fields: Fields) -> Listed:
    """A list of pairs: the campaign's (`plan.X`), or written here."""
    raw, place = fields.needed("list"), fields.place("list")
    if isinstance(raw, list):
        return Listed(pairs=tuple(_two(item, place) for item in raw))
    name = text(raw, place).removeprefix(PLAN)
    if not text(raw, place).startswith(PLAN) or not name:
        raise Malformed("unknown_choice", place, value=raw, allowed=("plan.…",))
    return Listed(name)


def _two(raw: object, place: str) -> tuple[PersonId, PersonId]:
    """Two people."""
    found = texts(items(raw, place), place)
    if len(found) != 2:
        raise Malformed("not_a_pair", place, value=", ".join(found))
    return PersonId(found[0]), PersonId(found[1])


def _event(fields: Fields) -> OnEvent:
    """A pairing that follows something that befell a person."""
    trigger = Fields.of(fields.needed("trigger"), fields.place("trigger"), ("event", "within_days", "offsets_days"))
    kinds = frozenset(texts(trigger.needed("event"), trigger.place("event")))
    a = selector(fields.needed("a"), fields.place("a"))
    return OnEvent(kinds, _offsets(trigger), a, selector(fields.needed("b"), fields.place("b")))


def _offsets(trigger: Fields) -> tuple[int, ...]:
    """The days after the occurrence by which talks are due, the first one first."""
    if trigger.has("within_days") == trigger.has("offsets_days"):
        raise Malformed("missing", trigger.place("within_days"), key="within_days", allowed=("offsets_days",))
    if trigger.has("within_days"):
        return (whole(trigger.values["within_days"], trigger.place("within_days"), 0, MOST_DAYS),)
    place = trigger.place("offsets_days")
    found = {whole(day, place, 0, MOST_DAYS) for day in items(trigger.values["offsets_days"], place)}
    if not found:
        raise Malformed("missing", place, key="offsets_days")
    return tuple(sorted(found))


def per(raw: object, where: str) -> Per | EveryDays:
    """What stretch of time a talk is asked for once in: a word, or `{every_days: n}`."""
    if isinstance(raw, dict):
        fields = Fields.of(raw, where, ("every_days",))
        return EveryDays(whole(fields.needed("every_days"), fields.place("every_days"), 1, MOST_DAYS))
    return Per(choice(raw, where, tuple(Per)))


def window(raw: object, where: str) -> Window | str:
    """A window with its two ends, or a word that only the planner can fix (`one_day`)."""
    if isinstance(raw, str):
        word = choice(raw, where, ("plan.talk_window", *WINDOW_WORDS))
        return TALK_WINDOW if word == "plan.talk_window" else word
    fields = Fields.of(raw, where, ("opens", "closes"))
    opens, closes = (edge(fields.values.get(key), fields.place(key)) for key in ("opens", "closes"))
    first, last = (e.day if isinstance(e, WindowEdge) else None for e in (opens, closes))
    if first and last and first > last:
        raise Malformed("closes_before_it_opens", where, opens=first.isoformat(), closes=last.isoformat())
    return Window(opens, closes)


def edge(raw: object, where: str) -> Edge | None:
    """One end of a window: a day, a day of the campaign (`plan.…`), or so many days before a milestone."""
    if raw is None:
        return None
    if isinstance(raw, date):
        return WindowEdge(day=date(raw.year, raw.month, raw.day))
    if isinstance(raw, str):
        return PlanDay(choice(raw, where, tuple(PlanDay))) if raw.startswith(PLAN) else WindowEdge(day=_day(raw, where))
    fields = Fields.of(raw, where, ("before_milestone", "workdays", "days"))
    milestone = fields.word("before_milestone")
    if fields.has("workdays") and fields.has("days"):
        raise Malformed("either_or", fields.place("days"), key="days", other="workdays")
    workdays = fields.number("workdays", 0, 0, MOST_DAYS) if fields.has("workdays") else None
    return WindowEdge(before_milestone=milestone, workdays=workdays, days=fields.number("days", 0, 0, MOST_DAYS))


def _day(raw: str, where: str) -> date:
    """A day, `2014-06-16`."""
    try:
        return date.fromisoformat(raw.strip())
    except ValueError:
        raise Malformed("not_a_date", where, value=raw) from None
