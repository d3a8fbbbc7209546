"""Which campaign a question is about, and which one a new booking belongs to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import CampaignId


class OfCampaign(Protocol):
    """What may belong to a campaign: a booking, or what a viewer sees of it."""

    @property
    def campaign(self) -> CampaignId | None:
        """Which one; None: nobody said."""


@dataclass(frozen=True, slots=True)
class ChosenCampaign:
    """The campaign that a question is about."""

    campaign: Campaign
    others: tuple[Campaign, ...] = ()
    """Those that cover the day as well, when none was named: the answer could have been about them."""


def leading_first(campaigns: Iterable[Campaign]) -> list[Campaign]:
    """Campaigns in the order in which they lead."""
    return sorted(campaigns, key=lambda campaign: campaign.place)


def about(campaigns: Sequence[Campaign], day: date, given: CampaignId | None = None) -> ChosenCampaign | None:
    """The one that was named; else the one that covers the day, of several the leading one; of none the last that
    ended, and before any has ended the next to begin. None: there are no campaigns.

    Raises NotFound for a name that no campaign bears.
    """
    if given is not None:
        for campaign in campaigns:
            if campaign.id == given:
                return ChosenCampaign(campaign)
        raise NotFound("campaign", given)
    in_order = leading_first(campaigns)
    if covering := [campaign for campaign in in_order if campaign.covers(day)]:
        return ChosenCampaign(covering[0], tuple(covering[1:]))
    if ended := [campaign for campaign in in_order if campaign.ends < day]:
        return ChosenCampaign(max(ended, key=lambda campaign: campaign.ends))
    return ChosenCampaign(min(in_order, key=lambda campaign: campaign.starts)) if in_order else None


def of_booking(campaigns: Iterable[Campaign], day: date, *, counts: bool) -> Campaign | None:
    """The campaign of a booking for which none was named: the open one that covers its day, of several the leading one.

    What counts for something (a talk, a study session) belongs to a closed one when only closed ones cover its day,
    so that it is refused there instead of counting for it unseen.
    """
    covering = [campaign for campaign in leading_first(campaigns) if campaign.covers(day)]
    still_open = [campaign for campaign in covering if campaign.is_open]
    return next(iter(still_open or (covering if counts else ())), None)


def holds(campaign: Campaign | None, booking: OfCampaign) -> bool:
    """Whether a booking counts in a campaign: it is the campaign's, or it is nobody's and this one leads all others."""
    if campaign is None:
        return booking.campaign is None
    return booking.campaign == campaign.id or (booking.campaign is None and campaign.is_leading)


def same(campaigns: Iterable[Campaign], name: str, starts: date, ends: date) -> Campaign | None:
    """The campaign that a file without an id means: of that name, on some of those days; of several the leading one."""
    alike = (campaign for campaign in leading_first(campaigns) if campaign.name == name)
    return next((campaign for campaign in alike if campaign.starts <= ends and starts <= campaign.ends), None)
