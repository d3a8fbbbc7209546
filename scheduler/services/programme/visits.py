"""Contact points outside, and who was at theirs."""

from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.campaigns import choosing
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import CampaignId
from scheduler.core.programme import visits
from scheduler.core.programme.visits import VisitedPoint, VisitState
from scheduler.services.programme.scope import scope
from scheduler.store import load
from scheduler.store.programme import load as records

__all__ = ["VisitState", "VisitedPoint", "listing"]


def listing(
    session: Session, actor: Actor, day: date | None, clock: Clock, campaign: CampaignId | None = None
) -> tuple[VisitedPoint, ...]:
    """The contact points of a day (today when None), and the visits to them in a campaign."""
    access.require(actor, Action.SEE_PROGRAMME)
    asked_of = scope(session, day, clock, campaign)
    held = [
        visit
        for visit in load.bookings(session, kinds=(Kind.FIELD_VISIT,))
        if asked_of.campaign is None or choosing.holds(asked_of.campaign, visit)
    ]
    return visits.visited(records.outside_points(session), held, records.visits(session), asked_of.as_of)
