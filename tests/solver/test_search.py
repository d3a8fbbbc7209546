"""Running CP-SAT."""

import threading
from itertools import pairwise

import pytest
from ortools.sat.python import cp_model

from scheduler.solver.search import Solution, run
from scheduler.solver.watch import Watch
from tests.waiting import LAST_RESORT


def a_model(least: int) -> tuple[cp_model.CpModel, cp_model.IntVar, cp_model.IntVar]:
    """Two numbers of 0 … 9 whose sum is least, but not below a number."""
    model = cp_model.CpModel()
    first, second = model.new_int_var(0, 9, "first"), model.new_int_var(0, 9, "second")
    model.add(first + second >= least)
    model.minimize(first + second)
    return model, first, second


def a_hard_model(*, has_a_way_out: bool = False) -> cp_model.CpModel:
    """Fifteen pigeons for fourteen holes, said so that counting does not help; the way out is to leave pigeons out, but few."""
    model = cp_model.CpModel()
    sits = [[model.new_bool_var("") for _ in range(14)] for _ in range(15)]
    left_out = [model.new_bool_var("") for _ in sits] if has_a_way_out else []
    for number, pigeon in enumerate(sits):
        model.add_bool_or(pigeon + left_out[number : number + 1])
    for hole in zip(*sits, strict=True):
        for place, one in enumerate(hole):
            for other in hole[:place]:
                model.add_bool_or(~one, ~other)
    if has_a_way_out:
        model.minimize(sum(left_out))
    return model


def stubborn() -> cp_model.SatParameters:
    """Settings with which that takes hours."""
    parameters = cp_model.SatParameters()
    parameters.cp_model_presolve = False
    parameters.symmetry_level = 0
    parameters.linearization_level = 0
    return parameters


def test_the_best_is_found_and_proven() -> None:
    model, first, second = a_model(7)

    outcome = run(model, seed=1, watch=Watch())

    assert not outcome.is_impossible
    assert outcome.bound == 7
    assert outcome.solution is not None
    assert outcome.solution.objective == 7
    assert outcome.solution.value(first) + outcome.solution.value(second) == 7


def test_what_has_no_solution_is_proven_impossible() -> None:
    model, _, _ = a_model(19)

    outcome = run(model, seed=1, watch=Watch())

    assert outcome.is_impossible
    assert outcome.solution is None


def test_each_better_solution_is_told_in_the_asking_thread() -> None:
    model, _, _ = a_model(7)
    told: list[tuple[int, threading.Thread]] = []

    outcome = run(
        model, seed=1, watch=Watch(), on_solution=lambda one: told.append((one.objective, threading.current_thread()))
    )

    assert outcome.solution is not None
    assert told[-1] == (7, threading.current_thread())
    assert all(after < before for (before, _), (after, _) in pairwise(told))


def test_the_same_seed_gives_the_same_solution() -> None:
    outcomes = [run(a_model(7)[0], seed=5, watch=Watch()) for _ in range(2)]

    assert outcomes[0].solution == outcomes[1].solution


def test_a_watch_that_is_over_stops_the_search() -> None:
    watch = Watch()
    threading.Timer(0.2, watch.stop).start()

    outcome = run(a_hard_model(), seed=1, watch=watch, parameters=stubborn())

    assert outcome.solution is None
    assert not outcome.is_impossible
    assert watch.seconds() < LAST_RESORT


def test_a_deadline_stops_the_search() -> None:
    outcome = run(a_hard_model(), seed=1, watch=Watch(0.2), parameters=stubborn())

    assert not outcome.is_impossible


def test_a_limit_of_effort_stops_the_search() -> None:
    parameters = stubborn()
    parameters.max_deterministic_time = 0.01

    outcome = run(a_hard_model(), seed=1, watch=Watch(), parameters=parameters)

    assert not outcome.is_impossible
    assert 0.01 <= outcome.effort < 1


def test_what_goes_wrong_while_telling_stops_the_search_and_is_raised() -> None:
    def fail(_: Solution) -> None:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        run(a_hard_model(has_a_way_out=True), seed=1, watch=Watch(), parameters=stubborn(), on_solution=fail)


def test_a_model_that_says_nonsense_is_refused() -> None:
    model = cp_model.CpModel()
    number = model.new_int_var(0, 9, "number")
    model.add((1 << 62) * number <= 1)

    with pytest.raises(ValueError, match="overflow"):
        run(model, seed=1, watch=Watch())
