"""One feed, for organizers: how far it reaches; and a new address, if it is nobody's own."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.core.feeds.definitions import Feed
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import FeedId
from scheduler.services.feeds import addresses as feeds
from scheduler.web.feeds import pages
from scheduler.web.feeds.subscribe import left_out_of, ways
from scheduler.web.feeds.subscriptions import SHARED, days_of, owner_name
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _


@pages.get("/subscriptions/<feed_id>")
@edge.policy(Action.EDIT_FEEDS)
def subscription_feed(feed_id: str) -> ResponseReturnValue:
    """What can be done with a feed that works."""
    feed = _working(feed_id)
    chosen = {"back": feed.options.back_days, "ahead": feed.options.ahead_days}
    return _form(feed, Fields({name: str(days) for name, days in chosen.items() if days is not None}))


@pages.post("/subscriptions/<feed_id>")
@edge.policy(Action.EDIT_FEEDS)
def subscription_reach(feed_id: str) -> ResponseReturnValue:
    """Let it show so many days back and ahead."""
    feed, fields = _working(feed_id), Fields(request.form)
    back, ahead = days_of(fields)
    if not fields.is_valid:
        return _form(feed, fields), 422
    feeds.reach_to(edge.session(), edge.actor(), feed.id, back, ahead, edge.clock())
    flash(_("已保存，下次刷新日历时生效。"), "good")
    return redirect(url_for("feeds.subscription_list"), 303)


@pages.post("/subscriptions/<feed_id>/rotate")
@edge.policy(Action.EDIT_FEEDS)
def subscription_rotate(feed_id: str) -> ResponseReturnValue:
    """A new address of a room's, a group's or a campaign's feed, shown this once; somebody's own is theirs to renew."""
    feed = _working(feed_id)
    if feed.owner.scope not in SHARED:
        raise NotFound("feed", feed_id)
    _made, token = feeds.rotate(edge.session(), edge.actor(), feed.id, edge.clock())
    return render_template("feeds/address.html", ways=ways(token), name=owner_name(feed.owner, facts.names()))


def _working(feed_id: str) -> Feed:
    """A feed that was not revoked."""
    feed = feeds.show(edge.session(), edge.actor(), FeedId(feed_id), edge.clock())
    if feed.revoked_at is not None:
        raise NotFound("feed", feed_id)
    return feed


def _form(feed: Feed, fields: Fields) -> str:
    """The page, with its form as typed."""
    return render_template(
        "feeds/feed.html",
        feed_id=feed.id,
        name=owner_name(feed.owner, facts.names()),
        fields=fields,
        is_shared=feed.owner.scope in SHARED,
        left_out=left_out_of([feed]),
    )
