"""What the tests of draft plans begin with: the sample with 四必谈 applied on 2014-08-01, and a plan of its eight open talks."""

from datetime import timedelta

from sqlalchemy.orm import Session

from scheduler.core.arranging.drafting import pinned
from scheduler.core.arranging.drafts import DraftPlan
from scheduler.core.arranging.options import MAX_SECONDS, ArrangeOptions
from scheduler.core.arranging.runs import PlanRun
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.clock import Clock
from scheduler.services.arranging import attempts as plan_attempts
from scheduler.services.arranging import problem as arranging
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.arranging import work as plan_work
from scheduler.services.rules import sets as rules
from scheduler.store.arranging import load as load_plans
from tests import first_fit
from tests.builders import REAL, a_clock, an_actor, at

CLOCK = a_clock()
FOUR = "cn.four-must-talks-extended"
ORGANIZER = an_actor("p22", Role.ORGANIZER)
SUPERVISOR = an_actor("s01", Role.SUPERVISOR)
MEMBER = an_actor("p40", Role.MEMBER)
SECRETARY = an_actor("p12", Role.MEMBER, Role.BRANCH_ORGANIZER, branches=["B1"], members=["p11", "p12"])


def later(seconds: float) -> Clock:
    """The clock, so many seconds on."""
    return Clock(at("2014-08-01T08:00") + timedelta(seconds=seconds), REAL + timedelta(seconds=seconds))


def a_campaign(session: Session) -> None:
    rules.apply(session, OPERATOR, FOUR, None, CLOCK)


def a_run(session: Session, actor: Actor = ORGANIZER, **options: object) -> PlanRun:
    """A run that was asked for, with time enough on any machine."""
    return plan_runs.ask(session, actor, ArrangeOptions(**{"seconds": MAX_SECONDS, **options}), CLOCK)  # type: ignore[arg-type]


def carried_out(session: Session, run: PlanRun, clock: Clock = CLOCK) -> DraftPlan:
    """The draft of a run, after somebody without much of a planner carried it out."""
    claimed = plan_attempts.claim(session, run.id, clock)
    assert claimed is not None
    assert plan_attempts.finish(session, claimed, proposed(session, run, clock), clock)
    found = load_plans.draft_plan(session, run.id)
    assert found is not None
    return found


def proposed(session: Session, run: PlanRun, clock: Clock = CLOCK) -> DraftPlan:
    """What somebody without much of a planner makes of a run; nothing is kept."""
    pins = plan_runs.requested_pins(run)
    arrangement = pinned(arranging.arrangement(session, OPERATOR, plan_runs.options_of(run), clock), pins)
    return plan_work.draft_of(run.id, arrangement, first_fit.plan(arrangement.problem), pins)


def a_draft(session: Session, **options: object) -> DraftPlan:
    """The draft of a run that was asked for and carried out."""
    return carried_out(session, a_run(session, **options))
