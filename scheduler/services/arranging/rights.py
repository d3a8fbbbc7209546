"""Whose runs of the planner and draft plans somebody may see, and change."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from scheduler.core.arranging.runs import PlanRun
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor, Role
from scheduler.core.ground.errors import NotAllowed, NotFound
from scheduler.core.ground.ids import GroupId, PlanRunId, RuleSetId
from scheduler.store import load
from scheduler.store.arranging import load as load_plans

_SEE_ALL = (Role.OPERATOR, Role.ORGANIZER, Role.PRINCIPAL, Role.SUPERVISOR)


def seen(session: Session, actor: Actor, run_id: PlanRunId) -> PlanRun:
    """A run that somebody may see. Raises NotFound if there is none, or they may not know of it."""
    access.require(actor, Action.SEE_PLANS)
    run = load_plans.run(session, run_id)
    if not among(session, actor, [run]):
        raise NotFound("plan", run_id)
    return run


def changeable(session: Session, actor: Actor, run_id: PlanRunId) -> PlanRun:
    """A run that somebody may change. Raises NotFound, or NotAllowed if they may only look."""
    run = seen(session, actor, run_id)
    access.require(actor, Action.ARRANGE)
    is_own = access.may(actor, Action.BOOK) or _branch_of(session).get(run.rule_set) in actor.branches
    if not is_own:
        raise NotAllowed(Action.ARRANGE)
    return run


def among(session: Session, actor: Actor, runs: Iterable[PlanRun]) -> list[PlanRun]:
    """Those that somebody may see."""
    if actor.has(*_SEE_ALL):
        return list(runs)
    branches = _branch_of(session)
    return [run for run in runs if branches.get(run.rule_set) in actor.branches]


def _branch_of(session: Session) -> dict[RuleSetId | None, GroupId | None]:
    """The branch of each rule set that is for one."""
    return {applied.id: applied.branch for applied in load.rule_set_rows(session) if applied.branch}
