"""The rectification ledger: late ones first, then this month's, then later ones; a state is set by one tap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.programme import tasks as core
from scheduler.core.programme.tasks import TaskLine, TaskState
from scheduler.services.programme import tasks as service
from scheduler.services.programme.tasks import TaskEntry
from scheduler.web.page import facts, seen_campaign, undo
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _
from scheduler.web.programme import pages
from scheduler.web.programme.filters import By, narrowed
from scheduler.wording.programme import TASK_STATES
from scheduler.wording.texts import say

NOBODY = "nobody"
"""In the address: tasks without a leader."""
SIGNS = {TaskState.OPEN: ("to-open", "○"), TaskState.UNDER_WAY: ("to-booked", "●"), TaskState.DONE: ("to-held", "✓")}


@dataclass(frozen=True, slots=True)
class TaskChoice:
    """A state that can be set by one tap, or that stands."""

    state: str
    text: str
    tone: str
    sign: str
    is_current: bool
    is_offered: bool


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task as the page prints it."""

    id: str
    title: str
    leader: str
    units: str
    due: str
    left: str
    is_late: bool
    choices: list[TaskChoice]
    note: str


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks under one heading."""

    heading: str
    remark: str
    is_late: bool
    tasks: list[TaskView]


@pages.get("/tasks")
@edge.policy(Action.SEE_PROGRAMME, Action.SEE_OWN_ROW)
def tasks() -> ResponseReturnValue:
    """The ledger as of a day."""
    fields = Fields(request.args)
    day = fields.day("as_of")
    ledger = service.ledger(edge.session(), edge.actor(), day, edge.clock(), seen_campaign.named())
    on = day or facts.today()
    shown = narrowed(fields, ledger.lines, _ways())
    folded = {state: [line for line in shown.lines if line.state is state] for state in TaskState}
    return render_template(
        "programme/tasks.html",
        as_of=on,
        ledger=ledger,
        shown=shown,
        groups=_groups(shown.lines, on),
        standing=[_view(line, on) for line in folded[TaskState.STANDING]],
        done=[_view(line, on) for line in folded[TaskState.DONE]],
        people=facts.person_options(facts.names()),
        done_count=ledger.by_state[TaskState.DONE],
        standing_count=ledger.by_state[TaskState.STANDING],
        ownerless=sum(1 for line in ledger.lines if line.is_ownerless),
        waiting=ledger.by_state[TaskState.OPEN] + ledger.by_state[TaskState.UNDER_WAY],
        closable=len(ledger.lines) - ledger.by_state[TaskState.STANDING],
        is_today=on == facts.today(),
    )


def _ways() -> list[By[TaskLine]]:
    """By whom, by which unit and how far."""
    names, lang = facts.names(), edge.lang()

    def leader(line: TaskLine) -> list[tuple[str, str]]:
        return [(NOBODY, _("没有责任领导"))] if line.is_ownerless else [(_id(line), names.person(line.task.leader))]

    def units(line: TaskLine) -> list[tuple[str, str]]:
        task = line.task
        return [(unit, names.unit(unit)) for unit in (task.lead_unit, *task.supporting) if unit]

    def state(line: TaskLine) -> list[tuple[str, str]]:
        told = [(line.state.value, say(TASK_STATES[line.state], lang))]
        return [("late", _("逾期")), *told] if line.is_late else told

    return [
        By("person", _("责任领导"), _("所有责任领导"), leader),
        By("unit", _("部门"), _("所有部门"), units),
        By("state", _("状态"), _("全部状态"), state),
    ]


def _id(line: TaskLine) -> str:
    return line.task.leader or ""


def _groups(lines: Sequence[TaskLine], on: date) -> list[TaskGroup]:
    """Late ones, this month's, later ones; groups without a task are left out."""
    waiting = [line for line in lines if line.state in (TaskState.OPEN, TaskState.UNDER_WAY)]
    waiting.sort(key=lambda line: (line.task.due or date.max, len(line.task.id), line.task.id))
    late = [line for line in waiting if line.is_late]
    month = [line for line in waiting if not line.is_late and _is_this_month(line, on)]
    later = [line for line in waiting if not line.is_late and not _is_this_month(line, on)]
    last = core.feed_day(month[0].task, facts.working_time()) if month else None
    remark = _("%(day)s是本月最后一个工作日", day=wording.dated_text(last, edge.lang())) if last else ""
    groups = [
        (_("逾期 %(count)s", count=len(late)), _("完成时限的月份已过"), late),
        (_("本月到期 %(count)s", count=len(month)), remark, month),
        (_("以后 %(count)s", count=len(later)), "", later),
    ]
    return [
        TaskGroup(heading, told, lines is late, [_view(line, on) for line in lines])
        for heading, told, lines in groups
        if lines
    ]


def _is_this_month(line: TaskLine, on: date) -> bool:
    return line.task.due is not None and (line.task.due.year, line.task.due.month) == (on.year, on.month)


def _view(line: TaskLine, on: date) -> TaskView:
    task, names, lang = line.task, facts.names(), edge.lang()
    supporting = names.listed(map(names.unit, task.supporting))
    lead = names.unit(task.lead_unit)
    units = _("%(lead)s，配合 %(supporting)s", lead=lead, supporting=supporting) if supporting else lead
    due = _month(task.due, on) if task.due else say(TASK_STATES[TaskState.STANDING], lang)
    offered = core.choices(edge.actor(), task, facts.roster()) if on == facts.today() else ()
    return TaskView(
        task.id,
        task.title,
        "" if line.is_ownerless else names.person(task.leader),
        units,
        due,
        _left(line, on),
        line.is_late,
        [
            TaskChoice(state, say(TASK_STATES[state], lang), *SIGNS[state], state is line.state, state in offered)
            for state in SIGNS
        ],
        task.note or (_("%(day)s开始", day=wording.day_text(task.started_on, lang)) if task.started_on else ""),
    )


def _month(due: date, on: date) -> str:
    """A month; of another year, with its year."""
    month = wording.month_text(due, edge.lang())
    return month if due.year == on.year else _("%(year)s年%(month)s", year=due.year, month=month)


def _left(line: TaskLine, on: date) -> str:
    """How long there is, or for how long it has been late."""
    due = line.task.due
    if due is None or line.state is TaskState.DONE:
        return ""
    if line.is_late:
        return _("逾期 %(count)s 天", count=(on - due).days)
    left = sum(1 for _day in facts.working_time().workdays_between(on + timedelta(days=1), due))
    return _("还有 %(count)s 个工作日", count=left)


@pages.post("/tasks/<task_id>/leader")
@edge.policy(Action.EDIT_PROGRAMME)
def assign_task(task_id: str) -> ResponseReturnValue:
    """Say who leads a task that nobody leads."""
    fields = Fields(request.form)
    person = fields.person("leader", facts.roster(), required=True)
    try:
        if person:
            line = service.assign(edge.session(), edge.actor(), task_id, person, edge.clock())
            told = _("“%(title)s”由%(name)s负责。", title=line.task.title, name=facts.names().person(person))
            flash(told, "good")
        else:
            flash(fields.errors["leader"], "bad")
    except Refused as no:
        flash(wording.error(no, edge.lang()), "bad")
    return redirect(url_for("programme.tasks"), 303)


@pages.post("/tasks/<task_id>")
@edge.policy(Action.EDIT_PROGRAMME, Action.SEE_OWN_ROW)
def set_task(task_id: str) -> ResponseReturnValue:
    """Set how far a task is, and offer to undo that."""
    chosen = request.form.get("state", "")
    if chosen not in [*SIGNS]:
        raise Malformed("unknown_choice", "state", value=chosen[:20])
    state = TaskState(chosen)
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    ledger = service.ledger(session, actor, None, clock, seen_campaign.named())
    before = next((line.state for line in ledger.lines if line.task.id == task_id), state)
    try:
        line = service.set_state(session, actor, task_id, TaskEntry(state), clock)
    except Refused as no:
        flash(wording.error(no, edge.lang()), "bad")
        return redirect(url_for("programme.tasks"), 303)
    told = _("“%(title)s”：%(state)s。", title=line.task.title, state=say(TASK_STATES[state], edge.lang()))
    if before is state:
        flash(told, "good")
    else:
        undo.offer(told, url_for("programme.set_task", task_id=task_id), {"state": before})
    return redirect(url_for("programme.tasks"), 303)
