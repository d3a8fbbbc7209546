"""The notice time of a campaign, read from the database."""

from datetime import datetime

from sqlalchemy.orm import Session

from scheduler.core.campaigns import notice
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import CampaignId
from scheduler.store import load


def earliest(session: Session, campaign: CampaignId | None, clock: Clock) -> datetime:
    """The first moment that leaves the notice of a campaign, or of today's when none is named."""
    table = load.working_time(session)
    about = load.campaign(session, clock.today(table.zone), campaign)
    return notice.earliest(clock.now, table, notice.workdays_of(about))
