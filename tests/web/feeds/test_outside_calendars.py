"""Calendars kept elsewhere on pages."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from scheduler.extensions import db
from scheduler.store.feeds.calendar_rows import OutsideCalendarRow
from tests.browser import site
from tests.calendar_server import DAYS, CalendarServer, serving
from tests.ical.hostile import calendar, event, no_calendars
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

PAGE = f"/people/{site.MEMBER}/calendars"


@pytest.fixture
def server(site_app: Flask) -> Iterator[CalendarServer]:
    with serving() as made:
        site_app.config["TANXIN"] = replace(site_app.config["TANXIN"], fetch_allow=(made.host,))
        yield made


def _upload(client: FlaskClient, data: bytes, page: str = PAGE, **more: str) -> str:
    file = (io.BytesIO(data), "a.ics")
    return post(client, page, {"file": file, **more}, follow_redirects=True).text


def test_a_member_adds_a_calendar_and_sees_when_they_are_busy(member: FlaskClient, server: CalendarServer) -> None:
    answer = post(member, PAGE, {"address": server.address, "name": "家里"}, follow_redirects=True)

    told = text_of(answer.text)
    assert "已加入。请核对下面的忙碌时段。" in told
    assert "家里 ✓ 计入" in told
    assert "8月5日 周二 9:00–10:00 8月6日 周三 14:00–15:00 8月7日 周四 14:00–15:00" in told
    assert "secret" not in answer.text
    own = member.get("/me").text
    assert "家里" in own
    assert server.address not in own


def test_a_file_may_be_uploaded_and_what_was_left_out_is_said(member: FlaskClient) -> None:
    data = calendar(
        event(start="DTSTART:20140805T230000", length="DURATION:PT2H"),
        event("STATUS:CANCELLED", uid="y"),
        event(start="DTSTART;TZID=Beijing Time:20140806T090000", uid="z"),
        event(start="DTSTART;VALUE=DATE:20140808", length="DURATION:P1D", uid="day"),
        event(start="DTSTART;VALUE=DATE:20140810", length="DURATION:P3D", uid="days"),
    )
    told = text_of(_upload(member, data))

    assert "日历 1 ✓ 计入" in told
    assert "上传的文件，不会自动更新。" in told
    assert "没有算进来的：已取消 × 1" in told
    assert "时区“Beijing Time”按 Asia/Shanghai 处理。" in told
    assert "没有写时区的时间按 Asia/Shanghai 处理。" in told
    assert "8月5日 周二 23:00—8月6日 周三 1:00" in told
    assert "8月8日 周五 全天 8月10日 周日 8月10日—12日" in told


def test_whoever_is_busy_is_not_booked_until_the_calendar_is_switched_off(
    member: FlaskClient, organizer: FlaskClient
) -> None:
    _upload(member, DAYS, name="家里")
    wanted = {"kind": "talk", "people": site.MEMBER, "day": "2014-08-06", "start": "14:00", "minutes": "45"}
    page = text_of(organizer.get(f"/people/{site.MEMBER}").text)
    assert "其他日历 日历 1 ✓ 计入" in page
    assert "家里" not in page
    assert "8月6日 周三 14:00–15:00" in text_of(organizer.get(PAGE).text)
    assert "另有安排（本人的其他日历）" in organizer.post(
        "/bookings/check", data={**wanted, "people": f"{site.MEMBER}, p02"}, headers={"X-CSRFToken": _token(organizer)}
    ).text  # fmt: skip

    answer = post(organizer, "/calendars/1/switch", {"on": "0", "next": PAGE}, follow_redirects=True)

    assert "不再计入。" in answer.text
    assert "没有。" in answer.text
    assert "已计入" in post(member, "/calendars/1/switch", {"on": "1"}, follow_redirects=True).text


def _token(client: FlaskClient) -> str:
    from tests.web.visiting import token

    return token(client)


def test_what_cannot_be_read_is_said_beside_the_field_and_what_was_typed_stays(
    member: FlaskClient, server: CalendarServer
) -> None:
    for address in ("http://127.0.0.1/", "no address", "https://127.0.0.1:1/"):
        answer = post(member, PAGE, {"address": address, "name": "家里"})
        assert answer.status_code == 422
        assert "取不到这个日历" in answer.text
        assert f'value="{address}"' in answer.text
    assert "请填写地址" in post(member, PAGE, {}).text
    server.body = b"<html>"
    assert "不是日历（.ics）文件" in post(member, PAGE, {"address": server.address}).text
    small = [(name, data) for name, data in no_calendars() if len(data) < 100_000]
    assert len(small) > 10
    for name, data in small:
        assert "日历" in _upload(member, data), name
    assert "日历 1" not in member.get(PAGE).text


def test_too_many_tries_are_told_so(member: FlaskClient) -> None:
    statuses = [post(member, PAGE, {"address": "http://127.0.0.1/"}).status_code for _ in range(21)]
    assert statuses == [422] * 20 + [429]


def test_a_sixth_calendar_is_refused(member: FlaskClient) -> None:
    for _ in range(5):
        _upload(member, DAYS)
    assert "每人最多 5 个日历" in _upload(member, DAYS)


def test_a_failed_fetch_is_told_and_the_times_stay(
    site_app: Flask, member: FlaskClient, server: CalendarServer
) -> None:
    post(member, PAGE, {"address": server.address, "name": "家里"})
    assert "刚刚取过" in post(member, "/calendars/1/refresh", {"next": PAGE}, follow_redirects=True).text
    server.status = 500

    for status, told in ((500, "这次没有取到，原有的忙碌时段还在。"), (200, "已更新。")):
        server.status = status
        with site_app.app_context():
            row = db.session.get(OutsideCalendarRow, 1)
            assert row
            row.tried_at = None
            db.session.commit()
        answer = post(member, "/calendars/1/refresh", {"next": PAGE}, follow_redirects=True).text
        assert told in answer
        assert "8月5日" in answer
        if status == 500:
            assert "没有取到" in answer
            assert "仍用" in member.get("/me").text


def test_a_calendar_is_removed(member: FlaskClient) -> None:
    _upload(member, DAYS)
    answer = post(member, "/calendars/1/remove", {"next": "https://evil.example.org/"})
    assert answer.headers["Location"] == "/me"
    assert post(member, "/calendars/1/remove").status_code == 404
    assert post(member, "/calendars/1/refresh").status_code == 404
    assert post(member, "/calendars/1/switch").status_code == 404


def test_others_have_no_way_to_it(member: FlaskClient, supervisor: FlaskClient, branch_organizer: FlaskClient) -> None:
    _upload(member, DAYS, name="家里")
    for client in (supervisor, branch_organizer):
        assert client.get(PAGE).status_code == 403
        assert _status(client, PAGE) == 403
        assert post(client, "/calendars/1/remove").status_code == 404
        assert "其他日历" not in client.get(f"/people/{site.MEMBER}").text
    assert member.get("/people/p999/calendars").status_code == 404


def _status(client: FlaskClient, page: str) -> int:
    return post(client, page, {"file": (io.BytesIO(DAYS), "a.ics")}).status_code


def test_the_page_is_english_too(member: FlaskClient) -> None:
    _upload(member, calendar(event(start="DTSTART:20140805T090000"), event("TRANSP:TRANSPARENT", uid="y")))
    told = text_of(member.get(f"{PAGE}?lang=en").text)

    assert "My calendars elsewhere" in told
    assert "Left out: shown as free × 1" in told
    assert "Times without a zone are taken for Asia/Shanghai." in told
