"""A milestone is moved after a look at what follows."""

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

PATH = "/programme/milestones/democratic_life_meeting"
MOVED = "“民主生活会”已移到"


def programme(client: FlaskClient) -> str:
    return text_of(client.get("/programme").text)


def test_the_look_shows_windows_coverage_meeting_and_what_falls_outside(organizer: FlaskClient) -> None:
    preview = text_of(post(organizer, PATH, {"day": "2014-08-06"}).text)

    assert "谈话窗口期 6月16日—8月15日 6月16日—8月1日" in preview
    assert "报告上级 8月5日前 7月22日前" in preview
    assert "谈话覆盖 37 / 48 37 / 48 37 / 48 37 / 48" in preview  # the numbers, and the bar's for who does not see it
    assert "一并改期的会议 党组专题民主生活会 8月6日 周三 8:30–17:30" in preview
    assert "2 项，不会自动移动" in preview
    assert "文静、邓永昌 8月5日 周二 9:00–9:45" in preview
    assert "8月20日" in programme(organizer)


def test_the_look_shows_the_gate_before_and_after_and_papers_that_will_be_wrong(organizer: FlaskClient) -> None:
    post(organizer, "/bookings/E10/gate/items/c6", {"act": "tick", "on": "2014-08-01"})
    before = text_of(post(organizer, PATH, {"day": "2014-08-06"}).text)
    assert "召开条件 1 / 6 1 / 6 0 / 6 0 / 6" in before
    assert "会前报告上级 ✓ 具备 8月5日前 ! 未具备 7月22日前" in before
    assert "已经印发的文件" not in before

    post(organizer, "/bookings/E10/papers/printed", {"paper": "notice"})
    post(organizer, "/bookings/E10/papers/printed", {"paper": "notice"})
    after = text_of(post(organizer, PATH, {"day": "2014-08-06"}).text)
    assert "已经印发的文件 移动以后时间对不上，要发更正通知： 会议通知 第2版" in after
    assert "已经印发的文件" not in post(organizer, PATH, {"day": "2014-08-20"}).text
    assert "0 / 6" in after
    assert "召开条件" in after


def test_a_milestone_and_its_meeting_are_moved_and_moved_back(organizer: FlaskClient) -> None:
    page = post(organizer, PATH, {"day": "2014-08-06", "accept": "1"}, follow_redirects=True).text

    assert MOVED in page
    assert '<input type="hidden" name="day" value="2014-08-20">' in page
    assert "2014年8月6日 周三" in text_of(page)
    assert "8月6日" in text_of(organizer.get("/bookings/E10").text)
    post(organizer, PATH, {"day": "2014-08-20", "accept": "1"})
    assert "2014年8月20日 周三" in programme(organizer)
    assert "8月20日" in text_of(organizer.get("/bookings/E10").text)


def test_where_the_meeting_cannot_be_the_milestone_moves_alone_or_not_at_all(organizer: FlaskClient) -> None:
    look = post(organizer, PATH, {"day": "2014-08-27"})
    refused = post(organizer, PATH, {"day": "2014-08-27", "accept": "1"})

    assert (look.status_code, refused.status_code) == (200, 409)
    for page in (look.text, refused.text):
        assert "会议日程 E10 不能一并改期" in page
        assert "沈维岳 13:30–17:30 已有安排" in page
        assert 'name="accept" value="1"' not in page
        assert 'name="accept" value="only"' in page
    assert MOVED not in programme(organizer)
    assert MOVED in post(organizer, PATH, {"day": "2014-08-27", "accept": "only"}, follow_redirects=True).text
    assert "8月20日" in text_of(organizer.get("/bookings/E10").text)


def test_a_day_off_is_warned_of(organizer: FlaskClient) -> None:
    assert "提醒 8月23日 周六" in text_of(post(organizer, PATH, {"day": "2014-08-23"}).text)


def test_a_day_outside_the_campaign_is_refused_beside_its_field(organizer: FlaskClient) -> None:
    response = post(organizer, PATH, {"day": "2013-01-01", "accept": "1"})

    assert response.status_code == 409
    assert (
        "2013年1月1日不在活动“党的群众路线教育实践活动”的起止日期内（2014年2月26日至2014年11月24日）" in response.text
    )
    assert 'value="2013-01-01"' in response.text


def test_milestone_needs_a_day(organizer: FlaskClient) -> None:
    response = post(organizer, PATH, {"day": ""})

    assert response.status_code == 422
    assert "请填写这一项" in response.text
    assert post(organizer, "/programme/milestones/christmas", {"day": "2014-08-06"}).status_code == 404
    assert post(organizer, PATH, {"day": "1899-08-06"}).status_code == 422


def test_only_organizers_move_milestones(supervisor: FlaskClient) -> None:
    assert post(supervisor, PATH, {"day": "2014-08-06"}).status_code == 403


def test_the_meetings_form_moves_the_milestone_unless_told_not_to(organizer: FlaskClient) -> None:
    form = organizer.get("/bookings/E10/edit").text
    assert "只改这项日程，时间节点“民主生活会（8月20日）”不动" in form
    assert "only_booking" not in organizer.get("/bookings/T041/edit").text
    values = {"title": "党组专题民主生活会", "start": "08:30", "minutes": "540", "room": "R02", "version": "1"}

    alone = post(organizer, "/bookings/E10", {**values, "day": "2014-08-22", "only_booking": "1"})
    assert alone.status_code == 303
    assert "2014年8月20日 周三" in programme(organizer)
    post(organizer, "/bookings/E10", {**values, "day": "2014-08-20", "version": "2"})
    page = post(organizer, "/bookings/E10", {**values, "day": "2014-08-22", "version": "3"}, follow_redirects=True).text
    assert "时间节点“民主生活会”一并移到2014年8月22日，谈话窗口期为2014年6月16日至2014年8月19日" in page
    assert "2014年8月22日 周五" in programme(organizer)


def test_the_campaigns_form_says_where_its_meeting_cannot_be(organizer: FlaskClient) -> None:
    form = {
        "name": "活动",
        "starts": "2014-02-26",
        "ends": "2014-11-24",
        "opens": "2014-06-16",
        "meeting": "2014-08-27",
    }
    response = post(organizer, "/programme/edit", form)

    assert response.status_code == 422
    assert "会议日程 E10 不能一并改期；可换一天，或只移动节点" in response.text
    assert "2014年8月20日 周三" in programme(organizer)
