"""What is due of somebody's own in all lanes: talks, study, the own material, tasks that they answer for."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.campaigns.windows import talk_window
from scheduler.core.coverage.report import CoverageState
from scheduler.core.ground import access
from scheduler.core.ground.access import OPERATOR, Action, Actor
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import CampaignId
from scheduler.core.programme import lanes, materials, tasks
from scheduler.core.programme.lanes import LaneKey, NextStep
from scheduler.core.programme.materials import MaterialState
from scheduler.core.programme.tasks import TaskState
from scheduler.core.rules.requirements import Severity
from scheduler.services.coverage import report as coverage
from scheduler.services.programme.scope import ProgrammeScope, scope
from scheduler.services.sessions import study
from scheduler.store import load
from scheduler.store.programme import load as records

__all__ = ["NextStep", "own"]


def own(session: Session, actor: Actor, clock: Clock, campaign: CampaignId | None = None) -> tuple[NextStep, ...]:
    """What somebody lacks before the meeting, then their tasks that are late or due within ten workdays; nothing of others."""
    access.require(actor, Action.SEE_OWN_ROW)
    about = scope(session, None, clock, campaign)
    if about.campaign is None:
        return ()
    time = load.working_time(session)
    before_meeting = [*_talks(session, actor, clock, about), *_study(session, actor, clock, about)]
    before_meeting += _material(session, actor, about)
    return lanes.next_steps(before_meeting, _tasks(session, actor, about), about.day, time)


def _talks(session: Session, actor: Actor, clock: Clock, about: ProgrammeScope) -> Iterator[NextStep]:
    """How many required talks have no time yet, by the end of their window."""
    last = talk_window(about.campaign, load.working_time(session)).last
    states = [
        state
        for report in coverage.own_row(session, actor, None, clock)
        for state in report.coverage.requirements
        if state.state is CoverageState.OPEN and state.requirement.severity is Severity.MUST
    ]
    if states and last:
        yield NextStep(last, LaneKey.TALKS, str(actor.person), str(len(states)))


def _study(session: Session, actor: Actor, clock: Clock, about: ProgrammeScope) -> Iterator[NextStep]:
    """The hours that are missing for each target."""
    for studied in study.report(session, OPERATOR, about.day, clock, about.campaign_id).targets:
        hours = studied.report.people.get(actor.person) if actor.person else None
        if hours and not hours.met:
            yield NextStep(studied.target.last, LaneKey.STUDY, studied.target.id, f"{hours.missing:g}")


def _material(session: Session, actor: Actor, about: ProgrammeScope) -> Iterator[NextStep]:
    """The own material while it is the writer's turn, by the meeting."""
    meeting = _meeting_day(about)
    for material in records.materials(session, about.campaign_id):
        state = materials.on(material, about.day).state
        is_theirs = actor.person is not None and material.person == actor.person
        if is_theirs and meeting and state in (MaterialState.MISSING, MaterialState.RETURNED):
            yield NextStep(meeting, LaneKey.MATERIALS, material.id)


def _meeting_day(about: ProgrammeScope) -> date | None:
    return about.campaign.milestones.get(Kind.DEMOCRATIC_LIFE_MEETING) if about.campaign else None


def _tasks(session: Session, actor: Actor, about: ProgrammeScope) -> Iterator[NextStep]:
    """The tasks that somebody answers for and that are still to be done."""
    roster = load.roster(session, about.day)
    for line in tasks.ledger(records.tasks(session, about.campaign_id), about.day).lines:
        is_waiting = line.state in (TaskState.OPEN, TaskState.UNDER_WAY)
        if is_waiting and line.task.due and tasks.concerns(line.task, actor.person, roster):
            yield NextStep(line.task.due, LaneKey.TASKS, line.task.id, line.task.title)
