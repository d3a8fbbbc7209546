"""Grid steps as people count working time: in half-days."""

from collections.abc import Sequence

HALVES = 2


def begun(steps: int, blocks: Sequence[int], grid_minutes: int) -> int:
    """How many half-days of workdays in a row so many grid steps reach into; whole days where a day is not two blocks.

    `blocks` are the minutes of the working blocks of a day; rests shorter than a step hold none.
    """
    counts = [minutes // grid_minutes for minutes in blocks]
    days, rest = divmod(steps, sum(counts)) if any(counts) else (0, 0)
    if len(blocks) != HALVES:
        return days + bool(rest)
    return days * HALVES + (0 if not rest else 1 if rest <= counts[0] else HALVES)
