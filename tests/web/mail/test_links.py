"""Links in mail: without a sign-in, looking changes nothing, one button does one thing."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PersonId
from scheduler.core.mail.letters import Purpose
from scheduler.extensions import db
from scheduler.services.bookings import answers
from scheduler.services.mail import links as mail_links
from scheduler.store import load
from scheduler.store.bookings import load_swaps
from scheduler.web.mail import links
from tests.builders import a_clock
from tests.web.coverage.test_home import text_of

WEN = PersonId("p03")


@pytest.fixture
def talk(site_app: Flask) -> str:
    """文静's next talk."""
    with site_app.app_context():
        ahead = [b for b in load.bookings(db.session(), people=[WEN]) if b.is_talk and b.span.start > a_clock().now]
        return next(b.id for b in ahead if not b.is_cancelled)


@pytest.fixture
def tokens(site_app: Flask, talk: str) -> dict[Purpose, str]:
    with site_app.app_context():
        return mail_links.give(db.session(), talk, WEN)  # type: ignore[arg-type]


def form_of(page: str) -> str:
    """What the form of a page shows."""
    shown = re.search(r'name="form" value="([0-9a-f]+)"', page)
    assert shown
    return shown[1]


def test_a_link_shows_one_button_and_pressing_it_is_noted(
    site_app: Flask, talk: str, tokens: dict[Purpose, str]
) -> None:
    visitor, path = site_app.test_client(), f"/go/{tokens[Purpose.COME]}"

    looks = [visitor.get(path) for _ in range(2)]

    assert {answer.status_code for answer in looks} == {200}
    assert looks[0].text.partition("<main")[2].count("<button") == 1
    assert (looks[0].headers["Referrer-Policy"], looks[0].headers["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert visitor.head(path).status_code == 200
    with site_app.app_context():
        assert answers.of(db.session(), OPERATOR, talk) == {}  # type: ignore[arg-type]
    stale = visitor.post(path)
    assert stale.status_code == 400, "another site could have sent this"
    assert "页面停留过久，未能保存。" in stale.text
    assert stale.text.partition("<main")[2].count("<button") == 1
    with site_app.app_context():
        assert answers.of(db.session(), OPERATOR, talk) == {}  # type: ignore[arg-type]
    nobody = site_app.test_client(use_cookies=False)
    assert "会参加" in text_of(nobody.post(path, data={"form": form_of(looks[0].text)}).text)
    with site_app.app_context():
        assert answers.of(db.session(), OPERATOR, talk) == {WEN: "accepted"}  # type: ignore[arg-type]
    for again in (nobody.get(path), nobody.post(path, data={"form": form_of(looks[0].text)})):
        assert (again.status_code, "会参加" in text_of(again.text)) == (200, True)
        assert "<button" not in again.text.partition("<main")[2]


def test_a_talk_that_lies_ahead_is_not_confirmed(site_app: Flask, tokens: dict[Purpose, str]) -> None:
    visitor, path = site_app.test_client(), f"/go/{tokens[Purpose.HELD]}"
    page = visitor.get(path).text

    assert "谈话开始以后才能确认" in page
    assert "<button" not in page.partition("<main")[2]
    form = links._form_token(tokens[Purpose.HELD]).decode()
    assert visitor.post(path, data={"form": form}).status_code == 409


def test_another_time_is_picked_and_proposed(site_app: Flask, talk: str, tokens: dict[Purpose, str]) -> None:
    visitor, path = site_app.test_client(), f"/go/{tokens[Purpose.PROPOSE]}?lang=en"
    page = visitor.get(path).text
    form, slots = form_of(page), re.findall(r'name="slot" value="([^"]+)"', page)
    assert slots

    refused = visitor.post(path, data={"form": form, "slot": "2014-08-03T03:00"})
    assert refused.status_code == 409
    assert "not free any more" in refused.text
    assert visitor.post(path, data={"form": form, "slot": "whenever"}).status_code == 409
    done = visitor.post(path, data={"form": form, "slot": slots[0]})

    assert "Proposed" in done.text
    with site_app.app_context():
        assert len(load_swaps.proposals(db.session(), talk)) == 1  # type: ignore[arg-type]


def test_unknown_links_look_like_used_ones_and_are_limited(site_app: Flask) -> None:
    site_app.config["TANXIN"] = replace(site_app.config["TANXIN"], feed_unknown_limit="2/hour")
    visitor = site_app.test_client()

    statuses = [visitor.get(f"/go/unknown-{number}").status_code for number in range(3)]

    assert statuses == [404, 404, 429]
