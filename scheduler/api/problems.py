"""Every no of the API, as a problem document (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

from apiflask.exceptions import HTTPError
from flask import Response, json
from pydantic import BaseModel

from scheduler import edge
from scheduler.core.ground.errors import Malformed, Outdated, Refused
from scheduler.shapes.bookings import BookedModel
from scheduler.shapes.ground import FindingModel
from scheduler.wording.readers import Reader
from scheduler.wording.statuses import status_text

MEDIA_TYPE = "application/problem+json"
_KINDS = {401: "not_signed_in", 403: "not_allowed", 404: "not_found", 422: "malformed", 429: "too_many", 503: "busy"}


class FieldModel(BaseModel):
    """What is wrong with one field."""

    field: str
    text: str


class ProblemModel(BaseModel):
    """A no (RFC 9457): `findings` when the facts did not allow it, `errors` when a field cannot be understood."""

    type: str
    title: str
    status: int
    detail: str
    findings: list[FindingModel] = []
    """Those that block, by the name that they had first."""
    blocking: list[FindingModel] = []
    warnings: list[FindingModel] = []
    hints: list[FindingModel] = []
    errors: list[FieldModel] = []


def answer(error: Exception) -> Response:
    """The problem document of a no."""
    if isinstance(error, HTTPError):
        sentence = status_text(error.status_code, edge.lang())
        return _problem(edge.No(error.status_code, sentence), errors=_fields(error.detail))
    no = edge.no_of(error)
    match error:
        case Malformed():
            return _problem(no, errors=[FieldModel(field=error.field, text=no.sentence)])
        case Refused():
            told = BookedModel.told(error, Reader(edge.lang()))
            weights = {"blocking": told.blocking, "warnings": told.warnings, "hints": told.hints}
            return _problem(no, "refused", findings=told.blocking, **weights)
        case Outdated():
            return _problem(no, "outdated")
        case _:
            return _problem(no)


def _problem(no: edge.No, kind: str = "", **more: list[FindingModel] | list[FieldModel]) -> Response:
    """A problem document and its status."""
    kind = kind or _KINDS.get(no.status, "")
    title = HTTPStatus(no.status).phrase
    kind = f"urn:tanxin:{kind}" if kind else "about:blank"
    problem = ProblemModel(type=kind, title=title, status=no.status, detail=no.sentence, **more)  # type: ignore[arg-type]  # each by its own name
    keys = problem.model_dump(mode="json", exclude_unset=True)
    return Response(json.dumps(keys, ensure_ascii=False), no.status, no.headers, content_type=MEDIA_TYPE)


def _fields(detail: object) -> list[FieldModel]:
    """What a schema found, field by field: `{"json": {"start": ["…"]}}` → `[{"field": "start", "text": "…"}]`."""
    places = detail.values() if isinstance(detail, Mapping) else ()
    return [
        FieldModel(field=str(field), text=str(text))
        for place in places
        if isinstance(place, Mapping)
        for field, texts in place.items()
        for text in (texts if isinstance(texts, list) else [texts])
    ]
