"""Bookings over the API."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import Role
from scheduler.store.accounts.rows import IdempotencyRow
from scheduler.store.bookings.rows import BookingRow
from tests.visitors import a_script

TALK: dict[str, Any] = {
    "kind": "talk",
    "people": ["p02", "p27"],
    "start": "2014-08-12T09:00",
    "minutes": 45,
    "room": "R02",
}


def kinds(found: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(finding["kind"], finding["subject"]) for finding in found]


def test_a_booking_is_made_and_found_again(organizer: FlaskClient) -> None:
    made = organizer.post("/api/v1/bookings", json=TALK)

    assert made.status_code == 201
    assert (made.json["ok"], made.json["id"], made.json["blocking"]) == (True, "T005", [])
    assert organizer.get("/api/v1/bookings/T005").json == {
        "id": "T005",
        "kind": "talk",
        "title": "",
        "start": "2014-08-12T09:00",
        "end": "2014-08-12T09:45",
        "room": "R02",
        "people": ["p02", "p27"],
        "status": "booked",
        "mode": "face_to_face",
        "size": "one_to_one",
        "version": 1,
        "campaign": None,
        "hours": None,
        "host": None,
        "agenda": [],
        "remark": "",
        "link": "",
        "series": "",
        "absent": [],
    }


def test_a_start_may_be_said_by_another_clock(organizer: FlaskClient) -> None:
    made = organizer.post("/api/v1/bookings", json=TALK | {"start": "2014-08-12T10:00+09:00"})

    assert organizer.get(f"/api/v1/bookings/{made.json['id']}").json["start"] == "2014-08-12T09:00"


def test_a_clash_is_409_and_names_who_and_which_room(organizer: FlaskClient) -> None:
    clash = organizer.post("/api/v1/bookings", json=TALK | {"people": ["p02", "p12"], "start": "2014-08-04T09:00"})

    assert clash.status_code == 409
    assert clash.content_type == "application/problem+json"
    assert clash.json["status"] == 409
    assert clash.json["type"] == "urn:tanxin:refused"
    assert kinds(clash.json["findings"]) == [("person_taken", "p02"), ("room_taken", "R02")]
    assert clash.json["findings"][0]["text"] == "陈国梁 9:00–9:45 已有安排"


def test_others_are_not_told_what_takes_somebody(member: FlaskClient) -> None:
    clash = member.post("/api/v1/bookings", json=TALK | {"people": ["p03", "p02"], "start": "2014-08-05T14:00"})

    assert clash.status_code == 409
    assert "陈国梁 不可用" in [finding["text"] for finding in clash.json["findings"]]


def test_to_check_books_nothing(organizer: FlaskClient, organisation: Session) -> None:
    before = organisation.scalars(select(BookingRow.id)).all()

    fine = organizer.post("/api/v1/bookings/check", json=TALK)
    clash = organizer.post("/api/v1/bookings/check", json=TALK | {"start": "2014-08-04T09:00"})

    assert (fine.status_code, fine.json["ok"], fine.json["id"]) == (200, True, None)
    assert (clash.status_code, clash.json["ok"]) == (200, False)
    assert organisation.scalars(select(BookingRow.id)).all() == before


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"start": "tomorrow"}, "start"),
        ({"start": "2014-02-30T09:00"}, "start"),
        ({"start": "2014-08-12T09:00+8"}, "start"),
        ({"start": 1}, "start"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 20161}, "minutes"),
        ({"minutes": "45"}, "minutes"),
        ({"people": "p02"}, "people"),
        ({"people": ["p02", "p02 or 1=1"]}, "people.1"),
        ({"people": ["p\x00"]}, "people.0"),
        ({"notes": "content"}, "notes"),
        ({"mode": "letter"}, "mode"),
    ],
)
def test_what_cannot_be_understood_is_422_and_names_the_field(
    organizer: FlaskClient, change: dict[str, Any], field: str
) -> None:
    answer = organizer.post("/api/v1/bookings", json=TALK | change)

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert field in [error["field"] for error in answer.json["errors"]]


def test_a_field_that_is_missing_is_named(organizer: FlaskClient) -> None:
    answer = organizer.post("/api/v1/bookings", json={"kind": "talk", "people": ["p02", "p27"]})

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == ["start", "minutes"]


@pytest.mark.parametrize("body", ["", "{", "[1]", "null", '"x"', "[]"])
def test_what_is_no_booking_at_all_is_no_500(organizer: FlaskClient, body: str) -> None:
    answer = organizer.post("/api/v1/bookings", data=body, content_type="application/json")

    assert answer.status_code in (400, 422)
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("unknown", [{"people": ["p02", "p99"]}, {"room": "R99"}, {"rule_set": "RS9"}])
def test_people_and_rooms_that_are_not_there_are_told(organizer: FlaskClient, unknown: dict[str, Any]) -> None:
    assert organizer.post("/api/v1/bookings", json=TALK | unknown).status_code in (404, 422)


# ── Idempotency-Key ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_same_request_with_the_same_key_books_once(organizer: FlaskClient, organisation: Session) -> None:
    key = {"Idempotency-Key": "8c9e-1"}

    first = organizer.post("/api/v1/bookings", json=TALK, headers=key)
    second = organizer.post("/api/v1/bookings", json=TALK, headers=key)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json == second.json
    assert len(organisation.scalars(select(BookingRow.id)).all()) == 6


def test_a_key_is_for_one_request(organizer: FlaskClient) -> None:
    key = {"Idempotency-Key": "8c9e-1"}
    organizer.post("/api/v1/bookings", json=TALK, headers=key)

    other = organizer.post("/api/v1/bookings", json=TALK | {"minutes": 30}, headers=key)

    assert (other.status_code, other.json["errors"][0]["field"]) == (422, "Idempotency-Key")


def test_keys_of_two_accounts_are_two_keys(app: Flask, organizer: FlaskClient, organisation: Session) -> None:
    key = {"Idempotency-Key": "1"}
    organizer.post("/api/v1/bookings", json=TALK, headers=key)
    colleague = a_script(app, organisation, "p01", Role.ORGANIZER)

    other = colleague.post("/api/v1/bookings", json=TALK | {"people": ["p01", "p12"], "room": None}, headers=key)

    assert (other.status_code, other.json["id"]) == (201, "T006")


def test_a_no_is_not_kept(organizer: FlaskClient, organisation: Session) -> None:
    key = {"Idempotency-Key": "1"}
    clash = TALK | {"start": "2014-08-04T09:00"}

    assert organizer.post("/api/v1/bookings", json=clash, headers=key).status_code == 409
    assert organisation.scalars(select(IdempotencyRow.key)).all() == []
    organizer.delete("/api/v1/bookings/T001")
    assert organizer.post("/api/v1/bookings", json=clash, headers=key).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 201, "a\tb", "é"])
def test_an_odd_key_is_refused(organizer: FlaskClient, key: str) -> None:
    answer = organizer.post("/api/v1/bookings", json=TALK, headers={"Idempotency-Key": key})

    assert answer.status_code == 422


# ── Changing ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_booking_is_moved_by_whoever_has_seen_its_latest_version(organizer: FlaskClient) -> None:
    moved = organizer.patch("/api/v1/bookings/T002", json={"version": 1, "start": "2014-08-06T15:00"})
    late = organizer.patch("/api/v1/bookings/T002", json={"version": 1, "start": "2014-08-06T16:00"})

    assert (moved.status_code, moved.json["ok"], moved.json["id"]) == (200, True, "T002")
    assert organizer.get("/api/v1/bookings/T002").json["start"] == "2014-08-06T15:00"
    assert (late.status_code, late.json["type"]) == (409, "urn:tanxin:outdated")


def test_a_dry_run_moves_nothing(organizer: FlaskClient) -> None:
    answer = organizer.patch("/api/v1/bookings/T002?dry_run=true", json={"version": 1, "start": "2014-08-05T14:00"})

    assert answer.status_code == 200
    assert ("person_taken", "p01") in kinds(answer.json["blocking"])
    assert organizer.get("/api/v1/bookings/T002").json["start"] == "2014-08-06T09:00"


def test_people_and_rooms_are_changed(organizer: FlaskClient) -> None:
    body = {"version": 1, "add_people": ["p27"], "remove_people": ["p01"], "room": ""}

    assert organizer.patch("/api/v1/bookings/T002", json=body).status_code == 200
    seen = organizer.get("/api/v1/bookings/T002").json
    assert (seen["people"], seen["room"], seen["version"]) == (["p03", "p27"], None, 2)


def test_a_booking_is_cancelled(organizer: FlaskClient) -> None:
    assert organizer.delete("/api/v1/bookings/T002?version=9").status_code == 409
    assert organizer.delete("/api/v1/bookings/T002?version=1").status_code == 200
    assert organizer.get("/api/v1/bookings/T002").json["status"] == "cancelled"
    assert organizer.delete("/api/v1/bookings/T002").status_code == 422


def test_a_talk_is_confirmed_by_one_side_and_by_the_organizer(organizer: FlaskClient, member: FlaskClient) -> None:
    talk = {"kind": "talk", "people": ["p01", "p03"], "start": "2014-07-31T09:00", "minutes": 45}
    address = f"/api/v1/bookings/{organizer.post('/api/v1/bookings', json=talk).json['id']}"

    assert member.post(f"{address}/confirm", json={}).status_code == 200
    assert organizer.post(f"{address}/confirm", json={"by": "p01"}).status_code == 200
    assert organizer.post(f"{address}/confirm", json={"by": "p27"}).status_code == 422
    assert organizer.get(address).json["status"] == "held"
    assert member.post(f"{address}/unconfirm", json={}).status_code == 200
    assert organizer.get(address).json["status"] == "awaiting_confirmation"
    assert member.post(f"{address}/unconfirm", json={}).status_code == 422


def test_a_talk_that_lies_ahead_is_not_confirmed(organizer: FlaskClient) -> None:
    refused = organizer.post("/api/v1/bookings/T002/confirm", json={})

    assert refused.status_code == 409
    assert [finding["kind"] for finding in refused.json["blocking"]] == ["not_yet_begun"]


def test_a_member_confirms_for_nobody_else(member: FlaskClient) -> None:
    assert member.post("/api/v1/bookings/T002/confirm", json={"by": "p01"}).status_code == 403


# ── Seeing ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_bookings_are_listed_by_person_room_kind_and_day(organizer: FlaskClient) -> None:
    def ids(query: str) -> list[str]:
        return [b["id"] for b in organizer.get(f"/api/v1/bookings?{query}").json["bookings"]]

    assert ids("") == ["T001", "E01", "T002", "T003", "T004"]
    assert ids("person=p02") == ["T001", "E01", "T004"]
    assert ids("room=R02") == ["T001", "T002"]
    assert ids("kind=meeting") == ["E01"]
    assert ids("on=2014-08-05") == ["E01"]
    assert ids("from=2014-08-06&to=2014-08-07") == ["T002", "T003"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("on=2014-02-30", "on"),
        ("from=x", "from"),
        ("kind=x", "kind"),
        ("from=2014-08-07&to=2014-08-06", "to"),
        ("people=p02", "people"),
    ],
)
def test_a_query_that_cannot_be_understood_names_the_field(organizer: FlaskClient, query: str, field: str) -> None:
    answer = organizer.get(f"/api/v1/bookings?{query}")

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)


def test_others_see_that_a_room_is_taken_and_nothing_else(app: Flask, organisation: Session) -> None:
    stranger = a_script(app, organisation, "p27")

    found = stranger.get("/api/v1/bookings?room=R02").json["bookings"]

    assert found[0] == {
        "id": None,
        "kind": "busy",
        "title": "占用",
        "start": "2014-08-04T09:00",
        "end": "2014-08-04T09:45",
        "room": "R02",
        "people": [],
        "status": "busy",
        "mode": None,
        "size": None,
        "version": None,
        "campaign": None,
        "hours": None,
        "host": None,
        "agenda": [],
        "remark": "",
        "link": "",
        "series": "",
        "absent": [],
    }
    assert stranger.get("/api/v1/bookings/T001").status_code == 404
    assert stranger.get("/api/v1/bookings/T999").status_code == 404


def test_a_supervisor_changes_nothing(app: Flask, organisation: Session) -> None:
    supervisor = a_script(app, organisation, "s01")

    assert supervisor.get("/api/v1/bookings/T001").status_code == 200
    assert supervisor.post("/api/v1/bookings", json=TALK).status_code == 403
    assert supervisor.patch("/api/v1/bookings/T001", json={"version": 1, "minutes": 30}).status_code == 403
    assert supervisor.delete("/api/v1/bookings/T001").status_code == 403
    assert supervisor.post("/api/v1/bookings/T001/confirm", json={}).status_code == 403


def test_an_audience_of_nobody_is_409(organizer: FlaskClient) -> None:
    wish = {"kind": "meeting", "audience": ["all_staff", "retired"], "start": "2014-08-12T09:00", "minutes": 45}

    refused = organizer.post("/api/v1/bookings", json=wish)

    assert refused.status_code == 409
    assert kinds(refused.json["blocking"]) == [("empty_audience", "retired")]


def test_a_session_states_its_hours(organizer: FlaskClient) -> None:
    session = {"kind": "study_session", "start": "2014-09-03T08:30", "minutes": 180, "audience": ["leadership_team"]}

    made = organizer.post("/api/v1/bookings", json=session | {"hours": 3.5})
    url = f"/api/v1/bookings/{made.json['id']}"
    stated = organizer.get(url).json["hours"]
    organizer.patch(url, json={"version": 1, "hours": 0})

    assert (made.status_code, stated, organizer.get(url).json["hours"]) == (201, 3.5, None)
    for hours, status in ((0, 422), (-1, 422), ("3", 422), (1e9, 422), (25, 422), (3.141, 422)):
        assert organizer.post("/api/v1/bookings", json=session | {"hours": hours}).status_code == status


def test_all_that_is_said_of_a_meeting(organizer: FlaskClient) -> None:
    meeting = {
        "kind": "meeting", "people": ["p02"], "start": "2014-08-12T09:00", "minutes": 60, "host": "p12",
        "agenda": [{"title": "传达文件", "person": "p12", "minutes": 20}], "remark": "着正装", "link": "https://meet.example.org/1",
    }  # fmt: skip
    name = organizer.post("/api/v1/bookings", json=meeting).json["id"]
    seen = organizer.get(f"/api/v1/bookings/{name}").json
    assert (seen["host"], seen["people"], seen["remark"]) == ("p12", ["p02", "p12"], "着正装")
    assert seen["agenda"] == [{"title": "传达文件", "person": "p12", "speaker": "", "minutes": 20}]

    changed = {"version": 1, "agenda": [], "host": "", "link": ""}
    assert organizer.patch(f"/api/v1/bookings/{name}", json=changed).json["ok"]
    seen = organizer.get(f"/api/v1/bookings/{name}").json
    assert (seen["host"], seen["agenda"], seen["link"], seen["remark"]) == (None, [], "", "着正装")
    assert organizer.post("/api/v1/bookings", json=meeting | {"link": "meet"}).status_code == 422


def test_the_load_of_everybody_is_for_organizers_and_ones_own_for_anybody(
    organizer: FlaskClient, member: FlaskClient
) -> None:
    own = member.get("/api/v1/load?from=2014-06-30&to=2014-08-31").json

    assert {week["person"] for week in own["weeks"]} <= {own["person"]}
    everybody = organizer.get("/api/v1/load?from=2014-06-30&to=2014-08-31&ceiling=1").json
    assert (everybody["person"], everybody["ceiling"]) == (None, 1)
    assert member.get("/api/v1/load?person=p01").status_code == 403
    assert organizer.get("/api/v1/load?from=2014-08-01&to=2014-01-01").status_code == 422
