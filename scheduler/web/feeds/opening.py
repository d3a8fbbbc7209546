"""Opening a subscription page by its secret: what it holds, how often it may be tried, and what is said with every answer."""

from flask import redirect, request, url_for
from werkzeug import Response

from scheduler import edge
from scheduler.core.ground.errors import NotFound
from scheduler.services.feeds import subscriptions
from scheduler.services.feeds.subscriptions import SubscriptionPage

HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
"""The address holds a secret: it is told to nobody, found by nobody, and kept nowhere."""


def opened(token: str) -> SubscriptionPage:
    """What the secret opens; guessing is limited, and so is how often one page changes something."""
    try:
        page = subscriptions.show(edge.session(), token)
    except NotFound:
        edge.spend(edge.settings().feed_unknown_limit, "feed-unknown", request.remote_addr or "")
        raise
    if request.method == "POST":
        edge.spend(edge.settings().page_limit, "page", page.person)
    return page


def back(token: str) -> Response:
    """The page again."""
    answer = redirect(url_for("feeds.subscribe", token=token), 303)
    answer.headers.update(HEADERS)
    return answer
