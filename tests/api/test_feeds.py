"""One's own feeds over the API."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Owner, Scope
from scheduler.core.ground.access import OPERATOR, Role
from scheduler.services.feeds import addresses as feeds
from tests.small_organisation import CLOCK
from tests.visitors import a_script

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def path_of(address: str) -> str:
    assert address.startswith("http://127.0.0.1:5000/feeds/")
    return address.removeprefix("http://127.0.0.1:5000")


def test_a_feed_is_issued_and_its_address_shown_once(member: FlaskClient) -> None:
    made = member.post("/api/v1/feeds", json={"language": "en"})

    assert (made.status_code, made.json["id"], made.json["person"], made.json["language"]) == (201, "F1", "p03", "en")
    assert member.get(path_of(made.json["address"])).status_code == 200
    (listed,) = member.get("/api/v1/feeds").json["feeds"]
    assert (listed["id"], listed["address"], listed["left_out"]) == ("F1", None, 0)


def test_a_rotated_feed_leaves_its_old_address(member: FlaskClient) -> None:
    old = member.post("/api/v1/feeds", json={}).json["address"]

    new = member.post("/api/v1/feeds/F1/rotate").json["address"]

    assert member.get(path_of(old)).status_code == 404
    assert member.get(path_of(new)).status_code == 200


def test_a_revoked_feed_is_gone(member: FlaskClient) -> None:
    address = member.post("/api/v1/feeds", json={}).json["address"]

    assert member.delete("/api/v1/feeds/F1").json["revoked_at"] is not None

    assert member.get(path_of(address)).status_code == 404
    assert member.get("/api/v1/feeds").json == {"feeds": []}
    assert member.delete("/api/v1/feeds/F1").status_code == 404


def test_nobody_touches_the_feed_of_another(member: FlaskClient, organisation: Session) -> None:
    feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p02"))

    assert member.post("/api/v1/feeds/F1/rotate").status_code == 404
    assert member.delete("/api/v1/feeds/F1").status_code == 404


def test_an_account_without_a_person_has_no_feed(app: Flask, organisation: Session) -> None:
    assert a_script(app, organisation, "admin", Role.ADMIN).post("/api/v1/feeds", json={}).status_code == 403


def test_a_device_is_given_a_password_instead_of_an_address(member: FlaskClient) -> None:
    made = member.post("/api/v1/feeds", json={"device": "手机"}).json
    told = {name: made[name] for name in ("address", "device", "user")}

    assert told == {"address": "http://127.0.0.1:5000/dav/", "device": "手机", "user": "p03"}
    assert len(made["password"]) == 24
    new = member.post("/api/v1/feeds/F1/rotate").json
    assert new["password"] not in (made["password"], None)
    (listed,) = member.get("/api/v1/feeds").json["feeds"]
    assert (listed["device"], listed["address"], listed["password"]) == ("手机", None, None)
    assert member.post("/api/v1/feeds", json={"device": "很" * 41}).status_code == 422
    assert member.post("/api/v1/feeds", json={"device": "屏", "group": "B1"}).status_code in (403, 422)
