"""What a request may bring along: how much, by its route, and how deep its JSON."""

import re
from collections.abc import Callable
from typing import TypeVar, cast

from flask import abort, request

from scheduler.edge.sessions import settings

View = TypeVar("View", bound=Callable[..., object])

FORM = 1024 * 1024
"""Octets that a form or a JSON document may have: a pasted table of some thousand people is a third of that."""
CALENDAR = 21 * 1024 * 1024
"""A calendar that somebody keeps elsewhere, and the form around it."""
API = "api"
"""The door that takes JSON only."""
DEEPEST = 64
"""Brackets within brackets: ours have four."""
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_LIMIT = "__tanxin_limit__"


def takes_files(view: View) -> View:
    """Declare that a route takes files, as large as the operator allows; it stands below the route's decorator."""
    setattr(view, _LIMIT, 0)
    return view


def takes(octets: int) -> Callable[[View], View]:
    """Declare how much a route takes; others take a form."""

    def declare(view: View) -> View:
        setattr(view, _LIMIT, octets)
        return view

    return declare


def limit(view: object) -> None:
    """Bound the body of this request by what its route takes. Aborts with 413 or 400."""
    octets = cast("int", getattr(view, _LIMIT, FORM)) or settings().upload_limit
    request.max_content_length = octets
    if (request.content_length or 0) > octets:
        abort(413)
    reads_json = request.is_json or request.blueprint == API  # the API reads JSON whatever it is called
    if reads_json and is_too_deep(request.get_data(cache=True)):
        abort(400)


def is_too_deep(data: bytes) -> bool:
    """Whether brackets stand in more brackets than any document of ours has. No reader of JSON is asked: they recurse."""
    if data.count(b"[") + data.count(b"{") <= DEEPEST:
        return False
    depth = 0
    for token in _TOKEN.finditer(data):
        letter = data[token.start()]
        if letter in b"[{":
            depth += 1
            if depth > DEEPEST:
                return True
        elif letter in b"]}":
            depth -= 1
    return False
