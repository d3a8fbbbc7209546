"""Signing in and out, and where one goes from there."""

from dataclasses import replace
from pathlib import Path

from flask import Flask

from scheduler import edge
from tests.browser import site
from tests.databases import Databases
from tests.web.visiting import post, signed_in


def test_door_asks_for_name_and_password(site_app: Flask) -> None:
    page = site_app.test_client().get("/sign-in").text

    assert "东麓市澜桥区总工会" in page
    assert 'autocomplete="current-password"' in page
    assert 'class="nav"' not in page


def test_signed_in_visitor_goes_where_they_wanted_to_go(site_app: Flask) -> None:
    client = site_app.test_client()
    response = client.get("/ledger?person=p03")

    assert response.headers["Location"] == "/sign-in?next=/ledger?person%3Dp03"
    done = post(client, "/sign-in", {"name": "p22", "password": site.PASSWORD, "next": "/ledger?person=p03"})
    assert done.headers["Location"] == "/ledger?person=p03"
    assert client.get("/sign-in").status_code == 302


def test_sign_in_leads_to_no_other_site(site_app: Flask) -> None:
    for target in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"):
        done = post(site_app.test_client(), "/sign-in", {"name": "p22", "password": site.PASSWORD, "next": target})
        assert done.headers["Location"] == "/"


def test_wrong_password_keeps_the_name_and_tells_nothing_more(site_app: Flask) -> None:
    wrong = post(site_app.test_client(), "/sign-in", {"name": "p22", "password": "wrong"})
    unknown = post(site_app.test_client(), "/sign-in", {"name": "nobody", "password": "wrong"})

    assert wrong.status_code == unknown.status_code == 422
    assert 'value="p22"' in wrong.text
    assert "账号或密码不对" in wrong.text
    assert "账号或密码不对" in unknown.text


def test_too_many_attempts_are_told_to_wait(databases: Databases, tmp_path: Path) -> None:
    from scheduler.app import create_app

    config = replace(
        site.a_config(tmp_path, databases.make("sqlite", site.only_an_organizer)), sign_in_address_limit="2/hour"
    )
    client = create_app(config).test_client()

    answers = [post(client, "/sign-in", {"name": "organizer", "password": "wrong"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert int(answers[2].headers["Retry-After"]) > 0
    assert "秒后再试" in answers[2].text


def test_signed_out_is_out(site_app: Flask) -> None:
    client = signed_in(site_app, site.ORGANIZER)

    assert post(client, "/sign-out").headers["Location"] == "/sign-in"
    assert client.get("/").headers["Location"].startswith("/sign-in")


def test_part_of_a_page_asked_for_by_script_leads_to_the_door(site_app: Flask) -> None:
    response = site_app.test_client().get("/squares/p08-p19", headers={"HX-Request": "true"})

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/sign-in"


def test_form_sent_after_the_session_ended_is_answered_with_a_page(site_app: Flask) -> None:
    client = site_app.test_client()

    response = post(client, "/bookings", {"kind": "talk"})

    assert response.status_code == 401
    assert "登录后继续提交" in response.text
    assert edge.LANGUAGE_COOKIE == "lang"


def test_own_password_is_changed_by_who_knows_the_old_one(site_app: Flask) -> None:
    client, elsewhere = signed_in(site_app, "p12"), signed_in(site_app, "p12")

    wrong = post(client, "/account/password", {"old": "wrong", "password": "qingshan-8", "again": "qingshan-8"})
    unlike = post(client, "/account/password", {"old": site.PASSWORD, "password": "qingshan-8", "again": "qingshan-9"})
    common = post(client, "/account/password", {"old": site.PASSWORD, "password": "12345678", "again": "12345678"})
    done = post(client, "/account/password", {"old": site.PASSWORD, "password": "qingshan-8", "again": "qingshan-8"})

    assert [answer.status_code for answer in (wrong, unlike, common, done)] == [422, 422, 422, 303]
    assert "现在的密码不对" in wrong.text
    assert "两次输入的不一样" in unlike.text
    assert "密码已修改" in client.get("/account").text
    assert elsewhere.get("/account").status_code == 303  # has to sign in again


def test_own_language_is_kept_with_the_account(site_app: Flask) -> None:
    client = signed_in(site_app, "p22")

    assert post(client, "/account/language", {"language": "fr"}).status_code == 422
    assert post(client, "/account/language", {"language": "en"}).status_code == 303
    assert "Current password" in signed_in(site_app, "p22").get("/account").text
    assert post(client, "/account/language", {"language": "zh"}).status_code == 303


def test_door_of_a_new_installation_says_where_to_begin(databases: Databases, tmp_path: Path) -> None:
    from scheduler.app import create_app

    app = create_app(site.a_config(tmp_path, databases.make("sqlite", lambda _session: None)))

    assert "启动服务的窗口里印着组织者的一次性链接" in app.test_client().get("/sign-in").text
