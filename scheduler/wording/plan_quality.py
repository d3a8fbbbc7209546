"""How near to the limit a plan is, in words: what it reaches, and whether better is possible at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.core.ground.half_days import begun
from scheduler.core.plans.problems import Goal
from scheduler.wording.texts import say, say_number


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
    if not quality.left:
        return say("%(of)s 项全部排下", lang, of=quality.of)
    text = "排下 %(placed)s 项，%(left)s 项暂时没有排下"
    if quality.is_proven(Goal.UNPLACED):
        text = "排下 %(placed)s 项，%(left)s 项排不下，已证明没有更好的排法"
    return say(text, lang, placed=quality.of - quality.left, left=quality.left)


def _moved(quality: Quality, lang: str) -> str:
    moved, least = quality.values[Goal.MOVED], quality.bounds.get(Goal.MOVED, 0)
    if not moved:
        return say("已排的都不用改期", lang)
    if least >= moved:
        return say_number("改期 %(num)s 项，再少不可能", moved, lang)
    if least:
        return say_number("改期 %(num)s 项，少于 %(least)s 项不可能", moved, lang, least=least)
    return say_number("改期 %(num)s 项，还没有证明最少", moved, lang)


def _makespan(quality: Quality, lang: str) -> str:
    """Half-days, or whole days where a day is not two blocks."""
    value, bound = quality.values[Goal.MAKESPAN], quality.bounds.get(Goal.MAKESPAN, 0)
    taken, least = (begun(steps, quality.blocks, quality.grid_minutes) for steps in (value, bound))
    done = say_number("%(num)s 个半天完成" if len(quality.blocks) == 2 else "%(num)s 天完成", taken, lang)
    if bound >= value:
        return say("%(done)s，再少不可能", lang, done=done)
    if not bound:
        return say("%(done)s，还没有证明最少", lang, done=done)
    steps = say_number("%(num)s 格（每格 %(minutes)s 分钟）", value - bound, lang, minutes=quality.grid_minutes)
    text = "%(done)s，最多还可能提前 %(steps)s"
    if taken == least:
        text = "%(done)s，再少不可能；最后一段里最多还可能提前 %(steps)s"
    return say(text, lang, done=done, steps=steps)
