"""Solving in a process of its own: real processes, some of which misbehave."""

import math
import subprocess
import sys
import time
from datetime import date

import pytest

from scheduler.core.plans.placements import Placement, Plan, PlanStatus
from scheduler.core.plans.problems import PlanProblem, ProblemPerson, ProblemRoom, ProblemTalk, wall
from scheduler.services.arranging import solving
from scheduler.services.arranging.solving import Ending
from scheduler.solver.watch import Progress
from tests.serving import is_alive
from tests.waiting import LAST_RESORT

DAY = date(2014, 8, 4)
PROBLEM = PlanProblem(
    30,
    (DAY,),
    ((510, 690),),
    (ProblemPerson("p01"), ProblemPerson("p02")),
    (ProblemRoom("R04"),),
    (ProblemTalk("t1", ("p01", "p02"), 60),),
)
BEST = Plan(PlanStatus.FEASIBLE, (Placement("t1", wall(DAY, 510), "R04", ("p01", "p02")),))
BEGINS = """
import os, sys, time
from datetime import date
from scheduler.core.plans.placements import Placement, Plan, PlanStatus
from scheduler.core.plans.problems import wall
from scheduler.solver.frames import read, write
from scheduler.solver.watch import Progress
asked = read(sys.stdin.buffer)
plan = Plan(PlanStatus.FEASIBLE, (Placement("t1", wall(date(2014, 8, 4), 510), "R04", ("p01", "p02")),))
write(sys.stdout.buffer, Progress(0.5, 1, 1, {}, {}, plan))
"""
"""A process that tells of one plan; then follows what a test wants."""


def that(does: str) -> tuple[str, ...]:
    return (sys.executable, "-c", BEGINS + does)


def test_asking_loads_no_solver() -> None:
    words = "import sys, scheduler.services.arranging.solving; print([name for name in sys.modules if name.startswith('ortools')])"

    found = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True, cwd=solving.ROOT)

    assert found.stdout == "[]\n"


def test_news_are_told_as_they_come() -> None:
    news: list[Progress | None] = []

    outcome = solving.solve(
        PROBLEM,
        seconds=None,
        goes_on=lambda told: not news.append(told),
        words=that("time.sleep(0.6); write(sys.stdout.buffer, plan)"),
    )

    assert outcome == solving.SolvingOutcome(Ending.ANSWERED, BEST)
    assert [told for told in news if told] == [Progress(0.5, 1, 1, {}, {}, BEST)]
    assert None in news


@pytest.mark.parametrize("does", ["os._exit(1)", "os.kill(os.getpid(), 9)", "sys.stdout.buffer.write(bytes(7))"])
def test_best_plan_is_kept_when_the_process_crashes(does: str) -> None:
    assert solving.solve(PROBLEM, seconds=None, words=that(does)) == solving.SolvingOutcome(Ending.CRASHED, BEST)


def test_process_that_never_began_has_no_plan() -> None:
    words = (sys.executable, "-c", "raise SystemExit(1)")

    assert solving.solve(PROBLEM, seconds=None, words=words) == solving.SolvingOutcome(Ending.CRASHED, None)


def test_process_that_ends_before_it_read_the_question_has_no_plan() -> None:
    people = tuple(ProblemPerson(f"p{number}") for number in range(50_000))
    problem = PlanProblem(30, (DAY,), ((510, 690),), people, (), ())
    words = (sys.executable, "-c", "raise SystemExit(1)")

    assert solving.solve(problem, seconds=None, words=words) == solving.SolvingOutcome(Ending.CRASHED, None)


def test_process_that_says_something_else_is_not_believed() -> None:
    outcome = solving.solve(PROBLEM, seconds=None, words=that("write(sys.stdout.buffer, 'hello'); time.sleep(60)"))

    assert outcome == solving.SolvingOutcome(Ending.CRASHED, BEST)


def test_process_that_passes_its_deadline_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def passes_its_deadline(told: Progress | None) -> bool:
        if told:
            monkeypatch.setattr(time, "monotonic", lambda: math.inf)
        return True

    outcome = solving.solve(PROBLEM, seconds=LAST_RESORT, goes_on=passes_its_deadline, words=that("time.sleep(60)"))

    assert outcome == solving.SolvingOutcome(Ending.CRASHED, BEST)


def test_process_that_does_not_hear_is_ended_when_it_is_to_stop() -> None:
    outcome = solving.solve(PROBLEM, seconds=None, goes_on=lambda told: told is None, words=that("time.sleep(60)"))

    assert outcome == solving.SolvingOutcome(Ending.STOPPED, BEST)


def test_process_that_hears_answers_when_it_is_to_stop() -> None:
    words = that("sys.stdin.buffer.read(); write(sys.stdout.buffer, plan); time.sleep(60)")

    outcome = solving.solve(PROBLEM, seconds=None, goes_on=lambda told: told is None, words=words)

    assert outcome == solving.SolvingOutcome(Ending.STOPPED, BEST)


def test_large_problem_can_be_stopped_before_it_was_read() -> None:
    people = tuple(ProblemPerson(f"p{number}") for number in range(50_000))
    problem = PlanProblem(30, (DAY,), ((510, 690),), people, (), ())
    words = (sys.executable, "-c", "import time; time.sleep(60)")

    outcome = solving.solve(problem, seconds=None, goes_on=lambda _: False, words=words)

    assert outcome == solving.SolvingOutcome(Ending.STOPPED, None)


def test_process_is_gone_when_a_caller_gives_up() -> None:
    pids: list[int] = []

    def goes_on(told: Progress | None) -> bool:
        pids.append(int(told.seconds)) if told else None
        if len(pids) == 2:
            raise KeyboardInterrupt
        return True

    words = that("write(sys.stdout.buffer, Progress(float(os.getpid()), 1, 1, {}, {})); time.sleep(60)")
    with pytest.raises(KeyboardInterrupt):
        solving.solve(PROBLEM, seconds=None, goes_on=goes_on, words=words)

    assert not is_alive(pids[1])
