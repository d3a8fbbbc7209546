"""HiGHS: the time-indexed integer programme, for one horizon after the other from the rooms' bound up; the first that can be kept
is the optimum. `highs_mip.py PROBLEM PLAN SECONDS`."""

import math
import sys
from collections import defaultdict
from itertools import product

import highspy
import numpy
from reading import Case, Clock, read, write


def main() -> None:
    """Try horizons until one can be kept, write."""
    clock, case = Clock(), read(sys.argv[1])
    horizon = by_rooms(case)
    while clock.spent() < clock.limit and horizon <= len(case.moments):
        talk_columns, window_columns, rows = programme(case, horizon)
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 2)
        solver.passModel(model_of(sum(map(len, talk_columns + window_columns)), rows))
        solver.setOptionValue("time_limit", clock.left())
        solver.run()
        if solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            values = solver.getSolution().col_value
            starts, at = (
                [next(step for column, step in mine.items() if values[column] > 0.5) for mine in group]
                for group in (talk_columns, window_columns)
            )
            write(sys.argv[2], case, starts, at, horizon, clock.spent())
            return
        if solver.getModelStatus() != highspy.HighsModelStatus.kInfeasible:
            return
        horizon += 1


def by_rooms(case: Case) -> int:
    """The least horizon in which the rooms have time for all talks."""
    needed = sum(length for _, _, length, _ in case.talks)
    for step, free in enumerate(case.rooms):
        needed -= free
        if needed <= 0:
            return step + 1
    return len(case.rooms)


def programme(case: Case, horizon: int) -> tuple[list[dict[int, int]], list[dict[int, int]], list]:
    """The columns of each talk and session (column → start), and the rows (least, most, column → factor)."""
    columns = 0
    groups: list[list[dict[int, int]]] = [[], []]
    most = defaultdict(dict)
    for one, other, length, starts in case.talks:
        mine = dict(enumerate([start for start in starts if start + length <= horizon], columns))
        columns += len(mine)
        groups[0].append(mine)
        for column, start in mine.items():
            steps = range(start, start + length)
            keys = [("day", person, case.day_of[start]) for person in (one, other)]
            keys += [("rooms", 0, step) for step in steps]
            keys += [("step", person, step) for person in (one, other) for step in steps]
            for key in keys:
                most[key][column] = 1.0
    for people, length, steps in case.sessions:
        mine = dict(enumerate(steps, columns))
        columns += len(mine)
        groups[1].append(mine)
        for column, start in mine.items():
            for person, step in product(people, range(start, start + length)):
                most["step", person, step][column] = 1.0
    rows = [(1.0, 1.0, dict.fromkeys(mine, 1.0)) for mine in groups[0] + groups[1]]
    limit = {"day": lambda _: case.most_a_day, "rooms": lambda step: case.rooms[step], "step": lambda _: 1}
    rows += [(-math.inf, float(limit[kind](place)), row) for (kind, _, place), row in most.items()]
    return groups[0], groups[1], rows


def model_of(columns: int, rows: list) -> "highspy.HighsLp":
    """The rows (least, most, column → factor) as HiGHS takes them."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns, len(rows)
    lp.col_cost_ = numpy.zeros(columns)
    lp.col_lower_ = numpy.zeros(columns)
    lp.col_upper_ = numpy.ones(columns)
    lp.row_lower_ = numpy.array([low for low, _, _ in rows])
    lp.row_upper_ = numpy.array([high for _, high, _ in rows])
    lp.integrality_ = [highspy.HighsVarType.kInteger] * columns
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = numpy.cumsum([0] + [len(row) for _, _, row in rows])
    lp.a_matrix_.index_ = numpy.array([column for _, _, row in rows for column in row])
    lp.a_matrix_.value_ = numpy.array([factor for _, _, row in rows for factor in row.values()])
    return lp


main()
