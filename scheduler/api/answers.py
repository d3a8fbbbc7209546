"""A yes of the API."""

from collections.abc import Mapping
from typing import Any

from flask import Response, json

from scheduler import edge
from scheduler.shapes.ground import Shape
from scheduler.wording.readers import Reader


def document(answer: Shape[Any] | Mapping[str, object], status: int = 200) -> Response:
    """A JSON document; Chinese stays Chinese."""
    keys = answer.document() if isinstance(answer, Shape) else answer
    return Response(f"{json.dumps(keys, ensure_ascii=False)}\n", status, content_type="application/json")


def reader() -> Reader:
    """For whom it is written: whoever asks."""
    return Reader(edge.lang(), edge.zone())
