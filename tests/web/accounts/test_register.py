"""Accounts: added with a one-time link, closed and opened again, by admins only."""

from flask import Flask
from flask.testing import FlaskClient

from tests.browser import site
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post, signed_in

NEW_PASSWORD = "winter-bridge-77"


def link_of(page: str) -> str:
    return page.partition('readonly value="http://localhost')[2].partition('"')[0]


def test_new_account_gets_a_link_where_the_password_is_set_once(site_app: Flask, admin: FlaskClient) -> None:
    path = link_of(post(admin, "/accounts", {"person": "白雪"}).text)
    visitor = site_app.test_client()

    assert "账号 p27" in visitor.get(path).text
    response = post(visitor, path, {"password": NEW_PASSWORD, "again": NEW_PASSWORD}, follow_redirects=True)

    assert "密码已设置，您已登录" in response.text
    assert "白雪" in response.text
    assert site_app.test_client().get(path).status_code == 404


def test_weak_and_mistyped_passwords_are_refused(site_app: Flask, admin: FlaskClient) -> None:
    path = link_of(post(admin, "/accounts", {"person": "白雪"}).text)
    visitor = site_app.test_client()

    weak = post(visitor, path, {"password": "12345678", "again": "12345678"})
    mistyped = post(visitor, path, {"password": NEW_PASSWORD, "again": "other-words-12"})

    assert weak.status_code == mistyped.status_code == 422
    assert 'id="password-error"' in weak.text
    assert "两次输入的不一样" in mistyped.text


def test_account_of_nobody_has_a_name_and_a_role(admin: FlaskClient) -> None:
    assert "新的" not in admin.get("/accounts").text
    post(admin, "/accounts", {"name": "office", "role": "organizer"})

    assert "office" in admin.get("/accounts").text


def test_bad_input_is_said_beside_the_field(admin: FlaskClient) -> None:
    assert "写一个人的姓名" in post(admin, "/accounts", {}).text
    assert "没有找到“无名氏”" in post(admin, "/accounts", {"person": "无名氏"}).text
    taken = post(admin, "/accounts", {"person": "文静"})
    assert taken.status_code == 422
    assert 'id="name-error"' in taken.text
    assert post(admin, "/accounts", {"name": "x", "role": "emperor"}).status_code == 422


def test_closed_account_is_out_at_once_and_may_come_back(site_app: Flask, admin: FlaskClient) -> None:
    client = signed_in(site_app, site.MEMBER)

    assert "已停用" in post(admin, "/accounts/p03/active", {"active": "0"}, follow_redirects=True).text
    assert client.get("/me").status_code == 303
    assert "已恢复" in post(admin, "/accounts/p03/active", {"active": "1"}, follow_redirects=True).text


def test_lost_password_gets_a_new_link(admin: FlaskClient) -> None:
    assert link_of(post(admin, "/accounts/p03/link").text).startswith("/set-password/")
    assert post(admin, "/accounts/nobody/link").status_code == 404


def test_role_is_given_and_taken(site_app: Flask, admin: FlaskClient) -> None:
    post(admin, "/accounts/p03/role", {"role": "organizer"})

    assert signed_in(site_app, site.MEMBER).get("/import").status_code == 200


def test_admin_sees_no_talks(admin: FlaskClient) -> None:
    assert admin.get("/ledger").status_code == 403
    assert admin.get("/squares/p08-p19").status_code == 403
    assert "陈国梁、文静" not in text_of(admin.get("/bookings?day=2014-06-19").text)


def test_nobody_else_manages_accounts(organizer: FlaskClient, member: FlaskClient) -> None:
    assert organizer.get("/accounts").status_code == 403
    assert post(member, "/accounts/p01/link").status_code == 403
