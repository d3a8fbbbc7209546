"""`python -m scheduler.solver.process`: one question in, news and at last a plan out; the only process that loads OR-Tools.

It reads a `SolveRequest` from stdin and writes `Progress` to stdout while it solves, and at last the `Plan`. When stdin is closed,
by the parent or because the parent is gone, it answers with the best plan so far within a second, and ends in any case.
"""

import gc
import os
import sys
import threading
from collections.abc import Callable
from typing import IO

from scheduler.core.plans.placements import Plan
from scheduler.solver.frames import PATIENCE, SolveRequest, read, write
from scheduler.solver.watch import Progress, Watch

GONE = 70
"""Exit status when the end came before the answer."""

Leave = Callable[[int], object]
"""Ends the process at once."""


def answer(given: IO[bytes], out: IO[bytes], leave: Leave = os._exit) -> None:
    """Solve what is asked on one pipe, and tell it on the other."""
    request = read(given)
    if not isinstance(request, SolveRequest):
        leave(GONE)
        return
    watch, is_answered = Watch(request.seconds), threading.Event()
    threading.Thread(target=stop_with, args=(given, watch, is_answered, leave), daemon=True).start()
    try:
        write(out, _solved(request, watch, lambda news: write(out, news)))
    except BrokenPipeError:
        leave(GONE)  # nobody listens any more
    is_answered.set()


def stop_with(given: IO[bytes], watch: Watch, is_answered: threading.Event, leave: Leave) -> None:
    """Wait until the parent closes its end, or is gone; then stop, and leave if that is not enough."""
    given.read(1)
    watch.stop()
    if not is_answered.wait(PATIENCE):
        leave(GONE)


def _solved(request: SolveRequest, watch: Watch, tell: Callable[[Progress], None]) -> Plan:
    """The plan; OR-Tools is loaded from here on."""
    from scheduler.solver.solve import solve

    return solve(request.problem, seed=request.seed, watch=watch, tell=tell)


def main() -> None:
    """Keep stdout for frames alone: whatever else prints goes where errors go."""
    gc.disable()  # a solution is a million small objects, none of them in circles: going through them again and again takes a third of the time
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        answer(sys.stdin.buffer, out)


if __name__ == "__main__":
    main()
