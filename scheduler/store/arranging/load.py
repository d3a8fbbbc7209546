"""Runs of the planner and draft plans, read from rows."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.arranging.drafts import DraftPlacement, DraftPlan, DraftStatus, DraftUnplaced
from scheduler.core.arranging.runs import PlanRun, RunError, RunProgress, RunState
from scheduler.core.ground.bookings import Kind, Mode
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import BookingId, PersonId, PlanRunId, RoomId, RuleId, RuleSetId
from scheduler.core.plans.placements import PlanStatus
from scheduler.core.plans.problems import Goal
from scheduler.store.arranging import findings as plain_findings
from scheduler.store.arranging.rows import DraftPlacementRow, DraftPlanRow, PlanRunRow


def run(session: Session, run_id: PlanRunId) -> PlanRun:
    """One run. Raises NotFound."""
    row = session.get(PlanRunRow, run_id, populate_existing=True)
    if row is None:
        raise NotFound("plan", run_id)
    return _run(row)


def runs(session: Session, *, states: Collection[RunState] | None = None, limit: int | None = None) -> list[PlanRun]:
    """Runs, the latest first: all of them, or those in these states."""
    query = select(PlanRunRow).order_by(PlanRunRow.asked_at.desc(), PlanRunRow.id.desc()).limit(limit)
    if states is not None:
        query = query.where(PlanRunRow.state.in_(states))
    return [_run(row) for row in session.scalars(query.execution_options(populate_existing=True))]


def draft_plan(session: Session, run_id: PlanRunId, *, lock: bool = False) -> DraftPlan | None:
    """What a run proposes; None: nothing yet, or nothing ever.

    With `lock`, nobody else changes it until the transaction is over.
    """
    row = session.get(DraftPlanRow, run_id, populate_existing=True, with_for_update=lock or None)
    if row is None:
        return None
    placements = select(DraftPlacementRow).where(DraftPlacementRow.run_id == run_id).order_by(DraftPlacementRow.number)
    rows = session.scalars(placements.execution_options(populate_existing=True))
    return DraftPlan(
        run_id,
        PlanStatus(row.plan_status),
        tuple(map(_placement, rows)),
        tuple(map(_unplaced, row.unplaced)),
        _goals(row.reached),
        _goals(row.bounds),
        plain_findings.finding_of(row.binding) if row.binding else None,
        row.seconds,
        DraftStatus(row.status),
        row.version,
        row.decided_by,
        row.decided_at,
    )


def draft_statuses(session: Session, runs: Collection[PlanRunId]) -> dict[PlanRunId, DraftStatus]:
    """What became of the draft plans of these runs; a run without one is left out."""
    rows = session.execute(select(DraftPlanRow.run_id, DraftPlanRow.status).where(DraftPlanRow.run_id.in_(runs)))
    return {PlanRunId(run_id): DraftStatus(status) for run_id, status in rows}


def _run(row: PlanRunRow) -> PlanRun:
    """One run from its row."""
    return PlanRun(
        PlanRunId(row.id),
        RunState(row.state),
        row.asked,
        row.asked_by,
        row.asked_at,
        RuleSetId(row.rule_set_id) if row.rule_set_id else None,
        row.attempt,
        row.is_cancelling,
        row.claimed_at,
        row.heartbeat_at,
        row.finished_at,
        RunProgress(row.seconds, row.placed, row.total, _goals(row.reached), _goals(row.bounds)),
        RunError(row.error) if row.error else None,
    )


def _placement(row: DraftPlacementRow) -> DraftPlacement:
    """One placement from its row."""
    return DraftPlacement(
        row.number,
        row.key,
        tuple(map(PersonId, row.people)),
        row.starts_at,
        row.minutes,
        RoomId(row.room_id) if row.room_id else None,
        tuple(map(RuleId, row.rules)),
        Kind(row.kind),
        row.title,
        tuple(row.audience),
        Mode(row.mode),
        BookingId(row.moves_id) if row.moves_id else None,
        row.is_pinned,
        BookingId(row.booking_id) if row.booking_id else None,
    )


def _unplaced(document: Mapping[str, Any]) -> DraftUnplaced:
    """What found no place, from its document."""
    return DraftUnplaced(
        document["key"],
        tuple(map(PersonId, document["people"])),
        tuple(map(RuleId, document["rules"])),
        tuple(map(plain_findings.finding_of, document["reasons"])),
        tuple(map(plain_findings.repair_of, document["repairs"])),
        BookingId(document["booking"]) if document["booking"] else None,
    )


def _goals(numbers: Mapping[str, int]) -> dict[Goal, int]:
    """Numbers of goals."""
    return {Goal(goal): number for goal, number in numbers.items()}
