"""Forms that are sent twice are done once, without script."""

import re
import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient

from scheduler import edge
from scheduler.services.ground import sent_forms
from scheduler.web.page import once
from tests.browser import site
from tests.builders import an_actor
from tests.waiting import LAST_RESORT
from tests.web.visiting import post, signed_in, token

TALK = {
    "kind": "talk", "people": ["p30", "p31"], "day": "2014-09-02", "start": "09:00", "minutes": "45", "mode": "face_to_face"
}  # fmt: skip
ABSENCE = {"person": "p08", "first": "2014-08-05", "last": "2014-08-06", "reason": "培训"}


def absences(browser: FlaskClient) -> int:
    return browser.get("/absences").text.count("<td>培训</td>")


def test_same_form_twice_makes_one_booking_and_leads_to_it(organizer: FlaskClient) -> None:
    first = post(organizer, "/bookings", {**TALK, "once": "of-this-form"})
    second = post(organizer, "/bookings", {**TALK, "once": "of-this-form"}, follow_redirects=True)

    assert first.status_code == 303
    assert second.request.path == first.headers["Location"]
    assert "同一份表单重复提交，只计一次" in second.text
    assert organizer.get("/bookings?view=list&first=2014-09-02&last=2014-09-02").text.count("/bookings/T") == 1


def test_same_form_with_something_changed_is_another(organizer: FlaskClient) -> None:
    post(organizer, "/absences", {**ABSENCE, "once": "a"})
    post(organizer, "/absences", {**ABSENCE, "once": "a"})
    assert absences(organizer) == 1

    post(organizer, "/absences", {**ABSENCE, "last": "2014-08-07", "once": "a"})

    assert absences(organizer) == 2


def test_refused_form_may_be_sent_again(organizer: FlaskClient) -> None:
    bad = {**ABSENCE, "person": "nobody", "once": "a"}

    assert post(organizer, "/absences", bad).status_code == 422
    assert post(organizer, "/absences", bad).status_code == 422


def test_form_of_another_visitor_is_another(organizer: FlaskClient, site_app: Flask) -> None:
    first = post(organizer, "/bookings", {**TALK, "once": "a"})
    second = post(signed_in(site_app, site.BRANCH), "/bookings", {**TALK, "once": "a"})

    assert (first.status_code, second.status_code) == (303, 409)


def test_every_form_has_a_token_of_its_own(organizer: FlaskClient) -> None:
    tokens = re.findall(r'name="once" value="([^"]+)"', organizer.get("/absences").text)

    assert len(tokens) > 1
    assert len(set(tokens)) == len(tokens)


def test_double_click_waits_for_the_first(site_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "PATIENCE", LAST_RESORT)
    browsers = [signed_in(site_app, site.ORGANIZER) for _ in range(2)]
    tokens = [token(browser) for browser in browsers]
    answers: list[int] = []

    def press(browser: FlaskClient, its_token: str) -> None:
        answers.append(browser.post("/absences", data={**ABSENCE, "once": "a", "csrf_token": its_token}).status_code)

    threads = [threading.Thread(target=press, args=pair) for pair in zip(browsers, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [303, 303]
    assert absences(browsers[0]) == 1


def test_form_that_stays_under_way_is_not_done_twice(
    organizer: FlaskClient, site_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "PATIENCE", 0.0)
    sent = '["/absences", [["first", "2014-08-05"], ["last", "2014-08-06"], ["once", "a"], ["person", "p08"], ["reason", "\\u57f9\\u8bad"]]]'
    with site_app.test_request_context():
        assert sent_forms.claim(edge.session(), an_actor(site.ORGANIZER), sent, edge.clock())

    assert post(organizer, "/absences", {**ABSENCE, "once": "a"}).status_code == 503
    assert absences(organizer) == 0


def test_token_that_is_none_of_ours_counts_for_nothing(organizer: FlaskClient) -> None:
    for _ in range(2):
        post(organizer, "/absences", {**ABSENCE, "once": "x" * 65})

    assert absences(organizer) == 2
