"""Campaigns written: which leads, which are closed, and what the first one takes up."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.ids import CampaignId
from scheduler.core.ground.spans import midnight, next_midnight
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.campaigns.rows import CampaignRow
from scheduler.store.rules.rows import RuleSetRow


def new_row(session: Session, campaign: str) -> CampaignRow:
    """A campaign that is not there yet; it comes last, so that those that stand go on leading."""
    place = (session.scalar(select(func.max(CampaignRow.place))) or 0) + 1
    row = CampaignRow(id=campaign, name="", starts=date.min, ends=date.min, talk_window={}, lists={}, place=place)
    session.add(row)
    return row


def lead(session: Session, campaign: CampaignId) -> None:
    """Put a campaign before all others."""
    first = session.scalar(select(func.min(CampaignRow.place))) or 0
    session.execute(update(CampaignRow).where(CampaignRow.id == campaign).values(place=first - 1))


def set_open(session: Session, campaign: CampaignId, *, is_open: bool) -> None:
    """Close a campaign, or open it again."""
    session.execute(update(CampaignRow).where(CampaignRow.id == campaign).values(is_open=is_open))


def set_terms(session: Session, campaign: CampaignId, quorum: Fraction | None, notice_workdays: int | None) -> None:
    """Say what makes a quorum at its meetings and how much notice people have; None: as it stands."""
    terms = {"quorum": None if quorum is None else str(quorum), "notice_workdays": notice_workdays}
    changed = {name: term for name, term in terms.items() if term is not None}
    if changed:
        session.execute(update(CampaignRow).where(CampaignRow.id == campaign).values(changed))


def take_up(session: Session, campaigns: Sequence[Campaign], zone: ZoneInfo) -> None:
    """Give the first campaigns what was there before them: bookings by their day, rule sets to the one that leads."""
    for campaign in campaigns:
        within = (
            BookingRow.campaign_id.is_(None),
            BookingRow.starts_at >= midnight(campaign.starts, zone),
            BookingRow.starts_at < next_midnight(campaign.ends, zone),
        )
        session.execute(update(BookingRow).where(*within).values(campaign_id=campaign.id))
    for campaign in campaigns[:1]:
        session.execute(update(RuleSetRow).where(RuleSetRow.campaign_id.is_(None)).values(campaign_id=campaign.id))
