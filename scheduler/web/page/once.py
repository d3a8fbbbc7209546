"""Forms that make something new: sent twice, by a double click or a reload, they make it once. No script is needed."""

import functools
import json
import time
from collections.abc import Callable

from flask import flash, make_response, redirect, request
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.core.ground.errors import Busy
from scheduler.services.ground import sent_forms
from scheduler.web.page.texts import _

SEE_OTHER = 303
PATIENCE, PAUSE = 6.0, 0.05
"""Seconds to wait until the same form, which is under way, has been dealt with."""
NOT_CONTENT = ("csrf_token",)

View = Callable[..., ResponseReturnValue]


def once(view: View) -> View:
    """Do what a form asks once, however often it is sent; a form without a token of its own is done as often as it comes."""

    @functools.wraps(view)
    def guarded(**values: object) -> ResponseReturnValue:
        token = request.form.get("once", "")
        if not 0 < len(token) <= sent_forms.MAX_TOKEN_LENGTH or edge.is_only_shown():
            return view(**values)
        return _first(view, values) if _claim(form := _sent()) else _again(form)

    return guarded


def _claim(form: str) -> bool:
    return sent_forms.claim(edge.session(), edge.actor(), form, edge.clock())


def _first(view: View, values: dict[str, object]) -> ResponseReturnValue:
    """Do it, and keep where it led; what was refused may be sent again."""
    form, location = _sent(), ""
    try:
        answer = make_response(view(**values))
        location = answer.location or "" if answer.status_code == SEE_OTHER else ""
        return answer
    finally:
        sent_forms.settle(edge.session(), edge.actor(), form, location, edge.clock())


def _again(form: str) -> ResponseReturnValue:
    """Go where the first one led, as soon as that is known."""
    until = time.monotonic() + PATIENCE
    while (location := sent_forms.led_to(edge.session(), edge.actor(), form)) == "":
        if time.monotonic() > until:
            raise Busy
        time.sleep(PAUSE)
    if location is None:
        raise Busy
    flash(_("已处理：同一份表单重复提交，只计一次。"), "good")
    return redirect(location, SEE_OTHER)


def _sent() -> str:
    """All that was sent: the same form with something changed in it is another."""
    fields = [[name, *values] for name, values in request.form.lists() if name not in NOT_CONTENT]
    return json.dumps([request.path, sorted(fields)])
