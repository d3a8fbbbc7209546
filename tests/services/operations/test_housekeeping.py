"""What has to be done from time to time."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.arranging.runs import PlanRun, RunState
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Busy
from scheduler.core.ground.ids import PersonId, PlanRunId
from scheduler.services.accounts import register as accounts
from scheduler.services.accounts import sign_ins
from scheduler.services.accounts.sign_ins import Lifetime
from scheduler.services.operations import housekeeping
from scheduler.store.accounts.rows import PasswordLinkRow, SignInRow
from scheduler.store.arranging import save as save_plans
from scheduler.store.operations.rows import HeartbeatRow
from tests.small_organisation import CLOCK, GOOD, an_account, later

LIFETIME = Lifetime(timedelta(hours=8), timedelta(days=7))


def test_a_background_process_is_known_by_its_last_beat(organisation: Session, database: str) -> None:
    for seconds in (0, 60):
        housekeeping.heartbeat(database, "worker", later(seconds))

    (beat,) = organisation.scalars(select(HeartbeatRow)).all()
    assert (beat.name, beat.at) == ("worker", later(60).real)


def test_everything_that_is_over_is_cleared_away(organisation: Session, database: str) -> None:
    an_account(organisation)
    sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)
    accounts.add(organisation, OPERATOR, CLOCK, person=PersonId("p02"))

    housekeeping.purge(database, LIFETIME, later(7 * 24 * 3600))

    organisation.rollback()
    assert organisation.scalars(select(SignInRow.digest)).all() == []
    assert organisation.scalars(select(PasswordLinkRow.digest)).all() == []


def test_a_job_that_finds_others_writing_waits_for_the_next_round(organisation: Session, database: str) -> None:
    tried: list[Clock] = []

    def job(_: Session, clock: Clock) -> None:
        tried.append(clock)
        raise Busy

    housekeeping._do(database, job, CLOCK)

    assert tried == [CLOCK]
    with pytest.raises(ZeroDivisionError):
        housekeeping._do(database, lambda *_: 1 / 0, CLOCK)


def test_runs_that_wait_are_found(organisation: Session, database: str) -> None:
    run = PlanRun(PlanRunId(""), RunState.QUEUED, {"options": {}}, "p22", CLOCK.real)
    save_plans.new_run(organisation, run)
    organisation.commit()

    assert housekeeping.waiting_runs(database, CLOCK) == ("P001",)
