"""A campaign's name and dates as a form gives them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.campaigns.drafts import MEETING, CampaignDraft
from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.errors import Malformed, NotAllowed, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId
from scheduler.core.ground.spans import DayRange
from scheduler.services.campaigns import programme
from scheduler.services.campaigns import writing as campaign_writing
from scheduler.services.ground import journal, organisation
from scheduler.store import load
from tests.builders import a_clock, a_span, an_actor

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


def test_the_meeting_moves_with_its_milestone_or_nothing_is_written(sample_session: Session) -> None:
    changed = replace(DRAFT, starts=date(2014, 2, 26), ends=date(2014, 11, 24), meeting=date(2014, 8, 22))
    campaign_writing.edit_campaign(sample_session, OPERATOR, changed, "", CLOCK)
    assert load.booking(sample_session, BookingId("E10")).span == a_span("2014-08-22T08:30", 540)

    with pytest.raises(Refused) as refused:
        campaign_writing.edit_campaign(
            sample_session, OPERATOR, replace(changed, meeting=date(2014, 8, 27), name="活动二"), "", CLOCK
        )

    assert refused.value.blocking[0] == Finding("meeting_cannot_follow", "E10")
    view = programme.campaign(sample_session, OPERATOR, None, CLOCK)
    assert view
    assert (view.campaign.name, view.campaign.milestones) == ("活动", {MEETING: date(2014, 8, 22)})


def test_what_cannot_be_is_refused_and_nothing_written(session: Session) -> None:
    with pytest.raises(Malformed):
        campaign_writing.edit_campaign(session, OPERATOR, replace(DRAFT, ends=date(2014, 1, 1)), "某", CLOCK)
    with pytest.raises(NotAllowed):
        campaign_writing.edit_campaign(session, an_actor("p03", Role.MEMBER), DRAFT, "某", CLOCK)

    assert programme.campaign(session, OPERATOR, None, CLOCK) is None
    assert organisation.current(session).name == ""
