"""The description of the API, for programs that read such things."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import Any, cast

from apiflask import APIFlask
from flask import Response, current_app, jsonify
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from scheduler import edge
from scheduler.api import api
from scheduler.api.problems import MEDIA_TYPE, ProblemModel
from scheduler.services.ground.idempotency import MAX_KEY_LENGTH

SCHEMAS = "#/components/schemas/"
INFO: dict[str, str | dict[str, str]] = {
    "description": "Arranges the meetings and talks that a programme requires, and knows who still has to talk with whom.",
    "contact": {"name": "Tanxin contributors"},
    "license": {"name": "MIT", "identifier": "MIT"},
}
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
KEPT = "description of the API"
"""Under which the application keeps it."""
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
    """What can be asked, and what is answered (OpenAPI 3.1). Making it takes a second, so each process makes it once."""
    kept = current_app.extensions
    if KEPT not in kept:
        kept[KEPT] = cast("APIFlask", current_app).spec
    return jsonify(kept[KEPT])


def set_up(app: APIFlask, base_url: str) -> None:
    """Let the application describe itself."""
    app.config.from_mapping(SETTINGS)
    app.servers = [{"url": base_url}]
    app.info = INFO
    views = _views(app)
    for view in views:
        view._spec.update(_words_of(view))  # noqa: SLF001 - where APIFlask keeps what it knows of a view
    modules = {view.__module__: import_module(view.__module__) for view in views}
    app.tags = [{"name": _noun(name), "description": inspect.getdoc(modules[name]) or ""} for name in sorted(modules)]
    app.spec_callback = partial(_complete, _models(views))


def _views(app: APIFlask) -> list[Any]:
    """Every view that is described."""
    views: list[Any] = [view for endpoint, view in app.view_functions.items() if endpoint.startswith(f"{api.name}.")]
    return [view for view in views if not view._spec.get("hide")]  # noqa: SLF001 - as above


def _words_of(view: Callable[..., object]) -> dict[str, object]:
    """An operation is called as its view is, described as it is, and filed under the noun of its module."""
    name = view.__name__
    summary = name.replace("_", " ").capitalize()
    tags = [_noun(view.__module__)]
    return {"operation_id": name, "summary": summary, "description": inspect.getdoc(view), "tags": tags}


def _noun(module: str) -> str:
    return module.rpartition(".")[2].replace("_", " ")


def _models(views: Iterable[Any]) -> list[tuple[type[BaseModel], JsonSchemaMode]]:
    """What all views take and give, each class once."""
    models: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {(ProblemModel, "serialization"): None}
    for view in views:
        described = view._spec  # noqa: SLF001 - as above
        taken = [*filter(None, [described.get("body")]), *(schema for schema, _ in described.get("args", ()))]
        models |= {(schema, "validation"): None for schema in taken}
        models[described["response"]["schema"], "serialization"] = None
    return list(models)


def _complete(models: list[tuple[type[BaseModel], JsonSchemaMode]], spec: dict[str, Any] | str) -> dict[str, Any] | str:
    """Let each schema stand once, and add what holds for every operation: who may come in, and how a no looks."""
    if isinstance(spec, str):
        return spec
    problem = {"schema": {"$ref": f"{SCHEMAS}ProblemModel"}}
    for operations in spec["paths"].values():
        for name, operation in operations.items():
            if name in ("get", "post", "put", "patch", "delete"):
                operation["security"] = [{"token": []}, {"session": []}]
                for status, description in PROBLEMS.items():
                    operation["responses"][status] = {"description": description, "content": {MEDIA_TYPE: problem}}
    _describe_idempotency(spec)
    _, schemas = models_json_schema(models, ref_template=f"{SCHEMAS}{{model}}")
    _point_to_the_only(spec["paths"])
    used = _used(spec["paths"], schemas["$defs"])
    spec["components"]["schemas"] = {name: schemas["$defs"][name] for name in sorted(used)}
    return spec


def _references(part: object) -> Iterator[dict[str, Any]]:
    """Every place in a part of the description that points to a schema."""
    if isinstance(part, dict):
        if "$ref" in part:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _references(inner)


def _point_to_the_only(paths: dict[str, Any]) -> None:
    """APIFlask gives what stands within a schema another name under each: `BookBody.Kind` is `Kind`."""
    for place in _references(paths):
        place["$ref"] = SCHEMAS + place["$ref"].removeprefix(SCHEMAS).rpartition(".")[2]


def _used(part: object, schemas: dict[str, Any]) -> set[str]:
    """The names of the schemas that are needed, and of those that they need; a query is described where it is asked."""
    used: set[str] = set()
    waiting = [part]
    while waiting:
        names = {place["$ref"].removeprefix(SCHEMAS) for place in _references(waiting.pop())} - used
        used |= names
        waiting += [schemas[name] for name in names]
    return used


def _describe_idempotency(spec: dict[str, Any]) -> None:
    """The header with which a booking may be asked for twice."""
    spec["paths"]["/api/v1/bookings"]["post"].setdefault("parameters", []).append(
        {
            "in": "header",
            "name": "Idempotency-Key",
            "required": False,
            "description": "Any text of your own; the same request with the same key is done once within 24 hours",
            "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY_LENGTH, "pattern": "^[A-Za-z0-9._:-]+$"},
        }
    )
