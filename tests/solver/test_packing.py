"""Whether one person could hold all talks."""

import pytest

from scheduler.solver import packing
from scheduler.solver.packing import PackingItem, cover, fits
from tests.tuning import tune

DAYS = (0b1111, 0b11110000)
"""Two days of four steps."""


def test_cover_is_every_step_that_could_be_taken() -> None:
    assert cover([PackingItem(2, 0b1001), PackingItem(1, 0b1000000)]) == 0b1011011
    assert cover([]) == 0


@pytest.mark.parametrize(
    ("wanted", "limit", "does"),
    [
        ([], 1, True),
        ([(1, 0b1)], 1, True),
        ([(1, 0b1), (1, 0b1)], 9, False),
        # The long one goes first in its only start 1, the short ones beside it.
        ([(1, 0b1001), (2, 0b10), (1, 0b1000)], 9, True),
        # Greedily the first takes step 0, which is the only one of the second; searching gives it step 2.
        ([(1, 0b101), (1, 0b101), (1, 0b10)], 9, True),
        ([(2, 0b101), (2, 0b1), (1, 0b10000)], 9, True),
        # Two of two steps start at 0, 1 or 2, and one of one step at 1 or 2: five steps of four.
        ([(2, 0b111), (2, 0b111), (1, 0b110)], 9, False),
        # One in the midst, and another at either end of it: no way, though all four steps are covered.
        ([(2, 0b10), (2, 0b101)], 9, False),
        # One a day: the second goes to the other day.
        ([(1, 0b1), (1, 0b10010)], 1, True),
        ([(1, 0b11), (1, 0b110)], 1, False),
        ([(1, 0b10001), (1, 0b11), (1, 0b110)], 1, False),
        # Two a day, and a search that goes through a day which does not fill.
        ([(1, 0b11), (1, 0b10001), (2, 0b1100001)], 2, True),
        ([(1, 0b101), (1, 0b101), (1, 0b10), (1, 0b10000)], 3, True),
        # At most two a day: greedily all take the first day; the one that can goes to the second.
        ([(1, 0b10111), (1, 0b111), (1, 0b111)], 2, True),
    ],
)
def test_talks_fit_or_do_not(wanted: list[tuple[int, int]], limit: int, does: bool) -> None:
    assert fits([PackingItem(*one) for one in wanted], DAYS, limit) is does


def test_what_takes_too_many_tries_is_taken_to_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = [PackingItem(2, 0b10), PackingItem(2, 0b101)]

    tune(monkeypatch, packing, "counting", max_packings=1)

    assert fits(wanted, DAYS, 9)
