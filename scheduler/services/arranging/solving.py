"""Solving in a process of its own: with a deadline, news on the way, and an end whenever one is wanted.

Only that process loads OR-Tools. It may crash or be killed: then the best plan it told of is kept, and what happened is said.
It never outlives us: when we are gone its stdin ends, and so does it.
"""

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Self

from scheduler.core.plans.placements import Plan
from scheduler.core.plans.problems import PlanProblem
from scheduler.solver.frames import PATIENCE, SolveRequest, read, write
from scheduler.solver.watch import Progress

ROOT = Path(__file__).resolve().parents[3]
WORDS = (sys.executable, "-m", "scheduler.solver.process")
LOOK_EVERY = 0.25
"""Seconds between looks at whether to go on."""
GRACE = 5.0
"""Seconds after the deadline, when a process that did not end by itself is ended."""

GoesOn = Callable[[Progress | None], bool]
"""Called with news, and with None a few times a second; says whether to go on."""


class Ending(StrEnum):
    """How solving came to its end."""

    ANSWERED = "answered"
    """The solver gave its answer, in time or at its deadline."""
    STOPPED = "stopped"
    """We stopped it."""
    CRASHED = "crashed"
    """It ended without an answer, or had to be killed."""


@dataclass(frozen=True, slots=True)
class SolvingOutcome:
    """What came of solving."""

    ending: Ending
    plan: Plan | None
    """The answer; if there is none, the best plan that was told of, if any."""


def solve(
    problem: PlanProblem,
    *,
    seconds: float | None,
    seed: int = 1,
    goes_on: GoesOn = lambda _: True,
    words: tuple[str, ...] = WORDS,
) -> SolvingOutcome:
    """Solve a problem, at most for so many seconds; when `goes_on` says no, stop within about a second.

    `goes_on` is called in the thread of the caller. `words` start the process.
    """
    with _Child(words) as child:
        child.ask(SolveRequest(problem, seconds, seed))
        return _Solving(child, seconds, goes_on).outcome()


class _Child:
    """The process, and what it says as it comes; it is gone when this is left, however that happens."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            words,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C reaches us alone, and we stop it
        )
        assert self._process.stdin is not None  # noqa: S101 - tells the types; both were asked for
        assert self._process.stdout is not None  # noqa: S101
        self._given: IO[bytes] = self._process.stdin
        self._told: IO[bytes] = self._process.stdout
        self._frames: queue.SimpleQueue[object | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        self._told.close()
        self._close()

    def ask(self, request: SolveRequest) -> None:
        """Ask, and listen from now on; in threads, since either end of a pipe waits for the other."""
        self._start(self._listen)
        self._start(lambda: self._write(request))

    def next(self, timeout: float) -> object | None:
        """The next frame; None: there is none any more. Raises queue.Empty when nothing was said in time."""
        return self._frames.get(timeout=timeout)

    def stop(self) -> None:
        """Tell it to stop, by closing its stdin; that waits until the question was read, so nobody waits for it."""
        self._start(self._close)

    def _start(self, job: Callable[[], None]) -> None:
        thread = threading.Thread(target=job, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _write(self, request: SolveRequest) -> None:
        try:
            write(self._given, request)
        except (OSError, ValueError):
            return  # it is gone, or was told to stop meanwhile; what it says, or does not say, is seen by the listener

    def _listen(self) -> None:
        while (frame := read(self._told)) is not None:
            self._frames.put(frame)
        self._frames.put(None)

    def _close(self) -> None:
        try:
            self._given.close()
        except OSError:
            return  # what was not read yet has nobody left to read it


class _Solving:
    """One question, until its end."""

    def __init__(self, child: _Child, seconds: float | None, goes_on: GoesOn) -> None:
        self._child, self._goes_on = child, goes_on
        self._best: Plan | None = None
        self._is_stopped = False
        self._ends = None if seconds is None else time.monotonic() + seconds + GRACE

    def outcome(self) -> SolvingOutcome:
        """Listen until the answer, or the end."""
        while self._ends is None or time.monotonic() < self._ends:
            try:
                frame = self._child.next(LOOK_EVERY)
            except queue.Empty:
                self._look(None)
                continue
            match frame:
                case Plan():
                    return SolvingOutcome(Ending.STOPPED if self._is_stopped else Ending.ANSWERED, frame)
                case Progress():
                    self._best = frame.plan or self._best
                    self._look(frame)
                case _:
                    break
        return SolvingOutcome(Ending.STOPPED if self._is_stopped else Ending.CRASHED, self._best)

    def _look(self, news: Progress | None) -> None:
        """Tell the news, and stop if that is wanted."""
        if not self._is_stopped and not self._goes_on(news):
            self._is_stopped = True
            self._ends = time.monotonic() + PATIENCE
            self._child.stop()
