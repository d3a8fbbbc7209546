"""Whether a meeting may be held: its conditions, who has to do what for each, and what was decided."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from scheduler.core.ground.findings import Finding
from scheduler.core.programme.conditions import Condition, ItemKind, What
from scheduler.core.programme.meetings import MeetingResult


class GateState(StrEnum):
    """Where a meeting stands."""

    OPEN = "open"
    READY = "ready"
    CONFIRMED = "confirmed"
    OVERRIDDEN = "overridden"
    HELD = "held"
    REPORTED = "reported"


class GateStep(StrEnum):
    """How far a condition is that somebody ticks or signs."""

    SUBMITTED = "submitted"
    """Sent to those who sign."""
    RETURNED = "returned"
    """Sent back by one of them."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Score:
    """How much of something is done, and who is still missing."""

    have: int
    of: int
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateTick:
    """A condition that somebody ticked or signed; or one that was sent to be signed, or sent back."""

    day: date
    by: str
    step: GateStep = GateStep.DONE


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
    name: str = ""
    """What the office calls it; empty: as it is usually called."""
    target: str = ""
    step: GateStep | None = None
    """How far it is, of one that is ticked or signed; None: nobody has done anything yet."""
    is_unknown: bool = False
    """Whether it refers to something that there is not."""

    @property
    def called(self) -> str:
        """Its own name, or what it is about."""
        return self.name or self.what


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


def item_of(text: str, conditions: Sequence[GateItem]) -> GateItem | None:
    """The condition that somebody names by its key or by what it is about; None: there is none such."""
    return next((item for item in conditions if text in (item.key, item.what, item.name)), None)


def items(
    conditions: Sequence[Condition],
    scores: Mapping[str, Score],
    ticks: Mapping[str, GateTick],
    due: Mapping[str, date],
    day: date,
    unknown: Collection[str] = (),
) -> tuple[GateItem, ...]:
    """The conditions as of a day. A computed one holds when all of something is done, and never of nothing."""
    return tuple(
        replace(
            _item(condition, scores, ticks.get(condition.key), due.get(condition.key), day),
            name=condition.name,
            target=condition.target,
            is_unknown=condition.key in unknown,
        )
        for condition in conditions
    )


def _item(
    condition: Condition, scores: Mapping[str, Score], tick: GateTick | None, last: date | None, day: date
) -> GateItem:
    key, what, kind = condition.key, condition.what, condition.kind
    if kind is ItemKind.COMPUTED:
        score = scores.get(key, Score(0, 0))
        return GateItem(key, what, kind, 0 < score.of <= score.have, score.have, score.of, score.who, last)
    if tick is None or tick.day > day:
        return GateItem(key, what, kind, ok=False, due=last, is_late=last is not None and day > last)
    is_done = tick.step is GateStep.DONE
    is_late = last is not None and (tick.day if is_done else day) > last
    ok = is_done and not is_late
    return GateItem(key, what, kind, ok, due=last, by=tick.by, on=tick.day, is_late=is_late, step=tick.step)


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
        Finding("gate_item_missing", item.key, {"what": item.called, "have": item.have, "of": item.of, "due": item.due})
        for item in in_order
    )


def unknown(conditions: Sequence[GateItem]) -> tuple[Finding, ...]:
    """The conditions that refer to something that there is not: they never hold until that is mended."""
    return tuple(
        Finding("gate_reference_unknown", item.key, {"what": item.called, "target": item.target})
        for item in conditions
        if item.is_unknown
    )


def frozen(conditions: Sequence[GateItem]) -> tuple[FrozenItem, ...]:
    """The conditions as they are kept beside a decision."""
    return tuple(FrozenItem(item.key, item.ok, item.have, item.of) for item in conditions)


def no_longer_holding(conditions: Sequence[GateItem], decision: GateDecision | None) -> tuple[str, ...]:
    """The conditions that held when the meeting was confirmed and do not any more."""
    held = {item.key for item in decision.items if item.ok} if decision else set()
    return tuple(item.key for item in conditions if item.key in held and not item.ok)
