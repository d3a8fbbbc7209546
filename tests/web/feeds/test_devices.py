"""Calendar accounts on the own page: a password shown once, and a device stopped alone."""

import re
from zoneinfo import ZoneInfo

from flask import Flask
from flask.testing import FlaskClient

from tests.browser import site
from tests.dav.asking import Phone
from tests.visitors import real_now
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post, signed_in


def added(client: FlaskClient, name: str) -> tuple[str, str, str]:
    """Add a device: server, user, password."""
    page = post(client, "/me/devices", {"device": name}).text
    server, user, password = re.findall(r"<dd><code>([^<]+)</code>", page)
    return server, user, password


def test_a_device_is_added_read_by_its_password_and_stopped(site_app: Flask, member: FlaskClient) -> None:
    server, user, password = added(member, "我的 iPhone")
    page = member.get("/me").text

    assert (server, user) == ("http://localhost/dav/", site.MEMBER)
    assert f"我的 iPhone {real_now().astimezone(ZoneInfo('Asia/Shanghai')).year}年" in text_of(page)
    assert password not in page
    (feed,) = re.findall(r'action="/me/feeds/(F\d+)/revoke"', page)
    phone = Phone(site_app.test_client(), feed, user, password)
    assert len(phone.sync().properties) == 49
    assert f"/me/feeds/{feed}/rotate" not in page
    answer = post(member, f"/me/feeds/{feed}/revoke", follow_redirects=True)
    assert "“我的 iPhone”已停用，密码不再有效。" in answer.text
    assert phone.ask("PROPFIND", "/dav/", Depth="0").status_code == 401


def test_a_device_without_a_name_has_one_all_the_same(member: FlaskClient) -> None:
    added(member, "  ")

    assert "我的设备" in member.get("/me").text


def test_a_name_that_is_too_long_is_told(member: FlaskClient) -> None:
    assert post(member, "/me/devices", {"device": "很" * 41}).status_code == 422


def test_organizers_see_which_feed_is_a_device(member: FlaskClient, organizer: FlaskClient) -> None:
    added(member, "平板")

    assert "日历账户：平板" in organizer.get("/subscriptions").text


def test_nobody_stops_the_device_of_others(site_app: Flask, member: FlaskClient) -> None:
    added(member, "手机")
    (feed,) = re.findall(r'action="/me/feeds/(F\d+)/revoke"', member.get("/me").text)

    assert post(signed_in(site_app, site.OTHER), f"/me/feeds/{feed}/revoke").status_code == 404
