"""Which requirements a talk could serve."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.coverage.matching import FEW, Matching
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules.requirements import Requirement
from tests.builders import ZONE, a_talk
from tests.core.asked import a_requirement


def at_time(requirements: list[Requirement], start: str, *who: str) -> list[int]:
    return sorted(Matching(requirements, ZONE).at_time(a_talk(start=start, who=who)))


def test_requirements_are_found_by_both_people_and_the_day() -> None:
    asked = [a_requirement(("p01", "p02")), a_requirement(("p01", "p03"))]

    assert at_time(asked, "2014-07-01T09:00", "p02", "p01") == [0]
    assert at_time(asked, "2014-07-01T09:00", "p02", "p03") == []
    assert at_time(asked, "2014-09-01T09:00", "p01", "p02") == []
    assert at_time(asked, "2014-07-01T09:00", "p01", "p02", "p03") == [0, 1]


def test_a_pool_is_found_by_its_subject_and_a_member() -> None:
    asked = [a_requirement(subject="p01", pool=("s01", "p02")), a_requirement(("p01", "p02"))]

    assert at_time(asked, "2014-07-01T09:00", "s01", "p01") == [0]
    assert at_time(asked, "2014-07-01T09:00", "p01", "p02") == [0, 1]
    assert at_time(asked, "2014-07-01T09:00", "s01", "s02") == []


def test_of_people_does_not_look_at_the_time() -> None:
    asked = [
        a_requirement(("p01", "p02")),
        a_requirement(subject="p01", pool=("p02",)),
        a_requirement(subject="p01", pool=("p03",)),
    ]

    assert list(Matching(asked, ZONE).of_people(a_talk(start="1999-01-01T09:00"))) == [0, 1]


def weeks(count: int, length: int = 7) -> list[Requirement]:
    """One requirement a week of one pair; with a length above 7 they overlap."""
    begin = date(2014, 1, 6)
    return [
        a_requirement(window=DayRange(begin + timedelta(7 * n), begin + timedelta(7 * n + length - 1)), period=str(n))
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [FEW, FEW + 1, 40])
def test_each_day_of_many_weeks_finds_its_week(count: int) -> None:
    matching = Matching(weeks(count), ZONE)
    begin = date(2014, 1, 6)

    for days in range(7 * count):
        talk = a_talk(start=f"{begin + timedelta(days)}T12:00")
        assert list(matching.at_time(talk)) == [days // 7]
    assert list(matching.at_time(a_talk(start="2014-01-05T12:00"))) == []
    assert list(matching.at_time(a_talk(start=f"{begin + timedelta(7 * count)}T12:00"))) == []


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30)), max_size=15), st.integers(0, 70))
def test_overlapping_windows_are_all_found(windows: list[tuple[int, int]], day: int) -> None:
    begin = date(2014, 1, 1)
    asked = [
        a_requirement(window=DayRange(begin + timedelta(first), begin + timedelta(first + length)), period=str(n))
        for n, (first, length) in enumerate(windows)
    ]

    found = at_time(asked, f"{begin + timedelta(day)}T09:00", "p01", "p02")

    assert found == [n for n, (first, length) in enumerate(windows) if first <= day <= first + length]
