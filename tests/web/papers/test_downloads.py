"""Papers from the pages: offered where they belong, with the viewer's rights."""

import io

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, RoomId
from scheduler.extensions import db
from scheduler.services.bookings import acts
from tests.builders import a_clock
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def test_a_meeting_has_a_tab_of_papers_in_one_order(organizer: FlaskClient) -> None:
    page = organizer.get("/bookings/E12/papers?order=strokes").text
    told = text_of(page)

    assert "会议通知" in told
    assert "名单下注明“（按姓氏笔画排序）”" in told
    assert "/papers/sign-in.docx?subject=E12&amp;order=strokes" in page
    assert "/bookings/E12/papers" in organizer.get("/bookings/E12").text


def test_a_talk_has_its_blank_record_only(organizer: FlaskClient) -> None:
    told = text_of(organizer.get("/bookings/T001/papers").text)

    assert "谈心谈话记录表" in told
    assert "会议通知" not in told


def test_a_paper_comes_as_a_file_with_its_name(organizer: FlaskClient) -> None:
    answer = organizer.get("/papers/notice.docx?subject=E12")
    title = docx.Document(io.BytesIO(answer.data)).paragraphs[0].text

    assert title == "关于召开机关党支部专题组织生活会的通知"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.mimetype.endswith("wordprocessingml.document")


def test_a_paper_is_noted_as_handed_out_and_a_change_is_offered_to_be_corrected(organizer: FlaskClient) -> None:
    noted = post(organizer, "/bookings/E12/papers/printed", {"paper": "notice", "order": "strokes"})
    before = text_of(organizer.get(noted.location).text)

    assert noted.status_code == 303
    assert "会议通知 第1版" in " ".join(before.split())
    assert "一致" in before


def test_a_change_after_a_notice_is_told_with_its_correction(organizer: FlaskClient, site_app: Flask) -> None:
    post(organizer, "/bookings/E12/papers/printed", {"paper": "notice"})
    with site_app.app_context():
        change = acts.BookingChange(room=RoomId("R01"))
        acts.change(db.session(), OPERATOR, BookingId("E12"), change, a_clock(), dry_run=False)

    told = " ".join(text_of(organizer.get("/bookings/E12/papers").text).split())

    assert "已印发的通知与现在的安排不一致" in told
    assert "生成更正通知" in told
    assert "地点已变" in told
    post(organizer, "/bookings/E12/papers/printed", {"paper": "correction"})
    assert "已印发的通知与现在的安排不一致" not in organizer.get("/bookings/E12/papers").text


def test_only_who_may_change_a_booking_notes_its_papers(member: FlaskClient, organizer: FlaskClient) -> None:
    assert post(member, "/bookings/E12/papers/printed", {"paper": "notice"}).status_code == 403
    assert "记为已印发" not in member.get("/bookings/E12/papers").text
    assert post(organizer, "/bookings/E12/papers/printed", {"paper": "letter"}).status_code == 422


def test_the_ledger_offers_its_papers_as_of_its_day(organizer: FlaskClient) -> None:
    page = organizer.get("/ledger?as_of=2014-07-01").text
    answer = organizer.get("/papers/ledger.xlsx?as_of=2014-07-01")

    assert "/papers/ledger.xlsx?subject=RS1&amp;as_of=2014-07-01" in page
    assert load_workbook(io.BytesIO(answer.data)).sheetnames == ["明细", "按人", "按规则", "月度"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/papers/ledger.xlsx", 403), ("/papers/matrix.pdf", 403), ("/papers/hours.xlsx", 403), ("/papers/report.docx", 403),
        ("/papers/record-form.docx?subject=T001", 404), ("/papers/letter.docx", 404), ("/papers/notice.exe", 404),
        ("/papers/notice.docx?subject=E99", 404), ("/papers/week.docx?subject=x", 422), ("/papers/notice.docx", 422), ("/bookings/T001/papers", 404),
    ],
)  # fmt: skip
def test_who_may_not_see_something_gets_no_paper_of_it(member: FlaskClient, path: str, status: int) -> None:
    assert member.get(path).status_code == status


def test_every_page_offers_its_papers(organizer: FlaskClient, member: FlaskClient) -> None:
    meeting = organizer.get("/bookings/E10/papers").text
    report = organizer.get("/report?month=2014-06&of=branch:B1").text
    person = organizer.get("/report?month=2014-06&person=p03").text

    assert "/papers/life-meeting.docx?subject=E10" in meeting
    assert "/papers/life-meeting.docx" not in member.get("/bookings/E10/papers").text
    assert "/papers/life-meeting.docx" not in organizer.get("/bookings/E12/papers").text
    assert "/papers/branch-record.docx?subject=B1:2014-06" in report
    assert "/papers/itinerary.docx?subject=p03:2014-06" in person
    assert "/papers/record-forms.docx" in organizer.get("/ledger").text
    assert "/papers/itinerary.docx?subject=p03" in member.get("/people/p03").text
    assert "/papers/itinerary.docx" not in member.get("/people/p04").text
