"""What the calendar asks while something is dragged."""

from flask import Flask
from flask.testing import FlaskClient

from tests.browser import site
from tests.web.visiting import signed_in

DAYS = "from=2014-08-04&to=2014-08-08"


def test_booking_tells_when_its_people_and_room_are_taken(organizer: FlaskClient) -> None:
    answer = organizer.get(f"/bookings/T041/taken?{DAYS}")

    assert answer.is_json
    assert [room["id"] for room in answer.json["rooms"]] == ["R04"]
    assert all(len(span) == 2 and span[0].startswith("2014-08-0") for span in answer.json["people"])
    assert "陈" not in answer.text


def test_talk_that_is_not_booked_yet_is_told_every_room(organizer: FlaskClient) -> None:
    answer = organizer.get(f"/bookings/taken?people=p03&people=p08&{DAYS}").json

    assert ["2014-08-05T09:00", "2014-08-05T09:45"] in answer["people"]
    assert {"R04", "R05"} <= {room["id"] for room in answer["rooms"]}


def test_what_cannot_be_read_is_said(organizer: FlaskClient) -> None:
    for path in (
        "/bookings/T041/taken",
        "/bookings/T041/taken?from=2014-08-04&to=x",
        "/bookings/T041/taken?from=2014-08-04&to=2014-08-01",
        "/bookings/T041/taken?from=1900-01-01&to=2199-12-31",
        f"/bookings/taken?people=p03&{DAYS}",
        f"/bookings/taken?people=p03&people=nobody&{DAYS}",
        "/bookings/taken?people=p03&people=p08",
    ):
        answer = organizer.get(path)
        assert answer.status_code == 422, path
        assert answer.json["reasons"], path


def test_other_people_are_told_nothing(site_app: Flask, member: FlaskClient) -> None:
    asked = {"Accept": "application/json"}

    assert member.get(f"/bookings/T001/taken?{DAYS}", headers=asked).status_code == 404
    assert member.get(f"/bookings/taken?people=p01&people=p02&{DAYS}", headers=asked).status_code == 403
    assert signed_in(site_app, site.SUPERVISOR).get(f"/bookings/T041/taken?{DAYS}").status_code == 403
    assert member.get(f"/bookings/T041/taken?{DAYS}").status_code == 200
