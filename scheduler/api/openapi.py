"""The description of the API, for programs that read such things."""

from typing import Any, cast

from apiflask import APIFlask
from flask import Response, current_app, jsonify

from scheduler import edge
from scheduler.api import api
from scheduler.api.problems import MEDIA_TYPE, ProblemModel

PROBLEMS = {
    "400": "The request cannot be understood",
    "401": "Nobody is signed in",
    "403": "One may not do this",
    "404": "There is no such thing, or one may not know of it",
    "409": "The facts do not allow it, or somebody was faster",
    "413": "The request is too large",
    "415": "The request is not JSON",
    "422": "A field cannot be understood; it is named",
    "429": "Too often; Retry-After says when to come back",
    "503": "Too busy just now; Retry-After says when to come back",
}
SETTINGS = {
    "AUTO_404_RESPONSE": False,  # ours are problem documents
    "AUTO_SERVERS": False,  # would repeat the visitor's Host
    "AUTO_VALIDATION_ERROR_RESPONSE": False,
    "SECURITY_SCHEMES": {
        "token": {"type": "http", "scheme": "bearer", "description": "A token of an account, for scripts"},
        "session": {"type": "apiKey", "in": "cookie", "name": "tanxin", "description": "A browser that has signed in"},
    },
}


@api.get("/openapi.json")
@api.doc(hide=True)
@edge.public
def openapi() -> Response:
    """What can be asked, and what is answered (OpenAPI 3.1)."""
    return jsonify(cast("APIFlask", current_app).spec)


def set_up(app: APIFlask, base_url: str) -> None:
    """Let the application describe itself."""
    app.config.from_mapping(SETTINGS)
    app.servers = [{"url": base_url}]
    app.spec_callback = _complete


def _complete(spec: dict[str, Any] | str) -> dict[str, Any] | str:
    """Add what holds for every operation: who may come in, and how a no looks."""
    if isinstance(spec, str):
        return spec
    spec["components"].setdefault("schemas", {}).update(_problem_schemas())
    problem = {"schema": {"$ref": "#/components/schemas/ProblemModel"}}
    for operations in spec["paths"].values():
        for name, operation in operations.items():
            if name in ("get", "post", "patch", "delete"):
                operation["security"] = [{"token": []}, {"session": []}]
                for status, description in PROBLEMS.items():
                    operation["responses"][status] = {"description": description, "content": {MEDIA_TYPE: problem}}
    _describe_idempotency(spec)
    return spec


def _problem_schemas() -> dict[str, Any]:
    """The schema of a problem document and of its parts."""
    schema = ProblemModel.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs", {}), "ProblemModel": schema}


def _describe_idempotency(spec: dict[str, Any]) -> None:
    """The header with which a booking may be asked for twice."""
    spec["paths"]["/api/v1/bookings"]["post"].setdefault("parameters", []).append(
        {
            "in": "header",
            "name": "Idempotency-Key",
            "required": False,
            "description": "Any text of your own; the same request with the same key is done once within 24 hours",
            "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9._:-]+$"},
        }
    )
