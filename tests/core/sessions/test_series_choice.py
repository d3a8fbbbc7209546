"""The exact choice among the days, held against trying out everything."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.ground.ids import PersonId
from scheduler.core.sessions.series import SeriesRequest, Spread
from scheduler.core.sessions.series_choice import choose, most
from scheduler.core.sessions.series_slots import Slot
from tests.builders import a_span, an_absence
from tests.core.serial import asked

FIRST = date(2014, 7, 1)


def slot(after: int, missing: int = 0) -> Slot:
    """A day, so many days after the first, that so many people miss."""
    day = FIRST + timedelta(days=after)
    return Slot(day, a_span(f"{day}T09:00"), None, {PersonId(f"p{n}"): an_absence() for n in range(missing)})


def chosen(question: SeriesRequest, *slots: Slot) -> list[int]:
    return [one.day.day for one in choose(slots, question)]


def test_as_many_as_asked_and_as_soon_as_can_be() -> None:
    assert chosen(asked(2), slot(0), slot(1), slot(2)) == [1, 2]


def test_fewest_missing_goes_before_soonest() -> None:
    assert chosen(asked(2), slot(0, 1), slot(1), slot(2)) == [2, 3]


def test_a_place_goes_before_everything() -> None:
    assert chosen(asked(2, apart=2), slot(0, 5), slot(1), slot(2, 5)) == [1, 3]


def test_the_distance_is_kept() -> None:
    assert chosen(asked(3, apart=3), *map(slot, range(8))) == [1, 4, 7]


def test_the_last_session_is_as_early_as_can_be_before_the_others_are() -> None:
    assert chosen(asked(2, apart=4), slot(0, 1), slot(1), slot(5), slot(6)) == [2, 6]


def test_weeks_begin_on_monday_and_hold_so_many() -> None:
    # 1 July 2014 is a Tuesday: the 7th is the next Monday.
    assert chosen(asked(4, per_week=2), *map(slot, range(14))) == [1, 2, 7, 8]
    assert chosen(asked(3, per_week=1), *map(slot, range(14))) == [1, 7, 14]


def test_how_full_the_week_is_already_is_not_forgotten() -> None:
    # Thursday is cheapest after Wednesday, but then Friday may not follow in a week of two.
    assert chosen(asked(3, per_week=2), slot(1), slot(2), slot(3, 1), slot(7, 9)) == [2, 3, 8]


def test_what_stands_already_counts_for_its_week() -> None:
    standing = (date(2014, 7, 3), date(2014, 7, 4))

    assert chosen(asked(2, per_week=2, existing=standing), *map(slot, range(14))) == [7, 8]
    assert chosen(asked(3, per_week=3, existing=standing), *map(slot, range(14))) == [1, 7, 8]


def test_even_means_equal_gaps_over_the_window() -> None:
    even = asked(3, last="2014-07-31", spread=Spread.EVEN)

    assert chosen(even, *map(slot, range(31))) == [8, 16, 24]


def test_as_many_as_there_are() -> None:
    assert chosen(asked(3), slot(0), slot(4)) == [1, 5]
    assert chosen(asked(3)) == []


def _keeps(days: Sequence[date], question: SeriesRequest) -> bool:
    weeks = Counter(day.isocalendar()[:2] for day in (*days, *question.existing))
    return all((b - a).days >= question.apart for a, b in pairwise(days)) and all(
        weeks[day.isocalendar()[:2]] <= question.weekly for day in days
    )


def _worth(some: Sequence[Slot], question: SeriesRequest) -> tuple[int, ...]:
    days = [one.day for one in some]
    missed = sum(len(one.missing) for one in some)
    if question.spread is Spread.SOONEST:
        return -len(some), missed, max(days).toordinal(), sum(day.toordinal() for day in days)
    ends = [question.first - timedelta(days=1), *days, question.last + timedelta(days=1)]
    return -len(some), missed, sum((b - a).days ** 2 for a, b in pairwise(ends))


questions = st.builds(
    asked,
    count=st.integers(1, 5),
    apart=st.integers(1, 6),
    per_week=st.none() | st.integers(1, 3),
    spread=st.sampled_from(Spread),
    existing=st.lists(st.integers(0, 30).map(lambda after: FIRST + timedelta(days=after)), max_size=3).map(tuple),
)
candidates = st.dictionaries(st.integers(0, 30), st.integers(0, 3), max_size=11).map(
    lambda found: [slot(after, found[after]) for after in sorted(found)]
)


@given(questions, candidates)
def test_no_choice_is_better(question: SeriesRequest, slots: list[Slot]) -> None:
    possible = [
        some
        for count in range(1, question.count + 1)
        for some in combinations(slots, count)
        if _keeps([one.day for one in some], question)
    ]

    found = choose(slots, question)

    if possible:
        assert _keeps([one.day for one in found], question)
        assert _worth(found, question) == min(_worth(some, question) for some in possible)
    else:
        assert found == []
    assert len(found) == most([one.day for one in slots], question)
