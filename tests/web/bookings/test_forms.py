"""The form of a booking: checked while it is filled, refused with reasons, nothing that was typed is lost."""

import re
from datetime import date

from flask import Flask
from flask.testing import FlaskClient

from scheduler.extensions import db
from scheduler.store import load
from tests.browser import site
from tests.services import importing
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post, signed_in

CLASH = {
    "kind": "talk",
    "people": ["陈国梁", "邓永昌"],
    "day": "2014-08-20",
    "start": "09:00",
    "minutes": "45",
    "room": "R02",
}
FREE = {**CLASH, "people": ["林秀芝", "高富"], "day": "2014-08-04", "room": "R04"}


def test_new_form_begins_on_the_next_workday(organizer: FlaskClient) -> None:
    page = organizer.get("/bookings/new?people=p08&people=p19").text

    assert 'value="2014-08-04"' in page
    assert 'value="林秀芝"' in page
    assert 'value="高富"' in page


def test_check_says_who_is_taken_and_what_to_mind(organizer: FlaskClient) -> None:
    told = text_of(post(organizer, "/bookings/check", CLASH, headers={"HX-Request": "true"}).text)

    assert "不可 陈国梁 9:00–9:45 已有安排" in told
    assert "不可 邓永昌 9:00–9:45 已有安排" in told
    assert "不可 第一会议室 9:00–9:45 已被占用" in told
    assert "提醒 超出谈话窗口期（8月15日截止）" in told


def test_check_without_script_gives_the_whole_form_as_it_was_typed(organizer: FlaskClient) -> None:
    page = post(organizer, "/bookings/check", CLASH).text

    assert "<html" in page
    assert 'value="陈国梁"' in page
    assert "已有安排" in page


def test_free_time_is_said_to_be_free(organizer: FlaskClient) -> None:
    assert "没有冲突，可以排定" in post(organizer, "/bookings/check", FREE, headers={"HX-Request": "true"}).text


def test_refused_booking_shows_the_form_again_with_the_reasons(organizer: FlaskClient) -> None:
    response = post(organizer, "/bookings", CLASH)

    assert response.status_code == 409
    assert "陈国梁 9:00–9:45 已有安排" in response.text
    assert 'value="2014-08-20"' in response.text
    assert '<option value="R02" selected' in response.text


def test_booking_goes_through_with_warnings_told(organizer: FlaskClient) -> None:
    response = post(organizer, "/bookings", {**CLASH, "day": "2014-08-19", "room": "R04"}, follow_redirects=True)

    assert response.status_code == 200
    assert "已排定。" in response.text
    assert "超出谈话窗口期（8月15日截止）" in response.text
    assert "T051" in response.text


def test_free_time_of_a_square_is_booked_with_one_press(organizer: FlaskClient) -> None:
    data = {
        "kind": "talk",
        "people": ["p08", "p19"],
        "minutes": "45",
        "slot": "2014-08-05T08:30 R05",
        "next": "/?square=p08-p19",
    }

    response = post(organizer, "/bookings", data)

    assert response.headers["Location"] == "/?square=p08-p19"
    assert "8月5日 周二 8:30–9:15" in organizer.get("/squares/p08-p19").text


def test_bad_input_names_its_field_and_keeps_the_rest(organizer: FlaskClient) -> None:
    wrong = {**FREE, "people": ["林秀芝", "高福"], "day": "2014-02-30", "start": "25:00", "minutes": "0"}

    response = post(organizer, "/bookings", wrong)

    assert response.status_code == 422
    for sentence in ("没有找到“高福”", "“2014-02-30”不是日期", "“25:00”不是时间", "应为 1 到 20160 之间的整数"):
        assert sentence in response.text
    assert 'value="高福"' in response.text
    assert 'id="people-error"' in response.text


def test_talk_needs_two_people(organizer: FlaskClient) -> None:
    assert "谈话需要两个人" in post(organizer, "/bookings", {**FREE, "people": ["林秀芝", ""]}).text


def test_name_that_two_people_have_is_asked_about(site_app: Flask, organizer: FlaskClient) -> None:
    with_namesake = {"pasted": "编号\t姓名\t部门\t职务\np97\t高富\tD01\t科员"}
    token = post(organizer, "/import", with_namesake).text.partition('name="token" value="')[2].partition('"')[0]
    post(organizer, "/import/accept", {"token": token})

    response = post(organizer, "/bookings", FREE)

    assert response.status_code == 422
    assert "“高富”不止一人，请写成：p19高富、p97高富" in response.text
    assert post(organizer, "/bookings", {**FREE, "people": ["林秀芝", "p19高富"]}).status_code == 303


def test_meeting_takes_a_title_an_audience_and_people_by_name(organizer: FlaskClient) -> None:
    data = {
        "kind": "symposium", "title": "征求意见座谈会", "audience": ["unit_heads"], "more_people": "白雪、p12孙志诚",
        "day": "2014-09-02", "start": "9:00", "minutes": "90", "room": "R03",
    }  # fmt: skip

    page = post(organizer, "/bookings", data, follow_redirects=True).text

    assert "征求意见座谈会" in page
    assert "各部门（单位）负责人" in page
    assert "白雪" in page


def test_unknown_room_kind_and_audience_are_named(organizer: FlaskClient) -> None:
    response = post(
        organizer, "/bookings", {**FREE, "kind": "symposium", "room": "R99", "audience": ["nobody"], "mode": "letter"}
    )

    assert response.status_code == 422
    assert "没有“R99”这一选项" in response.text
    assert "没有“nobody”这一选项" in response.text


def test_member_proposes_a_talk_of_their_own_and_no_other(member: FlaskClient) -> None:
    page = member.get("/bookings/new").text

    assert '<input type="hidden" name="kind" value="talk">' in page
    own = {**FREE, "people": ["p03", "潘子墨"], "day": "2014-08-06"}
    assert post(member, "/bookings", own).status_code == 303
    assert post(member, "/bookings", {**FREE, "day": "2014-08-06", "start": "10:00"}).status_code == 403


def test_member_is_told_that_somebody_cannot_be_had_and_not_why(member: FlaskClient) -> None:
    away = {**FREE, "people": ["p03", "p04"], "day": "2014-07-08"}

    told = text_of(post(member, "/bookings/check", away, headers={"HX-Request": "true"}).text)

    assert "王海波 不可用" in told
    assert "培训" not in told


def test_branch_organizer_is_offered_only_the_own_branch(branch_organizer: FlaskClient) -> None:
    page = branch_organizer.get("/bookings/new?kind=meeting").text

    assert 'value="branch:B1"' in page
    assert 'value="branch:B2"' not in page
    assert 'value="all_staff"' not in page


def test_booking_is_moved_from_its_form(organizer: FlaskClient) -> None:
    assert 'value="2014-08-05"' in organizer.get("/bookings/T041/edit").text
    moved = {"day": "2014-08-06", "start": "10:00", "minutes": "30", "room": "R05", "version": "1"}

    page = post(organizer, "/bookings/T041", moved, follow_redirects=True).text

    assert "已保存" in page
    assert "8月6日 周三 10:00–10:30" in page
    assert "谈话室B" in page


def test_move_into_a_taken_time_is_refused_and_nothing_is_lost(organizer: FlaskClient) -> None:
    response = post(
        organizer, "/bookings/T041", {"day": "2014-08-20", "start": "09:30", "minutes": "45", "version": "1"}
    )

    assert response.status_code == 409
    assert "邓永昌 9:30–10:15 已有安排" in response.text
    assert 'value="09:30"' in response.text


def test_change_is_checked_before_it_is_made(organizer: FlaskClient) -> None:
    data = {"day": "2014-08-31", "start": "11:00", "minutes": "180", "version": "1"}

    told = text_of(post(organizer, "/bookings/T041/check", data, headers={"HX-Request": "true"}).text)

    assert "8月31日 周日" in told
    assert "跨午休" in told


def test_people_are_added_and_taken_out(organizer: FlaskClient) -> None:
    data = {"day": "2014-08-25", "start": "09:00", "minutes": "60", "version": "1", "add_people": "白雪"}

    page = post(
        organizer,
        "/bookings/E10",
        {**data, "day": "2014-08-20", "start": "08:30", "minutes": "540"},
        follow_redirects=True,
    ).text

    assert "白雪" in page


def test_page_of_other_times_offers_what_is_free_for_both(site_app: Flask, member: FlaskClient) -> None:
    page = member.get("/bookings/T041/times").text

    assert "与邓永昌谈：换个时间" in page
    assert "现在排在 8月5日 周二 9:00–9:45" in page
    slot = page.partition('name="slot" value="')[2].partition('"')[0]
    moved = post(member, "/bookings/T041", {"minutes": "45", "version": "1", "slot": slot}, follow_redirects=True)
    assert "已保存" in moved.text
    assert signed_in(site_app, site.SUPERVISOR).get("/bookings/T041/times").status_code == 403


def test_member_proposes_a_time_for_a_talk_that_is_open(member: FlaskClient) -> None:
    page = member.get("/talks/new?people=p20&rule_set=RS1").text
    slot = page.partition('name="slot" value="')[2].partition('"')[0]

    assert "与潘子墨谈：选个时间" in page
    data = {"kind": "talk", "people": ["p03", "p20"], "minutes": "45", "rule_set": "RS1", "slot": slot, "next": "/me"}
    assert post(member, "/bookings", data).headers["Location"] == "/me#proposals"


def test_two_editors_see_both_versions_and_the_later_chooses(organizer: FlaskClient) -> None:
    page = organizer.get("/bookings/T041/edit").text
    seen = dict(re.findall(r'name="(day|start|minutes|version)" value="([^"]*)"', page))
    mine = {**seen, "day": "2014-08-13", "start": "15:00", "room": "R05"}
    assert post(organizer, "/bookings/T041", {**seen, "day": "2014-08-12", "start": "10:00", "room": "R04"}).location

    refused = post(organizer, "/bookings/T041", mine)

    assert refused.status_code == 409
    versions = refused.text.partition('class="card versions"')[2].partition("</section>")[0]
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", versions))
    assert "刚刚有人改过这项日程" in told
    assert "时间 8月12日 周二 10:00–10:45 8月13日 周三 15:00–15:45 ≠ 不同" in told
    assert "保留现在的 换成我填的" in told
    assert 'name="day" value="2014-08-13"' in refused.text
    version = re.findall(r'name="version" value="(\d+)"', refused.text)[0]
    taken = post(organizer, "/bookings/T041", {**mine, "version": version}, follow_redirects=True)
    assert "15:00" in taken.text


def test_editor_of_what_was_cancelled_meanwhile_is_told(organizer: FlaskClient) -> None:
    page = organizer.get("/bookings/T041/edit").text
    seen = dict(re.findall(r'name="(day|start|minutes|version)" value="([^"]*)"', page))
    post(organizer, "/bookings/T041/cancel")

    refused = post(organizer, "/bookings/T041", {**seen, "room": ""})

    assert refused.status_code == 409
    assert "刚刚有人取消了这项日程" in refused.text
    assert "换成我填的" not in refused.text


# ── Audiences ────────────────────────────────────────────────────────────────────────────────────────────────────────
def nobody_is_retired(app: Flask) -> None:
    """The roster says of nobody any more that they are retired."""
    with app.app_context():
        session = db.session()
        people = load.roster(session, date(2014, 8, 1)).people.values()
        rows = [f"{person.id},{person.name},,\n" for person in people if person.category == "retired"]
        importing.run(session, f"编号,姓名,类别,标签\n{''.join(rows)}")


MEETING = {"kind": "symposium", "title": "老干部座谈会", "day": "2014-09-02", "start": "09:00", "minutes": "60"}


def test_how_many_people_are_in_it_stands_beside_every_audience(organizer: FlaskClient) -> None:
    for address in ("/bookings/new?kind=symposium", "/bookings/series"):
        told = text_of(organizer.get(address).text)

        assert "全体干部职工 84 人" in told
        assert "全体党员 56 人" in told
        assert "劳模代表 10 人" in told


def test_an_audience_of_nobody_is_refused_beside_its_field(site_app: Flask, organizer: FlaskClient) -> None:
    nobody_is_retired(site_app)
    wish = {**MEETING, "audience": ["retired", "leadership_team"]}

    refused = post(organizer, "/bookings", wish)
    looked = post(organizer, "/bookings/check", wish, headers={"HX-Request": "true"})
    series = organizer.get(
        "/bookings/series?look=1&kind=symposium&audience=retired&minutes=60&count=1&from=2014-08-11&to=2014-08-29"
    )

    assert refused.status_code == 409
    assert 'id="audience-error"' in refused.text
    assert "离退休干部 暂无人员" in text_of(refused.text)
    assert "不可 “离退休干部”当天没有人员" in text_of(looked.text)
    assert series.status_code == 422
    assert "“离退休干部”当天没有人员" in series.text


def test_no_form_is_offered_to_those_who_may_not_change(site_app: Flask) -> None:
    branch = signed_in(site_app, site.BRANCH)

    offered = {}
    for booking_id in ("E01", "T041", "T045", "E10"):
        page = branch.get(f"/bookings/{booking_id}")
        has_link = f"/bookings/{booking_id}/edit" in page.text
        offered[booking_id] = (has_link, branch.get(f"/bookings/{booking_id}/edit").status_code == 200)

    assert all(link == form for link, form in offered.values()), offered
    assert (False, False) in offered.values()


def test_session_states_its_hours_in_the_form(organizer: FlaskClient) -> None:
    session = {"kind": "study_session", "title": "学习", "audience": "leadership_team", "day": "2014-09-03"}
    session |= {"start": "08:30", "minutes": "540", "hours": "8学时"}

    booked = post(organizer, "/bookings", session)
    name = booked.location.rpartition("/")[2]
    page = text_of(organizer.get(booked.location).text)
    form = organizer.get(f"/bookings/{name}/edit").text
    for hours, status in (("many", 422), ("30", 422), ("", 303)):
        again = {"day": "2014-09-03", "start": "08:30", "minutes": "540", "title": "学习", "hours": hours}
        assert post(organizer, f"/bookings/{name}", again | {"version": "1"}).status_code == status

    assert "学时 8（填定）" in page
    assert 'name="hours" value="8"' in form
    assert "为 7 学时" in form
    assert "学时 7 " in text_of(organizer.get(f"/bookings/{name}").text)
    assert 'name="hours"' not in organizer.get("/bookings/E07/edit").text


def test_hours_of_two_editors_stand_side_by_side(organizer: FlaskClient) -> None:
    page = organizer.get("/bookings/S09/edit").text
    seen = dict(re.findall(r'name="(day|start|minutes|version|title)" value="([^"]*)"', page))
    assert post(organizer, "/bookings/S09", {**seen, "hours": "2"}).location

    told = text_of(post(organizer, "/bookings/S09", {**seen, "hours": "4"}).text)

    assert "学时 2 4 ≠ 不同" in told


VISIT = {
    "kind": "visit",
    "title": "考察",
    "more_people": "林秀芝",
    "day": "2014-09-01",
    "start": "09:00",
    "minutes": "480",
}


def test_what_lasts_several_days_is_shown_on_each_of_them(organizer: FlaskClient) -> None:
    booked = post(organizer, "/bookings", {**VISIT, "last_day": "2014-09-03"})
    name = booked.location.rpartition("/")[2]

    told = text_of(organizer.get("/bookings?day=2014-09-01").text)
    form = organizer.get(f"/bookings/{name}/edit").text
    data = re.search(rf'"days": ?(\[[^\]]*\])[^{{}}]*"id": ?"{name}"', organizer.get("/bookings?day=2014-09-01").text)

    assert [told.count(hours + " 考察") for hours in ("9:00 起", "全天", "至 17:00")] == [
        2,
        2,
        2,
    ]  # in the table and in the list
    assert "9月1日 周一 9:00—9月3日 周三 17:00" in text_of(organizer.get(f"/bookings/{name}").text)
    assert ('name="minutes" value="480"' in form, 'name="last_day" value="2014-09-03"' in form) == (True, True)
    assert data is None or "2014-09-04" in data[1]


def test_a_last_day_that_cannot_be_is_told_beside_its_field(organizer: FlaskClient) -> None:
    for last_day, told in (("2014-08-31", "不能早于开始日期"), ("2014-09-30", "最长 14 天"), ("soon", "不是日期")):
        refused = post(organizer, "/bookings", {**VISIT, "last_day": last_day})
        assert (refused.status_code, told in refused.text) == (422, True)


def test_what_cannot_be_said_by_its_last_day_keeps_its_minutes(organizer: FlaskClient) -> None:
    name = post(organizer, "/bookings", {**VISIT, "start": "14:00", "minutes": "1260"}).location.rpartition("/")[2]

    form = organizer.get(f"/bookings/{name}/edit").text

    assert ('value="1260"' in form, 'name="last_day" value=""' in form) == (True, True)
