"""The page where a member subscribes without an account."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PersonId
from scheduler.services.feeds import subscriptions
from scheduler.store.bookings.rows import BookingRow
from tests.dav.asking import Phone
from tests.small_organisation import CLOCK, PEOPLE
from tests.visitors import real_now

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def address(organisation: Session) -> str:
    # What was cancelled is told for a month.
    organisation.execute(update(BookingRow).values(revised_at=real_now(), shown_revised_at=real_now()))
    organisation.commit()
    return f"/subscribe/{subscriptions.issue(organisation, OPERATOR, CLOCK, PersonId('p03'))}"


def form_of(client: FlaskClient, address: str) -> str:
    found = re.search(
        r'/options">\s*<input type="hidden" name="form" value="([^"]+)"', client.get(address).get_data(as_text=True)
    )
    assert found
    return found[1]


def feed_of(client: FlaskClient, address: str) -> str:
    found = re.search(r"/feeds/[\w-]+\.ics", client.get(address).get_data(as_text=True))
    return found[0] if found else ""


def test_the_page_has_every_way_to_subscribe(app: Flask, client: FlaskClient, address: str) -> None:
    app.config["TANXIN"] = replace(app.config["TANXIN"], base_url="http://tanxin.test")
    answer = client.get(address)
    text = answer.get_data(as_text=True)

    assert (answer.status_code, answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == (
        200, "no-referrer", "no-store",
    )  # fmt: skip
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    for wanted in ('href="webcal://', "calendar.google.com/calendar/r?cid=webcal:", "outlook.live.com", "<svg", "钉钉"):
        assert wanted in text
    assert "下一次谈心谈话 · 3 天后" in text
    assert [name for person, name in PEOPLE.items() if person != "p03" and name in text] == ["沈维岳", "陈国梁"]
    assert client.get(feed_of(client, address)).status_code == 200
    assert "Subscribe to my calendar" in client.get(f"{address}?lang=en").get_data(as_text=True)


def test_the_file_can_be_taken_away(client: FlaskClient, address: str) -> None:
    answer = client.get(f"{address}/calendar.ics")

    assert answer.data.count(b"BEGIN:VEVENT") == 5
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tanxin.ics"'


def test_the_member_takes_a_new_address_stops_and_begins_again(client: FlaskClient, address: str) -> None:
    form, first = form_of(client, address), feed_of(client, address)

    assert client.post(f"{address}/renew", data={"form": form}).status_code == 303
    second = feed_of(client, address)
    assert [client.get(feed).status_code for feed in (first, second)] == [404, 200]

    client.post(f"{address}/stop", data={"form": form})
    assert (feed_of(client, address), client.get(second).status_code) == ("", 404)
    client.post(f"{address}/renew", data={"form": form})
    assert feed_of(client, address) not in ("", first, second)


def test_the_member_chooses_what_the_feed_shows(client: FlaskClient, address: str) -> None:
    form = form_of(client, address)
    chosen = {"form": form, "alarm": "1440", "language": "en", "names": "hidden"}

    assert client.post(f"{address}/options", data=chosen).status_code == 303

    text = client.get(feed_of(client, address)).get_data(as_text=True)
    assert (text.count("TRIGGER:-P1D"), "陈国梁" in text, "SUMMARY:Talk\r\n" in text) == (4, False, True)
    page = client.get(address).get_data(as_text=True)
    assert 'value="1440" selected' in page
    client.post(f"{address}/options", data={"form": form, "alarm": "7"})
    assert 'value="1440" selected' in client.get(address).get_data(as_text=True)


@pytest.mark.parametrize("verb", ["renew", "stop", "options", "devices", "devices/F2/stop"])
def test_a_form_from_elsewhere_changes_nothing(client: FlaskClient, address: str, verb: str) -> None:
    feed = feed_of(client, address)

    assert client.post(f"{address}/{verb}", data={"form": "x"}).status_code == 403
    elsewhere = {"Origin": "https://evil.example.org"}
    form = {"form": form_of(client, address)}
    assert client.post(f"{address}/{verb}", data=form, headers=elsewhere).status_code == 403
    assert feed_of(client, address) == feed


def test_options_of_a_subscription_that_was_stopped_are_not_found(client: FlaskClient, address: str) -> None:
    form = form_of(client, address)
    client.post(f"{address}/stop", data={"form": form})

    assert client.post(f"{address}/options", data={"form": form}).status_code == 404


def test_guessing_is_limited(app: Flask, client: FlaskClient, address: str) -> None:
    app.config["TANXIN"] = replace(app.config["TANXIN"], feed_unknown_limit="2/hour")

    assert [client.get(f"/subscribe/{word}").status_code for word in "abc"] == [404, 404, 429]
    assert client.get(address).status_code == 200


def test_a_member_without_an_account_adds_a_device_and_stops_it(client: FlaskClient, address: str) -> None:
    form = form_of(client, address)
    answer = client.post(f"{address}/devices", data={"form": form, "device": "平板"})
    _, user, password = re.findall(r"<dd><code>([^<]+)</code>", answer.text)
    page = client.get(address).text
    (feed,) = re.findall(r"/devices/(F\d+)/stop", page)
    tablet = Phone(client, feed, user, password)

    assert answer.headers["Cache-Control"] == "no-store"
    assert ("平板" in page, password in page) == (True, False)
    assert len(tablet.sync().properties) == 5
    assert client.post(f"{address}/devices/F1/stop", data={"form": form}).status_code == 404
    assert client.post(f"{address}/devices/{feed}/stop", data={"form": form}).status_code == 303
    assert tablet.ask("PROPFIND", "/dav/", Depth="0").status_code == 401
    assert client.post(f"{address}/devices/{feed}/stop", data={"form": form}).status_code == 404
