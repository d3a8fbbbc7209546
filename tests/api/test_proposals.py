"""A talk of one's own over the API: proposed, then accepted, declined or taken back."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.services.rules import sets as rules
from tests.small_organisation import CLOCK
from tests.visitors import a_script

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ASKED = "id: all\nrules:\n- {id: R1, pairing: each_each, a: {where: {id: [p12]}}, b: {where: {id: [p03]}}}\n"
TALK = {"kind": "talk", "people": ["p12", "p03"], "start": "2014-08-12T09:00", "minutes": 45, "room": "R02"}


@pytest.fixture
def other(app: Flask, organisation: Session) -> FlaskClient:
    """Who is asked; a rule asks for the talk."""
    rules.apply_document(organisation, OPERATOR, ASKED, None, None, CLOCK)
    return a_script(app, organisation, "p12")


def test_it_is_proposed_and_booked_when_the_other_accepts(
    member: FlaskClient, other: FlaskClient, organizer: FlaskClient
) -> None:
    made = member.post("/api/v1/bookings", json=TALK, headers={"Idempotency-Key": "k1"})
    assert (made.status_code, made.json["ok"], made.json["id"], made.json["proposal"]) == (201, True, None, 1)
    assert member.post("/api/v1/bookings", json=TALK, headers={"Idempotency-Key": "k1"}).json == made.json
    listed = organizer.get("/api/v1/proposals").json["proposals"]
    assert [(one["proposer"], one["other"], one["start"], one["state"]) for one in listed] == [
        ("p03", "p12", "2014-08-12T09:00", "open")
    ]
    assert member.post("/api/v1/proposals/1/accept").status_code == 403

    done = other.post("/api/v1/proposals/1/accept").json

    assert (done["state"], other.get(f"/api/v1/bookings/{done['booking']}").json["people"]) == (
        "accepted", ["p03", "p12"],
    )  # fmt: skip
    assert other.post("/api/v1/proposals/1/decline").status_code == 409


def test_it_is_declined_or_withdrawn(member: FlaskClient, other: FlaskClient) -> None:
    for client, deed, state in ((other, "decline", "declined"), (member, "withdraw", "withdrawn")):
        number = member.post("/api/v1/bookings", json=TALK).json["proposal"]
        assert client.post(f"/api/v1/proposals/{number}/{deed}").json["state"] == state
