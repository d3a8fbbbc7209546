"""Squares as they are printed."""

import pytest

from scheduler.web.coverage.grids import Sum


@pytest.mark.parametrize(
    ("covered", "required", "percent", "level"),
    [
        (0, 3, 0, "none"),
        (1, 3, 33, "some"),
        (2, 3, 66, "some"),
        (199, 200, 99, "some"),
        (3, 3, 100, "all"),
    ],
)
def test_percent_of_a_folded_square_is_rounded_down(covered: int, required: int, percent: int, level: str) -> None:
    square = Sum("", covered, required, "")

    assert (square.percent, square.level) == (percent, level)
