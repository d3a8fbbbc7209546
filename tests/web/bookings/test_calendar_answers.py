"""The doors of a booking, answering a script."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.visiting import post

JSON = {"Accept": "application/json"}
THERE = {"day": "2014-08-06", "start": "10:00", "minutes": "45", "room": "R05"}


def ask(client: FlaskClient, path: str, data: dict[str, object]) -> TestResponse:
    return post(client, path, data, headers=JSON)


def test_move_answers_with_the_entry_as_it_stands_now(organizer: FlaskClient) -> None:
    answer = ask(organizer, "/bookings/T041", {**THERE, "version": "1"})

    assert answer.status_code == 200
    entry = answer.json["entry"]
    assert (entry["start"], entry["end"], entry["room"]) == ("2014-08-06T10:00", "2014-08-06T10:45", "R05")
    assert entry["version"] == 2
    assert answer.json["warnings"] == []


def test_move_outside_working_hours_is_done_and_warned_of(organizer: FlaskClient) -> None:
    answer = ask(organizer, "/bookings/T041", {**THERE, "day": "2014-08-09", "start": "12:00"})

    assert answer.status_code == 200
    assert any("周六" in text or "休息" in text for text in answer.json["warnings"])


def test_move_onto_something_taken_is_refused_with_the_reason(organizer: FlaskClient) -> None:
    answer = ask(organizer, "/bookings/T041", {**THERE, "day": "2014-08-20"})

    assert answer.status_code == 409
    assert "文静 10:00–10:45 已有安排" in answer.json["reasons"][0]
    assert organizer.get("/bookings/T041").text.count("8月5日 周二 9:00–9:45") >= 1


def test_outdated_move_is_refused_and_both_versions_are_said(organizer: FlaskClient) -> None:
    ask(organizer, "/bookings/T041", {**THERE, "version": "1"})

    answer = ask(organizer, "/bookings/T041", {**THERE, "day": "2014-08-07", "version": "1"})

    assert answer.status_code == 409
    assert "现在是：8月6日 周三 10:00–10:45 谈话室B" in answer.json["reasons"][0]
    assert "您想改成：8月7日 周四 10:00–10:45 谈话室B" in answer.json["reasons"][0]
    assert answer.json["entry"]["version"] == 2


@pytest.mark.parametrize(
    "wrong",
    [{"day": "x"}, {"start": "25:00"}, {"minutes": "0"}, {"room": "R99"}, {"version": "x"}, {"minutes": "999999"}],
)
def test_what_cannot_be_read_is_said_field_by_field(organizer: FlaskClient, wrong: dict[str, str]) -> None:
    answer = ask(organizer, "/bookings/T041", {**THERE, **wrong})

    assert answer.status_code == 422
    assert list(answer.json["fields"]) == list(wrong)
    assert answer.json["reasons"]


def test_new_talk_is_booked_and_taken_off_again(organizer: FlaskClient) -> None:
    fields = {**THERE, "kind": "talk", "people": ["p08", "p19"]}
    entry = ask(organizer, "/bookings", fields).json["entry"]
    assert entry["name"] == "林秀芝、高富"

    gone = ask(organizer, entry["cancel"], {"version": entry["version"]})

    assert gone.status_code == 200
    assert gone.json["entry"]["state"] == "cancelled"
    again = ask(organizer, entry["cancel"], {"version": entry["version"]})
    assert again.status_code in (409, 422)
    assert again.json["reasons"]


def test_new_talk_that_clashes_or_makes_no_sense_is_refused(organizer: FlaskClient) -> None:
    taken = {**THERE, "kind": "talk", "people": ["p02", "p08"], "day": "2014-08-20"}

    assert ask(organizer, "/bookings", taken).status_code == 409
    assert ask(organizer, "/bookings", {**taken, "people": ["p02"]}).json["reasons"] == ["谈话需要两个人。"]
    assert ask(organizer, "/bookings", {**taken, "people": ["p02", "p99"]}).status_code == 422


def test_every_other_no_is_json_as_well(site_app: Flask, organizer: FlaskClient) -> None:
    assert "T999" in ask(organizer, "/bookings/T999", THERE).json["reasons"][0]
    stranger = site_app.test_client().post("/bookings/T041", data=THERE, headers=JSON)
    assert stranger.status_code in (400, 401)
    assert stranger.json["reasons"]
