"""Plain lines for machines: whether we live, whether we are ready, what may be crawled, whom to tell of a weakness."""

from datetime import timedelta

from flask import Response, abort
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.services.operations import health
from scheduler.web.operations import pages

AGAIN_IN = 5
"""Seconds after which it makes sense to ask again whether we are ready."""
CRAWLED = ("User-agent: *", "Allow: /feeds/", "Disallow: /")
"""Some calendar readers keep to this file, and would stop to fetch a feed that it forbids; search engines find nothing else here."""
HOLDS_FOR = timedelta(days=180)
"""How long the contact may be believed; RFC 9116 asks for less than a year."""


def _plain(*lines: str) -> Response:
    """Lines of text."""
    return Response("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")


@pages.get("/healthz")
@edge.public
def lives() -> ResponseReturnValue:
    """Whether this process answers at all; it asks nobody else."""
    return _plain("ok")


@pages.get("/readyz")
@edge.public
def ready() -> ResponseReturnValue:
    """Whether this process can do its work: 200, or 503 and what stands in the way, as `doctor` names it."""
    if lacking := health.unready(edge.engine()):
        answer = _plain(*lacking)
        answer.status_code = 503
        answer.headers["Retry-After"] = str(AGAIN_IN)
        return answer
    return _plain("ok")


@pages.get("/robots.txt")
@edge.public
def robots() -> ResponseReturnValue:
    """What may be crawled: feeds, by whoever knows their address, and nothing else."""
    return _plain(*CRAWLED)


@pages.get("/.well-known/security.txt")
@edge.public
def security() -> ResponseReturnValue:
    """Whom to tell of a weakness (RFC 9116), if whoever runs this says so by SECURITY_CONTACT."""
    contact = edge.settings().security_contact
    if not contact:
        abort(404)
    until = (edge.clock().real + HOLDS_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    return _plain(f"Contact: {contact}", f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: zh, en")
