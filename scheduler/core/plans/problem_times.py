"""Reading the times of a problem or plan file: moments, days, stretches, and the working time."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from typing import TypeVar, cast

from scheduler.core.ground.errors import Malformed
from scheduler.core.plans.problem_words import each, listed, minutes, shown, within
from scheduler.core.plans.problems import MINUTES_A_DAY, Stretch, Wall, wall

T = TypeVar("T")

MOST_STEPS = MOST_BUSY = 100_000
MOST_DAYS = 10_000
MOST_BLOCKS = 100
YEARS = range(1900, 2200)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
CLOCK = re.compile(r"(\d{2}):(\d{2})(?::00)?", re.ASCII)
ZONED = re.compile(r".+\d(Z|z|[+-]\d{2}(:?\d{2})?)")


class Moments(dict[str, Wall]):
    """Moments by the text that they are written as; each text is read once. Raises Malformed for what is none."""

    def __missing__(self, text: str) -> Wall:
        found = self[text] = moment(text)
        return found


def moment(raw: object) -> Wall:
    """A moment of the local wall clock, `2026-03-02T09:00`."""
    text = raw if isinstance(raw, str) else ""
    when, _, clock = text.partition("T")
    minute = _minute(clock)
    if not DAY.fullmatch(when) or minute is None or minute == MINUTES_A_DAY:
        raise Malformed("zoned_moment" if ZONED.fullmatch(clock) else "not_a_moment", "", value=shown(raw))
    return wall(day(when), minute)


def day(raw: object) -> date:
    """A day, `2026-03-02`."""
    try:
        found = date.fromisoformat(raw) if isinstance(raw, str) and DAY.fullmatch(raw) else None
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise Malformed("not_a_day", "", value=shown(raw))
    return found


def time_of_day(raw: object) -> int:
    """The minute of a time of day, `08:30`; the end of the day may be written `24:00`."""
    minute = _minute(raw) if isinstance(raw, str) else None
    if minute is None:
        raise Malformed("not_a_clock_time", "", value=shown(raw))
    return minute


def _minute(text: str) -> int | None:
    """The minute of the day, if this is a time of day."""
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    is_there = minute < 60 and (hour < 24 or (hour, minute) == (24, 0))
    return hour * 60 + minute if is_there else None


def stretches(moments: Moments) -> Callable[[object], tuple[Stretch, ...]]:
    """Reads a list of pairs of moments, each ending after it starts."""

    def stretch(raw: object) -> Stretch:
        start, end = ends(raw, lambda text: moments[text] if isinstance(text, str) else moment(text))
        if end <= start:
            raise Malformed("ends_too_soon", "")
        return start, end

    def read(raw: object) -> tuple[Stretch, ...]:
        # Pairs of texts, one would hope; whatever else there is goes the careful way.
        pairs = cast("list[tuple[str, str]]", listed(raw, MOST_BUSY))
        try:
            found = [(moments[start], moments[end]) for start, end in pairs]
        except (Malformed, TypeError, ValueError):
            found = []
        if len(found) < len(pairs) or any(end <= start for start, end in found) or {*map(type, pairs)} - {list}:
            return tuple(each(raw, MOST_BUSY, stretch))
        return tuple(found)

    return read


def ends(raw: object, read: Callable[[object], T]) -> tuple[T, T]:
    """The two ends of a pair."""
    if type(raw) is not list or len(raw) != 2:
        raise Malformed("pair_wanted", "", value=shown(raw))
    first, second = each(raw, 2, read)
    return first, second


def working_time(values: Mapping[str, object]) -> tuple[int, tuple[date, ...], tuple[tuple[int, int], ...]]:
    """The grid, the days, and the blocks of each day."""
    grid = within("grid_minutes", values["grid_minutes"], minutes)
    days = within("days", values["days"], _days)
    blocks = within("blocks", values["blocks"], _blocks)
    steps = [(end - start) // grid for start, end in blocks]
    if 0 in steps:
        raise Malformed("block_without_step", f"blocks[{steps.index(0)}]", grid=grid)
    if len(days) * sum(steps) > MOST_STEPS:
        raise Malformed("too_many_steps", "grid_minutes", count=len(days) * sum(steps), most=MOST_STEPS)
    return grid, days, blocks


def _days(raw: object) -> tuple[date, ...]:
    """Days, ascending."""
    days = each(raw, MOST_DAYS, day)
    if not days:
        raise Malformed("list_empty", "")
    for place, (before, after) in enumerate(pairwise(days), start=1):
        if after <= before:
            raise Malformed("not_ascending", f"[{place}]", value=str(after), before=str(before))
    return tuple(days)


def _blocks(raw: object) -> tuple[tuple[int, int], ...]:
    """Working blocks of a day, one after the other."""
    blocks = each(raw, MOST_BLOCKS, _block)
    if not blocks:
        raise Malformed("list_empty", "")
    for place, ((_, end), (start, _)) in enumerate(pairwise(blocks), start=1):
        if start < end:
            raise Malformed("blocks_overlap", f"[{place}]")
    return tuple(blocks)


def _block(raw: object) -> tuple[int, int]:
    start, end = ends(raw, time_of_day)
    if end <= start:
        raise Malformed("ends_too_soon", "")
    return start, end
