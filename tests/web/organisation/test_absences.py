"""Absences: listed and edited by organizers only."""

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def test_absences_show_those_to_come_and_those_past(organizer: FlaskClient) -> None:
    told = text_of(organizer.get("/absences").text)

    assert "高富 主任 8月11日—15日 出差" in told
    assert "仅周二、周四 13:30–17:30 可安排" in told
    assert "已经过去的 2 条" in told


def test_absence_is_entered_and_removed(organizer: FlaskClient) -> None:
    page = post(
        organizer,
        "/absences",
        {"person": "白雪", "first": "2014-08-12", "last": "2014-08-13", "reason": "年休假"},
        follow_redirects=True,
    ).text

    assert "白雪 科员 8月12日—13日 年休假" in text_of(page)
    number = max(int(part.partition("/")[0]) for part in page.split("/absences/")[1:])
    assert "白雪 科员 8月12日" not in text_of(post(organizer, f"/absences/{number}/remove", follow_redirects=True).text)


def test_an_absence_says_which_bookings_it_hits_and_how_to_move_them(
    organizer: FlaskClient, member: FlaskClient, supervisor: FlaskClient
) -> None:
    # T041 with 文静 is booked for the 5th.
    data = {"person": "文静", "first": "2014-08-04", "last": "2014-08-06", "reason": "出差"}

    page = post(organizer, "/absences", data, follow_redirects=True).text

    assert "已登记。与 1 项已有安排冲突" in text_of(page)
    assert "文静 8月4日—6日 出差，而 8月5日 周二 9:00–9:45 已安排谈心谈话（T041）：请另排这一项" in text_of(page)
    assert 'href="/bookings/T041/times"' in page
    told = organizer.get("/bookings/T041").text
    assert "文静不在岗，这个时间来不了。" in text_of(told)
    assert 'href="/bookings/T041/times">另排这一项' in told
    assert "文静不在岗" in organizer.get("/bookings?view=list&day=2014-08-05").text
    assert organizer.get("/ledger").text.count('#absent"><span aria-hidden="true">!</span>文静不在岗') == 1
    assert "不在岗</a>" not in supervisor.get("/ledger").text
    assert "文静不在岗" in organizer.get("/bookings?day=2014-08-05").text
    assert "您登记了不在岗，请换个时间。" in member.get("/me").text
    assert "您不在岗" in member.get("/bookings/T041").text
    assert "与已有安排不冲突" in text_of(
        post(organizer, "/absences", {"person": "白雪", "first": "2014-08-23"}, follow_redirects=True).text
    )


def test_available_only_times_are_entered(organizer: FlaskClient) -> None:
    data = {
        "person": "白雪",
        "first": "2014-08-12",
        "last": "2014-08-29",
        "weekdays": ["0", "2"],
        "only_from": "8:30",
        "only_to": "11:30",
    }

    assert "仅周一、周三 8:30–11:30 可安排" in text_of(post(organizer, "/absences", data, follow_redirects=True).text)


def test_bad_absence_is_told_field_by_field(organizer: FlaskClient) -> None:
    response = post(organizer, "/absences", {"person": "", "first": "明天", "weekdays": ["9"], "only_from": "x"})

    assert response.status_code == 422
    for sentence in ("请填写这一项", "“明天”不是日期", "没有“9”这一选项", "“x”不是时间"):
        assert sentence in response.text


def test_absence_that_ends_before_it_begins_is_refused(organizer: FlaskClient) -> None:
    response = post(organizer, "/absences", {"person": "白雪", "first": "2014-08-12", "last": "2014-08-11"})

    assert response.status_code == 422
    assert 'id="last-error"' in response.text


def test_nobody_else_sees_absences(member: FlaskClient, supervisor: FlaskClient) -> None:
    assert member.get("/absences").status_code == 403
    assert supervisor.get("/absences").status_code == 403
