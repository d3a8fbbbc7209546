"""Workers that are processes of their own; only their solver is another."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from config import ROOT
from scheduler import edge
from scheduler.core.arranging.runs import SILENT, RunState
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import PlanRunId
from scheduler.services.arranging import attempts as plan_attempts
from scheduler.store.arranging import load as load_plans
from tests.waiting import LAST_RESORT, wait_for

SOLVES = """
import os, sys
from pathlib import Path
from scheduler.solver.frames import read, write
from scheduler.solver.watch import Progress
from tests import first_fit
pid, is_slow = sys.argv[1:]
asked = read(sys.stdin.buffer)
plan = first_fit.plan(asked.problem)
Path(pid).write_text(str(os.getpid()))
write(sys.stdout.buffer, Progress(0.5, 8, 8, plan.values, {}, plan))
if is_slow == "True":
    sys.stdin.buffer.read()
write(sys.stdout.buffer, plan)
"""
"""A solver that is simple, and slow if that is wanted: then it goes on until it is told to stop."""
STARTS = """
import os, sys
from functools import partial
from config import ROOT, Config, Mail
from scheduler import edge, worker
from scheduler.services.arranging import queue as plan_queue, work as plan_work
from scheduler.services.arranging.work import RunSetting
words = (sys.executable, "-c", *sys.argv[1:])

def run_queue(config, stop):
    here = RunSetting(config.database_url, edge.RunningClock(config.now).read, stop.is_set, words)
    return plan_queue.open_queue(config.queue, partial(plan_work.carry_out, here=here))

worker.run_queue = run_queue
worker.run(Config.from_environ(os.environ))
"""
"""A whole worker; only its solver is another."""
P001 = PlanRunId("P001")


class Started:
    """A worker on a database, and its solver."""

    def __init__(self, address: str, folder: Path, *, is_slow: bool, queue: str = "") -> None:
        self.pid_file = folder / "pid"
        self.pid_file.unlink(missing_ok=True)
        settings = {
            "TANXIN_INSTANCE": str(folder),
            "DATABASE_URL": address,
            "QUEUE_URL": queue,
            "TANXIN_NOW": "2014-08-01T08:00+08:00",
        }
        words = [sys.executable, "-c", STARTS, SOLVES, str(self.pid_file), str(is_slow)]
        self.process = subprocess.Popen(words, cwd=ROOT, env=os.environ | settings)

    def solver(self) -> int:
        """The process of the solver, once it is at work."""
        wait_for(lambda: self.pid_file.exists() and self.pid_file.read_text())
        return int(self.pid_file.read_text())

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(LAST_RESORT)


@contextmanager
def working(address: str, folder: Path, *, queue: str = "") -> Iterator[Callable[..., Started]]:
    """Starts workers, and ends those that are left."""
    workers: list[Started] = []

    def start(*, is_slow: bool = False) -> Started:
        workers.append(Started(address, folder, is_slow=is_slow, queue=queue))
        return workers[-1]

    yield start
    for one in workers:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


def taken_up_by_another(session: Session, started: Callable[..., Started]) -> None:
    """The run that a killed worker left is given to the next one, which places all eight talks."""
    assert state_of(session) is RunState.RUNNING
    real = real_now() + SILENT + timedelta(seconds=1)
    assert plan_attempts.reap(session, Clock(real, real)).waiting == (P001,)
    second = started()
    wait_for(lambda: state_of(session) is RunState.DONE)

    assert load_plans.run(session, P001).attempt == 2
    draft = load_plans.draft_plan(session, P001)
    assert draft is not None
    assert len(draft.placements) == 8
    assert second.end() == 0


def real_now() -> datetime:
    return edge.RunningClock(None).read().real


def state_of(session: Session) -> RunState:
    session.rollback()
    return load_plans.run(session, P001).state
