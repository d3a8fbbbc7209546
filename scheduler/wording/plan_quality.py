"""How near to the limit a plan is, in words: what it reaches, and whether better is possible at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.core.ground.half_days import begun
from scheduler.core.plans.problems import Goal


@dataclass(frozen=True, slots=True)
class Quality:
    """What a plan reaches, and what is known of the limit."""

    of: int
    left: int
    """How many of them have no place."""
    values: Mapping[Goal, int]
    bounds: Mapping[Goal, int]
    blocks: tuple[int, ...]
    """The minutes of each working block of a day."""
    grid_minutes: int

    def is_proven(self, goal: Goal) -> bool:
        """Whether no plan can be better in a goal."""
        return goal in self.values and self.bounds.get(goal, -1) >= self.values[goal]


def sentences(quality: Quality, lang: str = "zh") -> list[str]:
    """The weightiest first: what is placed, then how many changes or half-days that takes."""
    if not quality.of:
        return []
    said = [_placed(quality, lang)]
    if Goal.MOVED in quality.values:
        said.append(_moved(quality, lang))
    elif not quality.left and quality.values.get(Goal.MAKESPAN):
        said.append(_makespan(quality, lang))
    return said


def _placed(quality: Quality, lang: str) -> str:
    of, left = quality.of, quality.left
    if not left:
        return f"{of} 项全部排下" if lang == "zh" else f"All {of} placed"
    if quality.is_proven(Goal.UNPLACED):
        return (
            f"排下 {of - left} 项，{left} 项排不下，已证明没有更好的排法"
            if lang == "zh"
            else f"{of - left} placed, {left} without a place; no plan does better"
        )
    return (
        f"排下 {of - left} 项，{left} 项暂时没有排下"
        if lang == "zh"
        else f"{of - left} placed; no place found yet for {left}"
    )


def _moved(quality: Quality, lang: str) -> str:
    moved, least = quality.values[Goal.MOVED], quality.bounds.get(Goal.MOVED, 0)
    if not moved:
        return "已排的都不用改期" if lang == "zh" else "No booked talk has to change its time"
    if least >= moved:
        return (
            f"改期 {moved} 项，再少不可能" if lang == "zh" else f"{_count(moved, 'move', 'moves')}; fewer is impossible"
        )
    if least:
        return (
            f"改期 {moved} 项，少于 {least} 项不可能"
            if lang == "zh"
            else f"{_count(moved, 'move', 'moves')}; fewer than {least} is impossible"
        )
    return (
        f"改期 {moved} 项，还没有证明最少"
        if lang == "zh"
        else f"{_count(moved, 'move', 'moves')}; not proven to be the fewest"
    )


def _makespan(quality: Quality, lang: str) -> str:
    """Half-days, or whole days where a day is not two blocks."""
    value, bound = quality.values[Goal.MAKESPAN], quality.bounds.get(Goal.MAKESPAN, 0)
    taken, least = (begun(steps, quality.blocks, quality.grid_minutes) for steps in (value, bound))
    done = _done(taken, len(quality.blocks), lang)
    if bound >= value:
        return f"{done}，再少不可能" if lang == "zh" else f"{done}; fewer is impossible"
    if not bound:
        return f"{done}，还没有证明最少" if lang == "zh" else f"{done}; not proven to be the fewest"
    steps = value - bound
    if taken == least:
        return (
            f"{done}，再少不可能；最后一段里最多还可能提前 {steps} 格（每格 {quality.grid_minutes} 分钟）"
            if lang == "zh"
            else f"{done}; fewer is impossible; within the last at most {_steps(steps, quality)} earlier"
        )
    return (
        f"{done}，最多还可能提前 {steps} 格（每格 {quality.grid_minutes} 分钟）"
        if lang == "zh"
        else f"{done}; at most {_steps(steps, quality)} earlier is possible"
    )


def _done(count: int, blocks: int, lang: str) -> str:
    unit = ("个半天", "half-day", "half-days") if blocks == 2 else ("天", "day", "days")
    return f"{count} {unit[0]}完成" if lang == "zh" else f"Done in {_count(count, *unit[1:])}"


def _steps(steps: int, quality: Quality) -> str:
    return f"{_count(steps, 'step', 'steps')} of {quality.grid_minutes} minutes"


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
