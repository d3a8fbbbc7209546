"""The journal: who did what, for organizers and admins."""

import re

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def test_journal_tells_who_did_what(organizer: FlaskClient, admin: FlaskClient) -> None:
    post(organizer, "/bookings/T045/confirm")

    for client in (organizer, admin):
        told = text_of(client.get("/journal?noun=booking").text)
        assert "刘向东 确认已谈 日程 T045" in told


def test_journal_shows_older_entries_page_by_page(organizer: FlaskClient) -> None:
    for number in range(101):
        post(organizer, "/bookings/S09/attendance", {"status-p06": "absent" if number % 2 else "on_leave"})

    page = organizer.get("/journal?noun=study_session").text
    older = re.findall(r'href="/journal\?([^"]+)" rel="next"', page)[0].replace("&amp;", "&")

    assert "更早" in page
    assert "最新" in organizer.get(f"/journal?{older}").text


def test_nobody_else_reads_the_journal(member: FlaskClient, supervisor: FlaskClient) -> None:
    assert member.get("/journal").status_code == 403
    assert supervisor.get("/journal").status_code == 403
