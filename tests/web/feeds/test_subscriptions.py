"""All feeds, for organizers; pages to hand out; whom a change has reached."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import FeedOptions, Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PersonId
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import joining as feed_joining
from scheduler.services.feeds import subscriptions
from scheduler.store import save, writing
from scheduler.store.feeds import load as load_feeds
from scheduler.store.feeds.rows import FeedBodyRow, FeedRow, SubscriptionPageRow
from tests.small_organisation import CLOCK, PEOPLE
from tests.visitors import a_browser, real_now
from tests.web.visiting import token as token_of

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def organizer(app: Flask, organisation: Session) -> FlaskClient:
    app.config["TANXIN"] = replace(app.config["TANXIN"], base_url="http://tanxin.test")
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


def addresses_on(page: str) -> list[str]:
    """The addresses of the pages on printed cards."""
    return re.findall(r"(/subscribe/[\w-]+)<", page)


def test_pages_for_everybody_are_printed_and_can_be_printed_again(
    organizer: FlaskClient, organisation: Session
) -> None:
    text = post(organizer, "/subscriptions/pages")

    first = addresses_on(text)
    assert (len(first), text.count("<svg")) == (len(PEOPLE), len(PEOPLE))
    assert all(organizer.get(address).status_code == 200 for address in first)
    assert "大家都有订阅页面了" in post(organizer, "/subscriptions/pages")
    assert addresses_on(post(organizer, "/subscriptions/pages", which="again")) == first
    assert all(organizer.get(address).status_code == 200 for address in first)
    stored = organisation.execute(select(SubscriptionPageRow.digest)).scalars()
    assert not {address.rpartition("/")[2] for address in first} & {*stored}


def test_a_card_tells_name_unit_post_and_organisation(organizer: FlaskClient) -> None:
    post(organizer, "/people/p03/edit", name="文静", position="副主席")
    card = post(organizer, "/people/p03/subscription").partition('<div class="card two')[2]

    for words in ("文静", "副主席", "工会"):
        assert words in card


def test_pages_from_before_are_named_and_work_on(organizer: FlaskClient, organisation: Session) -> None:
    old = subscriptions.issue(organisation, OPERATOR, CLOCK, PersonId("p03"))

    text = post(organizer, "/subscriptions/pages", which="again")

    assert "印不出第二份" in text
    assert "文静" in text
    assert organizer.get(f"/subscribe/{old}").status_code == 200


def test_one_page_is_replaced_only_when_that_is_asked(organizer: FlaskClient) -> None:
    assert "订阅页面" in organizer.get("/people/p03").get_data(as_text=True)
    (first,) = addresses_on(post(organizer, "/people/p03/subscription"))
    assert addresses_on(post(organizer, "/people/p03/subscription")) == [first]

    (new,) = addresses_on(post(organizer, "/people/p03/subscription", which="new"))

    assert new != first
    assert (organizer.get(first).status_code, organizer.get(new).status_code) == (404, 200)


def test_nothing_is_printed_while_only_this_machine_could_open_it(app: Flask, organizer: FlaskClient) -> None:
    app.config["TANXIN"] = replace(app.config["TANXIN"], base_url="http://127.0.0.1:5000")

    told = organizer.get("/subscriptions").get_data(as_text=True)
    assert "BASE_URL" in told
    assert "为没有的人生成并打印" not in told
    for path in ("/subscriptions/pages", "/people/p03/subscription"):
        answer = organizer.post(path, data={"csrf_token": token_of(organizer)})
        assert answer.status_code == 422
        assert "<svg" not in answer.get_data(as_text=True)


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
