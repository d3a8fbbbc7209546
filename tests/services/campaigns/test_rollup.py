"""All campaigns side by side."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.campaigns.rollup import NextMilestone, Share
from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.errors import NotAllowed
from scheduler.core.ground.ids import BookingId, CampaignId
from scheduler.services.bookings import acts as bookings
from scheduler.services.campaigns.rollup import roll_up
from scheduler.services.imports.run import Upload
from scheduler.services.rules import sets as rules
from tests.builders import a_clock, an_actor
from tests.services.importing import run

CLOCK = a_clock("2014-08-01T08:00")
FILES = [ROOT / "sample" / "programme" / f"campaign_{name}.yaml" for name in ("2015", "branch_2014")]


@pytest.fixture
def session(sample_session: Session) -> Session:
    """With the sample's three campaigns, and rules applied in two of them."""
    rules.apply(sample_session, OPERATOR, "cn.four-must-talks-extended", None, CLOCK)
    run(sample_session, *(Upload(path.name, path.read_bytes()) for path in FILES))
    rules.apply(sample_session, OPERATOR, "cn.three-must-talks", None, CLOCK, campaign=CampaignId("c2"))
    return sample_session


def test_each_campaign_has_its_own_figures_and_the_total_adds_them_up(session: Session) -> None:
    told = roll_up(session, OPERATOR, None, CLOCK)

    branches, first, following = told.lines
    assert [line.campaign.id for line in told.lines] == ["b2014", "c1", "c2"]
    assert (first.rule_set, first.talks, first.study, first.rate) == ("RS1", Share(37, 48), Share(6, 8), 77.1)
    assert first.next_milestone == NextMilestone("democratic_life_meeting", date(2014, 8, 20))
    assert (branches.rule_set, branches.talks, branches.next_milestone) == (None, None, None)
    assert following.talks is not None
    assert following.talks.done == 0
    assert told.total.talks == Share(37, 48 + following.talks.of)
    assert told.total.bookings == first.bookings > 0
    assert (branches.bookings, following.bookings) == (0, 0)


def test_cancelled_bookings_are_not_counted_and_another_day_may_be_asked_of(session: Session) -> None:
    before = roll_up(session, OPERATOR, None, CLOCK).lines[1].bookings
    bookings.cancel(session, OPERATOR, BookingId("T049"), CLOCK)

    assert roll_up(session, OPERATOR, None, CLOCK).lines[1].bookings == before - 1
    earlier = roll_up(session, OPERATOR, date(2014, 6, 16), CLOCK)
    assert earlier.as_of == date(2014, 6, 16)
    assert earlier.lines[1].talks == Share(3, 48)


def test_it_is_told_as_far_as_the_viewer_may_see(session: Session) -> None:
    with pytest.raises(NotAllowed):
        roll_up(session, an_actor("p27"), None, CLOCK)
    secretary = an_actor("p12", Role.MEMBER, Role.BRANCH_ORGANIZER, branches=["B1"], members=["p12", "p13"])
    (_, first, _) = roll_up(session, secretary, None, CLOCK).lines
    assert (first.rule_set, first.talks, first.study) == (None, None, None)
