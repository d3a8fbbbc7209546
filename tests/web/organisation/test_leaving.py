"""Leaving on a page: what it does is shown first, and done with one press."""

from flask import Flask
from flask.testing import FlaskClient

from tests.browser import site
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post, signed_in


def test_what_leaving_does_is_shown_and_then_done(organizer: FlaskClient) -> None:
    assert f'href="/people/{site.MEMBER}/leave"' in organizer.get(f"/people/{site.MEMBER}/edit").text
    told = text_of(organizer.get(f"/people/{site.MEMBER}/leave").text)

    assert "文静 离任" in told
    assert "将取消的谈话 1 " in told
    assert "邓永昌" in told
    answer = post(organizer, f"/people/{site.MEMBER}/leave", follow_redirects=True)
    assert "文静 已离任：取消谈话 1 次，账号和订阅已停用。" in answer.text
    assert "将取消的谈话" not in organizer.get(f"/people/{site.MEMBER}/leave").text
    assert "已取消" in organizer.get("/bookings/T041").text


def test_whoever_left_is_signed_out(organizer: FlaskClient, member: FlaskClient) -> None:
    assert member.get("/me").status_code == 200
    post(organizer, f"/people/{site.MEMBER}/leave")

    assert member.get("/me").status_code == 303


def test_nobody_lets_themselves_go_and_nobody_unknown(organizer: FlaskClient) -> None:
    assert "不能办理自己的离任" in organizer.get(f"/people/{site.ORGANIZER}/leave").text
    assert post(organizer, f"/people/{site.ORGANIZER}/leave").status_code == 422
    assert organizer.get("/people/p999/leave").status_code == 404
    assert post(organizer, "/people/p999/leave").status_code == 404


def test_members_do_not_see_it(site_app: Flask) -> None:
    assert signed_in(site_app, site.OTHER).get(f"/people/{site.MEMBER}/leave").status_code == 403
