from datetime import date

import pytest

from scheduler.core.campaigns import rollup
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.campaigns.rollup import CampaignLine, NextMilestone, RollUp, Share, Total
from scheduler.core.ground.ids import CampaignId

CAMPAIGN = Campaign(
    CampaignId("c1"),
    "活动",
    date(2014, 1, 1),
    date(2014, 12, 31),
    milestones={"democratic_life_meeting": date(2014, 8, 20), "summing_up": date(2014, 11, 21)},
)


def a_line(talks: Share | None, study: Share | None, bookings: int = 0) -> CampaignLine:
    return CampaignLine(CAMPAIGN, None, talks, study, bookings, None)


def test_numbers_are_added_up_and_the_rate_is_that_of_the_sums() -> None:
    told = RollUp(
        date(2014, 8, 1),
        (
            a_line(Share(1, 1), Share(6, 8), 90),
            a_line(Share(0, 99), None, 2),
            a_line(None, Share(0, 8)),
        ),
    )

    assert told.total == Total(Share(1, 100), Share(6, 16), 92)
    assert (told.total.covered, told.total.required, told.total.rate) == (1, 100, 1.0)  # not the mean of 100 and 0


def test_where_there_are_no_rules_nothing_is_said_instead_of_zero() -> None:
    line = a_line(None, None)

    assert (line.covered, line.required, line.rate) == (None, None, None)
    assert RollUp(date(2014, 8, 1), (line,)).total == Total(None, None, 0)
    assert Share(0, 0).rate is None


@pytest.mark.parametrize(
    ("day", "ahead"),
    [
        (date(2014, 8, 1), NextMilestone("democratic_life_meeting", date(2014, 8, 20))),
        (date(2014, 8, 20), NextMilestone("democratic_life_meeting", date(2014, 8, 20))),
        (date(2014, 8, 21), NextMilestone("summing_up", date(2014, 11, 21))),
        (date(2014, 11, 22), None),
    ],
)
def test_the_next_milestone_is_the_first_one_ahead(day: date, ahead: NextMilestone | None) -> None:
    assert rollup.next_milestone(CAMPAIGN, day) == ahead
