"""Done soonest: by ejection where that reaches the bound, else by growing horizons and exact decisions."""

import pytest

from scheduler.core.plans.problems import PlanProblem
from scheduler.solver import horizons
from scheduler.solver.horizons import HorizonSearch, Soonest
from scheduler.solver.instance import Instance, compiled
from scheduler.solver.schedule import Schedule
from scheduler.solver.watch import Watch
from tests.problems import a_problem, a_room, a_talk
from tests.tuning import tune


def as_late_as_can_be(instance: Instance) -> Schedule:
    """Everything placed, each talk at the last start that is left."""
    schedule = Schedule(instance)
    for t in range(instance.count):
        schedule.place(t, schedule.open_starts(t, -1).bit_length() - 1)
    return schedule


def soonest(problem: PlanProblem, watch: Watch | None = None) -> Soonest:
    instance = compiled(problem)
    return HorizonSearch(instance, 1, watch or Watch(), lambda *_: None).soonest(as_late_as_can_be(instance))


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


def test_what_counting_says_is_reached_by_ejection() -> None:
    talks = [a_talk(f"t{i}{j}", f"{a}{b}") for i, a in enumerate("abcdefg") for j, b in enumerate("abcdefg") if i < j]

    found = soonest(a_problem(*talks, rooms=[a_room(f"R{n}") for n in range(4)], days=4))

    assert (found.horizon, found.bound) == (7, 7)


def test_a_watch_that_is_over_leaves_what_is_known() -> None:
    watch = Watch()
    watch.stop()

    found = soonest(three_in_a_ring(), watch)

    assert (found.horizon, found.bound) == (8, 2)


def everybody_with_everybody(count: int) -> PlanProblem:
    """An odd number of people, all with all, one step each: done in as many rounds as there are people."""
    names = "abcdefghijk"[:count]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    talks = [a_talk(f"t{a}{b}", f"{a}{b}") for a, b in pairs]
    return a_problem(*talks, rooms=[a_room(f"R{n}") for n in range(count // 2)], days=4)


@pytest.mark.parametrize("count", [7, 9, 11])
def test_what_construction_alone_does_not_reach_is_reached_by_halving(
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


def test_a_known_schedule_that_reaches_the_bound_is_taken() -> None:
    instance = compiled(a_problem(a_talk("t1", "ab")))
    known = Schedule(instance)
    known.place(0, 0)

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

    instance = compiled(everybody_with_everybody(5))
    hunt = HorizonSearch(instance, 1, Watch(), lambda _, horizon: told.append(horizon))
    found = hunt.soonest(as_late_as_can_be(instance))

    assert (found.horizon, found.bound) == (5, 5)
    assert told == sorted(set(told), reverse=True)
