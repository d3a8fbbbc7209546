"""Which campaign a booking belongs to, and which rule set a talk is credited to."""

from dataclasses import replace

from sqlalchemy.orm import Session

from scheduler.core.campaigns import choosing
from scheduler.core.ground.bookings import Draft, Kind
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.rules.resolution import AppliedRuleSet
from scheduler.store import load

COUNTED = (Kind.TALK, Kind.STUDY_SESSION)
"""What a campaign is measured by."""


def placed(session: Session, draft: Draft) -> Draft:
    """The draft with its campaign: the one that was named, that of its rule set, or the one that covers its day.

    Raises NotFound for a campaign, Malformed for a rule set that there is not, or that is another campaign's.
    """
    applied = named_rule_set(session, draft)
    campaigns = load.campaigns(session)
    if draft.campaign:
        if draft.campaign not in {campaign.id for campaign in campaigns}:
            raise NotFound("campaign", draft.campaign)
        if applied and applied.campaign not in (None, draft.campaign):
            raise Malformed("other_campaign", "rule_set", value=applied.id, campaign=applied.campaign)
        return draft
    if applied:
        return replace(draft, campaign=applied.campaign)
    day = draft.span.start.astimezone(load.organisation(session).zone).date()
    campaign = choosing.of_booking(campaigns, day, counts=draft.kind in COUNTED)
    return replace(draft, campaign=campaign.id) if campaign else draft


def named_rule_set(session: Session, draft: Draft) -> AppliedRuleSet | None:
    """The rule set that a draft names; None: it names none. Raises Malformed."""
    if not draft.rule_set:
        return None
    for applied in load.rule_set_rows(session):
        if applied.id == draft.rule_set:
            return applied
    raise Malformed("unknown", "rule_set", value=draft.rule_set)


def credited(session: Session, draft: Draft) -> AppliedRuleSet | None:
    """The rule set that a talk is credited to: the one it is booked for, else the leading one of its campaign.

    The draft must have been placed.
    """
    if draft.rule_set:
        return named_rule_set(session, draft)
    for applied in load.rule_set_rows(session):
        if applied.is_leading and (applied.campaign == draft.campaign if draft.campaign else applied.takes_rest):
            return applied
    return None
