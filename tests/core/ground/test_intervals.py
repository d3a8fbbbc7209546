"""Intervals of moments, of days and of minutes: compared, cut, joined."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.ground.dated import ALWAYS, Validity
from scheduler.core.ground.intervals import Interval, clipped, hull, merged
from scheduler.core.ground.spans import Span
from tests.builders import a_span

HOURS = st.integers(0, 24).flatmap(lambda start: st.tuples(st.just(start), st.integers(start + 1, 26)))
MAY, JUNE, JULY = date(2014, 5, 1), date(2014, 6, 1), date(2014, 7, 1)


def hours(start: int, end: int) -> Span:
    base = datetime(2014, 7, 1, tzinfo=UTC).timestamp()
    return Span(*(datetime.fromtimestamp(base + 3600 * hour, UTC) for hour in (start, end)))


def test_an_interval_ends_after_it_starts() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Interval(2, 2)


def test_what_lies_at_the_end_is_no_part_of_it() -> None:
    assert [point for point in range(5) if point in Interval(1, 3)] == [1, 2]


def test_touching_intervals_do_not_overlap() -> None:
    assert not hours(9, 10).overlaps(hours(10, 11))
    assert hours(9, 11).overlaps(hours(10, 12))
    assert hours(9, 10).intersection(hours(10, 11)) is None
    assert hours(9, 11).intersection(hours(10, 12)) == hours(10, 11)


def test_an_interval_contains_what_lies_wholly_inside() -> None:
    assert hours(9, 12).contains(hours(9, 12))
    assert not hours(9, 12).contains(hours(8, 10))
    assert not hours(9, 12).contains(hours(11, 13))


@given(HOURS, HOURS)
def test_overlapping_is_mutual_and_means_a_shared_stretch(one: tuple[int, int], other: tuple[int, int]) -> None:
    a, b = hours(*one), hours(*other)

    assert a.overlaps(b) == b.overlaps(a) == (a.intersection(b) is not None)


@given(HOURS, st.lists(HOURS, max_size=5))
def test_what_is_left_and_what_was_taken_make_up_the_whole(
    whole: tuple[int, int], taken: list[tuple[int, int]]
) -> None:
    cuts = [hours(*cut) for cut in taken]

    left = list(hours(*whole).without(cuts))

    assert not any(piece.overlaps(cut) for piece in left for cut in cuts)
    free = {hour for hour in range(*whole) if not any(start <= hour < end for start, end in taken)}
    assert {hour for hour in range(*whole) if any(piece.contains(hours(hour, hour + 1)) for piece in left)} == free


def test_an_open_end_reaches_farther_than_any_other() -> None:
    assert ALWAYS.contains(Validity(None, JUNE))
    assert not Validity(MAY, None).contains(ALWAYS)
    assert not Validity(MAY, JULY).contains(Validity(MAY, None))
    assert Validity(None, JULY).intersection(Validity(MAY, None)) == Validity(MAY, JULY)
    assert ALWAYS.intersection(ALWAYS) == ALWAYS
    assert list(ALWAYS.without([Validity(MAY, JUNE)])) == [Validity(None, MAY), Validity(JUNE, None)]
    assert list(ALWAYS.without([ALWAYS, Validity(None, JUNE)])) == []


def test_merged_intervals_do_not_tell_where_one_ends_and_the_next_begins() -> None:
    spans = [a_span("2014-07-01T09:45"), a_span("2014-07-01T09:00"), a_span("2014-07-01T09:10", 10)]

    assert merged([*spans, a_span("2014-07-01T14:00")]) == (a_span(minutes=90), a_span("2014-07-01T14:00"))


def test_what_only_touches_may_be_left_apart() -> None:
    pieces = [Interval(3, 5), Interval(1, 4), Interval(2, 3), Interval(5, 6)]

    assert merged(pieces) == (Interval(1, 6),)
    assert merged(pieces, even_touching=False) == (Interval(1, 5), Interval(5, 6))
    assert merged(list[Span]()) == ()


def test_only_the_parts_inside_a_whole_are_kept() -> None:
    spans = [a_span("2014-07-01T09:00"), a_span("2014-07-01T11:00")]

    assert list(clipped(spans, a_span("2014-07-01T09:15", 60))) == [a_span("2014-07-01T09:15", 30)]


def test_the_hull_reaches_from_the_first_start_to_the_last_end() -> None:
    assert hull([Interval(3, 4), Interval(1, 9), Interval(2, 5)]) == Interval(1, 9)
    assert hull([Validity(MAY, None), Validity(None, JUNE)]) == ALWAYS
