"""Runs of the planner: asked for, looked at, stopped. `plan_attempts` has what those do who carry them out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from scheduler.core.arranging.drafting import Pin, drafted, pins_of
from scheduler.core.arranging.drafts import DraftStatus
from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.arranging.proposals import Arrangement
from scheduler.core.arranging.runs import PlanRun, RunProgress, RunState
from scheduler.core.ground import access
from scheduler.core.ground.access import OPERATOR, Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import CampaignId, PlanRunId
from scheduler.core.plans.placements import Plan
from scheduler.services.arranging import problem, rights
from scheduler.services.ground import journal
from scheduler.store import load, writing
from scheduler.store.arranging import load as load_plans
from scheduler.store.arranging import save as save_plans

_NEW = PlanRunId("")
_UNDER_WAY = (RunState.QUEUED, RunState.RUNNING)


@dataclass(frozen=True, slots=True)
class ListedRun:
    """A run as a list shows it."""

    run: PlanRun
    draft: DraftStatus | None
    """What became of its draft plan; None: there is none."""


def ask(session: Session, actor: Actor, options: ArrangeOptions, clock: Clock) -> PlanRun:
    """Ask for a run; the same that is still under way is given back when it is asked for twice.

    Raises what `problem.arrangement` raises: what cannot be asked is told at once.
    """
    return _ask(session, actor, options, (), None, clock)


def run_again(
    session: Session, actor: Actor, run_id: PlanRunId, clock: Clock, options: ArrangeOptions | None = None
) -> PlanRun:
    """Ask for the same again, or with other options: what is pinned in the draft stays, and the rest goes around it."""
    run = rights.changeable(session, actor, run_id)
    plan = load_plans.draft_plan(session, run_id)
    return _ask(session, actor, options or options_of(run), pins_of(plan) if plan else (), run_id, clock)


def options_of(run: PlanRun) -> ArrangeOptions:
    """What was asked."""
    options = run.request["options"]
    assert isinstance(options, dict)  # noqa: S101 - tells the types; `_ask` wrote it
    return ArrangeOptions.of(options)


def requested_pins(run: PlanRun) -> tuple[Pin, ...]:
    """What was pinned when it was asked."""
    pins = run.request.get("pins", [])
    assert isinstance(pins, list)  # noqa: S101 - tells the types; `_ask` wrote it
    return tuple(map(Pin.of, pins))


def listed(
    session: Session, actor: Actor, clock: Clock, limit: int = 100, campaign: CampaignId | None = None
) -> list[ListedRun]:
    """The latest runs that somebody may see, newest first; of the rule sets of a campaign, if one is named."""
    del clock  # every verb is given one
    access.require(actor, Action.SEE_PLANS)
    runs = rights.among(session, actor, load_plans.runs(session, limit=limit))
    if campaign is not None:
        theirs = {applied.id for applied in load.rule_set_rows(session) if applied.campaign == campaign}
        runs = [run for run in runs if run.rule_set in theirs]
    statuses = load_plans.draft_statuses(session, [run.id for run in runs])
    return [ListedRun(run, statuses.get(run.id)) for run in runs]


def listed_run(session: Session, actor: Actor, run_id: PlanRunId, clock: Clock) -> ListedRun:
    """One run, for those who watch it. Raises NotFound."""
    del clock  # every verb is given one
    run = rights.seen(session, actor, run_id)
    return ListedRun(run, load_plans.draft_statuses(session, [run_id]).get(run_id))


def pinned_count(session: Session, actor: Actor, run_id: PlanRunId, clock: Clock) -> int:
    """How many placements of a run's draft stay where they are when it is run again. Raises NotFound."""
    del clock  # every verb is given one
    rights.seen(session, actor, run_id)
    plan = load_plans.draft_plan(session, run_id)
    return len(pins_of(plan)) if plan else 0


@writing.verb
def cancel(session: Session, actor: Actor, run_id: PlanRunId, clock: Clock) -> PlanRun:
    """Stop a run: a queued one at once, one under way within about a second; one that is over stays as it is."""
    writing.begin(session)
    run = rights.changeable(session, actor, run_id)
    if run.state not in _UNDER_WAY or run.is_cancelling:
        session.rollback()
        return run
    over = replace(run, state=RunState.CANCELLED, is_cancelling=True, finished_at=clock.real)
    if not (run.state is RunState.QUEUED and save_plans.run(session, over, run)):
        save_plans.mark_cancelling(session, run_id)
    journal.note(session, actor, "cancelled", "plan", run_id, clock)
    return load_plans.run(session, run_id)


@writing.verb
def kept(
    session: Session, actor: Actor, arrangement: Arrangement, plan: Plan, options: ArrangeOptions, clock: Clock
) -> PlanRun:
    """Keep a plan that was made without the queue as a draft, as if a run had made it; `plan` is a finished one."""
    access.require(actor, Action.ARRANGE)
    # The draft names the rules as they are, whoever arranged: what readers may know of them is seen to when it is shown.
    talks = problem.arrangement(session, OPERATOR, options, clock).talks
    whole = replace(arrangement, talks={key: talks.get(key, talk) for key, talk in arrangement.talks.items()})
    writing.begin(session)
    progress = RunProgress(plan.seconds, len(plan.placements), arrangement.count, plan.values, plan.bounds)
    run = replace(
        _new_run(actor, arrangement, options, (), None, clock),
        state=RunState.DONE,
        attempt=1,
        claimed_at=clock.real,
        finished_at=clock.real,
        progress=progress,
    )
    run = save_plans.new_run(session, run)
    save_plans.draft_plan(session, drafted(run.id, whole, plan))
    journal.note(session, actor, "arranged", "plan", run.id, clock)
    return run


@writing.verb
def _ask(
    session: Session,
    actor: Actor,
    options: ArrangeOptions,
    pins: Sequence[Pin],
    again: PlanRunId | None,
    clock: Clock,
) -> PlanRun:
    """Write a queued row, unless the same is under way."""
    access.require(actor, Action.ARRANGE)
    arrangement = problem.arrangement(session, actor, options, clock)
    new = _new_run(actor, arrangement, options, pins, again, clock)
    writing.begin(session)
    for run in load_plans.runs(session, states=_UNDER_WAY):
        if (run.request, run.asked_by, run.is_cancelling) == (new.request, new.asked_by, False):
            session.rollback()
            return run
    run = save_plans.new_run(session, new)
    journal.note(session, actor, "asked", "plan", run.id, clock, rule_set=run.rule_set)
    return run


def _new_run(
    actor: Actor,
    arrangement: Arrangement,
    options: ArrangeOptions,
    pins: Sequence[Pin],
    again: PlanRunId | None,
    clock: Clock,
) -> PlanRun:
    """A run that is not written yet. The rule set is named, so that another that leads by then changes nothing."""
    rule_set = arrangement.facts.rule_set
    request = {
        "options": replace(options, rule_set=rule_set).document(),
        "pins": [pin.document() for pin in pins],
        "again": again,
    }
    progress = RunProgress(of=arrangement.count)
    real = clock.real.replace(microsecond=0)
    return PlanRun(_NEW, RunState.QUEUED, request, journal.name_of(actor), real, rule_set, progress=progress)
