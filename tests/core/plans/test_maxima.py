"""How many talks there may be in a half-day, a day and a week, with those that stand."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.check import check
from tests.problems import a_person, a_plan, a_problem, a_talk, at, placed

FIRST, SECOND = a_talk("t1", "ab"), a_talk("t2", "ac")


@pytest.mark.parametrize(
    ("maxima", "stands", "times", "expected"),
    [
        ({"max_talks_per_half_day": 1}, [], ("08:00", "11:00"), ("morning_too_full", date(2026, 3, 2), 2)),
        ({"max_talks_per_half_day": 1}, [], ("14:00", "17:00"), ("afternoon_too_full", date(2026, 3, 2), 2)),
        ({"max_talks_per_half_day": 1}, [], ("11:00", "14:00"), None),
        ({"max_talks_per_half_day": 1}, ["09:00"], ("14:00", "11:00"), ("morning_too_full", date(2026, 3, 2), 2)),
        ({"max_talks_per_day": 2}, [], ("08:00", "11:00"), None),
        ({"max_talks_per_day": 2}, ["07:00"], ("08:00", "11:00"), ("day_too_full", date(2026, 3, 2), 3)),
        ({"max_talks_per_week": 1}, [], ("08:00", "2026-03-08T09:00"), ("week_too_full", date(2026, 3, 2), 2)),
        ({"max_talks_per_week": 1}, [], ("08:00", "2026-03-09T09:00"), None),
        ({"max_talks_per_week": 2}, ["2026-03-01T09:00"], ("08:00", "2026-03-08T09:00"), None),
        ({"max_talks_per_week": 2}, ["2026-03-06T09:00"], ("08:00", "09:00"), ("week_too_full", date(2026, 3, 2), 3)),
        ({"max_talks_per_week": 1}, ["08:00", "09:00"], (), None),
    ],
)
def test_nobody_has_more_than_they_may(
    maxima: dict[str, Any], stands: list[str], times: tuple[str, ...], expected: tuple[str, date, int] | None
) -> None:
    person = replace(a_person("a"), stands=tuple(map(at, stands)), **maxima)
    problem = a_problem(FIRST, SECOND, people=[person], days=8)
    placements = [
        replace(placed(talk, "08:00"), start=at(time)) for talk, time in zip((FIRST, SECOND), times, strict=False)
    ]

    found = [finding for finding in check(problem, a_plan(*placements)) if finding.subject == "a"]

    if expected is None:
        assert found == []
    else:
        kind, day, count = expected
        assert found == [Finding(kind, "a", {"day": day, "count": count, "most": next(iter(maxima.values()))})]
