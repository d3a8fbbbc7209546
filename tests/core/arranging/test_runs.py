"""A run of the planner as a value."""

from datetime import timedelta

import pytest

from scheduler.core.arranging.runs import PlanRun, RunState
from scheduler.core.ground.ids import PlanRunId
from tests.builders import REAL


@pytest.mark.parametrize(
    ("state", "is_over"),
    [("queued", False), ("running", False), ("done", True), ("failed", True), ("cancelled", True)],
)
def test_run_is_over_when_nothing_more_comes(state: str, is_over: bool) -> None:
    assert RunState(state).is_over is is_over


@pytest.mark.parametrize(
    ("state", "claimed", "heartbeat", "is_silent"),
    [
        ("running", -60, -30, False),
        ("running", -60, -31, True),
        ("running", -31, None, True),
        ("running", -1, None, False),
        ("queued", None, None, False),
        ("done", -90, -90, False),
    ],
)
def test_run_is_silent_when_nobody_says_any_more_that_it_is_under_way(
    state: str, claimed: int | None, heartbeat: int | None, is_silent: bool
) -> None:
    claimed_at, heartbeat_at = (REAL + timedelta(seconds=s) if s is not None else None for s in (claimed, heartbeat))
    run = PlanRun(PlanRunId("P001"), RunState(state), {}, "", REAL, claimed_at=claimed_at, heartbeat_at=heartbeat_at)

    assert run.is_silent(REAL) is is_silent
