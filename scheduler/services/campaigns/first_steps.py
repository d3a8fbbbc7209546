"""How far an installation is in its first hour, read off what is in it; one query."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Executable, ScalarSelect, exists, func, select, true
from sqlalchemy.orm import Session

from scheduler.core.arranging.drafts import DraftStatus
from scheduler.core.arranging.runs import RunState
from scheduler.core.campaigns.first_steps import FirstStep, FirstSteps, Installation, lacking
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import PlanRunId
from scheduler.core.ground.people import LEADERSHIP_TEAM, PRINCIPAL
from scheduler.core.rules.resolution import resolve
from scheduler.services.rules import facts as rule_facts
from scheduler.services.rules.sets import spec_of
from scheduler.store import load
from scheduler.store.arranging.rows import DraftPlanRow, PlanRunRow
from scheduler.store.base import Base
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.campaigns.rows import CampaignRow
from scheduler.store.feeds.rows import FeedRow, SubscriptionPageRow
from scheduler.store.organisation.rows import MembershipRow, PersonVersionRow, PostRow, RoomRow, UnitVersionRow
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
    lacking: Mapping[FirstStep, tuple[str, ...]]
    """What later steps need and is not there, for each step."""
    without_feeds: int
    """How many people have no subscription page."""
    without_head: int
    """How many units nobody heads, not even for the time being."""


def progress(session: Session, actor: Actor, clock: Clock) -> StepProgress | None:
    """How far the installation is; None for whoever does not set it up."""
    if not access.may(actor, Action.IMPORT):
        return None
    (people, units, team, has_principal, campaign, rules, talks, feeds, pages, rooms, drafted, running, headed) = (
        session.execute(_counts(clock.today(load.organisation(session).zone))).one()
    )
    standing = Installation(
        people=people,
        units=units,
        has_campaign=campaign,
        team=team,
        has_principal=has_principal,
        has_rules=rules,
        required=_asked(session, clock) if rules and not talks else int(rules),
        has_draft=drafted is not None,
        has_talks=talks,
        has_feeds=feeds,
    )
    lacks = lacking(standing)
    return StepProgress(
        FirstSteps.of([step for step, what in lacks.items() if not what]),
        PlanRunId(drafted) if drafted else None,
        PlanRunId(running) if running else None,
        bool(rooms),
        lacks,
        max(0, people - pages),
        max(0, units - headed),
    )


def _counts(today: date) -> Executable:
    """What there is, in one row: numbers of rows, whether there are any, and the latest draft and run."""
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
    principal = (MembershipRow.group_id == PRINCIPAL) & load.holds_on(MembershipRow, today)
    is_head = PostRow.post.in_(("head", "acting_head")) & load.holds_on(PostRow, today)
    return select(
        _number(PersonVersionRow, load.holds_on(PersonVersionRow, today)),
        _number(UnitVersionRow, load.holds_on(UnitVersionRow, today)),
        _number(MembershipRow, in_team),
        exists().where(principal),
        exists().select_from(CampaignRow),
        exists().select_from(RuleSetRow),
        exists().where(BookingRow.kind == Kind.TALK.value, BookingRow.is_cancelled.is_(False)),
        has_feeds,
        _number(SubscriptionPageRow, true()),
        exists().select_from(RoomRow),
        draft,
        under_way,
        select(func.count(PostRow.unit_id.distinct())).where(is_head).scalar_subquery(),
    )


def _number(row: type[Base], condition: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many rows there are."""
    return select(func.count()).select_from(row).where(condition).scalar_subquery()


def _asked(session: Session, clock: Clock) -> int:
    """How many talks the applied rules ask for today; rules that cannot be resolved ask for none."""
    about = rule_facts.at(session, load.as_of(session, None, clock))
    count = 0
    for applied in load.rule_set_rows(session):
        try:
            count += len(resolve(spec_of(applied), replace(about, branch=applied.branch)).requirements)
        except (Malformed, NotFound):
            continue
    return count
