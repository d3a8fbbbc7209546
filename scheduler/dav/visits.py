"""One request of a device that showed its password: what it may read, looked up when it is wanted."""

from functools import cached_property
from typing import cast

from flask import current_app, request

from scheduler import edge
from scheduler.core.feeds.clients import family
from scheduler.core.feeds.definitions import Feed, revision_name
from scheduler.core.ground.errors import NotAllowed
from scheduler.services.feeds import devices
from scheduler.services.feeds.devices import Held
from scheduler.services.feeds.evidence import Notes

UNKNOWN = "device-unknown"


class Visit:
    """A device, its feed, and what that holds."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed

    @property
    def feed(self) -> Feed:
        """The feed; as of the revision whose entries were looked up, if they were."""
        return self.held.feed if "held" in self.__dict__ else self._feed

    @property
    def revision_name(self) -> str:
        """What readers know the feed's revision by."""
        return revision_name(self.feed.revision, self.feed.changed_at or self.feed.created_at)

    @cached_property
    def held(self) -> Held:
        """What the calendar holds."""
        return devices.held(edge.session(), self._feed, edge.booking_link())

    @cached_property
    def names(self) -> tuple[str, str]:
        """What the person is called, and the calendar."""
        return devices.names(edge.session(), self._feed)

    def note(self) -> None:
        """Note that the device has the latest revision, as for every feed."""
        notes = cast("Notes", current_app.extensions["tanxin_fetches"])
        client = family(request.headers.get("User-Agent", ""))
        changed_at = self.feed.changed_at or self.feed.created_at
        notes.note(self.feed.id, self.feed.revision, changed_at, client, edge.clock().real)

    def note_look(self) -> None:
        """Note that the device looked, if it has the latest revision already; else it will come for that."""
        if devices.has_fetched(edge.session(), self.feed):
            self.note()


def begin() -> Visit:
    """The visit of whoever shows a name and password that belong together; raises NotSignedIn, TooMany."""
    given = request.authorization
    if given is None or given.type != "basic":
        raise edge.NotSignedIn("device")
    user, password = given.username or "", given.password or ""
    try:
        feed = devices.opened(edge.session(), user, password, edge.clock(), edge.booking_link())
    except NotAllowed:
        # Looked at only now: a right password is 99 random bits, and what others guess at the same address is not its fault.
        edge.spend(edge.settings().feed_unknown_limit, UNKNOWN, request.remote_addr or "")
        raise edge.NotSignedIn("device") from None
    edge.spend(edge.settings().device_limit, "device", feed.id)
    return Visit(feed)
