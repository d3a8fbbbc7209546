"""Attempts at a run of the planner: taken up, told of, finished, put back; each step a conditional update.

Whoever carries a run out holds its attempt number. Another number, or another state, and it is theirs no more.
"""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from scheduler.core.arranging.drafts import DraftPlan
from scheduler.core.arranging.runs import MAX_ATTEMPTS, PlanRun, RunError, RunProgress, RunState
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import PlanRunId
from scheduler.store import writing
from scheduler.store.arranging import load as load_plans
from scheduler.store.arranging import save as save_plans


@dataclass(frozen=True, slots=True)
class Reaped:
    """What a look at runs under way found."""

    waiting: tuple[PlanRunId, ...]
    """Runs that nobody has taken up: whoever can, is to be told (again)."""
    failed: tuple[PlanRunId, ...]
    """Runs that were given up."""


@writing.verb
def claim(session: Session, run_id: PlanRunId, clock: Clock) -> PlanRun | None:
    """Take up a queued run; None: there is nothing to take up."""
    writing.begin(session)
    run = _found(session, run_id)
    if run is None or run.state is not RunState.QUEUED:
        session.rollback()
        return None
    real = clock.real
    mine = replace(run, state=RunState.RUNNING, attempt=run.attempt + 1, claimed_at=real, heartbeat_at=real)
    is_mine = save_plans.run(session, mine, run)
    return mine if is_mine else None


@writing.verb
def heartbeat(session: Session, run: PlanRun, progress: RunProgress | None, clock: Clock) -> bool:
    """Say that a run is under way, and how far; False if it is not to go on."""
    writing.begin(session)
    return save_plans.progress(session, run.id, run.attempt, progress, clock.real)


def finish(session: Session, run: PlanRun, plan: DraftPlan | None, clock: Clock) -> bool:
    """Note that a run is over and keep its draft plan; False, and nothing is kept, if the run is another's by now.

    A run that was being cancelled is cancelled; the best plan it had is kept all the same.
    """
    return _end(session, run, RunState.DONE, None, plan, clock)


def fail(session: Session, run: PlanRun, error: RunError, clock: Clock, plan: DraftPlan | None = None) -> bool:
    """Note that a run came to nothing, and why; a sound plan that was known by then is kept."""
    return _end(session, run, RunState.FAILED, error, plan, clock)


@writing.verb
def put_back(session: Session, run: PlanRun, clock: Clock) -> bool:
    """Leave a run for others to take up, since we are told to stop; the attempt does not count."""
    del clock  # every verb is given one
    writing.begin(session)
    waits = replace(load_plans.run(session, run.id), state=RunState.QUEUED, attempt=run.attempt - 1, heartbeat_at=None)
    return save_plans.run(session, waits, run)


def reap(session: Session, clock: Clock) -> Reaped:
    """Put runs back whose heartbeat stopped, give up those that were taken up too often, and name all that wait."""
    if _silent(session, clock):
        return _put_back_silent(session, clock)
    waiting = _waiting(session)  # mostly nothing is to be written, and nobody has to wait for us
    session.rollback()
    return Reaped(waiting, ())


@writing.verb
def _put_back_silent(session: Session, clock: Clock) -> Reaped:
    """The same, where there are runs of which nobody says so any more."""
    writing.begin(session)
    failed = []
    for run in _silent(session, clock):
        after = _after_silence(run, clock)
        save_plans.run(session, after, run)
        failed += [run.id] if after.state is RunState.FAILED else []
    return Reaped(_waiting(session), tuple(failed))


def _silent(session: Session, clock: Clock) -> list[PlanRun]:
    """Runs under way of which nobody says so any more."""
    return [run for run in load_plans.runs(session, states=[RunState.RUNNING]) if run.is_silent(clock.real)]


def _waiting(session: Session) -> tuple[PlanRunId, ...]:
    """Runs that nobody has taken up, the oldest first."""
    return tuple(run.id for run in reversed(load_plans.runs(session, states=[RunState.QUEUED])))


@writing.verb
def _end(
    session: Session, run: PlanRun, state: RunState, error: RunError | None, plan: DraftPlan | None, clock: Clock
) -> bool:
    """Write the end of a run and its draft in one transaction, if it is still under way in this attempt."""
    writing.begin(session)
    now = load_plans.run(session, run.id)
    ends = RunState.CANCELLED if now.is_cancelling else state
    progress = now.progress
    if plan:
        progress = RunProgress(plan.seconds, plan.of - len(plan.unplaced), plan.of, plan.values, plan.bounds)
    over = replace(
        now,
        state=ends,
        error=error if ends is RunState.FAILED else None,
        finished_at=clock.real,
        heartbeat_at=clock.real,
        progress=progress,
    )
    is_ours = save_plans.run(session, over, run)
    if is_ours and plan:
        save_plans.draft_plan(session, plan)
    return is_ours


def _after_silence(run: PlanRun, clock: Clock) -> PlanRun:
    """What becomes of a run that nobody carries out any more."""
    if run.is_cancelling:
        return replace(run, state=RunState.CANCELLED, finished_at=clock.real)
    if run.attempt >= MAX_ATTEMPTS:
        return replace(run, state=RunState.FAILED, error=RunError.LOST, finished_at=clock.real)
    return replace(run, state=RunState.QUEUED, heartbeat_at=None)


def _found(session: Session, run_id: PlanRunId) -> PlanRun | None:
    """A run, if there is such a one."""
    try:
        return load_plans.run(session, run_id)
    except NotFound:
        return None
