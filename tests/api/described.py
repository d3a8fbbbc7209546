"""A client of the API that holds everything it is answered against the description of what it asked."""

import re
from functools import cache
from typing import Any, cast

from apiflask import APIFlask
from flask.testing import FlaskClient
from jsonschema_rs import Draft202012Validator
from werkzeug.test import TestResponse

API = "/api/v1/"
DESCRIPTION = f"{API}openapi.json"
_description: dict[str, Any] = {}
"""The same for every application: it is made once."""


class DescribedClient(FlaskClient):
    """Fails where an answer is not as it is described: its status, its media type, a key too few or too many."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        answer = super().open(*args, **kwargs)
        path = answer.request.path
        if path.startswith(API) and path != DESCRIPTION:
            if not _description:
                _description.update(cast("APIFlask", self.application).spec)
            self.application.extensions.setdefault("described", set()).add(hold(answer))
        return answer


def description() -> dict[str, Any]:
    """What the API says of itself, once somebody has asked it something."""
    return _description


def hold(answer: TestResponse) -> str | None:
    """Hold an answer against its description, and tell which operation it is of; what there is not has none."""
    method, paths = answer.request.method.lower(), _description["paths"].items()
    leading = (methods[method] for path, methods in paths if method in methods and _leads_to(path, answer))
    if (operation := next(leading, None)) is None:
        return None
    ((media_type, content),) = operation["responses"][str(answer.status_code)]["content"].items()
    assert answer.mimetype == media_type
    validator(content["schema"]["$ref"]).validate(answer.json)
    return str(operation["operationId"])


def _leads_to(path: str, answer: TestResponse) -> bool:
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), answer.request.path) is not None


@cache
def validator(reference: str) -> Draft202012Validator:
    """What holds an answer against a schema, in which every key that is not described is one too many."""
    schemas = {name: closed(schema) for name, schema in _description["components"]["schemas"].items()}
    return Draft202012Validator({"$ref": reference, "components": {"schemas": schemas}})


def closed(schema: Any) -> Any:
    """A schema that allows no more keys than it names."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    more = {"additionalProperties": False} if isinstance(schema.get("properties"), dict) else {}
    return {key: closed(value) for key, value in schema.items()} | more
