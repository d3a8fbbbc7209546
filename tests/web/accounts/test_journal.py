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

    told = text_of(organizer.get("/journal?noun=booking").text)
    assert "刘向东 确认已谈：日程 邓永昌、林秀芝（T045）" in told
    assert "刘向东 确认已谈：日程 T045" in text_of(admin.get("/journal?noun=booking").text)


def test_what_was_changed_is_told_before_and_after(organizer: FlaskClient, admin: FlaskClient) -> None:
    moved = {"day": "2014-08-13", "start": "15:00", "minutes": "45", "version": "1", "kind": "talk", "room": "R07"}
    assert post(organizer, "/bookings/T041", moved).status_code == 303
    post(organizer, "/bookings/S09/attendance", {"status-p06": "attended"})

    told = text_of(organizer.get("/journal").text)
    assert "改期：日程 文静、邓永昌（T041） 时间 8月5日 周二 9:00–9:45 → 8月13日 周三 15:00–15:45" in told
    assert "登记出勤：集中学习" in told
    assert "状态 请假 → 出席" in told
    assert "人员 欧阳慧" in told
    by_admin = text_of(admin.get("/journal?noun=booking").text)
    assert "T041 时间 8月5日" in by_admin
    assert "邓永昌（T041）" not in by_admin


def test_it_is_looked_through_by_person_actor_and_day_and_taken_along(organizer: FlaskClient) -> None:
    post(organizer, "/bookings/S09/attendance", {"status-p06": "attended"})

    assert "登记出勤" in text_of(organizer.get("/journal?person=欧阳慧").text)
    assert "登记出勤" not in text_of(organizer.get("/journal?person=文静").text).partition("清除筛选")[2]
    assert "登记出勤" in text_of(organizer.get("/journal?actor=p22").text)
    assert "没有符合条件的记录" in organizer.get("/journal?day=2001-01-01").text
    table = organizer.get("/journal?person=p06&format=csv")
    assert table.mimetype == "text/csv"
    assert "登记出勤：集中学习" in table.data.decode("utf-8-sig")
    assert organizer.get("/journal?format=xlsx").data[:2] == b"PK"
    assert organizer.get("/journal?person=没有这个人&day=x").status_code == 200


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
