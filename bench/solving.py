"""One problem file through the real command, in a fresh process, from file to file; and the plan it wrote, checked."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Solved:
    """What came out, and what it took."""

    problem: Path
    plan: Path
    wall: float
    cpu: float
    exit_code: int

    @cached_property
    def document(self) -> dict[str, Any]:
        """The plan file; empty if there is none."""
        return json.loads(self.plan.read_text("utf-8")) if self.plan.exists() else {}

    @property
    def status(self) -> str:
        """What the plan says of itself."""
        return str(self.document.get("status", f"exit {self.exit_code}"))

    def value(self, goal: str) -> int | None:
        """What was reached, if everything has a place."""
        values = self.document.get("values", {})
        return values.get(goal) if values.get("unplaced") == 0 else None

    def bound(self, goal: str) -> int | None:
        """Below which no plan can be."""
        known: dict[str, int] = self.document.get("bounds", {})
        return known.get(goal)

    @cached_property
    def is_sound(self) -> bool:
        """Whether the independent checker has nothing to say, and nothing is called optimal that is worse than its bound."""
        if not self.document:
            return False
        values, bounds = self.document["values"], self.document["bounds"]
        claims = self.status != "optimal" or all(values.get(goal) == bound for goal, bound in bounds.items())
        return claims and findings(self.problem, self.plan) == []


def command(problem: Path, plan: Path, seconds: float, seed: int = 1) -> list[str]:
    """What a person would type."""
    options = ["-o", str(plan), "--seconds", f"{seconds:g}", "--seed", str(seed)]
    return [sys.executable, "-m", "scheduler", "solve", str(problem), *options]


def solve(problem: Path, plan: Path, seconds: float, seed: int = 1) -> Solved:
    """`python -m scheduler solve`, with everything from the start of Python to the end of the process counted."""
    return timed(command(problem, plan, seconds, seed), problem, plan)


def timed(words: Sequence[str], problem: Path, plan: Path, patience: float | None = None) -> Solved:
    """Run a command that turns a problem file into a plan file; killed when patience ends."""
    plan.unlink(missing_ok=True)
    started, spent = time.perf_counter(), cpu_of_children()
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            _, said = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
            _, said = process.communicate()
    wall = time.perf_counter() - started
    if process.returncode not in {0, 1}:
        print(f"{problem.name}: exit {process.returncode}: {said.strip()[-300:]}", file=sys.stderr)
    return Solved(problem, plan, wall, cpu_of_children() - spent, process.returncode)


def interrupted(problem: Path, plan: Path, after: float) -> tuple[Solved, float]:
    """Press Ctrl-C after some seconds; also how long it then took to end."""
    plan.unlink(missing_ok=True)
    started, spent = time.perf_counter(), cpu_of_children()
    words = command(problem, plan, 600)
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(after)
        pressed = time.perf_counter()
        process.send_signal(signal.SIGINT)
        process.wait()
    ended = time.perf_counter()
    return Solved(problem, plan, ended - started, cpu_of_children() - spent, process.returncode), ended - pressed


def cpu_of_children() -> float:
    """The processor seconds of all children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def findings(problem: Path, plan: Path) -> list[Any]:
    """What the independent checker finds."""
    from scheduler.core.plans import check as plan_check
    from scheduler.documents import plans, problems

    asked = problems.read(json.loads(problem.read_text("utf-8")))
    return list(plan_check.check(asked, plans.read(json.loads(plan.read_text("utf-8")), asked)))
