"""Other solvers beside ours: each a script of its own, run by a Python that has its package, a minute each."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.solving import Solved, timed

HERE = Path(__file__).parent
NEEDS = {
    "cpsat_booleans": "ortools",
    "cpsat_intervals": "ortools",
    "highs_mip": "highspy",
    "timefold_search": "timefold",
}
SECONDS = 60
GRACE = 30
"""How much longer a peer may take to give its answer before it is killed."""


def beside(problem: Path, ours: Solved, folder: Path, python: str) -> Iterator[dict[str, Any]]:
    """Our row, and that of each peer; a peer that is not installed is said to be missing."""
    yield row("ours", ours)
    for name, package in NEEDS.items():
        if subprocess.run([python, "-c", f"import {package}"], capture_output=True, check=False).returncode:
            print(f"{package} is not installed for {python}: {name} is left out", file=sys.stderr)
            yield {**dict.fromkeys(row(name, ours), ""), "file": problem.stem, "solver": name, "value": "NOT INSTALLED"}
            continue
        plan = folder / f"{problem.stem}.{name}.json"
        words = [python, str(HERE / f"{name}.py"), str(problem), str(plan), str(SECONDS)]
        yield row(name, timed(words, problem, plan, SECONDS + GRACE))


def row(name: str, solved: Solved) -> dict[str, Any]:
    """What a solver reached; its plan is checked as ours is."""
    value = solved.value("makespan")
    return {
        "file": solved.problem.stem,
        "solver": name,
        "bound": solved.bound("makespan"),
        "value": "nothing" if value is None else value,
        "status": solved.status,
        "wall s": f"{solved.wall:.2f}",
        "CPU s": f"{solved.cpu:.2f}",
        "sound": "" if value is None else "yes" if solved.is_sound else "NO",
    }
