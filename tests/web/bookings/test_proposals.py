"""A talk of one's own is proposed on one's page, and accepted on the other's, or on the page of their subscription."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser import site
from tests.web.coverage.test_home import text_of
from tests.web.feeds.test_page_talks import page_of, press
from tests.web.visiting import post, signed_in

TALK = {"kind": "talk", "people": ["p03", "p20"], "day": "2014-08-06", "start": "09:00", "minutes": "45", "room": "R04",
        "rule_set": "RS1"}  # fmt: skip


@pytest.fixture
def proposed(member: FlaskClient) -> str:
    """文静 proposes a talk to 潘子墨; her page after that."""
    return text_of(post(member, "/bookings", TALK, follow_redirects=True).text)


def test_it_waits_on_ones_own_page_and_stands_in_no_calendar(
    member: FlaskClient, organizer: FlaskClient, proposed: str
) -> None:
    assert "已提议，等对方同意后排定。" in proposed
    assert "您约潘子墨谈话" in proposed
    assert "等潘子墨同意。" in proposed

    told = text_of(organizer.get("/bookings/open").text)
    assert "约谈提议，等对方同意" in told
    assert "文静约潘子墨谈话" in told
    assert "已撤回提议。" in post(member, "/proposals/1/withdraw", follow_redirects=True).text


def test_the_other_accepts_on_the_page_of_their_subscription(
    site_app: Flask, organizer: FlaskClient, proposed: str
) -> None:
    assert proposed
    page, visitor = page_of(site_app, "p20"), site_app.test_client()
    assert "文静约您谈话" in text_of(visitor.get(page).text)

    told = press(visitor, page, ">同意<")

    assert "已排定" in told
    assert "文静" in text_of(organizer.get("/bookings/T051").text)
    assert "约谈提议" not in text_of(organizer.get("/bookings/open").text)


def test_a_script_hears_that_it_is_no_entry_yet(member: FlaskClient) -> None:
    answer = post(member, "/bookings", TALK, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json["entry"]) == (200, None)


def test_others_cannot_answer_it(site_app: Flask, proposed: str) -> None:
    assert proposed
    other = signed_in(site_app, site.OTHER)

    assert post(other, "/proposals/1/accept").status_code == 404
