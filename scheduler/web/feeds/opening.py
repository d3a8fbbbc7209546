"""Opening a subscription page by its secret: what it holds, how often it may be tried, and what is said with every answer."""

from flask import redirect, request, url_for
from werkzeug import Response

from scheduler import edge
from scheduler.core.ground.access import Actor
from scheduler.core.ground.errors import NotAllowed, NotFound
from scheduler.services.feeds import subscriptions
from scheduler.services.feeds.subscriptions import SubscriptionPage

HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
"""The address holds a secret: it is told to nobody, found by nobody, and kept nowhere."""

COOKIE, SCAN, A_YEAR = "tanxin_page", "/scan", 365 * 24 * 3600
"""What a browser keeps of the own page that it opened, and the only addresses that it tells it to."""


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


def remember(answer: Response, token: str) -> None:
    """Let this browser be known as its person's when it scans a code; the cookie goes nowhere else, and does nothing by itself."""
    secure = edge.settings().is_https
    answer.set_cookie(COOKIE, token, max_age=A_YEAR, path=SCAN, secure=secure, httponly=True, samesite="Lax")


def remembered() -> Actor | None:
    """The person whose own page was opened with this browser, if the page is still theirs."""
    token = request.cookies.get(COOKIE, "")
    try:
        subscriptions.require_own(edge.session(), token)
        return subscriptions.holder(edge.session(), token, edge.clock())
    except (NotFound, NotAllowed):
        return None


def back(token: str) -> Response:
    """The page again."""
    answer = redirect(url_for("feeds.subscribe", token=token), 303)
    answer.headers.update(HEADERS)
    return answer
