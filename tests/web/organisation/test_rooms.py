"""Rooms: a day of all, a week of one; busy for those who may not know."""

from flask import Flask
from flask.testing import FlaskClient

from tests.browser import site
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post, signed_in


def test_rooms_show_what_stands_in_them_on_a_day(organizer: FlaskClient) -> None:
    told = text_of(organizer.get("/rooms?day=2014-06-17").text)

    assert "9:00–9:45 沈维岳、欧阳慧" in told
    assert "整天空着" in told
    assert "2014年6月17日 周二" in told


def test_member_opens_a_room_and_sees_only_that_it_is_taken(site_app: Flask) -> None:
    page = signed_in(site_app, site.OTHER).get("/rooms/R04?day=2014-06-16").text.partition("<main")[2]

    day = text_of(page).partition("6月16日 周一")[2].partition("6月17日 周二")[0]
    assert day.count("占用") == 3
    assert not any(name in day for name in ("沈维岳", "文静", "王海波", "郑守正", "谈心谈话"))


def test_room_is_added_and_changed(organizer: FlaskClient) -> None:
    page = post(organizer, "/rooms", {"name": "谈话室C", "capacity": "3", "use": "talk"}, follow_redirects=True).text
    assert "谈话室C" in page

    page = post(
        organizer, "/rooms/R08/edit", {"name": "谈话室丙", "capacity": "5", "use": "all"}, follow_redirects=True
    ).text
    assert "谈话室丙" in page


def test_room_with_odd_words_is_not_written(organizer: FlaskClient) -> None:
    response = post(organizer, "/rooms", {"name": "", "capacity": "many", "use": "sleep"})

    assert response.status_code == 422
    assert "请填写这一项" in response.text
    assert "应为 0 到 100000 之间的整数" in response.text
    assert "没有“sleep”这一选项" in response.text


def test_only_organizers_edit_rooms(member: FlaskClient) -> None:
    assert member.get("/rooms/new").status_code == 403
    assert post(member, "/rooms", {"name": "X", "use": "all"}).status_code == 403


def test_unknown_room_is_not_found(organizer: FlaskClient) -> None:
    assert organizer.get("/rooms/R99").status_code == 404
    assert organizer.get("/rooms/R99/edit").status_code == 404
