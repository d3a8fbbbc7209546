"""The campaigns there are: listed, told apart, which leads, which are closed."""

from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.choosing import ChosenCampaign
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.campaigns.notice import MAX_NOTICE
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import CampaignId
from scheduler.services.ground import journal
from scheduler.services.ground.open_campaigns import refuse_closed
from scheduler.store import load, writing
from scheduler.store.campaigns import save

__all__ = ["ChosenCampaign", "chosen", "lead", "listing", "named", "set_open", "set_terms"]


def listing(session: Session, actor: Actor, clock: Clock) -> tuple[Campaign, ...]:
    """All campaigns, by the day they start."""
    del clock  # every verb is given one
    access.require(actor, Action.SEE_ORGANISATION)
    return load.campaigns(session)


def chosen(session: Session, day: date | None, clock: Clock, given: CampaignId | None = None) -> ChosenCampaign | None:
    """Which campaign a question about a day (today when None) means; None: there is none. Raises NotFound."""
    return choosing.about(load.campaigns(session), load.as_of(session, day, clock).day, given)


def named(session: Session, text: str) -> Campaign:
    """The campaign that a text names: its id, or a name that only one bears. Raises NotFound, Malformed."""
    campaigns = load.campaigns(session)
    matches = [campaign for campaign in campaigns if campaign.id == text] or [
        campaign for campaign in campaigns if campaign.name == text
    ]
    if not matches:
        raise NotFound("campaign", text)
    if len(matches) > 1:
        raise Malformed("several_campaigns", "campaign", value=text, ids=tuple(campaign.id for campaign in matches))
    return matches[0]


@writing.verb
def lead(session: Session, actor: Actor, campaign_id: CampaignId, clock: Clock) -> Campaign:
    """Let a campaign lead: of several that cover a day, questions and new bookings mean this one."""
    access.require(actor, Action.EDIT_PROGRAMME)
    writing.begin(session)
    named(session, campaign_id)
    save.lead(session, campaign_id)
    journal.note(session, actor, "made_first", "campaign", campaign_id, clock)
    return _again(session, campaign_id)


@writing.verb
def set_open(session: Session, actor: Actor, campaign_id: CampaignId, clock: Clock, *, is_open: bool) -> Campaign:
    """Close a campaign, so that nothing of it is changed any more; or open it again."""
    access.require(actor, Action.EDIT_PROGRAMME)
    writing.begin(session)
    named(session, campaign_id)
    save.set_open(session, campaign_id, is_open=is_open)
    journal.note(session, actor, "reopened" if is_open else "closed", "campaign", campaign_id, clock)
    return _again(session, campaign_id)


@writing.verb
def set_terms(
    session: Session,
    actor: Actor,
    campaign_id: CampaignId,
    clock: Clock,
    *,
    quorum: Fraction | None = None,
    notice_workdays: int | None = None,
) -> Campaign:
    """Say what share of those expected has to be at the meetings of a campaign, and how many workdays of notice people have
    of what is arranged in it; None: as it stands. Raises Malformed, NotFound, Refused.
    """
    access.require(actor, Action.EDIT_PROGRAMME)
    if quorum is not None and not 0 < quorum <= 1:
        raise Malformed("not_a_share", "quorum", value=str(quorum))
    if notice_workdays is not None and not 0 <= notice_workdays <= MAX_NOTICE:
        raise Malformed("out_of_range", "notice_workdays", value=notice_workdays, first=0, last=MAX_NOTICE)
    writing.begin(session)
    refuse_closed(named(session, campaign_id))
    save.set_terms(session, campaign_id, quorum, notice_workdays)
    terms = {"quorum": None if quorum is None else str(quorum), "notice_workdays": notice_workdays}
    told = {name: term for name, term in terms.items() if term is not None}
    journal.note(session, actor, "edited", "campaign", campaign_id, clock, **told)
    return _again(session, campaign_id)


def _again(session: Session, campaign_id: CampaignId) -> Campaign:
    """The campaign as it stands now."""
    session.flush()
    session.expire_all()
    return named(session, campaign_id)
