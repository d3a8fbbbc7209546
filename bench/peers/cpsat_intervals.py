"""Plain CP-SAT: one interval for each talk. `cpsat_intervals.py PROBLEM PLAN SECONDS`."""

import sys
from collections import defaultdict

from ortools.sat.python import cp_model
from reading import Clock, read, write


def main() -> None:
    """Build, solve, write."""
    clock, case = Clock(), read(sys.argv[1])
    model = cp_model.CpModel()
    last = model.new_int_var(0, len(case.moments), "last")
    starts, by_person, by_person_day, all_talks = [], defaultdict(list), defaultdict(list), []
    for one, other, length, allowed in case.talks:
        start = model.new_int_var_from_domain(cp_model.Domain.from_values(allowed), "")
        starts.append(start)
        interval = model.new_fixed_size_interval_var(start, length, "")
        model.add(last >= start + length)
        all_talks.append(interval)
        on_day = {}
        for day in sorted({case.day_of[step] for step in allowed}):
            on_day[day] = model.new_bool_var("")
            steps = [step for step in allowed if case.day_of[step] == day]
            model.add_linear_expression_in_domain(start, cp_model.Domain.from_values(steps)).only_enforce_if(
                on_day[day]
            )
        model.add_exactly_one(on_day.values())
        for person in (one, other):
            by_person[person].append(interval)
            for day, option in on_day.items():
                by_person_day[person, day].append(option)
    windows = []
    for people, length, steps in case.sessions:
        start = model.new_int_var_from_domain(cp_model.Domain.from_values(steps), "")
        windows.append(start)
        interval = model.new_fixed_size_interval_var(start, length, "")
        for person in people:
            by_person[person].append(interval)
    for intervals in by_person.values():
        model.add_no_overlap(intervals)
    for options in by_person_day.values():
        model.add(sum(options) <= case.most_a_day)
    most = max(case.rooms)
    missing = [(step, most - free) for step, free in enumerate(case.rooms) if free < most]
    gone = [model.new_fixed_size_interval_var(step, 1, "") for step, _ in missing]
    demands = [1] * len(all_talks) + [short for _, short in missing]
    model.add_cumulative(all_talks + gone, demands, most)
    model.minimize(last)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = clock.left()
    solver.parameters.num_workers = 2
    if solver.solve(model) in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        found, at = ([solver.value(start) for start in group] for group in (starts, windows))
        write(sys.argv[2], case, found, at, round(solver.best_objective_bound), clock.spent())


main()
