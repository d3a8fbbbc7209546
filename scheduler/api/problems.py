"""Every no of the API, as a problem document (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

from apiflask.exceptions import HTTPError
from flask import Response, json

from scheduler import edge, shapes
from scheduler.core.ground.errors import Malformed, Outdated, Refused
from scheduler.shapes import Json
from scheduler.wording.statuses import status_text

MEDIA_TYPE = "application/problem+json"
_KINDS = {401: "not_signed_in", 403: "not_allowed", 404: "not_found", 422: "malformed", 429: "too_many", 503: "busy"}


def answer(error: Exception) -> Response:
    """The problem document of a no."""
    if isinstance(error, HTTPError):
        sentence = status_text(error.status_code, edge.lang())
        return _problem(edge.No(error.status_code, sentence), errors=_fields(error.detail))
    no = edge.no_of(error)
    match error:
        case Malformed():
            return _problem(no, errors=[{"field": error.field, "text": no.sentence}])
        case Refused():
            return _problem(
                no,
                "refused",
                findings=shapes.finding_list(error.blocking, edge.lang()),
                **shapes.findings(error, edge.lang()),
            )
        case Outdated():
            return _problem(no, "outdated")
        case _:
            return _problem(no)


def _problem(no: edge.No, kind: str = "", **more: Json) -> Response:
    """A problem document and its status."""
    kind = kind or _KINDS.get(no.status, "")
    title = HTTPStatus(no.status).phrase
    document = {
        "type": f"urn:tanxin:{kind}" if kind else "about:blank",
        "title": title,
        "status": no.status,
        "detail": no.sentence,
        **more,
    }
    return Response(json.dumps(document, ensure_ascii=False), no.status, no.headers, content_type=MEDIA_TYPE)


def _fields(detail: object) -> Json:
    """What a schema found, field by field: `{"json": {"start": ["…"]}}` → `[{"field": "start", "text": "…"}]`."""
    places = detail.values() if isinstance(detail, Mapping) else ()
    return [
        {"field": str(field), "text": str(text)}
        for place in places
        if isinstance(place, Mapping)
        for field, texts in place.items()
        for text in (texts if isinstance(texts, list) else [texts])
    ]
