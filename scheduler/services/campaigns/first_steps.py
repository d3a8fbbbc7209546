"""How far an installation is in its first hour, read off what is in it; one query."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from scheduler.core.arranging.drafts import DraftStatus
from scheduler.core.arranging.runs import RunState
from scheduler.core.campaigns.first_steps import FirstStep, FirstSteps
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import PlanRunId
from scheduler.core.ground.people import LEADERSHIP_TEAM
from scheduler.store import load
from scheduler.store.arranging.rows import DraftPlanRow, PlanRunRow
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.campaigns.rows import CampaignRow
from scheduler.store.feeds.rows import FeedRow, SubscriptionPageRow
from scheduler.store.organisation.rows import MembershipRow, PersonVersionRow, RoomRow
from scheduler.store.rules.rows import RuleSetRow


@dataclass(frozen=True, slots=True)
class StepProgress:
    """The steps, and what helps with some of them."""

    steps: FirstSteps
    draft: PlanRunId | None
    """The latest draft that waits to be released."""
    run: PlanRunId | None
    """The latest run of the planner that is not over."""
    has_rooms: bool


def progress(session: Session, actor: Actor, clock: Clock) -> StepProgress | None:
    """How far the installation is; None for whoever does not set it up."""
    if not access.may(actor, Action.IMPORT):
        return None
    today = clock.today(load.organisation(session).zone)
    in_team = (MembershipRow.group_id == LEADERSHIP_TEAM) & load.holds_on(MembershipRow, today)
    draft = (
        select(DraftPlanRow.run_id)
        .where(DraftPlanRow.status == DraftStatus.DRAFT.value)
        .order_by(DraftPlanRow.run_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    under_way = (
        select(PlanRunRow.id)
        .where(PlanRunRow.state.in_(state.value for state in RunState if not state.is_over))
        .order_by(PlanRunRow.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    has_feeds = exists().where(FeedRow.revoked_at.is_(None)) | exists().select_from(SubscriptionPageRow)
    people, team, campaign, rules, talks, feeds, rooms, drafted, running = session.execute(
        select(
            exists().where(load.holds_on(PersonVersionRow, today)),
            exists().where(in_team),
            exists().select_from(CampaignRow),
            exists().select_from(RuleSetRow),
            exists().where(BookingRow.kind == Kind.TALK.value),
            has_feeds,
            exists().select_from(RoomRow),
            draft,
            under_way,
        )
    ).one()
    there = {
        FirstStep.PEOPLE: people,
        FirstStep.CAMPAIGN: campaign and (team or rules),
        FirstStep.RULES: rules,
        FirstStep.DRAFT: drafted is not None,
        FirstStep.RELEASE: talks,
        FirstStep.SUBSCRIBE: feeds,
    }
    steps = FirstSteps.of([step for step, is_there in there.items() if is_there])
    return StepProgress(
        steps, PlanRunId(drafted) if drafted else None, PlanRunId(running) if running else None, bool(rooms)
    )
