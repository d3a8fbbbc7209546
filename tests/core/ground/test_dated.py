from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.ground.dated import (
    ALWAYS,
    Validity,
    Version,
    VersionPlace,
    overwrite,
    place,
    segments,
    value_in,
    value_on,
)

MAY, JUNE, JULY, AUGUST = date(2014, 5, 1), date(2014, 6, 1), date(2014, 7, 1), date(2014, 8, 1)
TODAY = date(2014, 7, 15)
EDGES = [None, MAY, JUNE, JULY, AUGUST]


def versions(*parts: tuple[date | None, date | None, str]) -> tuple[Version[str], ...]:
    return tuple(Version(Validity(start, end), value) for start, end, value in parts)


periods = st.tuples(st.sampled_from(EDGES), st.sampled_from(EDGES)).filter(
    lambda p: p[0] is None or p[1] is None or p[0] < p[1]
)
days = st.dates(date(2014, 4, 1), date(2014, 9, 30))


def test_a_period_holds_from_its_first_day_until_the_day_it_ends() -> None:
    period = Validity(MAY, JULY)

    assert MAY in period
    assert date(2014, 6, 30) in period
    assert JULY not in period
    assert date(2014, 4, 30) not in period
    assert date.min in ALWAYS


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        Validity(JULY, MAY)


def test_touching_periods_share_no_day() -> None:
    assert not Validity(MAY, JUNE).overlaps(Validity(JUNE, JULY))
    assert Validity(None, JUNE).overlaps(Validity(MAY, None))


def test_a_fact_that_nobody_knew_holds_since_ever_or_from_the_day_given() -> None:
    assert place((), None, TODAY) == VersionPlace(ALWAYS, None)
    assert place((), JULY, TODAY) == VersionPlace(Validity(JULY, None), None)


def test_without_a_day_the_version_in_force_is_corrected_where_it_stands() -> None:
    known = [Validity(None, JULY), Validity(JULY, None)]

    assert place(known, None, TODAY) == VersionPlace(Validity(JULY, None), Validity(JULY, None))


def test_without_a_day_and_none_in_force_the_latest_is_corrected() -> None:
    known = [Validity(MAY, JUNE), Validity(AUGUST, None)]

    assert place(known, None, TODAY) == VersionPlace(Validity(AUGUST, None), Validity(AUGUST, None))


def test_from_a_day_on_the_version_of_that_day_ends_and_the_new_one_takes_the_rest_of_its_time() -> None:
    known = [Validity(None, AUGUST), Validity(AUGUST, None)]

    assert place(known, JULY, TODAY) == VersionPlace(Validity(JULY, AUGUST), Validity(None, AUGUST))


def test_from_a_day_on_which_a_version_begins_it_is_corrected_in_place() -> None:
    assert place([Validity(JULY, None)], JULY, TODAY) == VersionPlace(Validity(JULY, None), Validity(JULY, None))


def test_from_a_day_before_anything_was_known_it_holds_until_the_first_version() -> None:
    assert place([Validity(JULY, None)], MAY, TODAY) == VersionPlace(Validity(MAY, JULY), None)


def test_from_a_day_after_the_last_version_ended_it_holds_on() -> None:
    assert place([Validity(MAY, JUNE)], JULY, TODAY) == VersionPlace(Validity(JULY, None), None)


def test_overwriting_the_middle_keeps_both_ends() -> None:
    assert overwrite(versions((None, None, "old")), Validity(JUNE, JULY), "new") == versions(
        (None, JUNE, "old"), (JUNE, JULY, "new"), (JULY, None, "old")
    )


def test_equal_neighbours_become_one() -> None:
    assert overwrite(versions((None, JUNE, "a"), (JUNE, None, "b")), Validity(JUNE, None), "a") == versions(
        (None, None, "a")
    )


def test_clearing_leaves_a_gap() -> None:
    assert overwrite(versions((None, None, "a")), Validity(JUNE, JULY), None) == versions(
        (None, JUNE, "a"), (JULY, None, "a")
    )


def test_segments_are_cut_wherever_something_begins_or_ends() -> None:
    assert segments([Validity(None, JULY), Validity(JUNE, AUGUST)]) == (
        Validity(None, JUNE),
        Validity(JUNE, JULY),
        Validity(JULY, AUGUST),
    )
    assert segments([]) == ()
    assert segments([ALWAYS]) == (ALWAYS,)


def test_values_are_found_by_day_and_by_period() -> None:
    known = versions((MAY, JUNE, "a"), (JULY, None, "b"))

    assert value_on(known, MAY) == "a"
    assert value_on(known, JUNE) is None
    assert value_in(known, Validity(AUGUST, None)) == "b"
    assert value_in(known, Validity(JUNE, JULY)) is None


@given(st.lists(st.tuples(periods, st.sampled_from(["a", "b", None])), max_size=6), days)
def test_the_last_thing_written_over_a_day_is_what_holds_on_it(
    written: list[tuple[tuple[date | None, date | None], str | None]], day: date
) -> None:
    history: tuple[Version[str], ...] = ()
    expected = None
    for (start, end), value in written:
        history = overwrite(history, Validity(start, end), value)
        if day in Validity(start, end):
            expected = value

    assert value_on(history, day) == expected
    starts = [s.period.start or date.min for s in history]
    assert starts == sorted(set(starts))


@given(st.lists(periods, min_size=1, max_size=6), days)
def test_segments_cover_the_same_days_and_never_overlap(
    given_periods: list[tuple[date | None, date | None]], day: date
) -> None:
    known = [Validity(start, end) for start, end in given_periods]

    holding = [piece for piece in segments(known) if day in piece]

    assert len(holding) == any(day in period for period in known)
