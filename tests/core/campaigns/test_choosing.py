from dataclasses import replace
from datetime import date

import pytest

from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.choosing import ChosenCampaign
from scheduler.core.campaigns.definitions import Campaign, CampaignState
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import CampaignId
from tests.builders import a_booking


def a_campaign(name: str, first: str, last: str, place: int) -> Campaign:
    return Campaign(CampaignId(name), f"活动{name}", date.fromisoformat(first), date.fromisoformat(last), place=place)


C1 = replace(a_campaign("c1", "2014-02-26", "2014-11-24", 1), is_leading=True)
BRANCHES = a_campaign("b2014", "2014-01-01", "2014-12-31", 2)
C2 = a_campaign("c2", "2015-04-27", "2015-12-31", 3)
ALL = (BRANCHES, C1, C2)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2014-08-01", ChosenCampaign(C1, (BRANCHES,))),
        ("2014-02-26", ChosenCampaign(C1, (BRANCHES,))),
        ("2014-11-24", ChosenCampaign(C1, (BRANCHES,))),
        ("2014-01-15", ChosenCampaign(BRANCHES)),
        ("2014-12-31", ChosenCampaign(BRANCHES)),
        ("2015-02-01", ChosenCampaign(BRANCHES)),
        ("2015-05-01", ChosenCampaign(C2)),
        ("2020-01-01", ChosenCampaign(C2)),
        ("2013-01-01", ChosenCampaign(BRANCHES)),
    ],
)
def test_a_question_is_about_what_covers_its_day_else_about_what_ended_last(day: str, expected: ChosenCampaign) -> None:
    assert choosing.about(ALL, date.fromisoformat(day)) == expected


def test_a_campaign_that_was_named_is_meant_whatever_the_day() -> None:
    assert choosing.about(ALL, date(2014, 8, 1), CampaignId("c2")) == ChosenCampaign(C2)
    with pytest.raises(NotFound):
        choosing.about(ALL, date(2014, 8, 1), CampaignId("c9"))


def test_without_campaigns_a_question_is_about_none() -> None:
    assert choosing.about((), date(2014, 8, 1)) is None


def test_of_campaigns_that_ended_together_the_leading_one_is_meant() -> None:
    twin = replace(C1, id=CampaignId("c3"), place=9)

    assert choosing.about((twin, C1), date(2015, 1, 1)) == ChosenCampaign(C1)


def test_a_booking_belongs_to_the_open_campaign_that_covers_its_day() -> None:
    closed = replace(C1, is_open=False)

    assert choosing.of_booking(ALL, date(2014, 8, 1), counts=True) == C1
    assert choosing.of_booking((BRANCHES, closed), date(2014, 8, 1), counts=True) == BRANCHES
    assert choosing.of_booking((closed,), date(2014, 8, 1), counts=True) == closed
    assert choosing.of_booking((closed,), date(2014, 8, 1), counts=False) is None
    assert choosing.of_booking(ALL, date(2015, 2, 1), counts=True) is None


def test_what_is_nobodys_counts_with_the_leading_campaign() -> None:
    own, nobodys = replace(a_booking(), campaign=C2.id), a_booking()

    assert [choosing.holds(campaign, own) for campaign in (C1, C2, None)] == [False, True, False]
    assert [choosing.holds(campaign, nobodys) for campaign in (C1, C2, None)] == [True, False, True]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2014-03-01", "2015-03-01", C1),
        ("2014-11-24", "2015-01-01", C1),
        ("2013-01-01", "2014-02-26", C1),
        ("2014-11-25", "2015-03-01", None),
        ("2013-01-01", "2014-02-25", None),
    ],
)
def test_a_file_means_the_campaign_of_its_name_on_some_of_its_days(
    first: str, last: str, expected: Campaign | None
) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)

    assert choosing.same(ALL, "活动c1", *days) == expected
    assert choosing.same(ALL, "另一个活动", *days) is None


def test_a_campaign_is_open_until_it_is_closed() -> None:
    assert C1.state is CampaignState.OPEN
    assert replace(C1, is_open=False).state is CampaignState.CLOSED
