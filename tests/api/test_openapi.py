"""The description of the API."""

import pytest
from flask.testing import FlaskClient

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_the_description_names_every_operation_with_its_no(client: FlaskClient) -> None:
    spec = client.get("/api/v1/openapi.json").json

    operations = {f"{method.upper()} {path}" for path, found in spec["paths"].items() for method in found}
    assert operations == {
        "GET /api/v1/bookings",
        "POST /api/v1/bookings",
        "POST /api/v1/bookings/check",
        "GET /api/v1/bookings/{booking_id}",
        "PATCH /api/v1/bookings/{booking_id}",
        "DELETE /api/v1/bookings/{booking_id}",
        "POST /api/v1/bookings/{booking_id}/confirm",
        "GET /api/v1/coverage",
        "GET /api/v1/feeds",
        "POST /api/v1/feeds",
        "DELETE /api/v1/feeds/{feed_id}",
        "POST /api/v1/feeds/{feed_id}/rotate",
        "POST /api/v1/free-times",
        "GET /api/v1/ledger",
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
        "GET /api/v1/study",
        "GET /api/v1/swaps",
        "GET /api/v1/bookings/{booking_id}/swap-times",
        "POST /api/v1/bookings/{booking_id}/swaps",
        "POST /api/v1/swaps/{number}/accept",
        "POST /api/v1/swaps/{number}/decline",
        "POST /api/v1/swaps/{number}/withdraw",
    }
    for found in spec["paths"].values():
        for operation in found.values():
            assert operation["security"] == [{"token": []}, {"session": []}]
            assert list(operation["responses"]["409"]["content"]) == ["application/problem+json"]


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
