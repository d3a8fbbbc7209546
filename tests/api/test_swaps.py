"""Swaps over the API."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.visitors import a_script

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
TALK = {"kind": "talk", "people": ["p02", "p03"], "start": "2014-08-12T09:00", "minutes": 45, "room": "R02"}


@pytest.fixture
def talk(organizer: FlaskClient) -> str:
    """A talk of p02 and p03."""
    return str(organizer.post("/api/v1/bookings", json=TALK).json["id"])


@pytest.fixture
def other(app: Flask, organisation: Session) -> FlaskClient:
    return a_script(app, organisation, "p02")


def test_a_time_out_of_the_free_ones_is_proposed_and_accepted(
    member: FlaskClient, other: FlaskClient, talk: str
) -> None:
    times = member.get(f"/api/v1/bookings/{talk}/swap-times?from=2014-08-11").json["free_times"]
    starts = [one["start"] for one in times]
    assert "2014-08-12T09:30" in starts
    assert "2014-08-12T09:00" not in starts

    made = member.post(f"/api/v1/bookings/{talk}/swaps", json={"start": "2014-08-13T10:00"})

    assert (made.status_code, made.json) == (
        201,
        {"id": 1, "booking": talk, "proposer": "p03", "start": "2014-08-13T10:00", "room": "R02", "agreed": [],
         "state": "open"},
    )  # fmt: skip
    assert other.get("/api/v1/swaps").json == {"swaps": [made.json]}
    assert other.post("/api/v1/swaps/1/accept").json == {**made.json, "agreed": ["p02"], "state": "accepted"}
    assert other.get(f"/api/v1/bookings/{talk}").json["start"] == "2014-08-13T10:00"
    again = other.post("/api/v1/swaps/1/accept")
    assert (again.status_code, again.json["type"]) == (409, "urn:tanxin:outdated")


def test_it_is_declined_or_withdrawn(member: FlaskClient, other: FlaskClient, talk: str) -> None:
    for client, deed, state in ((other, "decline", "declined"), (member, "withdraw", "withdrawn")):
        made = member.post(f"/api/v1/bookings/{talk}/swaps", json={"start": "2014-08-13T10:00"}).json
        assert client.post(f"/api/v1/swaps/{made['id']}/{deed}").json["state"] == state


def test_a_time_that_is_not_free_is_409_and_says_nothing_of_why(member: FlaskClient, talk: str) -> None:
    no = member.post(f"/api/v1/bookings/{talk}/swaps", json={"start": "2014-08-16T10:00"})

    assert (no.status_code, [finding["kind"] for finding in no.json["findings"]]) == (409, ["swap_not_free"])


def test_others_find_nothing(organizer: FlaskClient, member: FlaskClient, talk: str) -> None:
    member.post(f"/api/v1/bookings/{talk}/swaps", json={"start": "2014-08-13T10:00"})

    assert organizer.get("/api/v1/swaps").json == {"swaps": []}
    assert organizer.get(f"/api/v1/bookings/{talk}/swap-times").status_code == 404
    assert organizer.post("/api/v1/swaps/1/accept").status_code == 403
    assert organizer.post("/api/v1/swaps/9/accept").status_code == 404
