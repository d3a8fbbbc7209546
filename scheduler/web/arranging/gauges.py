"""How near to the limit a plan is, as sentences each with a bar: what is sure, what might still be gained, and no more."""

from dataclasses import dataclass

from scheduler import edge
from scheduler.core.plans.problems import Goal
from scheduler.web.page.texts import _
from scheduler.wording.plan_quality import Quality, sentences

WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Gauge:
    """A sentence, and a bar of 100: `sure` of it is as good as it gets, `open` might still become better."""

    sentence: str
    sure: float
    open: float
    is_proven: bool
    note: str
    """Beside the bar: whether better is possible at all."""


def gauges(quality: Quality) -> list[Gauge]:
    """One for what is placed, and one for the changes or the time that takes, once there is a plan."""
    if not quality.of:
        return []
    told = sentences(quality, edge.lang())
    bars = [
        _placed(quality),
        *(_least(quality, goal) for goal in (Goal.MOVED, Goal.MAKESPAN) if goal in quality.values),
    ]
    return [
        Gauge(sentence, *bar, is_proven, _note(is_proven=is_proven))
        for sentence, (bar, is_proven) in zip(told, bars, strict=False)
    ]


def _placed(quality: Quality) -> tuple[tuple[float, float], bool]:
    """Of all that is asked: what has a place, and what might still get one."""
    least_left = min(max(quality.bounds.get(Goal.UNPLACED, 0), 0), quality.left)
    bar = WHOLE * (quality.of - quality.left) / quality.of, WHOLE * (quality.left - least_left) / quality.of
    return bar, quality.left == least_left


def _least(quality: Quality, goal: Goal) -> tuple[tuple[float, float], bool]:
    """Of what the plan takes: what any plan takes, and what might still be saved."""
    value, bound = quality.values[goal], min(max(quality.bounds.get(goal, 0), 0), quality.values[goal])
    sure = WHOLE * bound / value if value else WHOLE
    return (sure, WHOLE - sure), bound == value


def _note(*, is_proven: bool) -> str:
    return _("已是最优（经验证）") if is_proven else _("浅色：也许还能更好")
