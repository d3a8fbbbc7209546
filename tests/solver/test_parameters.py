"""The parameters of the solver refuse nonsense."""

from dataclasses import replace

import pytest

from scheduler.solver.parameters import (
    PARAMETERS,
    ClockParameters,
    CountingParameters,
    EjectionParameters,
    HorizonParameters,
    IdleGapParameters,
)


def test_values_that_mean_something_are_taken() -> None:
    assert replace(PARAMETERS.horizons, max_starts=0) == HorizonParameters(30_000, 0, 0.5, 60.0)


@pytest.mark.parametrize("value", [-1, -0.5, float("nan"), float("inf")])
def test_no_value_is_negative_or_without_end(value: float) -> None:
    with pytest.raises(ValueError, match="first_effort is a number from 0 up"):
        IdleGapParameters(first_effort=value)


def test_the_watch_is_looked_at_after_some_talks() -> None:
    with pytest.raises(ValueError, match="watch"):
        CountingParameters(look_every=0)


@pytest.mark.parametrize("values", [{"look_every": 0}, {"steps": 1_999}, {"few_steps": -1}])
def test_ejection_looks_at_the_watch_and_a_moment_is_the_shorter_time(values: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="steps"):
        EjectionParameters(**values)


@pytest.mark.parametrize("name", ["watch_every", "written_per_second", "explained_per_second", "told_per_second"])
def test_nothing_takes_forever(name: str) -> None:
    with pytest.raises(ValueError, match="infinitely"):
        replace(PARAMETERS.clock, **{name: 0})


@pytest.mark.parametrize("values", [{"repairs_share": -0.1}, {"end_share": 0.95}])
def test_shares_of_the_time_leave_some_for_solving(values: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"repairs_share|left for solving"):
        ClockParameters(**values)
