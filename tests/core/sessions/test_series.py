"""What is asked of a series, and its answer as a value."""

from datetime import date

import pytest

from scheduler.core.sessions.series import (
    EVERY_HALF_DAY,
    Half,
    HalfDay,
    PlacedSession,
    SeriesPlan,
    half_days,
)
from tests.builders import a_span, an_absence, at, people
from tests.core.serial import asked


def test_a_half_day_is_written_by_weekday_and_half() -> None:
    assert half_days("Wed-pm") == {HalfDay(2, Half.AFTERNOON)}
    assert half_days(" fri ") == {HalfDay(4, Half.MORNING), HalfDay(4, Half.AFTERNOON)}
    assert half_days("Wed-noon") == half_days("") == half_days("Someday") == frozenset()
    assert str(HalfDay(2, Half.AFTERNOON)) == "Wed-pm"
    assert len(EVERY_HALF_DAY) == 14


def test_a_session_belongs_to_the_half_it_starts_in() -> None:
    assert [Half.of(at(f"2014-07-01T{time}")) for time in ("08:30", "11:59", "12:00")] == ["am", "am", "pm"]


@pytest.mark.parametrize(
    "nonsense", [{"count": 0}, {"minutes": 0}, {"apart": 0}, {"per_week": 0}, {"last": "2014-06-30"}]
)
def test_nonsense_is_refused_when_it_is_made(nonsense: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"A (series|window)"):
        asked(**nonsense)  # type: ignore[arg-type]


def test_facts_are_known_to_the_last_day_unless_more_was_looked_up() -> None:
    assert asked().horizon == date(2014, 7, 31)
    assert asked(known_until=date(2014, 9, 30)).horizon == date(2014, 9, 30)
    assert (asked().weekly, asked(per_week=2).weekly) == (7, 2)


def test_a_plan_counts_its_sessions_and_who_misses_them() -> None:
    (person,) = people("p01")
    missed = PlacedSession(a_span(), None, {person: an_absence()}, 3)
    attended = PlacedSession(a_span("2014-07-02T09:00"), None, {}, 4)

    plan = SeriesPlan(3, (missed, attended), 5, 0)

    assert (plan.placed, plan.missed, plan.is_complete) == (2, 1, False)
