"""The agenda of a meeting: written by whoever may change it, read by whoever may see it."""

import re

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

LINES = {
    "point_title": ["传达文件", "", "讨论"],
    "point_speaker": ["刘向东", "", "督导组"],
    "point_minutes": ["20", "", ""],
    "remark": "着正装",
    "link": "https://meet.example.org/1",
}


def version_of(page: str) -> str:
    match = re.search(r'name="version" value="(\d+)"', page)
    assert match
    return match[1]


def test_an_agenda_is_written_and_shown(organizer: FlaskClient) -> None:
    version = version_of(organizer.get("/bookings/E12/agenda").text)
    saved = post(organizer, "/bookings/E12/agenda", LINES | {"version": version}, follow_redirects=True)

    assert "已保存议程" in saved.text
    assert "现有 2 项，共 20 分钟" in saved.text
    page = text_of(organizer.get("/bookings/E12").text)
    assert "传达文件 刘向东 · 20 分钟" in page
    assert "讨论 督导组" in page
    assert "着正装" in page
    assert "https://meet.example.org/1" in page

    late = post(organizer, "/bookings/E12/agenda", LINES | {"version": version})
    assert late.status_code == 409
    assert "已被他人修改" in late.text
    assert 'value="传达文件"' in late.text


def test_what_is_wrong_in_an_agenda_is_told(organizer: FlaskClient) -> None:
    nameless = post(organizer, "/bookings/E12/agenda", LINES | {"point_title": ["", "", "讨论"], "version": 1})
    assert nameless.status_code == 422
    assert "第 1 项要写事项" in nameless.text
    long = post(organizer, "/bookings/E12/agenda", LINES | {"point_minutes": ["很久", "", ""], "version": 1})
    assert "第 1 项的分钟数" in long.text
    link = post(organizer, "/bookings/E12/agenda", LINES | {"link": "meet", "version": 1})
    assert "不是网址" in link.text


def test_a_talk_has_no_agenda(organizer: FlaskClient) -> None:
    assert organizer.get("/bookings/T041/agenda").status_code == 404


def test_the_form_speaks_of_its_kind(organizer: FlaskClient) -> None:
    page = organizer.get("/bookings/new?kind=study_session").text
    assert "新建集中学习" in page
    assert 'name="minutes" value="180"' in page

    meeting = {
        "kind": "symposium", "title": "座谈", "more_people": "陈国梁", "host": "文静", "day": "2014-09-03",
        "start": "09:00", "minutes": "60", "remark": "带材料", "link": "https://meet.example.org/1",
    }  # fmt: skip
    checked = post(organizer, "/bookings/check", meeting | {"minutes": "", "host": "某某"}, headers={"HX-Request": "1"})
    assert "时长（分钟）" in checked.text
    assert "主持" in checked.text
    made = post(organizer, "/bookings", meeting, follow_redirects=True)
    assert "主持 文静" in made.text
    assert "带材料" in made.text
    place = re.search(r"/bookings/(E\d+)/edit", made.text)
    assert place
    edit = organizer.get(f"/bookings/{place[1]}/edit").text
    assert 'name="host" value="文静"' in edit
    changed = {
        "day": "2014-09-03",
        "start": "09:00",
        "minutes": "60",
        "room": "",
        "host": "",
        "remark": "",
        "version": 1,
    }
    assert "主持 文静" not in post(organizer, f"/bookings/{place[1]}", changed, follow_redirects=True).text
