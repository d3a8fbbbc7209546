"""Guests over the API."""

from flask.testing import FlaskClient


def test_guests_are_invited_listed_and_taken_off(organizer: FlaskClient) -> None:
    meeting = {
        "kind": "symposium", "title": "座谈会", "people": ["p02"], "start": "2014-07-30T09:00", "minutes": 60,
        "guests": [{"name": "王五", "unit": "某街道"}],
    }  # fmt: skip
    name = organizer.post("/api/v1/bookings", json=meeting).json["id"]
    path = f"/api/v1/bookings/{name}/guests"
    assert organizer.post(path, json={"guests": [{"name": "赵六", "kind": "worker"}], "version": 1}).json["ok"]
    assert organizer.post(path, json={"guests": [{"name": "钱七"}], "version": 1}).status_code == 409
    assert organizer.post(path, json={"kinds": ["nobody"]}).status_code == 422

    listed = organizer.get(path).json
    assert [(guest["id"], guest["name"], guest["unit"]) for guest in listed["guests"]] == [
        ("L01", "王五", "某街道"),
        ("L02", "赵六", ""),
    ]
    assert (listed["expected"], listed["outside"], listed["in_room"]) == (1, 2, 3)

    told = organizer.put(path.replace("guests", "guest-attendance"), json={"guests": {"L02": "attended"}})
    assert [guest["status"] for guest in told.json["guests"]] == [None, "attended"]
    assert (
        organizer.put(path.replace("guests", "guest-attendance"), json={"guests": {"L02": "made_up"}}).status_code
        == 422
    )

    assert organizer.delete(f"{path}/L01").json["ok"]
    assert organizer.delete(f"{path}/L01").status_code == 404
    assert len(organizer.get(path).json["guests"]) == 1
