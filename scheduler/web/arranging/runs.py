"""Runs of the planner: the list of them with their drafts, watching one, stopping it, asking again."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.arranging.runs import RunState
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import PlanRunId
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.arranging.runs import ListedRun
from scheduler.web.arranging import drafts, pages
from scheduler.web.arranging.forms import begun
from scheduler.web.arranging.gauges import Gauge, gauges
from scheduler.web.arranging.lines import RunLine, blocks, line_of, may_change
from scheduler.web.page import facts
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.wording.plan_quality import Quality

LONG_WAIT = timedelta(seconds=20)
"""A run that waits longer has perhaps nobody to carry it out."""


@dataclass(frozen=True, slots=True)
class RunPage:
    """What the page of a run prints that has no draft (yet)."""

    line: RunLine
    is_over: bool
    is_stopping: bool
    seconds: int
    most_seconds: int
    said: list[Gauge]
    """How good the best plan so far is, and the limit."""
    error: str
    waits_long: bool
    may_change: bool


@pages.get("/plans")
@edge.policy(Action.SEE_PLANS)
def plans() -> ResponseReturnValue:
    """All runs that the visitor may see, the latest first."""
    names = facts.names()
    runs = plan_runs.listed(edge.session(), edge.actor(), edge.clock())
    return render_template("arranging/runs.html", lines=[line_of(run, names) for run in runs])


@pages.get("/plans/<run_id>")
@edge.policy(Action.SEE_PLANS)
def plan(run_id: str) -> ResponseReturnValue:
    """A run: how far it is; its draft, once there is one. A part that script asks for is left for the draft by itself."""
    listed = plan_runs.listed_run(edge.session(), edge.actor(), PlanRunId(run_id), edge.clock())
    if "HX-Request" in request.headers and listed.run.state.is_over:
        return Response(status=200, headers={"HX-Refresh": "true"})
    if listed.draft is not None:
        return drafts.draft_page(listed)
    return render_template("arranging/run.html", page=_run_page(listed))


@pages.post("/plans/<run_id>/cancel")
@edge.policy(Action.ARRANGE)
def cancel_plan(run_id: str) -> ResponseReturnValue:
    """Stop a run."""
    run = plan_runs.cancel(edge.session(), edge.actor(), PlanRunId(run_id), edge.clock())
    flash(_("已停止。") if run.state is RunState.CANCELLED else _("正在停止，一秒左右。"), "good")
    return redirect(url_for("arranging.plan", run_id=run_id), 303)


@pages.post("/plans/<run_id>/again")
@edge.policy(Action.ARRANGE)
@once
def run_plan_again(run_id: str) -> ResponseReturnValue:
    """Ask for the same again, around what is pinned by now."""
    return begun(plan_runs.run_again(edge.session(), edge.actor(), PlanRunId(run_id), edge.clock()).id)


def _run_page(listed: ListedRun) -> RunPage:
    run, real = listed.run, edge.clock().real
    progress = run.progress
    options = plan_runs.options_of(run)
    quality = Quality(
        progress.of,
        progress.of - progress.placed,
        progress.values,
        progress.bounds,
        blocks(),
        options.grid,
    )
    return RunPage(
        line=line_of(listed, facts.names()),
        is_over=run.state.is_over,
        is_stopping=run.is_cancelling and not run.state.is_over,
        seconds=int((real - (run.claimed_at or run.asked_at)).total_seconds()),
        most_seconds=options.seconds,
        said=gauges(quality) if progress.values else [],
        error=wording.label(f"run:{run.error}", edge.lang()) if run.error else "",
        waits_long=run.state is RunState.QUEUED and real - run.asked_at > LONG_WAIT,
        may_change=may_change(run),
    )
