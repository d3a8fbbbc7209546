"""What was done can be undone where that is possible: a form beside the sentence, which works without script."""

import re
from html import unescape

from flask import Flask
from flask.testing import FlaskClient

from tests.browser import site
from tests.web import arranged
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post, signed_in

OFFER = re.compile(r'<div class="flash">.*?<form class="acts" method="post" action="([^"]+)">(.*?)</form>', re.DOTALL)
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def undo(client: FlaskClient, page: str) -> str:
    """Press the button beside the sentence; the page that follows."""
    action, inner = OFFER.findall(page)[0]
    data: dict[str, list[str]] = {}
    for name, value in FIELD.findall(inner):
        data.setdefault(name, []).append(unescape(value))
    return client.post(action, data=data, follow_redirects=True).text


def test_cancelled_talk_is_put_back(organizer: FlaskClient) -> None:
    page = post(organizer, "/bookings/T041/cancel", {"version": "1"}, follow_redirects=True).text
    assert "已取消。参加人的日历会自动更新。 撤销取消" in text_of(page)

    told = text_of(undo(organizer, page))

    assert "已恢复，仍在原来的时间。" in told
    assert "● 已排" in told


def test_talk_whose_time_was_taken_stays_cancelled_and_says_why(organizer: FlaskClient) -> None:
    page = post(organizer, "/bookings/T041/cancel", follow_redirects=True).text
    seen = organizer.get("/bookings/T041").text
    people = re.findall(r"/people/(p\d+)", seen.partition("<dl")[2])
    taken = {"kind": "talk", "people": [people[0], "p30"], "day": "2014-08-05", "start": "09:00", "minutes": "480"}
    assert post(organizer, "/bookings", taken).status_code == 303

    told = text_of(undo(organizer, page))

    assert "恢复不了，原来的时间已经排不下：" in told
    assert "已有安排" in told
    assert "已取消" in told


def test_putting_back_what_stands_is_told(organizer: FlaskClient) -> None:
    assert "没有取消" in post(organizer, "/bookings/T041/restore", follow_redirects=True).text


def test_moved_talk_goes_back_and_its_people_with_it(organizer: FlaskClient) -> None:
    before = organizer.get("/bookings/T041").text.partition("<dl")[2].partition("</dl")[0]
    moved = {"day": "2014-08-12", "start": "10:00", "minutes": "30", "room": "R05", "version": "1", "add_people": "p30"}
    page = post(organizer, "/bookings/T041", moved, follow_redirects=True).text
    assert "10:00–10:30" in page

    after = undo(organizer, page).partition("<dl")[2].partition("</dl")[0]

    assert text_of(after) == text_of(before)


def rows_of(page: str) -> int:
    """How many absences of these days a page lists; what each of them hits stands within its row."""
    return sum("仅周二、周四" in row for row in page.split("<tr")[1:])


def test_removed_absence_comes_back_with_its_hours(organizer: FlaskClient) -> None:
    before = organizer.get("/absences").text
    line = next(part for part in before.split("<tr") if "仅周二、周四 13:30–17:30 可安排" in part)
    path = re.findall(r'action="([^"]+)"', line)[0]
    page = post(organizer, path, follow_redirects=True).text
    assert rows_of(before) == rows_of(page) + 1

    assert rows_of(undo(organizer, page)) == rows_of(before)


def test_removed_occurrence_comes_back(organizer: FlaskClient) -> None:
    post(organizer, "/people/p04/occurrences", {"kind": "promotion", "day": "2014-08-01"})
    page = organizer.get("/people/p04").text
    path = re.findall(r'action="(/people/p04/occurrences/\d+/remove)"', page)[0]
    gone = post(organizer, path, follow_redirects=True).text
    assert "/remove" not in gone.partition("<main")[2]

    assert "/remove" in undo(organizer, gone).partition("<main")[2]


def test_discarded_draft_is_taken_up_again(site_app: Flask, organizer: FlaskClient) -> None:
    draft = arranged.a_draft(site_app, organizer, **{"from": "2014-08-04", "to": "2014-08-29"})
    page = post(organizer, f"{draft}/discard", follow_redirects=True).text
    assert "草案已放弃，日程没有变动。 恢复草案" in text_of(page)

    told = text_of(undo(organizer, page))

    assert "草案又在了。" in told
    assert "发布 " in told


def test_moved_placement_goes_back(site_app: Flask, organizer: FlaskClient) -> None:
    draft = arranged.a_draft(site_app, organizer, **{"from": "2014-08-04", "to": "2014-08-29"})
    before = re.findall(r'name="(?:day|start)"[^>]*value="([^"]*)"', organizer.get(f"{draft}/talks/1").text)
    version = re.findall(r'name="version" value="(\d+)"', organizer.get(f"{draft}/talks/1").text)[0]
    moved = {"day": "2014-08-29", "start": "16:00", "minutes": "45", "room": "", "version": version}
    page = post(organizer, f"{draft}/talks/1", moved, follow_redirects=True).text

    undo(organizer, page)

    assert re.findall(r'name="(?:day|start)"[^>]*value="([^"]*)"', organizer.get(f"{draft}/talks/1").text) == before


def test_account_is_let_in_again(site_app: Flask) -> None:
    admin = signed_in(site_app, site.ADMIN)
    page = post(admin, f"/accounts/{site.MEMBER}/active", {"active": "0"}, follow_redirects=True).text

    assert f"账号 {site.MEMBER} 已恢复。" in text_of(undo(admin, page))
