import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.ground.rates import percent


@pytest.mark.parametrize(
    ("part", "whole", "rate"),
    [
        (15, 48, 31.3),
        (17, 21, 81.0),
        (4, 6, 66.7),
        (33, 48, 68.8),
        (37, 48, 77.1),
        (1, 8, 12.5),
        (0, 3, 0.0),
        (3, 3, 100.0),
    ],
)
def test_rates_are_rounded_half_up_to_one_decimal(part: int, whole: int, rate: float) -> None:
    assert percent(part, whole) == rate


def test_of_nothing_there_is_no_rate() -> None:
    assert percent(0, 0) is None


def test_nothing_reads_as_complete_while_something_is_missing() -> None:
    assert percent(1999, 2000) == 99.9
    assert percent(29_999, 30_000) == 99.9


@given(st.integers(1, 5000), st.data())
def test_a_rate_is_within_half_a_tenth_and_full_only_when_all_is_there(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))

    rate = percent(part, whole)

    assert rate is not None
    assert (rate == 100.0) == (part == whole)
    assert abs(rate - 100 * part / whole) <= (0.05 if rate < 99.9 else 0.1) + 1e-9
