"""Rule sets as they were applied: kept, brought up to date, and which of them leads."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import CampaignId, GroupId, RuleSetId
from scheduler.core.rules.resolution import AppliedRuleSet
from scheduler.store import counters
from scheduler.store.rules.rows import RuleSetRow


def apply(
    session: Session,
    preset: str,
    branch: GroupId | None,
    document: Mapping[str, Any],
    campaign: CampaignId | None,
    clock: Clock,
) -> AppliedRuleSet:
    """Keep a preset for a branch (or for nobody in particular); one applied before in the campaign keeps its id.

    The first one applied in a campaign leads in it. Nothing is committed here.
    """
    row = session.scalar(select(RuleSetRow).filter_by(preset=preset, branch=branch or "", campaign_id=campaign))
    if row is None:
        # the counter makes whoever applies at the same moment wait, so that only one of them is the first
        rule_set = counters.next_id(session, "RS")
        is_first = session.scalar(select(RuleSetRow.id).filter_by(campaign_id=campaign).limit(1)) is None
        row = RuleSetRow(id=rule_set, preset=preset, branch=branch or "", is_leading=is_first, applied_at=clock.real)
        row.campaign_id = campaign
        session.add(row)
    row.document = dict(document)
    session.flush()
    return AppliedRuleSet(RuleSetId(row.id), preset, branch, row.document, row.is_leading, campaign)


def lead(session: Session, rule_set: RuleSetId) -> bool:
    """Let one rule set lead in its campaign and no other; whether there is such a one. Nothing is committed here."""
    row = session.get(RuleSetRow, rule_set)
    if row is None:
        return False
    others = RuleSetRow.campaign_id.is_not_distinct_from(row.campaign_id)
    session.execute(update(RuleSetRow).where(others).values(is_leading=RuleSetRow.id == rule_set))
    return True
