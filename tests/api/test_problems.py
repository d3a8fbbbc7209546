"""Every no of the API is a problem document."""

import pytest
from flask.testing import FlaskClient

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/api/v1/nothing", 404, "urn:tanxin:not_found"),
        ("GET", "/api/v1/bookings/T999", 404, "urn:tanxin:not_found"),
        ("PUT", "/api/v1/bookings", 405, "about:blank"),
        ("GET", "/api/v1/coverage", 403, "urn:tanxin:not_allowed"),
        ("GET", "/api/v1/people/%00", 400, "about:blank"),
        ("GET", "/api/v1/people?as_of=%00", 400, "about:blank"),
    ],
)
def test_a_no_has_status_type_and_a_sentence(
    member: FlaskClient, method: str, path: str, status: int, kind: str
) -> None:
    answer = member.open(path, method=method)

    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert (answer.json["status"], answer.json["type"]) == (status, kind)
    assert answer.json["detail"]


def test_a_method_that_is_not_there_is_told_which_are(member: FlaskClient) -> None:
    assert set(member.put("/api/v1/feeds").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_sentences_are_in_the_language_one_asks_for(member: FlaskClient) -> None:
    assert member.get("/api/v1/bookings/T999").json["detail"] == "没有这个日程：T999"
    assert member.get("/api/v1/bookings/T999?lang=en").json["detail"] == "There is no booking T999"


def test_what_is_too_large_is_told(member: FlaskClient) -> None:
    answer = member.post("/api/v1/bookings", data=b"x" * (10 * 1024 * 1024 + 1), content_type="application/json")

    assert (answer.status_code, answer.content_type) == (413, "application/problem+json")
