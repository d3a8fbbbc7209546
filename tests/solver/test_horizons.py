"""Done soonest: by ejection where that reaches the bound, else by growing horizons and exact decisions."""

import pytest

from scheduler.core.plans.problems import PlanProblem
from scheduler.solver import horizons
from scheduler.solver.horizons import HorizonSearch, Soonest
from scheduler.solver.instance import compiled
from scheduler.solver.watch import Watch
from tests.problems import a_problem, a_room, a_talk
from tests.tuning import tune


def soonest(problem: PlanProblem) -> Soonest:
    return HorizonSearch(compiled(problem), 1, Watch(), lambda *_: None).soonest()


def three_in_a_ring() -> PlanProblem:
    """Three people talk in pairs: two rooms do not help, for any two of the talks share somebody."""
    talks = [a_talk("t1", "ab"), a_talk("t2", "bc"), a_talk("t3", "ca")]
    return a_problem(*talks, rooms=[a_room("R1"), a_room("R2")])


def test_exact_decisions_raise_the_bound_where_counting_says_too_little() -> None:
    found = soonest(three_in_a_ring())

    assert (found.horizon, found.bound) == (3, 3)


def test_a_model_that_would_be_too_large_is_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, horizons, "horizons", max_starts=0)

    found = soonest(three_in_a_ring())

    assert (found.horizon, found.bound) == (3, 2)


def test_horizons_grow_by_doubling_and_are_then_halved() -> None:
    talks = [a_talk(f"t{i}{j}", f"{a}{b}") for i, a in enumerate("abcdefg") for j, b in enumerate("abcdefg") if i < j]

    found = soonest(a_problem(*talks, rooms=[a_room(f"R{n}") for n in range(4)], days=4))

    assert (found.horizon, found.bound) == (7, 7)


def test_a_watch_that_is_over_leaves_no_schedule() -> None:
    watch = Watch()
    watch.stop()

    hunt = HorizonSearch(compiled(three_in_a_ring()), 1, watch, lambda *_: None)

    assert hunt.soonest().schedule is None
    assert hunt.partial is not None


def everybody_with_everybody(count: int) -> PlanProblem:
    """An odd number of people, all with all, one step each: done in as many rounds as there are people."""
    names = "abcdefghijk"[:count]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    talks = [a_talk(f"t{a}{b}", f"{a}{b}") for a, b in pairs]
    return a_problem(*talks, rooms=[a_room(f"R{n}") for n in range(count // 2)], days=4)


@pytest.mark.parametrize("count", [7, 9, 11])
def test_what_construction_alone_does_not_reach_is_reached_by_growing_and_halving(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(horizons, "steps_worth", lambda *_, **__: 0)

    found = soonest(everybody_with_everybody(count))

    assert (found.horizon, found.bound) == (count, count)


def test_without_exact_decisions_the_horizon_is_lowered_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, horizons, "horizons", max_starts=0)
    monkeypatch.setattr(horizons, "steps_worth", lambda *_, is_thorough=False: 5_000 if is_thorough else 0)

    found = soonest(everybody_with_everybody(11))

    assert (found.horizon, found.bound) == (11, 11)


def test_an_exact_decision_that_is_given_no_time_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, horizons, "horizons", effort=0.0)
    monkeypatch.setattr(horizons, "steps_worth", lambda *_, **__: 0)

    found = soonest(everybody_with_everybody(11))

    assert found.horizon >= found.bound == 11


def test_what_cannot_be_over_at_all_is_not_looked_for() -> None:
    found = soonest(a_problem(*[a_talk(f"t{n}", "ab") for n in range(9)]))

    assert (found.schedule, found.bound) == (None, 9)


def test_a_known_schedule_that_reaches_the_bound_is_taken() -> None:
    instance = compiled(a_problem(a_talk("t1", "ab")))
    known = HorizonSearch(instance, 1, Watch(), lambda *_: None).soonest().schedule

    found = HorizonSearch(instance, 1, Watch(), lambda *_: None).soonest(known)

    assert (found.schedule, found.horizon, found.bound) == (known, 1, 1)


def test_halving_goes_on_from_a_horizon_that_was_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = iter([0, 0])
    monkeypatch.setattr(horizons, "steps_worth", lambda *_, **__: next(steps, 20_000))

    found = soonest(everybody_with_everybody(7))

    assert (found.horizon, found.bound) == (7, 7)


def test_a_horizon_is_lowered_step_by_step_where_nothing_can_be_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    # Only thorough attempts throw anything out, and the first at the bound is none.
    tune(monkeypatch, horizons, "horizons", max_thorough_starts=0, max_starts=0)
    monkeypatch.setattr(horizons, "steps_worth", lambda *_, is_thorough: 5_000 if is_thorough else 0)
    told: list[int] = []

    found = HorizonSearch(
        compiled(everybody_with_everybody(5)), 1, Watch(), lambda _, horizon: told.append(horizon)
    ).soonest()

    assert (found.horizon, found.bound) == (5, 5)
    assert told == [8, 7, 6, 5]
