"""Whole documents of every kind, everything that can stand wrongly in them, and what the readers made of each.

What they made stands in `golden/`, one line for each document. `python -m tests.documents.readings` writes it anew: do so only
when a format is meant to read differently, and look at every line that changed.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.documents import plans, problems, rules
from tests.core import sample

Way = tuple[str | int, ...]

GOLDEN = Path(__file__).parent / "golden"
ODD: tuple[object, ...] = (None, True, 0, -1, 10**12, 1.5, "", "x", [], ["x"], [["x", "x"]], {}, {"x": 1})
"""What may stand where something else belongs."""

TEAM, HOSTS = {"group": "team"}, {"group": "hosts", "minus": {"tag": "lead"}}
RULES: dict[str, Any] = {
    "schema_version": 1,
    "defaults": {
        "min_count": 2,
        "per": "month",
        "modes": ["video", "phone"],
        "size": "group_ok",
        "direction": "a_to_b",
        "severity": "should",
        "credit": "one_talk_counts_for_every_matching_rule",
        "self_pair": "exclude",
        "unresolved": "warn",
        "exclude": ["same_unit"],
    },
    "presets": [
        {
            "id": "parent",
            "name": {"zh": "父", "en": "Parent", "yearly": None},
            "note": "n",
            "source": "s",
            "window": "one_day",
            "rules": [
                {"id": "R1", "pairing": "all_pairs", "a": TEAM},
                {"id": "R2", "pairing": "all_pairs", "a": TEAM, "after": ["R1"]},
            ],
        },
        {
            "id": "child",
            "name": "子",
            "extends": "parent",
            "drop": ["R1"],
            "for_each": "branch",
            "window": {"opens": "2014-06-16", "closes": {"before_milestone": "visit", "workdays": 3}},
            "per": {"every_days": 30},
            "hours": "9-17",
            "rules": [
                {"id": "E", "pairing": "each_each", "a": TEAM, "b": HOSTS, "after": "A", "order": 1, "name": {"en": "E"}},
                {"id": "A", "pairing": "a_any_b", "a": {"role": "principal"}, "b": {"tag": "lead"}, "k": 2},
                {"id": "B", "pairing": "b_any_a", "a": {"branch": "self", "part": "committee"}, "b": {"branch": "B1"}},
                {"id": "W", "pairing": "all_pairs", "a": {"where": {"tag": "lead", "rank": [1, "2"]}}, "modes": "any"},
                {"id": "R", "pairing": "relation", "from": "unit.in_charge", "to": "unit.head", "fallback": "unit.acting_head"},
                {"id": "P", "pairing": "relation", "from": "person.manager", "to": "person", "severity": "optional"},
                {"id": "L", "pairing": "explicit", "list": [["p01", "p09"]], "limits": {"a_max_partners": 1}},
                {"id": "N", "pairing": "explicit", "list": "plan.pairs", "initiator": "b", "slot_minutes": 25},
                {"id": "V", "pairing": "event", "trigger": {"event": ["award"], "within_days": 15},
                 "a": {"relation": "manager_of(event.person)"}, "b": "event.person", "preferences": "ranked"},
                {"id": "O", "pairing": "event", "trigger": {"event": "joined", "offsets_days": [30, 60]},
                 "a": {"branch": "self"}, "b": "event.person", "location": "here",
                 "window": {"opens": "plan.starts", "closes": {"before_milestone": "visit", "days": 3}}},
            ],
        },
    ],
}  # fmt: skip

PROBLEM: dict[str, Any] = {
    "name": "夏天",
    "grid_minutes": 30,
    "days": ["2026-03-02", "2026-03-03"],
    "blocks": [["08:30", "11:30"], ["13:30", "17:30"]],
    "people": [
        {"id": "p0", "busy": [["2026-03-02T10:30", "2026-03-02T11:00"]], "max_talks_per_day": 3},
        {"id": "p1"},
        {"id": "x"},
        {"id": "s2"},
    ],
    "rooms": [{"id": "R1", "busy": [], "capacity": 4}, {"id": "R2"}],
    "talks": [
        {"id": "t0", "people": ["p0", "p1"], "minutes": 60},
        {
            "id": "t1",
            "people": ["p0"],
            "minutes": 45,
            "any_of": [["x", "s2"]],
            "earliest": "2026-03-02T09:00",
            "latest": "2026-03-03T17:30",
            "after": ["t0"],
            "priority": 2,
            "room": False,
        },
        {
            "id": "t2",
            "people": ["p1", "s2"],
            "minutes": 30,
            "fixed": {"start": "2026-03-03T09:00", "room": "R1"},
            "current": {"start": "2026-03-02T08:00", "room": "R9"},
        },
    ],
    "sessions": [{"id": "g0", "people": ["p0", "p1"], "minutes": 90, "windows": ["2026-03-02T13:30"], "room": True}],
    "goals": ["unplaced", "moved", "makespan", "breaks"],
    "max_break_difference": 2,
}

PLAN: dict[str, Any] = {
    "status": "feasible",
    "placements": [
        {"talk": "t0", "start": "2026-03-02T09:00", "room": "R1", "people": ["p0", "p1"]},
        {"talk": "t2", "start": "2026-03-02T10:00", "room": None},
    ],
    "sessions": [{"session": "g0", "start": "2026-03-02T13:30", "room": "R1"}],
    "unplaced": [{"talk": "t1", "reasons": ["none is free"], "repairs": ["more rooms"]}],
    "values": {"unplaced": 1, "makespan": 3},
    "bounds": {"makespan": 2},
    "binding": "R1",
    "seconds": 1.235,
}


def _rules(document: object) -> object:
    presets = document.get("presets") if isinstance(document, dict) else None
    return rules.read(document, "child" if isinstance(presets, list) and len(presets) > 1 else None)


WRONG: Mapping[str, tuple[tuple[str, object], ...]] = {
    "rules": (
        ("schema_version", 2),
        ("presets.1.id", "parent"),
        ("presets.1.extends", "child"),
        ("presets.1.extends", "nobody"),
        ("presets.1.drop", ["R9"]),
        ("presets.1.rules", [{"id": f"R{number}"} for number in range(501)]),
        ("presets.1.rules.1.id", "E"),
        ("presets.1.rules.0.after", ["Z"]),
        ("presets.1.rules.0.k", 2),
        ("presets.1.rules.0.k", 0),
        ("presets.1.rules.0.trigger", {}),
        ("presets.1.rules.0.a", "event.person"),
        ("presets.1.rules.0.a", {"relation": "unit.head"}),
        ("presets.1.rules.0.a", {"group": "team", "tag": "lead"}),
        ("presets.1.rules.0.a", {"group": "team", "part": "members"}),
        ("presets.1.rules.0.a", {"relation": "person"}),
        ("presets.1.rules.0.a", {"branch": "self", "minus": {"grop": "x"}}),
        ("presets.1.rules.0.b.minus", {"group": "team", "minus": "event.person"}),
        ("presets.1.rules.3.a.where", {}),
        ("presets.1.rules.3.a.where.rank", []),
        ("presets.1.rules.3.modes", []),
        ("presets.1.rules.4.to", "person"),
        ("presets.1.rules.4.fallback", "person.manager"),
        ("presets.1.rules.4.from", "unit.mascot"),
        ("presets.1.rules.4.from", "person.boss"),
        ("presets.1.rules.6.list", [["p01", "p02", "p03"]]),
        ("presets.1.rules.6.list", ["p01"]),
        ("presets.1.rules.6.list", [["p01", ""]]),
        ("presets.1.rules.7.list", "pairs"),
        ("presets.1.rules.7.list", "plan."),
        ("presets.1.rules.8.trigger", {"event": "award"}),
        ("presets.1.rules.8.trigger", {"event": "award", "within_days": 1, "offsets_days": [1]}),
        ("presets.1.rules.8.trigger", {"event": [], "within_days": 1}),
        ("presets.1.rules.9.trigger.offsets_days", []),
        ("presets.1.rules.9.trigger.offsets_days", [-1]),
        ("presets.1.rules.9.window.opens", "plan.lunch"),
        ("presets.1.rules.9.window.opens", "16 June"),
        ("presets.1.rules.9.window.closes", {"before_milestone": "visit", "workdays": 3, "days": 3}),
        ("presets.1.rules.9.window", {"opens": "2014-08-15", "closes": "2014-06-16"}),
        ("presets.1.rules.9.window", "plan.talk_window"),
        ("presets.1.rules.9.note", "x" * 2001),
        ("presets.1.per", {"every_weeks": 2}),
        ("presets.1.limits", {"a_max_partners": 0}),
        ("presets.1.slot_minutes", 1441),
        ("presets.1.name", {"en": "a", "yearly": "b"}),
    ),
    "presets": (),
    "problems": (
        ("days", ["2026-03-02"] * 10_001),
        ("days.1", "2026-03-01"),
        ("days.1", "2026-02-30"),
        ("days.1", "0001-01-01"),
        ("blocks.0", ["08:30", "13:31"]),
        ("blocks.0", ["08:30", "08:59"]),
        ("blocks.0", ["11:30", "08:30"]),
        ("blocks.0.1", "24:30"),
        ("people.1.id", "p0"),
        ("people.1.id", "  "),
        ("people.1.id", "a\0"),
        ("people.1.id", "\ud800"),
        ("people.1.id", "x" * 201),
        ("people.0.busy.0", ["2026-03-02T10:30"] * 2),
        ("people.0.busy.0", ["2026-03-02T10:30"] * 3),
        ("people.0.busy.0.1", "2026-03-02T24:00"),
        ("talks.0.people", ["p0", "p0"]),
        ("talks.0.people", ["p0"] * 1_001),
        ("talks.0.people", []),
        ("talks.0.after", ["t0"]),
        ("talks.0.after", ["t2", "t2"]),
        ("talks.1.any_of", [[]]),
        ("talks.1.any_of", [["s2"], ["s2"]]),
        ("talks.1.any_of", [["s2"]] * 51),
        ("talks.1.latest", "2026-03-02T09:00"),
        ("talks.1.latest", "2026-03-02T10:00Z"),
        ("talks.1.latest", "2026-03-02T10:00+08:00"),
        ("talks.1.latest", "2026-03-02T10:00:30"),
        ("talks.2.room", False),
        ("talks.2.fixed", {"start": "2026-03-03T09:10"}),
        ("talks.2.fixed.room", "R7"),
        ("rooms.0.capacity", 1),
        ("sessions.0.windows", ["2026-03-02T13:30"] * 2),
        ("goals", ["unplaced", "unplaced"]),
        ("grid_minutes", 1441),
        ("name", ""),
    ),
    "plans": (("status", "optimal"), ("values", {"moved": None}), ("values", {"moved": 10**12 + 1})),
}
"""What is put where, so that something is said that nothing odd in a place makes anybody say."""

KINDS: Mapping[str, tuple[object, Callable[[Any], object]]] = {
    "rules": (RULES, _rules),
    "presets": ([*sample.presets().presets], lambda preset_id: sample.preset(str(preset_id))),
    "problems": (PROBLEM, problems.read),
    "plans": (PLAN, lambda document: plans.read(document, problems.read(PROBLEM))),
}
"""Of each kind a whole document, and its reader; of the shipped presets their ids, which are not made wrong."""


def ways(value: object, so_far: Way = ()) -> Iterator[Way]:
    """Every place of a document, the whole of it first."""
    yield so_far
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from ways(part, (*so_far, key))


def variants(document: object, wrong: Iterable[tuple[str, object]]) -> Iterator[tuple[str, object]]:
    """The document as it is, and every wrong one: something odd in a place, a place gone, a key that nobody knows."""
    yield "as it is", document
    for name, value in wrong:
        inside, key, whole = _opened(document, tuple(int(step) if step.isdigit() else step for step in name.split(".")))
        inside[key] = value
        yield f"{name} = {json.dumps(value)[:80]}", whole[0]
    for way in ways(document):
        name = ".".join(map(str, way)) or "all of it"
        for odd in ODD:
            inside, key, whole = _opened(document, way)
            inside[key] = deepcopy(odd)
            yield f"{name} = {json.dumps(odd)}", whole[0]
        inside, key, whole = _opened(document, way)
        if isinstance(inside[key], dict):
            inside[key]["more"] = 1
            yield f"{name} and more", whole[0]
        if way:
            inside, key, whole = _opened(document, way)
            del inside[key]
            yield f"{name} gone", whole[0]


def _opened(document: object, way: Way) -> tuple[Any, str | int, list[object]]:
    """What a place of a copy of the document stands in, its key there, and the copy, in a list of its own."""
    whole = [deepcopy(document)]
    inside: Any = whole
    *before, key = (0, *way)
    for step in before:
        inside = inside[step]
    return inside, key, whole


def made(read: Callable[[Any], object], document: object) -> str:
    """What a reader makes of a document, as a line: the mistake with all that is said of it, or a print of the value."""
    try:
        value = read(document)
    except Malformed as error:
        return " ".join((error.kind, error.field or "-", _json(error.details)))
    except NotFound as error:
        return f"not_found {error.noun} {error.name}"
    return f"read {sha256(_json(value).encode()).hexdigest()[:12]}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: object) -> object:
    """A value of core as JSON has it, always the same."""
    if is_dataclass(value):
        return {type(value).__name__: {field.name: getattr(value, field.name) for field in fields(value)}}
    if isinstance(value, frozenset):
        return sorted(value)
    return value.value if isinstance(value, Enum) else dict(value) if isinstance(value, Mapping) else str(value)


def lines(kind: str) -> list[str]:
    """Every document of a kind with what is made of it."""
    document, read = KINDS[kind]
    if kind == "presets":
        return [f"{preset_id} → {made(read, preset_id)}" for preset_id in document]  # type: ignore[attr-defined]
    return [f"{name} → {made(read, variant)}" for name, variant in variants(document, WRONG[kind])]


if __name__ == "__main__":
    for kind in KINDS:
        (GOLDEN / f"{kind}.txt").write_text("\n".join(lines(kind)) + "\n", "utf-8")
