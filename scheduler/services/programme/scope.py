"""Of which day and campaign something is asked, and on which day something was done."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.bookings import AsOf
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import CampaignId
from scheduler.store import load


@dataclass(frozen=True, slots=True)
class ProgrammeScope:
    """The day of a question, and the campaign that it is about."""

    as_of: AsOf
    campaign: Campaign | None

    @property
    def day(self) -> date:
        """The day, included."""
        return self.as_of.day

    @property
    def campaign_id(self) -> CampaignId | None:
        """The id of the campaign, if there is one."""
        return self.campaign.id if self.campaign else None


def scope(session: Session, day: date | None, clock: Clock, campaign: CampaignId | None = None) -> ProgrammeScope:
    """The day asked for (today when None), and the campaign that was named or that the day means. Raises NotFound."""
    as_of = load.as_of(session, day, clock)
    return ProgrammeScope(as_of, load.campaign(session, as_of.day, campaign))


def done_on(session: Session, day: date | None, clock: Clock, field: str = "on") -> date:
    """The day on which something was done: today unless it is given. Raises Malformed for one that lies ahead."""
    today = load.as_of(session, None, clock).day
    if day and day > today:
        raise Malformed("day_lies_ahead", field, value=day.isoformat())
    return day or today
