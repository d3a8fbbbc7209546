"""The application: what holds for every door."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from config import Config
from scheduler import edge
from scheduler.app import create_app
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.errors import NotAllowed, NotReady
from tests.small_organisation import GOOD, NOW
from tests.visitors import a_browser, a_script

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
TALK = {"kind": Kind.TALK, "people": ["p02", "p27"], "start": "2014-08-12T09:00", "minutes": 45}


@pytest.fixture
def config(database: str, tmp_path: Path) -> Config:
    return Config(instance=tmp_path, database_url=database, secret_key="of tests only " * 3, now=NOW)


# ── Starting ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_it_does_not_start_without_the_guards(config: Config, session: Session) -> None:
    session.execute(text("DROP TRIGGER allocation_never_twice_insert"))
    session.commit()

    with pytest.raises(NotReady, match="allocation_never_twice_insert"):
        create_app(config)
    assert create_app(config, needs_schema=False)


def test_it_does_not_start_on_a_file_that_is_no_database(config: Config, tmp_path: Path) -> None:
    (tmp_path / "odd.sqlite").write_text("no database at all " * 100)

    with pytest.raises(NotReady, match="unreachable"):
        create_app(replace(config, database_url=f"sqlite:///{tmp_path / 'odd.sqlite'}"))


# ── Headers ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("path", ["/sign-in", "/nothing", "/api/v1/openapi.json", "/feeds/x.ics", "/static/app.css"])
def test_every_answer_is_hardened(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert "Strict-Transport-Security" not in headers


def test_behind_tls_browsers_are_told_to_stay_there(config: Config) -> None:
    app = create_app(replace(config, base_url="https://tanxin.example.org"))
    answer = app.test_client().get("/sign-in", base_url="https://tanxin.example.org")

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-tanxin=")
        assert "Secure; HttpOnly; Path=/; SameSite=Lax" in cookie


def test_pages_are_not_kept_by_browsers(app: Flask, organisation: Session) -> None:
    browser = a_browser(app, organisation, "p22")

    for path in ("/", "/bookings", "/api/v1/me"):
        assert browser.get(path, follow_redirects=True).headers["Cache-Control"] == "no-store"


def test_feeds_set_no_cookie_and_do_not_vary_by_one(client: FlaskClient) -> None:
    headers = client.get("/feeds/x.ics").headers

    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")


# ── Signing in ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_browser_stays_signed_in_until_it_signs_out(app: Flask, organisation: Session) -> None:
    browser = a_browser(app, organisation, "p22")
    assert browser.get("/api/v1/me").json["account"] == "p22"

    with browser.session_transaction() as kept:
        secret = kept["_user_id"]
    with app.test_request_context():
        from flask import session as cookie

        cookie["_user_id"] = secret
        edge.sign_out()
        assert dict(cookie) == {}

    assert browser.get("/api/v1/me").status_code == 401


def test_signing_in_begins_a_new_session(app: Flask, organisation: Session) -> None:
    a_browser(app, organisation, "p22")
    with app.test_request_context():
        from flask import session as cookie

        cookie["planted"] = "by somebody else"
        edge.sign_in("p22", GOOD)

        assert "planted" not in cookie
        assert edge.actor().person == "p22"


def test_wrong_passwords_are_slowed_down_per_account(app: Flask, organisation: Session) -> None:
    a_browser(app, organisation, "p22")
    app.config["TANXIN"] = replace(app.config["TANXIN"], sign_in_account_limit="3/hour")
    for spelling in ("p22", "ｐ22", " p２２ "):
        _guess(app, spelling, "10.0.0.1")

    with (
        app.test_request_context(environ_base={"REMOTE_ADDR": "10.0.0.1"}),
        pytest.raises(edge.TooMany) as slowed,
    ):
        edge.sign_in("p22", GOOD)
    assert 1 <= slowed.value.retry_after <= 3601
    with app.test_request_context(environ_base={"REMOTE_ADDR": "10.0.0.9"}):
        edge.sign_in("p22", GOOD)


def _guess(app: Flask, name: str, address: str) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}), pytest.raises(NotAllowed):
        edge.sign_in(name, "wrong-wrong")


def test_guessing_from_everywhere_is_slowed_down_and_a_known_browser_gets_through(
    app: Flask, organisation: Session
) -> None:
    browser = a_browser(app, organisation, "p22")
    form = {"name": "p22", "password": GOOD, "csrf_token": ""}
    app.config["TANXIN"] = replace(app.config["TANXIN"], sign_in_account_limit="1/hour")
    page = browser.get("/account").text
    form["csrf_token"] = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert browser.post("/sign-in", data=form).status_code == 303
    for number in range(10):
        _guess(app, "p22", f"10.0.1.{number}")

    with app.test_request_context(environ_base={"REMOTE_ADDR": "10.0.2.1"}), pytest.raises(edge.TooMany):
        edge.sign_in("p22", GOOD)
    form["csrf_token"] = browser.get("/account").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert browser.post("/sign-in", data=form).status_code == 303
    assert browser.post("/sign-in", data={**form, "password": "wrong-wrong"}).status_code in (400, 422)


def test_a_cookie_that_nobody_sealed_makes_no_browser_known(app: Flask) -> None:
    for value in ("x", "", "W10.x"):
        with app.test_request_context(headers={"Cookie": f"tanxin-known={value}"}):
            assert not edge.guesses.is_known("p22")


def test_right_passwords_are_not_counted(app: Flask, organisation: Session) -> None:
    a_browser(app, organisation, "p22")
    app.config["TANXIN"] = replace(
        app.config["TANXIN"], sign_in_account_limit="1/hour", sign_in_address_limit="1/minute"
    )
    for _ in range(3):
        with app.test_request_context():
            edge.sign_in("p22", GOOD)


def test_attempts_are_slowed_down_per_address(app: Flask, organisation: Session) -> None:
    app.config["TANXIN"] = replace(app.config["TANXIN"], sign_in_address_limit="2/hour")
    for name in ("a", "b"):
        with app.test_request_context(), pytest.raises(NotAllowed):
            edge.sign_in(name, "wrong-wrong")

    with app.test_request_context(), pytest.raises(edge.TooMany):
        edge.sign_in("a", "wrong-wrong")
    a_browser(app, organisation, "p22")  # the right one of somebody who did not fail gets through
    for number in range(18):
        with app.test_request_context(), pytest.raises(NotAllowed):
            edge.sign_in(f"n{number}", "wrong-wrong")
    with app.test_request_context(), pytest.raises(edge.TooMany):
        edge.sign_in("another", "wrong-wrong")


# ── Forgery ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def token_of(browser: FlaskClient) -> str:
    with browser.session_transaction() as kept:
        kept["csrf_token"] = "of-this-session"
    with browser.application.test_request_context():
        from itsdangerous import URLSafeTimedSerializer

        secret = browser.application.secret_key
        return URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps("of-this-session")


def test_another_site_changes_nothing(app: Flask, organisation: Session) -> None:
    browser = a_browser(app, organisation, "p22")

    def status(**headers: str) -> int:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return browser.post("/api/v1/bookings/check", json=TALK, headers=sent).status_code

    assert status() == 400
    assert status(Origin="https://evil.example") == 403
    assert status(Origin="null") == 403
    assert status(Origin="https://evil.example", X_CSRFToken=token_of(browser)) == 403
    assert status(Origin="http://127.0.0.1:5000", Sec_Fetch_Site="cross-site") == 403
    assert status(X_CSRFToken="made-up") == 400
    assert status(X_CSRFToken=token_of(browser)) == 200
    assert status(Origin="http://127.0.0.1:5000") == 200
    assert status(Origin="http://localhost") == 200


def test_a_form_needs_its_token_wherever_it_comes_from(app: Flask, organisation: Session) -> None:
    browser = a_browser(app, organisation, "p22")

    assert browser.post("/sign-out", headers={"Origin": "http://127.0.0.1:5000"}).status_code == 400
    assert browser.post("/sign-out", data={"csrf_token": token_of(browser)}).status_code in (302, 303)


def test_a_script_with_a_token_needs_no_other(app: Flask, organisation: Session) -> None:
    script = a_script(app, organisation, "p22")

    assert script.post("/api/v1/bookings/check", json=TALK).status_code == 200


def test_a_script_without_its_token_is_told_to_show_one(client: FlaskClient) -> None:
    answers = [client.post("/api/v1/bookings", json=TALK), client.delete("/api/v1/bookings/T001")]

    assert {answer.status_code for answer in answers} <= {401, 405}
    assert answers[0].json["type"] == "urn:tanxin:not_signed_in"


def test_a_token_that_is_wrong_is_not_helped_by_a_cookie(app: Flask, organisation: Session) -> None:
    browser = a_browser(app, organisation, "p22")

    answer = browser.post("/api/v1/bookings", json=TALK, headers={"Authorization": "Bearer x"})

    assert answer.status_code == 401


# ── Errors ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_every_door_says_no_in_its_own_way(client: FlaskClient) -> None:
    page, api, feed = client.get("/nothing"), client.get("/api/v1/nothing"), client.get("/feeds/nothing.ics")

    assert [answer.status_code for answer in (page, api, feed)] == [404, 404, 404]
    assert page.content_type == "text/html; charset=utf-8"
    assert api.content_type == "application/problem+json"
    assert feed.content_type == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ["/bookings/%00", "/api/v1/bookings/%00", "/feeds/%00.ics", "/sign-in?next=%00"])
def test_a_nul_is_refused_before_any_database_sees_it(app: Flask, organisation: Session, path: str) -> None:
    assert a_browser(app, organisation, "p22").get(path).status_code in (400, 404)


def test_a_bug_is_logged_without_the_secret_of_the_address(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.testing = False
    app.view_functions["calendar_readers.calendar"] = edge.public(lambda token: 1 / 0)

    answer = app.test_client().get("/feeds/SECRET-TOKEN.ics")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "300")
    assert b"BEGIN" not in answer.data
    assert "Exception on /feeds/<token>.ics [GET]" in caplog.text
    assert "SECRET-TOKEN" not in caplog.text


def test_a_bug_in_the_api_is_a_problem_without_details(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.testing = False
    app.view_functions["api.openapi"] = edge.public(lambda: 1 / 0)
    caplog.set_level(logging.CRITICAL)

    answer = app.test_client().get("/api/v1/openapi.json")

    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert answer.json["detail"] == "系统出错，已记录"


def test_a_request_that_is_too_large_is_refused(client: FlaskClient) -> None:
    answer = client.post(
        "/sign-in", data=b"x" * (10 * 1024 * 1024 + 1), content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code in (400, 413)


# ── Language, proxies ────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_language_chosen_for_a_page_is_remembered(client: FlaskClient) -> None:
    chosen = client.get("/sign-in?lang=en")

    (cookie,) = [c for c in chosen.headers.getlist("Set-Cookie") if c.startswith("lang=")]
    assert "lang=en;" in cookie
    assert "HttpOnly" in cookie
    assert '<html lang="en">' in client.get("/sign-in").get_data(as_text=True)
    assert '<html lang="zh-CN">' in client.get("/sign-in?lang=zh").get_data(as_text=True)


def test_a_proxy_is_believed_only_when_it_was_named(config: Config, organisation: Session) -> None:
    def address(proxy_count: int) -> str | None:
        app = create_app(replace(config, proxy_count=proxy_count))
        seen: list[str | None] = []
        app.before_request(lambda: seen.append(request.remote_addr))
        app.test_client().get("/sign-in", headers={"X-Forwarded-For": "10.9.8.7"})
        return seen[0]

    assert address(0) == "127.0.0.1"
    assert address(1) == "10.9.8.7"
