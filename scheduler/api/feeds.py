"""One's own calendar feeds."""

from flask import Response
from pydantic import Field

from config import Language
from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document
from scheduler.api.models import CampaignName, Name, Taken
from scheduler.api.reading import campaign
from scheduler.core.feeds.definitions import Feed, FeedOptions, Owner, Scope
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import FeedId
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import joining as feed_joining
from scheduler.shapes.feeds import FeedListModel, FeedModel


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
class FeedBody(Taken):
    """Whose feed (one's own if nobody is named), and what is chosen for it; beside somebody or something else, `campaign`
    limits it to one.
    """

    person: Name | None = None
    room: Name | None = None
    group: Name | None = None
    campaign: CampaignName | None = None
    language: Language = "zh"
    alarm: int | None = None
    """Minutes before the start."""
    hides_names: bool = False
    back: int | None = None
    """Days."""
    ahead: int | None = None
    device: str = Field(default="", max_length=200)
    """The name of a device that reads it as a calendar account (CalDAV); empty: it has an address."""


# ── Endpoints ────────────────────────────────────────────────────────────────────────────────────────────────────────
@api.get("/feeds")
@api.output(FeedListModel)
@edge.policy(Action.EDIT_OWN_FEED)
def list_feeds() -> Response:
    """One's own feeds that work; their addresses were shown when they were issued."""
    own_feeds = feeds.own(edge.session(), edge.actor(), edge.clock())
    left_out = feed_joining.left_out(edge.session(), own_feeds)
    return document(FeedListModel.of({"feeds": FeedModel.listed(own_feeds, left_out)}))


@api.post("/feeds")
@api.input(FeedBody, arg_name="body")
@api.output(FeedModel, status_code=201)
@edge.policy(Action.EDIT_OWN_FEED)
def issue_feed(body: FeedBody) -> Response:
    """A new feed, of one's own bookings unless something else is named; its address is shown this once, or a device's password."""
    owner = _owner(body)
    limit = campaign(body.campaign) if owner.scope is not Scope.CAMPAIGN else None
    options = FeedOptions(body.language, body.alarm, body.hides_names, body.back, body.ahead, limit)
    made = feeds.issue(edge.session(), edge.actor(), edge.clock(), owner, options, body.device)
    return document(_opening(*made), 201)


@api.post("/feeds/<feed_id>/rotate")
@api.output(FeedModel)
@edge.policy(Action.EDIT_OWN_FEED)
def rotate_feed(feed_id: str) -> Response:
    """Give a feed a new address, or a device a new password; the old one stops working at once."""
    return document(_opening(*feeds.rotate(edge.session(), edge.actor(), FeedId(feed_id), edge.clock())))


@api.delete("/feeds/<feed_id>")
@api.output(FeedModel)
@edge.policy(Action.EDIT_OWN_FEED)
def revoke_feed(feed_id: str) -> Response:
    """Let a feed's address stop working, for good."""
    return document(FeedModel.of(feeds.revoke(edge.session(), edge.actor(), FeedId(feed_id), edge.clock())))


def _opening(feed: Feed, secret: str) -> FeedModel:
    """A feed with what opens it: its address, or a device's password."""
    if feed.device:
        return FeedModel.opening(feed, edge.device_server(), secret)
    return FeedModel.opening(feed, edge.feed_address(secret))


def _owner(body: FeedBody) -> Owner:
    """The one that is named; nobody: whoever asks."""
    fields = {scope: getattr(body, scope.value) for scope in Scope if scope is not Scope.CAMPAIGN}
    named = [Owner(scope, name) for scope, name in fields.items() if name is not None]
    if len(named) > 1:
        raise Malformed("one_of_two", "person")
    if not named and (whole := campaign(body.campaign)):
        return Owner(Scope.CAMPAIGN, whole)
    return named[0] if named else Owner(Scope.PERSON, edge.actor().person or "")
