"""Feeds as values: owners, how far they reach, which groups an audience names."""

from datetime import UTC, date, datetime

import pytest

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.feeds.definitions import Feed, FeedOptions, Owner, Reach, Scope, groups_in, owner_of, reach
from scheduler.core.ground.ids import CampaignId, FeedId
from tests.small_organisation import SHANGHAI

MADE = datetime(2026, 11, 22, tzinfo=UTC)


def a_campaign(name: str, starts: str, ends: str) -> Campaign:
    return Campaign(CampaignId(name), name, date.fromisoformat(starts), date.fromisoformat(ends))


@pytest.mark.parametrize("subject", ["p:p03", "r:R04", "g:B1", "c:C1"])
def test_an_owner_is_named_as_resources_are(subject: str) -> None:
    assert owner_of(subject).subject == subject


def test_a_feed_knows_what_it_is_of() -> None:
    feeds = [Feed(FeedId("F1"), Owner(scope, "x"), FeedOptions("en"), MADE) for scope in Scope]

    assert [(f.person, f.room, f.group, f.campaign) for f in feeds] == [
        ("x", None, None, None),
        (None, "x", None, None),
        (None, None, "x", None),
        (None, None, None, "x"),
    ]
    assert feeds[0].language == "en"


def test_a_feed_shows_nothing_beyond_the_campaign_that_it_is_of_or_limited_to() -> None:
    limited = FeedOptions(campaign=CampaignId("c2"))

    assert Feed(FeedId("F1"), Owner(Scope.PERSON, "p03"), limited, MADE).within == "c2"
    assert Feed(FeedId("F1"), Owner(Scope.CAMPAIGN, "c1"), FeedOptions(), MADE).within == "c1"
    assert Feed(FeedId("F1"), Owner(Scope.PERSON, "p03"), FeedOptions(), MADE).within is None
    assert "campaign" not in repr(FeedOptions())  # what was kept of feeds from before stays as it is


class TestReach:
    """How far a feed reaches."""

    OLD, RUNNING = a_campaign("C1", "2013-01-01", "2013-12-31"), a_campaign("C2", "2014-05-01", "2014-12-31")
    LATER = a_campaign("C3", "2014-07-01", "2014-09-30")

    @pytest.mark.parametrize(
        ("campaigns", "start"),
        [
            ([], None),
            ([OLD], datetime(2013, 1, 1, tzinfo=SHANGHAI)),
            ([OLD, RUNNING, LATER], datetime(2014, 5, 1, tzinfo=SHANGHAI)),
            ([a_campaign("C4", "2015-01-01", "2015-12-31")], None),
        ],
    )
    def test_back_to_the_beginning_of_the_running_campaign(
        self, campaigns: list[Campaign], start: datetime | None
    ) -> None:
        assert reach(FeedOptions(), campaigns, date(2014, 8, 1), SHANGHAI) == Reach(start)

    def test_or_so_many_days_back_and_ahead(self) -> None:
        chosen = FeedOptions(back_days=1, ahead_days=0)

        assert reach(chosen, [self.RUNNING], date(2014, 8, 1), SHANGHAI) == Reach(
            datetime(2014, 7, 31, tzinfo=SHANGHAI), datetime(2014, 8, 2, tzinfo=SHANGHAI)
        )


def test_a_feed_limited_to_a_campaign_reaches_back_to_its_beginning() -> None:
    campaigns = [TestReach.OLD, TestReach.RUNNING, TestReach.LATER]

    def starts(campaign: str) -> date | None:
        start = reach(FeedOptions(campaign=CampaignId(campaign)), campaigns, date(2014, 8, 1), SHANGHAI).start
        return start.astimezone(SHANGHAI).date() if start else None

    assert [starts(name) for name in ("C1", "C2", "C3", "C9")] == [
        date(2013, 1, 1),
        date(2014, 5, 1),
        date(2014, 7, 1),
        None,
    ]


def test_an_audience_names_groups_in_several_ways() -> None:
    audience = ["B1", "branch:B2", "committee:B3", "observer:G", "observer:branch:B4", "ext:expert", "all_staff"]

    assert groups_in(audience) == {"B1", "B2", "B3", "G", "B4", "all_staff"}
