"""Tasks, materials, opinions and training over the API."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR
from scheduler.services.imports import run as imports
from tests.small_organisation import CLOCK
from tests.visitors import a_script

pytestmark = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)
DATA = ROOT / "tests" / "data" / "programme"
TABLES = (
    "external_contacts_more",
    "tasks",
    "materials",
    "opinions",
    "opinion_tally",
    "batches",
    "batch_people",
    "frequency_rules",
)


@pytest.fixture
def recorded(sample_session: Session) -> Session:
    uploads = [imports.Upload(f"{name}.csv", (DATA / f"{name}.csv").read_bytes()) for name in TABLES]
    assert not imports.run(sample_session, OPERATOR, uploads, None, dry_run=False, clock=CLOCK).errors
    return sample_session


@pytest.fixture
def organizer(sample_app: Flask, recorded: Session) -> FlaskClient:
    return a_script(sample_app, recorded, "p22")


def test_records_have_the_words_of_the_command_line(organizer: FlaskClient) -> None:
    def get(path: str) -> Any:
        return organizer.get(f"/api/v1/{path}").json

    assert get("tasks?as_of=2014-11-05")["late"] == ["Z07", "Z11"]
    assert get("materials?as_of=2014-06-05&campaign=c1")["materials"][0] == {
        "id": "M01", "kind": "team", "person": None, "state": "submitted", "rounds": 1, "last": "2014-06-05",
    }  # fmt: skip
    assert get("opinions?as_of=2014-04-20")["rate"] == 91.7
    assert [batch["left"] for batch in get("batches")["batches"]] == [1, 1]


def test_records_are_set(organizer: FlaskClient) -> None:
    def put(path: str, body: dict[str, Any], status: int = 200, method: str = "POST") -> Any:
        answer = organizer.open(f"/api/v1/{path}", method=method, json=body)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.json

    assert put("tasks/Z03", {"state": "done", "note": "验收"}, method="PUT")["closed_by"] == "p22"
    assert put("tasks/Z03", {"state": "done", "by": "p02", "on": "2014-07-30"}, 409, "PUT")["blocking"]
    assert put("materials/M04/steps", {"step": "submitted"})["state"] == "submitted"
    put("materials/M04/steps", {"step": "signed_off"}, 403)
    put("materials/M04/steps", {"step": "missing"}, 422)
    assert put("opinions/O23/receive", {"on": "2014-05-05"})["received"] == 24
    assert put("opinions/O23/waive", {})["asked"] == 23
    assert put("batches/B01/people", {"people": [{"contact": "m01", "name": "赵一"}]})["left"] == 0
    assert put("batches/B01/people", {"people": [{"contact": "m02"}]}, 409)["blocking"][0]["kind"] == "batch_full"


def test_gate_is_shown_ticked_and_confirmed(organizer: FlaskClient) -> None:
    def send(method: str, path: str, body: dict[str, Any], status: int = 200) -> Any:
        answer = organizer.open(f"/api/v1/bookings/E10/gate{path}", method=method, json=body)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.json

    assert organizer.get("/api/v1/bookings/E10/gate?as_of=2014-08-06").json["items"][5]["late"]
    assert send("PUT", "/c6", {})["items"][5]["ok"]
    assert not send("PUT", "/c6", {"ok": False})["items"][5]["ok"]
    send("PUT", "/c5", {}, 403)
    assert send("PUT", "/c1", {}, 409)["blocking"][0]["kind"] == "gate_item_computed"
    assert send("POST", "/confirm", {}, 409)["blocking"][0]["subject"] == "c6"
    assert send("POST", "/confirm", {"override": "急"})["state"] == "overridden"
    assert send("POST", "/after", {"opinions": 25}, 409)["blocking"][0]["kind"] == "not_yet_begun"


def test_duties_of_a_year(organizer: FlaskClient) -> None:
    told = organizer.get("/api/v1/frequencies?year=2014&branch=B1&as_of=2014-08-01").json["frequencies"]

    assert [duty["state"] for duty in told if duty["rule"] == "F3"] == ["booked"]


def test_missing_meeting_is_booked_and_a_period_not_asked(organizer: FlaskClient) -> None:
    path = "/api/v1/frequencies/F1/B3/2014-"
    booked = organizer.post(f"{path}08/meeting")
    assert (booked.status_code, booked.json["ok"]) == (201, True)
    assert organizer.post(f"{path}08/meeting").json["blocking"][0]["kind"] == "duty_not_missing"
    assert organizer.post("/api/v1/frequencies/F1/B9/2014-08/meeting").status_code == 404

    exempt = organizer.put(f"{path}07", json={"reason": "换届"}).json
    assert (exempt["state"], exempt["reason"]) == ("exempt", "换届")
    assert organizer.put(f"{path}07", json={"reason": None}).json["state"] == "late"
    assert organizer.put(f"{path}07", json={"reason": " "}).status_code == 422
    assert organizer.put(f"{path}07", json={}).status_code == 422


def test_lanes_and_what_is_next(organizer: FlaskClient) -> None:
    told = organizer.get("/api/v1/programme?as_of=2014-08-01").json

    assert len(told["lanes"]) == 14
    assert told["next"][0] == {"day": "2014-08-05", "what": "report", "subject": "E10"}
