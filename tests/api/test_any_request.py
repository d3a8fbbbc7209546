"""Whatever is asked of the API, it answers as its description says, and never with a 500."""

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy.orm import Session

from tests.visitors import a_script

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


FIRST = settings(
    max_examples=int(os.environ.get("TANXIN_EXAMPLES", "8")),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.slow
@pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_any_request_is_answered_as_described(
    sample_app: Flask,
    sample_session: Session,
    mode: GenerationMode,
    record_property: Callable[[str, object], None],
) -> None:
    token = a_script(sample_app, sample_session, "p22").environ_base["HTTP_AUTHORIZATION"]
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", sample_app)

    cases = 0

    def ask(case: Any) -> None:
        nonlocal cases
        cases += 1
        answer = case.call(headers={"Authorization": token})
        case.validate_response(answer, checks=CHECKS)

    asked = 0
    for found in schema.get_all_operations():
        with suppress(Unsatisfiable):  # there is nothing about it that could be wrong
            FIRST(given(case=found.ok().as_strategy(generation_mode=mode))(ask))()
            asked += 1
    assert asked >= 12
    record_property("cases", cases)
