"""Putting down a talk that was held, from its square."""

import re

from flask import Flask
from flask.testing import FlaskClient

from scheduler.core.ground.access import OPERATOR
from scheduler.extensions import db
from scheduler.services.ground import journal
from tests.builders import a_clock
from tests.web.coverage.test_home import squares, text_of
from tests.web.visiting import post

HELD = {"day": "2014-07-22", "start": "16:00", "next": "/?square=p08-p19&rule=R3"}


def test_form_begins_with_today_and_asks_for_no_content(organizer: FlaskClient) -> None:
    page = organizer.get("/squares/p08-p19").text

    assert 'id="held-day" name="day" value="2014-08-01"' in page
    assert "只记谁、何时，不记谈了什么" in page
    assert "textarea" not in page


def test_talk_is_put_down_and_its_square_is_covered(site_app: Flask, organizer: FlaskClient) -> None:
    response = post(organizer, "/squares/p08-p19/held", HELD)

    assert (response.status_code, response.headers["Location"]) == (303, "/?square=p08-p19&rule=R3")
    assert "已登记：这次谈话已谈。" in organizer.get("/").text
    assert squares(organizer.get("/").text)["p08-p19"] == "covered"
    with site_app.app_context():
        notes = journal.recent(db.session(), OPERATOR, a_clock(), noun="booking")[:2]
    assert {(note.action, note.actor) for note in notes} == {("booked", "p22"), ("confirmed", "p22")}


def test_whoever_was_elsewhere_is_told_and_what_was_typed_is_kept(organizer: FlaskClient) -> None:
    response = post(organizer, "/squares/p08-p19/held", HELD | {"day": "2014-06-30", "start": "09:00"})

    assert response.status_code == 409
    assert "不可 林秀芝 9:00–9:45 已有安排" in text_of(response.text)
    assert 'value="2014-06-30"' in response.text
    assert '<details class="quiet held" open>' in response.text


def test_what_cannot_be_read_or_lies_ahead_is_told_beside_the_field(organizer: FlaskClient) -> None:
    missing = post(organizer, "/squares/p08-p19/held", HELD | {"start": ""})
    ahead = post(organizer, "/squares/p08-p19/held", HELD | {"day": "2014-08-04"})

    assert (missing.status_code, ahead.status_code) == (422, 422)
    assert 'id="start-error"' in missing.text
    assert "还没到这个时间，谈过之后再登记" in ahead.text


def test_of_a_pool_it_is_asked_with_whom(organizer: FlaskClient) -> None:
    key = next(key for key in squares(organizer.get("/?rule=R4&state=open").text) if key.startswith("p08"))
    page = organizer.get(f"/squares/{key}").text
    without = post(organizer, f"/squares/{key}/held", HELD)
    done = post(organizer, f"/squares/{key}/held", HELD | {"partner": "s01"})

    assert re.search(r'<option value="s01">曹振东</option>', page)
    assert without.status_code == 422
    assert done.status_code == 303
    assert squares(organizer.get("/").text)[key] == "covered"


def test_only_organizers_put_talks_down(supervisor: FlaskClient, organizer: FlaskClient) -> None:
    assert "补登已谈" not in supervisor.get("/squares/p08-p19").text
    assert post(supervisor, "/squares/p08-p19/held", HELD).status_code == 403
    assert post(organizer, "/squares/p01-p99/held", HELD).status_code == 404
