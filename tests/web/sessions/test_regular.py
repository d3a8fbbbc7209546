"""Meetings that come round: looked at, booked where they are ticked, changed together."""

import re

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

ASKED = {
    "kind": "meeting", "title": "部门例会", "audience": "unit_heads", "by": "weeks", "every": "2", "weekdays": "2", "nth": "1",
    "at": "16:00", "minutes": "60", "from": "2014-09-01", "to": "2014-10-31", "day_off": "next",
}  # fmt: skip
SLOTS = ["2014-09-03T16:00 none", "2014-09-17T16:00 none", "2014-10-08T16:00 none"]


def looked(client: FlaskClient, **changes: str) -> str:
    return client.get("/bookings/series/regular", query_string={**ASKED, "look": "1", **changes}).text


def booked(client: FlaskClient) -> list[str]:
    page = post(client, "/bookings/series/regular", ASKED | {"slot": SLOTS}, follow_redirects=True)
    assert "已排定 3 次" in page.text
    return re.findall(r'href="/bookings/(E\d+)">部门例会', page.text)


def test_days_are_looked_at_and_free_ones_are_ticked(organizer: FlaskClient) -> None:
    assert "按固定规律" in organizer.get("/bookings/series/regular").text
    page = looked(organizer)

    assert "共 5 次，3 次排得下" in page
    assert re.findall(r'name="slot" value="([^"]+)" checked', page) == SLOTS
    assert "10月8日 周三" in page  # 1 October is a holiday, and the next workday is the 8th
    assert "郑守正 16:00–17:00 已有安排" in text_of(page)
    assert "9月12日 周五" in looked(organizer, by="weekday", weekdays="4", nth="2")
    assert "10月31日 周五" in looked(organizer, by="workday", nth="-1")


def test_what_cannot_be_read_stands_beside_its_field(organizer: FlaskClient) -> None:
    assert 'id="weekdays-error"' in looked(organizer, weekdays="")
    assert "这段时间里没有这样的日子" in looked(organizer, to="2014-09-02")
    assert (
        organizer.get("/bookings/series/regular", query_string={**ASKED, "look": "1", "at": "soon"}).status_code == 422
    )
    none = post(organizer, "/bookings/series/regular", ASKED)
    assert (none.status_code, "请至少勾选一次" in none.text) == (422, True)
    taken = post(organizer, "/bookings/series/regular", ASKED | {"slot": ["2014-10-15T16:00 none"]})
    assert taken.status_code == 409


def test_a_series_is_shown_changed_and_cancelled_together(organizer: FlaskClient) -> None:
    first, second, third = booked(organizer)
    page = text_of(organizer.get(f"/bookings/{second}").text)
    assert "系列 第 2 次，共 3 次" in page

    edit = organizer.get(f"/bookings/{second}/edit").text
    assert "这次及以后" in edit
    later = {
        "scope": "later",
        "title": "部门例会",
        "day": "2014-09-18",
        "start": "16:00",
        "minutes": "60",
        "room": "",
        "version": 1,
    }
    changed = post(organizer, f"/bookings/{second}", later, follow_redirects=True)
    assert "已改 2 次" in changed.text
    assert "10月9日 周四 16:00" in text_of(organizer.get(f"/bookings/{third}").text)
    assert "9月3日 周三 16:00" in text_of(organizer.get(f"/bookings/{first}").text)

    gone = post(organizer, f"/bookings/{first}/cancel-series", {"scope": "all"}, follow_redirects=True)
    assert "已取消 3 项" in gone.text
