"""Finding a time over the API."""

import pytest
from flask.testing import FlaskClient

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_the_best_times_are_told_with_their_room(organizer: FlaskClient) -> None:
    asked = {"people": ["p02", "p27"], "from": "2014-08-12", "to": "2014-08-12", "limit": 2}

    answer = organizer.post("/api/v1/free-times", json=asked)

    assert answer.status_code == 200
    assert [(one["start"], one["end"], one["room"]) for one in answer.json["free_times"]] == [
        ("2014-08-12T08:30", "2014-08-12T09:15", "R02"),
        ("2014-08-12T09:00", "2014-08-12T09:45", "R02"),
    ]
    first = answer.json["free_times"][0]
    assert (first["missing"], first["missing_people"]) == (0, [])
    assert [warning["kind"] for warning in first["warnings"]] == ["year_not_published"]


def test_a_member_finds_times_for_a_talk_of_their_own_only(member: FlaskClient) -> None:
    assert member.post("/api/v1/free-times", json={"people": ["p03", "p02"], "limit": 1}).status_code == 409
    assert member.post("/api/v1/free-times", json={"people": ["p01", "p02"]}).status_code == 403
    assert member.post("/api/v1/free-times", json={"kind": "meeting", "people": ["p03", "p02"]}).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"people": ["p99", "p02"]}, "people"),
        ({"people": ["p02", "p27"], "from": "2014-02-30"}, "from"),
        ({"people": ["p02", "p27"], "from": "2014-08-02", "to": "2014-08-01"}, "to"),
        ({"people": ["p02", "p27"], "limit": 0}, "limit"),
        ({"people": ["p02", "p27"], "colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_understood_is_named(organizer: FlaskClient, wrong: dict[str, object], field: str) -> None:
    answer = organizer.post("/api/v1/free-times", json=wrong)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]
