"""Robots on their page, and texts that are copied into chats."""

import re

from flask import Flask
from flask.testing import FlaskClient

from scheduler import edge
from scheduler.core.ground.access import Actor, Role
from scheduler.core.ground.ids import PersonId
from scheduler.edge import session
from scheduler.services.feeds import subscriptions
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

NEW = {
    "kind": "dingtalk", "name": "机关群", "address": "https://oapi.dingtalk.com/robot/send?access_token=abc",
    "secret": "SEC-hidden", "readers": "all_staff",
}  # fmt: skip


def copied(page: str, name: str) -> str:
    """What stands in the field that is copied."""
    found = re.search(rf'<pre id="{name}">(.*?)</pre>', page, re.DOTALL)
    return found[1] if found else ""


def test_a_robot_is_added_tried_switched_and_removed(organizer: FlaskClient) -> None:
    assert "还没有群机器人" in organizer.get("/mail/robots").text
    wrong = post(organizer, "/mail/robots", NEW | {"address": "http://oapi.dingtalk.com"})
    assert (wrong.status_code, "以 https:// 开头" in wrong.text, "机关群" in wrong.text) == (422, True, True)

    page = post(organizer, "/mail/robots", NEW, follow_redirects=True).text
    assert re.search("机关群 钉钉 .*未开启", text_of(page))
    assert "SEC-hidden" not in page
    assert "access_token" not in page
    for act, told in (("try", "一分钟内会试发"), ("on", "已开启"), ("off", "已关闭"), ("remove", "已删除")):
        assert told in post(organizer, "/mail/robots/1", {"act": act}, follow_redirects=True).text
    assert post(organizer, "/mail/robots/1", {"act": "on"}).status_code == 404


def test_a_booking_its_change_and_a_week_are_copied_as_text(organizer: FlaskClient) -> None:
    assert copied(organizer.get("/bookings/E03").text, "notice").startswith("【通知】")
    assert copied(organizer.get("/bookings/T041").text, "notice").startswith("【通知】谈心谈话：")
    form = {"day": "2014-08-13", "start": "15:00", "minutes": "45", "version": "1", "kind": "talk"}
    assert post(organizer, "/bookings/T041", form).status_code == 303

    changed = copied(organizer.get("/bookings/T041").text, "notice")

    assert changed.startswith("【改期】")
    assert "8月13日 周三 15:00–15:45（原定 8月5日 周二" in changed
    week = copied(organizer.get("/people/p03").text, "week-text")
    assert week.startswith("文静 7月28日—8月3日的日程")
    assert "http" not in week


def test_a_member_copies_their_week_and_only_their_own_page_has_the_address(
    site_app: Flask, member: FlaskClient
) -> None:
    assert "http" not in copied(member.get("/me").text, "week-text")
    assert not copied(member.get("/people/p07").text, "week-text")
    with site_app.test_request_context():
        own, clerk = (Actor(PersonId(p), frozenset({Role.ORGANIZER}), account=p) for p in ("p03", "p22"))
        handed_out = subscriptions.issue(session(), clerk, edge.clock(), PersonId("p07"))
        token = subscriptions.issue(session(), own, edge.clock(), PersonId("p03"))
    visitor = site_app.test_client()

    assert "/feeds/" in copied(visitor.get(f"/subscribe/{token}").text, "week-text")
    assert not copied(visitor.get(f"/subscribe/{handed_out}").text, "week-text")
