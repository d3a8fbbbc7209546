"""The screen with the code, and the telephone that scans it: by account, by one's own page, by name."""

import re
from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from scheduler import edge
from scheduler.core.ground.access import Actor, Role
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.sessions import arrivals
from scheduler.edge import session
from scheduler.services.feeds import subscriptions
from tests.browser import site
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post, signed_in

BEFORE = "2014-08-13T14:20+08:00"
BOOKING = {
    "kind": "meeting", "title": "碰头会", "day": "2014-08-13", "start": "14:30", "minutes": "60", "more_people": "文静、欧阳慧",
}  # fmt: skip


def booked(organizer: FlaskClient) -> str:
    """A meeting of two people on 13 August at 14:30."""
    answer = post(organizer, "/bookings", BOOKING)
    assert answer.status_code == 303, text_of(answer.text)
    return re.findall(r"E\d+", answer.location)[0]


def at_the_door(app: Flask) -> None:
    app.extensions["tanxin_clock"] = edge.RunningClock(datetime.fromisoformat(BEFORE))


def code_of(app: Flask, meeting: str) -> str:
    """The code that the screen shows now."""
    with app.test_request_context():
        clock = edge.clock()
        return arrivals.code(app.config["TANXIN"].signing_key, BookingId(meeting), clock.real)


def test_by_name_two_digits_are_compared(site_app: Flask, organizer: FlaskClient) -> None:
    meeting = booked(organizer)
    assert "14:00 起可以签到" in text_of(organizer.get(f"/bookings/{meeting}/attendance").text)
    assert "现在不能签到" in organizer.get(f"/bookings/{meeting}/sign-in").text
    at_the_door(site_app)
    screen = organizer.get(f"/bookings/{meeting}/sign-in")
    assert 1 <= int(screen.headers["Refresh"]) <= 10
    assert "<svg" in screen.text
    assert "0 / 2 人已签到" in text_of(screen.text)

    phone = site_app.test_client()
    assert phone.get(f"/scan/{meeting}/{code_of(site_app, meeting)}").location == "/scan"
    assert "碰头会" in phone.get("/scan").text
    assert post(phone, "/scan", {"name": "张三丰"}).status_code == 422
    assert post(phone, "/scan", {"name": "文静"}).status_code == 303
    waiting = phone.get("/scan")
    number = re.findall(r'check-number">(\d\d)<', waiting.text)[0]
    assert waiting.headers["Refresh"] == "5"

    assert "1 人待核对" in text_of(organizer.get(f"/bookings/{meeting}/sign-in").text)
    assert f'name="number" value="{number}"' in organizer.get(f"/bookings/{meeting}/attendance").text
    form = {"who": "p:p03", "number": number, "answer": "accept"}
    assert post(organizer, f"/bookings/{meeting}/arrivals", form).status_code == 303
    assert post(organizer, f"/bookings/{meeting}/arrivals", form).status_code == 404

    assert "文静，已签到" in phone.get("/scan").text
    assert "准时" in phone.get("/scan").text


def test_ones_own_page_needs_one_tap_and_no_account(site_app: Flask, organizer: FlaskClient) -> None:
    meeting = booked(organizer)
    with site_app.test_request_context():
        actor = Actor(PersonId("p03"), frozenset({Role.MEMBER}), account="p03")
        token = subscriptions.issue(session(), actor, edge.clock(), PersonId("p03"))
    at_the_door(site_app)
    phone = site_app.test_client()
    phone.get(f"/subscribe/{token}")
    phone.get(f"/scan/{meeting}/{code_of(site_app, meeting)}")

    assert "我是文静，签到" in phone.get("/scan").text
    assert "请填写姓名" in phone.get("/scan?other=1").text
    assert post(phone, "/scan", {"myself": "1"}).status_code == 303

    assert "文静，已签到" in phone.get("/scan").text
    assert "1 / 2 人已签到" in text_of(organizer.get(f"/bookings/{meeting}/sign-in").text)
    sheet = text_of(organizer.get(f"/bookings/{meeting}/attendance").text)
    assert "1 人已签到" in sheet
    assert "尚未开始" in sheet


def test_a_page_that_was_not_taken_over_signs_nobody_in(site_app: Flask, organizer: FlaskClient) -> None:
    meeting = booked(organizer)
    with site_app.test_request_context():
        clerk = Actor(PersonId(site.ORGANIZER), frozenset({Role.ORGANIZER}), account=site.ORGANIZER)
        token = subscriptions.issue(session(), clerk, edge.clock(), PersonId("p03"))
    at_the_door(site_app)
    phone = site_app.test_client()
    phone.get(f"/subscribe/{token}")
    phone.get(f"/scan/{meeting}/{code_of(site_app, meeting)}")

    assert "请填写姓名" in phone.get("/scan").text


def test_an_account_of_somebody_else_is_told_so(site_app: Flask, organizer: FlaskClient) -> None:
    meeting = booked(organizer)
    at_the_door(site_app)
    member = signed_in(site_app, site.OTHER)
    member.get(f"/scan/{meeting}/{code_of(site_app, meeting)}")

    assert post(member, "/scan", {"myself": "1"}).status_code == 422


def test_a_photograph_is_of_no_use(site_app: Flask, organizer: FlaskClient) -> None:
    meeting = booked(organizer)
    at_the_door(site_app)
    phone = site_app.test_client()
    with site_app.test_request_context():
        earlier = edge.clock().real.timestamp() - 90
        old = arrivals.code(
            site_app.config["TANXIN"].signing_key, BookingId(meeting), datetime.fromtimestamp(earlier).astimezone()
        )

    answer = phone.get(f"/scan/{meeting}/{old}")

    assert (answer.status_code, "请重新扫描" in answer.text) == (410, True)
    assert phone.get(f"/scan/{meeting}/AAAAAAAAAAAA").status_code == 404
    assert "请用手机扫描" in phone.get("/scan").text
    assert post(phone, "/scan", {"name": "文静"}).status_code == 410
