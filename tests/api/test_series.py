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


REGULAR: dict[str, Any] = {
    "kind": "meeting",
    "people": ["p22", "p23"],
    "minutes": 30,
    "from": "2014-09-01",
    "to": "2014-10-31",
    "at": "16:30",
    "by": "weekday",
    "nth": -1,
    "weekdays": ["Thu"],
    "title": "碰头{n}",
    "host": "p22",
}


def test_a_regular_series_is_looked_at_booked_and_changed_from_one_on(script: FlaskClient) -> None:
    order = REGULAR | {"by": "weeks", "every": 2, "nth": 1}
    found = script.post("/api/v1/series/regular", json=order).json
    assert (found["status"], found["booked"]) == ("complete", [])
    starts = [one["start"] for one in found["sessions"]]
    assert starts == [
        f"2014-{day}T16:30" for day in ("09-04", "09-18", "10-16", "10-30")
    ]  # not in the holidays of October

    body = {key: value for key, value in order.items() if key not in ("at", "by", "every", "weekdays", "nth")}
    sessions = [{"start": start, "room": ""} for start in starts]
    booked = script.post("/api/v1/series/book", json=body | {"count": 4, "sessions": sessions}).json["booked"]
    assert len(booked) == 4

    own = script.get(f"/api/v1/bookings/{booked[2]}").json
    moved = script.patch(f"/api/v1/bookings/{booked[2]}", json={"version": own["version"], "start": "2014-10-17T09:00"})
    assert (moved.status_code, "others" in moved.json) == (200, False)
    seen = script.get(f"/api/v1/bookings/{booked[1]}").json
    later = script.patch(
        f"/api/v1/bookings/{booked[1]}?scope=later", json={"version": seen["version"], "start": "2014-09-18T17:00"}
    ).json
    assert (later["ok"], later["id"], later["others"]) == (True, booked[1], [booked[3]])
    times = [script.get(f"/api/v1/bookings/{name}").json["start"] for name in booked]
    assert times == ["2014-09-04T16:30", "2014-09-18T17:00", "2014-10-17T09:00", "2014-10-30T17:00"]

    gone = script.delete(f"/api/v1/bookings/{booked[0]}?scope=all").json
    assert sorted([gone["id"], *gone["others"]]) == sorted(booked)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"weekdays": []}, "weekdays"),
        ({"nth": 0}, "nth"),
        ({"to": "2014-09-10"}, "to"),
        ({"at": "25:00"}, "at"),
        ({"weekdays": ["Thursday"]}, "weekdays.0"),
        ({"host": "p999"}, ""),
    ],
)
def test_what_is_wrong_of_a_regular_series_is_named(script: FlaskClient, wrong: dict[str, Any], field: str) -> None:
    answer = script.post("/api/v1/series/regular", json=REGULAR | wrong)

    assert answer.status_code in ((404, 422) if not field else (422,))
    assert field in {one["field"] for one in answer.json.get("errors", [{"field": ""}])} or not field


def test_scope_of_what_is_in_no_series_or_only_looked_at(script: FlaskClient) -> None:
    body = {"version": script.get("/api/v1/bookings/E12").json["version"], "title": "另一个"}

    assert script.patch("/api/v1/bookings/E12?scope=later", json=body).json["errors"][0]["field"] == "scope"
    assert script.patch("/api/v1/bookings/E12?scope=later&dry_run=true", json=body).status_code == 422
    assert script.get("/api/v1/bookings/E12").json["title"] != "另一个"


def test_many_are_done_each_for_itself(script: FlaskClient) -> None:
    def done(act: str, *names: str, **more: str) -> Any:
        return script.post("/api/v1/bookings/many", json={"act": act, "bookings": list(names), **more})

    told = done("cancel", "T041", "T999", "E12").json
    assert told["ok"] is False
    assert [(one["id"], one["ok"]) for one in told["bookings"]] == [("T041", True), ("E12", True), ("T999", False)]
    assert "T999" in told["bookings"][2]["text"]
    assert done("restore", "T041", "E12").json == {
        "ok": True,
        "bookings": [{"id": "T041", "ok": True, "text": ""}, {"id": "E12", "ok": True, "text": ""}],
    }
    assert done("room", "T041", room="R05").json["ok"]
    assert script.get("/api/v1/bookings/T041").json["room"] == "R05"
    assert done("room", "T041").status_code == 422
    assert done("confirm", "T041", room="R05").status_code == 422
    assert done("confirm", "T041").json["bookings"][0]["ok"] is False  # it lies ahead
    assert done("unconfirm", "T002", "T003").json["ok"]
    assert done("confirm", "T002", "T003").json["ok"]
    assert done("cancel", *(f"T{number}" for number in range(201))).status_code == 422
