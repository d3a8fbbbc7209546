"""Proposing another time on the own page, and answering with one tap."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser import site
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post, signed_in

PICKED = {"slot": "2014-08-07T09:00"}


@pytest.fixture
def other(site_app: Flask) -> FlaskClient:
    """邓永昌, with whom 文静 talks on 5 August (T041)."""
    return signed_in(site_app, site.AWAITING)


def talk_of(client: FlaskClient) -> str:
    """Where the viewer's next talk is said to be."""
    return text_of(client.get("/bookings/T041").text)


def propose(client: FlaskClient) -> str:
    return post(client, "/talks/T041/swap", PICKED, follow_redirects=True).text


def test_own_page_leads_to_times_that_both_and_a_room_have_free(member: FlaskClient) -> None:
    assert 'href="/talks/T041/swap"' in member.get("/me").text

    page = member.get("/talks/T041/swap").text
    told = text_of(page)

    assert "现在排在 8月5日 周二 9:00–9:45 · 谈话室A。" in told
    assert "对方同意后谈话才改期。这次谈话您还可以换 2 次。" in told
    assert 'value="2014-08-07T09:00"' in page
    assert 'value="2014-08-05T09:00"' not in page
    assert 'value="2014-08-06' in page or 'value="2014-08-04' in page
    assert 'href="/talks/T041/swap?from=2014-08-11"' in page
    assert "2014-08-15T" in member.get("/talks/T041/swap?from=2014-08-15").text
    assert "2014-08-18T" not in member.get("/talks/T041/swap?from=2014-08-15").text


def test_the_other_accepts_with_one_tap_and_it_moves(
    member: FlaskClient, other: FlaskClient, organizer: FlaskClient
) -> None:
    assert "已提议，等对方同意。" in propose(member)
    told = text_of(member.get("/me").text)
    assert "您提议把与邓永昌的谈话改到 8月7日 周四 9:00" in told
    assert "等邓永昌同意。" in told
    assert "文静提议把谈话改到 8月7日 周四 9:00" in text_of(other.get("/me").text)

    done = post(other, "/swaps/1/accept", {"booking": "T041", "next": "/me"}, follow_redirects=True).text

    assert "已改到 8月7日 周四 9:00。" in done
    assert "8月7日 周四 9:00–9:45" in talk_of(organizer)
    assert "文静 → 8月7日 周四 9:00 已换" in talk_of(organizer)
    journal = text_of(organizer.get("/journal?noun=booking").text)
    assert re.search(r"邓永昌 换时间：日程 [^（]*（T041）", journal)
    assert re.search(r"邓永昌 改期：日程 [^（]*（T041）", journal)
    assert re.search(r"文静 提议换时间：日程 [^（]*（T041）", journal)


def test_of_three_all_others_agree(
    site_app: Flask, member: FlaskClient, other: FlaskClient, organizer: FlaskClient
) -> None:
    third, stands = (
        signed_in(site_app, site.OTHER),
        {"day": "2014-08-05", "start": "09:00", "minutes": "45", "room": "R04"},
    )
    assert post(organizer, "/bookings/T041", {**stands, "add_people": "林秀芝"}).status_code == 303
    assert "所有人都同意后谈话才改期" in member.get("/talks/T041/swap").text
    propose(member)

    first = post(third, "/swaps/1/accept", {"booking": "T041"}, follow_redirects=True).text

    assert "已同意，等其他人也同意后改期。" in first
    assert "等邓永昌同意。" in member.get("/me").text
    assert "8月5日 周二 9:00–9:45" in talk_of(member)
    assert "已改到 8月7日 周四 9:00。" in post(other, "/swaps/1/accept", follow_redirects=True).text


def test_declined_and_withdrawn_leave_it(member: FlaskClient, other: FlaskClient) -> None:
    propose(member)
    assert "已回复不换" in post(other, "/swaps/1/decline", {"next": "/me"}, follow_redirects=True).text
    propose(member)
    assert "已撤回提议" in post(member, "/swaps/2/withdraw", {"next": "/me"}, follow_redirects=True).text

    told = talk_of(member)
    assert "8月5日 周二 9:00–9:45" in told
    assert "文静 → 8月7日 周四 9:00 未同意" in told
    assert "文静 → 8月7日 周四 9:00 已撤回" in told


def test_a_time_taken_meanwhile_is_said_and_fresh_times_are_offered(
    member: FlaskClient, other: FlaskClient, organizer: FlaskClient
) -> None:
    propose(member)
    data = {"kind": "talk", "people": ["邓永昌", "林秀芝"], "day": "2014-08-07", "start": "09:00", "minutes": "45"}
    assert post(organizer, "/bookings", data).status_code == 303

    page = post(other, "/swaps/1/accept", {"booking": "T041", "next": "/me"}, follow_redirects=True).text

    assert "没有换成，谈话还在原来的时间：邓永昌 9:00–9:45 已有安排" in page
    assert 'name="slot"' in page
    assert 'value="2014-08-07T09:00"' not in page
    assert "8月5日 周二 9:00–9:45" in talk_of(member)
    assert "文静 → 8月7日 周四 9:00 已失效" in talk_of(member)


def test_a_talk_that_changed_makes_the_proposal_void(
    member: FlaskClient, other: FlaskClient, organizer: FlaskClient
) -> None:
    propose(member)
    change = {"day": "2014-08-06", "start": "14:00", "minutes": "45", "room": "R04"}
    assert post(organizer, "/bookings/T041", change).status_code == 303

    page = post(other, "/swaps/1/accept", {"booking": "T041", "next": "/me"}, follow_redirects=True).text

    assert "这个换时间的提议已经不成立" in page
    assert "文静提议" not in other.get("/me").text
    assert "已经不成立" in post(other, "/swaps/1/decline", {"next": "/me"}, follow_redirects=True).text


def test_what_may_not_be_proposed_is_said(member: FlaskClient, organizer: FlaskClient) -> None:
    assert (
        "这个时间已经不空了"
        in post(member, "/talks/T041/swap", {"slot": "2014-08-09T09:00"}, follow_redirects=True).text
    )
    assert "不是时间" in post(member, "/talks/T041/swap", {"slot": "明天"}, follow_redirects=True).text
    propose(member)
    assert "您提议把与邓永昌的谈话改到" in member.get("/talks/T041/swap").text
    post(member, "/swaps/1/withdraw")
    assert post(organizer, "/programme/swaps", {"moves": "0"}).status_code == 303

    assert "组织者没有开放自行换时间" in member.get("/talks/T041/swap").text
    assert 'name="slot"' not in member.get("/talks/T041/swap").text


def test_organizers_set_the_number_of_moves(organizer: FlaskClient, supervisor: FlaskClient) -> None:
    assert 'name="moves" min="0" max="20" value="2"' in organizer.get("/programme").text
    post(organizer, "/programme/swaps", {"moves": "5"})
    assert 'name="moves" min="0" max="20" value="5"' in organizer.get("/programme").text
    assert post(organizer, "/programme/swaps", {"moves": "99"}).status_code == 422
    assert "每次谈话每人最多换 5 次。" in supervisor.get("/programme").text


def test_nobody_else_learns_of_a_proposal(site_app: Flask, member: FlaskClient, organizer: FlaskClient) -> None:
    propose(member)

    others = [site.SUPERVISOR, site.PRINCIPAL, site.BRANCH, site.OTHER, site.ADMIN]
    for name in others:
        client = signed_in(site_app, name)
        for path in ("/bookings/T041", "/talks/T041/swap", "/bookings", "/me", "/people/p03", "/people/p12"):
            page = client.get(path).text
            assert "提议" not in page
            assert "swaps/1" not in page
        for deed in ("accept", "decline", "withdraw"):
            known, unknown = post(client, f"/swaps/1/{deed}"), post(client, f"/swaps/99/{deed}")
            assert (known.status_code, unknown.status_code) in ((404, 404), (403, 403))
    assert "文静提议把谈话改到" in organizer.get("/bookings/T041").text
    assert post(organizer, "/swaps/1/accept").status_code == 403


def test_it_is_said_in_english_too(member: FlaskClient, other: FlaskClient) -> None:
    propose(member)

    mine, theirs = (text_of(client.get("/me?lang=en").text) for client in (member, other))

    assert "You proposed to move the talk with 邓永昌 to" in mine
    assert "文静 proposes to move the talk to" in theirs
    assert "Thu 7 Aug 9:00 · Talk room A It is booked for Tue 5 Aug 9:00–9:45. Agree Decline" in theirs


def test_a_meeting_has_no_times_to_swap(member: FlaskClient) -> None:
    assert member.get("/bookings/E06").status_code == 200
    assert member.get("/talks/E06/swap").status_code == 404
