"""A yes of the API."""

from collections.abc import Mapping

from flask import Response, json


def document(found: Mapping[str, object], status: int = 200) -> Response:
    """A JSON document; Chinese stays Chinese."""
    return Response(f"{json.dumps(found, ensure_ascii=False)}\n", status, content_type="application/json")
