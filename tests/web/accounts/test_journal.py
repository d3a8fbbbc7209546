"""The journal: who did what, for organizers and admins."""

import re

from flask import Flask
from flask.testing import FlaskClient

from scheduler.core.ground.access import OPERATOR
from scheduler.extensions import db
from scheduler.services.ground import journal
from tests.builders import a_clock
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def test_journal_tells_who_did_what(organizer: FlaskClient, admin: FlaskClient) -> None:
    post(organizer, "/bookings/T045/confirm")

    for client in (organizer, admin):
        told = text_of(client.get("/journal?noun=booking").text)
        assert "刘向东 确认已谈 日程 T045" in told


def test_journal_shows_older_entries_page_by_page(site_app: Flask, organizer: FlaskClient) -> None:
    with site_app.app_context():
        for _ in range(101):
            journal.note(db.session(), OPERATOR, "attended", "study_session", "S09", a_clock())
        db.session.commit()

    page = organizer.get("/journal?noun=study_session").text
    older = re.findall(r'href="/journal\?([^"]+)" rel="next"', page)[0].replace("&amp;", "&")

    assert "更早" in page
    assert "最新" in organizer.get(f"/journal?{older}").text


def test_nobody_else_reads_the_journal(member: FlaskClient, supervisor: FlaskClient) -> None:
    assert member.get("/journal").status_code == 403
    assert supervisor.get("/journal").status_code == 403
