"""Plan files: a `Plan` → the document that is written, and such a document → `Plan`, for the check."""

import json
from collections.abc import Callable, Mapping

from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.findings import Finding
from scheduler.core.plans.placements import Placement, Plan, PlanStatus, Repair, SessionPlacement, Unplaced
from scheduler.core.plans.problem_times import Moments, moment
from scheduler.core.plans.problem_words import each, listed, optional, record, shown, whole, within, word
from scheduler.core.plans.problems import Goal, PlanProblem, Wall, text_of

Say = Callable[[Finding | Repair], str]
"""Makes a finding or a repair a sentence."""

MOST_PLACEMENTS = 200_000
MOST_IN_A_TALK = 1_000
MOST_TEXTS = 10_000
LARGEST = 10**12
"""Of a value or a bound."""

KEYS = frozenset(("status", "placements", "sessions", "unplaced", "values", "bounds", "binding", "seconds"))
PLACEMENT_KEYS = frozenset(("talk", "start", "room", "people"))
SESSION_KEYS = frozenset(("session", "start", "room"))
UNPLACED_KEYS = frozenset(("talk", "reasons", "repairs"))
GOALS = frozenset(map(str, Goal))


def document(plan: Plan, say: Say) -> dict[str, object]:
    """The document of a plan; what it explains is told in sentences."""
    return {
        "status": str(plan.status),
        "placements": [_placement(placement) for placement in plan.placements],
        "sessions": [_session(placement) for placement in plan.sessions],
        "unplaced": [_unplaced(one, say) for one in plan.unplaced],
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


def _unplaced(one: Unplaced, say: Say) -> dict[str, object]:
    return {"talk": one.talk, "reasons": list(map(say, one.reasons)), "repairs": list(map(say, one.repairs))}


def read(raw: object, problem: PlanProblem) -> Plan:
    """The plan that a document tells. Raises Malformed.

    Only `placements` has to be there; a placement without `people` is of the talk's own. Sentences are not read back.
    """
    values = record(raw, KEYS, ("placements",))
    reader = _Reader(problem)
    optional(values, "binding", _sentence, None)
    optional(values, "seconds", _seconds, None)
    return Plan(
        optional(values, "status", _status, PlanStatus.FEASIBLE),
        tuple(within("placements", values["placements"], reader.placements)),
        tuple(optional(values, "sessions", reader.sessions, [])),
        tuple(optional(values, "unplaced", _all_unplaced, [])),
        optional(values, "values", _counts, {}),
        optional(values, "bounds", _counts, {}),
    )


class _Reader:
    """Reads what stands where."""

    def __init__(self, problem: PlanProblem) -> None:
        self.moments = Moments()
        self.people = {talk.id: talk.people for talk in problem.talks}

    def placements(self, raw: object) -> list[Placement]:
        """All talks that have a place."""
        return each(raw, MOST_PLACEMENTS, self._placement)

    def sessions(self, raw: object) -> list[SessionPlacement]:
        """All sessions that have a place."""
        return each(raw, MOST_PLACEMENTS, self._session)

    def _placement(self, raw: object) -> Placement:
        values = record(raw, PLACEMENT_KEYS, ("talk", "start"))
        talk = within("talk", values["talk"], word)
        own = self.people.get(talk, ())
        people = optional(values, "people", self._names, own)
        if people == own:
            people = own  # the very same, as nearly all are: comparing them again costs nothing
        return Placement(
            talk, within("start", values["start"], self._moment), optional(values, "room", word, None), people
        )

    def _session(self, raw: object) -> SessionPlacement:
        values = record(raw, SESSION_KEYS, ("session", "start"))
        return SessionPlacement(
            within("session", values["session"], word),
            within("start", values["start"], self._moment),
            optional(values, "room", word, None),
        )

    def _names(self, raw: object) -> tuple[str, ...]:
        return tuple(each(raw, MOST_IN_A_TALK, word))

    def _moment(self, raw: object) -> Wall:
        return self.moments[raw] if isinstance(raw, str) else moment(raw)


def _status(raw: object) -> PlanStatus:
    allowed = tuple(map(str, PlanStatus))
    if raw not in allowed:
        raise Malformed("unknown_choice", "", value=shown(raw), allowed=allowed)
    return PlanStatus(str(raw))


def _all_unplaced(raw: object) -> list[Unplaced]:
    def one(item: object) -> Unplaced:
        values = record(item, UNPLACED_KEYS, ("talk",))
        for key in ("reasons", "repairs"):
            optional(values, key, _sentences, None)
        return Unplaced(within("talk", values["talk"], word))

    return each(raw, MOST_PLACEMENTS, one)


def _sentences(raw: object) -> list[object]:
    return listed(raw, MOST_TEXTS)


def _sentence(raw: object) -> str:
    if type(raw) is not str:
        raise Malformed("word_wanted", "", value=shown(raw), most=MOST_TEXTS)
    return raw


def _seconds(raw: object) -> float:
    if type(raw) not in (int, float):
        raise Malformed("number_wanted", "", value=shown(raw))
    return 0.0


def _counts(raw: object) -> Mapping[Goal, int]:
    values = record(raw, GOALS, ())
    count = whole(0, LARGEST)
    return {Goal(goal): within(goal, value, count) for goal, value in values.items() if value is not None}
