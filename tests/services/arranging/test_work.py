"""Carrying runs out: a real process solves, by a planner as simple as can be; on both databases."""

import sys
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.arranging.drafts import DraftPlan
from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.arranging.runs import PlanRun, RunError, RunState
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Busy
from scheduler.core.ground.ids import PlanRunId, RoomId
from scheduler.core.plans.placements import PlanStatus
from scheduler.services.arranging import attempts as plan_attempts
from scheduler.services.arranging import drafts as draft_plans
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.arranging import work as plan_work
from scheduler.services.arranging.work import RunSetting, carry_out
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.store.arranging import load as load_plans
from scheduler.store.arranging import save as save_plans
from scheduler.store.arranging.rows import PlanRunRow
from tests.builders import at
from tests.services import planned
from tests.services.planned import CLOCK, ORGANIZER, a_run

P001 = PlanRunId("P001")
BEGINS = """
import os, sys, time
from dataclasses import replace
from scheduler.solver.frames import read, write
from scheduler.solver.watch import Progress
from tests import first_fit
asked = read(sys.stdin.buffer)
plan = first_fit.plan(asked.problem)
write(sys.stdout.buffer, Progress(0.5, 8, 8, plan.values, {}, plan))
"""


def that(does: str) -> tuple[str, ...]:
    """A process that tells of a plan, and then does something."""
    return (sys.executable, "-c", BEGINS + does)


ANSWERS = that("write(sys.stdout.buffer, plan)")


@pytest.fixture
def campaign(sample_session: Session) -> Session:
    planned.a_campaign(sample_session)
    return sample_session


def here(address: str, words: tuple[str, ...] = ANSWERS) -> RunSetting:
    return RunSetting(address, lambda: CLOCK, words=words)


def after(session: Session) -> tuple[PlanRun, DraftPlan | None]:
    session.rollback()
    return load_plans.run(session, P001), load_plans.draft_plan(session, P001)


def test_run_ends_as_a_draft(campaign: Session, sample_database: str) -> None:
    a_run(campaign)

    carry_out(P001, here(sample_database))

    run, draft = after(campaign)
    assert (run.state, run.attempt, run.progress.placed, run.progress.of) == (RunState.DONE, 1, 8, 8)
    assert draft is not None
    assert len(draft.placements) == 8


def test_run_is_carried_out_once(campaign: Session, sample_database: str) -> None:
    a_run(campaign)
    carry_out(P001, here(sample_database))
    before = after(campaign)

    carry_out(P001, here(sample_database))
    carry_out(PlanRunId("P009"), here(sample_database))

    assert after(campaign) == before


def test_run_goes_around_the_pins_of_a_draft(campaign: Session, sample_database: str) -> None:
    a_run(campaign)
    carry_out(P001, here(sample_database))
    draft_plans.move(campaign, ORGANIZER, P001, 1, BookingChange(at("2014-08-14T15:30"), room=RoomId("R02")), CLOCK)
    again = plan_runs.run_again(campaign, ORGANIZER, P001, CLOCK)

    carry_out(again.id, here(sample_database))

    found = load_plans.draft_plan(campaign, again.id)
    assert found is not None
    (pinned,) = (one for one in found.placements if one.is_pinned)
    assert (pinned.start, pinned.room) == (at("2014-08-14T15:30"), "R02")
    assert len(found.placements) == 8


@pytest.mark.parametrize("start", ["2014-08-13T10:10", "2014-08-13T12:00", "2014-08-16T10:00", "2014-08-30T10:00"])
def test_solver_goes_around_a_pin_wherever_it_is(campaign: Session, sample_database: str, start: str) -> None:
    """Between two steps, over lunch, on a Saturday, after the window; by the real solver."""
    a_run(campaign)
    carry_out(P001, here(sample_database))
    draft_plans.move(campaign, ORGANIZER, P001, 1, BookingChange(at(start), 50), CLOCK)
    again = plan_runs.run_again(campaign, ORGANIZER, P001, CLOCK)

    carry_out(again.id, RunSetting(sample_database, lambda: CLOCK))

    found = load_plans.draft_plan(campaign, again.id)
    assert found is not None
    (pin,) = (one for one in found.placements if one.is_pinned)
    assert (pin.start, pin.minutes) == (at(start), 50)
    assert (found.plan_status, len(found.placements), found.unplaced) == (PlanStatus.OPTIMAL, 8, ())


def test_what_cannot_be_asked_any_more_fails(campaign: Session, sample_database: str) -> None:
    a_run(campaign)
    gone = ArrangeOptions(rooms=(RoomId("R99"),)).document()
    campaign.scalars(select(PlanRunRow)).one().asked = {"options": gone}
    campaign.commit()

    carry_out(P001, here(sample_database))

    run, draft = after(campaign)
    assert (run.state, run.error, draft) == (RunState.FAILED, RunError.REFUSED, None)


def test_solver_that_crashes_fails_the_run_and_its_best_plan_is_kept(campaign: Session, sample_database: str) -> None:
    a_run(campaign)

    carry_out(P001, here(sample_database, that("os.kill(os.getpid(), 9)")))

    run, draft = after(campaign)
    assert (run.state, run.error) == (RunState.FAILED, RunError.CRASHED)
    assert draft is not None
    assert len(draft.placements) == 8


def test_solver_that_never_began_leaves_nothing(campaign: Session, sample_database: str) -> None:
    a_run(campaign)

    carry_out(P001, here(sample_database, (sys.executable, "-c", "raise SystemExit(1)")))

    run, draft = after(campaign)
    assert (run.state, run.error, draft) == (RunState.FAILED, RunError.CRASHED, None)


@pytest.mark.parametrize("ends", ["", "os._exit(1)"])
def test_unsound_plan_is_kept_from_everybody(campaign: Session, sample_database: str, ends: str) -> None:
    """Everybody at once in one room, as a solver with a bug would have it."""
    a_run(campaign)
    wrong = "placed = tuple(replace(one, start=plan.placements[0].start) for one in plan.placements)\n"
    tells = "write(sys.stdout.buffer, Progress(1.0, 8, 8, {}, {}, replace(plan, placements=placed)))\n" + ends
    answers = "write(sys.stdout.buffer, replace(plan, placements=placed))"

    carry_out(P001, here(sample_database, that(wrong + (tells if ends else answers))))

    run, draft = after(campaign)
    assert (run.state, run.error, draft) == (RunState.FAILED, RunError.UNSOUND, None)


def test_run_that_is_stopped_keeps_the_best_plan(
    campaign: Session, sample_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_work, "TELL_EVERY", 0.0)
    a_run(campaign)
    beats = plan_attempts.heartbeat

    def stopping(session: Session, run: PlanRun, *rest: object) -> bool:
        goes_on = beats(session, run, *rest)  # type: ignore[arg-type]
        save_plans.mark_cancelling(session, P001)
        session.commit()
        return goes_on

    monkeypatch.setattr("scheduler.services.arranging.attempts.heartbeat", stopping)
    carry_out(P001, here(sample_database, that("time.sleep(60)")))

    run, draft = after(campaign)
    assert (run.state, run.error, run.progress.placed) == (RunState.CANCELLED, None, 8)
    assert draft is not None


def test_run_is_left_to_others_when_we_are_to_stop(campaign: Session, sample_database: str) -> None:
    a_run(campaign)

    carry_out(P001, RunSetting(sample_database, lambda: CLOCK, lambda: True, that("time.sleep(60)")))

    run, draft = after(campaign)
    assert (run.state, run.attempt, draft) == (RunState.QUEUED, 0, None)


def test_run_that_another_has_taken_over_is_let_go(
    campaign: Session, sample_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_work, "TELL_EVERY", 0.0)
    a_run(campaign)

    def clock() -> Clock:
        found = load_plans.run(campaign, P001)
        if found.state is RunState.RUNNING and found.attempt == 1:
            assert save_plans.run(campaign, replace(found, attempt=2), found)
        campaign.commit()
        return CLOCK

    carry_out(P001, RunSetting(sample_database, clock, words=that("time.sleep(60)")))

    run, draft = after(campaign)
    assert (run.state, run.attempt, draft) == (RunState.RUNNING, 2, None)


def test_database_that_is_away_for_a_moment_ends_nothing(
    campaign: Session, sample_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_work, "TELL_EVERY", 0.0)
    a_run(campaign)

    def away(*_: object) -> bool:
        raise Busy

    monkeypatch.setattr("scheduler.services.arranging.attempts.heartbeat", away)
    carry_out(P001, here(sample_database))

    assert after(campaign)[0].state is RunState.DONE
