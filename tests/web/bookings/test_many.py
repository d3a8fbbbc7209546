"""What is ticked in a list, and done together; talks put down that were held."""

import io
import re

from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def hidden(page: str) -> dict[str, list[str]]:
    """The fields of the button that undoes."""
    form = re.search(
        r'<form[^>]*action="/bookings/many"[^>]*class="acts"[^>]*>(.*?)</form>', page, re.DOTALL
    ) or re.search(r'<form class="acts"[^>]*action="/bookings/many"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form
    values: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([\w_]+)" value="([^"]*)"', form[1]):
        values.setdefault(name, []).append(value)
    return {name: value for name, value in values.items() if name not in ("csrf_token", "once")}


def test_ticked_talks_are_confirmed_and_taken_back(organizer: FlaskClient) -> None:
    page = organizer.get("/ledger").text
    assert "有 1 次谈话已过时间，还待确认" in text_of(page)
    ticked = organizer.get("/ledger?verdict=unconfirmed&tick=1").text
    assert re.findall(r'name="booking" value="(T\d+)"[^>]* checked', ticked) == ["T045"]

    said = {"act": "confirm", "booking": ["T045", "T041"], "next": "/ledger"}
    done = post(organizer, "/bookings/many", said, follow_redirects=True).text
    assert "已确认 1 次谈话" in done
    assert "T041 没有处理" in text_of(done)
    back = post(organizer, "/bookings/many", hidden(done), follow_redirects=True).text
    assert "已撤回 1 次确认" in back


def test_ticked_bookings_are_cancelled_moved_and_put_back(organizer: FlaskClient) -> None:
    ids = {"booking": ["T041", "E12"], "next": "/bookings?view=list"}
    cancelled = post(organizer, "/bookings/many", ids | {"act": "cancel"}, follow_redirects=True).text
    assert "已取消 2 项" in cancelled
    assert "已恢复 2 项" in post(organizer, "/bookings/many", hidden(cancelled), follow_redirects=True).text

    moved = post(organizer, "/bookings/many", {"act": "room", "booking": "T041", "room": "R07"}, follow_redirects=True)
    assert "已换地点：1 项" in moved.text
    assert hidden(moved.text)["was"] == ["R04"]
    assert "已换回原来的地点" in post(organizer, "/bookings/many", hidden(moved.text), follow_redirects=True).text
    nowhere = post(organizer, "/bookings/many", {"act": "room", "booking": "T041", "room": ""}, follow_redirects=True)
    assert "不能为空" in nowhere.text
    none = {"act": "room", "booking": "T041", "room": "-"}
    assert "已换地点" in post(organizer, "/bookings/many", none, follow_redirects=True).text
    assert "请先勾选" in post(organizer, "/bookings/many", {"act": "cancel"}, follow_redirects=True).text


def test_what_is_ticked_goes_along_as_a_workbook(organizer: FlaskClient) -> None:
    answer = post(organizer, "/bookings/many", {"act": "export", "booking": ["T041", "E12", "T999"]})

    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:5] == ["编号", "日期", "时间", "类型", "名称"]
    assert [row[0] for row in rows[1:]] == ["T041", "E12"]
    assert rows[1][5] == "文静、邓永昌"


def test_members_have_no_boxes(member: FlaskClient) -> None:
    assert 'class="tick"' not in member.get("/bookings?view=list").text


def test_a_held_talk_is_put_down_for_the_last_workday(organizer: FlaskClient) -> None:
    page = organizer.get("/bookings/held").text
    assert 'name="day" value="2014-07-31"' in page

    said = {
        "people": "陈国梁、刘向东",
        "day": "2014-07-30",
        "start": "16:00",
        "minutes": "45",
        "more": "1",
        "mode": "phone",
    }
    done = post(organizer, "/bookings/held", said, follow_redirects=True)
    assert "已登记：陈国梁、刘向东" in done.text
    assert 'name="day" value="2014-07-30"' in done.text  # for the next one
    with_guest = said | {
        "people": "陈国梁",
        "guests": "王五（某街道 群众）",
        "start": "17:00",
        "more": "",
        "next": "/ledger",
    }
    assert "已登记：陈国梁、王五" in post(organizer, "/bookings/held", with_guest, follow_redirects=True).text


def test_what_is_wrong_with_a_held_talk_stands_beside_its_field(organizer: FlaskClient) -> None:
    said = {"people": "陈国梁、刘向东", "day": "2014-07-30", "start": "15:00", "minutes": "45"}
    assert 'id="people-error"' in post(organizer, "/bookings/held", said | {"people": ""}).text
    ahead = post(organizer, "/bookings/held", said | {"day": "2014-08-04"})
    assert (ahead.status_code, "还没到这个时间" in ahead.text) == (422, True)
    post(organizer, "/bookings/held", said)
    assert post(organizer, "/bookings/held", said).status_code == 409
