"""Time, so that two things can be compared on a machine that does other things as well."""

import gc
import time
from collections.abc import Callable


def best_of_each(*runs: Callable[[], object], rounds: int = 9) -> list[float]:
    """The shortest time of each in seconds of this process; they take turns, each after a clean sweep of memory."""
    best = [float("inf")] * len(runs)
    for _ in range(rounds):
        for place, run in enumerate(runs):
            gc.collect()
            started = time.perf_counter()
            run()
            best[place] = min(best[place], time.perf_counter() - started)
    return best
