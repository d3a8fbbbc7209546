"""Answers in the words of WebDAV: several statuses in one, and error responses with the condition that was not met."""

from collections.abc import Iterable

from flask import Response
from werkzeug.exceptions import HTTPException

from scheduler import edge
from scheduler.dav.elements import document, element, href, named, text

HEADERS = {"DAV": "1, 3, calendar-access", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
ALLOWED = "OPTIONS, GET, HEAD, PROPFIND, REPORT"
XML = "application/xml; charset=utf-8"
REALM = 'Basic realm="Tanxin", charset="UTF-8"'
OK, FORBIDDEN, NOT_FOUND = "200 OK", "403 Forbidden", "404 Not Found"


class Denied(HTTPException):
    """403, with the condition that was not met, such as `D:propfind-finite-depth`."""

    code = 403

    def __init__(self, condition: str, inner: str = "") -> None:
        super().__init__()
        self.condition = element(condition, *([inner] if inner else []))


def multistatus(responses: Iterable[str], token: str = "") -> Response:
    """207: a status for each address, and a token to ask with next time, if there is one."""
    ending = [text("D:sync-token", token)] if token else []
    data = document("D:multistatus", [*responses, *ending])
    return Response(data, 207, HEADERS, content_type=XML)


def with_properties(address: str, stats: Iterable[tuple[str, list[str]]]) -> str:
    """What is said of one address: properties, written already, by status."""
    stated = [
        element("D:propstat", element("D:prop", *properties), text("D:status", f"HTTP/1.1 {status}"))
        for status, properties in stats
        if properties
    ]
    nothing = element("D:propstat", element("D:prop"), text("D:status", f"HTTP/1.1 {OK}"))
    return element("D:response", href(address), *(stated or [nothing]))


def with_status(address: str, status: str) -> str:
    """What is said of an address where nothing is."""
    return element("D:response", href(address), text("D:status", f"HTTP/1.1 {status}"))


def names(properties: Iterable[str]) -> list[str]:
    """Properties by their names alone."""
    return [named(full_name) for full_name in properties]


def no(error: Exception) -> Response:
    """A no: the condition if there is one, else one plain line. What goes wrong here is a 503: nothing may look empty."""
    if isinstance(error, Denied):
        return Response(document("D:error", [error.condition]), 403, HEADERS, content_type=XML)
    stated = edge.no_of(error)
    failed = stated.status >= 500
    headers = HEADERS | dict(stated.headers) | ({"Retry-After": "300"} if failed else {})
    headers |= {"WWW-Authenticate": REALM} if stated.status == 401 else {}
    return Response(
        f"{stated.sentence}\n", 503 if failed else stated.status, headers, content_type="text/plain; charset=utf-8"
    )
