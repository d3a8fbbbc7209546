"""The rectification ledger: who answers for a task, by which month, and how far it is. Nothing of it is late before its month is over."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from scheduler.core.ground.access import Action, Actor, may
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import CampaignId, PersonId, UnitId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.working_time import WorkingTime


class TaskState(StrEnum):
    """How far a task is."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"
    STANDING = "standing"
    """It is gone on with for good (长期坚持)."""


@dataclass(frozen=True, slots=True)
class RectificationTask:
    """One line of the ledger. How far it is follows from its days."""

    id: str
    title: str
    due: date | None
    """The last day of the month it is due in; None: it stands for good."""
    leader: PersonId | None = None
    lead_unit: UnitId | None = None
    supporting: tuple[UnitId, ...] = ()
    opened_on: date | None = None
    """Since when it is asked; None: as long as anybody knows."""
    started_on: date | None = None
    closed_on: date | None = None
    closed_by: PersonId | None = None
    note: str = ""
    """How far it is, in a line."""
    campaign: CampaignId | None = None

    def exists(self, day: date) -> bool:
        """Whether it was asked by a day."""
        return self.opened_on is None or self.opened_on <= day

    def state(self, day: date) -> TaskState:
        """How far it was on a day."""
        if self.due is None:
            return TaskState.STANDING
        if self.closed_on and self.closed_on <= day:
            return TaskState.DONE
        return TaskState.UNDER_WAY if self.started_on and self.started_on <= day else TaskState.OPEN

    def is_late(self, day: date) -> bool:
        """Whether its month was over on a day and it was not done."""
        is_waiting = self.state(day) in (TaskState.OPEN, TaskState.UNDER_WAY)
        return is_waiting and self.due is not None and day > self.due


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as it was on a day."""

    task: RectificationTask
    state: TaskState
    is_late: bool
    is_ownerless: bool = False
    """Whether it is still to be done, and nobody leads it: its leader has left, or there never was one."""


@dataclass(frozen=True, slots=True)
class TaskLedger:
    """The tasks of a day, and how many of them are how far."""

    lines: tuple[TaskLine, ...]
    by_state: Mapping[TaskState, int]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The tasks that nobody leads."""
        return tuple(
            Finding("task_without_leader", line.task.id, {"title": line.task.title})
            for line in self.lines
            if line.is_ownerless
        )

    @property
    def late(self) -> tuple[str, ...]:
        """Which are late."""
        return tuple(line.task.id for line in self.lines if line.is_late)


def ledger(tasks: Iterable[RectificationTask], day: date, people: Collection[PersonId] | None = None) -> TaskLedger:
    """The tasks that were asked by a day, in the order of their ids; `people` are those who could lead one (None: any)."""
    there = sorted((task for task in tasks if task.exists(day)), key=lambda task: (len(task.id), task.id))
    lines = tuple(TaskLine(task, task.state(day), task.is_late(day), is_ownerless(task, day, people)) for task in there)
    count = Counter(line.state for line in lines)
    return TaskLedger(lines, {state: count[state] for state in TaskState})


def is_ownerless(task: RectificationTask, day: date, people: Collection[PersonId] | None = None) -> bool:
    """Whether a task is still to be done on a day and nobody of these leads it."""
    is_led = task.leader is not None and (people is None or task.leader in people)
    return not is_led and task.state(day) is not TaskState.DONE


def only_late(tasks: TaskLedger) -> TaskLedger:
    """The same with the late ones alone; the numbers stay those of all."""
    return replace(tasks, lines=tuple(line for line in tasks.lines if line.is_late))


# ── Who sees and sets them ───────────────────────────────────────────────────────────────────────────────────────────
def concerns(task: RectificationTask, person: PersonId | None, roster: Roster) -> bool:
    """Whether somebody answers for a task: as its leader, or as head of the unit that leads it."""
    return person is not None and person in answering(task, roster)


def answering(task: RectificationTask, roster: Roster) -> tuple[PersonId, ...]:
    """Who has the day it is due in the calendar: its leader, and the head (or acting head) of the lead unit."""
    unit = roster.units.get(task.lead_unit) if task.lead_unit else None
    people = (task.leader, unit.head if unit else None, unit.acting_head if unit else None)
    return tuple(dict.fromkeys(person for person in people if person))


def may_see(actor: Actor, task: RectificationTask, roster: Roster) -> bool:
    """Whether a task is shown to somebody: to all who look after the campaign, and to whom it concerns."""
    return may(actor, Action.SEE_PROGRAMME) or concerns(task, actor.person, roster)


def choices(actor: Actor, task: RectificationTask, roster: Roster) -> tuple[TaskState, ...]:
    """The states that somebody may set: organizers all, who answers for it all but done; nobody closes a task they lead."""
    if task.due is None:
        return ()
    if may(actor, Action.EDIT_PROGRAMME):
        is_own = actor.person is not None and actor.person == task.leader
        return (
            (TaskState.OPEN, TaskState.UNDER_WAY) if is_own else (TaskState.OPEN, TaskState.UNDER_WAY, TaskState.DONE)
        )
    return (TaskState.OPEN, TaskState.UNDER_WAY) if concerns(task, actor.person, roster) else ()


def objection(task: RectificationTask, state: TaskState, by: PersonId | None, day: date) -> Finding | None:
    """Why a task cannot be set to a state on a day; None: it can."""
    if not task.exists(day):
        return Finding("task_not_open_yet", task.id, {"day": task.opened_on})
    if task.due is None and state is not TaskState.STANDING:
        return Finding("task_stands", task.id)
    if state is TaskState.DONE and by is not None and by == task.leader:
        return Finding("task_closed_by_leader", task.id, {"person": by})
    return None


def set_to(task: RectificationTask, state: TaskState, by: PersonId | None, day: date) -> RectificationTask:
    """The task as it is once somebody has set its state from a day on; a day that said so before stays."""
    match state:
        case TaskState.OPEN:
            return replace(task, started_on=None, closed_on=None, closed_by=None)
        case TaskState.UNDER_WAY:
            started = task.started_on if task.started_on and task.started_on <= day else day
            return replace(task, started_on=started, closed_on=None, closed_by=None)
        case TaskState.DONE:
            is_done = task.state(day) is TaskState.DONE
            return task if is_done else replace(task, closed_on=day, closed_by=by)
        case _:
            return replace(task, due=None)


# ── Calendars ────────────────────────────────────────────────────────────────────────────────────────────────────────
def feed_day(task: RectificationTask, time: WorkingTime) -> date | None:
    """The day it stands in calendars: the last workday of the month it is due in; None: it stands for good."""
    if task.due is None:
        return None
    month: Iterator[date] = time.workdays_between(task.due.replace(day=1), task.due)
    return max(month, default=task.due)
