"""Runs of the planner and draft plans: asked for, watched, stopped, changed, released, discarded."""

from dataclasses import replace
from typing import Annotated

from flask import Response
from pydantic import Field

from config import Language
from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import CampaignQuery, Day, LocalTime, Minutes, Name, Taken, Version
from scheduler.api.reading import campaign, day, moment
from scheduler.core.arranging.options import (
    MAX_MINUTES,
    MAX_SECONDS,
    MAX_SEED,
    MAX_TALKS_A_DAY,
    MAX_TALKS_A_WEEK,
    MIN_GRID_MINUTES,
    ArrangeOptions,
)
from scheduler.core.arranging.runs import PlanRun
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import PlanRunId, RoomId, RuleSetId
from scheduler.services.arranging import drafts as draft_plans
from scheduler.services.arranging import queue as plan_queue
from scheduler.services.arranging import release as plan_release
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.arranging.runs import ListedRun
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.services.rules import sets as rule_sets
from scheduler.shapes.arranging import DecidedModel, PlanModel, ReleasedModel, RunListModel, RunModel

# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
USUAL = ArrangeOptions()


class ArrangeBody(Taken):
    """What is to be arranged; whatever is left out follows from the facts."""

    rule_set: Name | None = Field(None, description="Left out: the leading one")
    as_of: Day | None = None
    first: Day | None = Field(None, alias="from", description="Left out: as soon as there is notice enough")
    last: Day | None = Field(None, alias="to", description="Left out: the end of the window")
    grid: Annotated[int, Field(ge=MIN_GRID_MINUTES, le=MAX_MINUTES, strict=True)] = USUAL.grid
    minutes: Annotated[int, Field(ge=1, le=MAX_MINUTES, strict=True)] = USUAL.minutes
    rooms: Annotated[list[Name], Field(max_length=500)] | None = Field(None, description="Left out: those for talks")
    optional: bool = False
    fewest_changes: bool = Field(default=False, description="Booked talks may move where they have to")
    max_talks_per_day: Annotated[int, Field(ge=1, le=MAX_TALKS_A_DAY, strict=True)] | None = Field(
        None, description="Left out: three, or as many people as a rule lets somebody meet on one single day"
    )
    max_talks_per_half_day: Annotated[int, Field(ge=1, le=MAX_TALKS_A_DAY, strict=True)] | None = Field(
        None, description="Before noon, and from noon on; left out: any number"
    )
    max_talks_per_week: Annotated[int, Field(ge=1, le=MAX_TALKS_A_WEEK, strict=True)] | None = Field(
        None, description="From Monday to Sunday; left out: any number"
    )
    seconds: Annotated[int, Field(ge=1, le=MAX_SECONDS, strict=True)] = USUAL.seconds
    seed: Annotated[int, Field(ge=0, le=MAX_SEED, strict=True)] = USUAL.seed


class AgainBody(Taken):
    """With which options to run again; left out: with those of the first time."""

    options: ArrangeBody | None = None


class PlacementBody(Taken):
    """Where a placement shall be, and whether it stays there; whatever is left out stays as it is."""

    start: LocalTime | None = None
    minutes: Minutes | None = None
    room: Annotated[str, Field(max_length=64)] | None = Field(None, description="Empty: no room any more")
    pinned: bool | None = Field(None, description="A placement that is moved is pinned")
    version: Version | None = Field(None, description="The draft's, as one has seen it")


class ReleaseBody(Taken):
    """How to release."""

    only_what_fits: bool = Field(default=False, description="Book the rest when something does not fit any more")
    version: Version | None = Field(None, description="The draft's, as one has seen it")


class PlanQuery(Taken):
    """Whether each placement is checked on today's calendar."""

    check: bool = False
    lang: Language | None = None


# ── Endpoints ────────────────────────────────────────────────────────────────────────────────────────────────────────
@api.get("/plans")
@api.input(CampaignQuery, location="query", arg_name="query")
@api.output(RunListModel)
@edge.policy(Action.SEE_PLANS)
def list_plans(query: CampaignQuery) -> Response:
    """The latest runs of the planner, newest first: for the rules of a campaign, or all of them."""
    runs = plan_runs.listed(edge.session(), edge.actor(), edge.clock(), campaign=campaign(query.campaign))
    return document(RunListModel.of({"plans": runs}))


@api.post("/plans")
@api.input(CampaignQuery, location="query", arg_name="query")
@api.input(ArrangeBody, arg_name="body")
@api.output(RunModel, status_code=202)
@edge.policy(Action.ARRANGE)
def ask_for_plan(query: CampaignQuery, body: ArrangeBody) -> Response:
    """Ask the planner to arrange what is open in a campaign; watch the run until it is done.

    The same question that is still under way is answered with its run.
    """
    options, wished = _options(body), campaign(query.campaign)
    if wished and options.rule_set is None:
        leading = rule_sets.leading(edge.session(), wished, options.as_of, edge.clock())
        if leading is None:
            raise NotFound("rule_set", "")
        options = replace(options, rule_set=leading)
    return _queued(plan_runs.ask(edge.session(), edge.actor(), options, edge.clock()))


@api.get("/plans/<run_id>")
@api.input(PlanQuery, location="query", arg_name="query")
@api.output(PlanModel)
@edge.policy(Action.SEE_PLANS)
def show_plan(run_id: str, query: PlanQuery) -> Response:
    """A run: how far it is; and its draft plan, once there is one."""
    return _shown(PlanRunId(run_id), is_checked=query.check)


@api.post("/plans/<run_id>/again")
@api.input(AgainBody, arg_name="body")
@api.output(RunModel, status_code=202)
@edge.policy(Action.ARRANGE)
def run_plan_again(run_id: str, body: AgainBody) -> Response:
    """Run again around what is pinned in the draft."""
    options = _options(body.options) if body.options else None
    return _queued(plan_runs.run_again(edge.session(), edge.actor(), PlanRunId(run_id), edge.clock(), options))


@api.post("/plans/<run_id>/cancel")
@api.output(RunModel)
@edge.policy(Action.ARRANGE)
def cancel_plan(run_id: str) -> Response:
    """Stop a run; the best plan it has by then is kept."""
    plan_runs.cancel(edge.session(), edge.actor(), PlanRunId(run_id), edge.clock())
    return document(RunModel.of(plan_runs.listed_run(edge.session(), edge.actor(), PlanRunId(run_id), edge.clock())))


@api.patch("/plans/<run_id>/placements/<int:number>")
@api.input(PlacementBody, arg_name="body")
@api.output(PlanModel)
@edge.policy(Action.ARRANGE)
def change_placement(run_id: str, number: int, body: PlacementBody) -> Response:
    """Move a placement of a draft by hand, pin it, or let it go again.

    A move is checked on today's calendar and against the rest of the draft.
    """
    the_id, version = PlanRunId(run_id), body.version
    if body.start or body.minutes or body.room is not None:
        change = BookingChange(
            moment(body.start, "start", edge.zone()) if body.start else None,
            body.minutes,
            None if body.room is None else RoomId(body.room),
            version=version,
        )
        moved = draft_plans.move(edge.session(), edge.actor(), the_id, number, change, edge.clock())
        version = moved.plan.version
    if body.pinned is not None:
        draft_plans.pin(
            edge.session(), edge.actor(), the_id, [number], edge.clock(), is_pinned=body.pinned, version=version
        )
    return _shown(the_id)


@api.post("/plans/<run_id>/release")
@api.input(ReleaseBody, arg_name="body")
@api.output(ReleasedModel)
@edge.policy(Action.ARRANGE)
def release_plan(run_id: str, body: ReleaseBody) -> Response:
    """Put a draft on the calendar, all in one go, each placement checked again; or be told what no longer fits."""
    done = plan_release.release(
        edge.session(),
        edge.actor(),
        PlanRunId(run_id),
        edge.clock(),
        only_what_fits=body.only_what_fits,
        version=body.version,
    )
    return document(ReleasedModel.of(done, reader()))


@api.post("/plans/<run_id>/discard")
@api.output(DecidedModel)
@edge.policy(Action.ARRANGE)
def discard_plan(run_id: str) -> Response:
    """Put a draft aside for good."""
    plan = draft_plans.discard(edge.session(), edge.actor(), PlanRunId(run_id), edge.clock())
    return document(DecidedModel.of(plan))


def _options(body: ArrangeBody) -> ArrangeOptions:
    """What is asked, as a value."""
    return ArrangeOptions(
        rule_set=RuleSetId(body.rule_set) if body.rule_set else None,
        as_of=day(body.as_of, "as_of"),
        first=day(body.first, "from"),
        last=day(body.last, "to"),
        grid=body.grid,
        minutes=body.minutes,
        rooms=tuple(map(RoomId, body.rooms)) if body.rooms is not None else None,
        with_optional=body.optional,
        fewest_changes=body.fewest_changes,
        max_talks_per_day=body.max_talks_per_day,
        max_talks_per_half_day=body.max_talks_per_half_day,
        max_talks_per_week=body.max_talks_per_week,
        seconds=body.seconds,
        seed=body.seed,
    )


def _queued(run: PlanRun) -> Response:
    """Tell the background process of a run, and answer with it."""
    plan_queue.send(edge.settings().queue, run.id)
    return document(RunModel.of(ListedRun(run, None)), 202)


def _shown(run_id: PlanRunId, *, is_checked: bool = False) -> Response:
    """A run with its draft, if there is one."""
    listed = plan_runs.listed_run(edge.session(), edge.actor(), run_id, edge.clock())
    if listed.draft is None:
        return document(PlanModel.of(listed))
    shown_plan = draft_plans.shown(edge.session(), edge.actor(), run_id, edge.clock(), with_findings=is_checked)
    return document(PlanModel.shown(shown_plan, reader()))
