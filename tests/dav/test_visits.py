"""Who may come in: a device with its own password, for its own person, as long as that was not revoked; and what is noted."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, FeedId
from scheduler.services.accounts import register as accounts
from scheduler.services.bookings import acts as bookings
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import evidence as feed_evidence
from tests.dav.asking import Phone
from tests.small_organisation import CLOCK, GOOD, an_account, later

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ALL = '<C:filter><C:comp-filter name="VCALENDAR"/></C:filter>'


def status(phone: Phone) -> int:
    return phone.ask("PROPFIND", "/dav/", Depth="0").status_code


def limited(app: Flask, **limits: str) -> None:
    app.config["TANXIN"] = replace(app.config["TANXIN"], **limits)


@pytest.mark.parametrize(
    "typed", [str, str.upper, lambda word: word.replace("-", ""), lambda word: f" {word.replace('-', ' ')}"]
)
def test_the_password_opens_however_it_was_typed(phone: Phone, typed: Callable[[str], str]) -> None:
    assert status(replace(phone, password=typed(phone.password))) == 207


@pytest.mark.parametrize("user", ["p27", "", "文静", "p030", "p03\x00"])
def test_it_opens_for_its_own_person_only(phone: Phone, user: str) -> None:
    assert status(replace(phone, user=user)) == 401
    assert status(replace(phone, user=" P03 ")) == 207


@pytest.mark.parametrize("password", ["", "x", "abcd-efgh-jkmn-pqrs-tuvw", GOOD, "密码\ud800"])
def test_another_password_does_not(phone: Phone, organisation: Session, password: str) -> None:
    an_account(organisation)
    answer = replace(phone, password=password).ask("PROPFIND", "/dav/")

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Basic realm="Tanxin", charset="UTF-8"')
    assert answer.content_type == "text/plain; charset=utf-8"


@pytest.mark.parametrize("header", ["", "Basic", "Basic !", "Basic cDAz", "Bearer x", "Digest username=p03"])
def test_nothing_else_opens(client: FlaskClient, header: str) -> None:
    for method in ("GET", "PROPFIND", "PUT", "REPORT"):
        assert client.open("/dav/F1/", method=method, headers={"Authorization": header}).status_code == 401


def test_the_address_of_a_feed_and_the_password_of_a_device_are_not_each_other(
    phone: Phone, organisation: Session
) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"))

    assert status(replace(phone, password=token)) == 401
    for name in (phone.password, f"dav%2F{phone.password}", "dav/" + phone.password.replace("-", "")):
        assert phone.client.get(f"/feeds/{name}.ics").status_code == 404


def test_a_password_that_was_revoked_or_renewed_opens_no_more(phone: Phone, organisation: Session) -> None:
    _, new = feeds.rotate(organisation, OPERATOR, FeedId(phone.feed), CLOCK)
    assert (status(phone), status(replace(phone, password=new))) == (401, 207)

    feeds.revoke(organisation, OPERATOR, FeedId(phone.feed), CLOCK)
    assert status(replace(phone, password=new)) == 401


def test_whoever_leaves_is_out(phone: Phone, organisation: Session) -> None:
    an_account(organisation)
    accounts.deactivate(organisation, OPERATOR, "p03", CLOCK)

    assert status(phone) == 401


def test_guessing_is_limited_by_address(app: Flask, phone: Phone) -> None:
    limited(app, feed_unknown_limit="2/minute")

    guesses = [status(replace(phone, password=f"guess{number}")) for number in range(3)]

    assert guesses == [401, 401, 429]
    assert status(phone) == 207  # what others guess at the same address does not stop the right one


def test_a_device_asks_so_often_an_hour(app: Flask, phone: Phone) -> None:
    limited(app, device_limit="2/hour")

    assert [status(phone) for _ in range(3)] == [207, 207, 429]


def test_no_cookie_is_set_and_another_site_cannot_ask(phone: Phone) -> None:
    answer = phone.ask("PROPFIND", "/dav/", Depth="0")

    assert "Set-Cookie" not in answer.headers
    assert phone.ask("REPORT", phone.calendar, Origin="https://evil.example").status_code == 403


class TestEvidence:
    """Noted like every fetch: which revision, by what kind of program."""

    def fetched(self, app: Flask, session: Session) -> list[tuple[int, str, int]]:
        app.extensions["tanxin_fetches"].flush()
        session.rollback()
        return [(one.revision, one.client, one.fetches) for one in feed_evidence.fetches(session, OPERATOR, CLOCK)]

    def test_what_a_device_got_is_noted(self, app: Flask, phone: Phone, organisation: Session) -> None:
        phone = replace(phone, headers={"User-Agent": "DAVx5/4.5.1-ose"})
        phone.propfind(phone.calendar, "S:getctag")
        token = phone.sync().token
        assert self.fetched(app, organisation) == []  # it knows that there is something, and has nothing of it yet

        phone.report("C:calendar-query", ALL, props="<C:calendar-data/>")
        assert self.fetched(app, organisation) == [(1, "icsx5", 1)]
        phone.propfind(phone.calendar, "S:getctag")
        assert self.fetched(app, organisation) == [(1, "icsx5", 2)]

        bookings.cancel(organisation, OPERATOR, BookingId("T002"), later(0))
        phone.propfind(phone.calendar, "S:getctag")
        assert self.fetched(app, organisation) == [(1, "icsx5", 2)]
        phone.sync(token, props="<C:calendar-data/>")
        phone.ask("GET", phone.calendar)
        assert (2, "icsx5", 2) in self.fetched(app, organisation)
