"""Who comes: shown to whoever may see the booking; guests are invited and taken off."""

import re

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def test_guests_are_invited_and_taken_off_with_undo(organizer: FlaskClient) -> None:
    told = post(
        organizer,
        "/bookings/E12/guests",
        {"guest_name": "王五", "guest_unit": "某街道", "guest_post": "群众代表"},
        follow_redirects=True,
    )
    assert "已添加来宾 1 人" in told.text
    assert "来宾 1 不计入法定人数" in text_of(told.text)

    many = {"many": "1", "lines": "赵六（某厂 车工）\n钱七\t某校\t教师\n王五/某街道"}
    assert "已添加来宾 2 人" in post(organizer, "/bookings/E12/guests", many, follow_redirects=True).text
    assert (
        "已添加来宾 10 人"
        in post(organizer, "/bookings/E12/guests", {"all_of": "model_worker"}, follow_redirects=True).text
    )
    again = post(organizer, "/bookings/E12/guests", {"all_of": "model_worker"}, follow_redirects=True)
    assert "都已经在来宾里了" in again.text
    assert "可容纳 40 人" in told.text or "可容纳 40 人" in again.text

    first = re.search(r'name="guest" value="(L\d+)"', again.text)
    assert first
    gone = post(organizer, "/bookings/E12/guests/remove", {"guest": first[1]}, follow_redirects=True).text
    assert "已移出来宾王五" in gone
    back = dict(re.findall(r'type="hidden" name="(guest_\w+)" value="([^"]*)"', gone))
    assert back["guest_unit"] == "某街道"
    assert "已添加来宾 1 人" in post(organizer, "/bookings/E12/guests", back, follow_redirects=True).text


def test_what_is_wrong_stands_beside_its_field(organizer: FlaskClient) -> None:
    nameless = post(organizer, "/bookings/E12/guests", {"guest_name": " ", "guest_unit": "某街道"})
    assert nameless.status_code == 422
    assert 'id="guest_name-error"' in nameless.text
    assert 'value="某街道"' in nameless.text
    assert 'id="lines-error"' in post(organizer, "/bookings/E12/guests", {"many": "1", "lines": " "}).text
    too_long = post(organizer, "/bookings/E12/guests", {"many": "1", "lines": "长" * 300})
    assert too_long.status_code == 422
    assert post(organizer, "/bookings/E12/guests", {"all_of": "nobody"}).status_code == 422
    assert post(organizer, "/bookings/E12/guests/remove", {"guest": "L99"}).status_code == 404


def test_members_see_who_comes_to_their_meetings_and_change_nothing(member: FlaskClient) -> None:
    page = member.get("/bookings/E04/people").text
    assert "李志明" in page
    assert "添加来宾" not in page
    assert post(member, "/bookings/E04/guests", {"guest_name": "王五"}).status_code == 403


def test_attendance_of_guests(organizer: FlaskClient) -> None:
    post(organizer, "/bookings/E09/guests", {"many": "1", "lines": "u01\nu02\np85"})
    page = organizer.get("/bookings/E09/attendance").text
    assert "来宾 3" in text_of(page)
    first = re.search(r'name="(status-L\d+)"', page)
    assert first

    path = "/bookings/E09/attendance"
    saved = post(organizer, path, {first[1]: "late", "status-p85": "attended"}, follow_redirects=True).text
    assert "已保存 2 人的出勤" in saved
    assert f'name="{first[1]}" value="late" checked' in saved
    assert "没有变化" in post(organizer, path, {first[1]: "late"}, follow_redirects=True).text
    wrong = post(organizer, path, {first[1]: "observer"})
    assert wrong.status_code == 422
    assert "来宾没有" in wrong.text
