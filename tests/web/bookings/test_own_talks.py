"""One's own talks as cards with buttons, on the own page."""

from flask import Flask
from flask.testing import FlaskClient

from tests.browser import site
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post, signed_in


def test_member_says_with_one_tap_that_they_come(member: FlaskClient, organizer: FlaskClient) -> None:
    assert 'action="/bookings/T041/come"' in member.get("/me").text

    told = text_of(post(member, "/bookings/T041/come", {"next": "/me"}, follow_redirects=True).text)

    assert "已记下：您会参加。" in told
    assert "确认参加" not in told
    assert "文静 会参加" in text_of(organizer.get("/bookings/T041").text)


def test_nobody_comes_to_a_talk_of_others(site_app: Flask) -> None:
    assert post(signed_in(site_app, site.OTHER), "/bookings/T041/come").status_code == 404


def test_further_talks_stand_below_the_most_pressing_one(site_app: Flask) -> None:
    page = text_of(signed_in(site_app, site.AWAITING).get("/me").text)

    assert "已经谈过了吗？请确认" in page
    assert "接下来的谈话 文静 8月5日 周二 9:00–9:45 · 谈话室A 确认参加 换个时间" in page


def test_organizers_move_a_talk_of_theirs_at_once(organizer: FlaskClient) -> None:
    booked = {
        "kind": "talk",
        "people": [site.ORGANIZER, "陈国梁"],
        "day": "2014-08-21",
        "start": "09:00",
        "minutes": "45",
    }
    assert post(organizer, "/bookings", booked).status_code == 303

    page = organizer.get("/me").text

    assert "/times" in page
    assert "/swap" not in page
