"""Feeds, as documents."""

from datetime import UTC, datetime

from scheduler import feed_shapes
from scheduler.core.feeds.definitions import Feed, FeedOptions, Owner, Scope
from scheduler.core.ground.ids import FeedId


def test_a_feed_shows_its_address_only_when_it_is_new() -> None:
    made = datetime(2026, 11, 22, tzinfo=UTC)
    feed = Feed(FeedId("F1"), Owner(Scope.ROOM, "R04"), FeedOptions(), made)

    assert feed_shapes.feed(feed)["address"] is None
    assert feed_shapes.feed(feed, "http://x/feeds/y.ics")["address"] == "http://x/feeds/y.ics"
    assert feed_shapes.feed(feed)["created_at"] == "2026-11-22T00:00:00+00:00"
