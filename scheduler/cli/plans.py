"""plans list, show, release, discard, cancel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.core.arranging.drafts import DraftUnplaced
from scheduler.core.ground.ids import PlanRunId
from scheduler.core.plans.placements import TOGETHER, together
from scheduler.services.arranging import drafts as draft_plans
from scheduler.services.arranging import release as plan_release
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.arranging.drafts import PlacementDifference, ShownPlan
from scheduler.services.arranging.release import DoesNotFit, Misfit, Release
from scheduler.services.arranging.runs import ListedRun
from scheduler.services.ground import organisation
from scheduler.wording.arranging import NameOf, reason_text, repair_text
from scheduler.wording.readers import local, names

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DONE, REFUSED = 0, 1


@click.group("plans", cls=CommandGroup, help="排期草案")
def plans() -> None:
    """What the planner proposed, until it is released or discarded."""


@plans.command("list", cls=Command, help="全部排期，最新的在前")
@click.pass_obj
def list_(call: Call) -> None:
    """All runs that one may see."""
    with call.opened() as (session, actor):
        runs = plan_runs.listed(session, actor, call.clock)

    def lines() -> Iterator[str]:
        head = call.heads("编号 | 状态 | 草案 | 已排 | 方案 | 请求人 | 请求时间")
        yield from printing.table(head, [_row(run, call) for run in runs])

    call.answer(lambda: [shapes.arranging.RunModel.of(listed) for listed in runs], lines)


@plans.command("show", cls=Command, help="一个草案：改动、未排及原因")
@click.argument("run_id", metavar="ID")
@option("--check", "is_checked", is_flag=True, help="逐项对照今天的日程")
@click.pass_obj
def show(call: Call, run_id: str, is_checked: bool) -> None:
    """A run, and its draft if there is one."""
    with call.opened() as (session, actor):
        listed = plan_runs.listed_run(session, actor, PlanRunId(run_id), call.clock)
        if listed.draft is None:
            call.answer(lambda: shapes.arranging.PlanModel.of(listed), lambda: _lines_of_run(listed, call))
            return
        shown_plan = draft_plans.shown(session, actor, PlanRunId(run_id), call.clock, with_findings=is_checked)
        zone = organisation.zone(session)
    call.answer(
        lambda: shapes.arranging.PlanModel.shown(shown_plan, call.reader(zone)),
        lambda: _lines(shown_plan, listed, zone, call),
    )


@plans.command("release", cls=Command, help="发布：逐项复核后一次写入日程")
@click.argument("run_id", metavar="ID")
@option("--only-what-fits", is_flag=True, help="有冲突的留下，其余写入")
@click.pass_obj
def release(call: Call, run_id: str, only_what_fits: bool) -> int:
    """Put a draft on the calendar, or say what no longer fits."""
    with call.opened() as (session, actor):
        try:
            done = plan_release.release(session, actor, PlanRunId(run_id), call.clock, only_what_fits=only_what_fits)
        except DoesNotFit as no:
            left = no.misfits
            call.answer(
                lambda: shapes.arranging.ReleasedModel.refused(PlanRunId(run_id), left, call.reader()),
                lambda: _lines_of_misfits(left, call),
            )
            return REFUSED
    call.answer(lambda: shapes.arranging.ReleasedModel.of(done, call.reader()), lambda: _lines_of_release(done, call))
    return DONE


@plans.command("discard", cls=Command, help="放弃草案")
@click.argument("run_id", metavar="ID")
@click.pass_obj
def discard(call: Call, run_id: str) -> None:
    """Put a draft aside for good."""
    with call.opened() as (session, actor):
        plan = draft_plans.discard(session, actor, PlanRunId(run_id), call.clock)
    call.answer(
        lambda: shapes.arranging.DecidedModel.of(plan), lambda: [call.say("%(run_id)s 已放弃。", run_id=run_id)]
    )


@plans.command("cancel", cls=Command, help="停止排期")
@click.argument("run_id", metavar="ID")
@click.pass_obj
def cancel(call: Call, run_id: str) -> None:
    """Stop a run that is queued or under way; its best plan so far is kept."""
    with call.opened() as (session, actor):
        plan_runs.cancel(session, actor, PlanRunId(run_id), call.clock)
        listed = plan_runs.listed_run(session, actor, PlanRunId(run_id), call.clock)
    call.answer(lambda: shapes.arranging.RunModel.of(listed), lambda: _lines_of_run(listed, call))


# ── What is said ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _row(listed: ListedRun, call: Call) -> tuple[object, ...]:
    """A run on one line of the list."""
    run = listed.run
    return (
        run.id,
        wording.label(f"run:{run.state}", call.lang),
        wording.label(f"plan:{listed.draft}", call.lang) if listed.draft else "",
        f"{run.progress.placed}/{run.progress.of}",
        run.rule_set or "",
        run.asked_by,
        f"{run.asked_at:%Y-%m-%d %H:%M}",
    )


def _lines_of_run(listed: ListedRun, call: Call) -> Iterator[str]:
    """How far a run is."""
    run = listed.run
    state = wording.label(f"run:{run.state}", call.lang)
    if run.is_cancelling and not run.state.is_over:
        state += call.say("（正在停止）")
    yield f"{run.id}  {state}  {run.progress.placed}/{run.progress.of}"
    if run.error:
        yield wording.label(f"run:{run.error}", call.lang)


def _lines(shown_plan: ShownPlan, listed: ListedRun, zone: ZoneInfo, call: Call) -> Iterator[str]:
    """A draft: how good it is, its placements, what has no place."""
    plan, name_of = shown_plan.plan, names(shown_plan.roster, shown_plan.rooms, call.lang)
    yield from _lines_of_run(listed, call)
    status, quality = (wording.label(f"plan:{code}", call.lang) for code in (plan.status, plan.plan_status))
    yield f"{status}  {quality}"
    if plan.binding:
        yield reason_text(plan.binding, name_of, call.lang)
    head = call.heads("号 | 开始 | 分钟 | 场地 | 人员 | 依据 | 变动")
    yield ""
    yield from printing.table(
        head, [_placement(difference, name_of, zone, call) for difference in shown_plan.differences]
    )
    for difference in shown_plan.differences:
        for finding in (*difference.findings.blocking, *difference.findings.warnings):
            yield f"{difference.placement.number}: {wording.text(finding, call.lang)}"
    for unplaced in plan.unplaced:
        yield from _lines_of_unplaced(unplaced, name_of, call)
    if joint := together(repair for unplaced in plan.unplaced for repair in unplaced.repairs):
        yield f"⇒ {repair_text(joint, name_of, call.lang)}"


def _placement(difference: PlacementDifference, name_of: NameOf, zone: ZoneInfo, call: Call) -> tuple[object, ...]:
    """A placement on one line."""
    placement = difference.placement
    change = call.say("新")
    if difference.before:
        before = local(difference.before.span.start, zone).replace("T", " ")
        change = call.say("%(id)s 由 %(before)s 移来", id=difference.before.id, before=before)
    pinned = call.say("（固定）") if placement.is_pinned else ""
    return (
        placement.number,
        local(placement.start, zone).replace("T", " "),
        placement.minutes,
        name_of(placement.room) if placement.room else "",
        call.joined(map(name_of, placement.people)),
        call.joined(placement.rules),
        change + pinned,
    )


def _lines_of_unplaced(unplaced: DraftUnplaced, name_of: NameOf, call: Call) -> Iterator[str]:
    """What has no place, why, and what would help."""
    yield ""
    people, rules = call.joined(map(name_of, unplaced.people)), call.joined(unplaced.rules)
    yield call.say("未排：%(people)s  %(rules)s", people=people, rules=rules)
    for reason in unplaced.reasons:
        yield f"  {reason_text(reason, name_of, call.lang)}"
    singles = (repair for repair in unplaced.repairs if repair.kind != TOGETHER)
    yield from (f"  → {repair_text(repair, name_of, call.lang)}" for repair in singles)


def _lines_of_release(done: Release, call: Call) -> Iterator[str]:
    """What is on the calendar now, and what is not."""
    ids = call.joined(booked.booking.id for booked in done.booked)
    yield call.say("已写入日程 %(count)s 项：%(ids)s", count=len(done.booked), ids=ids)
    yield from _lines_of_misfits(done.left, call)


def _lines_of_misfits(left: tuple[Misfit, ...], call: Call) -> Iterator[str]:
    """What does not fit."""
    for misfit in left:
        texts = "；".join(wording.text(finding, call.lang) for finding in misfit.findings)
        yield call.say("不能排定：%(what)s", what=f"{misfit.placement.number}  {texts}")
