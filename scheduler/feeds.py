"""The door for calendar readers: `/feeds/<token>.ics`. They poll for years, never sign in, and nobody sees them fail."""

import gzip
from urllib.parse import quote

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.http import http_date, is_resource_modified

from scheduler import edge
from scheduler.core.errors import NotFound
from scheduler.services import feed_content
from scheduler.services.feed_content import FeedContent

feeds = Blueprint("feeds", __name__)

FILE_NAME = "tanxin.ics"
FILE_NAME_ZH = quote("谈心日程.ics")
HEADERS = {
    "Cache-Control": "private, max-age=0, must-revalidate",
    "Content-Disposition": f"inline; filename=\"{FILE_NAME}\"; filename*=UTF-8''{FILE_NAME_ZH}",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Encoding",
    "X-Robots-Tag": "noindex",
}


@feeds.get("/feeds/<token>.ics")
@edge.public
def calendar(token: str) -> ResponseReturnValue:
    """A member's own bookings, or when a room is taken; 304 if the reader has them already."""
    try:
        content = feed_content.fill(edge.session(), token, edge.clock(), _booking_link())
    except NotFound:
        edge.spend(edge.settings().feed_unknown_limit, "feed-unknown", request.remote_addr or "")
        raise
    edge.spend(edge.settings().feed_limit, "feed", content.digest)
    is_zipped = request.accept_encodings.quality("gzip") > 0
    headers = _headers(content, is_zipped=is_zipped)
    if not is_resource_modified(request.environ, etag=headers["ETag"].strip('"'), last_modified=content.changed_at):
        headers.pop("Content-Encoding", None)  # there is nothing to encode
        return Response(status=304, headers=headers)
    data = content.body().data
    return Response(_zipped(data) if is_zipped else data, headers=headers, content_type="text/calendar; charset=utf-8")


def answer(error: Exception) -> Response:
    """A no in one plain line. What goes wrong here is a 503: an empty calendar or a page would wipe the reader's."""
    no = edge.no_of(error)
    wiped = no.status >= 500
    status = 503 if wiped else no.status
    headers = dict(no.headers) | ({"Retry-After": "300"} if wiped else {})
    headers |= {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex", "Cache-Control": "no-store"}
    return Response(f"{no.sentence}\n", status, headers, content_type="text/plain; charset=utf-8")


def _booking_link() -> str:
    """Where a booking is shown to those who sign in, up to its id."""
    return f"{edge.settings().base_url}/bookings/"


def _headers(content: FeedContent, *, is_zipped: bool) -> dict[str, str]:
    """What is said of a feed, the same for 200 and 304."""
    encoding = {"Content-Encoding": "gzip"} if is_zipped else {}
    return {
        **HEADERS,
        **encoding,
        "ETag": f'"{content.revision}{"-gz" if is_zipped else ""}"',
        "Last-Modified": http_date(content.changed_at),
    }


def _zipped(data: bytes) -> bytes:
    """The same bytes for the same body: without the time of packing."""
    return gzip.compress(data, compresslevel=6, mtime=0)
