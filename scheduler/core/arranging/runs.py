"""A run of the planner: what was asked, how far it is, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.core.ground.ids import PlanRunId, RuleSetId
from scheduler.core.plans.problems import Goal

SILENT = timedelta(seconds=30)
"""A run whose heartbeat is older than this has nobody any more who carries it out."""
MAX_ATTEMPTS = 3
"""A run that was taken up so often and never finished is not taken up again."""


class RunState(StrEnum):
    """Where a run is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    """There is a draft plan."""
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes."""
        return self in (RunState.DONE, RunState.FAILED, RunState.CANCELLED)


class RunError(StrEnum):
    """Why a run failed."""

    LOST = "lost"
    """Whoever carried it out was stopped, as often as it is allowed."""
    CRASHED = "crashed"
    """The solver ended without an answer."""
    UNSOUND = "unsound"
    """The plan did not pass the check; it is kept from everybody."""
    REFUSED = "refused"
    """What was asked cannot be asked any more: a rule set or a person is gone."""


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run is."""

    seconds: float = 0.0
    placed: int = 0
    of: int = 0
    values: Mapping[Goal, int] = field(default_factory=dict, hash=False)
    """What the best plan so far reaches in each goal."""
    bounds: Mapping[Goal, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class PlanRun:
    """A run of the planner, as it is kept. All moments are real time."""

    id: PlanRunId
    state: RunState
    request: Mapping[str, object] = field(hash=False)
    """What was asked, in plain words and numbers."""
    asked_by: str
    """As the journal calls them."""
    asked_at: datetime
    rule_set: RuleSetId | None = None
    attempt: int = 0
    """How often it was taken up; whoever holds an older number has lost it."""
    is_cancelling: bool = False
    """Somebody wants it stopped; whoever carries it out stops within a second."""
    claimed_at: datetime | None = None
    heartbeat_at: datetime | None = None
    finished_at: datetime | None = None
    progress: RunProgress = RunProgress()
    error: RunError | None = None

    def is_silent(self, real: datetime) -> bool:
        """Whether it is under way, and nobody says so any more."""
        last = self.heartbeat_at or self.claimed_at or self.asked_at
        return self.state is RunState.RUNNING and real - last > SILENT
