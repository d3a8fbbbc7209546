"""The page of a month."""

from flask import Flask
from flask.testing import FlaskClient

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.sessions.study import Attended
from scheduler.extensions import db
from scheduler.services.sessions import attendance
from scheduler.services.sessions.attendance import GivenAttendance
from tests.builders import a_clock
from tests.web.coverage.test_home import text_of


def test_a_month_is_summed_up_and_leads_to_its_neighbours(organizer: FlaskClient) -> None:
    page = organizer.get("/report?month=2014-06").text
    told = text_of(page)

    assert "33 对，17 人，66 人次" in told
    assert "68.8%" in told
    assert "15 / 16 人次" in told
    assert "/report?month=2014-05" in page
    assert "/report?month=2014-07" in page


def test_what_is_no_month_is_the_month_of_today(organizer: FlaskClient) -> None:
    assert "2014年8月" in text_of(organizer.get("/report?month=x").text)


def test_a_month_is_for_overseers(member: FlaskClient) -> None:
    assert member.get("/report").status_code == 403


def test_a_report_is_of_any_days_of_anybody_as_known_on_a_day(organizer: FlaskClient, site_app: Flask) -> None:
    with site_app.app_context():
        later = a_clock("2014-08-05T09:00")
        absent = GivenAttendance(Attended.ABSENT)
        attendance.attend(db.session(), OPERATOR, BookingId("S18"), PersonId("p03"), absent, later)
    page = organizer.get("/report?from=2014-06-01&to=2014-07-15&person=文静&known_on=2014-08-04").text
    told = " ".join(text_of(page).split())

    assert "6月1日—7月15日 · 文静" in told
    assert "2 / 3 人次" not in told
    assert "3 / 3 人次" in told
    assert "以下按2014年8月4日当时所知；此后更正 1 处。" in told
    assert "S18 集中学习（6月18日、文静）：出勤 出席 → 缺席" in told
    link = "as_of=2014-07-15&amp;subject=2014-06-01/2014-07-15&amp;known_on=2014-08-04&amp;of=person:p03"
    assert f"/papers/report.docx?{link}" in page
    paper = organizer.get("/papers/report.docx?known_on=2014-08-04&of=person:p03&subject=2014-06-01/2014-07-15")
    assert paper.status_code == 200


def test_a_report_is_of_a_unit_or_a_branch(organizer: FlaskClient) -> None:
    assert "· 办公室" in text_of(organizer.get("/report?month=2014-06&of=unit:D01").text)
    branch = text_of(organizer.get("/report?month=2014-06&of=branch:B1").text)
    assert "机关党支部" in branch
    assert organizer.get("/papers/report.docx?subject=2014-06&of=branch:B1").status_code == 200


def test_days_in_the_wrong_order_are_told_beside_the_field(organizer: FlaskClient) -> None:
    assert "结束日期不能早于开始日期" in organizer.get("/report?from=2014-06-02&to=2014-06-01").text


def test_pictures_stand_beside_their_figures(organizer: FlaskClient) -> None:
    page = organizer.get("/report?from=2014-02-26&to=2014-08-01").text

    assert page.count('<svg viewBox="0 0 640 220" class="picture" aria-hidden="true"') >= 2
    assert "必谈覆盖进度" in page
    assert "按近四周的进度" in page
