"""The rectification ledger: read, and set state by state."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.ground import access, written
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.core.programme import tasks
from scheduler.core.programme.tasks import RectificationTask, TaskLedger, TaskLine, TaskState
from scheduler.services.feeds import task_entries
from scheduler.services.ground import journal
from scheduler.services.ground.open_campaigns import require_open
from scheduler.services.programme.scope import done_on, scope
from scheduler.store import load, writing
from scheduler.store.feeds import save as raise_feeds
from scheduler.store.programme import load as records
from scheduler.store.programme import load_tasks, save
from scheduler.store.programme.load import EVERY

__all__ = ["TaskEntry", "TaskLedger", "TaskLine", "TaskState", "assign", "ledger", "set_state"]


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """How far a task is said to be."""

    state: TaskState
    on: date | None = None
    """From which day on; None: today."""
    by: PersonId | None = None
    """Who closes it, when that is not the one who enters it."""
    note: str | None = None
    """The line of progress; None: it stays."""


def ledger(
    session: Session, actor: Actor, day: date | None, clock: Clock, campaign: CampaignId | None = None
) -> TaskLedger:
    """The tasks of a campaign as of a day (today when None): all of them, or those that concern the viewer."""
    access.require(actor, Action.SEE_PROGRAMME, Action.SEE_OWN_ROW)
    asked_of = scope(session, day, clock, campaign)
    roster = load.roster(session, asked_of.day)
    mine = (t for t in records.tasks(session, asked_of.campaign_id) if tasks.may_see(actor, t, roster))
    return tasks.ledger(mine, asked_of.day, roster.people.keys())


@writing.verb
def set_state(
    session: Session,
    actor: Actor,
    task_id: str,
    entry: TaskEntry,
    clock: Clock,
) -> TaskLine:
    """Set how far a task is. Raises NotFound, NotAllowed, Refused, Malformed."""
    access.require(actor, Action.EDIT_PROGRAMME, Action.SEE_OWN_ROW)
    day, state = done_on(session, entry.on, clock), entry.state
    if entry.note and len(entry.note) > written.MAX_LINE:
        raise Malformed("too_long", "note", longest=written.MAX_LINE)
    writing.begin(session)
    task = _task(session, actor, task_id, day)
    require_open(session, task.campaign)
    closer = (entry.by if access.may(actor, Action.EDIT_PROGRAMME) else None) or actor.person
    if why := tasks.objection(task, state, closer, day):
        raise Refused((why,))
    if not _may_set(session, actor, task, state, day):
        raise NotAllowed(Action.EDIT_PROGRAMME)
    changed = tasks.set_to(task, state, closer, day)
    if entry.note is not None:
        changed = replace(changed, note=entry.note)
    if changed != task:
        save.task(session, changed, clock)
        if changed.due != task.due:
            people = task_entries.revise(session, clock) or load_tasks.ever_answering(session, task_id)
            raise_feeds.raise_revisions(session, {f"p:{person}" for person in people}, clock)
        journal.note(session, actor, f"set_{state}", "task", task_id, clock, day=day.isoformat())
    return TaskLine(changed, changed.state(day), changed.is_late(day))


@writing.verb
def assign(session: Session, actor: Actor, task_id: str, leader: PersonId, clock: Clock) -> TaskLine:
    """Say who leads a task from now on. Raises NotFound, also for somebody who is not on the roster."""
    access.require(actor, Action.EDIT_PROGRAMME)
    day = done_on(session, None, clock)
    writing.begin(session)
    task, roster = _task(session, actor, task_id, day), load.roster(session, day)
    require_open(session, task.campaign)
    if leader not in roster.people:
        raise NotFound("person", leader)
    if task.closed_by == leader:
        raise Refused((Finding("task_closed_by_leader", task_id, {"person": leader}),))
    changed = replace(task, leader=leader)
    people = load_tasks.ever_answering(session, task_id) | {leader}
    save.task(session, changed, clock)
    raise_feeds.raise_revisions(session, {f"p:{person}" for person in people}, clock)
    journal.note(session, actor, "edited", "task", task_id, clock, person=leader)
    return TaskLine(changed, changed.state(day), changed.is_late(day))


def _task(session: Session, actor: Actor, task_id: str, day: date) -> RectificationTask:
    """A task that the actor may know of. Raises NotFound."""
    roster = load.roster(session, day)
    for task in records.tasks(session, EVERY):
        if task.id == task_id and tasks.may_see(actor, task, roster):
            return task
    raise NotFound("task", task_id)


def _may_set(session: Session, actor: Actor, task: RectificationTask, state: TaskState, day: date) -> bool:
    if state is TaskState.STANDING:
        return access.may(actor, Action.EDIT_PROGRAMME)
    return state in tasks.choices(actor, task, load.roster(session, day))
