"""Squares as they are printed."""

import pytest

from scheduler.web.coverage.grids import Sum


@pytest.mark.parametrize(
    ("covered", "required", "level"),
    [(0, 3, "none"), (1, 3, "some"), (2, 3, "some"), (199, 200, "some"), (3, 3, "all")],
)
def test_only_a_unit_of_which_all_is_covered_looks_so(covered: int, required: int, level: str) -> None:
    assert Sum("", covered, required, "").level == level
