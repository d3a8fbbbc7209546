"""Calendar accounts (CalDAV): one for each device, its password shown once, and stopped one by one."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.feeds.definitions import Feed, FeedOptions, Owner, Scope
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import FeedId, PersonId
from scheduler.services.feeds import addresses as feeds
from scheduler.web.bookings.taps import Tap
from scheduler.web.feeds import pages
from scheduler.web.page.texts import _
from scheduler.web.page.words import local


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device whose account works."""

    id: FeedId
    name: str
    since: str
    stop: Tap
    """Ends it."""


@dataclass(frozen=True, slots=True)
class DeviceAccount:
    """What is typed into a device, this once."""

    device: str
    server: str
    host: str
    user: str
    password: str


def line(feed: Feed, stop: Tap) -> DeviceLine:
    """A device as a page lists it."""
    since = wording.date_text(local(feed.created_at).date(), edge.lang())
    return DeviceLine(feed.id, feed.device, since, stop)


def own_line(feed: Feed) -> DeviceLine:
    """The same on the own page."""
    return line(feed, Tap(url_for("me.revoke_feed", feed_id=feed.id)))


def account(feed: Feed, password: str) -> DeviceAccount:
    """A device's account, to be told this once."""
    server = edge.device_server()
    return DeviceAccount(feed.device, server, server.partition("://")[2].removesuffix("/dav/"), feed.owner.id, password)


@pages.post("/me/devices")
@edge.policy(Action.EDIT_OWN_FEED)
def add_device() -> ResponseReturnValue:
    """A calendar account of one's own for a device; its password is shown this once."""
    owner = Owner(Scope.PERSON, PersonId(edge.actor().person or ""))
    name = request.form.get("device", "").strip() or _("我的设备")
    made = feeds.issue(edge.session(), edge.actor(), edge.clock(), owner, FeedOptions(edge.lang()), name)
    return render_template("me/device.html", account=account(*made))
