"""A campaign's name and dates as a form gives them, and what the organisation is called."""

from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.campaigns import drafts as campaign_drafts
from scheduler.core.campaigns import milestones
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.campaigns.drafts import CampaignDraft
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.ids import CampaignId
from scheduler.core.organisation import facts
from scheduler.core.organisation.facts import Change, Subject
from scheduler.services.bookings import moved_along
from scheduler.services.feeds import changes as feed_changes
from scheduler.services.ground import journal
from scheduler.services.ground.open_campaigns import refuse_closed
from scheduler.store import load, writing
from scheduler.store.campaigns import save as save_campaigns
from scheduler.store.imports import plain_facts
from scheduler.store.operations import former
from scheduler.store.operations.former import Fact


@writing.verb
def edit_campaign(
    session: Session,
    actor: Actor,
    draft: CampaignDraft,
    organisation: str,
    clock: Clock,
    campaign: CampaignId | None = None,
) -> CampaignId:
    """Write a campaign, today's when none is named, or the first one; and the organisation's name, unless it is empty.

    The meeting's own bookings move with it, all others stay where they are. Raises Malformed naming the field, Refused
    when the meeting cannot be on its new day.
    """
    access.require(actor, Action.EDIT_PROGRAMME)
    campaign_drafts.check(draft)
    writing.begin(session)
    stands = load.campaign(session, load.as_of(session, None, clock).day, campaign)
    campaign_id = stands.id if stands else CampaignId("c1")
    given = campaign_drafts.fields(draft, is_new=stands is None)
    before = plain_facts.campaign_fields(stands) if stands else None
    if stands:
        refuse_closed(stands)
    changes = [facts.changed(Subject.CAMPAIGN, campaign_id, before, given), *_named(session, organisation)]
    former.keep_standing(session, [Fact("milestone", campaign_id)], clock, with_new=False)
    plain_facts.save_campaign(session, campaign_id, given)
    if stands and draft.meeting:
        _move_meetings(session, actor, stands, draft.meeting, clock)
    if stands is None:
        save_campaigns.take_up(session, load.campaigns(session), load.organisation(session).zone)
    feed_changes.follow(session, changes, clock)
    journal.note(session, actor, "edited", "campaign", campaign_id, clock)
    return campaign_id


def _move_meetings(session: Session, actor: Actor, stood: Campaign, day: date, clock: Clock) -> None:
    """Move the meetings that stood on the milestone's day along with it. Raises Refused."""
    if stood.milestones.get(campaign_drafts.MEETING) in (None, day):
        return
    meetings = load.bookings(session, kinds=[milestones.REPORTED])
    own = milestones.own_bookings(stood, campaign_drafts.MEETING, meetings, load.organisation(session).zone)
    _, findings = moved_along.along_with(session, actor, own, day, clock)
    if findings.blocking:
        raise Refused(findings.blocking, findings.warnings)


def _named(session: Session, organisation: str) -> list[Change]:
    """Write what the organisation is called."""
    name = organisation.strip()
    if not name:
        return []
    stands = plain_facts.organisation(session)
    plain_facts.save_organisation(session, {"name": name})
    return [facts.changed(Subject.ORGANISATION, "organisation", stands[0] if stands else None, {"name": name})]
