"""The calendar: week, list, one booking; what others may not know shows as busy."""

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.browser import site
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post, signed_in


def test_week_is_a_table_by_day_with_mornings_and_afternoons(organizer: FlaskClient) -> None:
    page = organizer.get("/bookings?day=2014-08-20").text
    told = text_of(page)

    assert "8月18日—24日" in told
    assert page.count('<th scope="col"') == 7
    assert re.search(r"上午.*8:30–17:30 党组专题民主生活会.*下午", told)
    assert "民主生活会 · 第一会议室" in told


def test_week_marks_days_off_and_names_them(organizer: FlaskClient) -> None:
    assert "端午节" in organizer.get("/bookings?day=2014-06-02").text


def test_list_shows_fifty_to_a_page_and_keeps_filters(organizer: FlaskClient) -> None:
    first = organizer.get("/bookings?view=list&first=2014-06-01&kind=talk").text
    second = organizer.get("/bookings?view=list&first=2014-01-01&page=2").text

    assert "共 50 项" in first
    assert first.count('<th scope="row">') == 50
    assert "第 2 / 2 页" in second
    assert "first=2014-01-01" in second


def test_calendar_is_filtered_by_person_room_and_kind(organizer: FlaskClient) -> None:
    assert (
        "共 1 项"
        in organizer.get("/bookings?view=list&first=2014-06-01&last=2014-08-31&kind=democratic_life_meeting").text
    )
    assert "共 2 项" in organizer.get("/bookings?view=list&first=2014-08-04&last=2014-08-08&person=").text
    assert "文静、邓永昌" in organizer.get("/bookings?view=list&first=2014-08-04&person=文静").text
    assert "没有找到“某某”" in organizer.get("/bookings?view=list&person=某某").text


def test_member_sees_that_a_room_is_taken_and_nothing_else(site_app: Flask) -> None:
    page = signed_in(site_app, site.OTHER).get("/bookings?day=2014-06-16").text

    assert "占用" in page
    assert "沈维岳" not in page.partition("<main")[2].partition("<datalist")[0]


def test_booking_page_of_a_meeting_tells_audience_and_people(organizer: FlaskClient) -> None:
    told = text_of(organizer.get("/bookings/E12").text)

    assert "机关党支部专题组织生活会" in told
    assert "机关党支部全体党员" in told
    assert "34 人" in told
    assert "主持 孙志诚" in told


def test_booking_page_of_a_talk_has_no_place_for_its_content(organizer: FlaskClient) -> None:
    told = text_of(organizer.get("/bookings/T041").text)

    assert "文静、邓永昌" in told
    assert "面谈，一对一" in told
    assert "不记录内容" in told
    assert "<textarea" not in organizer.get("/bookings/T041").text


def test_confirming_is_the_first_thing_to_do_once_a_talk_has_begun_and_moving_it_before(organizer: FlaskClient) -> None:
    begun, ahead = organizer.get("/bookings/T045").text, organizer.get("/bookings/T041").text

    assert '<button class="btn main">确认已谈</button>' in begun
    assert '<a class="btn" href="/bookings/T045/edit">改期或修改</a>' in begun
    assert "确认已谈" not in ahead
    assert '<a class="btn main" href="/bookings/T041/edit">改期或修改</a>' in ahead


def test_talk_of_others_is_not_found(member: FlaskClient) -> None:
    assert member.get("/bookings/T001").status_code == 404
    assert member.get("/bookings/T041").status_code == 200
    assert member.get("/bookings/T999").status_code == 404


def test_organizer_confirms_a_talk(organizer: FlaskClient) -> None:
    response = post(organizer, "/bookings/T045/confirm", {"next": "/ledger"})

    assert response.headers["Location"] == "/ledger"
    assert "已完成" in organizer.get("/bookings/T045").text


def test_who_confirmed_is_told_and_taken_back(organizer: FlaskClient, site_app: Flask) -> None:
    one = signed_in(site_app, site.AWAITING)
    post(one, "/bookings/T045/confirm")
    assert re.search(r"8月1日[^<]* 确认", one.get("/bookings/T045").text)
    post(one, "/bookings/T045/unconfirm")
    assert re.search("已撤回确认。", one.get("/bookings/T045").text)
    assert "撤回确认" not in one.get("/bookings/T045").text

    post(organizer, "/bookings/T045/confirm")
    assert "由组织者登记" in organizer.get("/bookings/T045").text
    told = post(organizer, "/bookings/T045/unconfirm", follow_redirects=True).text

    assert "已撤回确认。" in told
    assert "待确认" in told


def test_confirming_what_has_not_begun_says_so(organizer: FlaskClient) -> None:
    told = post(organizer, "/bookings/T041/confirm", follow_redirects=True).text

    assert "尚未开始" in told
    assert "已完成" not in told


def test_one_side_confirms_and_the_other_completes_it(site_app: Flask) -> None:
    one, other = signed_in(site_app, site.AWAITING), signed_in(site_app, site.OTHER)

    post(one, "/bookings/T045/confirm")
    assert "待确认" in one.get("/bookings/T045").text
    assert "等对方确认" in one.get("/me").text or "待确认" in one.get("/me").text
    post(other, "/bookings/T045/confirm")

    assert "已完成" in other.get("/bookings/T045").text


def test_nobody_confirms_the_talk_of_others(member: FlaskClient) -> None:
    assert post(member, "/bookings/T045/confirm").status_code == 404


def test_confirming_leads_to_no_other_site(organizer: FlaskClient) -> None:
    response = post(organizer, "/bookings/T045/confirm", {"next": "https://elsewhere.example/"})

    assert response.headers["Location"] == "/bookings/T045"


def test_cancelled_booking_stays_known_as_cancelled(organizer: FlaskClient) -> None:
    response = post(organizer, "/bookings/T041/cancel", {"version": "1"}, follow_redirects=True)

    assert "已取消。参加人的日历会自动更新。" in response.text
    assert "改期或修改" not in response.text
    assert "谈话需要" not in post(organizer, "/bookings/T041/cancel", follow_redirects=True).text


def test_stale_cancel_is_refused(organizer: FlaskClient) -> None:
    assert post(organizer, "/bookings/T041/cancel", {"version": "7"}).status_code == 409


def test_what_one_may_not_do_is_not_shown(supervisor: FlaskClient) -> None:
    page = supervisor.get("/bookings/T041").text

    assert "改期或修改" not in page
    assert "确认已谈" not in page
    assert post(supervisor, "/bookings/T041/cancel").status_code == 403


def test_talk_may_count_for_a_further_rule_set(site_app: Flask, organizer: FlaskClient) -> None:
    from scheduler.core.ground.access import OPERATOR
    from scheduler.core.ground.ids import GroupId
    from scheduler.extensions import db
    from scheduler.services.rules import sets as rules
    from tests.builders import a_clock

    with site_app.app_context():
        rules.apply(db.session(), OPERATOR, "cn.branch-yearly", GroupId("B1"), a_clock())

    assert "也计入其他方案" in organizer.get("/bookings/T001").text
    response = post(organizer, "/bookings/T001/link", {"rule_set": "RS2"}, follow_redirects=True)

    assert "已计入" in response.text
