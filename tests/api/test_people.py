"""People and rooms over the API."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from scheduler.core.ground.access import Role
from tests.visitors import a_script

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_who_asks_is_told_who_they_are(member: FlaskClient) -> None:
    assert member.get("/api/v1/me").json == {"account": "p03", "person": "p03", "roles": ["member"]}


def test_an_administrator_without_a_person_is_told_so(app: Flask, organisation: Session) -> None:
    admin = a_script(app, organisation, "admin", Role.ADMIN)

    assert admin.get("/api/v1/me").json == {"account": "admin", "person": None, "roles": ["admin"]}


def test_people_come_in_rank_order(member: FlaskClient) -> None:
    found = member.get("/api/v1/people").json

    assert found["as_of"] == "2014-08-01"
    assert [(p["id"], p["name"]) for p in found["people"]][:3] == [
        ("p01", "沈维岳"),
        ("p02", "陈国梁"),
        ("p03", "文静"),
    ]


def test_one_person_is_found_by_id(member: FlaskClient) -> None:
    assert member.get("/api/v1/people/p02?as_of=2014-08-20").json == {
        "id": "p02",
        "name": "陈国梁",
        "unit": "",
        "position": "",
        "rank": 1,
        "category": "",
        "branch": "",
    }
    assert member.get("/api/v1/people/p99").status_code == 404


def test_rooms_are_listed(member: FlaskClient) -> None:
    assert [room["name"] for room in member.get("/api/v1/rooms").json["rooms"]] == ["谈话室", "第一会议室"]


@pytest.mark.parametrize("path", ["me", "people", "people/p02", "rooms", "bookings", "coverage", "study", "feeds"])
def test_nobody_is_told_anything_without_a_token(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")

    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert answer.json["type"] == "urn:tanxin:not_signed_in"
    assert client.get(f"/api/v1/{path}", headers={"Authorization": "Bearer x"}).status_code == 401
