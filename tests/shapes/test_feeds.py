from datetime import UTC, datetime

from scheduler.core.feeds.definitions import Feed, FeedOptions, Owner, Scope
from scheduler.core.ground.ids import FeedId
from scheduler.shapes.feeds import FeedModel


def test_a_feed_shows_its_address_only_when_it_is_new() -> None:
    made = datetime(2026, 11, 22, tzinfo=UTC)
    feed = Feed(FeedId("F1"), Owner(Scope.ROOM, "R04"), FeedOptions(), made)

    assert FeedModel.of(feed).address is None
    assert FeedModel.opening(feed, "http://x/feeds/y.ics").address == "http://x/feeds/y.ics"
    assert FeedModel.of(feed).created_at == "2026-11-22T00:00:00+00:00"
