"""Which campaign a visitor looks at: the one in the address, else the one chosen before, else the one that the day means."""

from datetime import date
from typing import Any

from flask import Response, g, has_request_context, request

from scheduler import edge
from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.choosing import ChosenCampaign
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import CampaignId
from scheduler.services.ground.header import Header, header

NAME = "campaign"
"""What it is called in addresses, and the cookie that keeps it."""
A_YEAR = 365 * 24 * 3600
FOLLOWING = ("arranging", "bookings", "campaigns", "coverage", "papers", "programme", "rules", "sessions")
"""Rooms whose pages are about a campaign: their addresses carry it on."""


def around() -> Header:
    """What stands around the page; asked for once."""
    if "header" not in g:
        g.header = header(edge.session(), edge.actor(), edge.clock())
    return g.header  # type: ignore[no-any-return]  # what stands in `g` has no type


def named() -> CampaignId | None:
    """The campaign that the visitor chose, in the address or before; None: none, or one that is no more."""
    if "named_campaign" not in g:
        wishes = [wish for wish in (request.args.get(NAME), request.cookies.get(NAME)) if wish]
        ids = {campaign.id for campaign in around().campaigns} if wishes else set()
        g.named_campaign = next((CampaignId(wish) for wish in wishes if wish in ids), None)
    return g.named_campaign  # type: ignore[no-any-return]  # as above


def chosen_on(day: date) -> ChosenCampaign | None:
    """The campaign that a page of a day is about, and which others it could have been; None: there is none."""
    return choosing.about(around().campaigns, day, named())


def id_on(day: date) -> CampaignId | None:
    """The same by its id."""
    chosen = chosen_on(day)
    return chosen.campaign.id if chosen else None


def show(campaign: CampaignId | None) -> None:
    """Say that the page turned out to be about this one, because of what else its address names."""
    g.shown_campaign = campaign


def shown() -> Campaign | None:
    """The campaign that the page is about."""
    chosen, other = chosen_on(edge.clock().today(edge.zone())), g.get("shown_campaign")
    named_otherwise = next((each for each in around().campaigns if each.id == other), None)
    return named_otherwise or (chosen.campaign if chosen else None)


def check() -> None:
    """Raise NotFound for an address that names a campaign which is not there."""
    g.carries_campaign = True
    wish = request.args.get(NAME)
    if wish and edge.actor().roles and wish not in {campaign.id for campaign in around().campaigns}:
        raise NotFound("campaign", wish[:64])


def carry(endpoint: str, values: dict[str, Any]) -> None:
    """Let addresses of pages about a campaign name the one that was chosen."""
    if not has_request_context() or not g.get("carries_campaign") or NAME in values:
        return
    if endpoint.partition(".")[0] in FOLLOWING and (chosen := named()):
        values[NAME] = chosen


def keep(response: Response) -> Response:
    """Remember the campaign that the address names; the one that today means need not be remembered."""
    if request.method != "GET" or not request.args.get(NAME) or not (chosen := named()):
        return response
    usual = choosing.about(around().campaigns, edge.clock().today(edge.zone()))
    if usual and usual.campaign.id == chosen:
        if NAME in request.cookies:
            response.delete_cookie(NAME)
        return response
    secure = edge.settings().is_https
    response.set_cookie(NAME, chosen, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response
