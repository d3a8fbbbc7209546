"""Runs of the planner as lines, and what several pages ask about them."""

from dataclasses import dataclass

from scheduler import edge, wording
from scheduler.core.arranging.drafts import DraftStatus
from scheduler.core.arranging.runs import PlanRun, RunState
from scheduler.core.ground.errors import NotAllowed
from scheduler.core.ground.ids import PersonId, PlanRunId
from scheduler.services.arranging import rights as plan_rights
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.arranging.runs import ListedRun
from scheduler.web.page import facts
from scheduler.web.page.names import Names
from scheduler.web.page.words import local


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run as the list prints it; `state` is a word of `wording`, as `run:queued` or `plan:draft`."""

    id: PlanRunId
    state: str
    rule_set: str
    placed: int
    of: int
    who: str
    when: str
    is_repair: bool


def line_of(listed: ListedRun, names: Names) -> RunLine:
    """A run as a line."""
    run = listed.run
    applied = next((rule_set for rule_set in facts.rule_sets() if rule_set.id == run.rule_set), None)
    asked_by = PersonId(run.asked_by)
    return RunLine(
        run.id,
        _state(listed),
        facts.rule_set_name(applied, names) if applied else run.rule_set or "",
        run.progress.placed,
        run.progress.of,
        names.person(asked_by) if asked_by in names.roster.people else wording.label(run.asked_by, edge.lang()),
        wording.moment_text(local(run.asked_at), edge.lang()),
        plan_runs.options_of(run).fewest_changes,
    )


def _state(listed: ListedRun) -> str:
    """The word for where a run is; of one that has a draft, what became of that."""
    if listed.draft is not None and (listed.run.state is RunState.DONE or listed.draft is not DraftStatus.DRAFT):
        return f"plan:{listed.draft}"
    return f"run:{listed.run.state}"


def may_change(run: PlanRun) -> bool:
    """Whether to offer what changes a run or its draft."""
    try:
        plan_rights.changeable(edge.session(), edge.actor(), run.id)
    except NotAllowed:
        return False
    return True


def blocks() -> tuple[int, ...]:
    """The minutes of each working block of a day."""
    spans = facts.working_time().blocks
    return tuple((end.hour - start.hour) * 60 + end.minute - start.minute for start, end in spans)
