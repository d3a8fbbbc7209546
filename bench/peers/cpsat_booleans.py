"""Plain CP-SAT: one boolean for each talk and start. `cpsat_booleans.py PROBLEM PLAN SECONDS`."""

import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import product

from ortools.sat.python import cp_model
from reading import Clock, read, write


@dataclass
class Used:
    """Which booleans use a person's step, a person's day, a room's step."""

    person_step: dict
    person_day: dict
    step: dict

    def note(self, options: dict, length: int, people: list[int]) -> None:
        """Options (start → boolean) of something that these people attend."""
        for start, option in options.items():
            for person, step in product(people, range(start, start + length)):
                self.person_step[person, step].append(option)

    def note_talk(self, options: dict, length: int, people: list[int], day_of: list[int]) -> None:
        """Talks use rooms, and count on a day."""
        for start, option in options.items():
            for person in people:
                self.person_day[person, day_of[start]].append(option)
            for step in range(start, start + length):
                self.step[step].append(option)


def main() -> None:
    """Build, solve, write."""
    clock, case = Clock(), read(sys.argv[1])
    model = cp_model.CpModel()
    last = model.new_int_var(0, len(case.moments), "last")
    used: Used = Used(defaultdict(list), defaultdict(list), defaultdict(list))
    chosen, windows = [], []
    for one, other, length, starts in case.talks:
        options = {start: model.new_bool_var("") for start in starts}
        model.add_exactly_one(options.values())
        model.add(last >= sum((start + length) * option for start, option in options.items()))
        chosen.append(options)
        used.note(options, length, [one, other])
        used.note_talk(options, length, [one, other], case.day_of)
    for people, length, steps in case.sessions:
        options = {step: model.new_bool_var("") for step in steps}
        model.add_exactly_one(options.values())
        windows.append(options)
        used.note(options, length, people)
    for options in used.person_step.values():
        model.add_at_most_one(options)
    for options in used.person_day.values():
        model.add(sum(options) <= case.most_a_day)
    for step, options in used.step.items():
        model.add(sum(options) <= case.rooms[step])
    model.minimize(last)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = clock.left()
    solver.parameters.num_workers = 2
    if solver.solve(model) in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        starts = [next(start for start, option in options.items() if solver.value(option)) for options in chosen]
        at = [next(start for start, option in options.items() if solver.value(option)) for options in windows]
        write(sys.argv[2], case, starts, at, round(solver.best_objective_bound), clock.spent())


main()
