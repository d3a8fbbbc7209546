"""Signing in in two steps, without script; set up by scanning; required of some where the operator says so."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from scheduler.core.ground.access import OPERATOR
from scheduler.extensions import db
from scheduler.services.accounts import second_factors
from tests.browser import site
from tests.builders import a_clock
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post, signed_in


@pytest.fixture
def secret(site_app: Flask, member: FlaskClient) -> Iterator[str]:
    """The secret of a member who set it up."""
    assert "开始设置" in member.get("/account/second-factor").text
    page = post(member, "/account/second-factor", follow_redirects=True).text
    shown = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", page)
    assert shown
    assert "<svg" in page
    assert "验证码不对" in post(member, "/account/second-factor/confirm", {"code": "000000"}).text
    codes = post(member, "/account/second-factor/confirm", {"code": now(shown[1])})
    assert codes.status_code == 200
    assert len(re.findall(r"<li><code>", codes.text)) == 10
    yield shown[1]
    with site_app.app_context():
        if second_factors.of(db.session(), "p03").is_on:
            second_factors.reset(db.session(), OPERATOR, "p03", a_clock())


def now(secret: str, ahead: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(time.time()), counter_offset=ahead)


def first_step(app: Flask, goal: str = "/me") -> tuple[FlaskClient, str]:
    client = app.test_client()
    page = post(client, "/sign-in", {"name": "p03", "password": site.PASSWORD, "next": goal})
    seal = re.search(r'name="seal" value="([^"]+)"', page.text)
    assert seal
    assert client.get("/me").status_code == 303, "not in yet"
    return client, seal[1]


def test_sign_in_asks_for_the_code_and_goes_on(site_app: Flask, secret: str) -> None:
    client, seal = first_step(site_app, "/me?x=1")
    form = {"seal": seal, "next": "/me?x=1"}

    wrong = post(client, "/sign-in/code", {**form, "code": "12345"})
    assert (wrong.status_code, "验证码不对" in wrong.text) == (422, True)
    forged = post(client, "/sign-in/code", {**form, "seal": seal[:-3] + "abc", "code": now(secret, 1)})
    assert "请重新登录" in forged.text
    done = post(client, "/sign-in/code", {**form, "code": now(secret, 1)})

    assert (done.status_code, done.headers["Location"]) == (303, "/me?x=1")
    assert client.get("/me").status_code == 200
    other, seal = first_step(site_app)
    assert post(other, "/sign-in/code", {"seal": seal, "code": now(secret, 1)}).status_code == 422, "used already"


def test_wrong_codes_are_limited(site_app: Flask, secret: str) -> None:
    client, seal = first_step(site_app)

    statuses = [post(client, "/sign-in/code", {"seal": seal, "code": "000000"}).status_code for _ in range(11)]

    assert (statuses[0], statuses[-1]) == (422, 429)
    assert post(client, "/sign-in/code", {"seal": seal, "code": now(secret, 1)}).status_code == 429


def test_codes_are_renewed_and_it_is_ended_by_the_password(member: FlaskClient, secret: str) -> None:
    assert "还有 10 个恢复码" in member.get("/account/second-factor").text
    for act in ("codes", "end"):
        assert "现在的密码不对" in post(member, f"/account/second-factor/{act}", {"password": "wrong"}).text
    assert "只显示这一次" in post(member, "/account/second-factor/codes", {"password": site.PASSWORD}).text
    ended = post(member, "/account/second-factor/end", {"password": site.PASSWORD}, follow_redirects=True)
    assert "两步登录已关闭" in text_of(ended.text)


def test_where_it_is_required_nothing_else_opens_before(site_app: Flask) -> None:
    site_app.config["TANXIN"] = replace(site_app.config["TANXIN"], needs_codes=True)
    organizer, member = signed_in(site_app, "p22"), signed_in(site_app, "p03")

    kept_out = organizer.get("/ledger")
    assert (kept_out.status_code, kept_out.headers["Location"]) == (303, "/account/second-factor")
    assert "本单位要求先设好两步登录" in organizer.get("/account/second-factor").text
    assert organizer.get("/api/v1/bookings").status_code == 403
    assert member.get("/me").status_code == 200
