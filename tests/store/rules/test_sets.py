from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.ids import CampaignId, GroupId, RuleSetId
from scheduler.core.rules.resolution import AppliedRuleSet
from scheduler.store import load
from scheduler.store.campaigns.rows import CampaignRow
from scheduler.store.rules import sets as rule_sets
from scheduler.store.rules.rows import RuleSetRow
from tests.builders import REAL, a_clock

CLOCK = a_clock()
DOCUMENT = {"schema_version": 1, "presets": [{"id": "x", "name": {"zh": "四必谈"}, "rules": []}]}


def apply(
    session: Session, preset: str = "x", branch: str | None = None, document: object = DOCUMENT
) -> AppliedRuleSet:
    return rule_sets.apply(session, preset, GroupId(branch) if branch else None, document, None, CLOCK)  # type: ignore[arg-type]


def test_rule_set_comes_back_as_it_was_kept(session: Session) -> None:
    kept = apply(session)

    assert kept == AppliedRuleSet(RuleSetId("RS1"), "x", None, DOCUMENT, is_leading=True)
    assert load.rule_set_rows(session) == (replace(kept, takes_rest=True),)


def test_first_rule_set_leads_and_ids_count_on(session: Session) -> None:
    found = [apply(session, preset, branch) for preset, branch in (("x", None), ("x", "B1"), ("y", None))]

    assert [(one.id, one.branch, one.is_leading) for one in found] == [
        ("RS1", None, True),
        ("RS2", "B1", False),
        ("RS3", None, False),
    ]


def test_same_preset_for_the_same_branch_keeps_its_id(session: Session) -> None:
    apply(session)
    apply(session, branch="B1")
    changed = {**DOCUMENT, "defaults": {"min_count": 2}}

    again = apply(session, branch="B1", document=changed)

    assert (again.id, again.document) == ("RS2", changed)
    assert [one.id for one in load.rule_set_rows(session)] == ["RS1", "RS2"]


def test_each_campaign_has_rule_sets_and_a_leading_one_of_its_own(session: Session) -> None:
    for number in (1, 2):
        days = {"starts": date(2014, number, 1), "ends": date(2014, 11, 24)}
        session.add(CampaignRow(id=f"c{number}", name="活动", place=number, **days))
    session.flush()
    for campaign in ("c1", "c2"):
        for preset in ("x", "y"):
            rule_sets.apply(session, preset, None, DOCUMENT, CampaignId(campaign), CLOCK)

    rule_sets.lead(session, RuleSetId("RS4"))

    assert [(row.id, row.campaign, row.is_leading, row.takes_rest) for row in load.rule_set_rows(session)] == [
        ("RS1", "c1", True, True),
        ("RS2", "c1", False, False),
        ("RS3", "c2", False, False),
        ("RS4", "c2", True, False),
    ]


def test_rule_set_belongs_to_the_campaign_it_was_applied_in(session: Session) -> None:
    session.add(CampaignRow(id="c1", name="活动", starts=date(2014, 2, 26), ends=date(2014, 11, 24)))
    session.flush()

    rule_sets.apply(session, "x", None, DOCUMENT, CampaignId("c1"), CLOCK)

    row = session.get_one(RuleSetRow, "RS1")
    assert (row.campaign_id, row.applied_at) == ("c1", REAL)


def test_one_rule_set_leads_and_no_other(session: Session) -> None:
    apply(session)
    apply(session, "y")

    assert rule_sets.lead(session, RuleSetId("RS2"))

    assert [one.is_leading for one in load.rule_set_rows(session)] == [False, True]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_rule_set_that_there_is_none_of_cannot_lead(session: Session) -> None:
    apply(session)

    assert not rule_sets.lead(session, RuleSetId("RS9"))

    assert [one.is_leading for one in load.rule_set_rows(session)] == [True]
