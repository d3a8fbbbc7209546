"""The working time of a problem as a row of numbered grid steps, and sets of steps as whole numbers (bit masks).

Step 0 is the first of the first block of the first day; steps go on through all blocks of all days. A mask has bit `s` set
for step `s`. The lengths of masks are those of the row, so each operation costs a few machine words per hundred steps.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from scheduler.core.plans.problems import MINUTES_A_DAY, PlanProblem, Stretch, Wall


@dataclass(frozen=True, slots=True)
class Block:
    """A working block of a day: its steps are `first` … `last - 1`."""

    start: Wall
    first: int
    last: int
    day: int
    """The place of its day among the problem's days."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The steps of a problem."""

    minutes: int
    blocks: tuple[Block, ...]
    starts: tuple[Wall, ...]
    """When each step starts."""
    day_of: tuple[int, ...]
    """The place of each step's day."""
    day_masks: tuple[int, ...]
    """The steps of each day."""
    step_at: dict[Wall, int] = field(hash=False)
    """The step that starts at a moment."""
    block_starts: tuple[Wall, ...]
    _touched: dict[Stretch, int] = field(default_factory=dict, hash=False, compare=False, repr=False)
    """The steps of stretches that were asked for: many people are busy at the same times."""

    @classmethod
    def of(cls, problem: PlanProblem) -> "Grid":
        """The grid of a problem. Steps of a block that would end after it are none."""
        blocks: list[Block] = []
        starts: list[Wall] = []
        day_of: list[int] = []
        place_of = {day.toordinal(): place for place, day in enumerate(problem.days)}
        for start, count in problem.block_starts():
            day = place_of[start // MINUTES_A_DAY]
            blocks.append(Block(start, len(starts), len(starts) + count, day))
            starts += [Wall(start + i * problem.grid_minutes) for i in range(count)]
            day_of += [day] * count
        masks = [0] * len(problem.days)
        for block in blocks:
            masks[block.day] |= (1 << block.last) - (1 << block.first)
        return cls(
            problem.grid_minutes,
            tuple(blocks),
            tuple(starts),
            tuple(day_of),
            tuple(masks),
            {moment: step for step, moment in enumerate(starts)},
            tuple(block.start for block in blocks),
        )

    @property
    def count(self) -> int:
        """How many steps there are."""
        return len(self.starts)

    @property
    def all(self) -> int:
        """Every step."""
        return (1 << len(self.starts)) - 1

    def touched(self, stretches: Iterable[Stretch]) -> int:
        """The steps that share a moment with any of these stretches."""
        mask = 0
        for stretch in stretches:
            steps = self._touched.get(stretch)
            if steps is None:
                steps = self._touched[stretch] = self._steps_in(*stretch)
            mask |= steps
        return mask

    def _steps_in(self, start: Wall, end: Wall) -> int:
        """The steps that share a moment with a stretch."""
        mask = 0
        for place in range(max(bisect_right(self.block_starts, start) - 1, 0), len(self.blocks)):
            block = self.blocks[place]
            if block.start >= end:
                break
            first = block.first + max(0, (start - block.start) // self.minutes)
            last = block.first + -(-(end - block.start) // self.minutes)
            if first < min(last, block.last):
                mask |= (1 << min(last, block.last)) - (1 << first)
        return mask

    def startable(self, length: int) -> int:
        """The steps at which something of `length` steps can start without leaving its block."""
        mask = 0
        for block in self.blocks:
            if block.last - block.first >= length:
                mask |= (1 << (block.last - length + 1)) - (1 << block.first)
        return mask


def runs(free: int, length: int) -> int:
    """The steps of a mask from which `length` steps in a row are in it (blocks are not looked at): `length` shifts of the mask."""
    starts = free
    for _ in range(length - 1):
        free >>= 1
        starts &= free
    return starts


def steps_of(mask: int) -> list[int]:
    """The steps of a mask, ascending."""
    steps = []
    while mask:
        low = mask & -mask
        steps.append(low.bit_length() - 1)
        mask ^= low
    return steps
