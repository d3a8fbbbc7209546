"""What deputies answered by mail: an organizer lets it count, or not; nobody else is asked."""

from flask import Flask
from flask.testing import FlaskClient

from scheduler import edge
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import answers
from scheduler.services.bookings.answers import InvitationAnswer
from scheduler.store import load, writing
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

MEETING, WHO = BookingId("E12"), PersonId("p12")


def ask(site_app: Flask, answer: str) -> None:
    with site_app.test_request_context():
        session = edge.session()
        writing.begin(session)
        sequence = load.booking(session, MEETING).sequence
        assert answers.ask(session, OPERATOR, InvitationAnswer(MEETING, WHO, answer), sequence, edge.clock())
        session.commit()


def test_an_organizer_lets_it_count_or_not(site_app: Flask, organizer: FlaskClient, member: FlaskClient) -> None:
    ask(site_app, "declined")

    assert "代孙志诚回复：不能参加" in text_of(organizer.get("/bookings/E12").text)
    assert "代孙志诚回复" not in text_of(member.get("/bookings/E12").text)
    assert "孙志诚 不能参加" in text_of(organizer.get("/bookings/open").text)
    form = {"person": WHO, "act": "refuse"}
    assert post(member, "/bookings/E12/answers", form).status_code == 403
    assert "不算" in post(organizer, "/bookings/E12/answers", form, follow_redirects=True).text
    assert post(organizer, "/bookings/E12/answers", form).status_code == 404

    ask(site_app, "accepted")
    page = post(organizer, "/bookings/E12/answers", {"person": WHO, "act": "count"}, follow_redirects=True).text
    assert "已采纳代为回复" in page
    assert "孙志诚 会参加" in text_of(page)
    assert "代为回复" not in text_of(organizer.get("/bookings/open").text)
