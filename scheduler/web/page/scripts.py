"""Scripts that ask: they are answered with JSON instead of a page."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.web.page.texts import _


def are_wanted() -> bool:
    """Whether a script asks, not a person who looks at pages."""
    return request.accept_mimetypes.best == "application/json"


def failed(error: Exception) -> ResponseReturnValue:
    """A no, as the sentence that a page would say."""
    told = edge.no_of(error)
    return jsonify(said=_("没有办成。"), reasons=[told.sentence]), told.status
