"""The organizer's page of the mail."""

from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PersonId
from scheduler.extensions import db
from scheduler.services.mail import channels as mailing
from scheduler.store import load
from tests.builders import a_clock
from tests.web.visiting import post


def test_the_page_tells_the_state_and_no_contents(organizer: FlaskClient, member: FlaskClient) -> None:
    page = organizer.get("/mail").text

    assert "待发 0 封，已发 0 封，放弃 0 封。" in page
    assert "现在没有设邮件服务器" in page
    assert member.get("/mail").status_code == 403


def test_an_uploaded_answer_is_noted_and_shown_with_the_booking(site_app: Flask, organizer: FlaskClient) -> None:
    with site_app.app_context():
        mailing.set_address(db.session(), OPERATOR, PersonId("p03"), "wen@example.org", a_clock())
        talk = next(b for b in load.bookings(db.session(), people=[PersonId("p03")]) if not b.is_cancelled)
    event = f"UID:{talk.uid}\r\nSEQUENCE:9\r\nATTENDEE;PARTSTAT=DECLINED:mailto:wen@example.org\r\n"
    calendar = f"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n{event}END:VEVENT\r\nEND:VCALENDAR\r\n"
    message = f"From: wen@example.org\r\nContent-Type: text/calendar\r\n\r\n{calendar}".encode()

    said = post(organizer, "/mail/replies", {"message": (BytesIO(message), "a.eml")}, follow_redirects=True).text

    assert "文静：不能参加" in said
    assert "不能参加" in organizer.get(f"/bookings/{talk.id}").text
    refused = post(organizer, "/mail/replies", {}, follow_redirects=True).text
    assert "这封邮件里没有日历回复" in refused
