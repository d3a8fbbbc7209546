"""Exact answers, where a case is small enough for them. Only whoever imports this module waits for OR-Tools."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.solver import search, tight_model
from scheduler.solver.exact import NO_OTHERS, SlotModel
from scheduler.solver.idle_gap_model import IdleGapModel, Limits, max_idle_gaps
from scheduler.solver.instance import Instance
from scheduler.solver.items import Others, SlotChoice, SlotItem
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.schedule import Schedule
from scheduler.solver.watch import Watch


@dataclass(frozen=True, slots=True)
class Decision:
    """What was found out about some items."""

    choices: Mapping[int, SlotChoice] | None
    """The best that was found: where everything goes that is not let go, the others too."""
    cost: int
    """What it costs."""
    bound: int
    """Nothing costs less."""
    is_impossible: bool
    """Proven that there is no schedule."""

    def schedule(self, instance: Instance) -> Schedule:
        """What was found, as a schedule; only where something was found."""
        choices = self.choices or {}
        return Schedule.of(instance, [(t, choice.start, choice.chosen, choice.room) for t, choice in choices.items()])


@dataclass(frozen=True, slots=True)
class Patience:
    """How much an answer is worth: dice, deterministic seconds of CP-SAT, and the watch."""

    seed: int
    effort: float
    watch: Watch


_Attempt = tuple[cp_model.SatParameters, float]
"""How to search, and with how much effort."""


def answer(
    instance: Instance,
    items: Sequence[SlotItem],
    patience: Patience,
    *,
    hint: Sequence[int] | None = None,
    others: Others = NO_OTHERS,
    is_fair: bool = False,
    is_doubtful: bool = False,
) -> Decision:
    """The schedule of these items that costs least; `others` only take rooms. `is_doubtful`: there may well be none.

    With `is_fair` idle gaps lie no farther apart than the problem says; then all talks must be among the items.
    """
    if is_fair and instance.problem.max_break_difference is not None:
        model = IdleGapModel(instance, items, Limits(sum(max_idle_gaps(instance, items)))).slots
    else:
        model = SlotModel(instance, items, others)
    if others.start or any(item.let_go is not None or item.cost for item in items):
        model.minimise()
        attempts = [(_of_costs(items), patience.effort)]
    elif tight_model.is_worth_it(model):
        tight_model.sharpen(model)
        attempts, hint = [(tight_model.parameters(), patience.effort)], None
        # No hint: a schedule with rooms to spare is far from one without.
    else:
        attempts = list(_in_turns(patience.effort, (2, 0) if is_doubtful else (0, 2)))
    if hint:
        model.hint(hint)
    outcome = _answered(model, attempts, patience)
    solution = outcome.solution
    choices = {**model.choices(solution), **model.others_that_stay(solution)} if solution else None
    return Decision(choices, solution.objective if solution else 0, outcome.bound, outcome.is_impossible)


def _answered(model: SlotModel, attempts: Sequence[_Attempt], patience: Patience) -> search.SearchResult:
    """What the first attempt says that says anything, or the last one."""
    outcome = search.SearchResult(None, 0, False, 0.0)
    for parameters, effort in attempts:
        parameters.max_deterministic_time = effort
        outcome = search.run(model.model, seed=patience.seed, watch=patience.watch, parameters=parameters)
        if outcome.solution or outcome.is_impossible or patience.watch.is_over():
            break
    return outcome


def _of_costs(items: Sequence[SlotItem]) -> cp_model.SatParameters:
    """For the least cost. Where few talks have a choice, most of it is settled by the linear relaxation: that is quicker than
    thinking ahead."""
    parameters = cp_model.SatParameters()
    if any(item.cost for item in items):
        parameters.linearization_level, parameters.max_presolve_iterations = 2, 1
    return parameters


def _in_turns(effort: float, levels: tuple[int, int]) -> Iterator[_Attempt]:
    """For whether there is a schedule at all: without linear programs, which often finds one at once, and with all of them, which
    proves that there is none where many talks compete; each in its turn gets four times as much, until so much effort is spent.
    """
    slice_, spent = PARAMETERS.horizons.first_effort, 0.0
    while spent < effort:
        for level in levels:
            parameters = cp_model.SatParameters()
            parameters.linearization_level = level
            yield parameters, min(slice_, effort)
        spent, slice_ = spent + 2 * slice_, 4 * slice_
