"""All campaigns side by side: dates, coverage, study hours, bookings, what comes next."""

from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.campaigns import rollup
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.campaigns.rollup import CampaignLine, RollUp, Share
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotAllowed, NotFound
from scheduler.services.coverage import report as coverage
from scheduler.services.coverage.report import Report
from scheduler.services.sessions import study
from scheduler.store import load

__all__ = ["CampaignLine", "RollUp", "roll_up"]


def roll_up(session: Session, actor: Actor, day: date | None, clock: Clock) -> RollUp:
    """All campaigns as of a day (today when None), by the day they start, as far as the viewer may see them."""
    access.require(actor, Action.SEE_COVERAGE)
    on, booked = load.as_of(session, day, clock).day, load.booked_by_campaign(session)
    return RollUp(
        on,
        tuple(_line(session, actor, each, on, clock, booked.get(each.id, 0)) for each in load.campaigns(session)),
    )


def _line(session: Session, actor: Actor, campaign: Campaign, on: date, clock: Clock, bookings: int) -> CampaignLine:
    report = _report(session, actor, campaign, on, clock)
    hours = study.report(session, actor, on, clock, campaign.id).first if access.may(actor, Action.SEE_STUDY) else None
    return CampaignLine(
        campaign,
        report.rule_set.id if report else None,
        Share(report.coverage.covered, report.coverage.required) if report else None,
        Share(hours.met, hours.of) if hours else None,
        bookings,
        rollup.next_milestone(campaign, on),
    )


def _report(session: Session, actor: Actor, campaign: Campaign, on: date, clock: Clock) -> Report | None:
    """How the leading rules of a campaign stand; None: there are none, or the viewer may not see it."""
    try:
        return coverage.report(session, actor, None, on, clock, campaign.id)
    except (NotFound, NotAllowed):
        return None
