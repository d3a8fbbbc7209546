"""A campaign's name and dates as a form gives them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.campaigns.drafts import CampaignDraft
from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.errors import Malformed, NotAllowed
from scheduler.core.ground.spans import DayRange
from scheduler.services.campaigns import programme
from scheduler.services.campaigns import writing as campaign_writing
from scheduler.services.ground import journal, organisation
from tests.builders import a_clock, an_actor

CLOCK = a_clock()
DRAFT = CampaignDraft("活动", date(2014, 8, 1), date(2014, 10, 10), date(2014, 8, 4), date(2014, 9, 12))


def test_first_campaign_is_written_with_the_organisations_name(session: Session) -> None:
    assert campaign_writing.edit_campaign(session, OPERATOR, DRAFT, " 某区总工会 ", CLOCK) == "c1"

    view = programme.campaign(session, OPERATOR, None, CLOCK)
    assert view
    assert (view.campaign.name, view.report_due) == ("活动", date(2014, 8, 28))
    assert view.window == DayRange(date(2014, 8, 4), date(2014, 9, 9))
    assert organisation.current(session).name == "某区总工会"
    assert journal.recent(session, OPERATOR, CLOCK, noun="campaign")[0].noun == "campaign"


def test_standing_campaign_is_changed_and_keeps_its_lists(sample_session: Session) -> None:
    changed = replace(DRAFT, name="活动二", starts=date(2014, 2, 26), ends=date(2014, 11, 24))
    campaign_writing.edit_campaign(sample_session, OPERATOR, changed, "", CLOCK)

    view = programme.campaign(sample_session, OPERATOR, None, CLOCK)
    assert view
    assert (view.campaign.name, len(view.campaign.phases), len(view.campaign.lists["extended_talks"])) == (
        "活动二",
        3,
        6,
    )
    assert organisation.current(sample_session).name == "东麓市澜桥区总工会"


def test_what_cannot_be_is_refused_and_nothing_written(session: Session) -> None:
    with pytest.raises(Malformed):
        campaign_writing.edit_campaign(session, OPERATOR, replace(DRAFT, ends=date(2014, 1, 1)), "某", CLOCK)
    with pytest.raises(NotAllowed):
        campaign_writing.edit_campaign(session, an_actor("p03", Role.MEMBER), DRAFT, "某", CLOCK)

    assert programme.campaign(session, OPERATOR, None, CLOCK) is None
    assert organisation.current(session).name == ""
