"""The description of the API."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema_rs import Draft202012Validator

from tests.api.described import validator

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_the_description_names_every_operation_with_its_no(client: FlaskClient) -> None:
    spec = client.get("/api/v1/openapi.json").json

    operations = {f"{method.upper()} {path}" for path, found in spec["paths"].items() for method in found}
    assert operations == {
        "GET /api/v1/batches",
        "POST /api/v1/batches/{batch_id}/people",
        "GET /api/v1/frequencies",
        "PUT /api/v1/frequencies/{rule}/{subject}/{period}",
        "POST /api/v1/frequencies/{rule}/{subject}/{period}/meeting",
        "GET /api/v1/bookings/{booking_id}/gate",
        "PUT /api/v1/bookings/{booking_id}/gate/{item}",
        "POST /api/v1/bookings/{booking_id}/gate/confirm",
        "POST /api/v1/bookings/{booking_id}/gate/after",
        "GET /api/v1/materials",
        "POST /api/v1/materials/{material_id}/steps",
        "GET /api/v1/opinions",
        "POST /api/v1/opinions/{opinion_id}/receive",
        "POST /api/v1/opinions/{opinion_id}/waive",
        "GET /api/v1/conditions/{kind}",
        "GET /api/v1/visits",
        "PUT /api/v1/tasks/{task_id}/leader",
        "PUT /api/v1/conditions/{kind}",
        "GET /api/v1/programme",
        "GET /api/v1/tasks",
        "PUT /api/v1/tasks/{task_id}",
        "GET /api/v1/bookings",
        "POST /api/v1/bookings",
        "POST /api/v1/bookings/check",
        "GET /api/v1/bookings/{booking_id}",
        "PATCH /api/v1/bookings/{booking_id}",
        "DELETE /api/v1/bookings/{booking_id}",
        "POST /api/v1/bookings/{booking_id}/confirm",
        "POST /api/v1/bookings/{booking_id}/unconfirm",
        "GET /api/v1/bookings/{booking_id}/attendance",
        "PUT /api/v1/bookings/{booking_id}/attendance",
        "GET /api/v1/bookings/{booking_id}/guests",
        "POST /api/v1/bookings/{booking_id}/guests",
        "PUT /api/v1/bookings/{booking_id}/guest-attendance",
        "DELETE /api/v1/bookings/{booking_id}/guests/{guest_id}",
        "POST /api/v1/bookings/{booking_id}/link",
        "POST /api/v1/bookings/{booking_id}/unlink",
        "POST /api/v1/rule-sets/{rule_set}/link-all-in-window",
        "GET /api/v1/rule-sets",
        "GET /api/v1/campaigns",
        "GET /api/v1/campaigns/rollup",
        "GET /api/v1/campaigns/{campaign}",
        "PATCH /api/v1/campaigns/{campaign}",
        "PUT /api/v1/milestones/{key}",
        "GET /api/v1/coverage",
        "GET /api/v1/papers/{paper}",
        "GET /api/v1/feeds",
        "POST /api/v1/feeds",
        "DELETE /api/v1/feeds/{feed_id}",
        "POST /api/v1/feeds/{feed_id}/rotate",
        "POST /api/v1/free-times",
        "POST /api/v1/what-if",
        "GET /api/v1/load",
        "GET /api/v1/ledger",
        "GET /api/v1/ledger/odd",
        "GET /api/v1/me",
        "GET /api/v1/people",
        "GET /api/v1/people/{person_id}",
        "GET /api/v1/plans",
        "POST /api/v1/plans",
        "GET /api/v1/plans/{run_id}",
        "POST /api/v1/plans/{run_id}/again",
        "POST /api/v1/plans/{run_id}/cancel",
        "POST /api/v1/plans/{run_id}/discard",
        "PATCH /api/v1/plans/{run_id}/placements/{number}",
        "POST /api/v1/plans/{run_id}/release",
        "GET /api/v1/requirements",
        "GET /api/v1/rooms",
        "POST /api/v1/series",
        "POST /api/v1/series/book",
        "POST /api/v1/series/regular",
        "POST /api/v1/bookings/many",
        "GET /api/v1/study",
        "GET /api/v1/study-targets",
        "POST /api/v1/study-targets",
        "PATCH /api/v1/study-targets/{target}",
        "DELETE /api/v1/study-targets/{target}",
        "PUT /api/v1/study-targets/{target}/exemptions/{person}",
        "DELETE /api/v1/study-targets/{target}/exemptions/{person}",
        "GET /api/v1/report",
        "GET /api/v1/proposals",
        "POST /api/v1/proposals/{number}/accept",
        "POST /api/v1/proposals/{number}/decline",
        "POST /api/v1/proposals/{number}/withdraw",
        "GET /api/v1/swaps",
        "GET /api/v1/bookings/{booking_id}/swap-times",
        "POST /api/v1/bookings/{booking_id}/swaps",
        "POST /api/v1/swaps/{number}/accept",
        "POST /api/v1/swaps/{number}/decline",
        "POST /api/v1/swaps/{number}/withdraw",
        "GET /api/v1/occurrences",
        "POST /api/v1/occurrences",
        "PUT /api/v1/occurrences/{number}/partner",
        "DELETE /api/v1/occurrences/{number}",
    }
    for found in spec["paths"].values():
        for operation in found.values():
            assert operation["security"] == [{"token": []}, {"session": []}]
            assert list(operation["responses"]["409"]["content"]) == ["application/problem+json"]


def operations(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for found in spec["paths"].values() for operation in found.values()]


def schemas_within(part: Any) -> Iterator[dict[str, Any]]:
    """Everything in a part of the description that may have examples."""
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from schemas_within(inner)


def test_every_operation_has_a_name_of_its_own_words_and_a_noun(client: FlaskClient) -> None:
    spec = client.get("/api/v1/openapi.json").json

    names = [operation["operationId"] for operation in operations(spec)]
    assert len(names) == len(set(names))
    assert all(operation["summary"] and operation["description"] for operation in operations(spec))
    declared = {tag["name"]: tag["description"] for tag in spec["tags"]}
    assert {tag for operation in operations(spec) for tag in operation["tags"]} == set(declared)
    assert all(declared.values())
    assert all(spec["info"][key] for key in ("title", "version", "description", "contact", "license"))


def test_each_schema_stands_once_and_is_used(client: FlaskClient) -> None:
    text = client.get("/api/v1/openapi.json").get_data(as_text=True)
    schemas = json.loads(text)["components"]["schemas"]

    assert all(name.isalnum() for name in schemas)
    assert len({json.dumps({**schema, "title": ""}) for schema in schemas.values()}) == len(schemas)
    assert all(f'"#/components/schemas/{name}"' in text for name in schemas)


def test_examples_are_valid(client: FlaskClient) -> None:
    spec = client.get("/api/v1/openapi.json").json

    exemplary = [schema for schema in schemas_within(spec) if isinstance(schema.get("examples"), list)]
    assert exemplary
    for schema in exemplary:
        for example in schema["examples"]:
            Draft202012Validator(schema).validate(example)


def test_an_answer_with_a_key_that_is_not_described_is_noticed(member: FlaskClient) -> None:
    room = member.get("/api/v1/rooms").json["rooms"][0]
    described = validator("#/components/schemas/RoomModel")

    assert described.is_valid(room)
    assert not described.is_valid({**room, "colour": "red"})
    assert not described.is_valid({key: room[key] for key in room if key != "use"})


def test_the_description_leads_to_where_people_reach_it_whatever_host_they_name(client: FlaskClient) -> None:
    spec = client.get("/api/v1/openapi.json", headers={"Host": "evil.example"}).json

    assert spec["servers"] == [{"url": "http://127.0.0.1:5000"}]


def test_every_reference_of_the_description_leads_somewhere(client: FlaskClient) -> None:
    text = client.get("/api/v1/openapi.json").get_data(as_text=True)
    schemas = client.get("/api/v1/openapi.json").json["components"]["schemas"]

    referenced = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert referenced <= set(schemas)


def test_no_page_of_the_description_loads_from_elsewhere(client: FlaskClient) -> None:
    assert client.get("/docs").status_code == 404
    assert client.get("/openapi.json").status_code == 404
