"""The solving process, from the inside; `tests/services/arranging/test_solving.py` starts it as one."""

import os
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO

import pytest

from scheduler.core.plans.placements import Plan
from scheduler.core.plans.problems import Goal, PlanProblem, ProblemPerson, ProblemRoom, ProblemTalk
from scheduler.services.arranging import solving
from scheduler.services.arranging.solving import Ending
from scheduler.solver import process
from scheduler.solver.frames import SolveRequest, read, write
from scheduler.solver.watch import Progress, Watch
from tests.serving import is_alive, wait_until_gone
from tests.waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]
QUESTION = SolveRequest(
    PlanProblem(
        30,
        (date(2014, 8, 4),),
        ((510, 690),),
        (ProblemPerson("p01"), ProblemPerson("p02")),
        (ProblemRoom("R04"),),
        (ProblemTalk("t1", ("p01", "p02"), 60),),
    ),
    None,
)


def a_pipe() -> tuple[IO[bytes], IO[bytes]]:
    reads, writes = os.pipe()
    return os.fdopen(reads, "rb"), os.fdopen(writes, "wb")


def test_question_is_answered_after_news_of_the_way() -> None:
    given, asks = a_pipe()
    told = BytesIO()
    with given, asks:
        write(asks, QUESTION)
        process.answer(given, told)

    told.seek(0)
    frames = []
    while (frame := read(told)) is not None:
        frames.append(frame)
    assert all(isinstance(frame, Progress) for frame in frames[:-1])
    plan = frames[-1]
    assert isinstance(plan, Plan)
    assert [placement.talk for placement in plan.placements] == ["t1"]


def test_without_a_question_there_is_no_answer() -> None:
    statuses: list[int] = []
    told = BytesIO()

    process.answer(BytesIO(), told, statuses.append)

    assert (statuses, told.getvalue()) == ([70], b"")


@pytest.mark.parametrize(("is_answered", "statuses"), [(True, []), (False, [70])])
def test_whoever_does_not_stop_when_the_parent_is_gone_is_ended(
    is_answered: bool, statuses: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "PATIENCE", 0.01)
    watch, answered, left = Watch(), threading.Event(), []
    if is_answered:
        answered.set()

    process.stop_with(BytesIO(), watch, answered, left.append)

    assert watch.is_over()
    assert left == statuses


def test_frames_go_to_stdout_and_whatever_else_is_printed_goes_where_errors_go(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    question = BytesIO()
    write(question, QUESTION)
    question.seek(0)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(question))

    process.main()

    os.write(1, b"hello")
    out, err = capfdbinary.readouterr()
    told = BytesIO(out)
    frames = list(iter(lambda: read(told), None))
    assert isinstance(frames[-1], Plan)
    assert err == b"hello"


def test_process_answers_on_its_pipes_and_ends() -> None:
    question = BytesIO()
    write(question, QUESTION)

    found = subprocess.run(
        [sys.executable, "-m", "scheduler.solver.process"],
        input=question.getvalue(),
        capture_output=True,
        cwd=ROOT,
        check=True,
    )

    told = BytesIO(found.stdout)
    frames = list(iter(lambda: read(told), None))
    assert isinstance(frames[-1], Plan)
    assert found.stderr == b""


def test_what_others_print_does_not_get_between_the_frames() -> None:
    question = BytesIO()
    write(question, QUESTION)
    words = (
        "import sys; from scheduler.solver import process; process.answer = lambda *_: print('hello'); process.main()"
    )

    found = subprocess.run(
        [sys.executable, "-c", words], input=question.getvalue(), capture_output=True, check=True, cwd=ROOT
    )

    assert (found.stdout, found.stderr) == (b"", b"hello\n")


def test_whoever_is_listened_to_by_nobody_leaves() -> None:
    given, asks = a_pipe()
    listens, told = a_pipe()
    statuses: list[int] = []
    with given, asks:
        listens.close()
        write(asks, QUESTION)
        process.answer(given, told, statuses.append)
    with suppress(BrokenPipeError):
        told.close()

    assert statuses == [70]


def test_solver_answers_from_a_process_of_its_own() -> None:
    news: list[Progress | None] = []

    outcome = solving.solve(QUESTION.problem, seconds=None, goes_on=lambda told: not news.append(told))

    assert outcome.ending is Ending.ANSWERED
    assert outcome.plan is not None
    assert [one.talk for one in outcome.plan.placements] == ["t1"]
    assert outcome.plan.values == {Goal.UNPLACED: 0, Goal.MAKESPAN: 2}


def test_process_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    """kill -9 of the parent; the solver would go on for a minute."""
    does = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from scheduler.services.arranging import solving
from tests.solver.test_process import QUESTION
child = '''
import os, sys, threading
from pathlib import Path
from scheduler.solver import frames, process
from scheduler.solver.watch import Watch
frames.read(sys.stdin.buffer)
Path({str(tmp_path / "pid")!r}).write_text(str(os.getpid()))
process.stop_with(sys.stdin.buffer, Watch(), threading.Event(), os._exit)
'''
solving.solve(QUESTION.problem, seconds=60, words=(sys.executable, "-c", child))
"""
    parent = subprocess.Popen([sys.executable, "-c", does], cwd=ROOT)
    try:
        wait_for(lambda: parent.poll() is not None or ((tmp_path / "pid").exists() and (tmp_path / "pid").read_text()))
        child = int((tmp_path / "pid").read_text())
        assert is_alive(child)
    finally:
        os.kill(parent.pid, 9)
        parent.wait()

    wait_until_gone(child)
