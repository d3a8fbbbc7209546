"""Which talks count for a rule set."""

import pytest

from scheduler.core.ground.ids import CampaignId, RuleSetId
from scheduler.core.rules.definitions import AppliedRuleSet
from tests.builders import a_talk

LEADING = AppliedRuleSet(RuleSetId("RS1"), "p", None, {}, is_leading=True, campaign=CampaignId("c1"), takes_rest=True)
OTHER = AppliedRuleSet(RuleSetId("RS2"), "p", None, {}, is_leading=False, campaign=CampaignId("c1"))
NEXT = AppliedRuleSet(RuleSetId("RS3"), "p", None, {}, is_leading=True, campaign=CampaignId("c2"))


@pytest.mark.parametrize(
    ("known", "takers"),
    [
        ({"rule_set": RuleSetId("RS2")}, ["RS2"]),
        ({"rule_set": RuleSetId("RS2"), "linked": (RuleSetId("RS3"),)}, ["RS2", "RS3"]),
        ({"campaign": CampaignId("c1")}, ["RS1"]),
        ({"campaign": CampaignId("c2")}, ["RS3"]),
        ({}, ["RS1"]),
    ],
)
def test_a_talk_counts_where_it_was_booked_linked_or_else_where_its_campaign_leads(
    known: dict[str, object], takers: list[str]
) -> None:
    talk = a_talk(**known)

    assert [applied.id for applied in (LEADING, OTHER, NEXT) if applied.takes(talk)] == takers
