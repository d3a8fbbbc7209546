"""Whether a meeting may be held: six conditions, who has to do what for each, and what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.core.ground.findings import Finding
from scheduler.core.programme.meetings import MeetingResult


class ItemKind(StrEnum):
    """How a condition comes to hold."""

    COMPUTED = "computed"
    TICK = "tick"
    SIGN_OFF = "sign_off"


class GateState(StrEnum):
    """Where a meeting stands."""

    OPEN = "open"
    READY = "ready"
    CONFIRMED = "confirmed"
    OVERRIDDEN = "overridden"
    HELD = "held"
    REPORTED = "reported"


class What(StrEnum):
    """What a condition is about."""

    STUDY = "study"
    OPINIONS = "opinions"
    TALKS = "talks"
    MATERIALS = "materials"
    PLAN = "plan"
    REPORT = "report"


CONDITIONS: Mapping[str, tuple[What, ItemKind]] = {
    "c1": (What.STUDY, ItemKind.COMPUTED),
    "c2": (What.OPINIONS, ItemKind.COMPUTED),
    "c3": (What.TALKS, ItemKind.COMPUTED),
    "c4": (What.MATERIALS, ItemKind.COMPUTED),
    "c5": (What.PLAN, ItemKind.SIGN_OFF),
    "c6": (What.REPORT, ItemKind.TICK),
}
"""The usual six, by the keys of `cn.democratic-life-meeting`: study, opinions, talks, materials, the plan agreed, the report beforehand."""


@dataclass(frozen=True, slots=True)
class Score:
    """How much of something is done, and who is still missing."""

    have: int
    of: int
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateTick:
    """A condition that somebody ticked or signed."""

    day: date
    by: str


@dataclass(frozen=True, slots=True)
class GateItem:
    """A condition as it was on a day."""

    key: str
    what: What
    kind: ItemKind
    ok: bool
    have: int | None = None
    of: int | None = None
    who: tuple[str, ...] = ()
    due: date | None = None
    by: str | None = None
    on: date | None = None
    is_late: bool = False
    """Ticked after it was due, or not ticked when that was over."""


@dataclass(frozen=True, slots=True)
class FrozenItem:
    """A condition as it was when the meeting was confirmed."""

    key: str
    ok: bool
    have: int | None
    of: int | None


@dataclass(frozen=True, slots=True)
class GateDecision:
    """That a meeting was confirmed, or is held although something is missing; its conditions as they were then."""

    day: date
    by: str
    reason: str = ""
    """Of an override; empty: it was confirmed."""
    items: tuple[FrozenItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of those expected have to be there."""

    needed: int
    expected: int


def key_of(text: str) -> str | None:
    """The condition that somebody names by its key or by what it is about; None: there is none such."""
    return next((key for key, (what, _) in CONDITIONS.items() if text in (key, what)), None)


def items(
    scores: Mapping[What, Score], ticks: Mapping[str, GateTick], due: Mapping[What, date], day: date
) -> tuple[GateItem, ...]:
    """The conditions as of a day. A computed one holds when all of something is done, and never of nothing."""
    return tuple(_item(key, what, kind, scores, ticks, due, day) for key, (what, kind) in CONDITIONS.items())


def _item(
    key: str,
    what: What,
    kind: ItemKind,
    scores: Mapping[What, Score],
    ticks: Mapping[str, GateTick],
    due: Mapping[What, date],
    day: date,
) -> GateItem:
    last = due.get(what)
    if kind is ItemKind.COMPUTED:
        score = scores.get(what, Score(0, 0))
        return GateItem(key, what, kind, 0 < score.of <= score.have, score.have, score.of, score.who, last)
    tick = ticks.get(key)
    if tick is None or tick.day > day:
        return GateItem(key, what, kind, ok=False, due=last, is_late=last is not None and day > last)
    is_late = last is not None and tick.day > last
    return GateItem(key, what, kind, not is_late, due=last, by=tick.by, on=tick.day, is_late=is_late)


def state(
    conditions: Sequence[GateItem],
    decision: GateDecision | None,
    *,
    is_held: bool,
    result: MeetingResult | None,
    day: date,
) -> GateState:
    """Where a meeting stands on a day; it is `held` once its time is over and the quorum was reached."""
    if is_held:
        reported = result.reported_on if result else None
        return GateState.REPORTED if reported and reported <= day else GateState.HELD
    if decision and decision.day <= day:
        return GateState.OVERRIDDEN if decision.reason else GateState.CONFIRMED
    return GateState.READY if all(item.ok for item in conditions) else GateState.OPEN


def missing(conditions: Sequence[GateItem]) -> tuple[Finding, ...]:
    """What stands in the way, in the order in which it is due."""
    in_order = sorted((item for item in conditions if not item.ok), key=lambda item: (item.due or date.max, item.key))
    return tuple(
        Finding("gate_item_missing", item.key, {"what": item.what, "have": item.have, "of": item.of, "due": item.due})
        for item in in_order
    )


def frozen(conditions: Sequence[GateItem]) -> tuple[FrozenItem, ...]:
    """The conditions as they are kept beside a decision."""
    return tuple(FrozenItem(item.key, item.ok, item.have, item.of) for item in conditions)


def no_longer_holding(conditions: Sequence[GateItem], decision: GateDecision | None) -> tuple[str, ...]:
    """The conditions that held when the meeting was confirmed and do not any more."""
    held = {item.key for item in decision.items if item.ok} if decision else set()
    return tuple(item.key for item in conditions if item.key in held and not item.ok)
