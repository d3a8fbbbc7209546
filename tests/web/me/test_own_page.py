"""Somebody's own page: next talk, what is asked, study, calendar, subscription."""

import re
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from config import Mail
from tests.browser import site
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post, signed_in


def test_own_page_begins_with_the_next_talk(member: FlaskClient) -> None:
    told = text_of(member.get("/me").text)

    assert "下一次谈心谈话 · 4 天后 邓永昌 2014年8月5日（星期二）上午9:00—9:45 谈话室A" in told
    assert "我的必谈 8 / 10" in told
    assert re.search(r"潘子墨 班子成员与分管部门负责人 未谈 8月15日（周五）前", told)
    assert "49.5 / 49 学时" in text_of(member.get("/me").text)
    assert "已达标" in told


def test_talk_that_waits_for_me_comes_first_and_is_confirmed_with_one_tap(site_app: Flask) -> None:
    client = signed_in(site_app, site.AWAITING)

    assert "已经谈过了吗？请确认" in client.get("/me").text
    assert "确认已谈" in client.get("/me").text
    response = post(client, "/bookings/T045/confirm", {"next": "/me"}, follow_redirects=True)

    assert "已记下您的确认，等对方确认后计为已谈" in response.text


def test_talk_ahead_offers_another_time_and_not_to_confirm(member: FlaskClient) -> None:
    page = member.get("/me").text

    assert "换个时间" in page
    assert "确认已谈" not in page


def test_own_page_tells_nothing_about_others(member: FlaskClient) -> None:
    page = member.get("/me").text.partition("<main")[2]

    assert "冯学军" not in page
    assert "77.1" not in page


def test_somebody_of_whom_nothing_is_asked_has_a_page_too(organizer: FlaskClient) -> None:
    page = organizer.get("/me").text

    assert "目前没有排定的谈话" in page
    assert "我的必谈" not in page


def test_subscription_address_is_shown_once_and_works(site_app: Flask, member: FlaskClient) -> None:
    page = post(member, "/me/feeds").text
    address = page.partition('id="address" type="text" readonly value="')[2].partition('"')[0]

    assert address.startswith("http://localhost/feeds/")
    assert "webcal://localhost/feeds/" in page
    assert "BASE_URL" in page
    assert "<svg" not in page
    assert 'style="' not in page
    calendar = site_app.test_client().get(address.removeprefix("http://localhost"))
    assert calendar.text.count("BEGIN:VEVENT") == 49
    assert "起订阅" in member.get("/me").text
    assert address not in member.get("/me").text


def test_renewed_link_replaces_the_old_one(site_app: Flask, member: FlaskClient) -> None:
    def path(page: str) -> str:
        return page.partition('readonly value="http://localhost')[2].partition('"')[0]

    old = path(post(member, "/me/feeds").text)
    feed = re.findall(r"/me/feeds/(F\d+)/rotate", member.get("/me").text)[0]
    new = path(post(member, f"/me/feeds/{feed}/rotate").text)
    client = site_app.test_client()

    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    post(member, f"/me/feeds/{feed}/revoke")
    assert client.get(new).status_code == 404


def test_nobody_renews_the_link_of_others(site_app: Flask, member: FlaskClient) -> None:
    post(member, "/me/feeds")
    feed = re.findall(r"/me/feeds/(F\d+)/rotate", member.get("/me").text)[0]

    assert post(signed_in(site_app, site.OTHER), f"/me/feeds/{feed}/rotate").status_code in (403, 404)


def test_own_calendar_is_a_file_to_take_away(member: FlaskClient) -> None:
    response = member.get("/me/calendar.ics")

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.text.count("BEGIN:VEVENT") == 49


def test_account_without_a_person_has_no_own_page(admin: FlaskClient) -> None:
    assert admin.get("/me").status_code == 403
    assert admin.get("/").headers["Location"] == "/accounts"


def test_whoever_has_an_address_chooses_between_feed_and_mail(site_app: Flask, member: FlaskClient) -> None:
    assert "怎样收到变动" not in member.get("/me").text
    organizer = signed_in(site_app, site.ORGANIZER)
    form = {"name": "文静", "unit": "D05", "email": "wen@example.org"}
    post(organizer, f"/people/{site.MEMBER}/edit", form)
    assert "怎样收到变动" not in member.get("/me").text, "no mail is sent"
    site_app.config["TANXIN"] = replace(site_app.config["TANXIN"], mail=Mail(host="m", port=25, sender="a@b.example"))

    page = member.get("/me").text

    assert "目前发邮件到 wen@example.org。" in page, "no feed of theirs was fetched"
    assert 'value="auto" checked' in page
    assert "已保存。" in post(member, "/me/channel", {"channel": "mail"}, follow_redirects=True).text
    assert 'value="mail" checked' in member.get("/me").text
    post(member, "/me/channel", {"channel": "feed"})
    assert "目前看日历订阅，不发邮件到 wen@example.org。" in member.get("/me").text
    assert post(member, "/me/channel", {"channel": "pigeon"}).status_code == 422
    assert "wen@example.org" not in signed_in(site_app, site.OTHER).get(f"/people/{site.MEMBER}").text
