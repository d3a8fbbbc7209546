"""A closed campaign is read, and no longer changed."""

from sqlalchemy.orm import Session

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import CampaignId
from scheduler.store import load


def require_open(session: Session, *campaigns: CampaignId | None) -> None:
    """Raise Refused for the first of these campaigns that is closed."""
    if any(campaigns):
        for campaign in load.campaigns(session):
            if campaign.id in campaigns:
                refuse_closed(campaign)


def refuse_closed(campaign: Campaign) -> None:
    """Raise Refused if a campaign is closed."""
    if not campaign.is_open:
        raise Refused((Finding("campaign_closed", campaign.id, {"name": campaign.name}),))
