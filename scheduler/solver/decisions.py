"""Exact answers, where a case is small enough for them. Only whoever imports this module waits for OR-Tools."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.solver import search, tight_model
from scheduler.solver.exact import NO_OTHERS, SlotModel
from scheduler.solver.idle_gap_model import IdleGapModel, Limits, max_idle_gaps
from scheduler.solver.instance import Instance
from scheduler.solver.items import Others, SlotChoice, SlotItem
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


def answer(
    instance: Instance,
    items: Sequence[SlotItem],
    patience: Patience,
    *,
    hint: Sequence[int] | None = None,
    others: Others = NO_OTHERS,
    is_fair: bool = False,
) -> Decision:
    """The schedule of these items that costs least; `others` only take rooms.

    With `is_fair` idle gaps lie no farther apart than the problem says; then all talks must be among the items.
    """
    if is_fair and instance.problem.max_break_difference is not None:
        model = IdleGapModel(instance, items, Limits(sum(max_idle_gaps(instance, items)))).slots
    else:
        model = SlotModel(instance, items, others)
    parameters = cp_model.SatParameters()
    if others.start or any(item.let_go is not None or item.cost for item in items):
        model.minimise()
        if any(item.cost for item in items):
            # Few talks have a choice, and most of it is settled by the linear relaxation: that is quicker than thinking ahead.
            parameters.linearization_level, parameters.max_presolve_iterations = 2, 1
    elif tight_model.is_worth_it(model):
        tight_model.sharpen(model)
        parameters, hint = tight_model.parameters(), None  # a schedule with rooms to spare is far from one without
    if hint:
        model.hint(hint)
    parameters.max_deterministic_time = patience.effort
    outcome = search.run(model.model, seed=patience.seed, watch=patience.watch, parameters=parameters)
    solution = outcome.solution
    choices = {**model.choices(solution), **model.others_that_stay(solution)} if solution else None
    return Decision(choices, solution.objective if solution else 0, outcome.bound, outcome.is_impossible)
