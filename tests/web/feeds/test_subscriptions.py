"""All feeds, for organizers; pages to hand out; whom a change has reached."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import FeedOptions, Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PersonId
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import joining as feed_joining
from scheduler.services.feeds import subscriptions
from scheduler.store import save, writing
from scheduler.store.feeds import load as load_feeds
from scheduler.store.feeds.rows import FeedBodyRow, FeedRow
from tests.small_organisation import CLOCK, PEOPLE
from tests.visitors import a_browser, real_now
from tests.web.visiting import token as token_of

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def organizer(app: Flask, organisation: Session) -> FlaskClient:
    return a_browser(app, organisation)


def post(client: FlaskClient, path: str, **fields: str) -> str:
    answer = client.post(path, data={"csrf_token": token_of(client), **fields}, follow_redirects=True)
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)


def test_the_list_tells_who_fetches_and_what_is_left_out(organizer: FlaskClient, organisation: Session) -> None:
    options = FeedOptions(alarm_minutes=15, hides_names=True)
    for owner in (Owner(Scope.PERSON, "p03"), Owner(Scope.ROOM, "R04"), Owner(Scope.GROUP, "B1")):
        feeds.issue(organisation, OPERATOR, CLOCK, owner, options)
    feed_joining.join_stale(organisation, "")
    organisation.execute(update(FeedBodyRow).where(FeedBodyRow.feed_id == "F1").values(left_out=3, odd=["E01"]))
    organisation.execute(update(FeedRow).values(created_at=real_now()))
    organisation.execute(update(FeedRow).where(FeedRow.id == "F2").values(created_at=CLOCK.real.replace(year=2014)))
    organisation.commit()

    text = organizer.get("/subscriptions").get_data(as_text=True)

    for wanted in (
        "文静",
        "第一会议室",
        "提前 15 分钟、隐去对方姓名",
        "从未取过",
        "日历太大，最早的 3 项没有放进去；可以缩短往前的天数。",
        "写不进日历：E01",
    ):
        assert wanted in text
    assert (text.count("久未来取"), text.count("日历太大")) == (1, 1)
    english = organizer.get("/subscriptions?lang=en").get_data(as_text=True)
    assert "so its oldest entries (3) are left out; fewer days back would help." in english


def test_a_member_is_told_of_what_has_no_room(
    app: Flask, organisation: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = subscriptions.issue(organisation, OPERATOR, CLOCK, PersonId("p03"))
    member, told = a_browser(app, organisation, "p03"), "日历太大，最早的 3 项没有放进去，其余都在。"
    feed_joining.join_stale(organisation, "")
    assert all("日历太大" not in member.get(path).text for path in ("/me", f"/subscribe/{token}"))

    monkeypatch.setattr(feed_joining, "BUDGET", 900)
    feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"), device="手机")
    feed_joining.join_stale(organisation, "")
    assert told in member.get("/me").text
    assert "日历太大" not in member.get(f"/subscribe/{token}").text
    writing.begin(organisation)
    save.raise_feeds(organisation, load_feeds.working(), CLOCK.real)
    organisation.commit()
    feed_joining.join_stale(organisation, "")
    assert told in member.get(f"/subscribe/{token}").text


def test_a_group_gets_a_feed_whose_address_is_shown_once(organizer: FlaskClient, organisation: Session) -> None:
    text = post(organizer, "/subscriptions", of="group:B1")

    (address,) = set(re.findall(r"/feeds/[\w-]+\.ics", text))
    assert organizer.get(address).status_code == 200
    assert address not in organizer.get("/subscriptions").get_data(as_text=True)
    assert "还没有订阅" in post(organizer, "/subscriptions/F1/revoke")
    assert organizer.get(address).status_code == 404


@pytest.mark.parametrize("of", ["", "group:", "person:p03", "nonsense"])
def test_what_cannot_be_subscribed_to_is_refused(organizer: FlaskClient, of: str) -> None:
    answer = organizer.post("/subscriptions", data={"csrf_token": token_of(organizer), "of": of})

    assert answer.status_code == 422


def test_pages_for_everybody_are_printed_once(organizer: FlaskClient, organisation: Session) -> None:
    subscriptions.issue(organisation, OPERATOR, CLOCK, PersonId("p03"))

    text = post(organizer, "/subscriptions/pages")

    addresses = re.findall(r"(/subscribe/[\w-]+)<", text)
    assert (len(addresses), text.count("<svg")) == (len(PEOPLE) - 1, len(PEOPLE) - 1)
    assert all(organizer.get(address).status_code == 200 for address in addresses)
    assert "大家都有订阅页面了" in post(organizer, "/subscriptions/pages")


def test_one_page_is_replaced_from_the_persons_page(organizer: FlaskClient, organisation: Session) -> None:
    old = subscriptions.issue(organisation, OPERATOR, CLOCK, PersonId("p03"))
    assert "订阅页面" in organizer.get("/people/p03").get_data(as_text=True)

    text = post(organizer, "/people/p03/subscription")

    assert text.count("<svg") == 1
    assert organizer.get(f"/subscribe/{old}").status_code == 404


def test_a_member_opens_a_page_of_their_own(app: Flask, organisation: Session) -> None:
    member = a_browser(app, organisation, "p03")
    assert "打开我的订阅页面" in member.get("/me").get_data(as_text=True)

    assert "订阅我的日程" in post(member, "/me/subscription")

    assert "换一个订阅页面" in member.get("/me").get_data(as_text=True)


def test_the_page_of_a_booking_tells_whom_the_change_reached(
    app: Flask, organizer: FlaskClient, organisation: Session
) -> None:
    for person in ("p02", "p03"):
        _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, person))
    organizer.get(f"/feeds/{token}.ics")
    app.extensions["tanxin_fetches"].flush()

    text = organizer.get("/bookings/E01").get_data(as_text=True)

    assert "已送达 1/2，未取 1 人" in text
    assert "陈国梁 <small" in text
    assert "没有订阅：沈维岳" in text
    member = a_browser(app, organisation, "p03")
    assert "已送达" not in member.get("/bookings/E01").get_data(as_text=True)
