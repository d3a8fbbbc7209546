"""The format of plan files: a `Plan` → the document that is written, and such a document → `Plan`, for the check.

What the keys mean to people stands in docs/reference/problem-files.md.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import SchemaValidator, core_schema

from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.findings import Finding
from scheduler.core.plans.placements import Placement, Plan, PlanStatus, Repair, SessionPlacement, Unplaced
from scheduler.core.plans.problems import Goal, PlanProblem, Wall, text_of
from scheduler.documents.formats import ANYTHING, items, says
from scheduler.documents.problems import ID, MOMENT, PLANNER_FILES, one_of, record, whole

Say = Callable[[Finding | Repair], str]
"""Makes a finding or a repair a sentence."""

MAX_PLACEMENTS = 200_000
MAX_IN_A_TALK = 1_000
MAX_TEXTS = 10_000
MAX_NUMBER = 10**12
"""Of a value or a bound."""


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def document(plan: Plan, say: Say) -> dict[str, object]:
    """The document of a plan; what it explains is told in sentences."""
    return {
        "status": str(plan.status),
        "placements": [_placement(placement) for placement in plan.placements],
        "sessions": [_session(placement) for placement in plan.sessions],
        "unplaced": [
            *(_unplaced("talk", talk, say) for talk in plan.unplaced),
            *(_unplaced("session", session, say) for session in plan.sessions_left),
        ],
        "values": {str(goal): value for goal, value in plan.values.items()},
        "bounds": {str(goal): bound for goal, bound in plan.bounds.items()},
        "binding": say(plan.binding) if plan.binding else None,
        "seconds": round(plan.seconds, 3),
    }


def text(document_of_plan: Mapping[str, object]) -> str:
    """The text of a plan file: what is in a list stands on a line of its own."""
    parts = [f"  {_json(key)}: {_lines(value)}" for key, value in document_of_plan.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _json(value)
    return "[\n    " + ",\n    ".join(map(_json, value)) + "\n  ]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _placement(placement: Placement) -> dict[str, object]:
    start = text_of(placement.start)
    return {"talk": placement.talk, "start": start, "room": placement.room, "people": list(placement.people)}


def _session(placement: SessionPlacement) -> dict[str, object]:
    said: dict[str, object] = {"session": placement.session, "start": text_of(placement.start)}
    return said if placement.room is None else {**said, "room": placement.room}


def _unplaced(kind: str, talk: Unplaced, say: Say) -> dict[str, object]:
    return {kind: talk.talk, "reasons": list(map(say, talk.reasons)), "repairs": list(map(say, talk.repairs))}


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────
SENTENCE = says(core_schema.str_schema(strict=True), "word_wanted", "value", most=MAX_TEXTS)
SENTENCES = items(ANYTHING, most=MAX_TEXTS)
SECONDS = says(core_schema.float_schema(strict=True), "number_wanted", "value")
COUNTS = record(
    lambda **counts: {Goal(goal): count for goal, count in counts.items()},
    dict.fromkeys(map(str, Goal), whole(0, MAX_NUMBER)),
)
PLACEMENT = record(
    dict, {"talk": ID, "start": MOMENT, "room": ID, "people": items(ID, most=MAX_IN_A_TALK)}, "talk", "start"
)
SESSION = record(SessionPlacement, {"session": ID, "start": MOMENT, "room": ID}, "session", "start")


def _named(talk: str | None = None, session: str | None = None, **_: object) -> tuple[str | None, str | None]:
    """What has no place; either is named."""
    if talk is None and session is None:
        raise Malformed("missing", "talk")
    return talk, session


UNPLACED = record(
    _named,
    {"talk": ID, "session": ID, "reasons": SENTENCES, "repairs": SENTENCES},
)
PLAN = record(
    dict,
    {
        "status": one_of(PlanStatus),
        "placements": items(PLACEMENT, most=MAX_PLACEMENTS),
        "sessions": items(SESSION, most=MAX_PLACEMENTS),
        "unplaced": items(UNPLACED, most=MAX_PLACEMENTS),
        "values": COUNTS,
        "bounds": COUNTS,
        "binding": SENTENCE,
        "seconds": SECONDS,
    },
    "placements",
)
_PLAN = SchemaValidator(PLAN)


def read(raw: object, problem: PlanProblem) -> Plan:
    """The plan that a document tells. Raises Malformed.

    Only `placements` has to be there; a placement without `people` is of the talk's own. Sentences are not read back.
    """
    keys: dict[str, Any] = PLANNER_FILES.read(_PLAN, raw)
    own_people = {talk.id: talk.people for talk in problem.talks}

    def placement(talk: str, start: Wall, room: str | None = None, people: tuple[str, ...] | None = None) -> Placement:
        own = own_people.get(talk, ())
        # the very same people, as nearly all are: comparing them again costs nothing
        return Placement(talk, start, room, own if people is None or people == own else people)

    placements = tuple(placement(**placed) for placed in keys["placements"])
    kept = {key: keys[key] for key in ("sessions", "values", "bounds") if key in keys}
    left = keys.get("unplaced", ())
    talks, sessions = (tuple(Unplaced(names[n]) for names in left if names[n] is not None) for n in (0, 1))
    status = keys.get("status", PlanStatus.FEASIBLE)
    return Plan(status, placements, unplaced=talks, sessions_left=sessions, **kept)
