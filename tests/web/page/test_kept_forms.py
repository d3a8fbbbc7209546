"""Forms that come too late: nothing typed is lost."""

import re
from html import unescape

from flask import Flask
from flask.testing import FlaskClient

from tests.browser import site
from tests.browser.site import PASSWORD
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post, signed_in, token

TALK = {
    "kind": "talk",
    "people": ["p30", "p31"],
    "day": "2014-09-02",
    "start": "09:00",
    "minutes": "45",
    "room": "",
    "mode": "face_to_face",
}
ABSENCE = {"person": "高富", "first": "2014-08-05", "last": "2014-08-06", "reason": "参加市里培训"}
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def hidden(page: str) -> dict[str, list[str]]:
    """The hidden fields of the form that stands in the page."""
    found: dict[str, list[str]] = {}
    for name, value in FIELD.findall(page.partition("<main")[2]):
        found.setdefault(name, []).append(unescape(value))
    return found


def test_what_was_typed_passes_the_sign_in_and_is_sent_after_it(site_app: Flask) -> None:
    browser = site_app.test_client()
    late = post(browser, "/bookings", TALK)
    assert late.status_code == 401
    assert "填写的内容已保留，登录后继续提交" in late.text

    wrong = browser.post("/sign-in", data={**hidden(late.text), "name": site.ORGANIZER, "password": "no"})
    kept = browser.post("/sign-in", data={**hidden(wrong.text), "name": site.ORGANIZER, "password": PASSWORD})
    assert "填写的内容已保留" in kept.text
    told = text_of(kept.text.partition('<dl class="facts kept">')[2].partition("</dl>")[0])
    assert told == " 类型 谈心谈话 人员 李一鸣 人员 李大为 日期 2014年9月2日 周二 开始 09:00 时长（分钟） 45 方式 面谈 "
    assert hidden(kept.text)["people"] == ["p30", "p31"]
    sent = browser.post("/bookings", data=hidden(kept.text), follow_redirects=True)

    assert "已排定。" in sent.text


def test_what_was_typed_is_looked_at_first_in_its_own_form(site_app: Flask) -> None:
    browser = site_app.test_client()
    late = post(browser, "/bookings", TALK)
    kept = browser.post("/sign-in", data={**hidden(late.text), "name": site.ORGANIZER, "password": PASSWORD})

    shown = browser.post("/bookings", data={**hidden(kept.text), "look_again": "1"})

    assert "这是此前填写的内容，尚未保存。" in shown.text
    assert 'name="day" value="2014-09-02"' in shown.text
    assert "已排定" not in browser.get("/bookings?view=list&first=2014-09-02&last=2014-09-02").text


def test_form_of_a_page_too_old_comes_back_filled_with_a_fresh_token(organizer: FlaskClient) -> None:
    stale = organizer.post("/absences", data={**ABSENCE, "csrf_token": "of-yesterday"})

    assert stale.status_code == 400
    assert "页面停留过久，未能保存。填写的内容已保留，请再次提交。" in stale.text
    assert 'value="参加市里培训"' in stale.text
    assert "要改一改" not in stale.text
    fresh = hidden(stale.text.partition('id="new"')[2].join(("<main", "")))["csrf_token"][0]
    done = organizer.post("/absences", data={**ABSENCE, "csrf_token": fresh}, follow_redirects=True)
    assert done.text.count("参加市里培训") == 1


def test_button_of_a_page_too_old_does_nothing_until_it_is_pressed_again(organizer: FlaskClient) -> None:
    stale = organizer.post("/bookings/T045/confirm", data={"csrf_token": "of-yesterday"})

    assert stale.status_code == 400
    assert "继续提交" in stale.text
    assert "先返回查看" not in stale.text
    assert "已完成" not in organizer.get("/bookings/T045").text.partition("<dl")[2].partition("</dl")[0]
    done = organizer.post("/bookings/T045/confirm", data=hidden(stale.text), follow_redirects=True)
    assert "已确认。" in done.text


def test_page_too_old_helps_nobody_past_their_rights(member: FlaskClient) -> None:
    assert member.post("/absences", data=ABSENCE).status_code == 403
    assert member.post("/bookings/nothing/confirm", data={}).status_code == 404


def test_sign_in_page_too_old_asks_again_and_keeps_the_name(site_app: Flask) -> None:
    stale = site_app.test_client().post("/sign-in", data={"name": "p22", "password": PASSWORD, "csrf_token": "old"})

    assert stale.status_code == 400
    assert 'value="p22"' in stale.text
    assert PASSWORD not in stale.text


def test_passwords_are_never_kept(site_app: Flask) -> None:
    browser = site_app.test_client()
    late = post(
        browser, "/account/password", {"old": PASSWORD, "password": "river-stone-77", "again": "river-stone-77"}
    )
    kept = browser.post("/sign-in", data={**hidden(late.text), "name": site.ORGANIZER, "password": PASSWORD})

    assert "river-stone-77" not in kept.text
    assert set(hidden(kept.text)) == {"csrf_token", "once"}


def test_what_is_too_long_to_be_carried_is_said(site_app: Flask) -> None:
    late = post(
        site_app.test_client(),
        "/import",
        {"pasted": "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(140_000))},
    )

    assert late.status_code == 401
    assert "内容过长，无法保留" in late.text
    assert "kept" not in hidden(late.text)


def test_made_up_content_is_not_carried(site_app: Flask) -> None:
    browser = site_app.test_client()
    signed = browser.post(
        "/sign-in",
        data={"name": site.ORGANIZER, "password": PASSWORD, "csrf_token": token(browser), "kept": "made.up"},
    )
    assert signed.status_code == 303


def test_file_has_to_be_chosen_again(site_app: Flask) -> None:
    from io import BytesIO

    browser = site_app.test_client()
    late = post(browser, "/people/p22/calendars", {"name": "家里", "file": (BytesIO(b"BEGIN"), "a.ics")})
    kept = browser.post("/sign-in", data={**hidden(late.text), "name": site.ORGANIZER, "password": PASSWORD})

    assert "选好的文件没有留下，请在表单里重新选一次。" in kept.text


def test_part_of_a_page_that_comes_too_late_is_only_told_so(site_app: Flask) -> None:
    browser = site_app.test_client()
    late = browser.post("/bookings/check", data={"csrf_token": token(browser), **TALK}, headers={"HX-Request": "true"})

    assert late.status_code == 401
    assert "HX-Redirect" not in late.headers


def test_language_of_the_page_stays_english(site_app: Flask) -> None:
    browser = signed_in(site_app, site.ORGANIZER)
    stale = browser.post("/absences?lang=en", data={**ABSENCE, "csrf_token": "old"})

    assert "This page was open for too long; nothing was saved." in stale.text
