"""Runs CP-SAT on a model: same seed, same answer; news as they come; and it stops within a moment when the watch says so."""

import math
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from ortools.sat.python import cp_model

from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.watch import Watch


@dataclass(frozen=True, slots=True)
class Solution:
    """An answer to a model: the value of each variable, in the order they were made, and of the objective."""

    values: tuple[int, ...]
    objective: int
    """0 if the model has none."""

    def value(self, variable: cp_model.IntVar) -> int:
        """The value of a variable."""
        return self.values[variable.index]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found out."""

    solution: Solution | None
    """The best it found."""
    bound: int
    """No solution has a smaller objective; objectives never lie below 0."""
    is_impossible: bool
    """Proven that there is no solution."""
    effort: float
    """What was spent, in CP-SAT's deterministic seconds."""


def run(
    model: cp_model.CpModel,
    *,
    seed: int,
    watch: Watch,
    parameters: cp_model.SatParameters | None = None,
    on_solution: Callable[[Solution], None] | None = None,
) -> SearchResult:
    """Minimise a model's objective with one worker, until it is proven, a limit of the parameters is met, or the watch is over.

    The search has a thread of its own, so that the one that asks can look at the watch and hear signals; better solutions
    are told in the asking thread.
    """
    search = _SearchThread(model, parameters or cp_model.SatParameters(), seed, watch)
    search.start()
    try:
        for solution in search.news():
            if on_solution is not None:
                on_solution(solution)
    finally:
        search.end()
    return search.outcome()


class _SearchThread(threading.Thread):
    """CP-SAT at work."""

    def __init__(self, model: cp_model.CpModel, parameters: cp_model.SatParameters, seed: int, watch: Watch) -> None:
        super().__init__(name="cp-sat", daemon=True)
        parameters.num_workers = 1
        parameters.random_seed = seed & 0x7FFFFFFF
        parameters.catch_sigint_signal = False
        parameters.max_time_in_seconds = min(watch.left(), 1e9)
        self._solver = cp_model.CpSolver()
        self._solver.parameters = parameters
        self._model, self._watch = model, watch
        self._queue: SimpleQueue[Solution | None] = SimpleQueue()

    def run(self) -> None:
        """Solve, and put None at the end."""
        try:
            self._solver.solve(self._model, _Reporter(self._queue))
        finally:
            self._queue.put(None)

    def news(self) -> Iterator[Solution]:
        """Each better solution as it is found; meanwhile the watch is looked at."""
        while True:
            try:
                solution = self._queue.get(timeout=PARAMETERS.clock.watch_every)
            except Empty:
                if self._watch.is_over():
                    self._solver.stop_search()
                continue
            if solution is None:
                return
            yield solution

    def end(self) -> None:
        """Stop, and wait for it: told once, a search that has only just begun may not have heard."""
        while self.is_alive():
            self._solver.stop_search()
            self.join(PARAMETERS.clock.watch_every)

    def outcome(self) -> SearchResult:
        """What was found out, once it has ended."""
        answer = self._solver.response_proto
        if answer.status == cp_model.MODEL_INVALID:
            raise ValueError(self._model.validate())
        has_solution = answer.status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return SearchResult(
            Solution(tuple(answer.solution), round(answer.objective_value)) if has_solution else None,
            max(0, math.ceil(answer.best_objective_bound - 1e-6)),
            answer.status == cp_model.INFEASIBLE,
            answer.deterministic_time,
        )


class _Reporter(cp_model.CpSolverSolutionCallback):
    """Puts each better solution into a queue."""

    def __init__(self, queue: "SimpleQueue[Solution | None]") -> None:
        super().__init__()
        self._queue = queue

    def on_solution_callback(self) -> None:
        """Called by CP-SAT, in its thread."""
        answer = self.response_proto
        self._queue.put(Solution(tuple(answer.solution), round(answer.objective_value)))
