"""Reports over the API: of a part, and as known on a day."""

import io
from base64 import b64decode

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.sessions.study import Attended
from scheduler.services.sessions import attendance
from scheduler.services.sessions.attendance import GivenAttendance
from tests.builders import a_clock
from tests.visitors import a_script

pytestmark = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


@pytest.fixture
def supervisor(sample_app: Flask, sample_session: Session) -> FlaskClient:
    return a_script(sample_app, sample_session, "s01")


def test_a_report_says_what_was_known_and_what_was_corrected(supervisor: FlaskClient, sample_session: Session) -> None:
    absent = GivenAttendance(Attended.ABSENT)
    attendance.attend(sample_session, OPERATOR, BookingId("S18"), PersonId("p03"), absent, a_clock("2014-08-05T09:00"))

    told = supervisor.get("/api/v1/report?month=2014-06&person=p03&known_on=2014-08-04").json
    now = supervisor.get("/api/v1/report?month=2014-06&person=p03").json

    assert (told["study"]["attended"], now["study"]["attended"]) == (2, 1)
    assert (told["person"], told["known_on"]) == ("p03", "2014-08-04")
    assert told["changed_since"] == [
        {
            "noun": "attendance", "subject": "S18", "kind": "study_session", "day": "2014-06-18", "people": ["p03"],
            "at": "2014-08-05T09:00", "before": {"status": "attended"}, "after": {"status": "absent"},
        }
    ]  # fmt: skip
    assert "changed_since" not in now


@pytest.mark.parametrize(
    ("asked", "status"),
    [("unit=D01&branch=B1", 422), ("unit=D99", 404), ("person=p999", 404), ("branch=D01", 404), ("known_on=x", 422)],
)
def test_a_part_that_is_not_there_is_refused(supervisor: FlaskClient, asked: str, status: int) -> None:
    assert supervisor.get(f"/api/v1/report?month=2014-06&{asked}").status_code == status


def test_a_paper_comes_with_its_bytes_as_far_as_one_may_see_it(
    sample_app: Flask, supervisor: FlaskClient, sample_session: Session
) -> None:
    member = a_script(sample_app, sample_session, "p03")

    told = supervisor.get("/api/v1/papers/week?subject=2014-08-27&format=docx").json
    document = docx.Document(io.BytesIO(b64decode(told["content"])))

    assert (told["paper"], told["file"]) == ("week", "一周会议安排.docx")
    assert document.paragraphs[0].text == "一周会议安排"
    assert member.get("/api/v1/papers/opinions").status_code == 403
    assert supervisor.get("/api/v1/papers/letter").status_code == 422
    assert supervisor.get("/api/v1/papers/report?subject=2014-06&unit=D01&branch=B1").status_code == 422
    assert supervisor.get("/api/v1/papers/report?subject=2014-06&branch=B1&known_on=2014-07-05").status_code == 200
