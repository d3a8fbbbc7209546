"""Series of sessions over the API: proposed, then booked as they were seen."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.visitors import a_script

pytestmark = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)
ORDER: dict[str, Any] = {
    "kind": "study_session",
    "audience": ["leadership_team"],
    "minutes": 120,
    "from": "2014-08-11",
    "to": "2014-08-29",
    "apart": 2,
    "per_week": 2,
    "half_days": ["Wed-pm", "Fri-pm"],
}


@pytest.fixture
def script(sample_app: Flask, sample_session: Session) -> FlaskClient:
    """A script of an organizer."""
    return a_script(sample_app, sample_session, "p22")


def sessions_on_the_calendar(script: FlaskClient) -> list[str]:
    found = script.get("/api/v1/bookings?kind=study_session&from=2014-08-11&to=2014-08-29").json
    return [one["id"] for one in found["bookings"]]


def test_series_is_proposed_and_booked_as_it_was_seen(script: FlaskClient) -> None:
    found = script.post("/api/v1/series", json={**ORDER, "count": 2})

    assert (found.status_code, found.json["status"], found.json["booked"]) == (200, "complete", [])
    seen = [(one["title"], one["start"], one["room"], one["attending"]) for one in found.json["sessions"]]
    assert seen == [
        ("第27次集中学习", "2014-08-13T13:30", "R03", 8),
        ("第28次集中学习", "2014-08-15T13:30", "R03", 8),
    ]
    assert sessions_on_the_calendar(script) == []

    sessions = [{"start": start, "room": room} for _, start, room, _ in seen]
    done = script.post("/api/v1/series/book", json={**ORDER, "count": 2, "sessions": sessions})

    assert (done.status_code, done.json["ok"], done.json["booked"]) == (201, True, ["S27", "S28"])
    assert sessions_on_the_calendar(script) == ["S27", "S28"]


def test_all_are_booked_or_none(script: FlaskClient) -> None:
    sessions = [{"start": "2014-08-13T13:30", "room": "R03"}, {"start": "2014-08-13T14:30", "room": "R03"}]

    refused = script.post("/api/v1/series/book", json={**ORDER, "count": 2, "title": "学习{n}", "sessions": sessions})

    assert (refused.status_code, refused.json["type"]) == (409, "urn:tanxin:refused")
    assert "R03" in {one["subject"] for one in refused.json["findings"]}
    assert sessions_on_the_calendar(script) == []


def test_what_cannot_be_is_told_with_reasons_and_repairs(script: FlaskClient) -> None:
    found = script.post("/api/v1/series?lang=en", json={**ORDER, "count": 6}).json

    assert (found["status"], found["placed"], found["of"]) == ("partial", 4, 6)
    assert found["reasons"][0]["kind"] == "series_people"
    assert found["repairs"][-1] == {"kind": "count", "value": "4", "text": "Only 4 sessions", "verified": True}


def test_the_study_hours_say_how_many_are_needed(script: FlaskClient) -> None:
    order = {name: value for name, value in ORDER.items() if name not in ("apart", "per_week", "half_days")}

    need = script.post("/api/v1/series", json={**order, "reach_by": "2014-08-20", "room": ""}).json["need"]

    assert (need["by"], need["sessions"], need["lacking"]) == ("2014-08-20", 1, {"p06": 1.0, "p07": 1.0})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "talk", "count": 1}, "kind"),
        ({}, "count"),
        ({"count": 61}, "count"),
        ({"count": 1, "half_days": ["Wed-noon"]}, "half_days.0"),
        ({"count": 1, "to": "2014-08-01"}, "to"),
        ({"count": 1, "to": "2014-02-30"}, "to"),
        ({"count": 1, "room": "R99"}, "room"),
    ],
)
def test_what_cannot_be_understood_is_named(script: FlaskClient, wrong: dict[str, Any], field: str) -> None:
    answer = script.post("/api/v1/series", json={**ORDER, **wrong})

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)


def test_members_arrange_nothing(sample_app: Flask, sample_session: Session) -> None:
    member = a_script(sample_app, sample_session, "p27")

    assert member.post("/api/v1/series", json={**ORDER, "count": 1}).status_code == 403
