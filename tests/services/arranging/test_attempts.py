"""Attempts at a run of the planner; on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from scheduler.core.arranging.drafts import DraftPlan
from scheduler.core.arranging.runs import PlanRun, RunError, RunProgress, RunState
from scheduler.core.ground.ids import PlanRunId
from scheduler.core.plans.placements import PlanStatus
from scheduler.core.plans.problems import Goal
from scheduler.services.arranging import attempts as plan_attempts
from scheduler.services.arranging.attempts import Reaped
from scheduler.store.arranging import load as load_plans
from scheduler.store.arranging import save as save_plans
from tests.builders import REAL
from tests.services.planned import CLOCK, later

P001, P002 = PlanRunId("P001"), PlanRunId("P002")
DRAFT = DraftPlan(P001, PlanStatus.OPTIMAL, values={Goal.UNPLACED: 0}, seconds=2.5)


@pytest.fixture
def waiting(session: Session) -> Session:
    """A database with one run that waits."""
    save_plans.new_run(session, PlanRun(P001, RunState.QUEUED, {"options": {}}, "p22", REAL))
    session.commit()
    return session


def claimed(session: Session, seconds: float = 0) -> PlanRun:
    run = plan_attempts.claim(session, P001, later(seconds))
    assert run is not None
    return run


def test_run_is_taken_up_once(waiting: Session) -> None:
    run = claimed(waiting, 2)

    assert (run.state, run.attempt, run.claimed_at, run.heartbeat_at) == (
        RunState.RUNNING,
        1,
        later(2).real,
        later(2).real,
    )
    assert load_plans.run(waiting, P001) == run
    assert plan_attempts.claim(waiting, P001, CLOCK) is None
    assert plan_attempts.claim(waiting, P002, CLOCK) is None


def test_heartbeat_carries_progress(waiting: Session) -> None:
    run = claimed(waiting)
    progress = RunProgress(1.0, 3, 8, {Goal.UNPLACED: 5}, {Goal.UNPLACED: 0})

    assert plan_attempts.heartbeat(waiting, run, progress, later(1))

    found = load_plans.run(waiting, P001)
    assert (found.progress, found.heartbeat_at) == (progress, later(1).real)


def test_run_that_is_done_has_its_draft(waiting: Session) -> None:
    run = claimed(waiting)

    assert plan_attempts.finish(waiting, run, DRAFT, later(3))

    found = load_plans.run(waiting, P001)
    assert (found.state, found.finished_at, found.error) == (RunState.DONE, later(3).real, None)
    assert found.progress == RunProgress(2.5, 0, 0, {Goal.UNPLACED: 0}, {})
    assert load_plans.draft_plan(waiting, P001) == DRAFT


def test_run_that_failed_says_why(waiting: Session) -> None:
    assert plan_attempts.fail(waiting, claimed(waiting), RunError.CRASHED, later(3))

    found = load_plans.run(waiting, P001)
    assert (found.state, found.error) == (RunState.FAILED, RunError.CRASHED)
    assert load_plans.draft_plan(waiting, P001) is None


@pytest.mark.parametrize("fails", [False, True])
def test_run_that_was_stopped_is_cancelled_and_keeps_its_best_plan(waiting: Session, fails: bool) -> None:
    run = claimed(waiting)
    save_plans.mark_cancelling(waiting, P001)
    waiting.commit()

    if fails:
        assert plan_attempts.fail(waiting, run, RunError.CRASHED, later(3), DRAFT)
    else:
        assert plan_attempts.finish(waiting, run, DRAFT, later(3))

    found = load_plans.run(waiting, P001)
    assert (found.state, found.error) == (RunState.CANCELLED, None)
    assert load_plans.draft_plan(waiting, P001) == DRAFT


def test_whoever_was_believed_dead_overwrites_nothing(waiting: Session) -> None:
    dead = claimed(waiting)
    assert plan_attempts.reap(waiting, later(31)) == Reaped((P001,), ())
    successor = claimed(waiting, 32)

    assert not plan_attempts.heartbeat(waiting, dead, None, later(33))
    assert not plan_attempts.finish(waiting, dead, DRAFT, later(33))
    assert not plan_attempts.fail(waiting, dead, RunError.CRASHED, later(33))
    assert not plan_attempts.put_back(waiting, dead, later(33))

    assert load_plans.run(waiting, P001) == successor
    assert load_plans.draft_plan(waiting, P001) is None
    assert plan_attempts.finish(waiting, successor, DRAFT, later(34))


def test_run_that_is_put_back_waits_as_before(waiting: Session) -> None:
    assert plan_attempts.put_back(waiting, claimed(waiting), later(1))

    found = load_plans.run(waiting, P001)
    assert (found.state, found.attempt, found.heartbeat_at) == (RunState.QUEUED, 0, None)
    assert claimed(waiting, 2).attempt == 1


def test_run_with_a_heartbeat_is_left_alone(waiting: Session) -> None:
    run = claimed(waiting)
    plan_attempts.heartbeat(waiting, run, None, later(20))

    assert plan_attempts.reap(waiting, later(50)) == Reaped((), ())
    assert plan_attempts.reap(waiting, later(51)) == Reaped((P001,), ())


def test_run_that_was_lost_three_times_is_given_up(waiting: Session) -> None:
    for attempt in range(2):
        claimed(waiting, attempt * 100)
        assert plan_attempts.reap(waiting, later(attempt * 100 + 50)) == Reaped((P001,), ())
    claimed(waiting, 200)

    assert plan_attempts.reap(waiting, later(250)) == Reaped((), (P001,))

    found = load_plans.run(waiting, P001)
    assert (found.state, found.error, found.attempt) == (RunState.FAILED, RunError.LOST, 3)


def test_run_that_was_lost_while_it_was_being_stopped_is_stopped(waiting: Session) -> None:
    claimed(waiting)
    save_plans.mark_cancelling(waiting, P001)
    waiting.commit()

    assert plan_attempts.reap(waiting, later(31)) == Reaped((), ())
    assert load_plans.run(waiting, P001).state is RunState.CANCELLED


def test_all_that_wait_are_named(waiting: Session) -> None:
    first = load_plans.run(waiting, P001)
    save_plans.new_run(waiting, replace(first, asked_at=later(5).real))
    waiting.commit()

    assert plan_attempts.reap(waiting, later(6)) == Reaped((P001, P002), ())
