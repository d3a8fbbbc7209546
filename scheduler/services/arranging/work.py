"""Carrying a run of the planner out: take it up, ask, solve in a process of its own, check, keep the draft.

No transaction is held while solving. Whoever does this may be killed at any moment: the run is then taken up again.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from scheduler.core.arranging.drafting import Pin, drafted, pinned
from scheduler.core.arranging.drafts import DraftPlan
from scheduler.core.arranging.proposals import Arrangement, finished
from scheduler.core.arranging.runs import PlanRun, RunError, RunProgress
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Busy, Malformed, NotFound
from scheduler.core.ground.ids import PlanRunId
from scheduler.core.plans.check import check
from scheduler.core.plans.placements import Plan
from scheduler.services.arranging import attempts, problem, runs, solving
from scheduler.services.arranging.solving import Ending, SolvingOutcome
from scheduler.services.ground import schema
from scheduler.solver.watch import Progress

TELL_EVERY = 1.0
"""Seconds between heartbeats, and between two news of progress."""


@dataclass(frozen=True, slots=True)
class RunSetting:
    """Where and how runs are carried out."""

    address: str
    """The database."""
    clock: Callable[[], Clock]
    is_stopping: Callable[[], bool] = lambda: False
    """Whether we are to stop, and leave what is under way to others."""
    words: tuple[str, ...] = solving.WORDS
    """What starts the solver."""


def carry_out(run_id: PlanRunId, here: RunSetting) -> None:
    """Carry a run out, if it still waits to be."""
    with schema.opened(here.address) as session:
        run = attempts.claim(session, run_id, here.clock())
        if run is not None:
            _Attempt(session, run, here).make()


class _Attempt:
    """One attempt at a run."""

    def __init__(self, session: Session, run: PlanRun, here: RunSetting) -> None:
        self.session, self.run, self.here = session, run, here
        self.options, self.pins = runs.options_of(run), runs.requested_pins(run)
        self.news: Progress | None = None
        self.is_lost = False
        self.told_at = time.monotonic()

    def make(self) -> None:
        """From the facts to the draft."""
        try:
            arrangement = self._arrangement()
        except (Malformed, NotFound):
            attempts.fail(self.session, self.run, RunError.REFUSED, self.here.clock())
            return
        outcome = solving.solve(
            arrangement.problem,
            seconds=self.options.seconds,
            seed=self.options.seed,
            goes_on=self.goes_on,
            words=self.here.words,
        )
        self._end(arrangement, outcome)

    def goes_on(self, news: Progress | None) -> bool:
        """Keep the latest news, and once a second say that we live; whether to go on."""
        self.news = news or self.news
        if self.here.is_stopping():
            return False
        if time.monotonic() - self.told_at >= TELL_EVERY:
            self.told_at = time.monotonic()
            self.is_lost = not self._heartbeat()
            self.news = None
        return not self.is_lost

    def _arrangement(self) -> Arrangement:
        """The question, from the facts of this moment; nothing of the database is held on to."""
        arrangement = problem.arrangement(self.session, OPERATOR, self.options, self.here.clock())
        self.session.rollback()
        return pinned(arrangement, self.pins)

    def _heartbeat(self) -> bool:
        """Say that we live; a database that cannot be had right now does not end a run."""
        news = self.news
        told = RunProgress(news.seconds, news.placed, news.of, news.values, news.bounds) if news else None
        try:
            return attempts.heartbeat(self.session, self.run, told, self.here.clock())
        except (Busy, DBAPIError):
            self.session.rollback()
            return True

    def _end(self, arrangement: Arrangement, outcome: SolvingOutcome) -> None:
        """Keep what came of it."""
        clock = self.here.clock()
        if outcome.ending is Ending.STOPPED and not self.is_lost:
            attempts.put_back(self.session, self.run, clock)
        elif outcome.plan and check(arrangement.problem, outcome.plan):
            attempts.fail(self.session, self.run, RunError.UNSOUND, clock)
        elif outcome.ending is Ending.CRASHED:
            draft = draft_of(self.run.id, arrangement, outcome.plan, self.pins) if outcome.plan else None
            attempts.fail(self.session, self.run, RunError.CRASHED, clock, draft)
        else:
            draft = draft_of(self.run.id, arrangement, outcome.plan, self.pins) if outcome.plan else None
            attempts.finish(self.session, self.run, draft, clock)


def draft_of(run_id: PlanRunId, arrangement: Arrangement, plan: Plan, pins: Sequence[Pin]) -> DraftPlan:
    """The draft that a plan of the solver makes."""
    return drafted(run_id, arrangement, finished(arrangement, plan), pins)
