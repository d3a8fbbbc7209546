"""Fewer idle gaps, a few days at a time."""

from collections.abc import Mapping

import pytest

from scheduler.core.plans.grid import steps_of
from scheduler.core.plans.problems import PlanProblem
from scheduler.solver import idle_gap_days
from scheduler.solver.idle_gap_counts import idle_gaps_by_person
from scheduler.solver.idle_gap_days import DayByDay
from scheduler.solver.instance import compiled
from scheduler.solver.items import SlotChoice, SlotItem
from scheduler.solver.watch import Watch
from tests.problems import a_person, a_problem, a_session, a_talk, hours
from tests.tuning import tune

DAY = 8
"""Steps of an hour: four, and four after the idle gap at noon."""
News = list[int]


def improved(
    problem: PlanProblem, starts: Mapping[int, int], watch: Watch | None = None, moves: Mapping[int, int] | None = None
) -> tuple[dict[int, int], News]:
    """The starts after everything was tried, and the idle gaps of each better schedule; `moves` are what talks keep for free."""
    instance = compiled(problem)
    items = []
    for t in range(instance.count):
        free = (moves or {}).get(t)
        mask = instance.allowed[t]
        items.append(SlotItem(t, mask, {s: 1 for s in steps_of(mask) if free is not None and s != free}))
    known = {t: SlotChoice(start) for t, start in starts.items()}
    told: News = []
    search = DayByDay(instance, items, known, 1, watch or Watch())
    search.improve(lambda choices, value: told.append(value))
    assert not told or told[-1] == sum(idle_gaps_by_person(instance, search.choices))
    return {t: one.start for t, one in search.choices.items()}, told


def test_each_day_is_put_in_order_within_itself() -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "ac"), a_talk("t3", "ab"), a_talk("t4", "ac")]

    starts, told = improved(a_problem(*talks, days=3), {0: 0, 1: 2, 2: DAY, 3: DAY + 5})

    assert told == [1, 0]
    assert abs(starts[0] - starts[1]) == abs(starts[2] - starts[3]) == 1
    assert max(starts[0], starts[1]) < DAY <= min(starts[2], starts[3])
    assert max(starts[2], starts[3]) < 2 * DAY


def of_two_days() -> PlanProblem:
    """a meets b at eight, and c, who is busy until the afternoon of the first day; d and e meet on the second."""
    busy = a_person("c", hours("08:00", "14:00"))
    return a_problem(a_talk("t1", "ab", fixed="08:00"), a_talk("t2", "ac"), a_talk("t3", "de"), people=[busy], days=2)


STANDING = {0: 0, 1: 4, 2: DAY}


def test_what_no_day_can_do_alone_two_do_together() -> None:
    starts, told = improved(of_two_days(), STANDING)

    assert told == [0]
    assert starts[0] == 0
    assert starts[1] // DAY == 1


def test_no_more_moves_than_before() -> None:
    assert improved(of_two_days(), STANDING, moves={1: 4}) == (STANDING, [])
    assert improved(of_two_days(), STANDING, moves={1: 5})[1] == [0]


def test_sessions_stay_and_talks_keep_their_order() -> None:
    # a's talks of the second day lie after one of the first and before one of the third; the session is in the way at nine.
    talks = [
        a_talk("t1", "ab"),
        a_talk("t2", "ac", after=("t1",)),
        a_talk("t3", "ad"),
        a_talk("t4", "ce", after=("t2", "t3")),
    ]
    session = a_session("s1", "a", minutes=60, windows=["2026-03-03T09:00"])
    problem = a_problem(*talks, sessions=[session], days=3)

    starts, told = improved(problem, {0: 0, 1: DAY, 2: DAY + 6, 3: 2 * DAY, 4: DAY + 1})

    assert told == [0]
    assert starts[4] == DAY + 1
    assert starts[0] == 0
    assert starts[3] == 2 * DAY
    assert abs(starts[1] - starts[2]) == 1


def test_talks_that_are_freed_together_keep_their_order_too() -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "ac", after=("t1",)), a_talk("t3", "de")]

    starts, told = improved(a_problem(*talks, days=2), {0: 0, 1: 3, 2: DAY})

    assert told == [0]
    assert starts[1] == starts[0] + 1


def test_it_ends_when_it_is_enough_or_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = Watch()
    stopped.stop()
    assert improved(of_two_days(), STANDING, stopped) == (STANDING, [])

    tune(monkeypatch, idle_gap_days, "idle_gap_days", total_effort=0.0)
    assert improved(of_two_days(), STANDING) == (STANDING, [])
    tune(monkeypatch, idle_gap_days, "idle_gap_days", max_starts=0)
    assert improved(of_two_days(), STANDING) == (STANDING, [])


def test_same_seed_gives_the_same_schedule() -> None:
    pairs = ["ab", "bc", "cd", "ac", "bd", "ad", "ae", "be", "ce"]
    problem = a_problem(*(a_talk(f"t{n}", pair) for n, pair in enumerate(pairs)), days=3)
    standing = {n: 3 * n - (n // 3) for n in range(len(pairs))}

    assert improved(problem, standing) == improved(problem, standing)


def test_days_with_too_many_starts_are_left_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, idle_gap_days, "idle_gap_days", max_starts=1)

    assert improved(of_two_days(), STANDING) == (STANDING, [])
