"""The door for calendar readers: `/feeds/<token>.ics`. They poll for years, never sign in, and nobody sees them fail."""

import time
from datetime import datetime
from functools import lru_cache
from typing import cast
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.http import http_date, is_resource_modified

from scheduler import edge
from scheduler.core.feeds.clients import family
from scheduler.core.feeds.definitions import revision_name
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.tallies import Tally
from scheduler.services.feeds import changes as feed_changes
from scheduler.services.feeds import content as feed_content
from scheduler.services.feeds import joining as feed_joining
from scheduler.services.feeds.content import Body, FeedContent
from scheduler.services.feeds.evidence import Notes
from scheduler.services.ground import journal
from scheduler.services.ground.schema import Session

feeds = Blueprint("calendar_readers", __name__)

FILE_NAME = "tanxin.ics"
FILE_NAME_ZH = quote("谈心日程.ics")
HEADERS = {
    "Cache-Control": "private, max-age=0, must-revalidate",
    "Content-Disposition": f"inline; filename=\"{FILE_NAME}\"; filename*=UTF-8''{FILE_NAME_ZH}",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Encoding",
    "X-Robots-Tag": "noindex",
}


REPEATED = ("Cache-Control", "ETag", "Last-Modified", "Vary")
"""What a 304 says again; the reader keeps the rest."""


@feeds.get("/feeds/<token>.ics")
@edge.public
def calendar(token: str) -> ResponseReturnValue:
    """A member's own bookings, or when a room is taken; 304 if the reader has them already."""
    try:
        content = feed_content.find(edge.engine(), edge.session, token, edge.clock(), edge.booking_link())
    except NotFound:
        edge.spend(edge.settings().feed_unknown_limit, "feed-unknown", request.remote_addr or "")
        raise
    _count(content.digest)
    answer = _answer(content)
    if request.method == "GET":
        _note(content)
    return answer


def _count(digest: str) -> None:
    """Count one look at a feed; raises TooMany. In one process a plain count is enough, and takes a hundredth of the time."""
    rate = edge.settings().feed_limit
    if not edge.settings().limit_store.startswith("memory"):
        edge.spend(rate, "feed", digest)
        return
    item = edge.rate_of(rate)
    tally = cast("Tally", current_app.extensions["tanxin_feed_tally"])
    if wait := tally.hit(digest, item.amount, item.get_expiry(), time.monotonic()):
        raise edge.TooMany(int(wait) + 1)


def _note(content: FeedContent) -> None:
    """Note that a reader got a revision: which kind of program, and when; nothing else of it is kept."""
    notes = cast("Notes", current_app.extensions["tanxin_fetches"])
    client = family(request.headers.get("User-Agent", ""))
    notes.note(content.id, content.revision, content.changed_at, client, edge.clock().real)


def _answer(content: FeedContent) -> Response:
    """The calendar, or that nothing changed."""
    is_packed = edge.settings().feed_gzip and _takes_gzip()
    headers = _headers(content, is_packed=is_packed)
    if not _is_modified(headers["ETag"], content.changed_at):
        return Response(status=304, headers={name: headers[name] for name in REPEATED})
    body = content.body()
    headers = _headers(body, is_packed=is_packed) | ({"Content-Encoding": "gzip"} if is_packed else {})
    data = body.packed if is_packed else body.data
    return Response(data, headers=headers, content_type="text/calendar; charset=utf-8")


def join_changed(response: Response) -> Response:
    """After an answer that changed what feeds show, and when it is sent, join them: the next reader gets kept bytes."""
    if request.method in ("GET", "HEAD"):
        return response
    is_due, may_differ = feed_joining.is_due(edge.session()), journal.was_changed(edge.session())
    if is_due or may_differ:
        link, now = edge.booking_link(), edge.clock()

        def join(session: Session) -> None:
            if may_differ:
                feed_changes.catch_up(session, now)
            feed_content.join_stale(session, link)

        edge.afterwards(response, join)
    return response


def answer(error: Exception) -> Response:
    """A no in one plain line. What goes wrong here is a 503: an empty calendar or a page would wipe the reader's."""
    no = edge.no_of(error)
    wiped = no.status >= 500
    status = 503 if wiped else no.status
    headers = dict(no.headers) | ({"Retry-After": "300"} if wiped else {})
    headers |= {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex", "Cache-Control": "no-store"}
    return Response(f"{no.sentence}\n", status, headers, content_type="text/plain; charset=utf-8")


def _is_modified(etag: str, changed_at: datetime) -> bool:
    """Whether the reader has another revision. Most show the very tag that we gave them, and nothing has to be read."""
    if request.environ.get("HTTP_IF_NONE_MATCH") == etag:
        return False
    environ = {
        name: value for name, value in request.environ.items() if name != "HTTP_IF_MATCH"
    }  # no answer to that is a 304
    return is_resource_modified(environ, etag=etag.strip('"'), last_modified=changed_at)


_date = lru_cache(maxsize=1024)(http_date)
"""A moment as HTTP writes it; the same few are written again and again."""


def _takes_gzip() -> bool:
    """Whether the reader asks for packed bytes; most do not, and then there is nothing to read out of the header."""
    return "gzip" in request.headers.get("Accept-Encoding", "") and request.accept_encodings.quality("gzip") > 0


def _headers(of: FeedContent | Body, *, is_packed: bool) -> dict[str, str]:
    """What is said of a feed, the same for 200 and 304."""
    return {
        **HEADERS,
        "ETag": f'"v{revision_name(of.revision, of.changed_at)}{"-gz" if is_packed else ""}"',
        "Last-Modified": _date(of.changed_at),
    }
