"""Runs of the planner and draft plans in, rows out. Nothing here commits.

A run changes hands between processes that may die: each step is one conditional update, and says whether it was made.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from scheduler.core.arranging.drafts import DraftPlacement, DraftPlan, DraftUnplaced
from scheduler.core.arranging.runs import PlanRun, RunError, RunProgress, RunState
from scheduler.core.ground.ids import PlanRunId
from scheduler.core.plans.problems import Goal
from scheduler.store import counters
from scheduler.store.arranging import findings as plain_findings
from scheduler.store.arranging.rows import DraftPlacementRow, DraftPlanRow, PlanRunRow
from scheduler.store.upserts import portions, table_of

PREFIX = "P"


def new_run(session: Session, run: PlanRun) -> PlanRun:
    """Write a run that was just asked for; its id is counted here."""
    new = replace(run, id=PlanRunId(counters.next_id(session, PREFIX)))
    session.execute(insert(table_of(PlanRunRow)), [{"id": new.id, **_columns(new)}])
    return new


def run(session: Session, changed: PlanRun, before: PlanRun) -> bool:
    """Write what became of a run; False, and nothing is written, if it is not in the state any more in which it was."""
    row = table_of(PlanRunRow)
    is_as_before = (row.c.id == before.id, row.c.state == before.state.value, row.c.attempt == before.attempt)
    done = session.execute(update(row).where(*is_as_before).values(_columns(changed)).returning(row.c.id))
    return done.first() is not None


def progress(session: Session, run_id: PlanRunId, attempt: int, told: RunProgress | None, at: datetime) -> bool:
    """Write a heartbeat, and how far a run is; False if it is not to go on: it is to be stopped, or another has it."""
    row = table_of(PlanRunRow)
    is_ours = (row.c.id == run_id, row.c.state == RunState.RUNNING.value, row.c.attempt == attempt)
    news = {"heartbeat_at": at, **(_progress(told) if told else {})}
    is_cancelling = session.execute(update(row).where(*is_ours).values(news).returning(row.c.is_cancelling)).scalar()
    return is_cancelling is False


def mark_cancelling(session: Session, run_id: PlanRunId) -> bool:
    """Note that a run under way is to be stopped; False if it is not under way any more."""
    row = table_of(PlanRunRow)
    marked = update(row).where(row.c.id == run_id, row.c.state == RunState.RUNNING.value).values(is_cancelling=True)
    return session.execute(marked.returning(row.c.id)).first() is not None


def draft_plan(session: Session, plan: DraftPlan) -> None:
    """Write a draft plan as it shall stand from now on, new or changed."""
    table, placements = table_of(DraftPlanRow), table_of(DraftPlacementRow)
    changed = session.execute(
        update(table).where(table.c.run_id == plan.run).values(_plan_columns(plan)).returning(table.c.run_id)
    )
    if changed.first() is None:
        session.execute(insert(table), [{"run_id": plan.run, **_plan_columns(plan)}])
    session.execute(delete(placements).where(placements.c.run_id == plan.run))
    rows = [{"run_id": plan.run, **_placement(placement)} for placement in plan.placements]
    for portion in portions(rows):
        session.execute(insert(placements), list(portion))


def _columns(run: PlanRun) -> dict[str, Any]:
    """A run's columns, but for its id."""
    return {
        "state": run.state.value,
        "rule_set_id": run.rule_set,
        "asked": dict(run.request),
        "asked_by": run.asked_by,
        "asked_at": run.asked_at,
        "attempt": run.attempt,
        "is_cancelling": run.is_cancelling,
        "claimed_at": run.claimed_at,
        "heartbeat_at": run.heartbeat_at,
        "finished_at": run.finished_at,
        "error": run.error.value if isinstance(run.error, RunError) else "",
        **_progress(run.progress),
    }


def _progress(told: RunProgress) -> dict[str, Any]:
    """The columns of progress."""
    return {
        "seconds": told.seconds,
        "placed": told.placed,
        "total": told.of,
        "reached": _goals(told.values),
        "bounds": _goals(told.bounds),
    }


def _plan_columns(plan: DraftPlan) -> dict[str, Any]:
    """A draft plan's own columns, but for its run."""
    return {
        "status": plan.status.value,
        "plan_status": plan.plan_status.value,
        "unplaced": [_unplaced(talk) for talk in plan.unplaced],
        "reached": _goals(plan.values),
        "bounds": _goals(plan.bounds),
        "binding": plain_findings.finding(plan.binding) if plan.binding else None,
        "seconds": plan.seconds,
        "version": plan.version,
        "decided_by": plan.decided_by,
        "decided_at": plan.decided_at,
    }


def _placement(placement: DraftPlacement) -> dict[str, Any]:
    """A placement's columns, but for its run."""
    return {
        "number": placement.number,
        "key": placement.key,
        "kind": placement.kind.value,
        "title": placement.title,
        "people": list(placement.people),
        "audience": list(placement.audience),
        "starts_at": placement.start,
        "minutes": placement.minutes,
        "room_id": placement.room,
        "mode": placement.mode.value,
        "rules": list(placement.rules),
        "is_pinned": placement.is_pinned,
        "moves_id": placement.moves,
        "booking_id": placement.booking,
    }


def _unplaced(talk: DraftUnplaced) -> dict[str, Any]:
    """What found no place, as a document."""
    return {
        "key": talk.key,
        "people": list(talk.people),
        "rules": list(talk.rules),
        "reasons": [plain_findings.finding(reason) for reason in talk.reasons],
        "repairs": [plain_findings.repair(repair) for repair in talk.repairs],
        "booking": talk.booking,
    }


def _goals(numbers: Mapping[Goal, int]) -> dict[str, int]:
    """Numbers of goals as JSON."""
    return {goal.value: number for goal, number in numbers.items()}
