"""One's own calendar feeds."""

from flask import Response

from scheduler import edge, shapes
from scheduler.api import api
from scheduler.api.answers import document
from scheduler.api.models import FeedBody, FeedListModel, FeedModel
from scheduler.core.access import Action
from scheduler.core.ids import FeedId
from scheduler.services import feeds


@api.get("/feeds")
@api.output(FeedListModel)
@edge.policy(Action.EDIT_OWN_FEED)
def list_feeds() -> Response:
    """One's own feeds that work; their addresses were shown when they were issued."""
    found = feeds.own(edge.session(), edge.actor(), edge.clock())
    return document({"feeds": [shapes.feed(feed) for feed in found]})


@api.post("/feeds")
@api.input(FeedBody, arg_name="body")
@api.output(FeedModel, status_code=201)
@edge.policy(Action.EDIT_OWN_FEED)
def issue_feed(body: FeedBody) -> Response:
    """A new feed of one's own bookings; its address is shown this once."""
    actor = edge.actor()
    feed, token = feeds.issue(edge.session(), actor, edge.clock(), person=actor.person, language=body.language)
    return document(shapes.feed(feed, edge.feed_address(token)), 201)


@api.post("/feeds/<feed_id>/rotate")
@api.output(FeedModel)
@edge.policy(Action.EDIT_OWN_FEED)
def rotate_feed(feed_id: str) -> Response:
    """Give a feed a new address; the old one stops working at once."""
    feed, token = feeds.rotate(edge.session(), edge.actor(), FeedId(feed_id), edge.clock())
    return document(shapes.feed(feed, edge.feed_address(token)))


@api.delete("/feeds/<feed_id>")
@api.output(FeedModel)
@edge.policy(Action.EDIT_OWN_FEED)
def revoke_feed(feed_id: str) -> Response:
    """Let a feed's address stop working, for good."""
    return document(shapes.feed(feeds.revoke(edge.session(), edge.actor(), FeedId(feed_id), edge.clock())))
