"""Grid steps as half-days."""

import pytest

from scheduler.core.ground.half_days import begun

USUAL = (180, 240)
"""8:30–11:30 and 13:30–17:30: six and eight steps of half an hour."""


@pytest.mark.parametrize(
    ("steps", "half_days"), [(0, 0), (1, 1), (6, 1), (7, 2), (14, 2), (15, 3), (36, 6), (42, 6), (43, 7)]
)
def test_begun_half_days_count_whole(steps: int, half_days: int) -> None:
    assert begun(steps, USUAL, 30) == half_days


def test_a_day_that_is_not_two_blocks_counts_as_a_day() -> None:
    assert begun(16, (480,), 30) == 1
    assert begun(17, (480,), 30) == 2
    assert begun(9, (120, 120, 120), 30) == 1


def test_rests_shorter_than_a_step_hold_none() -> None:
    assert begun(3, (100, 240), 60) == 2
    assert begun(3, (20, 20), 60) == 0
