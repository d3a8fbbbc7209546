"""One feed, for organizers: how far it reaches, and a new address."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import FeedOptions, Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import FeedId
from scheduler.services.feeds import addresses as feeds
from tests.small_organisation import CLOCK
from tests.visitors import a_browser
from tests.web.visiting import post

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def organizer(app: Flask, organisation: Session) -> FlaskClient:
    return a_browser(app, organisation)


def chosen(session: Session, feed: str = "F1") -> tuple[int | None, int | None]:
    session.expire_all()
    options = feeds.show(session, OPERATOR, FeedId(feed), CLOCK).options
    return options.back_days, options.ahead_days


def test_a_feed_is_issued_with_so_many_days(organizer: FlaskClient, organisation: Session) -> None:
    assert post(organizer, "/subscriptions", {"of": "room:R04", "back": "7", "ahead": ""}).status_code == 200

    assert chosen(organisation) == (7, None)
    assert "往前 7 天" in organizer.get("/subscriptions").text
    refused = post(organizer, "/subscriptions", {"of": "room:R04", "back": "-1"})
    assert (refused.status_code, "应为 0 到 3660 之间的整数" in refused.text) == (422, True)
    assert 'value="-1"' in refused.text


def test_the_days_of_a_feed_are_changed(organizer: FlaskClient, organisation: Session) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"), FeedOptions(ahead_days=90))
    assert organizer.get(f"/feeds/{token}.ics").data.count(b"BEGIN:VEVENT") == 5
    assert 'value="90"' in organizer.get("/subscriptions/F1").text

    assert post(organizer, "/subscriptions/F1", {"back": "0", "ahead": "4"}).status_code == 303

    assert chosen(organisation) == (0, 4)
    assert 0 < organizer.get(f"/feeds/{token}.ics").data.count(b"BEGIN:VEVENT") < 5
    refused = post(organizer, "/subscriptions/F1", {"back": "always"})
    assert (refused.status_code, 'value="always"' in refused.text) == (422, True)
    assert chosen(organisation) == (0, 4)


def test_a_shared_feed_gets_a_new_address(organizer: FlaskClient, organisation: Session) -> None:
    _, old = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.ROOM, "R04"))
    assert "换新链接" in organizer.get("/subscriptions/F1").text

    (new,) = set(re.findall(r"/feeds/[\w-]+\.ics", post(organizer, "/subscriptions/F1/rotate").text))

    assert [organizer.get(address).status_code for address in (f"/feeds/{old}.ics", new)] == [404, 200]


def test_somebodys_own_address_is_theirs_to_renew(organizer: FlaskClient, organisation: Session) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"))

    assert "换新链接" not in organizer.get("/subscriptions/F1").text.partition("<main")[2]
    assert post(organizer, "/subscriptions/F1/rotate").status_code == 404
    assert organizer.get(f"/feeds/{token}.ics").status_code == 200


def test_what_was_revoked_is_not_found(organizer: FlaskClient, organisation: Session) -> None:
    feed, _ = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.ROOM, "R04"))
    feeds.revoke(organisation, OPERATOR, feed.id, CLOCK)

    assert organizer.get("/subscriptions/F1").status_code == 404
    assert post(organizer, "/subscriptions/F1", {"back": "1"}).status_code == 404
